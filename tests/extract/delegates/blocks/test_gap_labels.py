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


BARE = """
Nominee Mr. Tobin WEXLER
Function Legal Adviser
Affiliation Ministry of Vents

Nominee Ms. Aleen BRIGHT
Function First Secretary
Affiliation Agency for Plurr
"""


def test_labels_before_single_spaces_are_told_by_their_repetition() -> None:
    assert [row[:4] for row in _rows(HEAD + BARE)] == [
        ("Mr.", "Tobin WEXLER", "Legal Adviser", "Ministry of Vents"),
        ("Ms.", "Aleen BRIGHT", "First Secretary", "Agency for Plurr"),
    ]


def test_a_gap_behind_some_labels_changes_nothing() -> None:
    torn = BARE.replace("Affiliation Ministry", "Affiliation   Ministry")
    torn = torn.replace("Nominee Mr. ", "Nominee   Mr. ")
    assert [row[1:4] for row in _rows(HEAD + torn)] == [
        ("Tobin WEXLER", "Legal Adviser", "Ministry of Vents"),
        ("Aleen BRIGHT", "First Secretary", "Agency for Plurr"),
    ]


def test_words_with_which_values_begin_are_no_labels() -> None:
    alike = """
Mr. Tobin WEXLER
First Secretary (Legal)
Ministry of Vents

Mr. Aleen BRIGHT
First Secretary (Trade)
Ministry of Plurr
"""
    assert [row[1:4] for row in _rows(HEAD + alike)] == [
        ("Tobin WEXLER", "First Secretary (Legal)", "Ministry of Vents"),
        ("Aleen BRIGHT", "First Secretary (Trade)", "Ministry of Plurr"),
    ]


def test_the_first_word_of_a_label_with_a_colon_is_no_label() -> None:
    signed = BARE.replace("Function ", "Post held: ").replace(
        "Affiliation ", "Ministry concerned: "
    )
    assert [row[2] for row in _rows(HEAD + signed)] == ["Legal Adviser", "First Secretary"]


def test_a_role_alone_above_the_label_of_a_name_heads_a_form_with_no_white_between() -> None:
    roles = iter(("Head of Delegation", "Alternate", "Member"))
    blocks = FORM.strip().split("\n\n")
    rows = _rows(HEAD + "\n" + "\n".join(f"{next(roles)}\n{block}" for block in blocks) + "\n")
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("Tobin WEXLER", "Chief Quorler", "head"),
        ("Aleen BRIGHT", "Second Plurrer", "alternate"),
        ("Oswin PATEL", "Legal Adviser", "member"),
    ]


LISTING = """
Full name   Tobin WEXLER
Zarb, plimmer   Chief Quorler
House, vent   Bureau of Audit and
Recovery of Assets
E-mail   t.wexler@example.org

Full name   Aleen BRIGHT
Zarb, plimmer   Legal Adviser
House, vent   Bureau of Audit and
Recovery of Assets
E-mail   a.bright@example.org

Full name   Oswin PATEL
Zarb, plimmer   Second Plurrer
House, vent Ministry of Vents
E-mail   o.patel@example.org
"""


def test_what_stands_in_each_block_is_a_label_although_it_has_a_comma() -> None:
    assert [row[1:4] for row in _rows(HEAD + LISTING)] == [
        ("Tobin WEXLER", "Chief Quorler", "Bureau of Audit and Recovery of Assets"),
        ("Aleen BRIGHT", "Legal Adviser", "Bureau of Audit and Recovery of Assets"),
        ("Oswin PATEL", "Second Plurrer", "Ministry of Vents"),
    ]


def test_a_person_and_a_post_before_a_gap_are_no_label() -> None:
    rows = _rows(
        HEAD
        + """
Ms. Aleen BRIGHT, Judge   Court of Vents
E-mail   a.bright@example.org
Telephone   +43 1 234567
"""
    )
    assert [row[1:3] for row in rows] == [("Aleen BRIGHT", "Judge")]
