"""What is said once for several, beside a name, or instead of a post; and who comes for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.delegates.finder import read_grids
from extract.layout.document import build_document
from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from ocr.types import Box, Line, Page, Word
from tests.extract.conftest import CHAR, HEIGHT, LEFT, PITCH, make_page
from tests.extract.letter import HEAD, TAIL

COLUMN = 900  # pixels from the left edge to the second column


def _note(*lines: str) -> NoteVerbale:
    return read_note((make_page([*HEAD, *lines, *TAIL]),))


def _row(person: Delegate) -> tuple[str | None, ...]:
    fields = (person.name, person.title, person.organization, person.email)
    return tuple(v.text if v else None for v in fields)


def _titles(note: NoteVerbale) -> list[str | None]:
    return [p.title.text if p.title else None for p in note.delegates]


@pytest.mark.parametrize(
    "name",
    ["Saskia 't Woudt", "WANYAMA Grace épse Mboya", "Aino järvi Lehto"],
)
def test_a_name_goes_on_over_a_small_word(name: str) -> None:
    note = _note(f"1. Ms. {name}", "Judge", "Supreme Court", "", "2. Mr. John KAMAU", "Registrar")
    assert [p.name.text for p in note.delegates] == [name, "John KAMAU"]
    assert _titles(note) == ["Judge", "Registrar"]


def test_a_small_word_that_the_lexicon_knows_ends_a_name() -> None:
    note = _note("1. Ms. Grace Wanyama of Nairobi", "", "2. Mr. John KAMAU, Registrar")
    assert [p.name.text for p in note.delegates] == ["Grace Wanyama", "John KAMAU"]


def test_pronouns_behind_a_name_are_no_post() -> None:
    note = _note("Grace Wanyama (she/her)", "Judge", "Supreme Court", "g.wanyama@courts.go.ke")
    assert [_row(p) for p in note.delegates] == [
        ("Grace Wanyama", "Judge", "Supreme Court", "g.wanyama@courts.go.ke")
    ]


def test_an_office_said_of_all_is_each_ones() -> None:
    note = _note(
        "Mr. John KAMAU, Registrar",
        "Ms. Grace WANYAMA, Deputy Registrar",
        "both from the Ministry of Justice",
    )
    offices = [p.organization.text if p.organization else None for p in note.delegates]
    assert offices == ["Ministry of Justice", "Ministry of Justice"]


def test_all_of_an_office_is_said_of_each_whatever_department_is_named_before() -> None:
    note = _note(
        "Mr. John KAMAU, Registrar; Ms. Grace WANYAMA, Adviser, Treaty Department; "
        "Mr. Peter OTIENO, Attaché; all of the Ministry of Justice."
    )
    offices = [p.organization.text if p.organization else None for p in note.delegates]
    assert offices == ["Ministry of Justice"] * 3
    assert _titles(note) == ["Registrar", "Adviser, Treaty Department", "Attaché"]


def test_a_post_said_of_both_is_not_that_of_those_before_who_have_one() -> None:
    note = _note(
        "The delegation will be composed of Mr. Peter OTIENO, Judge, Mr. John KAMAU and "
        "Ms. Grace WANYAMA, both Prosecutors of the Ministry of Justice."
    )
    shared = "Prosecutors of the Ministry of Justice"
    assert _titles(note) == ["Judge", shared, shared]


def test_an_office_that_heads_a_part_of_the_list_is_without_its_preposition() -> None:
    note = _note(
        "From the Ministry of Justice:",
        "• Mr. John KAMAU, Registrar",
        "• Ms. Grace WANYAMA, Judge",
        "",
        "From the National Police:",
        "• Mr. Peter OTIENO, Inspector",
    )
    offices = [p.organization.text if p.organization else None for p in note.delegates]
    assert offices == ["Ministry of Justice", "Ministry of Justice", "National Police"]


def test_a_member_of_a_commission_is_that_by_post() -> None:
    note = _note(
        "1. Mr. John KAMAU, Member, National Commission",
        "2. Ms. Grace WANYAMA, Registrar, Ministry of Justice",
    )
    assert _titles(note) == ["Member", "Registrar"]
    assert note.delegates[0].role is None


def test_a_team_leader_below_a_name_heads_no_list() -> None:
    note = _note(
        "John KAMAU (Mr.)",
        "Team Leader",
        "Ministry of Justice",
        "E-mail: j.kamau@justice.go.ke",
        "",
        "Grace WANYAMA (Ms.)",
        "Judge",
        "Supreme Court",
        "E-mail: g.wanyama@courts.go.ke",
    )
    assert [_row(p) for p in note.delegates] == [
        ("John KAMAU", "Team Leader", "Ministry of Justice", "j.kamau@justice.go.ke"),
        ("Grace WANYAMA", "Judge", "Supreme Court", "g.wanyama@courts.go.ke"),
    ]


def test_addresses_in_the_order_of_the_list_go_on_over_a_line() -> None:
    note = _note(
        "– Ms. Grace WANYAMA – Judge – Supreme Court",
        "– Mr. John KAMAU – Registrar – Ministry of Justice",
        "– Mr. Peter OTIENO – Inspector – National Police",
        "E-mail addresses (in the same order): g.w@courts.go.ke; j.kamau@justice.go.ke;",
        "p.otieno@police.go.ke",
    )
    mails = [p.email.text if p.email else None for p in note.delegates]
    assert mails == ["g.w@courts.go.ke", "j.kamau@justice.go.ke", "p.otieno@police.go.ke"]


def test_an_address_of_a_row_that_lacks_one_goes_by_the_name_it_spells() -> None:
    note = _note(
        "– Ms. Grace WANYAMA – Judge – Supreme Court",
        "– Mr. John KAMAU – Registrar – Ministry of Justice",
        "– Mr. Peter OTIENO – Inspector – National Police",
        "E-mail addresses (in the same order): john.kamau@justice.go.ke;",
        "peter.otieno@police.go.ke",
    )
    mails = [p.email.text if p.email else None for p in note.delegates]
    assert mails == [None, "john.kamau@justice.go.ke", "peter.otieno@police.go.ke"]


def _columns(*rows: tuple[str, str]) -> Page:
    """A note whose list stands in two columns without rules, each person two lines high."""
    page = make_page(HEAD)
    top = page.lines[-1].box.bottom + PITCH
    lines = list(page.lines)
    for number, row in enumerate(rows):
        y = top + number * PITCH + number // 2 * PITCH // 4
        words = []
        for left, text in zip((LEFT, COLUMN), row, strict=True):
            x = left
            for part in text.split():
                words.append(Word(part, Box(x, y, x + CHAR * len(part), y + HEIGHT), 0.96))
                x += CHAR * (len(part) + 1)
        lines.append(Line(tuple(words)))
    return replace(page, lines=tuple(lines))


def test_two_columns_without_rules_hold_a_person_a_row() -> None:
    page = _columns(
        ("Mr. John KAMAU", "Registrar"),
        ("j.kamau@justice.go.ke", "Ministry of Justice"),
        ("Ms. Grace WANYAMA", "Judge of Appeal"),
        ("g.wanyama@courts.go.ke", "Supreme Court"),
    )
    assert [_row(p) for p in read_note((page,)).delegates] == [
        ("John KAMAU", "Registrar", "Ministry of Justice", "j.kamau@justice.go.ke"),
        ("Grace WANYAMA", "Judge of Appeal", "Supreme Court", "g.wanyama@courts.go.ke"),
    ]


def test_behind_the_verb_of_a_replacement_stands_who_comes() -> None:
    lines = (
        "Посольство Республики Узбекистан свидетельствует свое уважение Секретариату и имеет честь "
        "сообщить, что вместо ранее заявленного участника (Каримова Лола) в совещании примет "
        "участие г-н Юсупов Анвар, ведущий консультант, Министерство юстиции.",
    )
    note = read_note((make_page(lines, "ru"),))
    assert [p.name.text for p in note.delegates] == ["Юсупов Анвар"]
    assert [r.replaced_name for r in note.replacements] == ["Каримова Лола"]


def test_a_colon_alone_parts_a_label_from_its_value() -> None:
    note = _note("Name", ": Mr. John KAMAU", "Position", ": Registrar", "Agency", ": Supreme Court")
    assert [_row(p)[:3] for p in note.delegates] == [("John KAMAU", "Registrar", "Supreme Court")]


def test_a_name_goes_on_below_a_line_that_the_margin_cut() -> None:
    post = "Director of the Department of International Legal Cooperation"
    office = "Ministry of Justice of the Republic of Kenya"
    note = _note(
        f"– {post}, {office} in Nairobi: Mr. Jan Vanden",
        "Broeck (jan.vandenbroeck@justice.go.ke);",
        "– Registrar, Supreme Court: Ms. Grace WANYAMA",
        "(g.wanyama@courts.go.ke);",
    )
    names = [p.name.text for p in note.delegates]
    assert names == ["Jan Vanden Broeck", "Grace WANYAMA"]


def test_posts_that_lead_to_whom_they_belong_make_no_table() -> None:
    page = _columns(
        ("Legal Adviser, Ministry of Justice:", ""),
        ("Ms. Grace WANYAMA", "g.wanyama@courts.go.ke"),
        ("Registrar, Supreme Court:", ""),
        ("Mr. John KAMAU", "j.kamau@justice.go.ke"),
    )
    assert read_grids(build_document((page,))).drafts == ()
