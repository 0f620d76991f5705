"""Lists in words no lexicon has: the entries together say where the name and the post stand."""

from __future__ import annotations

import pytest

from tests.extract.delegates.test_printed_entries import facts, people

PERSONS = ("Mr. Tobin WEXLER", "Ms. Aleen BRIGHT", "Mr. Oswin PATEL")
POSTS = ("Quorler", "Zarb of Plimmer Vents", "Second Plurr")


@pytest.mark.parametrize("mark", ["•", "m", "+", "✓", "¢", ""])
@pytest.mark.parametrize("sign", [", ", " – ", " / ", "; "])
def test_the_part_behind_the_name_is_the_post(mark: str, sign: str) -> None:
    lines = [f"{mark} {who}{sign}{post}".strip() for who, post in zip(PERSONS, POSTS, strict=True)]
    spread = [x for line in lines for x in (line, "")] if not mark else lines
    assert [facts(p)[1:3] for p in people(*spread)] == [
        (who.split(" ", 1)[1], post) for who, post in zip(PERSONS, POSTS, strict=True)
    ]


def test_where_names_come_last_what_leads_to_them_is_the_post() -> None:
    lines = [f"- {post}: {who}" for who, post in zip(PERSONS, POSTS, strict=True)]
    assert [facts(p)[1:3] for p in people(*lines)] == [
        (who.split(" ", 1)[1], post) for who, post in zip(PERSONS, POSTS, strict=True)
    ]


def test_a_name_without_form_of_address_stands_where_the_others_have_theirs() -> None:
    found = people(
        "1. Mr. Tobin WEXLER, Quorler, t.wexler@example.org",
        "2. Suharto, Plurrer, office@example.org",
        "3. Ms. Aleen BRIGHT, Plimmer, a.bright@example.org",
    )
    assert [p.name.text for p in found] == ["Tobin WEXLER", "Suharto", "Aleen BRIGHT"]


def test_the_last_part_is_the_organization_where_the_list_has_one() -> None:
    found = people(
        "1. Mr. Tobin WEXLER, Quorler, Ministry of Justice",
        "2. Ms. Aleen BRIGHT, Plurrer, Ministry of Finance",
        "3. Mr. Oswin PATEL, Plimmer, Zarb of Vents",
    )
    assert facts(found[2])[2:] == ("Plimmer", "Zarb of Vents")


def test_an_address_that_spells_a_name_tells_which_part_it_is() -> None:
    found = people(
        "- Quorl Plimmer, Aleen Bright, a.bright@example.org",
        "- Zarb Plurrer, Tobin Wexler, t.wexler@example.org",
    )
    assert [p.name.text for p in found] == ["Aleen Bright", "Tobin Wexler"]


def test_white_between_entries_parts_persons_without_marks_and_addresses() -> None:
    found = people("Tobin WEXLER", "Legal Adviser", "", "Aleen BRIGHT", "Quorler", "Plurr Agency")
    assert [p.name.text for p in found] == ["Tobin WEXLER", "Aleen BRIGHT"]


def test_a_name_and_a_post_end_before_the_label_of_an_address() -> None:
    entry = "Mr. Tobin WEXLER Electronic mail: t.wexler@example.org"
    (led,) = people("Chief Registrar, Court of Vents:", entry)
    assert facts(led)[1:3] == ("Tobin WEXLER", "Chief Registrar")
    (listed,) = people("- Mr. Tobin WEXLER; Chief Registrar Electronic mail: x.y@example.org")
    assert facts(listed)[1:3] == ("Tobin WEXLER", "Chief Registrar")
