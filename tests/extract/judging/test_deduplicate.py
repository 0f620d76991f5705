"""One person is one delegate: the same words of a name, in whatever order."""

from __future__ import annotations

from dataclasses import replace

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


def test_brothers_of_one_list_are_two_and_doubted() -> None:
    first, second, third = _drafts("Amina DIALLO", "Omar SALIH", "Omar Yusuf SALIH")
    kept = deduplicate([first, second, third])
    assert [draft.name_text for draft in kept] == ["Amina DIALLO", "Omar SALIH", "Omar Yusuf SALIH"]
    assert [draft.doubts for draft in kept] == [(), ("name_twice",), ("name_twice",)]


def test_namesakes_with_other_posts_are_two() -> None:
    drafts = _drafts("Omar SALIH Judge", "Amina DIALLO", "Omar SALIH Envoy")
    one, other = (replace(d, name_parts=((0, 10),), title=((11, 16),)) for d in drafts[::2])
    kept = deduplicate([one, drafts[1], other])
    assert [draft.title for draft in kept] == [((11, 16),), (), ((11, 16),)]


def test_a_list_printed_twice_is_one() -> None:
    drafts = _drafts(
        "John KAMAU Judge", "Amina DIALLO Judge", "John KAMAU Juge", "Amina DIALLO Juge"
    )
    said = [
        replace(d, name_parts=((0, n),), title=((n + 1, len(d.run.text)),))
        for d, n in zip(drafts, (10, 12, 10, 12), strict=True)
    ]
    assert len(deduplicate(said)) == 2


def test_two_of_one_sentence_with_other_posts_are_two() -> None:
    texts = ("Omar Yusuf SALIH Judge", "Amina DIALLO", "Yusuf SALIH Envoy")
    first, between, other = (replace(d, rule="prose") for d in _drafts(*texts))
    first = replace(first, name_parts=((0, 16),), title=((17, 22),))
    other = replace(other, name_parts=((0, 11),), title=((12, 17),))
    kept = deduplicate([first, between, other])
    assert [draft.name_text for draft in kept] == [
        "Omar Yusuf SALIH",
        "Amina DIALLO",
        "Yusuf SALIH",
    ]
    assert [draft.doubts for draft in kept] == [("name_twice",), (), ("name_twice",)]


def test_whom_two_sentences_name_is_one() -> None:
    first, again = (replace(d, rule="prose") for d in _drafts("Omar Yusuf SALIH", "Omar SALIH"))
    assert len(deduplicate([first, again])) == 1
