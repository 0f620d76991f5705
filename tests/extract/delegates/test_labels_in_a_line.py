"""Labels that follow each other in one line, and labels that a space alone parts from values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.note import read_note
from ocr.types import Line, Page
from tests.extract.conftest import make_page
from tests.extract.delegates.test_printed_entries import CLOSING, OPENING, facts, people


@pytest.mark.parametrize("sign", [";", " |", ","])
def test_labels_follow_a_sign_that_parts_fields(sign: str) -> None:
    (person,) = people(
        f"Name: Ms. Adaeze OKORO{sign} Job title: Registrar{sign} Office: Court of Appeal{sign}"
        " E-mail: a.okoro@courts.gov.xx"
    )
    assert facts(person) == ("Ms.", "Adaeze OKORO", "Registrar", "Court of Appeal")
    assert person.email is not None


def test_a_sign_that_parts_fields_is_no_misread_colon() -> None:
    (person,) = people(
        "Name: Mr. Tunde BELLO; Position: Deputy Director of the",
        "Department; Agency: Audit Bureau; E-mail: t.bello@audit.gov.xx",
    )
    assert facts(person)[2:] == ("Deputy Director of the Department", "Audit Bureau")


def test_a_label_of_telephones_before_words_is_one_of_offices_or_posts() -> None:
    (person,) = people(
        "Nom : M. Issa BARRY",
        "Poste : Conseiller juridique",
        "Courriel : i.barry@mae.gov.xx",
        language="fr",
    )
    assert facts(person)[2] == "Conseiller juridique"


def test_a_labelled_block_below_a_sentence_is_none_of_it() -> None:
    (person,) = people(
        "The delegation shall be composed as follows.",
        "Names: Mr. Tunde BELLO; Job title: Judge; E-mail: t.bello@courts.gov.xx",
    )
    assert facts(person)[1:3] == ("Tunde BELLO", "Judge")


def test_labels_before_a_space_are_told_by_their_blocks() -> None:
    found = people(
        "Delegate Ms. Adaeze OKORO",
        "Function Principal Registrar",
        "Affiliation Court of Appeal",
        "",
        "Delegate Mr. Tunde BELLO",
        "Function Senior Auditor",
        "Affiliation Audit Bureau",
    )
    assert [facts(p)[1:] for p in found] == [
        ("Adaeze OKORO", "Principal Registrar", "Court of Appeal"),
        ("Tunde BELLO", "Senior Auditor", "Audit Bureau"),
    ]


def test_a_known_label_before_an_address_ends_the_name_or_post() -> None:
    found = people(
        "1. Ms. Adaeze OKORO; Principal Registrar Electronic mail: a.okoro@courts.gov.xx",
        "2. Mr. Tunde BELLO Electronic mail: t.bello@audit.gov.xx",
    )
    assert [facts(p)[1] for p in found] == ["Adaeze OKORO", "Tunde BELLO"]
    assert facts(found[0])[2] == "Principal Registrar"


def test_a_short_sentence_above_a_person_is_none_of_the_entry() -> None:
    (person,) = people(
        "具体名单如下。", "孙思齐", "三等秘书", "外交部", "s.sun@mfa.gov.xx", language="zh"
    )
    assert facts(person)[1:3] == ("孙思齐", "三等秘书")


def test_a_sentence_in_the_line_below_an_address_ends_the_entry() -> None:
    found = people(
        "Ms. Adaeze OKORO | Registrar | Court of Appeal | a.okoro@courts.gov.xx",
        "Confirmation would be welcome. The Permanent Mission remains, with high consideration, at",
        "the disposal of the Office.",
    )
    assert [facts(p)[1] for p in found] == ["Adaeze OKORO"]


def _moved(page: Page, lines: set[int], down: int) -> Page:
    """The page with some of its lines a few pixels further down, as a scanner sets them."""
    return replace(
        page,
        lines=tuple(
            Line(tuple(replace(w, box=w.box.moved(0, down)) for w in line.words))
            if number in lines
            else line
            for number, line in enumerate(page.lines)
        ),
    )


def test_blocks_are_cut_where_their_first_label_comes_again_whatever_white_is_seen() -> None:
    blocks = [
        ("Office: Court of Appeal", "Name: Ms. Adaeze OKORO", "Post: Registrar"),
        ("Office: Audit Bureau", "Name: Mr. Tunde BELLO", "Post: Auditor"),
        ("Office: Ministry of Trade", "Name: Ms. Ngozi ADEYEMI", "Post: Counsellor"),
    ]
    page = make_page([*OPENING, *(line for block in blocks for line in block), *CLOSING])
    posts = {n for n, line in enumerate(page.lines) if line.text.startswith("Post")}
    found = read_note((_moved(page, posts, 9),)).delegates
    assert [p.title.text for p in found if p.title] == ["Registrar", "Auditor", "Counsellor"]
    assert [p.organization.text for p in found if p.organization] == [
        "Court of Appeal",
        "Audit Bureau",
        "Ministry of Trade",
    ]


@pytest.mark.parametrize("label", ["Email contact:", "Her box :"])
def test_a_label_on_the_line_of_an_address_is_no_part_of_the_office_above(label: str) -> None:
    (person,) = people(
        "1. Ms. Ana LIMA", "Judge", "Supreme Court", f"{label} a.lima@courts.example.org"
    )
    assert facts(person)[2:4] == ("Judge", "Supreme Court")
