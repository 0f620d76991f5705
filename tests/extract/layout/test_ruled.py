"""Ruled tables: which are some, and which word stands in which cell."""

from __future__ import annotations

from dataclasses import replace

from extract.layout.ruled import cells_of, table_of, tables_of
from ocr.types import Box, Cell, Line, Page, Table, Word

WIDTH, HEIGHT = 300, 60


def _table(rows: int, columns: int) -> Table:
    cells = tuple(
        Cell(r, c, Box(c * WIDTH, r * HEIGHT, (c + 1) * WIDTH, (r + 1) * HEIGHT))
        for r in range(rows)
        for c in range(columns)
    )
    return Table(Box(0, 0, columns * WIDTH, rows * HEIGHT), cells)


def _word(text: str, left: int, top: int) -> Word:
    return Word(text, Box(left, top, left + 12 * len(text), top + 24), 0.9)


def _page(tables: tuple[Table, ...], *lines: tuple[Word, ...]) -> Page:
    read = tuple(Line(words) for words in lines)
    return Page(1, 1200, 1200, 200, "read", read, language="en", tables=tables)


NAME, POST = _word("Amina", 20, 80), _word("Judge", 320, 80)
HEAD = (_word("Name", 20, 20), _word("Post", 320, 20))


def test_a_word_stands_in_the_cell_that_holds_it() -> None:
    table = _table(2, 2)
    members = [(Line((w,)), w) for w in (*HEAD, NAME, POST)]
    found, _ = cells_of(table, members, rtl=False)
    assert {place: [w.text for _, w in items] for place, items in found.items()} == {
        (0, 0): ["Name"],
        (0, 1): ["Post"],
        (1, 0): ["Amina"],
        (1, 1): ["Judge"],
    }


def test_columns_count_from_the_right_where_it_is_read_from_there() -> None:
    found, _ = cells_of(_table(2, 2), [(Line((NAME,)), NAME), (Line((POST,)), POST)], rtl=True)
    assert {place: items[0][1].text for place, items in found.items()} == {
        (1, 1): "Amina",
        (1, 0): "Judge",
    }


def test_a_frame_around_a_text_is_no_table() -> None:
    assert tables_of(_page((_table(1, 1),), (NAME,))) == ()
    assert tables_of(_page((_table(1, 3),), (NAME,))) == ()
    assert len(tables_of(_page((_table(2, 2),), (NAME,)))) == 1


def test_rules_of_a_stamp_across_two_sentences_are_no_table() -> None:
    def sentence(top: int) -> tuple[Word, ...]:
        text = "has the honour to inform the Office that Kenya will attend"
        found, left = [], 400
        for word in text.split():
            found.append(_word(word, left, top))
            left += 12 * len(word) + 10
        return tuple(found)

    assert tables_of(_page((_table(2, 2),), sentence(20), sentence(80))) == ()


def test_a_word_outside_stands_in_no_table() -> None:
    tables = (_table(2, 2),)
    assert table_of(NAME, tables) == 0
    assert table_of(_word("below", 20, 600), tables) is None


def test_a_table_that_lost_the_rule_between_two_columns_is_left_to_white_space() -> None:
    named = (_word("Name", 20, 20), _word("Position", 160, 20))
    assert tables_of(_page((_table(2, 2),), named, (NAME, POST))) == ()
    assert len(tables_of(_page((_table(2, 2),), HEAD, (NAME, POST)))) == 1


def test_names_of_arabic_columns_are_read_from_the_right() -> None:
    named = (
        _word("الإلكتروني", 10, 20),
        _word("البريد", 136, 20),
        _word("المؤسسة", 230, 20),
    )
    assert tables_of(_page((_table(2, 2),), named, (NAME, POST))) == ()


def test_a_header_is_told_from_the_record_in_the_same_row() -> None:
    table = Table(
        Box(0, 0, 2 * WIDTH, 180),
        tuple(
            Cell(r, c, Box(c * WIDTH, r * 120, (c + 1) * WIDTH, (r + 1) * 120 - 60 * r))
            for r in range(2)
            for c in range(2)
        ),
    )
    words = (*HEAD, NAME, POST, _word("Ruth", 20, 140), _word("Clerk", 320, 140))
    found, _ = cells_of(table, [(Line((w,)), w) for w in words], rtl=False)
    assert {place: [w.text for _, w in items] for place, items in found.items()} == {
        (0, 0): ["Name"],
        (0, 1): ["Post"],
        (1, 0): ["Amina"],
        (1, 1): ["Judge"],
        (2, 0): ["Ruth"],
        (2, 1): ["Clerk"],
    }


def _merged() -> Table:
    """Two rows of two columns; the rule between the cells of the second was not seen."""
    cells = [cell for cell in _table(2, 2).cells if cell.row == 0]
    below = Cell(1, 0, Box(0, HEIGHT, 2 * WIDTH, 2 * HEIGHT), column_span=2)
    return Table(Box(0, 0, 2 * WIDTH, 2 * HEIGHT), (*cells, below))


def _texts(table: Table, words: tuple[Word, ...]) -> dict[tuple[int, int], list[str]]:
    found, _ = cells_of(table, [(Line((w,)), w) for w in words], rtl=False)
    return {place: [w.text for _, w in items] for place, items in found.items()}


def test_a_cell_is_cut_where_a_lost_rule_left_white_space() -> None:
    found = _texts(_merged(), (*HEAD, NAME, POST))
    assert (found[1, 0], found[1, 1]) == (["Amina"], ["Judge"])


def test_a_text_that_runs_through_a_merged_cell_is_not_cut() -> None:
    text = (_word("Ministry", 200, 80), _word("of", 306, 80), _word("Justice", 342, 80))
    assert _texts(_merged(), (*HEAD, *text))[1, 0] == ["Ministry", "of", "Justice"]


def test_a_sign_on_the_place_of_a_rule_is_the_rule() -> None:
    rule = Word("“", Box(WIDTH - 8, 75, WIDTH + 8, 110), 0.4)
    found = _texts(_merged(), (*HEAD, NAME, rule, POST))
    assert (found[1, 0], found[1, 1]) == (["Amina"], ["Judge"])


def test_a_rule_that_sticks_to_a_word_parts_the_cells_all_the_same() -> None:
    stuck = Word(POST.text, Box(WIDTH - 20, POST.box.top, POST.box.right, POST.box.bottom), 0.9)
    found = _texts(_merged(), (*HEAD, NAME, stuck))
    assert (found[1, 0], found[1, 1]) == (["Amina"], ["Judge"])


def test_a_border_that_is_none_parts_no_lost_rule() -> None:
    """A stroke beside the table gave its last column a border: a cell spans three of them."""
    (first, second) = (c for c in _table(2, 2).cells if c.row == 0)
    below = Cell(1, 0, Box(0, HEIGHT, 2 * WIDTH, 2 * HEIGHT), column_span=3)
    cells = (first, replace(second, column_span=2), below)
    found = _texts(Table(Box(0, 0, 2 * WIDTH, 2 * HEIGHT), cells), (*HEAD, NAME, POST))
    assert (found[1, 0], found[1, 1]) == (["Amina"], ["Judge"])


def test_an_address_behind_the_place_of_a_lost_rule_is_in_the_next_cell() -> None:
    office = _word("Ministry of Labour", WIDTH - 222, 80)
    mail = _word("a@b.example", WIDTH + 6, 80)
    found = _texts(_merged(), (*HEAD, office, mail))
    assert (found[1, 0], found[1, 1]) == ([office.text], [mail.text])


def test_a_false_border_in_one_row_does_not_keep_a_lost_rule() -> None:
    whole = [c for c in _table(4, 2).cells if c.row < 3 and (c.row, c.column) != (2, 1)]
    sliver = Box(WIDTH, 2 * HEIGHT, WIDTH + 9, 3 * HEIGHT)
    rest = Box(WIDTH + 9, 2 * HEIGHT, 2 * WIDTH, 3 * HEIGHT)
    merged = Cell(3, 0, Box(0, 3 * HEIGHT, 2 * WIDTH, 4 * HEIGHT), column_span=3)
    cells = (*whole, Cell(2, 1, sliver), Cell(2, 2, rest), merged)
    name, post = _word("Amina", 20, 3 * HEIGHT + 20), _word("Judge", 320, 3 * HEIGHT + 20)
    found = _texts(Table(Box(0, 0, 2 * WIDTH, 4 * HEIGHT), cells), (*HEAD, name, post))
    assert (found[3, 0], found[3, 1]) == (["Amina"], ["Judge"])


def test_two_forms_of_address_apart_in_the_first_row_show_that_a_rule_was_lost() -> None:
    table = _table(2, 2)
    label = _word("Name", 20, 20)
    led = (_word("Ms.", 320, 20), _word("Vargo", 362, 20), _word("Mr.", 470, 20))
    row = (label, *led, _word("Brandl", 512, 20))
    assert tables_of(_page((table,), row, (POST,))) == ()
    assert tables_of(_page((table,), row[:3], (POST,))) == (table,)


def test_cells_that_hold_a_person_each_are_no_fields() -> None:
    """``Titulaires | Suppléant``, and under each a card of three lines."""
    cells = tuple(
        Cell(row, column, Box(column * 600, top, column * 600 + 600, bottom))
        for row, (top, bottom) in enumerate(((0, 60), (60, 260)))
        for column in range(2)
    )
    table = Table(Box(0, 0, 1200, 260), cells)
    head = (_word("Titulaires", 20, 20), _word("Alternate", 620, 20))
    cards = [
        (_word(left, 20, top), _word(right, 620, top))
        for top, left, right in (
            (80, "Amina", "Boris"),
            (120, "Judge", "Prosecutor"),
            (160, "a.k@court.xx", "b.l@court.xx"),
        )
    ]
    assert tables_of(_page((table,), head, *cards)) == ()
    assert tables_of(_page((table,), head, *cards[:2])) == (table,)
