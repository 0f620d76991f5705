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
from ingest.limits import WALL_PER_CPU
from ocr import machine
from ocr.clock import processor_time
from ocr.endings import Started
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing, Unavailable

OUTPUT_CAP = 64 * 1024
"""Bytes of a child's standard error that are read; a fuzzed PDF made poppler write 1.2 GB."""

GRACE_S = 2.0
"""We wait this much longer than ``timeout(1)`` before we kill the group ourselves."""

FOLDER_PREFIX = "noteverbale-"

# One thread a process: two threads on two cores cost tesseract 2.4 times the CPU time.
# OpenBLAS and OpenMP read this when they are loaded, so it must come before numpy and cv2.
THREADS = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
os.environ.update(THREADS)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child process may use: processor seconds, MiB of address space and of one file.

    ``wall_s`` is the time after which a child is taken for hung, by default ``WALL_PER_CPU``
    times ``cpu_s``. ``since`` and ``until`` are set where the child is part of a greater piece
    of work (``from_now``): several children that each stay within their limit must not take many
    times as much together. ``since`` is the processor time at its beginning, ``until`` its last
    moment by the monotonic clock.
    """

    cpu_s: float = 20.0
    memory_mb: int = 1024
    file_mb: int = 256
    wall_s: float = 0.0
    since: float | None = None
    until: float = math.inf

    def __post_init__(self) -> None:
        if not self.wall_s:
            object.__setattr__(self, "wall_s", WALL_PER_CPU * self.cpu_s)

    @property
    def whole_cpu_s(self) -> int:
        """Processor seconds as RLIMIT_CPU counts them, in whole ones."""
        return max(1, math.ceil(self.cpu_s))

    def from_now(self) -> Limits:
        """The same limits, for all that is done from now on together."""
        return replace(self, since=processor_time(), until=time.monotonic() + self.wall_s)

    def left(self) -> Limits:
        """The limits of a child that starts now.

        Raises:
            ChildTimeout: nothing is left for it.
        """
        if self.since is None:
            return self
        cpu_s = self.cpu_s - (processor_time() - self.since)
        wall_s = self.until - time.monotonic()
        if cpu_s <= 0 or wall_s <= 0:
            raise ChildTimeout("There is no time left for another program.")
        return replace(self, cpu_s=cpu_s, wall_s=wall_s, since=None, until=math.inf)


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
        f"--cpu={limits.whole_cpu_s}:{limits.whole_cpu_s + 1}",
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
        Unavailable: the machine lacked what it needs.
    """
    limits = limits.left()
    started = Started.now(command[0], limits)
    full = limited([tool(command[0]), *command[1:]], limits)
    out_path, err_path = folder / "child.stdout", folder / "child.stderr"
    with machine.asked(), out_path.open("wb") as out, err_path.open("wb") as err:
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
    with machine.asked():
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


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A temporary folder of our own, removed at the end.

    Its name carries our process id, so that ``sweep`` knows the folders of the dead.

    Raises:
        Unavailable: it cannot be made, no room was left in it, or programs may not be started
            from it.
    """
    with machine.asked():
        root = Path(tempfile.gettempdir())
        if os.statvfs(root).f_flag & os.ST_NOEXEC:
            raise Unavailable(
                f"{root} does not allow programs to be started; set TMPDIR to another folder.",
                "temporary_folder",
            )
        name = tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-", dir=root)
    try:
        with machine.room_in(root):
            yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)


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
