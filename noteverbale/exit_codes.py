"""The exit codes scripts may rely on."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a finished run says to its caller; 75 is ``EX_TEMPFAIL`` of sysexits.h."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    LOCKED = 75
