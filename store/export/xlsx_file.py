"""The list of participants as a spreadsheet (Office Open XML, ECMA-376).

The sheet holds the rows alone, so that it can be sorted, filtered and read by programs; what stands
above and below a printed list is in the head and foot of its pages.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from store import sanitize
from store.export import groups
from store.export.direction import is_right_to_left
from store.export.docx_file import ROLES
from store.export.heading import Heading, counts
from store.export.names import NAMES, Style, printed
from store.export.participants import Participant

if TYPE_CHECKING:
    from xlsxwriter.format import Format

PRINTED = {
    "group": "Group",
    "delegation": "State or organization",
    "name": "Name",
    "other_name": "Name as written",
    "role": "Role",
    "title": "Title",
    "organization": "Organization",
    "email": "E-mail",
    "phone": "Telephone",
}
"""Columns that are printed, and what stands above each; the second name only with ``both``."""

BEHIND = {
    "state": "Code",
    "honorific": "Honorific",
    "name_written": "Name alone",
    "status": "Status",
    "note_reference": "Note",
    "note_date": "Date of note",
    "document_id": "Document",
    "delegate_id": "Delegate",
}
"""Columns behind them, for work on the screen."""

SHORT = {
    "party": "States Parties",
    "signatory": "Signatories",
    "observer": "Observers",
    "union": "Regional organizations",
    "entity": "Organizations",
    "unknown": "Not known",
}
"""The groups of ``groups.GROUPS``, for a narrow column."""

MAX_CELL = 32_767
"""Characters that a cell can hold; the writer would leave a longer one out."""

MAX_RUNNING = 255
"""Characters of a page's head or foot, its codes included (ECMA-376 part 1, 18.3.1)."""

A4 = 9  # paperSize of ECMA-376 part 1, 18.3.1.63
MARGIN_IN = 0.5  # on all four sides
WIDTHS = {"group": 14, "delegation": 17, "role": 15, "title": 31, "organization": 27}
WIDTHS |= {"phone": 17, "honorific": 10}
USUAL_WIDTH = 12  # of columns not named above, in signs as all of these
FITTED = {"name": (18, 30), "name_written": (12, 30), "other_name": (12, 26), "email": (16, 32)}
"""Columns as wide as what is longest in them, within bounds: a name is not broken if it fits."""

PIXELS, PADDING = 7, 5  # of a character of the usual font, and of a cell's edges (18.3.1.13)
WIDE_PIXELS = 15  # of a Chinese sign
SPARE = 1.06  # other programs set the same text up to this much wider
LINE_PT = 15  # height of a line of the usual font
MAX_ROW_PT = 409  # of a row
_RIGHT_TO_LEFT = 2  # readingOrder of ECMA-376 part 1, 18.8.1


def write_xlsx(
    participants: list[Participant], heading: Heading, style: Style | None = None
) -> bytes:
    """One sheet with a header row and a filter. Every value but the two ids is text.

    Cells carry the text format and the quote prefix, so that neither opening nor editing one
    makes a formula of it; nothing becomes a link. Printed on A4 across, the page's whole width.
    """
    from xlsxwriter import Workbook

    shape = style or Style()
    printed_columns = [c for c in PRINTED if c != "other_name" or shape.names == NAMES[2]]
    columns = [*printed_columns, *BEHIND]
    lines = [_line(participant, shape) for participant in participants]
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{heading.title}: {heading.meeting}"[:MAX_RUNNING]})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = {"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"}
        hair = {"border": 7, "border_color": "#808080"}
        text = book.add_format({**plain, **hair})
        turned = book.add_format({**plain, **hair, "reading_order": _RIGHT_TO_LEFT})
        number = book.add_format({"valign": "top", **hair})
        sheet = book.add_worksheet("Participants")
        widths = {column: _width(column, lines) for column in columns}
        sheet.set_row(0, _height(PRINTED | BEHIND, widths))
        for row, line in enumerate(lines, start=1):
            sheet.set_row(row, _height(line, widths))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, widths[column])
            sheet.write_string(0, place, (PRINTED | BEHIND)[column], bold)
            for row, line in enumerate(lines, start=1):
                value = line[column]
                if isinstance(value, int):
                    sheet.write_number(row, place, value, number)
                elif value:
                    sheet.write_string(row, place, value, _shape(value, text, turned))
                else:
                    sheet.write_blank(row, place, None, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(lines)), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=MARGIN_IN, right=MARGIN_IN)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(lines), len(printed_columns) - 1)
        sheet.set_header(_running(f"{heading.meeting}, {heading.held}", heading.running))
        sheet.set_footer(f"&L{_escaped(counts(participants)[0])}&RPage &P of &N")
    return out.getvalue()


def _line(participant: Participant, style: Style) -> dict[str, str | int]:
    """The values of a row, by column; what is missing is an empty text."""
    name, *other = printed(participant, style).lines
    found: dict[str, str | int] = {
        "group": SHORT.get(str(participant["group"]), ""),
        "delegation": groups.delegation(participant),
        "name": name,
        "other_name": other[0] if other else "",
        "role": ROLES.get(str(participant["role"]), ""),
        "name_written": str(participant["name"] or ""),
    }
    for column in (*PRINTED, *BEHIND):
        if column not in found:
            value = participant[column]
            found[column] = value if isinstance(value, int) else str(value or "")
    return {
        column: value if isinstance(value, int) else sanitize.printable(value)[:MAX_CELL]
        for column, value in found.items()
    }


def _width(column: str, lines: list[dict[str, str | int]]) -> int:
    """In characters."""
    if column not in FITTED:
        return WIDTHS.get(column, USUAL_WIDTH)
    least, most = FITTED[column]
    longest = max((_pixels(str(line[column])) for line in lines), default=0)
    return min(max(least, math.ceil(longest * SPARE / PIXELS) + 1), most)


def _height(line: Mapping[str, str | int], widths: dict[str, int]) -> int:
    """Points that the fullest cell of a row needs; programs that print do not find out."""
    most = max(_lines(str(line[column]), width * PIXELS) for column, width in widths.items())
    return min(most * LINE_PT, MAX_ROW_PT)


def _lines(text: str, room: int) -> int:
    """Lines of a text that breaks between its words, within a word that is wider than the room."""
    count, used = 1, 0.0
    for word in text.split():
        wide = _pixels(word) * SPARE
        if used and used + PIXELS / 2 + wide > room:
            count, used = count + 1, 0.0
        over = max(0, math.ceil(wide / room) - 1)
        count, used = count + over, (used + PIXELS / 2 if used else 0) + wide - over * room
    return count


def _pixels(text: str) -> int:
    """Width in the usual font, a proportional one."""
    from xlsxwriter.utility import xl_pixel_width

    wide = [char for char in text if unicodedata.east_asian_width(char) in "WF"]
    rest = "".join(char for char in text if char not in wide)
    return len(wide) * WIDE_PIXELS + int(xl_pixel_width(rest))


def _shape(value: str, text: Format, turned: Format) -> Format:
    return turned if is_right_to_left(value) else text


def _running(left: str, right: str) -> str:
    """Head of a page; a title that is too long for it is cut."""
    room = MAX_RUNNING - len("&L&R…") - len(_escaped(right))
    shown = _escaped(left)
    if len(shown) > room:
        shown = _escaped(left[: room // 2 if "&" in left else room]) + "…"
    return f"&L{shown}&R{_escaped(right)}"


def _escaped(text: str) -> str:
    """``&`` begins a code in the head and foot of a page; two of them are one."""
    return text.replace("&", "&&")
