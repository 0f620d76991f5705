"""Where a name begins and ends, in all writings.

Spans are characters of ``TextRun.text``. A name is as printed, without honorific, rank or
post-nominals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.delegates.parts.cased_names import cased_name
from extract.delegates.parts.caseless_names import caseless_name, han_name
from extract.delegates.parts.name_words import (
    MAX_NAME_WORDS,
    TITLE_STOPS,
    WORD,
    is_initials,
    nearly_letters,
    particles,
    words_of,
)
from extract.language import terms
from extract.language.han_names import has_surname, lost_its_dot
from extract.language.normalise import fold, is_han, script_of
from ocr.types import SIGN_UNTOLD

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, Span, TextRun


_SPACED_WORD = re.compile(r"\s{0,8}((?:(?![.…·_–—-]{4})\S)+)")
# a word that may be a particle, between a name and another capital
_SMALL_WORD = re.compile(r" ['’]?[^\W\d_A-ZÀ-ÞА-ЯЁ]{1,5}[.'’]? ?(?=[A-ZÀ-ÞА-ЯЁŁŚŽČŠĐ])")


def take_name(run: TextRun, start: int, end: int, *, prose: bool = False) -> Span | None:
    """The name that begins at ``start`` (white space skipped), None when none does.

    Examples: ``John KAMAU``, ``KAMAU, John``, ``María de la Cruz GARCÍA``, ``И.И. Иванов``,
    ``OUÉDRAOGO Abdoulaye``, ``محمد بن سالم العلي``, ``张三``.
    """
    skipped = re.compile(r"\s*").match(run.text, start, end)
    begin = skipped.end() if skipped else start
    if begin >= end:
        return None
    script = next((s for c in run.text[begin : begin + 12] if (s := script_of(c))), None)
    if script == "han":
        return han_name(run, begin, end, wraps=prose)
    if script == "arabic":
        return caseless_name(run, begin, end, wraps=prose)
    return cased_name(run, begin, end, prose=prose)


def looks_like_name(run: TextRun, start: int, end: int, *, wraps: bool = False) -> Span | None:
    """A whole span that can only be a name without honorific, None otherwise.

    Two to five capitalised words, or a Chinese name with a known family name; no title, no
    organization, no heading, no digit. With ``wraps`` it may go over several lines, as in a cell.
    """
    name = take_name(run, start, end, prose=wraps)
    if name is None or run.text[name[1] : end].strip(" .,;:،，\t\n"):
        return None
    text = run.text[name[0] : name[1]]
    if is_han(text[0]):
        return name if has_surname(text) or lost_its_dot(text) else None
    words = words_of(text)
    if not any(len(w) > 2 for w in words) or _is_noise(run, name):
        return None
    blocked = run.terms_in(
        name[0],
        name[1],
        "title_heads",
        "org_heads",
        "org_units",
        "letterhead",
        "list_headings",
        "table_headers.",
        "addressee",
        "convention_names",
        "meeting_names",
        "closing",
        "labels_email",
        "labels_phone",
        "labels_fax",
        "enclosure",
        "stamp_words",
        "received_stamp_words",
        "not_in_names",
    )
    strong = [t for t in blocked if _blocks(run, t, name)]
    return name if 2 <= len(words) <= MAX_NAME_WORDS and not strong else None


def _is_noise(run: TextRun, name: Span) -> bool:
    """What a stamp or a scribble was read as: the page reader itself does not believe it."""
    words = [w for w in run.words(*name) if w.confidence != SIGN_UNTOLD]
    return sum(w.confidence for w in words) < 0.5 * len(words)


def _blocks(run: TextRun, term: RunTerm, name: Span) -> bool:
    """A lexicon word inside a name counts only if it is a whole word, not half of one."""
    printed = run.text[term.start : term.end]
    if is_initials(printed) or fold(printed) in terms.folded("surnames_too"):  # "N." is no number
        return False
    before, after = run.text[term.start - 1 : term.start], run.text[term.end : term.end + 1]
    inside = (term.start > name[0] and before.isalnum()) or (term.end < name[1] and after.isalnum())
    return not inside


def _behind_particles(run: TextRun, start: int, end: int) -> Span | None:
    """The name behind one or more particles: ``Sra. de la FUENTECILLA``; no office's."""
    at = start
    while (word := _SPACED_WORD.match(run.text, at, end)) and fold(word[1]) in particles():
        at = word.end()
    name = take_name(run, at, end, prose=True) if at > start else None
    return name if name and not run.terms_in(*name, *TITLE_STOPS) else None


def _over_small_word(run: TextRun, name: Span, end: int) -> Span:
    """``MBARGA Yvonne épse Fouda``: a small word nobody knows, and what ends the line behind it."""
    small = _SMALL_WORD.match(run.text, name[1], end)
    if small is None or any(t.start < small.end() and small.start() < t.end for t in run.terms):
        return name
    rest = take_name(run, small.end(), end)
    if rest is None or run.terms_in(*rest, *TITLE_STOPS):
        return name
    return (name[0], rest[1]) if run.text[rest[1] : rest[1] + 1] in ("", "\n", ",") else name


def name_after_honorific(run: TextRun, start: int, end: int, *, prose: bool) -> Span | None:
    """The name behind an honorific; its first word may be a particle or have lost its capital.

    Examples: ``Mr. bin HAMADOUH Khalid``, ``Sr. ítalo CARDENAL`` read as ``Sr. italo``.
    """
    name = take_name(run, start, end, prose=prose)
    if name is not None:
        return name if prose else _over_small_word(run, name, end)
    led = _behind_particles(run, start, end)
    if led is not None:
        return (start, led[1])
    first = WORD.match(run.text, start, end)
    if first is None or not nearly_letters(first.group()) or len(first.group()) < 2:
        return None
    comma = run.text.find(",", first.end(), end)
    rest = take_name(run, first.end(), comma if comma >= 0 else end, prose=prose)
    if rest is None or (not prose and "\n" in run.text[first.end() : rest[0]]):
        return None
    if re.fullmatch(r"l[^\W\d_]{3,}", first.group()):  # a capital I read as l: "lleana"
        return (start, rest[1])
    if run.text[rest[0] : rest[0] + 2].isupper():
        return (start, rest[1])
    # "Sr. italo Huamanchumo": no word of a post, and on the line of its honorific
    known = run.terms_in(first.start(), first.end(), "title_heads", "honorifics_n", "ranks")
    long = len(first.group()) > 3 and first.group().isalpha()
    return (start, rest[1]) if long and not known and start and run.text[start - 1] == " " else None
