"""One input through the program's own functions, and what must hold whatever it is.

An input ends in an outcome with a reason that has words; nothing escapes; processor time and
memory stay within bounds; no file and no process is left over, and little is written to the log.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ingest.errors import IngestError
from store.reasons import REASONS

MOST_CPU_S = 60.0
"""Processor time of one input, all its processes together."""

MOST_RSS_MB = 1024.0
MOST_LOG = 64 * 1024
HUNG_S = 600.0
"""By the wall clock, on a machine with much else to do."""

DYING_S = 2.0
"""A process that was killed is gone after that."""

MESSAGE = ".eml"
_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes under a name; ``.eml`` is a message, all else a document."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an input: outcome and reasons as recorded, cost, and what must not be."""

    outcome: str
    reasons: tuple[str, ...]
    cpu_s: float
    rss_mb: float
    complaints: tuple[str, ...]


def examine(item: Input, folder: Path) -> Verdict:
    """Puts the input through in a process of its own; ``folder`` is private and emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    (folder / item.name).write_bytes(item.data)
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = _children()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _put_through(folder / item.name, temporary, folder)
    status, cpu_s, rss_mb = _wait(pid)
    strays, more_cpu_s = _strays(before)
    cpu_s += more_cpu_s
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    told = folder / "told"
    found: dict[str, Any] = {"outcome": "died", "reasons": []}
    if told.exists():
        found = json.loads(told.read_text())
    reasons = tuple(found["reasons"])
    complaints = [f"reason without words: {r}" for r in reasons if r not in REASONS]
    checks = {
        f"escaped or died: {found['outcome']}, status {status}": status != 0,
        f"{cpu_s:.1f} s of processor time": cpu_s > MOST_CPU_S,
        f"{rss_mb:.0f} MB": rss_mb > MOST_RSS_MB,
        f"left over: {[p.name for p in temporary.rglob('*')]}": any(temporary.iterdir()),
        f"processes left over: {strays}": bool(strays),
        "much in the log": (folder / "log").stat().st_size > MOST_LOG,
    }
    complaints += [what for what, wrong in checks.items() if wrong]
    return Verdict(found["outcome"], reasons, cpu_s, rss_mb, tuple(complaints))


def _wait(pid: int) -> tuple[int, float, float]:
    """Status, processor seconds and largest process in MB, its children's included."""
    deadline = time.monotonic() + HUNG_S
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return status, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        if time.monotonic() > deadline:
            os.killpg(pid, signal.SIGKILL)
            _, status, used = os.wait4(pid, 0)
            return status, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        time.sleep(0.002)


def _strays(before: set[int]) -> tuple[list[str], float]:
    """Commands of processes that outlived the input; those that were killed get time to die.

    The second value is what the dead ones had used, in seconds of processor time.
    """
    until, cpu_s = time.monotonic() + DYING_S, 0.0
    while left := _children() - before:
        for child in left:
            with contextlib.suppress(ChildProcessError):
                _, _, used = os.wait4(child, os.WNOHANG)
                cpu_s += used.ru_utime + used.ru_stime
        if time.monotonic() > until:
            break
        time.sleep(0.002)
    found = []
    for child in left:
        with contextlib.suppress(OSError, ChildProcessError):
            command = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
            found.append(command.decode(errors="replace")[:200])
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return found, cpu_s


def _children() -> set[int]:
    """Processes whose parent is this one."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            # the name, in brackets, may hold anything (proc_pid_stat(5))
            words = stat.read_text(errors="replace").rpartition(")")[2].split()
            if words[1] == str(os.getpid()):
                found.add(int(stat.parent.name))
    return found


def _put_through(path: Path, temporary: Path, folder: Path) -> NoReturn:
    """Never returns; status 0 if it ended as it should."""
    status = 1
    try:
        os.setsid()
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ["TMPDIR"] = str(temporary)
        tempfile.tempdir = None
        outcome, reasons = _message(path) if path.suffix == MESSAGE else _document(path)
        (folder / "told").write_text(json.dumps({"outcome": outcome, "reasons": reasons}))
        status = 0
    except BaseException as error:
        told = {"outcome": f"{type(error).__name__}", "reasons": []}
        (folder / "told").write_text(json.dumps(told))
        raise
    finally:
        from ocr.opening import decoder_client

        decoder_client.stop()
        os._exit(status)


def _message(path: Path) -> tuple[str, list[str]]:
    from ingest.mime_child import parse_limited

    try:
        parsed = parse_limited(path.read_bytes(), timeout_s=60.0)
    except IngestError as error:
        return "set_aside", [error.reason]
    reasons = [parsed.problem, parsed.skip_reason, *(a.problem for a in parsed.attachments)]
    return "parsed", [reason for reason in reasons if reason is not None]


def _document(path: Path) -> tuple[str, list[str]]:
    from ingest import isolation
    from ingest.magic import media_type
    from noteverbale.reading import read_document
    from ocr.settings import OcrSettings

    isolation.cut_off()
    kind = media_type(path.read_bytes(), path.name)
    found = read_document(path, kind, OcrSettings())
    reasons = [found.reason, *(page.reason for page in found.pages)]
    return found.outcome, [reason for reason in reasons if reason is not None]
