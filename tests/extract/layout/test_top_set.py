"""Rows that follow each other exactly as closely as the lines of their cells."""

from __future__ import annotations

import pytest

from extract.layout.unruled import find_unruled
from extract.layout.unruled_grid import UnruledGrid
from tests.extract.layout.test_records import row, texts

STEP = 46


def table(*lines: str, at: tuple[int, ...]) -> UnruledGrid:
    """One grid of printed lines, cells parted by ``|``, columns beginning at ``at``."""
    rows = []
    for number, line in enumerate(lines):
        cells = [(x, text.strip()) for x, text in zip(at, line.split("|"), strict=True)]
        rows.append(row(100 + STEP * number, *((x, text) for x, text in cells if text)))
    (grid,) = find_unruled(rows)
    return grid


def test_a_column_that_goes_on_begins_a_row_without_header_or_form_of_address() -> None:
    grid = table(
        "Head of | Kofi Tamale    | Counsellor, Legal |",
        "the team |               | Department        |",
        "Member  | Esi Bonsu      | Senior            |",
        "        |                | Prosecutor        |",
        "Member  | Yaw Adjei      | Director of the   |",
        "        | Mensah         | Treaty Division   |",
        "Member  | Abena Owusu    | Attaché           |",
        at=(100, 350, 700, 1100),
    )
    cells = texts(grid)
    assert [cells[n, 1] for n in range(4)] == [
        "Kofi Tamale",
        "Esi Bonsu",
        "Yaw Adjei Mensah",
        "Abena Owusu",
    ]
    assert cells[0, 0] == "Head of the team"
    assert cells[1, 2] == "Senior Prosecutor"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_order_of_columns_does_not_matter(order: tuple[int, ...]) -> None:
    lines = [
        ("Name", "Post", "E-mail"),
        ("Ms. Adwoa da", "Chief Legal Officer,", "adwoa_dacosta@cour"),
        ("Costa Bonsu", "Central Authority", "ts.gov.gh"),
        ("", "for Requests", ""),
        ("Mr. Yaw", "Deputy Chief", "y.tamale@energy.go"),
        ("Tamale", "", "v.gh"),
        ("Ms. Esi Owusu", "Counsel", "esi@courts.gov.gh"),
    ]
    shuffled = [" | ".join(line[n] for n in order) for line in lines]
    cells = texts(table(*shuffled, at=(100, 500, 900)))
    name, post, mail = (order.index(n) for n in range(3))
    assert [cells[n, name] for n in range(1, 4)] == [
        "Ms. Adwoa da Costa Bonsu",
        "Mr. Yaw Tamale",
        "Ms. Esi Owusu",
    ]
    assert cells[1, post] == "Chief Legal Officer, Central Authority for Requests"
    assert cells[1, mail] == "adwoa_dacosta@cour ts.gov.gh"


def test_a_title_above_mr_begins_one_row() -> None:
    grid = table(
        "No. | Name           | Post              | E-mail",
        "1.  | His Excellency | Minister          | kofi@energy.gov.gh",
        "    | Mr. Kofi       | of Energy         |",
        "    | Tamale         |                   |",
        "2.  | Ms. Esi Bonsu  | Senior Analyst of | esi@co.gov.gh",
        "    |                | the Cabinet       |",
        at=(100, 200, 550, 900),
    )
    cells = texts(grid)
    assert cells[1, 1] == "His Excellency Mr. Kofi Tamale"
    assert cells[2, 1] == "Ms. Esi Bonsu"


def test_a_name_over_its_post_and_office_begins_the_row() -> None:
    grid = table(
        "Counsellor             | Ministry of Energy    | kofi@energy.gov.gh",
        "#2 Ms. Esi Bonsu       |                       |",
        "Senior Analyst,        | Cabinet Office        | esi@co.gov.gh",
        "Treaty Division        |                       |",
        "#3 Mr. Yaw Adjei       |                       |",
        "Judge                  | Court of Appeal and   | yaw@courts.gov.gh",
        "                       | its Registry          |",
        at=(100, 500, 900),
    )
    cells = texts(grid)
    assert "Senior Analyst, Treaty Division" in cells.values()
    assert "Court of Appeal and its Registry" in cells.values()
    assert not any("Counsellor" in text and "Bonsu" in text for text in cells.values())
