"""A participant's name as a list prints it: as written, in Latin letters, the family name told.

Which part is the family name only the note tells: by capitals, as notes verbales print it, or
because a Chinese name begins with it. Where neither tells, nothing is put into capitals and the
list says so; a guess would be read as knowledge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from extract.words import words
from store import sanitize
from store.rules.latin import latin_name
from store.rules.names import CHINESE, folded

NAMES = ("as-written", "latin", "both")
"""Which form of a name is printed."""

CAPITALS = ("as-written", "family", "whole")
"""What of a name in Latin letters is put into capitals."""

DOTTED_I = frozenset({"TUR", "AZE"})
"""States in whose language the capital of ``i`` is ``İ``."""

_PREFIX = re.compile(r"^(?:Mac|Mc|Fitz|[dlo]['’])(?=\w)")  # McDONALD, d'ESTE
_HAN_NAME = re.compile("[\u3400-\u9fff\uf900-\ufaff]{2,6}")


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
        return split_name(name)
    found = _family(latin, name)
    if found is None:
        return split_name(latin)
    given = latin.split()
    family = given[found]
    del given[found]
    return " ".join(given), " ".join(family), False


def split_name(name: str) -> tuple[str, str, bool]:
    """First and last name, and whether that is a guess.

    Words in capitals are the family name, as notes verbales print it, wherever it stands. Where
    capitals do not tell, it is the last word with the particles before it. A name in Chinese
    begins with the family name.

    >>> split_name("OUÉDRAOGO Abdoulaye")
    ('Abdoulaye', 'OUÉDRAOGO', False)
    >>> split_name("Gianmarco di Pietralunga")
    ('Gianmarco', 'di Pietralunga', True)
    """
    if _HAN_NAME.fullmatch(name):
        cut = 2 if name[:2] in words("compound_surnames") and len(name) > 2 else 1
        return name[cut:], name[:cut], False
    given = name.split()
    found = _capital_part(given)
    if found is not None:
        first = found.start
        while first > 1 and _is_particle(given[first - 1]):
            first -= 1
        rest = given[:first] + given[found.stop :]
        if rest:
            family = given[first : found.stop]
            sure = all(map(_is_capital, family))
            return " ".join(rest), " ".join(family), not sure
    cut = len(given) - 1
    while cut > 1 and _is_particle(given[cut - 1]):
        cut -= 1
    return " ".join(given[: max(cut, 0)]), " ".join(given[max(cut, 0) :]), len(given) > 1


def _in_capitals(name: str, row: Mapping[str, object], capitals: str) -> tuple[str, bool]:
    """The name with what is wanted in capitals, and whether what was wanted is known."""
    if capitals == "as-written" or name.upper() == name.lower():  # a script without capitals
        return name, True
    state = _text(row, "state")
    if capitals == "whole":
        return _upper(name, state), True
    given = name.split()
    if _capital_part(given) is not None:  # the note says it itself: nothing to add
        return name, True
    found = _family(name, _text(row, "name"))
    if found is None:
        return name, False
    given[found] = [_upper(word, state) for word in given[found]]
    return " ".join(given), True


def _family(latin: str, written: str) -> slice | None:
    """Where the family name stands in a name in Latin letters; None where nothing tells.

    Its own capitals tell, else the name as it is written: capitals there, word for word, or the
    reading of the signs that a Chinese name begins with.
    """
    given, original = latin.split(), written.split()
    found = _capital_part(given)
    if found is None and len(original) == len(given):
        found = _capital_part(original)
    if found is None and _HAN_NAME.fullmatch(written):
        reading = folded((latin_name(written) or "").partition(" ")[0])
        places = [i for i, word in enumerate(given) if folded(word) == reading]
        found = slice(places[0], places[0] + 1) if len(places) == 1 and len(given) > 1 else None
    return found


def _capital_part(given: list[str]) -> slice | None:
    """From the first word in capitals to the last, None if there is none or nothing else."""
    found = [i for i, part in enumerate(given) if _is_capital(part)]
    return slice(found[0], found[-1] + 1) if found and len(found) < len(given) else None


def _is_particle(part: str) -> bool:
    """``de``, ``Al``, ``VAN``; of single letters only small ones: ``B.`` is an initial."""
    key = folded(part)
    known = {folded(particle) for particle in words("name_particles")}
    return key in known and (len(key) > 1 or part.islower())


def _is_capital(word: str) -> bool:
    stem = _PREFIX.sub("", word)
    letters = [char for char in stem if char.isalpha()]
    return len(letters) > 1 and stem.upper() == stem and stem.lower() != stem


def _upper(text: str, state: str) -> str:
    return (text.replace("i", "İ") if state in DOTTED_I else text).upper()


def _is_latin(text: str) -> bool:
    """Whether no letter is of another script; an empty text has none."""
    if text.isascii():
        return True
    return all(unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha())


def _text(row: Mapping[str, object], field: str) -> str:
    return sanitize.printable(str(row.get(field) or ""))
