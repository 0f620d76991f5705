"""All delegates of a note, layout by layout: tables, labelled blocks, lists, stacks, sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extract.delegates.blocks import labelled
from extract.delegates.blocks.entries import fits, parse_entry
from extract.delegates.blocks.grid import find_grids
from extract.delegates.blocks.grids import read_grid
from extract.delegates.blocks.labelled import parse_labelled
from extract.delegates.blocks.paragraphs import (
    Paragraph,
    group_paragraphs,
    is_plain_sentence,
    starts_request,
)
from extract.delegates.draft import Draft, Heading
from extract.delegates.parts.sentences import sentences
from extract.delegates.scripts import han
from extract.language.emails import find_emails
from extract.language.normalise import main_script
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document
    from extract.layout.text_run import Span
    from extract.layout.zones import Zones

NAMING = ("nominating", "headed_by", "revising", "role_headings.", "roles.head")
_COLON = re.compile(r"[^\n:：]{0,30}[:：]")
CONTACT = ("contact_not_delegate", "not_delegate_context")


@dataclass(slots=True)
class Found:
    """Persons in the order of the note; ``contacts`` are no delegates; ``doubts`` are codes."""

    drafts: list[Draft] = field(default_factory=list)
    contacts: list[Draft] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    nominated: bool = False
    skipped: frozenset[int] = frozenset()
    heading: Heading | None = None
    previous: Paragraph | None = None
    previous_drafts: list[Draft] = field(default_factory=list)


def find_delegates(document: Document, zones: Zones) -> Found:
    """Finds the persons; tables first, then the paragraphs that no table took."""
    found = Found()
    used = _read_grids(document, found)
    body = tuple(n for n in zones.body() if n not in used)
    state = _State(nominated=not _names_anyone(document), skipped=zones.feet())
    paragraphs = _merge_labelled(group_paragraphs(document, body), state.skipped)
    for paragraph in paragraphs:
        _read_paragraph(paragraph, state, found)
    _without_nameless(found)
    found.drafts = _handed_round(found.drafts)
    _without_signatory(found)
    found.drafts.sort(key=lambda d: d.run.lines[0] if d.run.lines else 0)
    return found


def _without_nameless(found: Found) -> None:
    """Entries in which no name was found are nobody, and a person looks: somebody is missing.

    ``Mr D. M.`` at the end of a column is read as titles only; the name is in the next line.
    """
    nameless = [d for d in found.drafts if not d.name_text]
    if nameless:
        found.drafts = [d for d in found.drafts if d.name_text]
        found.doubts.append("row_without_name")


def _handed_round(drafts: list[Draft]) -> list[Draft]:
    """Addresses that spell another person's name go there: names and addresses stood apart."""
    result = list(drafts)
    for at in range(len(result)):
        for mail in result[at].emails:
            giver = result[at]
            if giver.shared_email or fits(mail, giver):
                continue
            takers = [n for n, d in enumerate(result) if n != at and not d.emails and fits(mail, d)]
            if len(takers) == 1:
                left = tuple(m for m in giver.emails if m is not mail)
                result[at] = replace(giver, emails=left)
                run = giver.mail_run or giver.run
                result[takers[0]] = replace(result[takers[0]], emails=(mail,), mail_run=run)
    return result


def _without_signatory(found: Found) -> None:
    """A name on a line of its own with nothing said of it, beside persons with posts.

    On Chinese and Arabic notes that is a signature the page reader put among the text.
    """
    lone = [d for d in found.drafts if _is_lone(d)]
    others = [d for d in found.drafts if d not in lone]
    if len(lone) == 1 and others and all(d.title or d.emails for d in others):
        found.drafts.remove(lone[0])
        found.contacts.append(lone[0])
        found.doubts.append("row_without_name")


def _is_lone(draft: Draft) -> bool:
    bare = not (draft.title or draft.organization or draft.emails or draft.phones or draft.role)
    return bare and draft.rule == "entry" and main_script(draft.name_text) in ("han", "arabic")


def _names_anyone(document: Document) -> bool:
    return bool(document.labelled("nominating", "headed_by"))


def _read_grids(document: Document, found: Found) -> set[int]:
    used: set[int] = set()
    before: dict[int, FieldKind] = {}
    for grid in find_grids(document):
        reading = read_grid(document, grid, before)
        if reading is None:
            continue
        before = reading.kinds or before
        used.update(grid.lines)
        found.drafts.extend(reading.drafts)
        if reading.nameless:
            found.doubts.append("row_without_name")
    return used


def _merge_labelled(paragraphs: list[Paragraph], skipped: frozenset[int]) -> list[Paragraph]:
    """Joins a block of labels that white space cut in two: only its first part has a name."""
    merged: list[Paragraph] = []
    for paragraph in paragraphs:
        kinds = _label_kinds(paragraph)
        last = merged[-1] if merged else None
        if (
            last is not None
            and kinds
            and _begins_with_label(paragraph)
            and _label_kinds(last) & {"name", "family", "given", "entry"}
            and not kinds & {"name", "family", "given", "entry"}
            and paragraph.kind in ("entry", "item")
            and last.kind in ("entry", "item")
            and _is_adjacent(last, paragraph, skipped)
            and not _begins_with_contact(paragraph)
        ):
            run = TextRun(last.run.document, last.lines + paragraph.lines)
            merged[-1] = Paragraph(run, last.kind, last.begin, last.role)
        else:
            merged.append(paragraph)
    return merged


def _begins_with_contact(paragraph: Paragraph) -> bool:
    """``نقطة الاتصال: ...``; ``联系方式`` is the label of an address, too."""
    run = paragraph.run
    return main_script(run.text) == "arabic" and any(
        t.start == 0 for t in run.terms_in(0, len(run.text), "contact_not_delegate")
    )


def _begins_with_label(paragraph: Paragraph) -> bool:
    run = paragraph.run
    labels = labelled.find_labels(run, 0, len(run.text))
    return bool(labels) and labels[0].start <= paragraph.begin + 2


def _is_adjacent(first: Paragraph, second: Paragraph, skipped: frozenset[int]) -> bool:
    """Nothing stands between them but the foot of a page, and they are not two cards."""
    lines = first.run.document.lines
    return not lines[first.lines[-1]].apart_from(lines[second.lines[0]]) and all(
        n in skipped for n in range(first.lines[-1] + 1, second.lines[0])
    )


def _label_kinds(paragraph: Paragraph) -> set[str]:
    run = paragraph.run
    return {label.kind for label in labelled.find_labels(run, 0, len(run.text))}


def _read_paragraph(paragraph: Paragraph, state: _State, found: Found) -> None:
    run = paragraph.run
    if paragraph.kind == "heading":
        state.heading = Heading(paragraph.role, run, (0, len(run.text))) if paragraph.role else None
        state.nominated = True
        state.previous, state.previous_drafts = None, []
        return
    if paragraph.kind == "prose" and not _is_form(paragraph):
        drafts = _read_prose(paragraph, state, found)
        state.heading = None
    else:
        drafts = _read_entry(paragraph, state, found)
    state.nominated = state.nominated or bool(run.terms_in(0, len(run.text), *NAMING))
    if drafts or paragraph.kind == "prose":
        state.previous, state.previous_drafts = paragraph, drafts


def _is_form(paragraph: Paragraph) -> bool:
    """Many labelled lines, one or more for names, are no sentence whatever words are in them."""
    run = paragraph.run
    labels = labelled.find_labels(run, 0, len(run.text))
    starts = {label.start for label in labels}
    lines = [at for at in run.starts if any(at <= s <= at + 2 for s in starts)]
    named = any(label.kind in ("name", "family", "entry") for label in labels)
    return named and len(lines) >= 3 and 2 * len(lines) >= len(run.lines)


def _read_entry(paragraph: Paragraph, state: _State, found: Found) -> list[Draft]:
    run = paragraph.run
    if _is_addressee(run):
        return []
    nominated = state.nominated or bool(run.terms_in(0, len(run.text), *NAMING))
    if _label_kinds(paragraph) & {"name", "family", "given", "entry"}:
        drafts = parse_labelled(run, 0, len(run.text))
    elif nominated or paragraph.kind == "item":
        drafts = parse_entry(run, paragraph.begin, len(run.text), paragraph.kind)
    else:
        drafts = []
    contact = _first_contact(run, 0, len(run.text))
    kept = [d for d in drafts if contact is None or d.start < contact]
    if paragraph.kind != "item" and (
        _is_contact_after(run, 0, len(run.text)) or _is_unmarked(paragraph, state)
    ):
        kept = []
    found.contacts.extend(d for d in drafts if d not in kept)
    kept = [replace(d, heading=state.heading) for d in kept]
    somebody = paragraph.kind == "item" or (
        nominated and contact is None and _is_post_with_mail(run)
    )
    if somebody and not drafts and _is_a_persons(run):
        found.doubts.append("row_without_name")
    if not drafts and contact is None and state.previous_drafts:
        return _extend(paragraph, state, found)
    found.drafts.extend(kept)
    return kept


def _is_unmarked(paragraph: Paragraph, state: _State) -> bool:
    """Below a list with marks a line with none and a label nobody could read: the contact."""
    above = state.previous
    unmarked = above is not None and above.kind == "item" and paragraph.begin == 0
    return unmarked and han.misread_label(paragraph.run.text)


def _is_post_with_mail(run: TextRun) -> bool:
    """An entry whose name was not read, in a script without capitals: a post and an address."""
    return "@" in run.text and _names_post(run)


def _is_a_persons(run: TextRun) -> bool:
    """An address, or, in scripts without capitals, a post: somebody stands here."""
    return "@" in run.text or _names_post(run)


def _names_post(run: TextRun) -> bool:
    posts = run.terms_in(0, len(run.text), "title_heads")
    return any(main_script(run.text[t.start : t.end]) in ("arabic", "han") for t in posts)


def _is_addressee(run: TextRun) -> bool:
    """The block that says whom the note goes to: our own names, and no address of a person."""
    ours = run.terms_in(0, len(run.text), "addressee")
    return "@" not in run.text and any(len(run.read(t.start, t.end).split()) >= 4 for t in ours)


def _extend(paragraph: Paragraph, state: _State, found: Found) -> list[Draft]:
    """Lines of their own after a person: what an entry lacks may follow in the next paragraph."""
    previous, drafts = state.previous, state.previous_drafts
    if previous is None:
        return []
    if previous.kind == "prose":
        return _extend_prose(paragraph, state, found)
    if not _is_adjacent(previous, paragraph, state.skipped):
        return []
    last = drafts[-1]
    if last.rule == "labelled" or (last.emails and last.title):
        return []
    if len(paragraph.run.text) > 200 or paragraph.kind == "item":
        return []
    if starts_request(paragraph.run.document, paragraph.lines[0]):
        return []
    text = paragraph.run.text.rstrip()
    if text.endswith(".") and is_plain_sentence(paragraph.run.document, paragraph.lines[0]):
        return []
    run = TextRun(previous.run.document, previous.lines + paragraph.lines)
    joined = Paragraph(run, previous.kind, previous.begin)
    again = parse_entry(run, joined.begin, len(run.text), joined.kind)
    if len(again) != len(drafts):
        return []
    again = [replace(d, heading=last.heading) for d in again]
    del found.drafts[-len(drafts) :]
    found.drafts.extend(again)
    state.previous, state.previous_drafts = joined, again
    return []


def _extend_prose(paragraph: Paragraph, state: _State, found: Found) -> list[Draft]:
    """A sentence names one person, labelled lines below it give the details."""
    previous = state.previous
    if previous is None or len(state.previous_drafts) != 1 or not _label_kinds(paragraph):
        return []
    run = TextRun(previous.run.document, previous.lines + paragraph.lines)
    at = len(previous.run.text)
    named = [
        d
        for a, b in sentences(run, previous.begin, at)
        for d in parse_entry(run, a, b, "prose", prose=True)
        if d.name_text == state.previous_drafts[0].name_text
    ]
    if len(named) != 1:
        return []
    named = [labelled.fill_all(named[0], run, at, len(run.text))]
    index = found.drafts.index(state.previous_drafts[0])
    found.drafts[index] = named[0]
    state.previous = Paragraph(run, "prose", previous.begin)
    state.previous_drafts = named
    return []


def _read_prose(paragraph: Paragraph, state: _State, found: Found) -> list[Draft]:
    run = paragraph.run
    protected = tuple((m.start, m.end) for m in find_emails(run.text))
    named = state.nominated
    drafts: list[Draft] = []
    parts = sentences(run, paragraph.begin, len(run.text), protected)
    for start, end in parts:
        here = run.terms_in(start, _full_stop(run, parts, end), *NAMING)
        contact = _first_contact(run, start, end)
        people = parse_entry(run, start, end, "prose", prose=True)
        for draft in people:
            reached = _is_contact_after(run, draft.start, end)
            if reached or (contact is not None and draft.start > contact):
                found.contacts.append(draft)
            elif named or here:
                drafts.append(draft)
        named = named or bool(here)
    found.drafts.extend(drafts)
    return drafts


def _full_stop(run: TextRun, parts: list[Span], end: int) -> int:
    """Where the whole sentence ends of which the part up to ``end`` is one of several.

    ``... that Mr. X, Counsellor; and Ms. Y, Judge, will attend``: the verb stands in the last part.
    """
    for _, stop in parts:
        if stop >= end and run.text[stop - 1 : stop] not in (";", "；", "؛"):
            return stop
    return end


def _is_contact_after(run: TextRun, start: int, end: int) -> bool:
    """``Ms. X, Director, remains at the disposal of the Secretariat``: whom to ask."""
    delegates = run.terms_in(start, end, "reached_at")  # "Mr. X, Director, who can be reached at"
    return any(
        not any(d.start <= t.start < d.end for d in delegates)
        for t in run.terms_in(start, end, "contact_after")
    )


def _first_contact(run: TextRun, start: int, end: int) -> int | None:
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
