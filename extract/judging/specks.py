"""Signs that nobody types there: specks read as stops, marks and hyphens, capitals read as small.

A post has one reader, so its print has to tell: ``Chef de la Section des. saisies``.
"""

from __future__ import annotations

import re

from extract.language import terms
from extract.language.normalise import fold
from extract.words import table

KNOWN = 5  # letters from which a word of the lexicon is no abbreviation
CONTENT = 4  # letters from which a word of a post is set with a capital, if its words are
CAPITALS = 3  # such words with capitals that show the manner
_STOPPED = re.compile(r"(?<![\w.])([^\W\d_]{2,})\.(?=\s+(\S))")
_BEFORE_WORD = re.compile(r"(?:(?<=\s)|^)[.,;:·¡](?=[^\W\d_]{2})")
_HYPHEN_TWICE = re.compile(r"(?<=[^\W\d_])-\s-\s(?=[^\W\d_])")
_LONE_QUOTE = re.compile(r"(?<=\s)[’'‘`´](?:\s|$)")
_LONE_ALIF = re.compile(r"(?<=[\u0621-\u064a] )ا (?=ا[\u0621-\u064a])")
_QUOTES = {"‘": "’", "“": "”", "«": "»", "„": "“”"}
_OPENING = re.compile(r"(?:(?<=\s)|^)[‘“«„](?=\w)")
_COMMA_BEFORE_LAST = re.compile(r"[А-ЯЁ][\w-]{1,40} [А-ЯЁ][\w-]{1,40}, [А-ЯЁ]\w{1,40}")
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+")
_SAME_SHAPE = "cosvwxzi"
"""Small letters that are their capitals but for the size, and the ``i`` that a tall one becomes."""


def without_specks(text: str) -> str:
    """A post without signs that cannot have been typed there.

    A stop behind a word that ends no phrase or before a small letter, one right before a word, and
    a quotation mark that opens and is never closed, or stands alone; in Arabic an alif
    read twice, at the end of a line a hyphen.
    """
    text = _LONE_ALIF.sub("", _BEFORE_WORD.sub("", _LONE_QUOTE.sub("", text)))
    text = _HYPHEN_TWICE.sub("-", text)
    text = _STOPPED.sub(lambda m: m[1] if _ends_nothing(m[1], m[2]) else m[0], text)
    return _OPENING.sub(lambda m: m[0] if _is_closed(m[0], text[m.end() :]) else "", text)


def is_specked(text: str) -> bool:
    """Whether a stop stands behind a whole word inside a post, or a capital seems to be lost."""
    stops = (m for m in _STOPPED.finditer(text) if _is_whole(m[1]))
    return any(stops) or _lost_capital(text)


def with_three_parts(name: str) -> str:
    """A Russian name whose first two parts a speck joined: ``Щербина-Алла Юрьевна``.

    Or parted from the last: ``Щербина Алла, Юрьевна``.
    Nobody has a family name and a patronymic alone, and a double name has its family name before.
    """
    endings = tuple(table("latin")["patronymic_endings"])
    if _COMMA_BEFORE_LAST.fullmatch(name) and name.endswith(endings):
        return name.replace(",", "")
    joined, space, last = name.partition(" ")
    if joined.count("-") != 1 or " " in last or not last.endswith(endings):
        return name
    return joined.replace("-", " ") + space + last


def _ends_nothing(word: str, following: str) -> bool:
    return fold(word) in terms.folded("open_endings") or (_is_whole(word) and following.islower())


def _is_whole(word: str) -> bool:
    return len(word) >= KNOWN and fold(word) in terms.words()


def _is_closed(mark: str, behind: str) -> bool:
    return any(sign in behind for sign in _QUOTES[mark])


def _lost_capital(text: str) -> bool:
    """``Senior Officer for incoming Letters``: one small word among words with capitals."""
    always = [terms.folded(x) for x in ("open_endings", "conjunctions", "small_in_titles")]
    long = [w for w in _WORD.findall(text) if len(w) >= CONTENT]
    words = [w for w in long if not any(fold(w) in known for known in always)]
    small = [w for w in words if w[0].islower()]
    others = len(words) - len(small)
    return len(small) == 1 and others >= CAPITALS and small[0][0] in _SAME_SHAPE
