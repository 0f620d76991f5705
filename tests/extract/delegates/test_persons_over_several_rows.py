"""Tables in which a person takes two rows, or forms below each other, as word processors set."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extract.delegates.blocks.grid import Grid
from extract.delegates.blocks.grid_rows import with_rests
from extract.delegates.parts.columns import FieldKind
from extract.layout.document import Document, build_document
from extract.layout.ruled import cells_of
from extract.note import read_note
from extract.types import Delegate
from ocr.types import Box, Cell, Line, Page, SecondReading, Table, Word
from tests.extract.conftest import make_page

CHAR, HEIGHT, PITCH, LEFT = 13, 40, 44, 150
OPENING = (
    "The Permanent Mission of Kenya to the United Nations in Vienna presents its compliments to",
    "the Secretariat and has the honour to inform that the delegation will be composed of:",
)
CLOSING = (
    "The Permanent Mission of Kenya avails itself of this opportunity to renew to the Secretariat"
)
Placed = tuple[float, int, str]
"""Lines down from the first, left edge, text."""


def _words(text: str, left: int, top: int) -> list[Word]:
    found: list[Word] = []
    for part in text.split():
        found.append(Word(part, Box(left, top, left + CHAR * len(part), top + HEIGHT), 0.95))
        left += CHAR * len(part) + 9
    return found


def _page(*placed: Placed) -> Page:
    """A note with words at places below its sentence; what stands at one height is one line."""
    rows: dict[int, list[Word]] = {}
    for n, text in enumerate(OPENING):
        rows[200 + PITCH * n] = _words(text, LEFT, 200 + PITCH * n)
    for at, left, text in placed:
        top = round(350 + PITCH * at)
        rows.setdefault(top, []).extend(_words(text, left, top))
    last = max(rows) + 3 * PITCH
    rows[last] = _words(CLOSING, LEFT, last)
    lines = tuple(Line(tuple(sorted(rows[y], key=lambda w: w.box.left))) for y in sorted(rows))
    return Page(1, 1654, 2339, 200, "read", lines, language="en")


def _read(*placed: Placed) -> tuple[Delegate, ...]:
    return read_note((_page(*placed),)).delegates


def _told(people: tuple[Delegate, ...]) -> list[tuple[str | None, ...]]:
    return [
        tuple(v.text if v else None for v in (d.name, d.title, d.email, d.phone)) for d in people
    ]


TWO_ROWS: tuple[Placed, ...] = (
    (0, 330, "Ms. Tova QUILL"),
    (0, 860, "Director of the Grants Section"),
    (0.5, 180, "1."),
    (1, 330, "E-mail: tova.quill@mfa.go.ke"),
    (1, 860, "Tel.: +254 20 331 8888"),
    (2.2, 330, "Mr. Osric BRAM"),
    (2.2, 860, "Senior Prosecutor"),
    (2.7, 180, "2."),
    (3.2, 330, "Tel.: +254 20 331 9999"),
)


def test_numbers_in_the_middle_of_two_rows_count_persons() -> None:
    assert _told(_read(*TWO_ROWS)) == [
        (
            "Tova QUILL",
            "Director of the Grants Section",
            "tova.quill@mfa.go.ke",
            "+254203318888",
        ),
        ("Osric BRAM", "Senior Prosecutor", None, "+254203319999"),
    ]


def test_a_row_that_begins_with_a_label_of_a_telephone_is_nobody() -> None:
    lone = [p for p in TWO_ROWS if p[1] != 180]
    assert [d.name.text for d in _read(*lone)] == ["Tova QUILL", "Osric BRAM"]


def test_a_name_and_post_that_wrap_beside_a_number_in_the_middle_stay_whole() -> None:
    people = _read(
        (0, 330, "Ms. Tova Maria"),
        (0, 860, "Director of the Grants"),
        (1, 330, "QUILL"),
        (1, 860, "Section of the"),
        (1.5, 180, "1"),
        (2, 860, "Treasury"),
        (3, 330, "Tel.: +254 20 331 8888"),
        (4, 330, "Mr. Osric"),
        (4, 860, "Senior Prosecutor"),
        (5, 330, "BRAM"),
        (5, 180, "2"),
        (6, 330, "Tel.: +254 20 331 9999"),
    )
    assert [d.name.text for d in people] == ["Tova Maria QUILL", "Osric BRAM"]
    assert [d.phone.text for d in people if d.phone] == ["+254203318888", "+254203319999"]


def test_the_code_of_a_country_stays_with_its_number() -> None:
    people = _read(
        (0, 180, "Ms. Tova QUILL"),
        (0, 860, "Legal Counsel"),
        (1, 860, "Tel.: +7 38 628 46 77"),
        (2.4, 180, "Mr. Osric BRAM"),
        (2.4, 860, "Adviser on grants"),
        (3.4, 860, "Tel.: +7 38 628 46 78"),
    )
    assert [d.phone.text[:4] for d in people if d.phone] == ["+738", "+738"]


def test_text_below_the_last_row_is_nobody() -> None:
    people = _read(
        (0, 150, "Ms. Tova QUILL"),
        (0, 480, "Head of the Grants Section"),
        (1, 480, "E-mail: tova.quill@mfa.go.ke"),
        (2.4, 150, "Mr. Osric BRAM"),
        (2.4, 480, "Legal Counsel, Budget Unit"),
        (3.4, 480, "E-mail: o.bram@mfa.go.ke"),
        (5, 216, "Rooms and transport"),
        (5, 480, "have been booked by the mission."),
    )
    assert [d.name.text for d in people] == ["Tova QUILL", "Osric BRAM"]


def test_posts_in_a_column_called_one_of_addresses_are_posts() -> None:
    people = _read(
        (0, 150, "Name"),
        (0, 600, "Post"),
        (0, 1100, "E-mail"),
        (1, 150, "Ms. Tova Maria Adelina QUILL"),
        (1, 1100, "Senior Prosecutor"),
        (2, 150, "Mr. Osric Bartholomew BRAM"),
        (2, 1100, "Legal Counsel"),
    )
    assert [d.title.text for d in people if d.title] == ["Senior Prosecutor", "Legal Counsel"]


def test_bands_set_to_the_middle_name_the_office_of_the_rows_below() -> None:
    people = _read(
        (0, 150, "No"),
        (0, 280, "Name"),
        (0, 560, "Post"),
        (0, 1100, "E-mail"),
        (1.3, 472, "Embassy of Kenya in Vienna, Austria"),
        (2.6, 150, "1"),
        (2.6, 280, "Ms. Tova QUILL"),
        (2.6, 560, "Counsellor"),
        (2.6, 1100, "tova.quill@mfa.go.ke"),
        (3.9, 610, "State Treasury"),
        (5.2, 150, "2"),
        (5.2, 280, "Mr. Osric BRAM"),
        (5.2, 560, "Legal Counsel"),
        (5.2, 1100, "o.bram@mfa.go.ke"),
    )
    assert [d.organization.text for d in people if d.organization] == [
        "Embassy of Kenya in Vienna, Austria",
        "State Treasury",
    ]


def test_an_address_of_another_cell_is_none_of_the_post() -> None:
    page = _page(
        (0, 150, "Name"),
        (0, 600, "Post"),
        (0, 1100, "Contact details"),
        (1, 150, "Ms. Tova QUILL"),
        (1, 600, "Senior Adviser, Negotiation of"),
        (1, 1100, "tova.quill@mfa.go.ke"),
        (2, 600, "Grants"),
        (3.5, 150, "Mr. Osric BRAM"),
        (3.5, 600, "Deputy Director, Settlement of"),
        (3.5, 1100, "osric.bram@mfa.go.ke"),
        (4.5, 600, "Claims"),
    )

    def whole(line: Line) -> Line:
        """The second reader saw all cells of a row as one line."""
        text = " ".join(w.text for w in line.words)
        right = max(w.box.right for w in line.words)
        box = replace(line.words[0].box, right=right)
        return replace(line, second=(SecondReading(text, box, 0.97, "other"),))

    people = read_note((replace(page, lines=tuple(map(whole, page.lines))),)).delegates
    assert [d.title.text for d in people if d.title] == [
        "Senior Adviser, Negotiation of Grants",
        "Deputy Director, Settlement of Claims",
    ]


ROWS = (
    ("State Treasury of", "Ms. Tova QUILL", "tova.quill@mfa.go.ke"),
    ("Ruritania", None, None),
    ("Ministry of", "Mr. Osric Vale", "o.bram@mfa.go.ke"),
    ("Works", "Bram", None),
)


def _rests(rows: tuple[tuple[str | None, ...], ...]) -> tuple[Document, Grid]:
    texts = [text for row in rows for text in row if text]
    document = build_document((make_page(texts),))
    places = [(r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    grid = Grid({place: (n,) for n, place in enumerate(places)}, "columns")
    kinds: dict[int, FieldKind] = {0: "organization", 1: "name", 2: "email"}
    return document, with_rests(document, grid, kinds)


def test_a_row_without_what_every_person_has_is_the_rest_of_the_one_above() -> None:
    document, whole = _rests(ROWS)
    assert whole.rows == (0, 2)
    assert [document.lines[n].text for n in whole.cells[2, 1]] == ["Mr. Osric Vale", "Bram"]


def test_words_of_a_sentence_below_the_last_row_are_no_rest_of_a_name() -> None:
    sentence = ("Forms", "of the officials will", None)
    _, whole = _rests((*ROWS, sentence))
    assert whole.rows == (0, 2, 4)


FORM = (
    ("Full name", "Ms. Tova QUILL"),
    ("Position", "Legal Counsel"),
    ("Institution", "State Treasury"),
    ("E-mail", "tova.quill@mfa.go.ke"),
    ("Full name", "Mr. Osric BRAM"),
    ("Position", "Senior Prosecutor"),
    ("Institution", "Ministry of Justice"),
    ("E-mail", "o.bram@mfa.go.ke"),
)


def test_a_ruled_form_with_labels_again_below_holds_another_person() -> None:
    placed = [
        (1.5 * n, left, text)
        for n, row in enumerate(FORM)
        for left, text in zip((180, 620), row, strict=True)
    ]
    page = _page(*placed)
    tops = [round(350 + PITCH * 1.5 * n) - 12 for n in range(len(FORM) + 1)]
    cells = tuple(
        Cell(n, c, Box(left, a, right, b))
        for n, (a, b) in enumerate(pairwise(tops))
        for c, (left, right) in enumerate(((160, 600), (600, 1450)))
    )
    table = Table(Box(160, tops[0], 1450, tops[-1]), cells)
    people = read_note((replace(page, tables=(table,)),)).delegates
    assert _told(people) == [
        ("Tova QUILL", "Legal Counsel", "tova.quill@mfa.go.ke", None),
        ("Osric BRAM", "Senior Prosecutor", "o.bram@mfa.go.ke", None),
    ]


def test_a_row_of_one_cell_below_each_row_of_two_takes_no_rule_from_these() -> None:
    cells = tuple(
        cell
        for n, top in enumerate((100, 300))
        for cell in (
            Cell(2 * n, 0, Box(100, top, 180, top + 200), row_span=2),
            Cell(2 * n, 1, Box(180, top, 600, top + 100)),
            Cell(2 * n, 2, Box(600, top, 1000, top + 100)),
            Cell(2 * n + 1, 1, Box(180, top + 100, 1000, top + 200), column_span=2),
        )
    )
    words = [
        w
        for n, top in enumerate((100, 300))
        for text, left, down in (
            (str(n + 1), 120, 80),
            ("Ms. Quill", 200, 20),
            ("Counsel", 610, 20),
            ("Tel.: 331 8888", 200, 120),
        )
        for w in _words(text, left, top + down)
    ]
    line = Line(tuple(words))
    found, _ = cells_of(Table(Box(100, 100, 1000, 500), cells), [(line, w) for w in words], False)
    texts = {place: " ".join(w.text for _, w in held) for place, held in found.items()}
    assert (texts[0, 1], texts[0, 2]) == ("Ms. Quill", "Counsel")
    assert (texts[2, 1], texts[2, 2]) == ("Ms. Quill", "Counsel")


def test_offices_counted_once_head_persons_counted_twice() -> None:
    people = _read(
        (0, 150, "1. State Treasury"),
        (1, 150, "1.1. Ms. Tova QUILL, Legal Counsel"),
        (2, 200, "Tel.: +254 20 331 8888"),
        (3, 150, "2. Ministry of Justice"),
        (4, 150, "2.1. Mr. Osric BRAM, Senior Prosecutor"),
        (5, 200, "E-mail: o.bram@mfa.go.ke"),
        (6, 150, "2.2. Ms. Ilse MARN, Registrar"),
        (7, 200, "E-mail: i.marn@mfa.go.ke"),
    )
    assert [d.organization.text if d.organization else None for d in people] == [
        "State Treasury",
        "Ministry of Justice",
        "Ministry of Justice",
    ]
    assert people[0].phone is not None
