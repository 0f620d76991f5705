"""The body's lines as items, headings, entries and sentences: asked in one order, so one file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from extract.delegates.blocks.absent import absent_headings
from extract.delegates.blocks.headings import (
    ends_heading,
    ends_sentence_of,
    heading_role,
    heads_below_sentence,
    is_list_heading,
    is_role_heading,
    office_headings,
    sentence_ends,
)
from extract.delegates.blocks.marks import list_marks
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import kind_of_header
from extract.delegates.parts.line_ends import line_end
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.names import looks_like_name
from extract.delegates.parts.roles import ROLE_OF_LABEL
from extract.delegates.scripts import han
from extract.language.normalise import main_script
from extract.language.terms import HONORIFICS
from extract.layout.document import labelled
from extract.layout.text_run import TextRun
from extract.layout.zones import typical_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.delegates.blocks.labels import Label
    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document
    from extract.types import Role

ParagraphKind = Literal["item", "heading", "prose", "entry"]

PROSE_TERMS = (
    "opening",
    "reference",
    "honour",
    "nominating",
    "declining",
    "acknowledging",
    "requests",
    "closing",
    "revising",
    "extension",
    "cancelling",
    "contact_not_delegate",
)
SENTENCE_TERMS = ("contact_not_delegate", "requests", "closing")
FORMULA_STARTS = ("opening", "honour", "nominating", "headed_by")
PROSE_WORDS = 14  # words from which a paragraph with a formula is prose
PLAIN_WORDS = 4  # words of the shortest sentence
SHORTEST = 3  # words of one that ends in a full stop
SET_APART = 1.25  # steps between lines of an entry that part two (foreign notes: 1.43)
SET_APART_ARABIC = 1.4  # the same where the heights of lines vary with their letters
SAME_ROW = 0.5  # heights of a line up to which two are read beside each other, no step
HAN_IN_A_WORD = 2  # Chinese characters that count as a word
BEGINS_FORM = ("name", "family", "given", "courtesy")
"""Kinds of labels that begin a block."""

PARTS_OF_ENTRY = 2  # parts before the address of an entry that one line holds
_PARTED = re.compile(r"[,;،，；]\s?|\s[-–—]\s")
_SENTENCE_INSIDE = re.compile(r"[^\W\d_A-Z]{5}\.\s+[^\W\d_a-z]")
_FULL_STOP = re.compile(r"[^\W\d_]{4}\.$")  # "contactar a Sr." goes on
_LEADERS = re.compile(r"[.…·_–—-]{4}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_COLON_AND_MORE = re.compile(r"\s?[:：]\s?\w")
_MARK_ALONE = re.compile(r"\(?\d{1,2}[.)]")  # a list mark whose entry is read as another line
_NAME_END = re.compile(r"[,;(،؛，；（（–—]|\s-\s|[.…·_-]{4}|$")
LONG_PROSE_WORDS = 45  # words from which any paragraph is prose


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Consecutive lines that belong together; ``begin`` is where text starts after a list mark.

    ``role`` is set for headings that name one (``Advisers:``); ``labels`` are those in it.
    """

    run: TextRun
    kind: ParagraphKind
    begin: int = 0
    role: Role | None = None
    labels: tuple[Label, ...] = ()
    heads: bool = False
    """Names an office that a list or a part of it is of, whatever words it has."""
    absent: bool = False
    """Says that those below it do not come."""

    @property
    def lines(self) -> tuple[int, ...]:
        """Numbers of its lines in the document."""
        return self.run.lines


def group_paragraphs(
    document: Document, numbers: tuple[int, ...], *, marked: bool = True
) -> list[Paragraph]:
    """Groups lines (outside of grids) into paragraphs, in reading order; ``marked``: by marks."""
    marks = list_marks(document, numbers) if marked else {}
    absent = absent_headings(document, numbers, marks)
    offices = office_headings(document, numbers, marks) - absent
    alone = offices | absent
    groups: list[list[int]] = []
    gap = typical_gap([document.lines[n] for n in numbers])
    for number in numbers:
        parted = groups and (number in alone or groups[-1][-1] in alone)
        if (
            groups
            and not parted
            and not _begins_paragraph(document, marks, groups[-1], number, gap)
        ):
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        Paragraph(
            TextRun(document, tuple(g)), "heading", heads=g[0] in offices, absent=g[0] in absent
        )
        if g[0] in alone
        else _paragraph(document, tuple(g), marks.get(g[0], 0))
        for g in groups
    ]


def _begins_paragraph(
    document: Document, marks: Mapping[int, int], current: list[int], number: int, gap: float
) -> bool:
    """A card is one paragraph whatever stands in it."""
    above, below = document.lines[current[-1]], document.lines[number]
    if below.cell is not None and below.cell.kind == "cards":
        return above.cell != below.cell
    if above.apart_from(below) or number in marks:
        return True
    led = _is_post_of_next(document, current[-1])
    return not led and _breaks(document, marks, current, number, gap)


def _breaks(
    document: Document, marks: Mapping[int, int], current: list[int], number: int, gap: float
) -> bool:
    above, below = document.lines[current[-1]], document.lines[number]
    if number != current[-1] + 1 or number in marks or _MARK_ALONE.fullmatch(below.text):
        return True
    if is_role_heading(document, number):
        return not _is_role_of_entry(document, marks, current, number)
    if _leads(document, number) or _ends_as_heading(document, marks, current):
        return True
    if _ends_sentence(document, marks, current, number):
        return True
    running = above.text.rstrip().endswith((";", ",")) and _is_formula(document, current[0])
    if (
        not running
        and _ends_in_address(document, current[-1])
        and (
            _begins_with_name(document, number)
            or (_begins_with_post(document, current[0]) and _begins_with_post(document, number))
            or is_plain_sentence(document, number)
            or _SENTENCE_INSIDE.search(below.text)
        )
    ):
        return True
    sentence = current[0] in marks and (
        _starts_sentence(document, number) or _is_another_person(document, current, number)
    )
    if sentence or _is_like_first(document, current[0], number):
        return True
    whole = below.text[:1].isupper() and below.text.rstrip().endswith(".")
    if whole and is_plain_sentence(document, number):
        return True
    if main_script(below.text) == "arabic" and _starts_contact(document, number):
        return True
    distance = below.box.top - above.box.bottom
    if below.box.center[1] < above.box.center[1]:  # the next column
        return True
    wide = distance > max(1.7 * max(gap, 0), 0) + 0.45 * above.height
    return wide or _is_set_apart(document, marks, current, number)


def _ends_as_heading(document: Document, marks: Mapping[int, int], current: list[int]) -> bool:
    headed = is_role_heading(document, current[-1]) and (len(current) == 1 or not marks)
    return headed or ends_heading(document, current[-1])


def _is_role_of_entry(
    document: Document, marks: Mapping[int, int], current: list[int], number: int
) -> bool:
    """A line with a role inside an entry of a marked list, or below its last: no heading.

    ``- Ms. X`` / ``Chief Delegate`` / ``Director``. Nobody else is head, and no heading stands
    above the list.
    """
    text = document.lines[number].text.rstrip()
    first = min(marks, default=0)
    if current[0] not in marks or text[-1:] in (":", "：") or not first:
        return False
    if is_role_heading(document, first - 1) or document.lines[current[-1]].apart_from(
        document.lines[number]
    ):
        return False
    below = number + 1
    inside = below < len(document.lines) and below not in marks
    return (inside and not _begins_person(document, below)) or heading_role(
        TextRun(document, (number,))
    ) == "head"


def _is_another_person(document: Document, current: list[int], number: int) -> bool:
    """Below an entry of a marked list a line of another person, which no margin cut off.

    ``Ms. X will accompany her husband``, closed up behind the last entry.
    """
    first, above = document.lines[current[0]], TextRun(document, (current[-1], number))
    starts = [document.terms_of(n, "honorifics_m", "honorifics_f") for n in (current[0], number)]
    if not all(starts) or document.tokens[starts[1][0].start].start:
        return False
    return "@" in first.text or line_end(above, above.starts[1] - 1) == "short"


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
    whole = _ends_in_address(document, current[-1]) or _begin_alike(document, current[0], number)
    return whole or line_end(run, run.starts[1] - 1) != "cut"


def _steps_inside(
    document: Document, marks: Mapping[int, int], current: list[int], number: int
) -> list[float]:
    """How far lines of one entry are apart: of this one, or where it has one line of its list.

    Those are the other marked entries; without marks the next one, if it begins as this one does.
    """
    if len(current) > 1:
        return [_step(document, a, b) for a, b in pairwise(current)]
    if current[0] in marks:
        goes_on = (n for n in range(min(marks) + 1, current[0]) if n not in marks)
        steps = [_step(document, n - 1, n) for n in goes_on]
    elif number + 1 < len(document.lines) and _begin_alike(document, current[0], number):
        steps = [_step(document, number, number + 1)]
    else:
        steps = []
    least = SAME_ROW * document.lines[number].height
    return [step for step in steps if step > least]


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
    return _begins_with_name(document, first) and _begins_with_name(document, number)


def _is_formula(document: Document, number: int) -> bool:
    """The paragraph begins as a sentence of the note: its persons stand in running text."""
    return any(document.terms_of(n, *FORMULA_STARTS) for n in (number, number + 1))


def _ends_in_address(document: Document, number: int) -> bool:
    run = TextRun(document, (number,))
    found = find_mails(run, 0, len(run.text))
    return bool(found) and not run.text[found[-1].end :].strip(" .;,)|")


def _leads(document: Document, number: int) -> bool:
    """A line that begins a paragraph whatever stands above it."""
    return (
        _leads_with_role(document, number)
        or heads_below_sentence(document, number)
        or starts_request(document, number)
        or _begins_form(document, number)
        or _is_post_of_next(document, number)
    )


def _begins_form(document: Document, number: int) -> bool:
    """``Name: Ms. X; Position: ...`` below the end of a sentence, no white between."""
    if not number or not sentence_ends(document.lines[number - 1].text):
        return False
    return (
        _label_before_colon(document, number) in BEGINS_FORM
        and _label_before_colon(document, number - 1) is None
    )


def _label_before_colon(document: Document, number: int) -> FieldKind | None:
    run = TextRun(document, (number,))
    colon = _COLON_AND_MORE.search(run.text)
    return kind_of_header(run, 0, colon.start()) if colon else None


def _is_like_first(document: Document, first: int, number: int) -> bool:
    """Both lines hold a person, what is said of it and an address: another entry of the list.

    So they do where both begin with a name and a bracket ends what is said above.
    """
    here, above = document.lines[number].box, document.lines[first].box
    apart = abs(here.left - above.left), abs(here.right - above.right)
    if min(apart) > above.height:
        return False
    if document.lines[number - 1].text.rstrip().endswith((")", ").", ");")):
        return _begins_with_name(document, first) and _begins_with_name(document, number)
    return _is_whole_entry(document, first) and _is_whole_entry(document, number)


def _is_whole_entry(document: Document, number: int) -> bool:
    """``Naïma TLILI ........ ntlili@gov.ma``, ``Li P., Attaché, lip@mfa.gov.cn``."""
    if not _ends_in_address(document, number):
        return False
    text = document.lines[number].text
    if _LEADERS.search(text):
        return _begins_person(document, number)
    said = _PARTED.split(text[: text.index("@")])[:-1] if "@" in text else []
    return len(said) >= PARTS_OF_ENTRY and said[0][:1].isupper()


def _begins_with_name(document: Document, number: int) -> bool:
    """Below a line that ends with an address the next person of a list without marks.

    Example: ``..., E-mail: a.b@mfa.gov.xx`` and then ``Luz Marina Condori, Secretaria, ...``.
    """
    run = TextRun(document, (number,))
    stop = _NAME_END.search(run.text)
    return looks_like_name(run, 0, stop.start() if stop else len(run.text)) is not None


def _begins_with_post(document: Document, number: int) -> bool:
    """``Counsellor, Ministry of Works – Ms. X``: an entry of a list that says the post first."""
    posts = document.terms_of(number, "title_heads")
    return any(document.tokens[t.start].start == 0 for t in posts)


def _begins_person(document: Document, number: int) -> bool:
    """A line that begins with a form of address, with a name, or with another sentence."""
    run = TextRun(document, (number,))
    honorific = any(t.start == 0 and t.label in HONORIFICS for t in run.terms)
    return honorific or _begins_with_name(document, number) or is_plain_sentence(document, number)


def is_plain_sentence(document: Document, number: int, least: int = PLAIN_WORDS) -> bool:
    """The text goes on below a list: ``Copies of the passports will be supplied``."""
    if _starts_sentence(document, number):
        return True
    run = TextRun(document, (number,))
    words = re.findall(r"[^\W\d_]+", run.text)
    if len(words) < least or not words[0][0].isupper() or "@" in run.text:
        return False
    if len(words[0]) > 1 and words[0].isupper():  # "VELDEN, who will not attend": a name went on
        return False
    small = sum(w[0].islower() for w in words)
    heads = ("title_heads", "org_heads", "org_units", "roles.", "labels_")
    begins = any(t.start == 0 for t in run.terms if labelled(t.label, heads))
    return small >= len(words) - 1 and not begins


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


def _starts_contact(document: Document, number: int) -> bool:
    """A line that begins with ``نقطة الاتصال``, after the last entry with no white between."""
    run = TextRun(document, (number,))
    return any(t.start == 0 and t.label == "contact_not_delegate" for t in run.terms)


def _leads_with_role(document: Document, number: int) -> bool:
    """A line that begins with a role, a colon and a person: ``团员：外交部三等秘书 温志强``."""
    run = TextRun(document, (number,))
    if han.name_before_post(run, 0, len(run.text)):  # "戚薇  中国人民银行副研究员"
        return True
    return any(
        t.start == 0
        and (t.label in ROLE_OF_LABEL or t.label == "roles.interpreter")
        and _COLON_AND_MORE.match(run.text, t.end)
        for t in run.terms
    )


def _is_post_of_next(document: Document, number: int) -> bool:
    """``First Secretary, Ministry of Justice:`` and below it the person.

    No person is led by a colon inside a bracket: ``Judge, High Court (e-mail addresses:``.
    """
    line = document.lines[number]
    text = line.text.rstrip()
    opened = sum(map(text.count, "(（")) > sum(map(text.count, ")）"))
    if text[-1:] not in (":", "：") or "@" in text or opened or number + 1 >= len(document.lines):
        return False
    below = document.lines[number + 1]
    if below.page != line.page or not _begins_person(document, number + 1):
        return False
    run = TextRun(document, (number,))
    stop = _NAME_END.search(run.text)
    end = min(stop.start() if stop else len(text) - 1, len(text) - 1)
    kind, role = classify(run, *run.trimmed(0, end))
    return kind == "title" or (role == "adviser" and end < len(text) - 1)


def starts_request(document: Document, number: int) -> bool:
    """A line that begins with what the sender asks or wishes: ``وترجو البعثة``, ``请予协助``.

    Only in scripts where the verb comes first.
    """
    if main_script(document.lines[number].text) not in ("arabic", "han"):
        return False
    run = TextRun(document, (number,))
    begins = [t for t in run.terms if t.start == 0]
    return any(t.label in ("requests", "closing") and t.end - t.start > 1 for t in begins) and not (
        any(t.label.startswith(("labels_", "title_heads", "org_heads")) for t in begins)
    )


def _starts_sentence(document: Document, number: int) -> bool:
    """A line that begins with what the sender says, not with what a list item goes on with."""
    run = TextRun(document, (number,))
    article = next((t.end for t in run.terms if t.start == 0 and t.label == "articles"), 0)
    begin = run.trimmed(article, len(run.text))[0]
    for term in run.terms:
        if term.start in (0, begin) and term.label in SENTENCE_TERMS:
            return True
        if term.start == begin and article and term.label in ("letterhead", "org_heads"):
            return True
    return False


def _paragraph(document: Document, numbers: tuple[int, ...], mark: int) -> Paragraph:
    run = TextRun(document, numbers)
    role = heading_role(run)
    if role is not None and not ends_sentence_of(document, numbers[0]):
        return Paragraph(run, "heading", mark, role)
    words = len(re.findall(r"\w+", run.text))
    long = LONG_PROSE_WORDS * (2 if mark or _is_stack(run) else 1)
    if mark:
        kind: ParagraphKind = "prose" if words > long else "item"
        return Paragraph(run, kind, mark)
    if is_list_heading(run):
        return Paragraph(run, "heading")
    wide = max(words, len(_HAN.findall(run.text)) // HAN_IN_A_WORD)
    formula = any(t.label in PROSE_TERMS for t in run.terms)
    if (formula and wide >= PROSE_WORDS) or wide >= long:
        return Paragraph(run, "prose")
    return Paragraph(run, "entry")


def _is_stack(run: TextRun) -> bool:
    """Most lines were ended by their writer: name, post and office each on its own."""
    ends = [line_end(run, start - 1) for start in run.starts[1:]]
    return 2 * ends.count("short") > len(ends)
