"""The net under the walk: does a message still hold a scan that no part yielded?

It knows nothing of parts. It looks for the beginnings of scans and archives in the raw bytes,
also as base64, and asks of each whether the walk has looked at these very bytes. What it has not
looked at is a reply that nobody would ever see, so a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest import signatures, transfer

REASON: Final = "hidden_scan"

_MOST: Final = 2000
"""Beginnings looked up; a message with more of them that are unknown is odd enough."""

_LEAST: Final = 200
"""Base64 signs of a file: a text that only quotes its beginning has less."""

_SIGN_LENGTH: Final = 40
_SIGNS: Final = 400
"""Bytes from which as many of the file are had, however they are packed."""

_TEXT: Final = re.compile(rb"[A-Za-z0-9+/=_\s!>-]+")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]")


def has_untaken(data: bytes, seen: Sequence[bytes]) -> bool:
    """Whether ``data`` holds the beginning of a scan that is not in ``seen``.

    Args:
        data: a message.
        seen: what the walk has looked at: the bytes of every part, unpacked, and the stretches
            between them.
    """
    return _untaken_base64(data, seen) or _untaken_raw(data, seen)


def _untaken_base64(data: bytes, seen: Sequence[bytes]) -> bool:
    behind = looked = 0
    for at in signatures.places(data, signatures.BASE64):
        if at < behind or (at and _BASE64.match(data, at - 1)):
            continue
        run = _TEXT.match(data, at)
        behind = run.end() if run else at
        if behind - at < _LEAST:
            continue
        looked += 1
        text = data[at : at + _SIGNS]
        as_bytes = (signatures.head(text), signatures.head(transfer.quoted(text)))
        as_text = text[:_SIGN_LENGTH]  # in a text that the walk has looked at as it stands
        if looked > _MOST or not any(_is_in(sign, seen) for sign in (*as_bytes, as_text)):
            return True
    return False


def _untaken_raw(data: bytes, seen: Sequence[bytes]) -> bool:
    behind = looked = 0
    for at in signatures.raw_places(data):
        if at < behind:
            continue
        sign = data[at : at + _SIGN_LENGTH]
        looked += 1
        if _is_in(transfer.quoted(data[at : at + _SIGNS])[:_SIGN_LENGTH], seen):
            continue
        for known in seen:
            begin = known.find(sign)
            if begin >= 0:
                behind = max(behind, at + 1)
                if data[at : at + len(known) - begin] == known[begin:]:
                    behind = at + len(known) - begin
                break
        else:
            return True
        if looked > _MOST:
            return True
    return False


def _is_in(sign: bytes, seen: Sequence[bytes]) -> bool:
    if not sign:
        return False
    return any(known.startswith(sign) for known in seen) or any(sign in known for known in seen)
