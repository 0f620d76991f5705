"""Labels in one column, values in another, and what stands between the persons."""

from __future__ import annotations

from extract.layout.label_columns import beside
from tests.extract.layout.test_close_columns import row

STEP = 50
LABELS = ("Names:", "Designation:", "Agency:")


def _texts(values: list[tuple[float, str]], first: int = 0) -> list[str]:
    """Each line of a form whose labels stand at 0, 1 and 2 steps, values where they are said to."""
    left = [row(400 + STEP * n, (100, label)) for n, label in enumerate(LABELS)]
    right = [row(400 + round(STEP * at), (500, text)) for at, text in values]
    return [" ".join(w.text for w in line) for line in beside([left, right])][first:]


def test_a_line_that_counts_persons_is_no_value_of_the_label_a_row_below_it() -> None:
    assert _texts([(-1, "Delegate 2"), (0, "Ms. Aleen BRIGHT"), (1, "Judge"), (2, "Court")]) == [
        "Delegate 2",
        "Names: Ms. Aleen BRIGHT",
        "Designation: Judge",
        "Agency: Court",
    ]


def test_a_value_set_to_the_middle_of_its_label_keeps_its_first_line() -> None:
    values = [(-0.3, "Ms. Aleen"), (0.3, "BRIGHT"), (1, "Judge"), (2, "Court")]
    assert _texts(values)[0] == "Names: Ms. Aleen"
