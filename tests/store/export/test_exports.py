"""The list of participants in its other formats, read back by the programs that read them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from store.db.database import Store
from store.export import indico, participants
from store.export.direction import is_right_to_left, runs
from store.export.docx_file import write_docx
from store.export.heading import Heading, heading
from store.export.names import Style
from store.export.participants import Participant
from store.export.xlsx_file import BEHIND, FITTED, PRINTED, write_xlsx
from store.rules.family import name_parts
from tests.store.replies import INVITATION, MEETING, delegate, edit, nominate, note, save, scan

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\x00=1+1",
    "\u2028=1+1",
    "\u202e=1+1",
    "＝1+1",
    '=HYPERLINK("https://example.org/","click")',
    "https://example.org/",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; & <b>",
    "]]>",
    "{{ 7*7 }}",
    "${7*7}",
    '","=1+1","',
    'a"b',
    "Robert'); DROP TABLE delegates;--",
    "../../etc/passwd",
    "_x0041_ and _x000D_",
    "\ud800 lone",
    "\ufffe\uffff",
    "x" * 40_000,
    "ا" * 300 + "\u202egnihton",
    "Z̷̢̛͖" * 20,
)
TEXTS = tuple(c for c in participants.COLUMNS if c not in ("document_id", "delegate_id", "group"))


def participant(**values: object) -> Participant:
    row: Participant = dict.fromkeys(participants.COLUMNS)
    group = "party" if values.get("state") else "unknown"
    return {**row, "delegate_id": 7, "document_id": 3, "group": group, **values}


def head(title: str = INVITATION.title, place: str = "Vienna", reference: str = MEETING) -> Heading:
    meeting = replace(INVITATION, title=title, place=place, reference=reference)
    return heading(meeting, date(2026, 11, 28), final=False)


def sheet(rows: list[Participant]) -> list[dict[str, object]]:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(rows, head())))
    columns, *lines = book["Participants"].values
    return [dict(zip(map(str, columns), line, strict=True)) for line in lines]


def test_thirty_hostile_texts_are_tried() -> None:
    assert len(set(HOSTILE)) == 30


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_in_every_field_runs_nowhere(text: str) -> None:
    row = participant(**dict.fromkeys(TEXTS, text))
    out = io.StringIO()
    participants.write_csv([row], out)
    out.getvalue().encode("utf-8")
    _, cells = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert len(cells) == len(participants.COLUMNS)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)

    hostile = head(title=text or "-", place=text, reference=text)
    data = write_xlsx([row], hostile)
    for name, part in _parts(data):
        assert b"<f>" not in part, name
        assert b"hyperlink" not in part, name
    (read,) = sheet([row])
    assert max(len(str(value or "")) for value in read.values()) <= 32_767
    cell = openpyxl.load_workbook(io.BytesIO(data))["Participants"]["C2"]
    assert cell.data_type in ("s", "n")  # n: an empty cell
    assert cell.quotePrefix

    document = write_docx([row], hostile)
    for name, part in _parts(document):
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)  # noqa: S314 - written a line above
        assert b"fldSimple" not in part, name
        fields = [b"PAGE", b"NUMPAGES"] if name.startswith("word/footer") else []
        assert re.findall(rb"<w:instrText[^>]*>(.*?)<", part) == fields, name
    docx.Document(io.BytesIO(document))

    prepared = indico.prepare([row | {"email": "a@example.org", "name": f"{text} Ruiz"}])
    file = io.StringIO()
    indico.write(prepared.rows, file)
    for line in file.getvalue().splitlines():
        values = next(csv.reader([line]))
        assert len(values) == 6
        assert not any(v.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for v in values)


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_the_spreadsheet_holds_what_was_written_as_text() -> None:
    row = participant(
        state="CHN",
        state_name="China",
        honorific="先生",
        name="张伟",
        phone="+43126060",
        title="007",
        note_date="1-2",
        role="head",
    )
    (read,) = sheet([row])
    headings = [h for column, h in (PRINTED | BEHIND).items() if column != "other_name"]
    assert list(read) == headings
    assert {heading: value for heading, value in read.items() if value is not None} == {
        "Group": "States Parties",
        "State or organization": "China",
        "Name": "张伟先生",
        "Role": "Head of delegation",
        "Title": "007",
        "Telephone": "+43126060",
        "Code": "CHN",
        "Honorific": "先生",
        "Name alone": "张伟",
        "Date of note": "1-2",
        "Document": 3,
        "Delegate": 7,
    }


def test_the_sheet_is_made_for_a4_across() -> None:
    rows = [
        participant(state_name="Kenya", name="Ana Ruiz", title="Director of " + "Affairs " * 12),
        participant(state_name="Kenya", name="Maximiliana-Josephine ABENDROTH"),
        participant(state_name="Kenya", name="欧阳明远"),
    ]
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx(rows, head(title="A & B"))))["Participants"]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$1:$1"
    assert page.print_area == "'Participants'!$A$1:$H$4"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:P4"
    assert page.oddHeader.left.text == "A && B, Vienna, 31 May 2019"
    assert page.oddHeader.right.text == "Provisional list of participants, as of 28 November 2026"
    assert page.oddFooter.left.text == "3 participants"
    assert page.oddFooter.right.text == "Page &P of &N"
    heights = [page.row_dimensions[line].height for line in (2, 3, 4)]
    assert heights[0] >= 45  # a title of several lines has their room, in points
    assert heights[2] in (None, 15)
    assert page.column_dimensions["C"].width > FITTED["name"][0]
    assert page["C2"].alignment.wrap_text


def test_an_arabic_cell_reads_from_the_right() -> None:
    rows = [participant(name="كريم الحمصاني"), participant(name="Ana Ruiz")]
    cells = openpyxl.load_workbook(io.BytesIO(write_xlsx(rows, head())))["Participants"]
    assert [cells[place].alignment.readingOrder for place in ("C2", "C3")] == [2, 0]


def printed(rows: list[Participant], **choices: str) -> DocxDocument:
    style = Style(**choices)
    return docx.Document(io.BytesIO(write_docx(rows, head(), style)))


def test_the_document_is_a_list_to_print() -> None:
    rows = [
        participant(state="AUT", state_name="Austria", honorific="Ms.", name="Zoe Austrian"),
        participant(
            state="JOR",
            state_name="Jordan",
            honorific="السيد",
            name="كريم الحمصاني",
            title="رئيس نيابة",
            role="head",
            email="k@example.org",
        ),
        participant(state="ERI", state_name="Eritrea", name="Senait Tekleab")
        | {"group": "observer"},
        participant(name="Nobody Knows", organization="Ministry"),
        participant(name="张伟", honorific="先生"),
    ]
    document = printed(rows)
    lines = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    assert lines[:5] == [
        ("Normal", MEETING),
        ("Normal", INVITATION.title),
        ("Normal", "Vienna, 31 May 2019"),
        ("Title", "Provisional list of participants"),
        ("Normal", "As of 28 November 2026"),
    ]
    assert [line for line in lines if line[0].startswith("Heading")] == [
        ("Heading 1", "States Parties"),
        ("Heading 2", "Austria"),
        ("Heading 2", "Jordan"),
        ("Heading 1", "Observers: States not party to the Convention"),
        ("Heading 2", "Eritrea"),
        ("Heading 1", "State or organization not known"),
        ("Heading 2", "Not known"),
    ]
    texts = [text for _, text in lines]
    at = texts.index("السيد كريم الحمصاني")
    assert texts[at : at + 3] == ["السيد كريم الحمصاني", "Head of delegation", "رئيس نيابة"]
    assert "Ms. Zoe Austrian" in texts
    assert "张伟先生" in texts
    assert texts[-4:] == [
        "5 participants of 3 States",
        "States Parties: 2 States, 2 participants",
        "Observers: States not party to the Convention: 1 State, 1 participant",
        "State or organization not known: 2 participants",
    ]
    assert "k@example.org" not in str(lines)
    section = document.sections[0]
    assert section.footer.paragraphs[0].text == f"{MEETING}\tPage 1 of 1"
    assert section.first_page_footer.paragraphs[0].text == f"{MEETING}\tPage 1 of 1"
    running = "Provisional list of participants, as of 28 November 2026"
    assert section.header.paragraphs[0].text == running
    assert section.first_page_header.paragraphs[0].text == ""


def test_right_to_left_names_run_so_and_stand_in_their_block() -> None:
    row = participant(name="كريم الحمصاني", title="مستشار (LL.M.)", role="head")
    name, role, title = printed([row]).paragraphs[-4:-1]
    for paragraph in (name, title):
        assert paragraph._p.find(qn("w:pPr") + "/" + qn("w:bidi")) is not None
        assert paragraph.alignment == WD_ALIGN_PARAGRAPH.RIGHT  # the end of a line: the left
    assert role._p.find(qn("w:pPr") + "/" + qn("w:bidi")) is None
    turned = [
        run.text for run in title.runs if run._r.find(qn("w:rPr") + "/" + qn("w:rtl")) is not None
    ]
    assert turned == ["مستشار ("]


def test_a_persons_lines_stay_on_one_page() -> None:
    row = participant(state_name="Kenya", name="Ana Ruiz", title="Judge", organization="High Court")
    for heading_, *person in [
        [p for p in printed([row, row]).paragraphs if p.text != "As of"][6:11]
    ]:
        assert heading_.style is not None
        assert heading_.style.paragraph_format.keep_with_next
        assert [p.text for p in person[:3]] == ["Ana Ruiz", "Judge", "High Court"]
        assert [p.paragraph_format.keep_with_next for p in person[:3]] == [True, True, False]
        assert all(p.paragraph_format.keep_together for p in person[:3])


def test_text_is_parted_by_direction() -> None:
    assert list(runs("Dr. كريم الحمصاني (PhD)")) == [
        ("Dr. ", False),
        ("كريم الحمصاني (", True),
        ("PhD)", False),
    ]
    assert list(runs("")) == []
    assert is_right_to_left("123 כהן")
    assert not is_right_to_left("张伟")


def test_states_stand_in_english_alphabetical_order_whatever_their_accents(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    for n, state in enumerate(("TUR", "HRV", "CIV", "CRI", "TUN")):
        data = f"{n}".encode()
        save(store, scan(store, data), note(delegate(1, f"Delegate {n}"), state=state))
    save(store, scan(store, b"x"), note(delegate(1, "No State"), state=None))
    found = [row["state"] for row in participants.rows(store, MEETING, approved_only=False)]
    assert found == ["CRI", "CIV", "HRV", "KEN", "TUN", "TUR", None]


def test_corrected_rows_are_participants_and_replaced_ones_are_not(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"), delegate(2, "Omar Diallo"), delegate(3, "New One"))
    edit(store, "UPDATE delegation_list SET title = 'Judge' WHERE seq = 1")
    edit(store, "UPDATE delegation_list SET status = 'approved' WHERE seq = 2")
    assert [row["name"] for row in participants.rows(store, MEETING)] == ["Ana Ruiz", "Omar Diallo"]
    edit(store, "UPDATE delegation_list SET current = 0 WHERE seq = 2")
    assert [row["name"] for row in participants.rows(store, MEETING)] == ["Ana Ruiz"]


def imported(file: str) -> list[dict[str, str]]:
    """What Indico's importer makes of the file; its rules as they are in its source."""
    records: list[dict[str, str]] = []
    for line in csv.reader(file.splitlines(), delimiter=","):
        values = [value.strip() for value in line]
        assert len(values) == len(indico.COLUMNS)
        record = dict(zip(indico.COLUMNS, values, strict=True))
        assert all(record[field] for field in ("email", "first_name", "last_name"))
        assert record["email"] not in [r["email"] for r in records]
        for field in ("first_name", "last_name"):
            record[field] = record[field].title()
        records.append(record)
    return records


@pytest.mark.parametrize(
    ("phone", "plain"),
    [
        ("+43 1 26060-4267", "+43 1 26060-4267"),
        ("+7 495 123-45-67 доб. 12", "+7 495 123-45-67 доб. 12"),
        ("＋８６ １０ ６５９６ １１１１", "+86 10 6596 1111"),
        ("+٩٦٢ ٦ ٥٧٣٥٠٠٠", "+962 6 5735000"),
        ("+33 (0)1 43 17 53 53 / +33 6 12 34 56 78", "+33 (0)1 43 17 53 53 / +33 6 12 34 56 78"),
        ("(0)20 7946 0000", "(0)20 7946 0000"),
        ("Tel. 01 23 45 67", "Tel. 01 23 45 67"),
        ("", ""),
        ("+1+1", None),
        ("+12345+cmd|' /C calc'!A0", None),
        ("+12345+HYPERLINK(A1)", None),
        ("=12345", None),
        ("@12345", None),
    ],
)
def test_a_telephone_number_goes_to_indico_plain_or_not_at_all(
    phone: str, plain: str | None
) -> None:
    found = indico.prepare([participant(name="RUIZ Ana", email="a@example.org", phone=phone)])
    file = io.StringIO()
    indico.write(found.rows, file)
    assert next(csv.reader([file.getvalue()]))[4] == (plain or "")
    assert [problem.what for problem in found.problems] == (
        [indico.NO_PHONE] if plain is None else []
    )


def test_indico_takes_the_file() -> None:
    rows = [
        participant(
            delegate_id=1,
            state_name="Burkina Faso",
            name="OUÉDRAOGO Abdoulaye",
            title="Judge, Court of\nAppeal",
            phone="+22625306060",
            email="A.Ouedraogo@example.org",
        ),
        participant(
            delegate_id=2, state="CHN", name="欧阳修", organization="外交部", email="o@example.org"
        ),
    ]
    found = indico.prepare(rows)
    file = io.StringIO()
    indico.write(found.rows, file)
    assert imported(file.getvalue()) == [
        {
            "first_name": "Abdoulaye",
            "last_name": "Ouédraogo",
            "affiliation": "Burkina Faso",
            "position": "Judge, Court of Appeal",
            "phone": "+22625306060",
            "email": "a.ouedraogo@example.org",
        },
        {
            "first_name": "修",
            "last_name": "欧阳",
            "affiliation": "外交部",
            "position": "",
            "phone": "",
            "email": "o@example.org",
        },
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"email": None}, indico.NO_EMAIL),
        ({"email": "a@example"}, indico.BAD_EMAIL),
        ({"email": "a@example.test"}, indico.BAD_EMAIL),
        ({"email": "INFO@example.org"}, indico.SHARED_EMAIL),
        ({"name": "Suharto"}, indico.ONE_NAME),
    ],
)
def test_what_indico_would_refuse_is_left_out_and_told(
    values: dict[str, object], says: str
) -> None:
    good = {"name": "RUIZ Ana", "email": "ana@example.org"}
    rows = [
        participant(delegate_id=1, name="KAMAU Peter", email="info@example.org"),
        participant(delegate_id=2, **{**good, **values}),
    ]
    found = indico.prepare(rows)
    left_out = {problem.delegate: problem.what for problem in found.problems if problem.left_out}
    assert left_out[2] == says
    assert len(found.rows) == 2 - len(left_out)


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("McDONALD Ian", True),
        ("VAN DER BERG Jan", False),
        ("Jan van der Berg", True),
        ("D'ESTE Li", True),
    ],
)
def test_names_that_title_case_spoils_are_warned_about(name: str, warned: bool) -> None:
    found = indico.prepare([participant(name=name, email="a@example.org")])
    assert any("Indico will change" in problem.what for problem in found.problems) is warned
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("name", "first", "last", "guessed"),
    [
        ("OUÉDRAOGO Abdoulaye", "Abdoulaye", "OUÉDRAOGO", False),
        ("Annelise OBERHÖLZELER", "Annelise", "OBERHÖLZELER", False),
        ("Gianmarco DI PIETRALUNGA", "Gianmarco", "DI PIETRALUNGA", False),
        ("Jan van der BERG", "Jan", "van der BERG", True),
        ("Amina Odhiambo", "Amina", "Odhiambo", True),
        ("J. R. SMITH", "J. R.", "SMITH", False),
        ("McDONALD Ian", "Ian", "McDONALD", False),
        ("Maëlle d'ESTOURNAC", "Maëlle", "d'ESTOURNAC", False),
        ("O'BRIEN Mary", "Mary", "O'BRIEN", False),
        ("Ian McDonald", "Ian", "McDonald", True),
        ("OUÉDRAOGO", "", "OUÉDRAOGO", False),
        ("Paulo do Nascimento", "Paulo", "do Nascimento", True),
        ("Karim Abu Nasser", "Karim", "Abu Nasser", True),
        ("Ali b. Omar", "Ali", "b. Omar", True),
        ("John B. Miller", "John B.", "Miller", True),
        ("澹台明", "明", "澹台", False),
        ("ANA RUIZ", "ANA", "RUIZ", True),
        ("张伟", "伟", "张", False),
        ("", "", "", False),
    ],
)
def test_a_name_is_parted(name: str, first: str, last: str, guessed: bool) -> None:
    told = name_parts(name)
    assert (told.given, told.family, not told.sure) == (first, last, guessed)
