"""A mark glued to a form of address begins an entry all the same."""

from __future__ import annotations

import pytest

from extract.note import read_note
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL


def names(*entries: str) -> list[str]:
    return [d.name.text for d in read_note((make_page([*HEAD, *entries, *TAIL]),)).delegates]


@pytest.mark.parametrize("mark", ["A", "P", "v"])
def test_what_lines_begin_with_before_forms_of_address_is_their_mark(mark: str) -> None:
    entries = (
        f"{mark}Ms. Mary WANJIKU, Auditor, Ministry of Works, m.wanjiku@works.go.ke",
        f"{mark}Atty. Peter OTIENO, Judge, High Court, p.otieno@court.go.ke",
        f"{mark}Mr. Akech ODUYA, Registrar, Land Office, a.oduya@land.go.ke",
    )
    assert names(*entries) == ["Mary WANJIKU", "Peter OTIENO", "Akech ODUYA"]


def test_one_word_alone_keeps_its_letters() -> None:
    (entry,) = names("1. Ms. Adora WANJIKU, Auditor, Ministry of Works, m.wanjiku@works.go.ke")
    assert entry == "Adora WANJIKU"
