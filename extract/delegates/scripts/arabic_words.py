"""Posts and offices in Arabic whose letters were misread, spelled as the lexicon's phrases.

``ببيئة النزاهة ومكافة الفساد`` is one letter here and there from ``هيئة النزاهة ومكافحة الفساد``.
"""

from __future__ import annotations

import re
from functools import cache

from extract.language import terms
from extract.language.misread import ARABIC, is_long, near
from extract.language.normalise import fold

LABELS = ("title_heads", "org_heads", "org_units")
LETTERS_OF_NAME = 4  # letters of a name that ends a longer one
_YA = re.compile(r"(?<=[\u0621-\u064a])ي(?![\u0621-\u064a])")
_ALIF = re.compile(r"(?<=[\u0621-\u064a]{2})ى(?![\u0621-\u064a])")
_DOTTED = 2
"""A page with so many times the dotted letters is printed with dots."""


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Folded words and spelling of each phrase of Arabic posts and offices, longest first."""
    found: dict[tuple[str, ...], str] = {}
    for label in LABELS:
        for phrase in terms.phrases(label, "ar"):
            words = tuple(fold(phrase).split())
            if is_long(words):
                found.setdefault(words, phrase)
    return tuple(sorted(found.items(), key=lambda item: -len(item[1])))


def mended(text: str) -> str:
    """The text with misread phrases as the lexicon spells them; as it is where none is near."""
    words = text.split()
    folded = [fold(w) for w in words]
    done: set[int] = set()
    for phrase, spelling in _phrases():
        size = len(phrase)
        for at in range(len(words) - size + 1):
            place = range(at, at + size)
            if done & set(place) or not all(map(ARABIC.fullmatch, folded[at : at + size])):
                continue
            prefix = near(tuple(folded[at : at + size]), phrase)
            if prefix is not None:
                done.update(place)
                if tuple(folded[at : at + size]) != (prefix + phrase[0], *phrase[1:]):
                    words[at : at + size] = [
                        (prefix if i == 0 else "") + word for i, word in enumerate(spelling.split())
                    ]
    return " ".join(words) if done else text


@cache
def _alif_names() -> frozenset[str]:
    return frozenset(terms.phrases("alif_names", "ar"))


def _has_alif(word: str) -> bool:
    """``عيسى`` and ``بنعيسى`` end in a letter that never had dots."""
    bare = word.strip("،,.")
    return bare in _alif_names() or any(
        bare.endswith(name) for name in _alif_names() if len(name) >= LETTERS_OF_NAME
    )


def dotted(text: str, page: str) -> str:
    """The text with the dots under a final ya, where the page is printed with dots.

    ``page`` is the text around it. Egyptian print leaves the dots out, and there the text stays
    as it is; elsewhere ``دبلوماسى`` has lost them, but ``مصطفى`` never had any.
    """
    if not _ALIF.search(text):
        return text
    bare = [w for w in page.split() if _ALIF.search(w) and not _has_alif(w)]
    if len(_YA.findall(page)) < _DOTTED * len(bare):
        return text
    return " ".join(word if _has_alif(word) else _ALIF.sub("ي", word) for word in text.split(" "))
