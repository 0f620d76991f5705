"""Names whose accents both readers may have lost or mistaken: what the page and the State tell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract import terms
from extract.normalise import fold, script_of
from extract.types import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.document import Document
    from extract.types import Delegate

LATIN_1 = 0xFF
MIN_WORD = 4
_WORD = re.compile(r"[^\W\d_]+")
# letters that are no base letter with an accent
_BASES = str.maketrans("łđıəħøæœßðþ", "ldiehoaosdt")
# beyond Latin-1, and yet never lost
_COMMON = "œÿ"


def with_doubts(
    people: tuple[Delegate, ...], state: str | None, document: Document
) -> tuple[Delegate, ...]:
    """The persons, those whose accents are unsure marked so.

    Examples: ``TÄRANULESCU`` from Romania (no such letter there); ``DABROWNIK`` from Poland (ą may
    be lost); ``Leitaozinho`` from Brazil; ``Nique`` in a list and ``Ñique`` in a sentence.
    """
    spelled = _spellings(document)
    marked: list[Delegate] = []
    for person in people:
        words = _WORD.findall(_composed(person.name.text))
        latin = [w for w in words if script_of(w[0]) == "latin"]
        detail = _other_spelling(latin, spelled) or _odd_for_state(latin, state)
        known = any(d.code == "accents_unsure" for d in person.doubts)
        if detail is not None and not known:
            doubt = Doubt("accents_unsure", "name", detail)
            person = replace(person, doubts=(*person.doubts, doubt))
        marked.append(person)
    return tuple(marked)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _spellings(document: Document) -> dict[str, set[str]]:
    """Each longer word of the document, folded, with the accents it is printed with."""
    found: dict[str, set[str]] = {}
    for line in document.lines:
        for word in _WORD.findall(_composed(line.text)):
            if len(word) >= MIN_WORD and word[0].isupper():
                found.setdefault(fold(word), set()).add(word.casefold())
    return found


def _other_spelling(words: Iterable[str], spelled: dict[str, set[str]]) -> str | None:
    """The same word elsewhere on the page with other accents."""
    for word in words:
        others = spelled.get(fold(word), set()) - {word.casefold()}
        if others and len(word) >= MIN_WORD:
            return min(others)
    return None


def _odd_for_state(words: list[str], state: str | None) -> str | None:
    """What the letters of the sending State make doubtful, "" for letters that may be lost."""
    letters = _letters(state) if state else frozenset()
    text = "".join(words).casefold().replace("i\u0307", "i")
    if state and any(state in states and s in text for s, states in _sequences().items()):
        return ""
    if not letters:
        return None
    strange = [c for c in text if not c.isascii() and c not in letters]
    if strange:
        return strange[0]
    losable = {_base(c) for c in letters if ord(c) > LATIN_1 and c not in _COMMON}
    return "" if losable & set(text) and all(ord(c) <= LATIN_1 for c in text) else None


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.translate(_BASES))[0]


@cache
def _letters(state: str) -> frozenset[str]:
    """Accented letters of the languages of a State, none for a State the table does not have."""
    tables = terms.common()
    languages = [k for k, states in tables["name_letter_states"].items() if state in states]
    return frozenset("".join(tables["name_letters"][k] for k in languages))


def _sequences() -> dict[str, list[str]]:
    table: dict[str, list[str]] = terms.common()["accentless_sequences"]
    return table
