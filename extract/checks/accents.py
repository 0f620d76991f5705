"""Names whose accents both readers may have lost or mistaken: what the page and the State tell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.letters import bare, in_own_letters, languages_of, letters_of
from extract.language.normalise import fold, script_of
from extract.types import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.checks.context import Context
    from extract.layout.document import Document
    from extract.types import Delegate

LATIN_1 = 0xFF  # code point; letters up to here are seldom mistaken
MIN_WORD = 4  # letters of a word whose accents tell
_SHARP_S = re.compile(r"(?<=[a-zäöü])&(?=[a-zäöü])")
# a capital I read as l at the start of a name: "lleana Bonillero"; "los", "las" are particles
_LOST_I = re.compile(r"(?<![^\W\d_'’-])l(?=[^\W\d_]{3,})")
# "Premys! Novák": no name has the sign
_MISREAD_L = re.compile(r"(?<=[^\W\d_])!")
# "dePaz"
_GLUED = re.compile(r"(?<![^\W\d_'’-])(de|del|dela|da|di|do|van|von)(?=[A-ZÀ-Þ][^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
# beyond Latin-1, and yet never lost
_COMMON = "œÿ"
# both readers take one for the other
_LOOK_ALIKE = "ÎÏ"


def doubt_accents(context: Context) -> Context:
    """The persons, those whose accents are unsure marked so.

    Examples: ``TÄRANULESCU`` from Romania (no such letter there); ``DABROWNIK`` from Poland (ą may
    be lost); ``Leitaozinho`` from Brazil; ``Nique`` in a list and ``Ñique`` in a sentence.
    """
    spelled = _spellings(context.document)
    return context.with_people(
        tuple(_judged(person, context.state, spelled) for person in context.people)
    )


def _judged(person: Delegate, state: str | None, spelled: dict[str, set[str]]) -> Delegate:
    name = _composed(person.name.text)
    words = [w for w in _WORD.findall(name) if script_of(w[0]) == "latin"]
    detail = _other_spelling(words, spelled) or _odd_for_state(words, state)
    text = in_own_letters(name, languages_of(state)) if state and detail is not None else name
    text = _SHARP_S.sub("ß", text) if state and "ß" in letters_of(state) else text
    text = _GLUED.sub(r"\1 ", _LOST_I.sub("I", _MISREAD_L.sub("l", text)))
    if text != name:
        value = replace(person.name, text=text, original=person.name.original or person.name.text)
        person = replace(person, name=value)
    known = any(d.code == "accents_unsure" for d in person.doubts)
    if known or (detail is None and text == name):
        return person
    return replace(person, doubts=(*person.doubts, Doubt("accents_unsure", "name", detail or name)))


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
    letters = letters_of(state) if state else frozenset()
    text = "".join(words).casefold().replace("i\u0307", "i")
    sequences: dict[str, list[str]] = terms.common()["accentless_sequences"]
    spaced = f" {' '.join(words).casefold()} "
    if state and any(state in states and s in spaced for s, states in sequences.items()):
        return ""
    if not letters:
        return None
    strange = [c for c in text if not c.isascii() and c not in letters]
    alike = [c for word in words for c in word if c in _LOOK_ALIKE]
    if strange or alike:
        return (strange or alike)[0]
    losable = {_base(c) for c in letters if ord(c) > LATIN_1 and c not in _COMMON}
    return "" if losable & set(text) and all(ord(c) <= LATIN_1 for c in text) else None


def _base(letter: str) -> str:
    return bare(letter)[:1]
