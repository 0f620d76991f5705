"""Where one paragraph of the body ends and the next begins: asked in one order, so one file."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.blocks.headings import (
    ends_heading,
    heading_role,
    is_led,
    is_list_heading,
    is_role_heading,
)
from extract.delegates.blocks.line_starts import (
    begins_person,
    begins_sentence_below,
    begins_with_name,
    begins_with_post,
    ends_in_address,
    is_formula,
    is_plain_sentence,
    is_post_of_next,
    is_whole_entry,
    is_whole_post,
    leads,
    names_and_says,
    starts_contact,
    starts_sentence,
)
from extract.delegates.parts.line_ends import line_end
from extract.language.normalise import main_script
from extract.language.terms import HONORIFICS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extract.layout.document import Document

SHORTEST = 3  # words of one that ends in a full stop
SET_APART = 1.25  # steps between lines of an entry that part two (foreign notes: 1.43)
SET_APART_ARABIC = 1.4  # the same where the heights of lines vary with their letters
SAME_ROW = 0.5  # heights of a line up to which two are read beside each other, no step
AT_MARGIN = 0.3  # heights of a line between the left edges of entries
FURTHER_IN = 0.6  # heights of a line that an entry goes on further in than it begins
_SURNAME_FIRST = re.compile(r"([^\W\d_]{2,40}),")
_SENTENCE_INSIDE = re.compile(r"[^\W\d_A-Z]{5}\.\s+[^\W\d_a-z]")
_FULL_STOP = re.compile(r"[^\W\d_]{4}\.$")  # "contactar a Sr." goes on
_MARK_ALONE = re.compile(r"\(?\d{1,2}[.)]")  # a list mark whose entry is read as another line


def begins_paragraph(
    document: Document, marks: Mapping[int, int], current: list[int], number: int, gap: float
) -> bool:
    """A card is one paragraph whatever stands in it."""
    above, below = document.lines[current[-1]], document.lines[number]
    if below.cell is not None and below.cell.kind == "cards":
        return above.cell != below.cell
    if above.apart_from(below) or number in marks:
        return True
    led = is_post_of_next(document, current[-1])
    return not led and _breaks(document, marks, current, number, gap)


def _breaks(
    document: Document, marks: Mapping[int, int], current: list[int], number: int, gap: float
) -> bool:
    above, below = document.lines[current[-1]], document.lines[number]
    if number != current[-1] + 1 or number in marks or _MARK_ALONE.fullmatch(below.text):
        return True
    if is_role_heading(document, number):
        return not _is_role_of_entry(document, marks, current, number)
    if leads(document, number) or _ends_as_heading(document, marks, current, number):
        return True
    if _ends_sentence(document, marks, current, number):
        return True
    running = above.text.rstrip().endswith((";", ",")) and is_formula(document, current[0])
    if (
        not running
        and ends_in_address(document, current[-1])
        and (
            begins_with_name(document, number)
            or (begins_with_post(document, current[0]) and begins_with_post(document, number))
            or is_plain_sentence(document, number)
            or _SENTENCE_INSIDE.search(below.text)
        )
    ):
        return True
    sentence = current[0] in marks and (
        starts_sentence(document, number) or _is_another_person(document, current, number)
    )
    sentence = sentence or _is_below_entry(document, marks, current, number)
    if (
        sentence
        or _is_like_first(document, current[0], number)
        or hangs_out(document, current, number)
    ):
        return True
    whole = below.text[:1].isupper() and below.text.rstrip().endswith(".")
    if whole and is_plain_sentence(document, number):
        return True
    if main_script(below.text) == "arabic" and starts_contact(document, number):
        return True
    distance = below.box.top - above.box.bottom
    if below.box.center[1] < above.box.center[1]:  # the next column
        return True
    wide = distance > max(1.7 * max(gap, 0), 0) + 0.45 * above.height
    return wide or _is_set_apart(document, marks, current, number)


def _ends_as_heading(
    document: Document, marks: Mapping[int, int], current: list[int], number: int
) -> bool:
    headed = is_role_heading(document, current[-1]) and (len(current) == 1 or not marks)
    headed = headed and not _is_role_below_name(document, current[:-1], current[-1])
    run = TextRun(document, (current[-1],))
    named = len(current) == 1 and is_list_heading(run) and begins_with_name(document, number)
    return headed or named or ends_heading(document, current[-1])


def _is_role_of_entry(
    document: Document, marks: Mapping[int, int], current: list[int], number: int
) -> bool:
    """A line with a role inside an entry of a marked list, or below its last: no heading.

    ``- Ms. X`` / ``Chief Delegate`` / ``Director``. Nobody else is head, and no heading stands
    above the list.
    """
    text = document.lines[number].text.rstrip()
    first = min(marks, default=0)
    if text[-1:] in (":", "：") or (current[0] in marks and not first):
        return False
    if current[0] not in marks:
        return _is_role_below_name(document, current, number)
    if is_role_heading(document, first - 1) or document.lines[current[-1]].apart_from(
        document.lines[number]
    ):
        return False
    below = number + 1
    inside = below < len(document.lines) and below not in marks
    return (inside and not begins_person(document, below)) or heading_role(
        TextRun(document, (number,))
    ) == "head"


def _is_role_below_name(document: Document, current: list[int], number: int) -> bool:
    """``Ms. X`` / ``Head of Delegation`` / ``Director``: nobody begins below the role."""
    below = document.lines[number + 1 : number + 2]
    return (
        len(current) == 1
        and bool(document.terms_of(current[0], "honorifics_m", "honorifics_f"))
        and bool(below)
        and (is_whole_post(document, number + 1) or not begins_person(document, number + 1))
        and not document.lines[current[0]].apart_from(document.lines[number])
        and not document.lines[number].apart_from(below[0])
    )


def _is_another_person(document: Document, current: list[int], number: int) -> bool:
    """Below an entry of a marked list a line of another person, which no margin cut off.

    ``Ms. X will accompany her husband``, closed up behind the last entry.
    """
    first, above = document.lines[current[0]], TextRun(document, (current[-1], number))
    starts = [document.terms_of(n, "honorifics_m", "honorifics_f") for n in (current[0], number)]
    if not all(starts) or document.tokens[starts[1][0].start].start:
        return False
    return "@" in first.text or line_end(above, above.starts[1] - 1) == "short"


def _is_below_entry(
    document: Document, marks: Mapping[int, int], current: list[int], number: int
) -> bool:
    """A sentence below an entry whose last line had room for its first word."""
    if current[0] not in marks and not is_led(document, current[0]):
        return False
    run = TextRun(document, (*current, number))
    had_room = line_end(run, run.starts[-1] - 1) != "cut"
    return had_room and begins_sentence_below(document, current, marks.get(current[0], 0), number)


def _is_set_apart(
    document: Document, marks: Mapping[int, int], current: list[int], number: int
) -> bool:
    """More white above a line than inside entries, and the line before it was not full.

    An address ends its line however full it is, and a person begins as the one above did.
    """
    inside = _steps_inside(document, marks, current, number)
    arabic = main_script(document.lines[number].text) == "arabic"
    apart = (SET_APART_ARABIC if arabic else SET_APART) * min(inside, default=0)
    if not inside or _step(document, current[-1], number) <= apart:
        return False
    run = TextRun(document, (current[-1], number))
    whole = ends_in_address(document, current[-1]) or _begin_alike(document, current[0], number)
    return whole or line_end(run, run.starts[1] - 1) != "cut"


def _steps_inside(
    document: Document, marks: Mapping[int, int], current: list[int], number: int
) -> list[float]:
    """How far lines of one entry are apart: of this one, or where it has one line of its list.

    Those are the other marked entries; without marks the next one, if it begins as this one does.
    """
    if len(current) > 1:
        pairs = list(pairwise(current))
        pairs = [(a, b) for a, b in pairs if not _wraps_value(document, a, b)] or pairs
        return [_step(document, a, b) for a, b in pairs]
    if current[0] in marks:
        goes_on = (n for n in range(min(marks) + 1, current[0]) if n not in marks)
        steps = [_step(document, n - 1, n) for n in goes_on]
    elif number + 1 < len(document.lines) and _begin_alike(document, current[0], number):
        steps = [_step(document, number, number + 1)]
    else:
        steps = []
    least = SAME_ROW * document.lines[number].height
    return [step for step in steps if step > least]


def _wraps_value(document: Document, above: int, below: int) -> bool:
    """``Office    Permanent Mission in`` and below the value ``Vienna``: closer than the rows."""
    first, second = document.lines[above], document.lines[below]
    at = first.text.find("\t") + 1
    value = first.words_between(at, at + 1)
    return at > 0 and second.box.left > value[0].box.left - SAME_ROW * first.height


def _step(document: Document, above: int, below: int) -> float:
    """From one line's middle to the next one's, pixels; up to the top of a column below 0."""
    first, second = document.lines[above], document.lines[below]
    return second.box.center[1] - first.box.center[1] if first.page == second.page else 0.0


def _begin_alike(document: Document, first: int, number: int) -> bool:
    """Two lines begin with a form of address, or two with a name that has none."""
    led = [document.terms_of(n, *HONORIFICS) for n in (first, number)]
    begun = [any(document.tokens[t.start].start == 0 for t in terms) for terms in led]
    if any(begun):
        return all(begun)
    return begins_with_name(document, first) and begins_with_name(document, number)


def _is_like_first(document: Document, first: int, number: int) -> bool:
    """Both lines hold a person, what is said of it and an address: another entry of the list.

    So they do where both begin with a name and a bracket or ``;`` ends what is said above, or a
    post is said behind both names: ``LIMA Ana – Judge – High Court``.
    """
    here, above = document.lines[number].box, document.lines[first].box
    apart = abs(here.left - above.left), abs(here.right - above.right)
    if min(apart) > above.height:
        return False
    if document.lines[number - 1].text.rstrip().endswith((")", ").", ";")):
        return begins_with_name(document, first) and begins_with_name(document, number)
    if all(names_and_says(document, n) for n in (first, number)):
        return True
    return is_whole_entry(document, first) and is_whole_entry(document, number)


def hangs_out(document: Document, current: Sequence[int], number: int) -> bool:
    """Entries begin further out than they go on: ``LIMA, Ana, ...`` and, further in, the rest.

    Both lines begin with a name, or one does and the other as it does: one may be misread.
    """
    first, line = document.lines[current[0]], document.lines[number]
    run = TextRun(document, (current[-1], number))
    goes_on = [document.lines[n] for n in current[1:]]
    if line_end(run, run.starts[1] - 1) != "cut":
        goes_on += document.lines[number + 1 : number + 2]
    near = (x for x in goes_on if "@" not in x.text)
    inside = [x.box.left - first.box.left > FURTHER_IN * x.height for x in near]
    if abs(line.box.left - first.box.left) > AT_MARGIN * line.height or not any(inside):
        return False
    named = [begins_with_name(document, n) for n in (current[0], number)]
    begins = [_SURNAME_FIRST.match(x.text) for x in (first, line)]
    return all(named) or (any(named) and all(m and m[1].isupper() for m in begins))


def _ends_sentence(
    document: Document, marks: Mapping[int, int], current: list[int], below: int
) -> bool:
    """A sentence ends on the line above, which had room: no running text goes on below it.

    A Chinese one, or a short one on a line of its own: ``Their particulars are given below.``
    """
    above = current[-1]
    run = TextRun(document, (above, below))
    if line_end(run, run.starts[1] - 1) == "cut":
        return False
    text = document.lines[above].text.rstrip()
    if text.endswith("。"):
        return True
    alone = len(current) == 1 and above not in marks and _FULL_STOP.search(text)
    return bool(alone) and is_plain_sentence(document, above, least=SHORTEST)
