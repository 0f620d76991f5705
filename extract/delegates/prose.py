"""Sentences that name persons, and labelled lines below a sentence that names one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates import bystanders
from extract.delegates.blocks import labelled
from extract.delegates.blocks.entries import parse_entry
from extract.delegates.blocks.forms import label_kinds
from extract.delegates.parts.sentences import sentences
from extract.language.emails import find_emails
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.delegates.blocks.paragraphs import Paragraph
    from extract.delegates.draft import Draft
    from extract.layout.text_run import Span

NAMING = ("nominating", "headed_by", "revising", "role_headings.", "roles.head")


def read_prose(
    paragraph: Paragraph, *, nominated: bool
) -> tuple[tuple[Draft, ...], tuple[Draft, ...]]:
    """The delegates a paragraph names, and who else is named in it."""
    run = paragraph.run
    protected = tuple((m.start, m.end) for m in find_emails(run.text))
    drafts: list[Draft] = []
    others: list[Draft] = []
    parts = sentences(run, paragraph.begin, len(run.text), protected)
    for start, end in parts:
        here = run.terms_in(start, _full_stop(run, parts, end), *NAMING)
        contact = bystanders.first_contact(run, start, end)
        for draft in parse_entry(run, start, end, "prose", prose=True):
            reached = bystanders.is_contact_after(run, draft.start, end)
            if reached or (contact is not None and draft.start > contact):
                others.append(draft)
            elif nominated or here:
                drafts.append(draft)
        nominated = nominated or bool(here)
    return tuple(drafts), tuple(others)


def with_lines_below(above: Paragraph, draft: Draft, below: Paragraph) -> Draft | None:
    """The one person of a sentence with what labelled lines below it say, None when they do not."""
    if not label_kinds(below):
        return None
    run = TextRun(above.run.document, above.lines + below.lines)
    at = len(above.run.text)
    named = [
        d
        for a, b in sentences(run, above.begin, at)
        for d in parse_entry(run, a, b, "prose", prose=True)
        if d.name_text == draft.name_text
    ]
    labels = [replace(x, start=x.start + at + 1, end=x.end + at + 1) for x in below.labels]
    return labelled.fill_all(named[0], run, labels) if len(named) == 1 else None


def _full_stop(run: TextRun, parts: list[Span], end: int) -> int:
    """Where the whole sentence ends of which the part up to ``end`` is one of several.

    ``... that Mr. X, Counsellor; and Ms. Y, Judge, will attend``: the verb stands in the last part.
    """
    for _, stop in parts:
        if stop >= end and run.text[stop - 1 : stop] not in (";", "；", "؛"):
            return stop
    return end
