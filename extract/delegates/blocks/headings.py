"""Lines that head a list, or the persons of one role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.delegates.blocks.marks import item_mark
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import kind_of_header
from extract.delegates.parts.describe import FORMULAE
from extract.delegates.parts.roles import ROLE_OF_LABEL, role_of
from extract.delegates.scripts import arabic
from extract.language import terms
from extract.language.normalise import fold, is_han, main_script
from extract.language.terms import HONORIFICS
from extract.layout.list_signs import HEADING_MAX_CHARS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.text_run import Span
    from extract.types import Role

SENTENCE_WORDS = 6  # words of a line that the next one ends
_ROMAN = re.compile(r"[IVX]{1,5}\s?[.)–-]\s+")
SAME_MARGIN = 0.5  # heights of a line by which the lines of one margin begin apart
NAMED = ("name", "family", "given", "courtesy")
"""Kinds of labels that begin a person's form."""
SHORT_LINE = 12  # characters of a line that may be the last word of one


def sentence_ends(text: str) -> bool:
    """The text ends as a sentence or a heading does."""
    return text.rstrip()[-1:] in ".:;!?。؟：；"


def heads_below_sentence(document: Document, number: int) -> bool:
    """``代表团名单``, ``Delegation of Kenya``: the whole line below a sentence or on a new page."""
    above, line = document.lines[number - 1] if number else None, document.lines[number]
    run = TextRun(document, (number,))
    whole = _size_of_heading(run) == len(line.text.strip())
    return whole and above is not None and (sentence_ends(above.text) or above.page != line.page)


def ends_heading(document: Document, number: int) -> bool:
    """``The delegation is composed as follows:`` ends its paragraph; a label's colon does not."""
    if heads_below_sentence(document, number):
        return True
    text = document.lines[number].text.rstrip()
    if text[-1:] not in (":", "：") or text.count("(") > text.count(")"):
        return False
    run = TextRun(document, (number,))
    if is_list_heading(run):
        return True
    named = document.terms_of(number, "honorifics_m", "honorifics_f") and is_led(document, number)
    if named and not document.terms_of(number, "letter_style"):
        return len(run.text) > HEADING_MAX_CHARS  # "Ms. X (head):" and below it her post
    if len(text) <= SHORT_LINE and main_script(text) != "arabic":
        return ends_sentence_of(document, number)
    colon = len(text) - 1
    ends_in_label = any(
        colon - 2 <= t.end <= colon and t.label.startswith(("labels_", "table_headers."))
        for t in run.terms
    ) or any(colon - 2 <= end <= colon for _, end in arabic.label_spans(run, 0, colon))
    return not ends_in_label and not _label_only(document, number)


def _label_only(document: Document, number: int) -> bool:
    run = TextRun(document, (number,))
    return kind_of_header(run, item_mark(run.text), len(run.text)) is not None


def is_role_heading(document: Document, number: int) -> bool:
    """A line that names a role and nobody: ``Alternates:``."""
    return heading_role(TextRun(document, (number,))) is not None and not ends_sentence_of(
        document, number
    )


def ends_sentence_of(document: Document, number: int) -> bool:
    """The last word of the sentence above: ``... of the following`` and then ``delegates:``."""
    above = document.lines[number - 1] if number else None
    line = document.lines[number]
    if above is None or above.page != line.page or len(above.words) < SENTENCE_WORDS:
        return False
    close = line.box.top - above.box.bottom < above.height
    return close and not sentence_ends(above.text) and line.text[:1].islower()


def heading_role(run: TextRun) -> Role | None:
    """The role a whole line names as a heading (``Alternates:``), None otherwise."""
    if len(run.text) > HEADING_MAX_CHARS or run.text.count("\n"):
        return None
    if run.text.startswith("("):  # what a hanging line says of the person above
        return None
    start = item_mark(run.text)
    start, end = run.trimmed(start, len(run.text), " \t\n.,;:؛：-–—|*_()")
    if start >= end or any(sign in run.text[start:end] for sign in ":："):
        return None  # "Head of delegation: Ms. X"
    for term in run.terms_in(start, end, "role_headings."):
        if term.start == start and term.end == end:
            return ROLE_OF_LABEL[term.label]
    role = role_of(run, start, end)
    leads = any(t.start == start and t.label.startswith("roles.") for t in run.terms)
    colon = run.text.rstrip()[-1:] in (":", "：")
    said = run.text[start:end]  # "Chef" alone is a post, and "Team Leader"
    whole = role == "head" and " " in said and fold(said) not in terms.folded("posts_too")
    return role if leads and (whole or colon or _heads_form(run)) else None


def _heads_form(run: TextRun) -> bool:
    """``Member`` and below it, at the same margin, ``Name    Ms. X``: values stand further in."""
    lines, number = run.document.lines, run.lines[-1] + 1
    if number >= len(lines) or lines[number].apart_from(lines[number - 1]):
        return False
    line = lines[number]
    if abs(line.box.left - lines[number - 1].box.left) > SAME_MARGIN * line.height:
        return False
    label = re.split(r"[\t:：]", line.text, maxsplit=1)
    below = TextRun(run.document, (number,))
    return len(label) > 1 and kind_of_header(below, 0, len(label[0])) in NAMED


def office_of(
    run: TextRun, *, row: bool = False, known: bool = True, lines: int = 1
) -> Span | None:
    """The office that a whole line names as a heading: ``II. Ministry of Justice:``.

    In a ``row`` of a table no sentence ends that opens a list. Unless it must be ``known`` to be
    one, any words are. It has ``lines`` at most.
    """
    if len(run.text) > HEADING_MAX_CHARS * lines or len(run.lines) > lines or "@" in run.text:
        return None
    roman = _ROMAN.match(run.text)
    begin = roman.end() if roman else item_mark(run.text)
    for label in ("lead_words", "office_leads", "articles"):  # "From the Ministry of Justice:"
        ends = (t.end for t in run.terms if t.label == label and t.start == begin)
        begin = run.trimmed(max(ends, default=begin), len(run.text))[0]
    brackets = "()" if run.text[begin : begin + 1] == "(" else ""
    span = run.trimmed(begin, len(run.text), f" \t.,;:؛：-–—|*_{brackets}")
    named = span[0] < span[1] and not run.text[span[0]].islower()
    if run.terms_in(*span, *FORMULAE, *(() if row else ("list_headings",))):
        return None
    return span if named and (not known or classify(run, *span)[0] == "organization") else None


def is_led(document: Document, number: int) -> bool:
    """A form of address begins the line, in Chinese ends the name it begins with.

    ``m.lima@courts.gov.xx`` is led by none.
    """
    found = document.terms_of(number, *HONORIFICS)
    if "@" in document.lines[number].text.split(" ", 1)[0]:
        return False
    han = is_han(document.lines[number].text[:1] or " ")
    return any(document.tokens[t.start].start == 0 or han for t in found)


def is_list_heading(run: TextRun) -> bool:
    """``List of participants``: most of a short line; ``Delegation of X``, a State's, all of it."""
    text = run.text.strip()
    if len(text) > HEADING_MAX_CHARS or "\n" in text:
        return False
    size = _size_of_heading(run)
    return size >= 5 and size >= 0.5 * len(text)


def _size_of_heading(run: TextRun) -> int:
    """Characters of a line's phrase that heads a list, with the State whose list it is."""
    heads = [t for t in run.terms if t.label == "list_headings"]
    size = max((t.end - t.start for t in heads), default=0)
    end, tokens = len(run.text.rstrip(" .:：")), run.document.tokens
    office = run.terms_in(0, end, "letterhead", "org_heads", "title_heads")
    if not any(t.start == 0 for t in heads) or office:
        return size
    named = (
        tokens[s.start] if tokens[s.end - 1].end == end else None
        for s in run.document.doc.spans["states"]
        if tokens[s.start].line == tokens[s.end - 1].line == run.lines[0]
    )
    return len(run.text.strip()) if any(named) else size
