"""Two printed lines that a word between them joined into one."""

from __future__ import annotations

from extract.layout.stacked import unstacked
from extract.note import read_note
from ocr.types import Box, Line, Page, Word
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL


def _word(text: str, left: int, top: int) -> Word:
    return Word(text, Box(left, top, left + 15 * len(text), top + 30), 0.9)


def _lines(*words: Word) -> list[str]:
    return [" ".join(w.text for w in line) for line in unstacked(words)]


def test_words_above_each_other_are_of_two_lines() -> None:
    value = (_word("Permanent", 400, 100), _word("Vienna", 400, 134), _word("Mission", 560, 100))
    assert _lines(_word("Agency", 100, 117), *value) == ["Agency Permanent Mission", "Vienna"]


def test_a_slanted_line_and_a_raised_sign_are_one_line() -> None:
    slanted = (_word("Permanent", 100, 100), _word("Mission", 300, 112), _word("Vienna", 500, 124))
    assert _lines(*slanted) == ["Permanent Mission Vienna"]
    assert _lines(_word("Judge", 100, 120), _word("1", 160, 96)) == ["Judge 1"]


def test_a_form_whose_value_has_two_lines_beside_its_label_is_read_to_its_end() -> None:
    """The step from row to row is wider than that inside the value, and parts nobody."""
    page = make_page([*HEAD, "row", "row", "row", "row", *TAIL])
    y = next(x.box.top for x in page.lines if x.text == "row")
    form = (
        (_word("Name", 100, y), _word("Ilda", 500, y), _word("VARGO", 580, y)),
        (_word("Position", 100, y + 52), _word("Judge", 500, y + 52)),
        (
            _word("Agency", 100, y + 121),
            _word("Supreme", 500, y + 104),
            _word("Wenda", 500, y + 138),
            _word("Court", 640, y + 104),
            _word("of", 730, y + 104),
        ),
        (_word("E-mail", 100, y + 190), _word("i.vargo@court.example", 500, y + 190)),
    )
    below = [x for x in page.lines if x.box.top > y and x.text != "row"]
    moved = [
        Line(tuple(_word(w.text, w.box.left, w.box.top + 200) for w in x.words)) for x in below
    ]
    above = [x for x in page.lines if x.box.top < y]
    lines = (*above, *map(Line, form), *moved)
    (person,) = read_note((Page(1, 2500, 3500, 200, "read", lines, language="en"),)).delegates
    values = (person.name, person.title, person.organization, person.email)
    told = [v.text if v else None for v in values]
    assert told == ["Ilda VARGO", "Judge", "Supreme Court of Wenda", "i.vargo@court.example"]
