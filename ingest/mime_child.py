"""Parsing in a child process with limits: hostile mail makes ``email`` eat memory for minutes.

The child is forked for one message from this process, which holds no threads at that time, and
sends the result back over a pipe; when it dies or takes too long, only that message is affected.
It has no network where the kernel allows that.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import select
import signal
import struct
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from ingest import isolation
from ingest.errors import IngestError, MachineLacking, MessageCrashed, MessageTimeout
from ingest.limits import DEFAULT_LIMITS, WALL_PER_CPU, ParseLimits
from ingest.mime import parse_file, parse_message
from ingest.types import ParsedMessage

PARSE_S: Final = 30.0
"""Seconds of processor time for a message, unless ``limits.message_timeout_s`` says other."""

_CHUNK: Final = 1 << 20  # bytes read from the pipe at a time
_MIB: Final = 1 << 20  # bytes
_LENGTH: Final = struct.Struct("=Q")
"""Before the answer stands its length: a child that dies in the middle leaves a shorter one."""


def parse_limited(
    data: bytes,
    limits: ParseLimits = DEFAULT_LIMITS,
    *,
    timeout_s: float = PARSE_S,
    memory_mb: int = 1024,
    name: str | None = None,
) -> ParsedMessage:
    """``parse_message``, or ``parse_file`` of what has a ``name``, in a process of its own.

    Args:
        data: the raw message.
        limits: bounds of the walk.
        timeout_s: seconds of processor time; ``WALL_PER_CPU`` times as many by the clock.
        memory_mb: MiB of address space beyond what this process has.
        name: what the file is called, if it came as one.

    Raises:
        MessageTimeout: it took too long.
        MessageCrashed: the child died, of memory or otherwise.
        MachineLacking: no child could be started.
        IngestError: whatever they raise.
    """
    isolation.why_not()  # found out once, before the forks
    pid, reader, writer = _forked()
    if pid == 0:
        os.close(reader)
        parse = partial(parse_file, name=name) if name is not None else parse_message
        _child(partial(parse, data, limits), writer, timeout_s, memory_mb)
    os.close(writer)
    try:
        answer = _answer(reader, time.monotonic() + WALL_PER_CPU * timeout_s)
    finally:
        os.close(reader)
        _kill(pid)
        _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        raise MessageTimeout("Parsing the message took too long.")
    if not _is_whole(answer):
        raise MessageCrashed("The message could not be parsed within the limits.")
    told = answer[_LENGTH.size :]
    found = pickle.loads(told)  # noqa: S301 - written by our own child, from checked values
    if isinstance(found, IngestError):
        raise found
    if not isinstance(found, ParsedMessage):
        raise MessageCrashed("The message could not be parsed.")
    return found


def _forked() -> tuple[int, int, int]:
    """The child's number, 0 in the child, and a pipe from it: where to read, where to write."""
    pipe: tuple[int, ...] = ()
    try:
        pipe = os.pipe()
        return os.fork(), pipe[0], pipe[1]
    except OSError as error:
        for end in pipe:
            os.close(end)
        raise MachineLacking(f"No process could be started: {error.strerror}.") from None


def _kill(pid: int) -> None:
    """Ends the child and whatever it may have started; it leads a group once it has begun."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _child(
    parse: Callable[[], ParsedMessage], writer: int, timeout_s: float, memory_mb: int
) -> None:
    """Never returns; whatever happens ends this process alone."""
    try:
        os.setsid()
        isolation.cut_off()
        seconds = max(1, round(timeout_s))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        room = _address_space() + memory_mb * _MIB
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            found: object = parse()
        except IngestError as error:
            found = error
        answer = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writer, "wb") as out:
            out.write(_LENGTH.pack(len(answer)))
            out.write(answer)
    finally:
        os._exit(0)


def _address_space() -> int:
    """Bytes of address space this process has, from /proc/self/statm."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a pseudo file
        return int(file.read().split()[0]) * resource.getpagesize()


def _answer(reader: int, deadline: float) -> bytes:
    """All that the child says, its length in front.

    Raises:
        MessageTimeout: the child did not end in time.
    """
    answer = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            raise MessageTimeout("Parsing the message took too long.")
        chunk = os.read(reader, _CHUNK)
        if not chunk:
            break
        answer += chunk
    return bytes(answer)


def _is_whole(answer: bytes) -> bool:
    """False if the child died before it had said all."""
    if len(answer) < _LENGTH.size:
        return False
    return bool(_LENGTH.unpack_from(answer)[0] == len(answer) - _LENGTH.size)
