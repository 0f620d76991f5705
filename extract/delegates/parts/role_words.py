"""When a word like ``Adviser`` is somebody's post, and when a role in the delegation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.parts.segments import Segment
    from extract.layout.text_run import Span, TextRun


def is_post(run: TextRun, part: Segment, later: Sequence[Segment] = ()) -> bool:
    """``Ms. X, Adviser``, ``Head, Fraud Squad``: posts, unless brackets or a colon tell a role.

    ``Ms. X (Adviser, Ministry of Justice)`` has a post there all the same. A post (of ``later``
    parts) on the line below tells a role, too: ``Adviser`` and then ``Judge``.
    """
    if part.before == "\n" and later and later[0].before == "\n" and later[0].kind == "title":
        return False
    said = run.read(part.start, part.end)
    posts = terms.folded("title_heads" if is_han(said[0]) else "posts_too")
    one_word = " " not in said and not is_han(said[0])  # Chinese parts no words
    short = part.role == "head" and (one_word or fold(said) in posts)
    below = run.text[part.start - 1 : part.start] == "\n"
    if part.before == "" and later and later[0].kind in ("organization", "unit"):
        # "Legal adviser, Ministry of Justice:" and below it who; a cell's "Head, Grants Division"
        division = short and later[0].kind == "unit" and later[0].before == ","
        return part.role == "adviser" or division
    office = bool(later) and later[0].kind == "organization" and later[0].before == ","
    bracket = part.before in ("(", "（", "〈", "[", "【", "") and not below
    if not (part.role == "adviser" or short) or (bracket and not office):
        return False
    return run.text[part.end : part.end + 2].strip()[:1] not in (":", "：")


def ends_rank(run: TextRun, part: Segment, title: list[Span]) -> bool:
    """``Ministre - Conseiller``: behind a dash the second word of a rank, and no role."""
    one = len(title) == 1 and " " not in run.text[slice(*title[0])]
    return one and part.role == "adviser" and part.before == "–"


def is_inside_post(part: Segment, later: Sequence[Segment]) -> bool:
    """``Director, Head of the Delegation, Climate Division``: what is printed is not cut short."""
    goes_on = bool(later) and later[0].kind in ("unit", "unknown", "title")
    return goes_on and part.before == later[0].before == ","


def is_in_place_of_post(run: TextRun, part: Segment, parts: Sequence[Segment]) -> bool:
    """``Ms. X, Representative, Ministry of Justice (Adviser)``: no post, and two roles.

    The first is the post; so is a member of a commission, and a word like ``Representative`` that
    is all that is said of somebody.
    """
    roles = [p for p in parts if p.kind == "role"]
    apart = part.before in (",", "،", "/", "·", "|")
    last = run.text[part.end : part.end + 2].strip()[:1]
    if _is_member_of_body(run, parts):
        return part is parts[0]
    if _is_all_that_is_said(run, part, parts):
        return apart or part.before == "\n"
    return (
        len(roles) > 1
        and not run.terms_in(part.start, part.end, "roles.head", "roles.deputy_head")
        and part is roles[0] is parts[0]
        and apart
        and last not in (":", "：")
        and all(p.kind != "title" for p in parts)
    )


def _is_all_that_is_said(run: TextRun, part: Segment, parts: Sequence[Segment]) -> bool:
    """One word, none that leads or stands in for others, and no post beside it."""
    said = [p for p in parts if p.kind in ("role", "title", "unit", "unknown")]
    colon = run.text[part.end : part.end + 2].strip()[:1] in (":", "：")
    one = " " not in run.text[part.start : part.end]
    return said == [part] and part.role in ("member", "observer") and one and not colon


def _is_member_of_body(run: TextRun, parts: Sequence[Segment]) -> bool:
    """``عضو، اللجنة الوطنية``, ``Member, National Commission``: of that, not of the delegation."""
    if [(p.kind, p.role) for p in parts] != [("role", "member"), ("organization", None)]:
        return False
    role, body = parts
    member = fold(run.read(role.start, role.end)) in terms.folded("posts_too")
    of_body = bool(run.terms_in(body.start, body.end, "bodies_of_members"))
    return member and of_body and role.before == body.before
