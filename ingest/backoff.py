"""How long a mailbox is waited for before it is tried again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from ingest.errors import MailboxError, MailboxThrottled

MOST_BACKOFF_S: Final = 3600.0
"""Seconds: a server that asks for more is asked again after an hour all the same."""

_RANDOM: Final = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses before a broken connection is made anew.

    A server that restarts meets all its clients at once: each pause is a random share, between
    a half and the whole, of one that doubles.

    Attributes:
        first_s: seconds of the first pause, at most.
        most_s: seconds of the longest pause.
        tries: attempts in a row to get one new connection.
        reconnects: new connections in one poll.
        throttled_s: a server that asks for more seconds than this ends the poll.
    """

    first_s: float = 1.0
    most_s: float = 30.0
    tries: int = 4
    reconnects: int = 12
    throttled_s: float = 60.0

    def pause_s(self, failed: int, error: MailboxError) -> float | None:
        """Seconds to wait now; None when waiting is not worth it within this poll.

        Args:
            failed: attempts in a row that failed before this one.
            error: what went wrong last.
        """
        longest = min(self.most_s, self.first_s * 2**failed)
        pause = _RANDOM.uniform(longest / 2, longest)
        if isinstance(error, MailboxThrottled):
            asked = error.asked_s or 0.0
            return max(pause, asked) if asked <= self.throttled_s else None
        return pause
