"""Whether every word of an entry is claimed once: by a field, a label, a mark or a role.

What nothing claims was perhaps lost, and what is claimed twice was taken from two entries.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.blocks.headings import heading_role
from extract.delegates.blocks.labels import find_labels
from extract.delegates.blocks.marks import item_mark
from extract.delegates.parts.mails import find_mails
from extract.language.normalise import fold, is_han
from extract.layout.list_signs import contact_lines
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.layout.document import Document
    from extract.layout.text_run import Span

STRUCTURE = (
    "labels_",
    "table_headers.",
    "roles.",
    "role_headings.",
    "role_endings",
    "list_headings",
    "field_joiners",
    "conjunctions",
    "articles",
    "lead_words",
    "now_and_then",
    "said_of_all",
    "holds_post",
    "post_nominals",
    "delegation_words",
    "participants",
    "genders",
    "headed_by",
    "leads_delegation",
    "reached_at",
    "nominating",
    "honour",
    "honour_verbs",
    "requests",
    "closing",
    "contact_not_delegate",
    "contact_after",
    "replacing",
    "replaced_by",
    "revising",
    "ends_person",
    "number_words",
)
"""Labels of words that are no field's but say what the fields are, or join them."""
_PREFIXES = tuple(label for label in STRUCTURE if label.endswith(("_", ".")))
_WORD = re.compile(r"[^\W\d_]+")
USUAL = 0.5
"""Share of a list's entries from which on a word in them is a label, or a column nobody needs."""
TAIL_WORDS = 4
"""Words of a line, at most, that may be the end of the entry above."""
LEAST_LETTERS = 3
"""Letters of a word that can be missed; shorter ones are marks and specks."""
WIDE = 2.0
"""Heights of a word of one or two letters from which on it was printed with more. Chosen: the one
that was seen had 3.7."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A word of an entry that nothing claims."""

    word: str
    start: int
    column: int | None


def claim_words(context: Context) -> Context:
    """The persons, with a sign for words of their entry that are claimed by nothing, or twice."""
    runs: dict[tuple[int, ...], list[Draft]] = {}
    for draft in (*context.found.drafts, *context.found.contacts, *context.drafts):
        runs.setdefault(draft.run.lines, []).append(draft)
    masks = {lines: _mask(drafts) for lines, drafts in runs.items()}
    begins: dict[tuple[int, ...], list[int]] = {}
    for draft in context.drafts:
        begins.setdefault(draft.run.lines, []).append(_begin(draft))
    ordered = {lines: sorted(places) for lines, places in begins.items()}
    left = [_leftovers(d, masks[d.run.lines], ordered[d.run.lines]) for d in context.drafts]
    usual = _usual(left)
    cut = _cut(context)
    people = []
    for person, draft, words in zip(context.people, context.drafts, left, strict=True):
        lost = [w for w in words if _key(w) not in usual and fold(w.word) not in usual]
        signs = []
        if lost:
            signs.append("row.unclaimed" if len(lost) > 1 else "row.unclaimed_word")
        if _is_doubled(draft):
            signs.append("title.doubled")
        if _has_other_mail(draft, ordered[draft.run.lines]):
            signs.append("row.address_inside")
        if not cut.isdisjoint(draft.run.lines):
            signs.append("row.goes_on")
        people.append(replace(person, signs=(*person.signs, *signs)))
    return context.with_people(tuple(people))


def _cut(context: Context) -> set[int]:
    """Lines of an entry below which some words stand that are nobody's, and no heading.

    Example: the last word of a post, alone at the top of the next page.
    """
    document, body = context.document, context.zones.body()
    everybody = (*context.found.drafts, *context.found.contacts, *context.drafts)
    read = {n for draft in everybody for n in draft.run.lines} | contact_lines(document)
    return {
        above
        for above, below in pairwise(body)
        if above in read and below not in read and _is_tail(document, below)
    }


def _is_tail(document: Document, number: int) -> bool:
    line = document.lines[number]
    text = line.text
    words = [w for word in _WORD.findall(text) for w in (word if is_han(word[0]) else [word])]
    known = document.terms_of(number, "list_headings", "closing", "enclosure")
    plain = not item_mark(text) and not any(c.isdigit() or c in ":：@" for c in text)
    heads = heading_role(TextRun(document, (number,))) is not None
    few = 0 < len(words) <= TAIL_WORDS and line.cell is None
    return few and plain and not known and not heads


def _has_other_mail(draft: Draft, begins: list[int]) -> bool:
    """An address between this person and the next that is nobody's: taken for something else."""
    taken = {m.text for m in draft.emails}
    return any(m.text not in taken for m in find_mails(draft.run, *_extent(draft, begins)))


def claims(draft: Draft) -> list[Span]:
    """The spans of its run that a person has."""
    found = [*draft.name_parts, *draft.title, *draft.organization]
    found += [s for s in (draft.honorific, draft.role_span) if s is not None]
    found += [(p.start, p.end) for p in draft.phones]
    if draft.mail_run is None or draft.mail_run is draft.run:
        found += [(m.start, m.end) for m in draft.emails]
    return found


def _mask(drafts: list[Draft]) -> bytearray:
    """For each character of the run of some persons whether anything claims it."""
    run = drafts[0].run
    mask = bytearray(len(run.text))
    taken = [span for d in drafts for span in claims(d)]
    taken += [(m.start, m.end) for m in find_mails(run, 0, len(run.text))]
    taken += _structure(run, labelled_block=any(d.rule == "labelled" for d in drafts))
    for start, end in taken:
        mask[start:end] = b"\1" * (min(end, len(mask)) - start)
    return mask


def _begin(draft: Draft) -> int:
    return min(a for a, _ in claims(draft))


def _leftovers(draft: Draft, mask: bytearray, begins: list[int]) -> list[Leftover]:
    run = draft.run
    start, end = _extent(draft, begins)
    return [
        Leftover(m.group(), m.start(), _column(run, m.start()))
        for m in _WORD.finditer(run.text, start, end)
        if (_counts(m.group()) or _is_wide(run, m)) and not any(mask[m.start() : m.end()])
    ]


def _counts(word: str) -> bool:
    return len(word) >= LEAST_LETTERS or (len(word) > 1 and is_han(word[0]))


def _is_wide(run: TextRun, match: re.Match[str]) -> bool:
    """``he`` as wide as a long word: of an Arabic one that was hardly read no more is left."""
    words = run.words(match.start(), match.end())
    return any(w.box.width >= WIDE * max(1, w.box.height) for w in words)


def _extent(draft: Draft, begins: list[int]) -> Span:
    """The characters that are one person's: to the next one, in a sentence to its last value."""
    own = _begin(draft)
    if draft.rule == "prose":
        return own, max(b for _, b in claims(draft))
    at = bisect_right(begins, own)
    end = begins[at] if at < len(begins) else len(draft.run.text)
    return (0 if own == begins[0] else own), end


def _structure(run: TextRun, *, labelled_block: bool) -> list[Span]:
    found = [
        (t.start, t.end) for t in run.terms if t.label in STRUCTURE or t.label.startswith(_PREFIXES)
    ]
    found.append((0, item_mark(run.text)))
    labels = find_labels(run, 0, len(run.text))
    for at, label in enumerate(labels):
        until = labels[at + 1].start if at + 1 < len(labels) else run.text.find("\n", label.end)
        ignored = label.kind == "ignored" and labelled_block
        found.append((label.start, max(label.end, until) if ignored else label.end))
    return found


def _column(run: TextRun, at: int) -> int | None:
    line, _ = run.line_at(at)
    return line.cell.column if line.cell is not None else None


def _key(left: Leftover) -> str:
    return f"column {left.column}" if left.column is not None else fold(left.word)


def _usual(left: list[list[Leftover]]) -> set[str]:
    """Words, and columns of a table, that are left over in most entries: no field of ours."""
    if len(left) < 2:
        return set()
    counts: Counter[str] = Counter()
    for words in left:
        counts.update({_key(w) for w in words} | {fold(w.word) for w in words})
    return {key for key, times in counts.items() if times > 1 and times >= USUAL * len(left)}


def _is_doubled(draft: Draft) -> bool:
    """Two words in a row that stand in the value twice: it was taken from two rows."""
    text = " ".join(draft.run.read(a, b) for a, b in draft.title)
    words = [fold(w) for w in _WORD.findall(text) if len(w) >= LEAST_LETTERS]
    pairs = Counter(pairwise(words))
    return any(times > 1 for times in pairs.values())
