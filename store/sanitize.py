"""The edge of the database: whatever a mail or a page says becomes something SQLite can hold.

Lone surrogates cannot be encoded, NUL cuts text short in many tools, and integers beyond 64
bits raise OverflowError in ``sqlite3``; all of them occur in hostile or broken mail.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import overload

_INT64 = 2**63 - 1  # what SQLite holds
_SURROGATES = re.compile("[\ud800-\udfff]")
# C0 and C1 controls other than tab and the line ends; none is ever printed on a page.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Marks that turn the direction of what stands beside them; and noncharacters, which XML 1.0
# (section 2.2) has no room for.
_UNPRINTABLE = re.compile("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
# Unicode's general categories of signs that are not seen, or that nobody has defined.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@overload
def text(value: str) -> str: ...
@overload
def text(value: None) -> None: ...
def text(value: str | None) -> str | None:
    """The text without control characters, lone surrogates shown as U+FFFD."""
    if value is None or value.isprintable():  # neither controls nor surrogates are
        return value
    return _CONTROLS.sub("", _SURROGATES.sub("\ufffd", value))


def filled(value: str | None) -> str | None:
    """Like ``text``, without white space around; nothing left is None."""
    return None if value is None else text(value).strip() or None


def one_line(value: str | None) -> str | None:
    """Like ``filled``, with all white space folded to single spaces."""
    return None if value is None else " ".join(text(value).split()) or None


def printable(value: str | None) -> str:
    """Like ``one_line``, for what goes to other programs; nothing is an empty text.

    Without marks that override the direction of text: none is ever printed, and in a list they
    show one name as another.
    """
    if value and value.isascii():
        return one_line(value) or ""
    return one_line(_UNPRINTABLE.sub("", value or "")) or ""


def label(value: str | None) -> str | None:
    """What a stranger's mail calls itself or its files: ``printable``, None if it is nothing.

    The kept original has its subject as it was sent.
    """
    return printable(value) or None


def visible(value: object) -> str:
    r"""A text by anybody on one line that nobody has to fear: for terminals, logs and mail.

    Signs that move the cursor, colour the screen or turn the direction of what follows stand as
    escapes (``\x1b``, ``\u202e``), so that they are seen; marks without width, which Arabic
    and Persian text has by right, are left out.
    """
    return "".join(map(_seen, " ".join(str(value).split())))


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind not in _UNSEEN:
        return sign
    if kind == "Cf" and not _UNPRINTABLE.match(sign):
        return ""
    return (
        sign.encode("ascii", "backslashreplace").decode()
        if ord(sign) > 127
        else f"\\x{ord(sign):02x}"
    )


def integer(value: int) -> int:
    """The number, brought within 64 bits."""
    return max(-_INT64, min(_INT64, int(value)))


def confidence(value: float) -> float:
    """The number, brought within 0 to 1; not a number becomes 0."""
    return max(0.0, min(1.0, value)) if value == value else 0.0


def moment(value: datetime | None) -> str | None:
    """UTC to the second, as ``2019-04-03T09:15:00Z``. A naive time is taken as UTC."""
    if value is None:
        return None
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    try:
        value = value.astimezone(UTC)
    except (OverflowError, ValueError):  # the years 1 and 9999, moved out of the calendar
        value = value.replace(tzinfo=UTC)
    # not strftime("%Y"): it writes the year 1 as "1" on Linux
    return value.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def parsed_moment(value: str | None) -> datetime | None:
    """The reverse of ``moment``; None for what is no moment."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def now() -> str:
    """This moment, as ``moment`` writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_day(value: str | None) -> str | None:
    """The text if it is an ISO 8601 date like 2019-04-03, else None."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def parsed_day(value: str | None) -> date | None:
    """The date written in a column; None for what is no date."""
    found = iso_day(value)
    return date.fromisoformat(found) if found else None
