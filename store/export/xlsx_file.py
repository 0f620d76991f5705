"""The list of participants as a spreadsheet (Office Open XML, ECMA-376)."""

from __future__ import annotations

from io import BytesIO

from store import sanitize
from store.export.direction import is_right_to_left
from store.export.participants import COLUMNS, Participant

HEADINGS = {
    "state": "Code",
    "state_name": "State",
    "honorific": "Honorific",
    "name": "Name",
    "title": "Title",
    "organization": "Organization",
    "email": "E-mail",
    "phone": "Telephone",
    "role": "Role",
    "status": "Status",
    "note_reference": "Note",
    "note_date": "Date of note",
    "document_id": "Document",
    "delegate_id": "Delegate",
}
"""What stands above each column."""

MAX_CELL = 32_767
"""Characters that a cell can hold; the writer would leave a longer one out."""

_WIDTHS = {"state_name": 26, "name": 30, "title": 40, "organization": 40, "email": 34, "phone": 18}
_RIGHT_TO_LEFT = 2  # readingOrder of ECMA-376 part 1, 18.8.1


def write_xlsx(participants: list[Participant]) -> bytes:
    """One sheet with a header row and a filter. Every value but the two ids is text.

    Cells carry the text format and the quote prefix, so that neither opening nor editing one
    makes a formula of it; nothing becomes a link.
    """
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        plain = {"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"}
        text = book.add_format(plain)
        turned = book.add_format({**plain, "reading_order": _RIGHT_TO_LEFT})
        number = book.add_format({"valign": "top"})
        sheet = book.add_worksheet("Participants")
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, 12))
            sheet.write_string(0, column, HEADINGS[name], heading)
        for line, participant in enumerate(participants, start=1):
            for column, name in enumerate(COLUMNS):
                value = participant[name]
                if value is None:
                    continue
                if isinstance(value, int):
                    sheet.write_number(line, column, value, number)
                else:
                    shown = sanitize.printable(str(value))[:MAX_CELL]
                    style = turned if is_right_to_left(shown) else text
                    sheet.write_string(line, column, shown, style)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(participants)), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return out.getvalue()
