"""Where a title begins and ends inside an entry whose person is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.note import read_note, read_raw
from extract.types import NoteVerbale
from ocr.types import Box
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL

Row = tuple[str, str | None, str | None]


def note(*lines: str, language: str = "en") -> NoteVerbale:
    return read_note((make_page([*HEAD, *lines, *TAIL], language),))


def rows(*lines: str, language: str = "en") -> list[Row]:
    found = note(*lines, language=language).delegates
    return [
        (
            p.name.text,
            p.title.text if p.title else None,
            p.organization.text if p.organization else None,
        )
        for p in found
    ]


def test_a_focal_point_of_something_is_part_of_a_post() -> None:
    title = "Legal Adviser, focal point of the Convention"
    assert rows(
        f"1. Ms. Ann MUTISO, {title}, Ministry of Justice, a.mutiso@justice.go.ke",
        "2. Mr. Tobin WEXLER, Judge, Supreme Court, t.wexler@courts.go.ke",
    ) == [
        ("Ann MUTISO", title, "Ministry of Justice"),
        ("Tobin WEXLER", "Judge", "Supreme Court"),
    ]


def test_counsellor_and_focal_point_is_a_post_where_nothing_follows() -> None:
    title = "First Counsellor and Focal Point"
    assert rows(
        f"1. Ms. Ann MUTISO, {title} (a.mutiso@justice.go.ke)",
        "2. Mr. Tobin WEXLER, Judge, Supreme Court (t.wexler@courts.go.ke)",
    ) == [("Ann MUTISO", title, None), ("Tobin WEXLER", "Judge", "Supreme Court")]
    stack = ["Ms. Ann MUTISO", title, "Ministry of Justice", "E-mail: a.mutiso@justice.go.ke"]
    assert rows(*stack) == [("Ann MUTISO", title, "Ministry of Justice")]


@pytest.mark.parametrize(
    "contact",
    [
        "Ms. Aleen BRIGHT, Attaché and focal point for the visit (a.bright@mfa.go.ke).",
        "Focal point: Ms. Aleen BRIGHT, Attaché (a.bright@mfa.go.ke).",
        "Ms. Aleen BRIGHT, Attaché, focal point (a.bright@mfa.go.ke).",
        "Ms. Aleen BRIGHT, Attaché, focal point of the Embassy (a.bright@mfa.go.ke).",
    ],
)
def test_a_focal_point_beside_the_list_is_whom_to_ask(contact: str) -> None:
    listed = "1. Mr. Tobin WEXLER, Judge, Supreme Court, t.wexler@courts.go.ke"
    assert [r[0] for r in rows(listed, "", contact)] == ["Tobin WEXLER"]


def test_a_long_entry_of_lines_of_their_own_is_no_sentence() -> None:
    assert rows(
        "Ms. Ann MUTISO",
        "Legal Adviser to the Secretary, focal point of the treaties on assets",
        "and of everything that the two ministries and the courts of the coast",
        "and of the lake ask of each other in writing in matters of tax",
        "Ministry of Justice and of the Rights of All Men and Women",
        "Harbour Road, P.O. Box 12",
        "E-mail: a.mutiso@justice.go.ke",
        "",
        "Mr. Tobin WEXLER",
        "Judge",
        "Supreme Court",
        "Harbour Road, P.O. Box 34",
        "E-mail: t.wexler@courts.go.ke",
    )[1] == ("Tobin WEXLER", "Judge", "Supreme Court")


def test_an_address_line_below_a_post_is_neither_post_nor_office() -> None:
    assert rows(
        "Mr. Tobin WEXLER",
        "Judge",
        "Harbour Square 12",
        "E-mail: t.wexler@courts.go.ke",
    ) == [("Tobin WEXLER", "Judge", None)]


def test_fields_are_parted_by_the_sign_of_each_entry() -> None:
    assert rows(
        "Mr. Tobin WEXLER — Counsellor — Foreign Office",
        "Ms. Aleen BRIGHT | Judge | Supreme Court",
    ) == [
        ("Tobin WEXLER", "Counsellor", "Foreign Office"),
        ("Aleen BRIGHT", "Judge", "Supreme Court"),
    ]


@pytest.mark.parametrize(("first", "second", "third"), [("–", "–", "–"), ("–", "-", "—")])
def test_strokes_part_fields_however_long_the_reader_saw_them(
    first: str, second: str, third: str
) -> None:
    assert rows(
        f"Ms. Ann MUTISO {first} Adviser {first} Ministry of Justice",
        f"Mr. Tobin WEXLER {second} First Secretary {third} Serious Fraud Office",
    ) == [
        ("Ann MUTISO", "Adviser", "Ministry of Justice"),
        ("Tobin WEXLER", "First Secretary", "Serious Fraud Office"),
    ]


def test_a_slash_parts_fields_with_one_space_too() -> None:
    assert rows(
        "- Ms. Ann MUTISO /Adviser, Treaty Section /Royal Ministry of Justice /a.mutiso@mfa.go.ke",
        "- Mr. Tobin WEXLER / Judge / Supreme Court /t.wexler@courts.go.ke",
    ) == [
        ("Ann MUTISO", "Adviser, Treaty Section", "Royal Ministry of Justice"),
        ("Tobin WEXLER", "Judge", "Supreme Court"),
    ]


def test_a_ministry_is_no_part_of_the_office_behind_a_dash() -> None:
    office = "Ministerio Público – Fiscalía General"
    assert rows(
        f"1. Sra. Ana RIBERA / Directora de Tratados, {office} / a.ribera@fiscalia.gob.pe",
        f"2. Sr. Luis TORNERO / Analista, {office} / l.tornero@fiscalia.gob.pe",
        language="es",
    ) == [
        ("Ana RIBERA", "Directora de Tratados", office),
        ("Luis TORNERO", "Analista", office),
    ]


def test_two_words_for_posts_lead_nobody_behind_a_person() -> None:
    assert rows("Mr. Tobin WEXLER", "Ambassador Chief Inspectress", "Ministry of Works") == [
        ("Tobin WEXLER", "Ambassador Chief Inspectress", "Ministry of Works")
    ]


def test_a_name_goes_on_behind_its_particle() -> None:
    assert rows("H.E. Ms. Salma bint Yusuf Al", "Farzabi", "Director", "Ministry of Works")[0] == (
        "Salma bint Yusuf Al Farzabi",
        "Director",
        "Ministry of Works",
    )


def test_a_particle_above_a_post_ends_the_name() -> None:
    assert rows("Ms. Pham Thi Van", "Director", "Ministry of Works")[0][:2] == (
        "Pham Thi Van",
        "Director",
    )


def test_a_speck_before_a_line_does_not_end_a_title() -> None:
    title = "Legal Officer for Foreign Letters and for the Return of Assets"
    assert rows(
        f"1. Mr. Tobin WEXLER, {title.removesuffix(' the Return of Assets')}",
        ". the Return of Assets, Ministry of Justice, t.wexler@justice.go.ke",
        "2. Ms. Ann MUTISO, Judge, Supreme Court, a.mutiso@courts.go.ke",
    )[0] == ("Tobin WEXLER", title, "Ministry of Justice")


def test_a_chinese_bracket_says_more_of_the_post() -> None:
    page = make_page(
        [
            "中华人民共和国驻奥地利共和国大使馆向联合国毒品和犯罪问题办公室致意，荣幸地通知，",
            "中国政府指派以下人员组成代表团出席会议：",
            "",
            "张三先生，外交部条约法律司副处长（国际河流），zhangsan@mfa.gov.cn",
            "李四先生，司法部处长（团长），lisi@moj.gov.cn",
            "王小红女士，司法部处长电话：+86 10 6165 2352，wangxiaohong@moj.gov.cn",
            "",
            "顺致最崇高的敬意。",
        ],
        "zh",
    )
    titles = [p.title.text for p in read_raw((page,)).delegates if p.title]
    assert titles == ["外交部条约法律司副处长（国际河流）", "司法部处长", "司法部处长"]


def test_a_sentence_goes_on_in_small_letters_to_the_office_of_its_person() -> None:
    page = make_page(
        [
            "L'Ambassade de la République du Kenya présente ses compliments au Secrétariat et a",
            "l'honneur de l'informer que la délégation se compose de M. Tobin WEXLER, Juge,",
            "référent pour les saisies de bateaux, Ministère de la Justice (wexler@justice.go.ke).",
        ],
        "fr",
    )
    (person,) = read_raw((page,)).delegates
    assert person.title is not None
    assert person.title.text == "Juge, référent pour les saisies de bateaux"


def test_lines_at_the_margin_of_the_text_are_not_of_the_entry_above() -> None:
    entry = ["Ms. Ann MUTISO, Judge,", "Supreme Court"]
    page = make_page([*HEAD, *entry, "", "With thanks, the Embassy of Kenya", "greets everybody."])
    inner = {line.text for line in page.lines if line.text in entry}
    moved = tuple(
        replace(line, words=tuple(replace(w, box=_right(w.box)) for w in line.words))
        if line.text in inner
        else line
        for line in page.lines
    )
    (person,) = read_raw((replace(page, lines=moved),)).delegates
    assert (person.title and person.title.text) == "Judge"
    assert (person.organization and person.organization.text) == "Supreme Court"


def _right(box: Box) -> Box:
    return replace(box, left=box.left + 90, right=box.right + 90)


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("Deuxiéme Conseiller", "accents_unsure"),
        ("Deuxième Conseiller", None),
        ("ведущи vi судья", "odd_signs"),
        ("Deputy Director; Treaties and Conventions Section", "odd_signs"),
        ("ведущий судья", None),
    ],
)
def test_an_accent_no_word_ends_with_and_a_stray_latin_word_are_doubted(
    title: str, doubt: str | None
) -> None:
    (person,) = note(f"1. Ms. Ann MUTISO, {title}, a.mutiso@justice.go.ke").delegates
    doubts = {d.code for d in person.doubts if d.field == "title"}
    assert (doubt in doubts) if doubt else not doubts & {"accents_unsure", "odd_signs"}


@pytest.mark.parametrize("post", ["Focal Point UNCAC", "Point focal CNUCC"])
def test_a_focal_point_of_the_convention_is_a_post_behind_a_name(post: str) -> None:
    assert rows(f"Ms. Ann MUTISO, {post} (a.mutiso@justice.go.ke).") == [("Ann MUTISO", post, None)]


@pytest.mark.parametrize("reached", ["reachable at", "joignable à", "who can be reached at"])
def test_where_somebody_is_reached_is_no_part_of_the_post(reached: str) -> None:
    line = f"Ms. Ann MUTISO, Judge, {reached} a.mutiso@justice.go.ke."
    assert rows(line) == [("Ann MUTISO", "Judge", None)]


def test_the_short_form_in_brackets_belongs_to_the_office_below_the_post() -> None:
    assert rows(
        "1. Mme Awa SIDIBE",
        "Directrice générale",
        "Pôle Indépendant des Eaux (PIDE)",
        "a.sidibe@pide.gouv.ml",
        "2. M. Oumar KEITA",
        "Juge",
        "Cour suprême",
        "o.keita@justice.gouv.ml",
        language="fr",
    ) == [
        ("Awa SIDIBE", "Directrice générale", "Pôle Indépendant des Eaux (PIDE)"),
        ("Oumar KEITA", "Juge", "Cour suprême"),
    ]
