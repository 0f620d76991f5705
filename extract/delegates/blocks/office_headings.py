"""Lines above entries that name the office of those below them: ``Ministry of Justice:``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.blocks.headings import (
    heading_role,
    is_led,
    is_list_heading,
    office_of,
    sentence_ends,
)
from extract.delegates.parts.contact_lines import begins_contact
from extract.delegates.parts.line_ends import is_open, line_end
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from extract.layout.document import Document

SEVERAL = 2  # offices that head parts of a list
SET_OFF = 1.5  # white above a heading in white below it
COLONS = (":", "：")
_NUMBERS = re.compile(r"\d+")


def office_headings(
    document: Document, numbers: Sequence[int], marks: Mapping[int, int]
) -> frozenset[int]:
    """Lines right above entries that name an office, where the list begins with such a line.

    They have no mark or one of another kind: ``II.`` above ``1.``. Behind one that is known
    others of its kind need no known words. A colon and a form of address tell, too.
    """
    led = {n for n in numbers if is_led(document, n)}
    entries = {*marks} or led
    above_entry = [
        (above, number, below)
        for above, number, below in zip((-1, *numbers), numbers, numbers[1:], strict=False)
        if _may_name_office(document, number)
        and below in entries
        and (not marks or _kind(document, number, marks) != _kind(document, below, marks))
    ]
    set_off = [n for a, n, below in above_entry if marks or _is_set_off(document, a, n, below)]
    every = [n for _, n, _ in above_entry]
    known = [n for n in every if _is_known(document, n)]
    first = next((at for at, n in enumerate(numbers) if n in entries), 0)
    begins = {*numbers[max(0, first - 1) : first + 1]} & {*known} & {*set_off}
    several = len(set_off) >= SEVERAL or any(n in marks for n in set_off if n in known)
    told = set_off if begins and several and (len(set_off) < len(marks) or not marks) else []
    if len(every) == len(entries) and _head_each(document, numbers, every, entries):
        told = every
    with_colon = [
        number
        for number, below in pairwise(numbers)
        if document.lines[number].text.rstrip().endswith(COLONS)
        and (below in led or (below in marks and _is_below_end(document, number, marks)))
        and _is_known(document, number)
    ]
    found = {*told, *with_colon}
    return frozenset(found | {n - 1 for n in found if _is_wrapped(document, n)})


def goes_on_above(document: Document, number: int, offices: frozenset[int]) -> bool:
    """The first of two lines of one heading: ``Ministry of Trade and``, ``Industry``."""
    return number in offices and number + 1 in offices and _is_wrapped(document, number + 1)


def _is_wrapped(document: Document, number: int) -> bool:
    """The line above is open, and names an office with this one."""
    if not number or document.lines[number].apart_from(document.lines[number - 1]):
        return False
    whole = TextRun(document, (number - 1, number))
    return (
        is_open(document.lines[number - 1].text.rstrip())
        and _may_name_office(document, number - 1)
        and office_of(whole, lines=len(whole.lines)) is not None
    )


def _is_known(document: Document, number: int) -> bool:
    known = office_of(TextRun(document, (number,))) is not None
    return known or _is_wrapped(document, number)


def _head_each(
    document: Document, numbers: Sequence[int], found: Sequence[int], entries: Collection[int]
) -> bool:
    """One stands above every entry, and none below the last, as it would if it ended entries.

    The first stands below a sentence, the list's own heading or on a new page, and most are
    known to be offices: else it may be the end of what leads to the list.
    """
    known = sum(_is_known(document, n) for n in found)
    if len(found) < SEVERAL or 2 * known <= len(found):
        return False
    first = found[0] - 1 if _is_wrapped(document, found[0]) else found[0]
    below = next((n for n in numbers if n > max(entries)), None)
    ends = below is not None and _ends_entry(document, below)
    return _is_below_end(document, first, {}) and not ends


def _ends_entry(document: Document, number: int) -> bool:
    """The whole line names an office, below an entry's own."""
    if document.lines[number].apart_from(document.lines[number - 1]):
        return False
    return _is_known(document, number) and _may_name_office(document, number)


def _is_below_end(document: Document, number: int, marks: Mapping[int, int]) -> bool:
    """It goes on with nothing: it stands below a sentence, an entry or the list's own heading.

    Such a heading is known, or a line below a sentence or at the top of a page that had room.
    """
    if not number or any(n < number for n in marks):
        return True
    if is_list_heading(TextRun(document, (number - 1,))) or _ends_above(document, number):
        return True
    run = TextRun(document, (number - 1, number))
    whole = line_end(run, run.starts[1] - 1) != "cut"
    return whole and _ends_above(document, number - 1)


def _ends_above(document: Document, number: int) -> bool:
    """A sentence or a page ends above the line."""
    above, line = document.lines[max(number - 1, 0)], document.lines[number]
    return number == 0 or sentence_ends(above.text) or above.page != line.page


def _kind(document: Document, number: int, marks: Mapping[int, int]) -> tuple[str, int]:
    """The end of a mark, and how deep it counts: ``2.`` heads ``2.1.``."""
    mark = document.lines[number].text[: marks.get(number, 0)].strip()
    kind = "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in mark[-2:])
    return kind, len(_NUMBERS.findall(mark))


def _may_name_office(document: Document, number: int) -> bool:
    run = TextRun(document, (number,))
    named = run.terms_in(0, len(run.text), "honorifics_m", "honorifics_f")
    parted = any(sign in run.text for sign in ",،，;")
    return (
        not named
        and not parted
        and not begins_contact(run, 0, len(run.text))
        and heading_role(run) is None
        and office_of(run, known=False) is not None
    )


def _is_set_off(document: Document, above: int, number: int, below: int) -> bool:
    """More white above than below, or the end of a sentence above."""
    before, line, after = (document.lines[n] for n in (max(above, 0), number, below))
    if above < 0 or sentence_ends(before.text):
        return True
    return line.box.top - before.box.bottom > SET_OFF * max(after.box.top - line.box.bottom, 1)
