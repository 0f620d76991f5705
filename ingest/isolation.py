"""No network for a process that opens what strangers sent, where the kernel allows that.

A process moves into a network namespace of its own (network_namespaces(7)), in which there is no
interface that is up, not even loopback; whatever it starts is in there with it. Who is not root
needs a user namespace around it (user_namespaces(7)), in which user and group stay what they are.
Pipes and sockets of the file system go on working. Where it is not allowed (in many containers,
under ``RestrictNamespaces=``) all goes on without, and ``noteverbale check`` says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

CLONE_NEWUSER: Final = 0x10000000  # sched.h
CLONE_NEWNET: Final = 0x40000000  # sched.h
PR_SET_NO_NEW_PRIVS: Final = 38  # prctl(2)

_PROBE_S: Final = 10.0
"""Seconds for ``unshare`` to start a program that does nothing, on a loaded machine too."""

_LOOPBACK: Final = b"lo"

_cut: list[bool] = [False]
"""Whether this process, or the one it was forked from, is cut off."""


def cut_off() -> str | None:
    """Take the network from this process and all it will start. Call it before any thread.

    It is tried in a fork first: half done, it would leave a process that may read no file.

    Returns:
        None, or in the system's words why it was not possible; then nothing has changed.
    """
    if _cut[0]:
        return None
    _libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    why = why_not()
    if why is None:
        try:
            _leave()
        except OSError as error:  # a thread runs already
            return error.strerror or type(error).__name__
        _cut[0] = True
    return why


def prefix() -> tuple[str, ...]:
    """The words before a command that take its network away: for a process that must keep its own.

    None are needed where this process is cut off, and there are none where it is not possible.
    """
    return () if _cut[0] else _unshare()


def has_network() -> bool:
    """Whether this process sees an interface besides loopback (proc_net(5)).

    A service with ``PrivateNetwork=yes`` sees none, whatever it may do itself.
    """
    try:
        lines = Path("/proc/self/net/dev").read_bytes().splitlines()[2:]
    except OSError:
        return True
    return any(line.partition(b":")[0].strip() != _LOOPBACK for line in lines)


@functools.cache
def why_not() -> str | None:
    """Why a process like this one cannot be cut off, None if a fork of it could."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            _leave()
        except OSError as error:
            os.write(writer, (error.strerror or type(error).__name__).encode())
        except BaseException as error:  # noqa: BLE001 - the end of a process
            os.write(writer, type(error).__name__.encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        why = said.read().decode(errors="replace")
    os.waitpid(pid, 0)
    return why or None


def _leave() -> None:
    """Leave the network.

    Raises:
        OSError: it is not allowed.
    """
    user, group = os.geteuid(), os.getegid()
    alone = _has_capabilities()
    if _libc().unshare(CLONE_NEWNET if alone else CLONE_NEWNET | CLONE_NEWUSER):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    if not alone:
        # setgroups is wanted before gid_map since Linux 3.19
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            Path("/proc/self", name).write_bytes(text.encode())


def _has_capabilities() -> bool:
    """Such as root: a user namespace would take away what the process may do to others' files."""
    with contextlib.suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_bytes()
        return int(status.partition(b"CapEff:")[2].split()[0], 16) != 0
    return os.geteuid() == 0


@functools.cache
def _unshare() -> tuple[str, ...]:
    """unshare(1) and its options, tried once; empty where it does not work."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    user = () if _has_capabilities() else ("--user", "--map-current-user")
    words = (program, *user, "--net", "--")
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(
            [*words, program, "--version"],
            env={},  # ours may hold a password
            capture_output=True,
            check=False,
            timeout=_PROBE_S,
        )
        if done.returncode == 0:
            return words
    return ()


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
