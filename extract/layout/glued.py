"""Words the page reader glued: ``MsHOVHANNISYAN``, ``AishaBELLO``, ``Judge,Supreme``; odd dash."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import script_of
from ocr.types import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ocr.types import Word

LEAST_NAME = 4  # letters of the name; fewer are an ending: السيدتان
LEAST_ARABIC = 5  # letters of the form of address, where no capital shows the joint
_DASHES = re.compile(
    r"[-–—−]{1,3}[–—−]|[–—−][-–—−]{1,3}"
)  # one dash, as page readers see a long one
# a given name and a family name in capitals; four small letters are no "Mac" or "Fitz"
_CASES = re.compile(r"([^\W\d_][a-zà-ÿ]{4,30})([A-ZÀ-Þ]{3,30}[,.;]?)")
# "Judge,Supreme": no title, name or office of 2,700 is printed so
_COMMA = re.compile(r"((?:[^\W\d_]|['’-]){2,40},)[A-ZÀ-ÞŁŚŽČŠĐА-ЯЁ](?:[^\W\d_]|['’-]){1,40}[,.;:]?")
_COLON = re.compile(r"[:：][”“]")
# "Г.жа": a dash read as a dot; "Г.Н." are initials; "гг-жа", "r-жа": a letter seen twice, or Latin
_ODD_FORM = re.compile(r"([Гг])(?:\.|[гr]-)(н|жа)|r-(н|жа)")
# "3. г-жа" read as "Зг-жа": the list mark is glued, and a letter like it
_THIRD = re.compile(r"[З3][.)]?(?=г-(?:н|жа)$)")
_INITIAL = re.compile(r"[^\W\d_]\.")
# "Kamau1", "O’Hara-Lee3": the call for a footnote
_CALLED = re.compile(
    r"(?=[dln]?['’]?[^\W\d_a-zа-яё])([^\W\d_]{1,30}(?:['’-][^\W\d_]{1,30}){0,3}(?<=[^\W\d_]{3}))([1-9][,.;]?)"
)
# "Kamau.......Judge"
_LEADER = re.compile(r"(?<=[^\W\d_]{2})[.·…]{4,}(?=[^\W\d_])")
_DOTS, _LEAST_DOTS = ".·…", 4
"""Signs of a leader, and how many make one: ``.......5855``, ``a.brown@example.org......``."""
_DIRT = "_"  # the end of a rule, or of a dotted one, before a word
# no Cyrillic word begins so, and no word with a stroke
_SPECK = re.compile(r"['‘`](?=[А-ЯЁа-яё]{2})(?!.*['’])|_{1,4}(?=[^\W\d_]{1,40}[,.;]?$)")
_LABELS = ("honorifics_m", "honorifics_f")


def unglued(word: Word) -> tuple[Word, ...]:
    """The word, or those that were glued; each gets its letters' share of the width."""
    if _DASHES.fullmatch(word.text):
        return (replace(word, text="—"),)
    odd = _ODD_FORM.fullmatch(word.text)
    if odd:
        return (replace(word, text=f"{odd[1] or 'г'}-{odd[2] or odd[3]}"),)
    if _COLON.fullmatch(word.text):  # one of full width; nobody quotes what stands behind a label
        return (replace(word, text=word.text[0]),)
    third = _THIRD.match(word.text)
    if third:
        parts = _part(word, 0, third.end()), _part(word, third.end(), None)
        return replace(parts[0], text="3."), parts[1]
    led = _LEADER.search(word.text)
    if led:
        return tuple(_part(word, *at) for at in ((0, led.start()), led.span(), (led.end(), None)))
    before = len(word.text) - len(word.text.lstrip(_DOTS))
    if before >= _LEAST_DOTS and before < len(word.text):
        return _part(word, 0, before), *unglued(_part(word, before, None))
    behind = len(word.text.rstrip(_DOTS))
    if 0 < behind <= len(word.text) - _LEAST_DOTS:
        return *unglued(_part(word, 0, behind)), _part(word, behind, None)
    speck = _SPECK.match(word.text)
    if speck:
        word = replace(word, text=word.text[speck.end() :])
    dirt = len(word.text) - len(word.text.lstrip(_DIRT))
    bare = word.text[dirt:]
    at = next((len(f) for f in _forms(bare[:1].casefold()) if _leads(bare, f)), 0)
    shapes = (_CASES, _CALLED, _COMMA)
    cases = None if at else next((m for s in shapes if (m := s.fullmatch(bare))), None)
    at = cases.end(1) if cases else at
    if not at:
        return (word,)
    word = replace(word, text=bare)
    return _part(word, 0, at), *unglued(_part(word, at, None))


def _part(word: Word, start: int, end: int | None) -> Word:
    """Letters [start, end) of a word, with their share of its width; Arabic runs to the left."""
    text, box = word.text[start:end], word.box
    left, right = (round(box.width * n / len(word.text)) for n in (start, start + len(text)))
    if script_of(word.text[0]) == "arabic":
        left, right = box.width - right, box.width - left
    return replace(word, text=text, box=Box(box.left + left, box.top, box.left + right, box.bottom))


def _leads(text: str, form: str) -> bool:
    rest = text[len(form) :]
    head = text[: len(form)]
    named = rest[:LEAST_NAME].isalpha() or _INITIAL.match(rest)
    if head.casefold() != form or len(rest) < LEAST_NAME or not named:
        return False
    if script_of(form[0]) == "arabic":
        return True
    told = head[0].isupper() or "-" in form  # "г-нА.Б."
    return told and head[-1].islower() and rest[0].isupper()


@cache
def _forms(initial: str) -> tuple[str, ...]:
    """Forms of address of one word that begin so, the longest first."""
    return tuple(sorted(set(_all(initial)), key=lambda f: (-len(f), f)))


def _all(initial: str) -> Iterator[str]:
    for phrase in (p for label in _LABELS for p in terms.phrases(label)):
        form = phrase.strip(".").casefold()
        least = LEAST_ARABIC if script_of(form[:1] or " ") == "arabic" else 2
        if form.startswith(initial) and len(form) >= least and " " not in form:
            yield form
