"""One value of a cell or a label, put into its field; an address beside it is none of its words."""

from __future__ import annotations

import pytest

from extract.delegates.blocks.fields import fill
from extract.delegates.blocks.marks import item_mark
from extract.delegates.draft import Draft
from extract.language.emails_in_cell import find_emails_in_cell
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from extract.note import read_note
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL


def _filled(*lines: str) -> tuple[list[str], list[str]]:
    """The post and the addresses of a cell that is said to hold a post."""
    run = TextRun(build_document((make_page(lines),)), tuple(range(len(lines))))
    draft = fill(Draft(run, "grid.columns"), "title", (0, len(run.text)))
    return [run.text[a:b] for a, b in draft.title], [m.text for m in draft.emails]


@pytest.mark.parametrize(
    "lines",
    [
        ("Legal Adviser", "a.kamau@mfa.go.ke"),
        ("a.kamau@mfa.go.ke", "Legal Adviser"),
        ("Legal Adviser, e-mail: a.kamau@mfa.go.ke",),
    ],
)
def test_an_address_in_the_cell_of_a_post_is_none_of_its_words(lines: tuple[str, ...]) -> None:
    assert _filled(*lines) == (["Legal Adviser"], ["a.kamau@mfa.go.ke"])


def test_words_beside_a_sign_that_leads_to_no_address_are_kept() -> None:
    assert _filled("Legal Adviser @ Treaties") == (["Legal Adviser @ Treaties"], [])


@pytest.mark.parametrize("above", ["Under-Secretary", "делам"])
def test_a_word_above_an_address_in_other_letters_or_large_is_none_of_it(above: str) -> None:
    (mail,) = find_emails_in_cell(f"{above}\nkamaua@mfa.go.ke")
    assert mail.text == "kamaua@mfa.go.ke"


@pytest.mark.parametrize("mark", ["（1）", "1）", "①", "(1) "])
def test_full_width_brackets_and_circled_figures_are_marks(mark: str) -> None:
    assert item_mark(f"{mark}秦慧芳，处长") == len(mark)


def test_what_is_counted_in_a_sentence_leads_to_names() -> None:
    said = (
        "The delegation will be composed of (a) Ann MUTISO, Judge, Ministry of Justice; "
        "(b) Tobin WEXLER, Legal Officer, Ministry of Trade; and (c) Ida BORG, Registrar."
    )
    people = read_note((make_page([*HEAD, said, *TAIL]),)).delegates
    assert [p.name.text for p in people] == ["Ann MUTISO", "Tobin WEXLER", "Ida BORG"]
