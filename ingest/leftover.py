"""The net under the walk: does a message still hold a scan that no part yielded?

It knows nothing of parts. It looks for the beginnings of scans and archives in the raw bytes,
also as base64, and asks of each whether the walk has looked at these very bytes. What it has not
looked at is a reply that nobody would ever see, so a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest import file_signatures, transfer

REASON: Final = "hidden_scan"

_MOST: Final = 2000
"""Beginnings looked up; a message with more of them that are unknown is odd enough."""

_LEAST: Final = 200
"""Base64 signs of a file: a text that only quotes its beginning has less."""

_SIGN_LENGTH: Final = 40
"""Bytes by which a part is known again: the first ten or twenty are the same in all JPEGs."""

_LEAST_SIGN: Final = 32
"""Bytes: what is shorter is no sign of a part."""

_SIGNS: Final = 400
"""Bytes from which as many of the file are had, however they are packed."""

_TEXT: Final = re.compile(rb"[A-Za-z0-9+/=_\s!>-]+")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]")


class _Seen:
    """What the walk has looked at.

    Each part stands for one beginning: scanners begin all their files with the same bytes.
    """

    def __init__(self, seen: Sequence[bytes]) -> None:
        self._all = seen
        self._left = list(seen)

    def has(self, *signs: bytes) -> bool:
        """Whether one of the signs, other readings of the same place, was looked at."""
        return any(self._has(sign) for sign in signs if len(sign) >= _LEAST_SIGN)

    def whole(self, data: bytes, at: int) -> int:
        """Where the part that lies at ``at`` ends; ``at`` itself if none does."""
        sign = data[at : at + _SIGN_LENGTH]
        for known in self._all:
            begin = known.find(sign)
            if begin >= 0 and data.startswith(known[begin:], at):
                return at + len(known) - begin
        return at

    def _has(self, sign: bytes) -> bool:
        for number, known in enumerate(self._left):
            if known.startswith(sign):
                del self._left[number]
                return True
        return any(known.find(sign, 1) > 0 for known in self._all)


def has_untaken(data: bytes, seen: Sequence[bytes]) -> bool:
    """Whether ``data`` holds the beginning of a scan that is not in ``seen``.

    Args:
        data: a message.
        seen: what the walk has looked at: the bytes of every part, unpacked, and the stretches
            between them.
    """
    known = _Seen(seen)
    return _untaken_base64(data, known) or _untaken_raw(data, known)


def _untaken_base64(data: bytes, seen: _Seen) -> bool:
    behind = looked = 0
    for at in file_signatures.places(data, file_signatures.BASE64):
        if at < behind or (at and _BASE64.match(data, at - 1)):
            continue
        run = _TEXT.match(data, at)
        behind = run.end() if run else at
        if behind - at < _LEAST:
            continue
        looked += 1
        text = data[at : at + _SIGNS]
        unquoted = transfer.quoted(text)
        as_bytes = (file_signatures.head(text), file_signatures.head(unquoted))
        as_text = (text[:_SIGN_LENGTH], unquoted[:_SIGN_LENGTH])  # in one that was looked at
        if looked > _MOST or not seen.has(*as_bytes, *as_text):
            return True
    return False


def _untaken_raw(data: bytes, seen: _Seen) -> bool:
    behind = looked = 0
    for at in file_signatures.raw_places(data):
        if at < behind:
            continue
        looked += 1
        behind = max(at + 1, seen.whole(data, at))
        if behind > at + 1:
            continue
        text = data[at : at + _SIGNS]
        unquoted = transfer.quoted(text)[:_SIGN_LENGTH]
        if looked > _MOST or not seen.has(text[:_SIGN_LENGTH], unquoted):
            return True
    return False
