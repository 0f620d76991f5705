"""Posts and offices in Arabic whose letters were misread, mended by the lexicon's phrases.

``ببيئة النزاهة ومكافة الفساد`` is one letter here and there from ``هيئة النزاهة ومكافحة الفساد``.
Only phrases of two words or more are compared: of single words too many differ in one letter
(``هيئة``, ``بيئة``).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from extract.delegates.scripts.arabic import known_words
from extract.language import terms
from extract.language.normalise import fold

LABELS = ("title_heads", "org_heads", "org_units")
PREFIXES = ("", "ب", "ل", "و", "ال")
LONGEST_PREFIX = max(map(len, PREFIXES))
SHORTEST = 9
"""Letters of a phrase that may stand for a misread one."""

LETTERS_A_SLIP = 5
"""One misread letter is forgiven for so many."""

MOST_SLIPS = 3  # misread letters forgiven in a phrase
TELLING = 3  # words of a phrase that one odd word does not spoil
LETTERS_OF_NAME = 4  # letters of a name that ends a longer one
_YA = re.compile(r"(?<=[\u0621-\u064a])ي(?![\u0621-\u064a])")
_ALIF = re.compile(r"(?<=[\u0621-\u064a]{2})ى(?![\u0621-\u064a])")
_DOTTED = 2
"""A page with so many times the dotted letters is printed with dots."""

_FEMININE = "ه"
"""The feminine ending as it is folded."""

_ARABIC = re.compile(r"[\u0621-\u064a]+")


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Folded words and spelling of each phrase of Arabic posts and offices, longest first."""
    found: dict[tuple[str, ...], str] = {}
    for label in LABELS:
        for phrase in terms.phrases(label, "ar"):
            words = tuple(fold(phrase).split())
            if len(words) >= 2 and sum(map(len, words)) >= SHORTEST:
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
            if done & set(place) or not all(map(_ARABIC.fullmatch, folded[at : at + size])):
                continue
            prefix = _near(tuple(folded[at : at + size]), phrase)
            if prefix is not None:
                done.update(place)
                if tuple(folded[at : at + size]) != (prefix + phrase[0], *phrase[1:]):
                    words[at : at + size] = [
                        (prefix if i == 0 else "") + word for i, word in enumerate(spelling.split())
                    ]
    return " ".join(words) if done else text


@lru_cache(maxsize=1024)
def begins_with_misread_post(text: str) -> bool:
    """``وكل النائب العام``: the lexicon's nearest phrase makes a post of it."""
    fixed = fold(mended(text))
    return fixed != fold(text) and any(
        fixed == post or fixed.startswith(f"{post} ") for post in terms.folded("title_heads", "ar")
    )


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


def _near(words: tuple[str, ...], phrase: tuple[str, ...]) -> str | None:
    """The prefix the phrase has here, None if the words are not nearly the phrase.

    A word the lexicon knows is no misread one, and a feminine ending is no slip.
    """
    most = min(MOST_SLIPS, sum(map(len, phrase)) // LETTERS_A_SLIP)
    best: tuple[int, str] | None = None
    if (
        sum(abs(len(a) - len(b)) for a, b in zip(words, phrase, strict=True))
        > most + LONGEST_PREFIX
    ):
        return None
    for prefix in PREFIXES:
        wanted = (prefix + phrase[0], *phrase[1:])
        slips = [Levenshtein.distance(a, b) for a, b in zip(words, wanted, strict=True)]
        # of three words two that are right tell what the third must be
        loose = len(phrase) >= TELLING and sum(slips) == 1
        fair = all(
            _is_slip(a, b, n, loose=loose) for a, b, n in zip(words, wanted, slips, strict=True)
        )
        if fair and sum(slips) <= most and (best is None or sum(slips) < best[0]):
            best = sum(slips), prefix
    return best[1] if best else None


def _is_slip(word: str, wanted: str, distance: int, *, loose: bool) -> bool:
    if distance == 0:
        return True
    if distance > (len(wanted) - 1) // 3 or word.rstrip(_FEMININE) == wanted.rstrip(_FEMININE):
        return False
    prefixes = ("",) if loose else ("", *PREFIXES, "لل")
    return not any(word.removeprefix(p) in known_words() for p in prefixes)
