"""Arabic persons of a sentence without form of address: words lead to a name, a post follows.

Arabic has no capitals: what is a name here is told by what stands around it, and by none of its
words being one that the lexicon knows from elsewhere.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.parts.classify import classify
from extract.language import terms
from extract.language.misread import ARABIC
from extract.language.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from extract.layout.text_run import Span, TextRun

NAME_WORDS = range(2, 7)
"""Words of a name that nothing but its place tells. Chosen."""
NEAR = 90
"""Characters from the words that lead to a name to where it begins: ``in the said meeting``."""
LONGEST_POST = 120
"""Characters behind a name in which its first part ends."""

NAMES = ("names_too", "surnames_too", "name_particles", "names_with_and", "alif_names")
"""Lists of words of names; the last has others, too."""

_WORD = re.compile(r"[^\s،؛,;()]+")
_STOP = re.compile(r"[،,](?=\s)|(?<=\s)\(")
_PART_END = re.compile(r"[،؛,;(.]")
_BOUNDARY = re.compile(r"[،؛,;:.()]\s{0,3}\Z")
_PARTED = re.compile(r"[،؛,;:()]|\n\n")
_LETTERS = re.compile(r"[\u0621-\u064a]{2,20}")
_GLUED = ("", "ب", "ل", "و", "ال", "وال", "بال", "لل")
"""Prefixes with which a word may be written in one."""
_NO_NAMES = ("بال", "لل", "وال", "كال", "فال", "ولل", "وبال")
"""With these a word says "in the", "of the" or "and the", and is no part of a name."""
_WHOLE = ("عبد", "آل", "بن", "ابن", "بنت", "أبو", "ابو")
"""Behind these a word with the article is inside a name: ``عبد الله``."""


def arabic_names(run: TextRun, start: int, end: int, leads: Collection[int]) -> list[Span]:
    """Names in [start, end) that words lead to and a comma or bracket and a post follow.

    ``سيشارك في الاجتماع سامي الرشود، رئيس النيابة``; behind one person the next is led by a
    comma and an ``و`` written in one with its name. ``leads`` are where formulae end.
    """
    found: list[Span] = []
    first = min((at for at in leads if start <= at < end), default=None)
    if first is None:
        return found
    for stop in _STOP.finditer(run.text, first, end):
        if not _is_post(run, stop.end(), end):
            continue
        words = _words_before(run, max(first, found[-1][1] if found else first), stop.start())
        name = _name_of(run, words, leads, follows=bool(found))
        if name is not None:
            found.append(name)
    return found


def _is_post(run: TextRun, at: int, end: int) -> bool:
    """A post begins there, and the part up to the next comma is one as a whole."""
    begin = run.trimmed(at, end)[0]
    stop = _PART_END.search(run.text, begin, min(end, begin + LONGEST_POST))
    part = run.trimmed(begin, stop.start() if stop else min(end, begin + LONGEST_POST))
    posts = any(t.start == begin for t in run.terms_in(*part, "title_heads"))
    return posts and classify(run, *part)[0] in ("title", "role")


def _words_before(run: TextRun, start: int, stop: int) -> list[Span]:
    """The words before a comma that may be a name's, back to the first that is none."""
    text = run.text
    found: list[Span] = []
    for word in reversed([m.span() for m in _WORD.finditer(text, start, stop)]):
        between = text[word[1] : found[0][0]] if found else ""
        if between.strip() or "\n\n" in between or not _may_be_name(text[slice(*word)]):
            break
        found.insert(0, word)
    return found


def _name_of(
    run: TextRun, words: list[Span], leads: Collection[int], *, follows: bool
) -> Span | None:
    """The name that ends with the last of the words, None where its beginning is not told."""
    if not words:
        return None
    text, begin = run.text, words[0][0]
    bounded = _BOUNDARY.search(text, 0, begin) is not None
    joined = follows and bounded and text[begin] == "و"
    if joined and not _is_named_with_and(text[slice(*words[0])]):
        words = [(begin + 1, words[0][1]), *words[1:]]
    led = joined or any(not text[at:begin].strip(" \n:") for at in leads if at <= begin)
    near = any(begin - NEAR <= at <= begin and not _PARTED.search(text, at, begin) for at in leads)
    if not led and (bounded or not near):
        return None
    while words and _has_article(text[slice(*words[0])]):
        words = words[1:]  # "in the open-ended meeting", and then the name
    printed = [text[slice(*word)] for word in words]
    if len(words) not in NAME_WORDS or not all(map(_LETTERS.fullmatch, printed)):
        return None
    if any(_has_article(a) and not _has_article(b) for a, b in pairwise(_joined(printed))):
        return None  # "the workshop of Mr. X": the name begins behind a word that is not known
    return None if _is_of_state(printed) else (words[0][0], words[-1][1])


def _joined(printed: list[str]) -> list[str]:
    """The words of a name, ``عبد الله`` and its like being one."""
    found: list[str] = []
    for word in printed:
        if found and found[-1] in _WHOLE:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


def _has_article(word: str) -> bool:
    return word.startswith("ال") and len(word) > len("ال") + 1


def _may_be_name(word: str) -> bool:
    """Letters alone, and no word that the lexicon has in a phrase that is no name."""
    if not _LETTERS.fullmatch(word) or word.startswith(_NO_NAMES):
        return False
    folded = fold(word)
    stems = (folded[len(p) :] for p in map(fold, _GLUED) if folded.startswith(p))
    return word.removeprefix("ال") in _names() or not any(stem in _other_words() for stem in stems)


def _is_named_with_and(word: str) -> bool:
    """``وليد`` has its first letter from the name."""
    return word in terms.phrases("names_with_and", "ar")


@cache
def _names() -> frozenset[str]:
    """Words of names that are words of other phrases as well, as they are spelled."""
    labels = (label for label in NAMES if label != "alif_names")
    words = {w for label in labels for p in terms.phrases(label, "ar") for w in p.split()}
    return frozenset(words | {word.removeprefix("ال") for word in words})


@cache
def _other_words() -> frozenset[str]:
    """Every Arabic word of the lexicon's phrases that are no names, folded."""
    return frozenset(
        word
        for label, items in terms.labels().items()
        if label not in NAMES
        for phrase, _ in items
        for word in ARABIC.findall(fold(phrase))
    )


def _is_of_state(printed: list[str]) -> bool:
    """``كوت ديفوار``: words of a State's name."""
    return fold(printed[0]) in _words_of_states()


@cache
def _words_of_states() -> frozenset[str]:
    return frozenset(fold(w) for row in terms.state_rows() for v in row.values() for w in v.split())
