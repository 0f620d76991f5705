"""One person is one delegate: the same words of a name, in whatever order."""

from __future__ import annotations

from extract.delegates.draft import Draft
from extract.judging.deduplicate import deduplicate, name_key
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from tests.extract.conftest import make_page


def _drafts(*names: str) -> list[Draft]:
    document = build_document((make_page(names),))
    runs = [TextRun(document, (n,)) for n in range(len(names))]
    return [Draft(run, "item", ((0, len(run.text)),)) for run in runs]


def test_the_order_of_words_and_their_marks_do_not_make_another_name() -> None:
    assert name_key("KAMAU, John") == name_key("John Kamau")
    assert name_key("John Kamau") != name_key("Joan Kamau")


def test_a_person_named_twice_is_kept_once_in_the_first_place() -> None:
    kept = deduplicate(_drafts("John KAMAU", "Amina DIALLO", "Kamau John"))
    assert [draft.name_text for draft in kept] == ["John KAMAU", "Amina DIALLO"]


def test_the_fuller_entry_is_kept_and_the_role_of_the_other_with_it() -> None:
    bare, full = _drafts("John KAMAU", "John KAMAU Ambassador")
    named = Draft(bare.run, "prose", bare.name_parts, role="head", role_span=(0, 4))
    said = Draft(full.run, "item", ((0, 10),), title=((11, 21),))
    (kept,) = deduplicate([named, said])
    assert kept.title == ((11, 21),)
    assert kept.heading is not None
    assert (kept.heading.role, kept.heading.span) == ("head", (0, 4))
    assert said.heading is None


def test_initials_alone_are_nobody_of_the_list() -> None:
    kept = deduplicate(_drafts("А.Ж. Каримов", "А.Ж."))
    assert [draft.name_text for draft in kept] == ["А.Ж. Каримов", "А.Ж."]
