"""What the entries of one list have in common, and what a single one can not tell."""

from __future__ import annotations

from extract.delegates.blocks.entries import read_entry
from extract.delegates.blocks.pattern import ALONE, Pattern, learn
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from tests.extract.conftest import make_page


def pattern(*entries: str) -> Pattern:
    document = build_document((make_page(entries),))
    runs = [TextRun(document, (n,)) for n in range(len(document.lines))]
    return learn(read_entry(run, 0, len(run.text), "item") for run in runs)


def test_one_entry_tells_nothing() -> None:
    assert pattern("Mr. Tobin WEXLER, Judge, Supreme Court") == ALONE


def test_names_come_first_and_an_organization_ends_what_is_said() -> None:
    found = pattern("Mr. Tobin WEXLER, Judge, Zarb Court", "Ms. Aleen BRIGHT, Plurr, Zarb Court")
    assert found == Pattern(2, "first", ",")


def test_names_come_last() -> None:
    found = pattern("Quorler, Plurr Agency: Mr. Tobin WEXLER", "Zarb Plimmer: Ms. Aleen BRIGHT")
    assert found.name == "last"


def test_departments_at_the_end_are_no_organization() -> None:
    found = pattern("Mr. Tobin WEXLER, Judge, Law Section", "Ms. Aleen BRIGHT, Judge, Law Unit")
    assert found.organization is None


def test_persons_by_an_address_that_spells_them_count() -> None:
    found = pattern("Tobin Wexler, Quorl, wexler@moj.org", "Aleen Bright, Plurr, bright@moj.org")
    assert found.entries == 2
