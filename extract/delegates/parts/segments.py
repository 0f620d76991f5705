"""What the parts of an entry are: title, organization, role, or nothing of interest.

An entry is cut into segments at commas, dashes, brackets and line ends; each is named by the
lexicon words in it and by where they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates.parts.classify import SegmentKind, classify
from extract.delegates.parts.field_marks import field_marks
from extract.delegates.parts.line_ends import (
    begins_anew,
    ends_name,
    goes_on,
    is_abbreviated,
    is_open,
    line_end,
)
from extract.delegates.parts.names import looks_like_name
from extract.delegates.parts.roles import ROLE_OF_LABEL
from extract.delegates.scripts import han
from extract.delegates.scripts.arabic import without_lone_and, without_lost_comma
from extract.language import terms
from extract.language.normalise import is_han, script_of
from extract.language.terms import HONORIFICS

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun
    from extract.types import Role

_SEPARATOR = re.compile(
    r"\n(?:[._'’‘`^°] )?|[,;،؛，；|•●▪■◦○‣▸◆➢()（）〈〉<>\[\]：、\t]"  # with a speck before a line
    r"|(?<=\s)[-–—−·∙~»*†](?=\s)|\s[-–—−·]\n|(?<=\n)o(?=\s[^\W\d_a-z]|\s*$)|(?<=\D)/(?=\s)|»(?=\s|$)"
    r"|(?<=\s)/(?=[^\W\d_])"
    r"|(?<=[^\W\d_]{2})[ \u00a0]?:(?=\s|$)"
    # the Arabic comma as page readers see it: a full stop, or a hamza at the end of a word
    r"|(?<=[\u0621-\u064a]{3})\.(?=\s)|(?<=[\u0621-\u064a]{3})(?<![او])ء(?=\s)"
)
_CLOSE = re.compile(r"[)）]")
_STROKES = re.compile(r"[-–—−]")
STROKE = "–"
"""Any stroke between two parts: page readers see dashes and hyphens for one another."""

FIELD_SIGNS = ("|", "/", "·")
"""Signs that part fields, and stay their separator where a line ends behind them."""

SAID = ("title_heads", "org_heads", "org_units", "roles.", *HONORIFICS)
HAN_ROLE = 6
"""Characters behind a line's end in which a Chinese role that it broke ends."""

LABEL_LEAD = 4
"""Chinese characters that say more of a label: ``单位联系电话``."""

LONGEST_BRACKET = 60
"""Characters of a bracket that says more of a post."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of an entry, characters [start, end) of the run; ``before`` is its separator."""

    start: int
    end: int
    kind: SegmentKind
    before: str
    role: Role | None = None


def split(run: TextRun, start: int, end: int, masked: tuple[Span, ...]) -> list[Segment]:
    """Cuts [start, end) into named segments; ``masked`` spans (addresses, numbers) are cut out."""
    result: list[Segment] = []
    marks = field_marks(run, start, end)
    for left, right in _unmasked(start, end, masked):
        at, before, kept = left, "" if left == start else "masked", left
        for match in _SEPARATOR.finditer(run.text, left, right):
            marked = marks.get(match.start())
            if match.start() < kept or (marked is None and _is_soft(run, at, match)):
                continue
            if match.group() in ("(", "（") and match.start() > at:
                kept = _bracket_of_post(run, at, match, right)
                if kept > match.start():
                    continue
            _append(run, result, at, match.start(), before)
            sign = "\n" if match.group()[0] == "\n" else match.group().strip(" ")
            sign = STROKE if _STROKES.fullmatch(sign.strip()) else sign
            wrapped = sign == "\n" and before in FIELD_SIGNS
            if not wrapped or run.text[at : match.start()].strip():
                before = sign
            at = kept = marked or match.end()
        _append(run, result, at, right, before)
    return result


def _bracket_of_post(run: TextRun, start: int, match: re.Match[str], end: int) -> int:
    """Where a bracket ends that says more of the post before it, 0 for any other.

    ``Second Secretary (Political, Legal and UNODC Affairs)``, ``Ambassador (Designate)``; but not
    ``Director (Ministry of Justice)``, ``Judge (Head of Delegation)``, ``处长（团长）``.
    """
    close = _CLOSE.search(run.text, match.end(), end)
    if close is None or close.start() - match.end() > LONGEST_BRACKET:
        return 0
    inside, before = run.trimmed(match.end(), close.start()), run.trimmed(start, match.start())
    if min(inside[1] - inside[0], before[1] - before[0]) <= 0:
        return 0
    if any(c in run.text[slice(*inside)] for c in "@(（+"):
        return 0
    script = script_of(run.text[inside[0]])
    if script not in ("latin", "cyrillic", "han") or script != script_of(run.text[before[0]]):
        return 0
    if classify(run, *inside)[0] not in ("unknown", "unit") or run.terms_in(*inside, *HONORIFICS):
        return 0
    if script == "han" and looks_like_name(run, *inside):
        return 0
    return close.end() if classify(run, *before)[0] == "title" else 0


def _unmasked(start: int, end: int, masked: tuple[Span, ...]) -> list[Span]:
    spans: list[Span] = []
    at = start
    for left, right in sorted(masked):
        if right <= at or left >= end:
            continue
        if left > at:
            spans.append((at, left))
        at = max(at, right)
    if at < end:
        spans.append((at, end))
    return spans


def _is_soft(run: TextRun, start: int, match: re.Match[str]) -> bool:
    """A line end that only wraps a phrase: the line before is open, or the next goes on small."""
    if match.group()[0] != "\n":
        return False
    before = run.text[start : match.start()].rstrip()
    after = run.text[match.end() : match.end() + 40].lstrip()
    if not before or not after:
        return False
    joined = _goes_on_with_and(run, match)
    if joined or begins_anew(run, match.end()) or ends_name(run, start, match):
        return joined
    if before.endswith("-") and before[-2:-1].isalpha():
        return True
    if _begins_office(run, start, match) or _is_post_and_office(run, start, match):
        return False
    if _is_office_and_post(run, start, match):
        return False
    why = line_end(run, match.start())
    if why == "cut" or goes_on(run, match.end()):
        return True
    if _is_one_phrase(run, start, match.start(), whole=why == "short"):
        return True
    if why == "open" and _runs_over(run, start, match):
        return True
    return is_open(before) or (why == "open" and after[0].islower() and not _is_role(run, match))


def _goes_on_with_and(run: TextRun, match: re.Match[str]) -> bool:
    """``Financial Transaction Reports`` and below it ``and Analysis Centre``."""
    at = match.end()
    if not run.text[at : at + 1].islower() or not run.text[match.start() - 1].isalpha():
        return False
    joins = run.terms_in(at, len(run.text), "conjunctions")
    return any(t.start == at and run.text[t.end : t.end + 1] == " " for t in joins)  # no "e-mail"


def _runs_over(run: TextRun, start: int, match: re.Match[str]) -> bool:
    """``Mr. X, Prosecutor`` and below it ``General, x@...``: signs part fields there, and none did.

    What begins below is no part by itself: no post, office or role that is known.
    """
    if run.line_at(start)[0].cell is not None:
        return False
    at = match.end()
    before = run.text[:start].rpartition("\n")[2].rstrip()
    post = run.trimmed(start, match.start())
    if before[-1:] not in (",", "—", "–", "-", "،") or classify(run, *post)[0] != "title":
        return False
    own = run.terms_in(at, len(run.text), "title_heads", "org_heads", "org_units", "letterhead")
    known = any(t.start == at for t in own) or _is_role(run, match)
    return run.text[at].isupper() and not known


def _is_one_phrase(run: TextRun, start: int, at: int, *, whole: bool) -> bool:
    """``Permanent`` and below it ``Representative``, unless a phrase of its own begins there.

    ``whole`` asks for nothing but the phrase on both lines.
    """
    phrases = ("title_heads", "org_heads", "org_units")
    start = run.trimmed(start, at)[0]
    over = [t for t in run.terms if start <= t.start < at < t.end and t.label in phrases]
    roles = run.terms_in(start, at + HAN_ROLE, "roles.") if is_han(run.text[at - 1]) else ()
    over += [t for t in roles if t.start < at < t.end]  # "（团" and below it "长）"
    own = [t for t in run.terms if t.start == at + 1 and t.label in phrases]
    end = max((t.end for t in over), default=0)
    if whole and run.text[end : end + 1] not in ("", *"\n,，)）"):
        return False
    return bool(over) and end >= max((t.end for t in own), default=0)


def _begins_office(run: TextRun, start: int, match: re.Match[str]) -> bool:
    """``Cellule environnement`` and below it ``Ministère des ...``: then where the post is.

    In a cell, whose widest line ends at its edge though no margin cut it; elsewhere behind a
    post, not inside ``National Audit`` / ``Office of ...``.
    """
    at = match.end()
    before = run.trimmed(start, match.start())
    if " " not in run.text[slice(*before)]:
        return False
    if not run.text[at].isupper() or is_open(run.text[slice(*before)]):
        return False
    ends = [t.end for t in run.terms_in(at, len(run.text), "org_heads") if t.start == at]
    named = any(" " in run.text[at:end] or _goes_on_of(run, end, end + 5) for end in ends)
    cell = run.line_at(match.start())[0].cell is not None
    named = named and (cell or not goes_on(run, at))
    short = is_abbreviated(run.text, at) and not run.text[slice(*before)].isupper()
    if cell and _is_post_above_office(run, match):
        return True
    named = named or (cell and short)
    kinds = ("title", "unit", "unknown") if cell else ("title",)
    return named and classify(run, *before)[0] in kinds


def _is_post_above_office(run: TextRun, match: re.Match[str]) -> bool:
    """``Senior Prosecutor`` and below it ``District Court``: each is whole on its line.

    So is ``Registrar, President's Office`` above it, which ends in the word for what it is.
    """
    below = run.trimmed(match.end(), (run.text + "\n").index("\n", match.end()))
    over = any(t.start < match.start() < t.end for t in run.terms)
    ends = ("title_heads", "org_heads")
    post = any(t.end == match.start() and t.label in ends for t in run.terms)
    office = any(t.end == below[1] for t in run.terms_in(*below, "org_heads"))
    return post and office and not over and classify(run, *below)[0] == "organization"


def _is_post_and_office(run: TextRun, start: int, match: re.Match[str]) -> bool:
    """``国际司三等秘书`` and below it ``外交部``, whatever margin the line ends at."""
    at = match.end()
    office = any(
        t.start == at and t.end - at > 1 for t in run.terms_in(at, len(run.text), "org_heads")
    )
    before = run.trimmed(start, match.start())
    if not office or before[0] >= before[1] or not is_han(run.text[at]):
        return False
    return any(t.end == before[1] for t in run.terms_in(*before, "title_heads"))


def _is_office_and_post(run: TextRun, start: int, match: re.Match[str]) -> bool:
    """``Министерство юстиции`` and below it ``главный специалист``: small letters begin a post."""
    before, at = run.trimmed(start, match.start()), match.end()
    post = any(t.start == at for t in run.terms_in(at, len(run.text), "title_heads"))
    beside = run.line_at(match.start())[0].cell is not None
    room = line_end(run, match.start()) == ("open" if beside else "short")
    whole = room and not is_open(run.text[slice(*before)])
    return post and whole and classify(run, *before)[0] == "organization"


def _is_role(run: TextRun, match: re.Match[str]) -> bool:
    return any(t.start == match.end() and t.label in ROLE_OF_LABEL for t in run.terms)


def _append(run: TextRun, result: list[Segment], start: int, end: int, before: str) -> None:
    start, end = run.trimmed(start, end, ' \t\n.,;:،؛，；：、。٠-–—|/*_=~<>"“”«»¹²³⁴⁵⁶⁷⁸⁹†‡§')
    end = without_lost_comma(run.text, start, without_lone_and(run.text, start, end))
    end = _without_label(run, start, end)
    start, end = _without_joiners(run, start, run.with_stop(start, end))
    if start < end:
        start = han.begin_of_post(run, start, end) if is_han(run.text[start]) else start
        cut = _role_behind(run, start, end)
        parts = ((start, end),) if cut == end else (run.trimmed(start, cut), run.trimmed(cut, end))
        for part in parts:
            kind, role = classify(run, *part)
            result.append(Segment(*part, kind, before, role))


def _role_behind(run: TextRun, start: int, end: int) -> int:
    """Where a role begins that no sign parts from the post: ``Judge head of delegation``.

    Not inside a longer role, ``Deputy head of delegation``, nor behind what is no post.
    """
    said = [t.start for t in run.terms_in(start + 1, end, "role_endings") if t.end == end]
    cut = min(said, default=end)
    if any(t.start < cut < t.end for t in run.terms_in(start, end, "roles.")):
        return end
    cased = run.text[start].isupper() or run.text[start].islower()
    posts = run.terms_in(start, cut, "title_heads", "honorifics_m", "honorifics_f")
    return cut if not cased or posts else end


def _without_label(run: TextRun, start: int, end: int) -> int:
    """``Office of Meteorology. E-mail``: the label of the address that was cut out behind it.

    So is ``处长电话``, whose bracket was not read.
    """
    labels = run.terms_in(start, end, *terms.REACH_LABELS)
    if is_han(run.text[start : start + 1] or " ") and any(
        t.start == start and t.end >= end - 1 for t in labels
    ):
        return start
    for term in labels:
        if term.start == start:
            continue
        before = run.text[start : term.start].rstrip()
        if term.end < end - 1:
            continue
        if is_han(run.text[term.start]) and is_han(before[-1]):
            said = run.terms_in(start, term.start, *SAID)
            own = not said and term.start - start <= LABEL_LEAD  # "联络邮箱" is a label as a whole
            return start if own else term.start
        if before.endswith((".", ")")):
            return run.trimmed(start, start + len(before) - 1)[1]
    return end


def _goes_on_of(run: TextRun, at: int, end: int) -> bool:
    """``Secretaría`` is followed by ``de``, ``Ministry`` by ``of``."""
    return any(t.start == at + 1 for t in run.terms_in(at, end, "of_words"))


def _without_joiners(run: TextRun, start: int, end: int) -> Span:
    """Drops "and", "ainsi que" ... at both ends, "as" and "en qualité de" at the start."""
    changed = True
    while changed and start < end:
        changed = False
        for term in run.terms_in(
            start, end, "conjunctions", "now_and_then", "articles", "lead_words"
        ):
            glued = is_han(run.text[term.start]) or run.text[term.start] == "و"
            if term.start == start and term.end < end and (glued or run.text[term.end].isspace()):
                if run.text[term.start].isupper():
                    continue
                start, changed = run.trimmed(term.end, end)[0], True
            elif term.label == "conjunctions" and term.end == end:
                end, changed = run.trimmed(start, term.start)[1], True
    return (start, end) if start < end else (end, end)
