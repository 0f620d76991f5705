"""The history of a list as a document to print: the minutes of who changed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from store import sanitize
from store.export.direction import runs

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

A4_CM = (21.0, 29.7)  # width and height of a sheet, ISO 216


def write_minutes(records: Sequence[Mapping[str, object]], meeting: str | None) -> bytes:
    """A heading a State, and under it a paragraph an event, in the order of the records.

    Args:
        records: rows with ``state_name``, ``at`` (UTC), ``who``, ``what``, ``taken_back``.
        meeting: the reference that stands above it; None for all meetings.
    """
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, A4_CM)
    document.core_properties.author = document.core_properties.comments = ""
    title = "History of the list of participants"
    document.core_properties.title = title
    document.add_heading(title, level=0)
    _written(document.add_paragraph(), meeting or "All meetings")
    for state, events in groupby(records, key=lambda record: record["state_name"]):
        _written(document.add_heading(level=1), str(state or "State not known"))
        for event in events:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(4)
            paragraph.add_run(f"{str(event['at'])[:16].replace('T', ' ')} UTC  ")
            paragraph.add_run(sanitize.printable(str(event["who"]))).bold = True
            gone = " (taken back later)" if event["taken_back"] else ""
            _written(paragraph, f": {event['what']}{gone}")
    if not records:
        _written(document.add_paragraph(), "Nothing has happened.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _written(paragraph: Paragraph, text: str) -> None:
    """The text; parts that run from right to left are marked, so that they are shown so."""
    from docx.oxml import OxmlElement

    for part, turned in runs(sanitize.printable(text)):
        run = paragraph.add_run(part)
        if turned:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
