"""Labels without a colon: what forms print before a gap, in words nobody listed."""

from __future__ import annotations

from tests.extract.delegates.test_delegates import HEAD, _rows

FORM = """
Full name   Tobin WEXLER
Zarb held   Chief Quorler
House of origin Board of Zarbs
E-mail   t.wexler@example.org

Full name   Aleen BRIGHT
Zarb held   Second Plurrer
House of origin Agency for Plurr
E-mail   a.bright@example.org

Full name   Oswin PATEL
Zarb held   Legal Adviser
House of origin Ministry of Vents
E-mail   o.patel@example.org
"""


def test_a_form_has_labels_before_gaps_and_where_they_are_long_before_nothing() -> None:
    assert [row[1:5] for row in _rows(HEAD + FORM)] == [
        ("Tobin WEXLER", "Chief Quorler", "Board of Zarbs", "t.wexler@example.org"),
        ("Aleen BRIGHT", "Second Plurrer", "Agency for Plurr", "a.bright@example.org"),
        ("Oswin PATEL", "Legal Adviser", "Ministry of Vents", "o.patel@example.org"),
    ]


def test_a_form_of_one_person_is_told_by_its_label_for_names() -> None:
    one = FORM.split("\n\n", maxsplit=1)[0].replace("House of origin Board of Zarbs\n", "")
    assert [row[1:3] for row in _rows(HEAD + one)] == [("Tobin WEXLER", "Chief Quorler")]


def test_a_list_in_two_columns_is_no_form() -> None:
    rows = _rows(
        HEAD
        + """
Mr. Tobin WEXLER   Judge
Ms. Aleen BRIGHT   Judge
"""
    )
    assert [row[1:3] for row in rows] == [("Tobin WEXLER", "Judge"), ("Aleen BRIGHT", "Judge")]


def test_lines_below_a_name_may_have_labels_of_their_own() -> None:
    rows = _rows(
        HEAD
        + """
Mr. Tobin WEXLER
Zarb held: Legal Adviser
Ministry of Vents
Mail: t.wexler@example.org

Ms. Aleen BRIGHT
Zarb held: First Secretary
Ministry of Plurr
Mail: a.bright@example.org
"""
    )
    assert [row[1:5] for row in rows] == [
        ("Tobin WEXLER", "Legal Adviser", "Ministry of Vents", "t.wexler@example.org"),
        ("Aleen BRIGHT", "First Secretary", "Ministry of Plurr", "a.bright@example.org"),
    ]
