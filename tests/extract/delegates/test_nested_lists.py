"""Lists in lists: offices above their people, what is said of one further in, footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.note import read_note
from extract.types import Delegate
from ocr.types import Box, Line, Page, Word
from tests.extract.conftest import make_page

OPENING = (
    "The Embassy of Kenya presents its compliments to the Secretariat and has the honour to inform",
    "that the delegation will be composed as follows:",
    "",
)
CLOSING = (
    "",
    "The Embassy avails itself of this opportunity to renew the assurances of its highest",
    "consideration.",
)
INDENT = 60  # pixels further in


def _page(*lines: str, below: tuple[str, ...] = ()) -> Page:
    page = make_page((*OPENING, *(x.strip() for x in lines), *CLOSING, *below))
    inner = {x.strip() for x in lines if x.startswith(" ")}
    moved = (_moved(x) if " ".join(w.text for w in x.words) in inner else x for x in page.lines)
    return replace(page, lines=tuple(moved))


def _moved(line: Line) -> Line:
    boxes = (
        replace(w.box, left=w.box.left + INDENT, right=w.box.right + INDENT) for w in line.words
    )
    return replace(
        line, words=tuple(replace(w, box=b) for w, b in zip(line.words, boxes, strict=True))
    )


def _rows(page: Page) -> list[tuple[str | None, ...]]:
    return [_row(d) for d in read_note((page,)).delegates]


def _row(delegate: Delegate) -> tuple[str | None, ...]:
    values = (delegate.name, delegate.title, delegate.organization, delegate.email)
    return tuple(v.text if v else None for v in values)


ROWS = [
    ("Zuri MOKAYA", "Director", "Ministry of Justice", "z.mokaya@moj.xx"),
    ("Baraka OTUKE", "Lecturer", "Harbour Bank", "b.otuke@hb.xx"),
]


@pytest.mark.parametrize("mark", ["–", "◦", "o"])
@pytest.mark.parametrize("led", [True, False])
def test_marks_further_in_than_a_persons_are_of_what_is_said_of_them(mark: str, led: bool) -> None:
    lines: list[str] = []
    for form, (name, title, office, address) in zip(("Ms. ", "Mr. "), ROWS, strict=True):
        said = (f"  {mark} {x}" for x in (title, office, address))
        lines += [f"• {form if led else ''}{name}", *said]
    assert _rows(_page(*lines)) == ROWS


def test_offices_head_what_stands_below_them_whatever_words_they_have() -> None:
    told = [(name, title, office, None) for name, title, office, _ in ROWS]
    inner = [f"Ms. {name}, {title}" for name, title, _, _ in ROWS]
    offices = [office for _, _, office, _ in ROWS]
    marked = (f"• {offices[0]}", f"  – {inner[0]}", f"• {offices[1]}", f"  – {inner[1]}")
    assert _rows(_page(*marked)) == told
    plain = (f"From the {offices[0]}", inner[0], "", f"From the {offices[1]}", inner[1])
    assert _rows(_page(*plain)) == told


def _said(rows: Sequence[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """Rows with post and office in one: what parts two unknown words is not asked here."""
    return [(r[0], ", ".join(filter(None, r[1:3])), r[3]) for r in rows]


@pytest.mark.parametrize("signs", [("¹", "²"), ("*", "**"), (" (1)", " (2)")])
def test_a_footnote_is_said_of_the_person_who_calls_for_it(signs: tuple[str, str]) -> None:
    called = [f"Ms. {row[0]}{sign}" for row, sign in zip(ROWS, signs, strict=True)]
    notes = [
        f"{s.strip()} {', '.join(map(str, row[1:]))}" for s, row in zip(signs, ROWS, strict=True)
    ]
    assert _said(_rows(_page(*called, "", *notes))) == _said(ROWS)
    assert _said(_rows(_page(*called, below=("", *notes)))) == _said(ROWS)


def test_a_small_raised_sign_belongs_to_the_line_it_stands_in() -> None:
    page = _page("Ms. Zuri MOKAYA", below=("", "¹ Director, Ministry of Justice"))
    at = next(n for n, x in enumerate(page.lines) if x.words[-1].text == "MOKAYA")
    box = page.lines[at].words[-1].box
    sign = Word("¹", Box(box.right + 1, box.top - 4, box.right + 9, box.top + 14), 0.9)
    lines = (*page.lines[:at], Line((sign,)), *page.lines[at:])
    assert _rows(replace(page, lines=lines)) == [(*ROWS[0][:3], None)]


def test_what_leads_to_the_driver_is_no_office_of_the_delegate() -> None:
    entry = "Ms. Zuri MOKAYA, Director, Ministry of Justice (z.mokaya@moj.xx)"
    assert _rows(_page(entry, "She will be driven by Mr. Odd LOMU, who waits outside.")) == ROWS[:1]


def test_a_semicolon_in_brackets_ends_no_sentence() -> None:
    said = (
        "It will send Ms. Zuri MOKAYA (Director, Ministry of Justice; z.mokaya@moj.xx)",
        "and Mr. Baraka OTUKE (Lecturer, Harbour Bank; b.otuke@hb.xx) to the meeting.",
    )
    assert [row[3] for row in _rows(_page(*said))] == [row[3] for row in ROWS]


def test_a_person_with_a_colon_heads_what_is_said_of_that_person_and_no_list() -> None:
    lines = ("Ms. Zuri MOKAYA (Head of Delegation):", "Director, Ministry of Justice", ROWS[0][3])
    assert _rows(_page(*map(str, lines))) == ROWS[:1]


def test_whom_a_letter_is_addressed_to_is_nobody_in_its_list() -> None:
    opening = ("Excelentísimo señor:", "Tengo el honor de comunicarle que asistirán:", "")
    page = make_page((*opening, *(f"1. Sra. {ROWS[0][0]}, Jueza",), *CLOSING), "es")
    assert [row[0] for row in _rows(page)] == [ROWS[0][0]]


@pytest.mark.parametrize("marks", ["a) b) c)", "a. b. c.", "1.1 1.2 1.3", "(i) (ii) (iii)"])
def test_marks_that_count_the_fields_of_an_entry_are_no_part_of_them(marks: str) -> None:
    first, second, third = marks.split()
    page = _page(
        "Mr. Otieno WAFULA",
        f"  {first} Judge of Appeal",
        f"  {second} Ministry of Lands",
        f"  {third} o.wafula@lands.example",
    )
    assert _rows(page) == [
        ("Otieno WAFULA", "Judge of Appeal", "Ministry of Lands", "o.wafula@lands.example")
    ]


def test_entries_that_go_on_further_in_are_told_apart_though_a_name_is_misread() -> None:
    page = _page(
        "ROMVAR, Ilda, Judge, Court of Audit",
        "BRANDL, Oto, Deputy Director, Department of Notaries, Ministry of",
        "  Trade",
        "LISTEK, Un4, Deputy Director, Department of Land and Water, Land",
        "  Office",
        "ROMVAR, Oto, Registrar, Ministry of Trade",
    )
    note = read_note((page,))
    assert [d.name.text for d in note.delegates] == ["ROMVAR, Ilda", "BRANDL, Oto", "ROMVAR, Oto"]
    assert note.doubts
