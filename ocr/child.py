"""The one place that starts child processes: poppler, tesseract, the decoder.

Whatever is started here has a wall-clock limit, limits on address space, processor time and
file size, a process group of its own that is killed as a whole, a private temporary folder,
no network where the kernel allows that (``ingest.isolation``), and output of which we read no
more than a set amount. The limits are set by ``prlimit(1)`` and ``timeout(1)`` in front of the
program and not by code between fork and exec, so this is safe in a process with threads, and
the child still ends in time when we are killed ourselves.
"""

from __future__ import annotations

import contextlib
import math
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import isolation
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing

OUTPUT_CAP = 64 * 1024
"""Bytes of a child's standard error that are read; a fuzzed PDF made poppler write 1.2 GB."""

GRACE_S = 2.0
"""We wait this much longer than ``timeout(1)`` before we kill the group ourselves."""

FOLDER_PREFIX = "noteverbale-"

# One thread a process: two threads on two cores cost tesseract 2.4 times the CPU time.
# OpenBLAS and OpenMP read this when they are loaded, so it must come before numpy and cv2.
THREADS = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
os.environ.update(THREADS)

# 128 + SIGKILL, 128 + SIGXCPU, and the same as Popen tells them.
_OUT_OF_TIME = frozenset({124, 137, 152, -signal.SIGKILL, -signal.SIGXCPU})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child process may use: seconds, MiB of address space, MiB of one file.

    ``until`` is the end, by the monotonic clock, of the work the child is part of: several
    children that each stay within their limit must not take many times as long together.
    """

    wall_s: float = 20.0
    memory_mb: int = 1024
    file_mb: int = 256
    until: float | None = None

    @property
    def cpu_s(self) -> int:
        """Processor seconds; whole ones, as RLIMIT_CPU counts them."""
        return max(1, math.ceil(self.wall_s))

    def from_now(self) -> Limits:
        """The same limits, ending together ``wall_s`` from now."""
        return replace(self, until=time.monotonic() + self.wall_s)

    def left(self) -> Limits:
        """The limits of a child that starts now.

        Raises:
            ChildTimeout: there is no time left.
        """
        if self.until is None:
            return self
        left = self.until - time.monotonic()
        if left <= 0:
            raise ChildTimeout("There is no time left for another program.")
        return replace(self, wall_s=min(self.wall_s, left))


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
    mib = 1024 * 1024
    limits = limits.left()
    return [
        *isolation.prefix(),
        tool("timeout"),
        "--signal=KILL",
        f"{limits.wall_s:.3f}",
        tool("prlimit"),
        f"--as={limits.memory_mb * mib}",
        f"--cpu={limits.cpu_s}:{limits.cpu_s + 1}",
        f"--fsize={limits.file_mb * mib}",
        "--core=0",
        *command,
    ]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The few variables a child gets; nothing of ours, which may hold secrets."""
    kept = ("PATH", "TESSDATA_PREFIX", "HOME", "TMPDIR")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return {**found, "LC_ALL": "C.UTF-8", **THREADS, **(extra or {})}


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
    """
    limits = limits.left()
    full = limited([tool(command[0]), *command[1:]], limits)
    out_path, err_path = folder / "child.stdout", folder / "child.stderr"
    with out_path.open("wb") as out, err_path.open("wb") as err:
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
    if code in _OUT_OF_TIME:
        raise ChildTimeout(f"{command[0]} was ended after {limits.wall_s:g} s.")
    return Finished(code, head(out_path, stdout_cap), head(err_path))


def start_python(module: str, root: Path) -> subprocess.Popen[bytes]:
    """Start ``python -m module``, to be talked to over its standard input and output.

    It sets the limits for each piece of work itself; the caller watches the clock and ends
    it with ``kill_group``. When we die its standard input ends, and so does it.

    Args:
        module: dotted name.
        root: the folder our packages are in.
    """
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


def failure(program: str, returncode: int) -> ChildTimeout | ChildFailed:
    """The error for a program that ended with ``returncode``, which is not 0."""
    if returncode in _OUT_OF_TIME:
        return ChildTimeout(f"{program} was ended for time.")
    return ChildFailed(f"{program} ended with code {returncode}.")


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A temporary folder of our own, removed at the end.

    Its name carries our process id, so that ``sweep`` knows the folders of the dead.

    Raises:
        ChildFailed: programs may not be started from the temporary folder.
    """
    root = Path(tempfile.gettempdir())
    if os.statvfs(root).f_flag & os.ST_NOEXEC:
        raise ChildFailed(
            f"{root} does not allow programs to be started; set TMPDIR to another folder."
        )
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER_PREFIX}{os.getpid()}-") as name:
        yield Path(name)


def sweep() -> int:
    """Remove private folders that killed runs left behind; returns how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*-*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).split("-")[0]
        if not owner.isdecimal() or _alive(int(owner)) or folder.stat().st_uid != os.getuid():
            continue
        shutil.rmtree(folder, ignore_errors=True)
        removed += 1
    return removed


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
