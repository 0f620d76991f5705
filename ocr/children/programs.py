"""The one place that starts child processes: poppler, tesseract, the decoder.

Whatever is started here has limits on processor time, address space and file size, a process
group of its own that is killed as a whole, a private temporary folder, no network where the
kernel allows that (``ingest.isolation``), and output of which we read no more than a set amount.
The wall clock only ends what sleeps or hangs, at many times the processor time. The limits are
set by ``prlimit(1)`` and ``timeout(1)`` in front of the program and not by code between fork and
exec, so this is safe in a process with threads, and the child still ends in time when we are
killed ourselves.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest import isolation
from ocr.children import shortages
from ocr.children.exit_status import Started
from ocr.children.limits import Limits
from ocr.errors import ChildFailed, ToolMissing
from ocr.threads import ONE_THREAD

OUTPUT_CAP = 64 * 1024
"""Bytes of a child's standard error that are read; a fuzzed PDF made poppler write 1.2 GB."""

LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""malloc takes large pages where the kernel has some (glibc manual, "Memory Allocation Tunables";
from 2.35 on): a child with 120 MB of trained data forks in 4 ms of processor time instead of 13."""

GRACE_S = 2.0
"""We wait this much longer than ``timeout(1)`` before we kill the group ourselves."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A child that ended by itself; ``stderr`` is cut at ``OUTPUT_CAP``."""

    returncode: int
    stdout: bytes
    stderr: bytes


def tool(name: str) -> str:
    """Full path of the program ``name``.

    Raises:
        ToolMissing: it is not on PATH.
    """
    path = shutil.which(name)
    if path is None:
        raise ToolMissing(f"The program {name} is not installed.")
    return path


def limited(command: list[str], limits: Limits) -> list[str]:
    """``command`` behind the programs that set its limits.

    Raises:
        ToolMissing: a program is not installed.
        ChildTimeout: there is no time left for it.
    """
    mib = 1024 * 1024  # bytes
    limits = limits.left()
    return [
        *isolation.prefix(),
        tool("timeout"),
        "--signal=KILL",
        f"{limits.wall_s:.3f}",
        tool("prlimit"),
        f"--as={limits.memory_mb * mib}",
        f"--cpu={limits.whole_cpu_s}:{limits.whole_cpu_s + 1}",
        f"--fsize={limits.file_mb * mib}",
        "--core=0",
        *command,
    ]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The few variables a child gets; nothing of ours, which may hold secrets."""
    kept = ("PATH", "TESSDATA_PREFIX", "HOME", "TMPDIR")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return {**found, "LC_ALL": "C.UTF-8", **ONE_THREAD, **LARGE_PAGES, **(extra or {})}


def run(
    command: list[str],
    limits: Limits,
    folder: Path,
    stdout_cap: int = OUTPUT_CAP,
) -> Finished:
    """Run ``command`` to its end in ``folder``.

    Args:
        command: the program and its arguments; the program is looked for on PATH.
        limits: what it may use.
        folder: a private folder, its working directory and the place of its output.
        stdout_cap: bytes of standard output that are returned.

    Raises:
        ToolMissing: the program is not installed.
        ChildTimeout: it was ended for time.
        Unavailable: the machine lacked what it needs.
    """
    limits = limits.left()
    started = Started.now(command[0], limits)
    full = limited([tool(command[0]), *command[1:]], limits)
    out_path, err_path = folder / "child.stdout", folder / "child.stderr"
    with shortages.asked(), out_path.open("wb") as out, err_path.open("wb") as err:
        process = subprocess.Popen(
            full,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            env=environment(),
            start_new_session=True,
        )
        try:
            code = process.wait(limits.wall_s + GRACE_S)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        finally:
            kill_group(process)
    if code:
        error = started.error(code)
        if not isinstance(error, ChildFailed):
            raise error
    return Finished(code, head(out_path, stdout_cap), head(err_path))


def start_python(module: str, root: Path) -> subprocess.Popen[bytes]:
    """Start ``python -m module``, to be talked to over its standard input and output.

    It sets the limits for each piece of work itself; the caller watches the clock and ends
    it with ``kill_group``. When we die its standard input ends, and so does it.

    Args:
        module: dotted name.
        root: the folder our packages are in.

    Raises:
        Unavailable: it could not be started.
    """
    with shortages.asked():
        return subprocess.Popen(
            [*isolation.prefix(), sys.executable, "-s", "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment({"PYTHONPATH": str(root)}),
            start_new_session=True,
        )


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End ``process``, started in a session of its own, and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def head(path: Path, cap: int = OUTPUT_CAP) -> bytes:
    """The first ``cap`` bytes of a file, empty if there is none."""
    try:
        with path.open("rb") as file:
            return file.read(cap)
    except FileNotFoundError:
        return b""


def launchers(programs: tuple[str, ...], limits: Limits, folder: Path) -> Path:
    """Small scripts named like ``programs`` that start them within ``limits``.

    pytesseract and pdf2image start their programs themselves, without memory limits, and
    gather standard error without an end. Both can be told where the program is, so they are
    told of these scripts. Standard error goes to ``<program>.stderr`` in ``folder``, each
    start beginning anew, see ``said``.

    Returns:
        The folder with the scripts.
    """
    place = folder / "launch"
    place.mkdir(exist_ok=True)
    for program in programs:
        words = ["env", "-i", *(f"{k}={v}" for k, v in environment().items())]
        words += limited([tool(program)], limits)
        script = place / program
        noise = shlex.quote(str(folder / f"{program}.stderr"))
        script.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@" 2>{noise}\n')
        script.chmod(0o700)
    return place


def said(program: str, folder: Path) -> bytes:
    """What the last start of a program behind a launcher wrote to standard error.

    Cut at ``OUTPUT_CAP``. Only the last: pdf2image asks pdftoppm for its version first, which
    is written there too and is no complaint.
    """
    return head(folder / f"{program}.stderr")
