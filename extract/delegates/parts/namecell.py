"""A cell or labelled value that is known to hold a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.parts.honorifics import honorific_at
from extract.delegates.parts.names import take_name
from extract.delegates.parts.persons import given_name_back, han_persons
from extract.delegates.scripts.arabic import behind_lone_letter
from extract.language.normalise import is_han
from extract.language.terms import HONORIFICS
from extract.words import table

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

# "钱婉清 / Qian Wanqing": behind the stroke the same name in other letters, as it is behind an
# Arabic one whose bracket was lost
_STOP = re.compile(
    r"[,;،؛，；(（|\t]|\s[-–—]\s|(?<=[\u0621-\u064a])\s(?=[A-Za-z]{3})|(?:(?<=[\u0400-\u9fff])|(?<=[\u0400-\u9fff]\.))\s?/\s?(?=[A-Z])"
)

LONGEST_HAN_NAME = 4  # signs of a Chinese name
_LATIN_AGAIN = re.compile(r"(?<=[\u0621-\u064a])\s[A-Za-z]{3}(?:[^()@]{0,64}\)){1,2}")


_THIRD_PART = re.compile(r"[,.]\n([А-ЯЁ]\w{1,40})\s{0,3}")
_ONE_WORD_BELOW = re.compile(r"\n[^\W\d_]{3,}\s*")


@dataclass(frozen=True, slots=True)
class NamedCell:
    """Honorific and name of a cell, where the rest begins; ``odd`` if it does not look like one."""

    honorific: Span | None
    name: Span
    rest: int
    odd: bool = False


def read_name(run: TextRun, start: int, end: int) -> NamedCell:
    """Honorific and name of a cell known to hold them; line ends inside are wraps.

    Examples: ``H.E. Mr. John KAMAU``, ``KAMAU, John``, ``张三先生``, ``Ms. A. Diallo (Head)``.
    """
    end = run.with_stop(start, end)
    if _is_torn(run.text[start:end]):
        return NamedCell(None, (start, end), end)
    chinese = han_persons(run, start, end) if is_han(run.text[start]) else []
    if chinese:
        person = chinese[0]
        return NamedCell(person.honorific, person.name, person.end)
    honorific = _leading_honorific(run, start)
    begin = honorific[1] if honorific else start
    begin = run.trimmed(begin, end, " \t\n/:.،")[0]
    begin = behind_lone_letter(run.text, begin, end) if honorific else begin
    taken = take_name(run, begin, end, prose=True)
    if honorific and taken:
        honorific, taken = given_name_back(run, honorific, taken)
        begin = taken[0] if taken else begin
    stop = _STOP.search(run.text, begin, end)
    whole = run.trimmed(begin, stop.start() if stop else end)
    if taken is not None and _is_patronymic(run.text[taken[1] : end]):
        return NamedCell(honorific, run.trimmed(taken[0], end), end)
    if taken is not None and taken[1] >= whole[1]:
        again = _LATIN_AGAIN.match(run.text, taken[1], end)
        return NamedCell(honorific, taken, again.end() if again else taken[1], odd=False)
    if taken is not None and _lost_capital(run, taken[1], end):
        return NamedCell(honorific, (taken[0], whole[1]), whole[1], odd=True)
    if taken is not None and "\n" in run.text[taken[1] : whole[1]][:2]:
        return NamedCell(honorific, taken, taken[1], odd=False)
    return NamedCell(honorific, whole, whole[1], odd=True)


def _is_torn(text: str) -> bool:
    """``欧 阳`` above ``晴``: a Chinese name that a narrow cell tore, no post being one sign."""
    first, *below = text.split("\n")
    signs = "".join(text.split())
    alone = bool(below) and all(len(line.strip()) == 1 for line in below)
    return alone and len(signs) <= LONGEST_HAN_NAME and bool(first) and all(map(is_han, signs))


def _is_patronymic(rest: str) -> bool:
    """A speck behind two parts of a Russian name, and below it the third: ``Юрьевна``."""
    word = _THIRD_PART.fullmatch(rest)
    return bool(word and word[1].endswith(tuple(table("latin")["patronymic_endings"])))


def _lost_capital(run: TextRun, start: int, end: int) -> bool:
    """The last part of a name, its capital read small: ``KARADAĞLI`` and below it ``ilker``."""
    below = _ONE_WORD_BELOW.fullmatch(run.text, start, end)
    word = run.text[start:end].strip()
    return below is not None and word.islower() and not run.terms_in(start, end, "title_heads")


def _leading_honorific(run: TextRun, start: int) -> Span | None:
    if any(t.start == start and t.label in HONORIFICS for t in run.terms):
        return honorific_at(run, start)
    return None
