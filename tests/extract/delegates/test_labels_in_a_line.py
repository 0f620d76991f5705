"""Labels that follow each other in one line, and labels that a space alone parts from values."""

from __future__ import annotations

import pytest

from tests.extract.delegates.test_printed_entries import facts, people


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
