"""Who is named and does not go: contacts, the signatory, the addressee."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language.normalise import main_script

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.layout.text_run import TextRun

CONTACT = ("contact_not_delegate", "not_delegate_context")
_COLON = re.compile(r"[^\n:：]{0,30}[:：]")


def is_contact_after(run: TextRun, start: int, end: int) -> bool:
    """``Ms. X, Director, remains at the disposal of the Secretariat``: whom to ask."""
    delegates = run.terms_in(start, end, "reached_at")  # "Mr. X, Director, who can be reached at"
    return any(
        not any(d.start <= t.start < d.end for d in delegates)
        for t in run.terms_in(start, end, "contact_after")
    )


def first_contact(run: TextRun, start: int, end: int) -> int | None:
    """Where the text turns to a contact person, a signatory, somebody's attention.

    ``Mr. X, Director, who can be reached at x@...`` turns to nobody else.
    """
    delegates = run.terms_in(start, end, "reached_at")
    contacts = [
        t.start
        for t in run.terms_in(start, end, *CONTACT)
        if not any(d.start <= t.start < d.end for d in delegates)
    ]
    return min((*contacts, *_focal_points(run, start, end)), default=None)


def _focal_points(run: TextRun, start: int, end: int) -> list[int]:
    """``ضابط الاتصال: ...``, ``Liaison officer: ...``: a line that begins so names no delegate."""
    return [
        t.start
        for t in run.terms_in(start, end, "roles.focal_point")
        if (t.start == 0 or run.text[t.start - 1] == "\n") and _COLON.match(run.text, t.end)
    ]


def is_addressee(run: TextRun) -> bool:
    """The block that says whom the note goes to: our own names, and no address of a person."""
    ours = run.terms_in(0, len(run.text), "addressee")
    return "@" not in run.text and any(len(run.read(t.start, t.end).split()) >= 4 for t in ours)


def lone_signatory(drafts: list[Draft]) -> Draft | None:
    """A name on a line of its own with nothing said of it, beside persons with posts.

    On Chinese and Arabic notes that is a signature the page reader put among the text.
    """
    lone = [d for d in drafts if _is_lone(d)]
    others = [d for d in drafts if d not in lone]
    if len(lone) == 1 and others and all(d.title or d.emails for d in others):
        return lone[0]
    return None


def _is_lone(draft: Draft) -> bool:
    bare = not (draft.title or draft.organization or draft.emails or draft.phones or draft.role)
    return bare and draft.rule == "entry" and main_script(draft.name_text) in ("han", "arabic")
