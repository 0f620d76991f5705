"""A participant's name as a list prints it: as written, in Latin letters, the family name told.

Which part is the family name only the note tells: by capitals, as notes verbales print it, or
because a Chinese name begins with it. Where neither tells, nothing is put into capitals and the
list says so; a guess would be read as knowledge.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from store import sanitize
from store.rules.family import DOTTED_I, family_in_capitals, in_capitals, name_parts
from store.rules.names import CHINESE

NAMES = ("as-written", "latin", "both")
"""Which form of a name is printed."""

CAPITALS = ("as-written", "family", "whole")
"""What of a name in Latin letters is put into capitals."""


@dataclass(frozen=True, slots=True)
class Style:
    """How names are printed: one of ``NAMES`` and one of ``CAPITALS``."""

    names: str = NAMES[0]
    capitals: str = CAPITALS[0]


@dataclass(frozen=True, slots=True)
class Printed:
    """A name in its lines: one, or with ``both`` the Latin one and the one as written.

    ``latin`` is False if Latin letters were wanted and there are none, ``family_known`` if the
    family name was to be in capitals and nothing tells which part it is.
    """

    lines: tuple[str, ...]
    latin: bool = True
    family_known: bool = True


def printed(row: Mapping[str, object], style: Style) -> Printed:
    """Honorific and name of a row of the list.

    The honorific stands with the name of its own script; before a Latin name an Arabic one is
    left out, because nothing is translated.
    """
    honorific, name = _text(row, "honorific"), _text(row, "name")
    other = "" if _is_latin(name) else _text(row, "name_latin")
    shown, known = _in_capitals(name, row, style.capitals)
    if style.names == "as-written":
        return Printed((addressed(honorific, shown),), family_known=known)
    if not other:
        return Printed((addressed(honorific, shown),), _is_latin(name), known)
    latin, known = _in_capitals(other, row, style.capitals)
    if _is_latin(honorific):
        latin = addressed(honorific, latin)
    if style.names == "latin":
        return Printed((latin,), family_known=known)
    return Printed((latin, addressed(honorific, shown)), family_known=known)


def addressed(honorific: str, name: str) -> str:
    """Honorific and name; in Chinese the honorific follows the name without a space."""
    if CHINESE.match(name) and (not honorific or CHINESE.match(honorific)):
        return name + honorific
    return f"{honorific} {name}".strip()


def parts(row: Mapping[str, object], style: Style) -> tuple[str, str, bool]:
    """First and last name of the form that is printed, and whether that is a guess."""
    name, latin = _text(row, "name"), _text(row, "name_latin")
    if style.names == "as-written" or _is_latin(name) or not latin:
        told = name_parts(name)
    else:
        told = name_parts(latin, name)
    return told.given, told.family, not told.sure


def _in_capitals(name: str, row: Mapping[str, object], capitals: str) -> tuple[str, bool]:
    """The name with what is wanted in capitals, and whether what was wanted is known."""
    if capitals == "as-written" or name.upper() == name.lower():  # a script without capitals
        return name, True
    state = _text(row, "state")
    if capitals == "whole":
        return _upper(name, state), True
    marked = [in_capitals(word) for word in name.split()]
    if any(marked) and not all(marked):  # the note says it itself: nothing to add
        return name, True
    written = _text(row, "name")
    told = name_parts(name, None if written == name else written)
    if not told.sure or not told.given:
        return name, False
    return family_in_capitals(name, None if written == name else written, state), True


def _upper(text: str, state: str) -> str:
    return (text.replace("i", "İ") if state in DOTTED_I else text).upper()


def _is_latin(text: str) -> bool:
    """Whether no letter is of another script; an empty text has none."""
    if text.isascii():
        return True
    return all(unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha())


def _text(row: Mapping[str, object], field: str) -> str:
    return sanitize.printable(str(row.get(field) or ""))
