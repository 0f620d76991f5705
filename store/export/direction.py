"""Which way a text runs, and its parts that run one way (Unicode Standard Annex 9)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_RIGHT = frozenset({"R", "AL"})


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (UAX 9, rule P2)."""
    return next((strong for char in text if (strong := _strong(char)) is not None), False)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts of one direction each, with whether that is right to left.

    Signs and spaces belong to the part before them, at the beginning to the first one.
    """
    part, turned = "", is_right_to_left(text)
    for char in text:
        strong = _strong(char)
        if strong is not None and strong != turned:
            if part:
                yield part, turned
            part, turned = "", strong
        part += char
    if part:
        yield part, turned


def _strong(char: str) -> bool | None:
    kind = unicodedata.bidirectional(char)
    return True if kind in _RIGHT else False if kind == "L" else None
