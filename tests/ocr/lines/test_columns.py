"""Where on a page print stands in columns."""

from __future__ import annotations

from ocr.lines import columns
from ocr.types import Box, Cell, Line, Table, Word

HIGH = 20


def line(top: int, *runs: tuple[int, str]) -> Line:
    """Runs of words, each from the left edge that is given."""
    words = []
    for left, text in runs:
        for part in text.split():
            words.append(Word(part, Box(left, top, left + 11 * len(part), top + HIGH), 0.95))
            left += 11 * len(part) + 7
    return Line(tuple(words))


PROSE = [line(y, (100, "The Mission has the honour to inform of its delegation")) for y in (20, 50)]
ROWS = [
    line(100, (100, "Ana Bright"), (300, "Legal Adviser"), (560, "ana@justice.example")),
    line(140, (100, "John Doe"), (300, "Judge"), (560, "doe@court.exam")),
    line(170, (560, "ple")),
    line(210, (100, "Mary Poe"), (300, "Head of the Unit"), (560, "poe@unit.example")),
    line(240, (300, "of Inspection")),
]


def test_rows_with_white_in_the_same_places_are_columns_with_what_goes_on_below() -> None:
    after = line(320, (100, "The Mission avails itself of this opportunity to renew"))
    (place,) = columns.places((*PROSE, *ROWS, after), ())
    assert place.lefts == (300, 560)
    assert 50 < place.box.top < 100
    assert 260 <= place.box.bottom < 320
    assert not place.ruled


def test_sentences_and_numbered_items_are_no_columns() -> None:
    items = tuple(
        line(y, (100, f"{n}."), (160, "Ms. Ana Bright, Legal Adviser"))
        for n, y in enumerate((100, 130, 160, 190), 1)
    )
    assert columns.places((*PROSE, *items), ()) == ()


def test_one_line_with_a_date_at_its_end_is_no_column() -> None:
    head = line(100, (100, "No. 12/2019"), (600, "Vienna, 4 May 2019"))
    assert columns.places((head, *PROSE), ()) == ()


def test_a_ruled_grid_is_a_place_of_columns_a_frame_is_none() -> None:
    box = Box(90, 90, 800, 270)
    cells = (Cell(0, 0, Box(90, 90, 280, 270)), Cell(0, 1, Box(280, 90, 800, 270)))
    ruled = columns.places(tuple(ROWS), (Table(box, cells),))
    assert ruled == (columns.Columns(box, (280,), ruled=True),)
    frame = Table(Box(0, 0, 900, 60), (Cell(0, 0, Box(0, 0, 900, 60)),))
    assert columns.places(tuple(PROSE), (frame,)) == ()


def test_a_page_without_words_has_no_columns() -> None:
    assert columns.places((), ()) == ()


def test_a_place_begins_above_the_first_row_that_was_read_whole() -> None:
    """Of a first row the page reader has seen one name only."""
    first = line(70, (300, "Adviser"))
    (place,) = columns.places((*PROSE[:1], first, *ROWS), ())
    assert 40 < place.box.top < 70
