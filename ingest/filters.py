"""Which messages are meant for this program: recipient, sender, subject and date.

A mailbox may be shared with others. A message that is not meant for us is kept and recorded like
any other, with the reason why it was not processed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date
from functools import lru_cache
from typing import Final

from ingest.types import ParsedMessage

MOST_TEXT: Final = 1000
"""Characters of a subject that are compared."""


@dataclass(frozen=True, slots=True)
class Filters:
    """``[filters]``: patterns with ``*`` and ``?``, case ignored; days in UTC, both included.

    Of each ``only_`` list that is not empty one must match, of the ``not_`` lists none may.
    """

    only_to: tuple[str, ...] = ()
    only_from: tuple[str, ...] = ()
    only_subject: tuple[str, ...] = ()
    not_to: tuple[str, ...] = ()
    not_from: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def reason(self, message: ParsedMessage) -> str | None:
        """Why a message is left out, or None: ``filtered_recipient``, ``filtered_sender`` ..."""
        sender = (message.from_address,) if message.from_address else ()
        subject = (message.subject or "",)
        if not _passes(message.recipients, self.only_to, self.not_to):
            return "filtered_recipient"
        if not _passes(sender, self.only_from, self.not_from):
            return "filtered_sender"
        if not _passes(subject, self.only_subject, self.not_subject):
            return "filtered_subject"
        moment = message.received_at or message.sent_at
        if moment is not None:  # a message without a date is rather read than lost
            day = moment.astimezone(UTC).date()
            if (self.since and day < self.since) or (self.until and day > self.until):
                return "filtered_date"
        return None


def _passes(values: tuple[str, ...], only: tuple[str, ...], never: tuple[str, ...]) -> bool:
    if only and not any(_matches(value, pattern) for value in values for pattern in only):
        return False
    return not any(_matches(value, pattern) for value in values for pattern in never)


def _matches(value: str, pattern: str) -> bool:
    return _pieces_fit(value[:MOST_TEXT].casefold(), _pieces(pattern.casefold()))


@lru_cache(maxsize=256)
def _pieces(pattern: str) -> tuple[re.Pattern[str], ...]:
    """What stands between the stars; a question mark is any one character."""
    return tuple(
        re.compile("".join("." if c == "?" else re.escape(c) for c in piece), re.DOTALL)
        for piece in pattern.split("*")
    )


def _pieces_fit(value: str, pieces: tuple[re.Pattern[str], ...]) -> bool:
    """Each piece at the first place it fits: linear, whatever the pattern."""
    if len(pieces) == 1:
        return pieces[0].fullmatch(value) is not None
    first = pieces[0].match(value)
    if first is None:
        return False
    at = first.end()
    for piece in pieces[1:-1]:
        found = piece.search(value, at)
        if found is None:
            return False
        at = found.end()
    last = pieces[-1]
    length = len(value) - _length(last)
    return length >= at and last.match(value, length) is not None


def _length(piece: re.Pattern[str]) -> int:
    """Characters a piece matches: each stands for itself, some are escaped."""
    return len(re.sub(r"\\(.)", r"\1", piece.pattern, flags=re.DOTALL))
