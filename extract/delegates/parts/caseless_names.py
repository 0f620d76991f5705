"""Where a name in Arabic or Chinese ends: separators and titles decide, there are no capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.delegates.parts.name_words import ENDING, MAX_NAME_WORDS, WORD, title_starts
from extract.delegates.scripts.arabic import without_lost_comma
from extract.delegates.scripts.han import longest
from extract.language import terms
from extract.language.normalise import fold, script_of
from extract.language.terms import HONORIFICS

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun


_HAN_NAME = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff·•.]{1,13}")
_MISREAD = re.compile(r"[A-Za-z]{1,4} (?=[\u0621-\u064a]{2})")  # an Arabic word of a name
_FOOTNOTE = re.compile(r"(?<=[\u0621-\u064a]{2})\d{1,2}$")  # its number glued to the name
_WRAPPED_HAN = re.compile(r"[\u3400-\u9fff](?:\n?[\u3400-\u9fff·•.]){1,13}")
# a short name set apart: "李 明", "王 小 红"
_SPACED_HAN = re.compile(
    r"[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){1,3}(?![\u3400-\u9fff·])"
)


def caseless_name(run: TextRun, start: int, end: int, *, wraps: bool) -> Span | None:
    """The Arabic name that begins at ``start``; with ``wraps`` it may go over several lines."""
    text = run.text
    stop, count = start, 0
    for match in WORD.finditer(text, start, end):
        word = match.group()
        core = _FOOTNOTE.sub("", word.rstrip(ENDING + "–—-."))
        below = count > 0 and "\n" in text[stop : match.start()] and not wraps
        if below and (count >= 2 or title_starts(run, match.start())):
            break  # "رائد الزين" and below it "مدير"
        if count and _MISREAD.match(text, match.start(), end):
            continue  # "رانيا os النجار"
        if not core or script_of(core[0]) != "arabic" or any(c.isdigit() for c in core):
            break
        if count >= 2 and _ends_arabic_name(run, match.start(), core, word):
            break
        stop, count = match.start() + len(core), count + 1
        if len(core) < len(word) or count >= MAX_NAME_WORDS:
            break
    return (start, without_lost_comma(text, start, stop)) if count else None


def _ends_arabic_name(run: TextRun, at: int, core: str, word: str) -> bool:
    """A post begins here: ``أحمد سالم مستشار``; but not ``هاجر بابكر الأمين،``, a family name.

    ``القاضي بمحكمة النقض`` is a post again: an office follows.
    """
    if any(t.start == at for t in run.terms_in(at, len(run.text), "replaced_by")):
        return True
    if not title_starts(run, at):
        return False
    if core.startswith("ال") and word[len(core) :] in ("،", ","):
        return False
    if fold(core) not in terms.folded("surnames_too"):
        return True
    after = run.trimmed(at + len(word), len(run.text), " ")[0]
    return any(t.start == after and t.label in ("org_heads", "org_units") for t in run.terms)


def han_name(run: TextRun, start: int, end: int, *, wraps: bool) -> Span | None:
    """The Chinese name that begins at ``start``: ``张三``, ``李 明``, ``阿不都·热合曼``."""
    pattern = _SPACED_HAN if _SPACED_HAN.match(run.text, start, end) else _HAN_NAME
    match = (_WRAPPED_HAN if wraps and pattern is _HAN_NAME else pattern).match(
        run.text, start, end
    )
    if match is None:
        return None
    stop = match.end()
    for term in run.terms:
        if term.start > start + 1 and term.label in (*HONORIFICS, "title_heads", "org_heads"):
            stop = min(stop, term.start) if term.start < stop else stop
            break
    name = run.text[start:stop].rstrip("·•. \n\u3000")
    limit = longest(name)
    return (start, start + len(name)) if 2 <= len("".join(name.split())) <= limit else None
