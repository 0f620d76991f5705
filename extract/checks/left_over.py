"""Somebody on the page of whom no person was made: a form of address, an entry, a number left over.

Each is a doubt about the whole note: who is missing has no row of their own to be marked.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.checks.claims import claims
from extract.delegates.blocks.headings import heading_role
from extract.delegates.blocks.line_starts import names_and_says
from extract.delegates.blocks.marks import item_mark
from extract.delegates.blocks.numbered_forms import fields_of_forms
from extract.delegates.parts.names import looks_like_name
from extract.language.normalise import fold, is_han
from extract.layout.list_signs import contact_lines, is_annex_heading
from extract.layout.text_run import TextRun
from extract.types import Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.layout.document import Document
    from extract.layout.text_run import RunTerm, Span
    from extract.types import Delegate

# a name behind a form of address begins large, or in a script that has no capitals; a letter no
# reader knows is a sign before it
_NAME = re.compile(
    r"\.?\s{1,3}[^\w\s(]?([A-ZÀ-ÞА-ЯЁŁŚŽČŠĐ\u0621-\u064a\u3400-\u9fff][^\s,;]{1,40})"
)
_NAME_BEFORE = re.compile(r"[\u3400-\u9fff·•]{2,14}$")
LONGEST_BEFORE = 14
"""Characters of a name before its form of address."""
_YEAR = re.compile(r"\d{4}\s?$")  # "2019 г. Посольство"
_NUMBER = re.compile(r"\d{1,2}")
_IN_LINE = re.compile(r"(?<![\w.@])[(（]?(\d{1,2}|[^\W\d_])[)）](?=\s)")
_ALPHABETS = ("abcdefghijklmnop", "абвгдежзиклмнопр", "أبجدهوزحطي")
_BARE_NUMBER = re.compile(r"\W{0,2}\d{1,2}\W{0,2}")
SPELLED = 4
"""Letters of a part of a name that an address spells."""
MISREAD = ("name.single", "name.post_inside", "name.long")
"""Signs of an odd name that was cut, or has a post or a whole other name in it."""
LOST_NUMBERS = 2
"""Numbers of a list that may be lost in a row, and it still counts as one."""


def doubt_left_over(context: Context) -> Context:
    """The note, doubted where a person seems to stand of whom nothing was made."""
    if not context.people:
        return context
    doubts = []
    stray = _honorifics(context)
    if stray:
        doubts.append(Doubt("honorific_without_person", detail=stray[0]))
    entry = _entries(context)
    if entry:
        doubts.append(Doubt("entry_not_understood", detail=entry[0]))
    if any(_is_misread(p, *MISREAD) for p in context.people):
        doubts.append(Doubt("list_uncertain"))
    if any(_holds_other(p) for p in context.people):
        doubts.append(Doubt("name_left_over"))
    second = _addresses(context)
    if second:
        doubts.append(Doubt("address_without_person", detail=second))
    if max(_last_number(context), _last_in_line(context)) > len(context.found.drafts):
        doubts.append(Doubt("row_without_name"))
    return context.doubting(*doubts)


def _is_misread(person: Delegate, *signs: str) -> bool:
    """A name that is odd, and has one of the signs."""
    odd = any(d.code == "name_odd" for d in person.doubts)
    return odd and any(s in signs for s in person.signs)


def _holds_other(person: Delegate) -> bool:
    """A post or an office that is doubtful, and has somebody's name in it."""
    return any(
        d.code == "boundary_uncertain" and f"{field}.holds_name" in person.signs
        for d in person.doubts
        for field in ("title", "organization")
    )


def _everybody(context: Context) -> tuple[Draft, ...]:
    return (*context.drafts, *context.found.drafts, *context.found.contacts)


def _claimed(context: Context) -> dict[int, list[Span]]:
    """What of each line persons and contacts have, by the line's number."""
    found: dict[int, list[Span]] = {}
    for draft in dict.fromkeys(_everybody(context)):
        for span in claims(draft):
            for number, start, end in _on_lines(context, draft, span):
                found.setdefault(number, []).append((start, end))
    return found


def _on_lines(context: Context, draft: Draft, span: Span) -> list[tuple[int, int, int]]:
    """A span of a draft's run as (line's number, start, end) in the lines' own texts."""
    places = zip(draft.run.lines, draft.run.starts, strict=True)
    sizes = ((n, at, len(context.document.lines[n].text)) for n, at in places)
    return [
        (n, max(0, span[0] - at), min(size, span[1] - at))
        for n, at, size in sizes
        if span[0] < at + size and at < span[1]
    ]


def _honorifics(context: Context) -> list[str]:
    """Forms of address with a name that nobody has, to the list's end.

    Above the first person they count where they begin a line, as an entry of the list does.
    """
    document = context.document
    listed = [n for d in context.drafts for n in d.run.lines]
    first, last = min(listed), max(listed)
    contacts = contact_lines(document) | {n for d in context.found.contacts for n in d.run.lines}
    claimed = _claimed(context)
    run = TextRun(document, tuple(n for n in context.zones.body() if n <= last))
    found = []
    for term in run.terms_in(0, len(run.text), "honorifics_m", "honorifics_f"):
        name = _name_beside(run, term)
        number, began = _place(run, term.start)
        if name is None or number in contacts or number in context.zones.letters:
            continue
        begin = min(term.start, name[0])
        heads = document.lines[number].cell is not None  # "Mr./Ms. Name" names a column
        if number < first and (heads or run.text[began:begin].strip()):
            continue
        taken = any(
            a <= place - at < b
            for place in (term.start, name[0])
            for n, at in (_place(run, place),)
            for a, b in claimed.get(n, ())
        )
        if not taken:
            found.append(run.read(begin, max(term.end, name[1])))
    return found


def _name_beside(run: TextRun, term: RunTerm) -> Span | None:
    """What stands where the name does: behind the form of address, in Chinese before it."""
    if is_han(run.text[term.start]):
        before = _NAME_BEFORE.search(run.text, max(0, term.start - LONGEST_BEFORE), term.start)
        return before.span() if before else None
    if _YEAR.search(run.text, max(0, term.start - 5), term.start):
        return None
    name = _NAME.match(run.text, term.end)
    return name.span(1) if name and _begins_word(run, term.start) else None


def _begins_word(run: TextRun, at: int) -> bool:
    return at == 0 or not run.text[at - 1].isalnum()


def _place(run: TextRun, offset: int) -> tuple[int, int]:
    """The number of the line a character lies on, and where that line begins."""
    places = zip(run.lines, run.starts, strict=True)
    return max(((n, at) for n, at in places if at <= offset), key=lambda p: p[1])


def _entries(context: Context) -> list[str]:
    """Text between two entries that is neither an entry nor a heading."""
    document = context.document
    contacts = contact_lines(document)
    read = {n for d in _everybody(context) for n in d.run.lines}
    listed = [
        d
        for d in context.drafts
        if d.rule != "prose" and document.lines[d.run.lines[0]].cell is None
    ]
    if not listed:
        return []
    first = min(d.run.lines[0] for d in listed)
    last = max(d.run.lines[-1] for d in listed)
    shapes = {_shape(document.lines[d.run.lines[0]].text) for d in listed} - {""}
    return [
        document.lines[number].text
        for number in context.zones.body()
        if number not in read
        and number not in contacts
        and not _heads(context, number)
        and (
            (_is_entry(document, number) and first < number < last)
            or (_is_entry(document, number) and _shape(document.lines[number].text) in shapes)
            or (_is_name(document, number) and first < number <= last + 1)
            or names_and_says(document, number)
        )
    ]


def _shape(text: str) -> str:
    """A line's mark, whatever it counts to: ``(b)`` as ``(a)``."""
    mark = text[: item_mark(text)].strip()
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d+", "9", mark))


def _heads(context: Context, number: int) -> bool:
    """A heading of the list or of a part of it."""
    run = TextRun(context.document, (number,))
    if heading_role(run) is not None or is_annex_heading(context.document, number):
        return True
    return any(d.office is not None and number in d.office.run.lines for d in context.drafts)


def _is_entry(document: Document, number: int) -> bool:
    """A line with a mark and words."""
    text = document.lines[number].text
    return bool(item_mark(text)) and sum(c.isalpha() for c in text) > 3


def _is_name(document: Document, number: int) -> bool:
    """A line that is nothing but a name, or a label and a name: ``翻译：孟晓``."""
    run = TextRun(document, (number,))
    begin = max(run.text.rfind(colon) for colon in ":：") + 1
    return looks_like_name(run, begin, len(run.text)) is not None


def _last_number(context: Context) -> int:
    """The last number of a list that counts 1, 2, 4 ...; 0 without one."""
    document, last = context.document, 0
    marks = {n: s for n in context.zones.body() if (s := item_mark(document.lines[n].text))}
    fields = fields_of_forms(document, marks)
    for number in context.zones.body():
        if number in fields:
            continue
        line = document.lines[number]
        if line.cell is None:
            size = item_mark(line.text)
        else:
            size = len(line.text) if _BARE_NUMBER.fullmatch(line.text) else 0
        digits = _NUMBER.search(line.text, 0, size)
        if digits and last < int(digits.group()) <= last + 1 + (LOST_NUMBERS if last else 0):
            last = int(digits.group())
    return last


def _last_in_line(context: Context) -> int:
    """The last mark of a list inside a sentence, ``(a) Mr. X, Judge; (b) Ms. Y``; 0 without one."""
    run = TextRun(context.document, context.zones.body())
    last = 0
    for mark in _IN_LINE.finditer(run.text):
        counted = [str(last + 1), *(letters[last : last + 1] for letters in _ALPHABETS)]
        last += mark[1].lower() in counted
    return last if last > 1 else 0


def _addresses(context: Context) -> str | None:
    """An address of a row that is another person's: each spells words of the name of its own.

    ``Ovidio Larrané Nestor Quiblanco`` with ``o.larrane@`` and ``nestor.quiblanco@`` are two.
    """
    for draft in context.drafts:
        words = {fold(w) for w in draft.name_text.split() if len(w) >= SPELLED}
        spelled = [{w for w in words if w in fold(m.local)} for m in draft.emails]
        for one, other in pairwise(zip(draft.emails, spelled, strict=True)):
            if one[1] and other[1] and not one[1] & other[1]:
                return other[0].text
    return None
