"""The list of participants as a document to print (WordprocessingML, ECMA-376).

Laid out like the lists that secretariats issue: the States one after another, under each its
delegation. Addresses and telephone numbers are left out, because such a list is handed round;
the spreadsheet has them.
"""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from extract.types import Invitation
from store import sanitize
from store.export.direction import is_right_to_left, runs
from store.export.participants import Participant
from store.rules.names import CHINESE

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

A4_CM = (21.0, 29.7)  # width and height of a sheet, ISO 216
UNKNOWN_STATE = "State not known"
ROLES = {
    "head": "Head of delegation",
    "alternate": "Alternate head of delegation",
    "adviser": "Adviser",
    "observer": "Observer",
}
"""Roles that are printed; an ordinary member is not marked."""


def write_docx(participants: list[Participant], meeting: Invitation) -> bytes:
    """The list with the meeting's title, date and place above it.

    Paragraphs that begin in Arabic or Hebrew run from right to left.
    """
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, A4_CM)
    title = sanitize.printable(f"List of participants: {meeting.title}")
    document.core_properties.title = title[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _number_pages(section.footer.paragraphs[0], meeting.reference)
    _written(document.add_heading(level=0), "List of participants")
    for line in _of_meeting(meeting):
        _written(document.add_paragraph(), line)
    for state, delegation in groupby(participants, key=_state):
        _written(document.add_heading(level=1), state)
        for participant in delegation:
            _person(document, participant)
    if not participants:
        _written(document.add_paragraph(), "No participants.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _number_pages(paragraph: Paragraph, reference: str) -> None:
    """The reference and the page's number, a field that the word processor fills."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _add_runs(paragraph, sanitize.printable(f"{reference}, page"))
    run = paragraph.add_run(" ")
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        run._r.append(element)


def _of_meeting(meeting: Invitation) -> list[str]:
    days = sorted({day.isoformat() for day in (meeting.starts, meeting.ends) if day})
    place = ", ".join(part for part in (" to ".join(days), meeting.place) if part)
    title = meeting.title[:1].upper() + meeting.title[1:]
    return [line for line in (title, place, meeting.reference) if line]


def _state(participant: Participant) -> str:
    return str(participant["state_name"] or participant["state"] or UNKNOWN_STATE)


def _person(document: Any, participant: Participant) -> None:  # noqa: ANN401 - docx has no types
    from docx.shared import Pt

    name = _addressed(participant)
    role = ROLES.get(str(participant["role"]))
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.space_after = Pt(6)
    _written(paragraph, f"{name} ({role})" if role else name, bold=True)
    for field in ("title", "organization"):
        line = sanitize.printable(str(participant[field] or ""))
        if line:
            paragraph.add_run().add_break()
            _add_runs(paragraph, line)


def _addressed(participant: Participant) -> str:
    """Honorific and name; in Chinese the honorific follows the name without a space."""
    honorific = sanitize.printable(str(participant["honorific"] or ""))
    name = sanitize.printable(str(participant["name"] or ""))
    if CHINESE.match(name) and (not honorific or CHINESE.match(honorific)):
        return name + honorific
    return f"{honorific} {name}".strip()


def _written(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    shown = sanitize.printable(text)
    if is_right_to_left(shown):
        _mark(paragraph._p.get_or_add_pPr(), "w:bidi")
    _add_runs(paragraph, shown, bold=bold)


def _add_runs(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    for part, turned in runs(text):
        run = paragraph.add_run(part)
        run.bold = bold or None
        if turned:  # complex scripts have marks of their own, for bold too
            properties = run._r.get_or_add_rPr()
            if bold:
                _mark(properties, "w:bCs")
            _mark(properties, "w:rtl")


def _mark(properties: Any, tag: str) -> None:  # noqa: ANN401 - docx has no types
    """Add an on/off property that python-docx has no name for, where the schema wants it."""
    from docx.oxml import OxmlElement

    properties.insert_element_before(OxmlElement(tag), *_BEHIND[tag])


# What may stand behind each in its sequence, of what this module writes (ECMA-376 part 1,
# 17.3.1.26 and 17.3.2.28).
_BEHIND = {
    "w:bidi": ("w:spacing", "w:ind", "w:jc", "w:rPr"),
    "w:bCs": ("w:i", "w:color", "w:sz", "w:rtl"),
    "w:rtl": ("w:cs", "w:lang"),
}
