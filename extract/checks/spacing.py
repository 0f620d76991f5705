"""Spaces inside Chinese names: a list sets names of two characters apart, or none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language.normalise import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.types import Delegate


def unevenly_spaced(people: Sequence[Delegate]) -> tuple[Delegate, ...]:
    """The persons with a name of two characters where ``李 明`` stands beside ``王海``.

    A space was lost, or seen where none is printed; nobody knows in which of them.
    """
    pairs = tuple(p for p in people if _is_pair(p.name.text))
    return pairs if len({" " in p.name.text for p in pairs}) > 1 else ()


def _is_pair(name: str) -> bool:
    signs = name.replace(" ", "")
    return len(signs) == 2 and all(map(is_han, signs))
