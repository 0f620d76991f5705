"""Where sentences end in a scan's text: a full stop after an abbreviation ends none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language.normalise import script_of
from extract.language.terms import HONORIFICS, REACH_LABELS

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

# no "!": a note has none, and one inside a sentence is a misread l
_STOP = re.compile(r"[.?](?=[\s\n]+[\"'«“(]?[^\W\d_a-zа-яё])|[。！？]|[;；؛](?=\s)")
_IN_BRACKETS = re.compile(r"[(（〈][^()（）〈〉]*\Z")
_NEXT = re.compile(r"[;；؛。]|[.](?=\s)|\n\n")
REACH = 200  # characters behind a bracket in which a semicolon is inside it
SHORT_WORD = 3  # letters of an abbreviation, whose full stop ends nothing


def sentences(run: TextRun, start: int, end: int, protected: tuple[Span, ...] = ()) -> list[Span]:
    """Spans of the sentences between two characters; ``protected`` spans are never cut inside.

    A stop right behind a protected span (an address) does end a sentence.
    """
    spans: list[Span] = []
    at = start
    for match in _STOP.finditer(run.text, start, end):
        if match.start() < at or not _ends(run, match, protected):
            continue
        spans.append((at, match.end()))
        at = match.end()
    if at < end:
        spans.append((at, end))
    return spans


def _ends(run: TextRun, match: re.Match[str], protected: tuple[Span, ...]) -> bool:
    at = match.start()
    if any(a <= at < b for a, b in protected):
        return False
    if match.group() in ";；؛" and (
        _IN_BRACKETS.search(run.text, max(0, at - REACH), at) or _is_comma(run, match)
    ):
        return False
    if match.group() != ".":
        return True
    if any(b == at for _, b in protected):
        return True
    if any(
        t.end in (at, at + 1) and t.label.startswith(("honorifics", "ranks")) for t in run.terms
    ):
        return False
    if _goes_on(run, match.end()):
        return False
    word = re.search(r"[\w]+$", run.text[max(0, at - 30) : at])
    return word is None or len(word.group()) > SHORT_WORD or word.group().isdigit()


def _is_comma(run: TextRun, match: re.Match[str]) -> bool:
    """``Ms. X; director of ..., (x@y.example)``, ``Ms. X, Judge; E-mail: x@y.example``.

    What stands behind it names nobody.
    """
    begin = run.trimmed(match.end(), len(run.text))[0]
    if any(t.start == begin for t in run.terms_in(begin, len(run.text), *REACH_LABELS)):
        return True
    if not run.text[begin : begin + 1].islower():
        return False
    stop = _NEXT.search(run.text, begin)
    end = stop.start() if stop else len(run.text)
    forms = run.terms_in(begin, end, *HONORIFICS)
    named = any(run.text[t.end : t.end + 2].lstrip(".")[:1].isspace() for t in forms)
    return not named and any(t.start == begin for t in run.terms_in(begin, end, "title_heads"))


def _goes_on(run: TextRun, at: int) -> bool:
    """A stop before an Arabic post is a comma that was misread."""
    start = run.trimmed(at, len(run.text))[0]
    if script_of(run.text[start : start + 1] or " ") != "arabic":
        return False
    return any(t.start == start and t.label == "title_heads" for t in run.terms)
