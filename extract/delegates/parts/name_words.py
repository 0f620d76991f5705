"""Words of names: capitals, initials and particles; and whether a post begins instead."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.text_run import TextRun


MAX_NAME_WORDS = 7  # words of a name
TITLE_STOPS = ("title_heads", "org_heads", "org_units", "roles.", "letterhead", "labels_email")
# leaders of dots or dashes end a name: "Ildefonso Batungay.......ib@admin.gov.ph"
WORD = re.compile(r"(?:(?![.…·_–—-]{4})\S)+")
FOOTNOTE_SIGNS = "*†‡§¶#¹²³⁴⁵⁶⁷⁸⁹"
"""Signs behind a name that a footnote repeats."""
ENDING = ',;:،؛，；：)|»”"' + FOOTNOTE_SIGNS
_JOINED_CASE = re.compile(
    r"(?:[a-zà-ÿ]{1,2}['’]|(?:al|el|an|as|ad|ar|at|аль|эль|ас|ан|аш)-)", re.IGNORECASE
)
# a capital I read as l ("lleana", "lvan"), a particle glued to its name ("dePaz")
_LOST_CAPITAL = re.compile(
    r"l[bcdfghjklmnpqrstvwxz][^\W\d_]{2,}|(?:de|del|dela|da|di|do|van|von|al|el|bin)[A-ZÀ-Þ][^\W\d_]+"
)
_GLUED_INITIAL = re.compile(r"(?<![^\W_])([^\W\d_]\.)(?=[^\W\d_])")
# ß read as a sign: "Gro&kopfmann"
_SHARP_S = re.compile(r"(?<=[a-zäöü])[&](?=[a-zäöü])")
# Ө, which the models of Russian lack, read as a sign: "@ТЕГЕНОВА"
_BARRED_O = re.compile(r"^[@©](?=[А-ЯЁ])")
# б inside a word of which a reader made Latin letters and a figure: "A6pam"
_SIX = re.compile(r"(?<=[^\W\d_])6(?=[^\W\d_])")


@cache
def particles() -> frozenset[str]:
    """Folded small words inside names: ``de``, ``van der``, ``née``."""
    labels = ("name_particles", "name_suffixes", "married_names")
    return frozenset(fold(word) for label in labels for word in terms.phrases(label))


@cache
def suffixes() -> frozenset[str]:
    """Folded small words a name may end with: ``оглы``."""
    return frozenset(fold(p) for p in terms.phrases("name_suffixes"))


def title_starts(run: TextRun, at: int) -> bool:
    """A post, an office or a role begins there."""
    for term in run.terms:
        if term.start > at:
            return False
        if term.start == at and any(
            term.label == s or (s.endswith(".") and term.label.startswith(s)) for s in TITLE_STOPS
        ):
            return True
    return False


def line_is_post(run: TextRun, at: int) -> bool:
    """``Mr. SUDARSONO`` and below it ``Senior Financial Analyst``: one name, then a post."""
    stop = re.compile(r"[,\n]|\s[/|·]\s|$").search(run.text, at)
    end = stop.start() if stop else len(run.text)
    return title_starts(run, at) or any(
        t.end == end and run.text[t.start - 1].isspace()
        for t in run.terms_in(at, end, "title_heads", "org_heads", "org_units")
    )


def is_initials(word: str) -> bool:
    """``J.``, ``J.-P.``, ``И.И.``, or a capital alone."""
    return (
        bool(re.fullmatch(r"(?:[^\W\d_]\.-?){1,4}|[A-ZА-ЯЁ]|[А-ЯЁ]{2}\.", word))
        and word[0].isupper()
    )


def words_of(name: str) -> list[str]:
    """The words of a name; initials glued to the next one are words: ``А.Б.Ёлкин`` has three."""
    return _GLUED_INITIAL.sub(r"\1 ", name).split()


def is_capitalised(word: str) -> bool:
    """A word of a name, some misread signs forgiven: ``d'Arc``, ``al-Amin``, ``lvan``."""
    letters = [c for c in word if c.isalpha()]
    word = _SIX.sub("б", _BARRED_O.sub("Ө", word))
    word = _SHARP_S.sub("ss", word)
    if not letters or any(c.isdigit() or c in "@/\\&+=*#%<>[]{}" for c in word):
        return False
    stripped = word.lstrip("\"'’«“„(")
    if not stripped or (len(stripped) < len(word) and word[0] in "(«"):
        return False
    if _LOST_CAPITAL.match(stripped):
        return True
    if _JOINED_CASE.match(stripped):
        rest = re.split(r"['’\-]", stripped, maxsplit=1)[1]
        return bool(rest) and (rest[0].isupper() or stripped[0].isupper())
    return stripped[0].isupper()


def nearly_letters(word: str) -> bool:
    """A word of letters; a longer one may have a misread sign: ``$iikrii`` for ``Şükrü``."""
    letters = sum(c.isalpha() for c in word)
    return letters == len(word) or (letters == len(word) - 1 >= 3 and not word[-1].isdigit())
