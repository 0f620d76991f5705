"""The list of participants as a document to print (WordprocessingML, ECMA-376).

Laid out like the lists of participants that the secretariats of conferences issue: a title block,
then group by group the delegations, under each its members, every name, title and organization on
a line of its own. Addresses and telephone numbers are left out, because such a list is handed
round; the spreadsheet has them.
"""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from store import sanitize
from store.export import groups
from store.export.direction import is_right_to_left, runs
from store.export.heading import Heading, counts
from store.export.names import Style, printed
from store.export.participants import Participant

if TYPE_CHECKING:
    from docx.section import Section
    from docx.text.paragraph import Paragraph

A4_CM = (21.0, 29.7)  # width and height of a sheet, ISO 216
MARGIN_CM = 2.5  # on all four sides
INDENT_CM = 0.75  # of what stands under a name, and of a line that runs over
FONTS = {"w:ascii": "Times New Roman", "w:hAnsi": "Times New Roman", "w:cs": "Times New Roman"}
EAST_ASIAN_FONT = "SimSun"
BODY_PT, STATE_PT, TITLE_PT = 11, 12, 14  # sizes of type

ROLES = {
    "head": "Head of delegation",
    "alternate": "Alternate head of delegation",
    "adviser": "Adviser",
    "observer": "Observer",
}
"""Roles that are printed; an ordinary member is not marked."""


def write_docx(
    participants: list[Participant], heading: Heading, style: Style | None = None
) -> bytes:
    """The list with its title block above it and the count below.

    Paragraphs that begin in Arabic or Hebrew run from right to left. The lines of a person stay
    on one page, and a heading with the first person below it.
    """
    from docx import Document

    document = Document()
    document.core_properties.title = f"{heading.title}: {heading.meeting}"[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _set_styles(document)
    _set_pages(document.sections[0], heading, document.styles["Normal"])
    _title_block(document, heading)
    for group, members in groupby(participants, key=lambda p: str(p["group"] or "unknown")):
        _written(document.add_heading(level=1), groups.GROUPS.get(group, group))
        for delegation, of_it in groupby(members, key=groups.delegation):
            _written(document.add_heading(level=2), delegation)
            for participant in of_it:
                _person(document, participant, style or Style())
    if not participants:
        _written(document.add_paragraph(), "No participants.")
    _count(document, participants)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_styles(document: Any) -> None:  # noqa: ANN401 - docx has no types
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": BODY_PT, "Title": TITLE_PT, "Heading 1": TITLE_PT, "Heading 2": STATE_PT}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.bold = Pt(size), name != "Normal"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):  # those of a theme would win
            del fonts.attrib[attribute]
        for attribute, font in {**FONTS, "w:eastAsia": EAST_ASIAN_FONT}.items():
            fonts.set(qn(attribute), font)
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after = Pt(0), Pt(0)
        spacing.widow_control = True
    title = document.styles["Title"].paragraph_format
    title.alignment, title.space_before = WD_ALIGN_PARAGRAPH.LEFT, Pt(18)
    for border in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for name, before, after in (("Heading 1", 20, 6), ("Heading 2", 12, 4)):
        spacing = document.styles[name].paragraph_format
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        spacing.keep_with_next = True
    _rule_below(document.styles["Heading 2"])
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _rule_below(style: Any) -> None:  # noqa: ANN401 - docx has no types
    """A thin line under the heading of a delegation, above its first name in bold."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for attribute, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "808080")):
        line.set(qn(f"w:{attribute}"), value)
    borders.append(line)
    style.element.get_or_add_pPr().insert_element_before(borders, *_BEHIND["w:pBdr"])


def _set_pages(section: Section, heading: Heading, plain: Any) -> None:  # noqa: ANN401
    """Size, margins, the running head from the second page on, and the page's number."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    section.page_width, section.page_height = map(Cm, A4_CM)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].style = plain
    _add_runs(section.header.paragraphs[0], heading.running)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = plain  # the style of footers has stops for another paper
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Cm(A4_CM[0] - 2 * MARGIN_CM), WD_TAB_ALIGNMENT.RIGHT
        )
        _add_runs(paragraph, heading.symbol)
        paragraph.add_run("\tPage ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that the word processor fills; until then it shows 1."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "separate", "result", "end"):
        run = paragraph.add_run("1" if kind == "result" else "")
        if kind == "result":
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _title_block(document: Any, heading: Heading) -> None:  # noqa: ANN401 - docx has no types
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    symbol = document.add_paragraph()
    symbol.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _written(symbol, heading.symbol)
    for text, bold in ((heading.meeting, True), (heading.held, False)):
        if text:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(6)
            _written(paragraph, text, bold=bold)
    _written(document.add_heading(level=0), heading.title)
    _written(document.add_paragraph(), heading.as_of)


def _person(document: Any, participant: Participant, style: Style) -> None:  # noqa: ANN401
    """Name, role, title and organization, a paragraph each: each runs its own way."""
    from docx.shared import Pt

    lines = [(line, True) for line in printed(participant, style).lines]
    role = ROLES.get(str(participant["role"]))
    lines += [(role, False)] if role else []
    fields = (sanitize.printable(str(participant[f] or "")) for f in ("title", "organization"))
    lines += [(line, False) for line in fields if line]
    for place, (line, is_name) in enumerate(lines):
        paragraph = document.add_paragraph()
        spacing = paragraph.paragraph_format
        _indent(paragraph, INDENT_CM if is_name else 2 * INDENT_CM, line)
        spacing.keep_together = True
        spacing.keep_with_next = place < len(lines) - 1
        spacing.space_after = Pt(0 if place < len(lines) - 1 else 6)
        _written(paragraph, line, bold=is_name, italic=line is role)


def _indent(paragraph: Paragraph, by_cm: float, text: str) -> None:
    """From the left, a line that runs over a little more.

    Text that runs from right to left stands there, too, so that a person's lines are one block. In
    such a paragraph "right" and "end" are the left side (ECMA-376 part 1, 17.3.1.13).
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    spacing = paragraph.paragraph_format
    if is_right_to_left(sanitize.printable(text)):
        spacing.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        spacing.right_indent = Cm(by_cm - INDENT_CM)
    else:
        spacing.left_indent, spacing.first_line_indent = Cm(by_cm), -Cm(INDENT_CM)


def _count(document: Any, participants: list[Participant]) -> None:  # noqa: ANN401
    from docx.shared import Pt

    lines = counts(participants)
    for place, line in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(18 if place == 0 else 0)
        paragraph.paragraph_format.keep_with_next = place < len(lines) - 1
        _written(paragraph, line, bold=place == 0)


def _written(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False) -> None:
    shown = sanitize.printable(text)
    if is_right_to_left(shown):
        _mark(paragraph._p.get_or_add_pPr(), "w:bidi")
    _add_runs(paragraph, shown, bold=bold, italic=italic)


def _add_runs(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False) -> None:
    for part, turned in runs(text):
        run = paragraph.add_run(part)
        run.bold, run.italic = bold or None, italic or None
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
    "w:pBdr": ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"),
    "w:bidi": ("w:spacing", "w:ind", "w:jc", "w:rPr"),
    "w:bCs": ("w:i", "w:color", "w:sz", "w:rtl"),
    "w:rtl": ("w:cs", "w:lang"),
}
