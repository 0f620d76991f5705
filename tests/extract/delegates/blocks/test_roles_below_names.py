"""A role right below a name is that person's, and heads nobody below."""

from __future__ import annotations

from extract.note import read_note
from extract.types import Delegate
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL


def persons(*lines: str) -> tuple[Delegate, ...]:
    return read_note((make_page([*HEAD, *lines, *TAIL]),)).delegates


def test_a_head_of_delegation_below_the_first_name_keeps_post_and_address() -> None:
    first, second = persons(
        "Ms. Mary WANJIKU",
        "Head of Delegation",
        "Director of Audits",
        "Ministry of Works",
        "m.wanjiku@works.go.ke",
        "Mr. Peter OTIENO",
        "Member of the delegation",
        "Registrar",
        "Land Office",
        "p.otieno@land.go.ke",
    )
    told = [(p.role, p.title and p.title.text, p.email and p.email.text) for p in (first, second)]
    assert [role.text if role else None for role, *_ in told] == ["head", "member"]
    assert [rest for _, *rest in told] == [
        ["Director of Audits", "m.wanjiku@works.go.ke"],
        ["Registrar", "p.otieno@land.go.ke"],
    ]


def test_a_role_between_two_persons_is_the_seconds() -> None:
    found = persons(
        "Ms. Mary WANJIKU, Director of Audits, m.wanjiku@works.go.ke",
        "",
        "Alternate:",
        "Mr. Peter OTIENO, Registrar, p.otieno@land.go.ke",
    )
    assert found[1].role is not None
    assert found[1].role.text == "alternate"
