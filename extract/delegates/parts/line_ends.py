"""What the end of a line inside an entry means: a wrap, the end of a name, the next part.

Decided by how the lines begin and end; ``TextRun.wraps`` tells whether the margin cut the line.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from extract.delegates.parts.names import looks_like_name
from extract.language import terms
from extract.language.normalise import fold, is_han, main_script
from extract.layout.text_run import unbroken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.lines import TextLine
    from extract.layout.text_run import RunTerm, TextRun

LineEnd = Literal["cut", "short", "open"]

MOST_ADJECTIVES = 4  # words between a post and its noun
SPACE = 0.25  # width of a space in heights of its line
_ABBREVIATION = re.compile(r"[^\W\d_]{3,8}(?![\w-])")
_FIRST_WORD = re.compile(r"([^\W\d_]+)\s*")


def line_end(run: TextRun, at: int) -> LineEnd:
    """Why the line that ends at ``at`` ends there, by whether the next word had room on it.

    ``cut``: none before the margin (a column that no rule ends is as wide as its widest line,
    which may have ended anywhere). ``short``: room even before the end of the
    entry's widest line, so its writer ended it. ``open``: the page does not tell.
    """
    line, _ = run.line_at(at)
    if line.cell is not None:
        return "cut" if run.wraps(at) and not _is_widest(line) else "open"
    if at + 1 >= len(run.text):
        return "open"
    below, _ = run.line_at(at + 1)
    if below.page != line.page:
        return "cut" if run.wraps(at) else "open"
    sign = -1 if main_script(line.text) == "arabic" else 1
    left, right = run.document.margins.get(line.page, (0, 0))
    lines = [x for n in run.lines if (x := run.document.lines[n]).page == line.page]
    turned = _are_set_to_end(lines, sign, -left if sign > 0 else right)
    first = next((w for w in below.words if any(map(str.isalnum, w.text))), below.words[0])
    after = unbroken(first) + SPACE * line.height
    end = _edge(line, -sign if turned else sign) + after
    if end > (-left if (sign > 0) == turned else right):
        return "cut"
    widest = max(_edge(x, -sign if turned else sign) for x in lines)
    return "short" if end <= widest else "open"


def _are_set_to_end(lines: Sequence[TextLine], sign: int, margin: float) -> bool:
    """The lines end at one edge and begin anywhere, none at the margin: their room is before them.

    The edges grow in the direction they are looked at from, the ``margin`` is where text begins.
    """
    ends, begins = [_edge(x, sign) for x in lines], [_edge(x, -sign) for x in lines]
    height = max(x.height for x in lines)
    ragged = max(begins) - min(begins) > height and max(begins) < margin - height
    return ragged and max(ends) - min(ends) <= SPACE * height


def _is_widest(line: TextLine) -> bool:
    """The line that a column without rules takes its width from."""
    cell = line.cell
    return cell is not None and cell.kind != "ruled" and line.box.width >= cell.width - SPACE


def _edge(line: TextLine, sign: int) -> float:
    """Where a line ends in the direction of writing."""
    return line.box.right if sign > 0 else -line.box.left


def ends_name(run: TextRun, start: int, match: re.Match[str]) -> bool:
    """A name on a line of its own above a post: no phrase that was wrapped.

    Examples: ``В.Г. Жаворонцева`` and below it ``начальник отдела``; at the top of an entry words
    nobody knows, and below them ``Magistrate``.
    """
    start = run.trimmed(start, match.start())[0]
    below = _FIRST_WORD.match(run.text, match.end())
    if below is None:
        return False
    if not below.group(1)[0].islower():
        post = any(t.start == match.end() and t.label == "title_heads" for t in run.terms)
        known = any(word in terms.words() for word in fold(run.text[start : match.start()]).split())
        return (
            post
            and not known
            and not any(map(str.isalpha, run.text[:start]))
            and (looks_like_name(run, start, match.start()) is not None)
        )
    if fold(below.group(1)) in terms.folded("name_particles"):
        return False
    return looks_like_name(run, start, match.start()) is not None


def goes_on(run: TextRun, at: int) -> bool:
    """The next line goes on with the post above.

    Examples: in another case, ``директор`` and below it ``Правового департамента``; with a
    preposition, ``مستشار`` and below it ``بوزارة العدل``.
    """
    if _begins_with_preposition(run, at):
        return True
    here = _FIRST_WORD.match(run.text, at)
    for _ in range(MOST_ADJECTIVES):
        if any(t.start == at and t.label == "goes_on" for t in run.terms):
            return True
        if here is None or not fold(here.group(1)).endswith(_endings()):
            return False
        at = here.end()
        here = _FIRST_WORD.match(run.text, at)
    return False


@cache
def _open_endings() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in terms.phrases("open_endings"))
    return re.compile(rf"(?:(?:^|(?<=\W))(?:{words})|[&/])$", re.IGNORECASE)


def is_open(text: str) -> bool:
    """``Director of the``: the phrase goes on below."""
    return _open_endings().search(text[-40:]) is not None


def _begins_with_preposition(run: TextRun, at: int) -> bool:
    """``بديوان المحاسبة``, ``للشؤون القانونية``: Arabic glues "in" and "of" to the office."""
    return any(
        t.start == at
        and t.label in ("org_heads", "org_units")
        and run.text[at] in "بل"
        and fold(run.text[t.start : t.end]) not in terms.folded(t.label)
        for t in run.terms
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(fold(p) for p in terms.phrases("adjective_endings"))


def begins_anew(run: TextRun, at: int) -> bool:
    """The next line begins with a label, a role, or an office in the nominative.

    No wrapped phrase goes on like that; ``代表`` is no role where it is half of ``代表团``.
    """
    for term in run.terms:
        if term.start == at and is_han(run.text[at]) and is_han(run.text[term.end : term.end + 1]):
            continue
        if term.start == at and term.label.startswith(
            ("role_headings.", "roles.head", "said_of_all")
        ):
            return True
        if term.start == at and term.label == "begins_anew" and run.text[at].isupper():
            return not is_open(run.text[:at].rstrip())
        if term.start == at and term.label == "pattern.label_and_value":
            return True
        if term.start == at and term.label in terms.REACH_LABELS:
            rest = run.text[term.end :].partition("\n")[0]
            office = any(t.start == at and t.label == "org_heads" for t in run.terms)
            # its address is elsewhere, or was not read; but "Home" / "Office" is one
            if not rest.strip(" .:-–—") and not (office and rest.strip() != ":"):
                return True
    return False


def is_abbreviated(text: str, at: int) -> bool:
    """``BKA Wien``, ``МВД``: letters that stand for an office begin it."""
    word = _ABBREVIATION.match(text, at)
    return word is not None and word[0].isupper()


def begin_on_line(run: TextRun, term: RunTerm) -> int:
    """``常驻代表团`` / ``联系人：``: what begins on the second line begins nowhere else."""
    below = run.text.find("\n", term.start, term.end) + 1
    alone = below > 0 and any(t.start == below for t in run.terms_in(below, term.end, term.label))
    return below if alone else term.start
