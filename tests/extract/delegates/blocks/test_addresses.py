"""Which address belongs to whom: by place, by the name it spells, or to all."""

from __future__ import annotations

from tests.extract.delegates.test_printed_entries import people


def emails(*lines: str) -> list[tuple[str, str | None]]:
    return [(p.name.text, p.email.text if p.email else None) for p in people(*lines)]


def test_an_address_in_a_list_of_its_own_goes_to_whom_it_spells() -> None:
    found = emails(
        "1. Mr. Tobin WEXLER, Judge, a.bright@example.org",
        "2. Ms. Aleen BRIGHT, Counsellor",
    )
    assert found == [("Tobin WEXLER", None), ("Aleen BRIGHT", "a.bright@example.org")]


def test_an_address_with_a_whole_name_of_its_person_is_not_handed_to_another() -> None:
    found = emails(
        "1. Ms. Begonia FERNANDEZ-TRUSILLO OKANIA, Judge, begonia.fernandeztrusi@example.org",
        "2. Mr. Fernando ROSAS Y SANZ, Counsellor",
    )
    assert [mail for _, mail in found] == ["begonia.fernandeztrusi@example.org", None]
