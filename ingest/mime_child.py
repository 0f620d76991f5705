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
from ingest.errors import IngestError, MessageCrashed, MessageTimeout
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.mime import parse_file, parse_message
from ingest.types import ParsedMessage

_CHUNK: Final = 1 << 20
_MIB: Final = 1 << 20
_LENGTH: Final = struct.Struct("=Q")
"""Before the answer stands its length: a child that dies in the middle leaves a shorter one."""


def parse_limited(
    data: bytes,
    limits: ParseLimits = DEFAULT_LIMITS,
    *,
    timeout_s: float = 30.0,
    memory_mb: int = 1024,
    name: str | None = None,
) -> ParsedMessage:
    """``parse_message``, or ``parse_file`` of what has a ``name``, in a process of its own.

    Args:
        data: the raw message.
        limits: bounds of the walk.
        timeout_s: seconds by the wall clock, and of processor time.
        memory_mb: MiB of address space beyond what this process has.
        name: what the file is called, if it came as one.

    Raises:
        MessageTimeout: it took too long.
        MessageCrashed: the child died, of memory or otherwise.
        IngestError: whatever they raise.
    """
    isolation.why_not()  # found out once, before the forks
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        parse = partial(parse_file, name=name) if name is not None else parse_message
        _child(partial(parse, data, limits), writer, timeout_s, memory_mb)
    os.close(writer)
    try:
        answer = _answer(reader, time.monotonic() + timeout_s)
    finally:
        os.close(reader)
        _kill(pid)
        os.waitpid(pid, 0)
    found = pickle.loads(answer)  # noqa: S301 - written by our own child, from checked values
    if isinstance(found, IngestError):
        raise found
    if not isinstance(found, ParsedMessage):
        raise MessageCrashed("The message could not be parsed.")
    return found


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
    """The whole answer.

    Raises:
        MessageTimeout: it did not come in time.
        MessageCrashed: none came, or a part of it.
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
    if len(answer) < _LENGTH.size or _LENGTH.unpack_from(answer)[0] != len(answer) - _LENGTH.size:
        raise MessageCrashed("The message could not be parsed within the limits.")
    return bytes(memoryview(answer)[_LENGTH.size :])
