"""The paragraphs of a note read one after the other, then each list as a whole.

Entries are taken apart where they stand; who is in them is said once all of them are known
(``pattern``). Lines on their own below an entry go to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.delegates import bystanders
from extract.delegates.blocks.entries import described, read_entry
from extract.delegates.blocks.forms import (
    is_adjacent,
    is_form,
    labels_below_name,
    names_by_label,
)
from extract.delegates.blocks.headings import office_of
from extract.delegates.blocks.labelled import begin_of_label, fill_all, parse_labelled
from extract.delegates.blocks.line_breaks import hangs_out
from extract.delegates.blocks.line_starts import (
    begins_sentence_below,
    is_plain_sentence,
    starts_request,
)
from extract.delegates.blocks.pattern import ALONE, Pattern, learn
from extract.delegates.draft import Draft, Heading
from extract.delegates.parts.names import looks_like_name
from extract.delegates.prose import NAMING, read_prose, with_lines_below
from extract.language.normalise import main_script
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.delegates.blocks.entry import Entry
    from extract.delegates.blocks.paragraphs import Paragraph

SEVERAL = 2  # persons of whom the same is said
LONG = 200  # characters of lines that are more than the rest of an entry


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What one paragraph says: an entry of a list, or persons that need no list to be known.

    ``others`` are no delegates. ``expected``: somebody stands here, found or not.
    """

    paragraph: Paragraph
    entry: Entry | None = None
    drafts: tuple[Draft, ...] = ()
    others: tuple[Draft, ...] = ()
    heading: Heading | None = None
    office: Heading | None = None
    contact: int | None = None
    nobody: bool = False
    expected: bool = False

    @property
    def names(self) -> bool:
        """Somebody is named in it."""
        return bool(self.drafts or (self.entry and self.entry.people)) and not self.nobody


def read_paragraphs(
    paragraphs: Sequence[Paragraph],
    skipped: frozenset[int],
    readers: frozenset[str],
    *,
    nominated: bool,
) -> list[Reading]:
    """Each paragraph's reading by its reader; ``skipped`` lines (feet of pages) part nothing.

    ``nominated``: the note names people although no word of it says so.
    """
    readings: list[Reading] = []
    heading: Heading | None = None
    office: Heading | None = None
    absent = False
    for paragraph in paragraphs:
        run = paragraph.run
        if paragraph.kind == "heading":
            role = paragraph.role if "heading" in readers else None
            heading = Heading(role, run, (0, len(run.text))) if role else None
            office = _office(paragraph) if not paragraph.absent else None
            absent = paragraph.absent
            nominated = True
            readings.append(Reading(paragraph))
            continue
        above = readings[-1] if readings else None
        reading = _read(paragraph, heading, readers, nominated=nominated)
        longer = _below(above, reading, skipped) if above is not None else None
        if longer is not None:
            readings[-1] = longer
        else:
            nobody = reading.nobody or absent
            readings.append(replace(reading, office=office, nobody=nobody))
        if paragraph.kind == "prose" and reading.entry is None and not is_form(paragraph):
            heading = office = None
            absent = False
        nominated = nominated or bool(run.terms_in(0, len(run.text), *NAMING))
    return readings


def _office(paragraph: Paragraph) -> Heading | None:
    most = len(paragraph.lines) if paragraph.heads else 1
    span = office_of(paragraph.run, known=not paragraph.heads, lines=most)
    return Heading(None, paragraph.run, span) if span else None


def _read(
    paragraph: Paragraph,
    heading: Heading | None,
    readers: frozenset[str],
    *,
    nominated: bool,
) -> Reading:
    run = paragraph.run
    if paragraph.kind == "prose" and not is_form(paragraph):
        if "prose" not in readers:
            return Reading(paragraph)
        drafts, others = read_prose(paragraph, nominated=nominated)
        return Reading(paragraph, drafts=drafts, others=others)
    if paragraph.kind != "item" and bystanders.is_addressee(run):
        return Reading(paragraph)
    beside = run.document.lines[run.lines[0]].cell is not None  # the text may name them below
    nominated = nominated or beside or bool(run.terms_in(0, len(run.text), *NAMING))
    contact = bystanders.first_contact(run, 0, len(run.text))
    item = paragraph.kind == "item"
    reading = Reading(
        paragraph,
        heading=heading,
        contact=contact,
        nobody=not item and bystanders.is_contact_after(run, 0, len(run.text)),
        expected=(item and ("@" in run.text or _names_post(run)))
        or (nominated and contact is None and "@" in run.text and _names_post(run)),
    )
    if names_by_label(paragraph):
        named = parse_labelled(run, paragraph.labels, _end_of_labels(paragraph, contact))
        return replace(reading, drafts=tuple(named))
    if paragraph.kind in readers and labels_below_name(paragraph):
        return replace(reading, drafts=_above_labels(paragraph))
    if paragraph.kind in readers and (nominated or item):
        entry = read_entry(run, paragraph.begin, len(run.text), paragraph.kind)
        return replace(reading, entry=entry)
    return reading


def _above_labels(paragraph: Paragraph) -> tuple[Draft, ...]:
    """``Ms. X``, and below it labelled lines: the lines above the first label name the person."""
    run, labels = paragraph.run, paragraph.labels
    end = begin_of_label(run, labels[0])
    named = described(read_entry(run, paragraph.begin, end, paragraph.kind))
    above = run.trimmed(paragraph.begin, end)
    if not named and looks_like_name(run, *above):  # "Ana PRADO" and below it "Post: Judge"
        named = [Draft(run, paragraph.kind, (above,))]
    return tuple(named) if len(named) != 1 else (fill_all(named[0], run, labels),)


def _end_of_labels(paragraph: Paragraph, contact: int | None) -> int:
    """A sentence below a form may say whom to ask; ``Contact: j.doe@...`` is a label of it."""
    text = paragraph.run.text
    if contact is None or any(x.start <= contact < x.end for x in paragraph.labels):
        return len(text)
    return text.rfind("\n", 0, contact) + 1 or contact


def _names_post(run: TextRun) -> bool:
    """In scripts without capitals a post tells that somebody stands here."""
    posts = run.terms_in(0, len(run.text), "title_heads")
    return any(main_script(run.text[t.start : t.end]) in ("arabic", "han") for t in posts)


def _below(above: Reading, reading: Reading, skipped: frozenset[int]) -> Reading | None:
    """The reading above with the lines below it, None when they say nothing of its person."""
    paragraph = reading.paragraph
    if reading.names or reading.others or reading.contact is not None or paragraph.kind == "item":
        return None
    if paragraph.kind == "prose" or not above.names or bystanders.is_addressee(paragraph.run):
        return None
    if above.entry is None:
        if above.paragraph.kind != "prose" or len(above.drafts) != 1:
            return None
        draft = with_lines_below(above.paragraph, above.drafts[0], paragraph)
        return replace(above, drafts=(draft,)) if draft is not None else None
    if not is_adjacent(above.paragraph, paragraph, skipped) or len(paragraph.run.text) > LONG:
        return None
    document, begin = paragraph.run.document, paragraph.lines[0]
    last = described(above.entry)[-1]
    said = bool(last.emails and last.title) or starts_request(document, begin)
    if said or hangs_out(document, above.paragraph.lines, begin):
        return None
    stopped = paragraph.run.text.rstrip().endswith(".")
    if stopped and (
        _is_of_others(paragraph.run)
        or _is_outdented(above.paragraph.run, paragraph.run)
        or is_plain_sentence(document, begin)
        or begins_sentence_below(document, above.paragraph.lines, above.paragraph.begin, begin)
    ):
        return None
    entry = reading.entry or read_entry(
        paragraph.run, paragraph.begin, len(paragraph.run.text), above.paragraph.kind
    )
    if entry.people:
        return None
    run = TextRun(paragraph.run.document, above.paragraph.lines + paragraph.lines)
    longer = replace(above.paragraph, run=run)
    whole = read_entry(run, longer.begin, len(run.text), longer.kind)
    if len(whole.people) != len(above.entry.people):
        return None
    return replace(above, paragraph=longer, entry=whole)


def _is_outdented(entry: TextRun, below: TextRun) -> bool:
    """Lines that begin before those of the entry, at the margin of the note's own text."""
    arabic = main_script(below.text) == "arabic"
    edges = [
        [-line.box.right if arabic else line.box.left for line in lines]
        for lines in ([x.document.lines[n] for n in x.lines] for x in (entry, below))
    ]
    height = below.document.lines[below.lines[0]].height
    return len(edges[1]) > 1 and max(edges[1]) + height < min(edges[0])


def _is_of_others(run: TextRun) -> bool:
    """``The head will come with a driver, Karl X, who attends nothing.``: of whom it says so."""
    return bool(run.terms_in(0, len(run.text), "bystanders", "not_of_delegation"))


def persons_of(readings: Iterable[Reading]) -> tuple[list[Draft], list[Draft], bool]:
    """Delegates, others, and whether an entry has a person who was not found."""
    readings = _all_reached(list(readings))
    patterns = {
        rule: learn(r.entry for r in readings if r.entry is not None and r.entry.rule == rule)
        for rule in ("item", "entry")
    }
    drafts: list[Draft] = []
    others: list[Draft] = []
    missing = False
    for reading in readings:
        found = list(reading.drafts)
        if reading.entry is not None:
            found = described(reading.entry, _pattern_for(reading, patterns))
        kept = [d for d in found if _is_kept(d, reading)]
        drafts.extend(replace(d, heading=reading.heading, office=reading.office) for d in kept)
        others.extend((*reading.others, *(d for d in found if d not in kept)))
        missing = missing or (reading.expected and not found)
    return drafts, others, missing


def _all_reached(readings: list[Reading]) -> list[Reading]:
    """``Ms. X, Director, can be contacted at x@...`` said of each of several is said of delegates.

    Of one beside a list it makes the person to ask.
    """
    reached = [
        reading
        for reading in readings
        if reading.others
        and not reading.drafts
        and all(
            bystanders.is_contact_after(d.run, d.start, len(d.run.text)) for d in reading.others
        )
    ]
    if sum(len(r.others) for r in reached) < SEVERAL or any(r.names for r in readings):
        return readings
    return [replace(r, drafts=r.others, others=()) if r in reached else r for r in readings]


def _pattern_for(reading: Reading, patterns: dict[str, Pattern]) -> Pattern:
    """Outside of lists a name is told by its place only beside an address."""
    pattern = patterns.get(reading.paragraph.kind, ALONE)
    bare = reading.paragraph.kind != "item" and "@" not in reading.paragraph.run.text
    return replace(pattern, entries=0) if bare else pattern


def _is_kept(draft: Draft, reading: Reading) -> bool:
    return not reading.nobody and (reading.contact is None or draft.start < reading.contact)
