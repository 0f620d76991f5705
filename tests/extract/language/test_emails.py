"""Addresses are found although damaged, checked, and compared with names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language import emails
from extract.language.emails import find_emails
from extract.language.emails_in_cell import find_emails_in_cell
from extract.language.name_fit import name_fit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E-mail: a.b@mfa.gov.ke; tel", "a.b@mfa.gov.ke"),
        ("write to A.Kamau@Justice.gov.ke.", "a.kamau@justice.gov.ke"),
        ("john.kamau@justice.\ngov.ke. The Mission", "john.kamau@justice.gov.ke"),
        ("john.kamau\n@justice.gov.ke", "john.kamau@justice.gov.ke"),
        ("john.kamau@justice.go\nv.ke", "john.kamau@justice.gov.ke"),
        ("john.kamau@embassy.gou\nv.ke\nJudge", "john.kamau@embassy.gouv.ke"),
        ("john.kamau@justice.gov.ke\njudge", "john.kamau@justice.gov.ke"),
        ("john.kamau@justice.example\njudge", "john.kamau@justice.example"),
        ("a.b (at) mfa.gov.ke", "a.b@mfa.gov.ke"),
        ("a.b©mfa.gov.ke", "a.b@mfa.gov.ke"),
        ("a.b @mfa.gov.ke", "a.b@mfa.gov.ke"),
        ("foo@bar,gov.ke", "foo@bar.gov.ke"),
        ("<jane_doe@ex-ample.com>", "jane_doe@ex-ample.com"),
        ("a@b.qa Tel.:+974 333", "a@b.qa"),
        ("邮箱zhang.san@mfa.gov.cn", "zhang.san@mfa.gov.cn"),
        ("Commission - john.k@eacc.go.ke", "john.k@eacc.go.ke"),
        ("Kenya. john@mfa.go.ke", "john@mfa.go.ke"),
        ("Judge (OBI. ROM@MFA.GO.KE)", "obi.rom@mfa.go.ke"),
        ("Judge, E-mail: obi. rom@mfa.go.ke", "obi.rom@mfa.go.ke"),
        ("E-mail:\n1. obi.rom@mfa.go.ke", "obi.rom@mfa.go.ke"),
        ("o,rombauer@mfa.go.ke (Member)", "o.rombauer@mfa.go.ke"),
        ("rombauer @ justice, gov. ke,", "rombauer@justice.gov.ke"),
        ("obi.rom@mfa.go.ke,Ten.: 007 94", "obi.rom@mfa.go.ke"),
        ("obi.rom@mfa.go.ke.Celular: 79", "obi.rom@mfa.go.ke"),
        ("obi.rom@mfa.gov.ph", "obi.rom@mfa.gov.ph"),
    ],
)
def test_an_address_is_found_in_its_printed_surroundings(text: str, expected: str) -> None:
    assert [m.text for m in find_emails(text)] == [expected]


def test_two_addresses_joined_by_a_comma_are_two() -> None:
    assert [m.text for m in find_emails("x@y.fr,z@k.fr")] == ["x@y.fr", "z@k.fr"]


def test_the_span_covers_the_printed_address_over_a_line_break() -> None:
    text = "mail: ann.lee@justice.\ngov.ke, x"
    match = find_emails(text)[0]
    assert text[match.start : match.end] == "ann.lee@justice.\ngov.ke"


def test_damage_is_named() -> None:
    assert find_emails("a.b©mfa.gov.ke")[0].damaged == ("at_sign",)
    assert find_emails("foo@bar,gov.ke")[0].damaged == ("comma",)


@given(st.text(alphabet=st.sampled_from("ab.@ ,\n-_©()é1"), max_size=200))
def test_nothing_is_invented(text: str) -> None:
    for match in find_emails(text):
        letters = [c for c in match.text if c.isalnum()]
        printed = [c for c in text[match.start : match.end].casefold() if c.isalnum()]
        assert letters == printed


def test_hostile_text_costs_linear_time() -> None:
    def cost(size: int) -> float:
        text = "a.b-" * size
        started = time.process_time()
        find_emails(text)
        return time.process_time() - started

    cost(2000)
    assert cost(40_000) < 4.5 * max(cost(20_000), 0.01)


def test_a_cyrillic_letter_in_an_address_is_noticed() -> None:
    assert emails.mixes_scripts("а.b@mfa.gov.ke")
    assert not emails.mixes_scripts("a.b@mfa.gov.ke")


def test_an_office_mailbox_is_told_from_a_person() -> None:
    assert emails.is_office_mailbox("info@mission.example.org")
    assert not emails.is_office_mailbox("j.kamau@mission.example.org")


@pytest.mark.parametrize(
    ("local", "name", "kind"),
    [
        ("john.kamau", "John KAMAU", "full"),
        ("j.kamau", "John KAMAU", "family"),
        ("m.elsayed", "Mohamed EL-SAYED", "family"),
        ("ndiaye.f", "Fatou N'DIAYE", "family"),
        ("a.petrova", "Петрова Анна Сергеевна", "family"),
        ("zhang_san", "张三", "full"),
        ("lixiaohong", "李小红", "full"),
        ("xhe", "何欣", "family"),
        ("li.m", "李明", "family"),
        ("ali", "李明", "none"),
        ("y.zeng", "曾燕", "family"),
        ("alghamdi.k", "خالد الغامدي", "family"),
        ("khalid_ghamdi", "خالد الغامدي", "full"),
        ("kghamdi", "خالد بن سعيد الغامدي", "family"),
        ("abdulaziz.qasim", "عبد العزيز القاسم", "full"),
        ("k.harbi", "خالد الغامدي", "none"),
        ("s.alnaji", "شهد الناجي", "family"),  # an article counts, an initial is half a sound
        ("r.alnaji", "شهد الناجي", "none"),
        ("khalid81", "سلمان الغامدي", "none"),
        ("info", "John KAMAU", "none"),
        ("b.smith", "John KAMAU", "none"),
    ],
)
def test_a_local_part_is_compared_with_the_name(local: str, name: str, kind: str) -> None:
    assert name_fit(local, name).kind == kind


def test_the_next_number_of_a_list_is_no_part_of_an_address() -> None:
    text = "1. Mr. A. Bo, a.bo@example.org. 2. Ms. C. Do, c.do@example.org."
    assert [m.text for m in find_emails(text)] == ["a.bo@example.org", "c.do@example.org"]


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("weissenb\nacher_le\n@minjust\n.example", "weissenbacher_le@minjust.example"),
        ("l.weissen\nb-\nlaw@minju\nst.example", "l.weissenb-law@minjust.example"),
        ("l.weissen\n-\nlaw@minju\nst.example", "l.weissen-law@minjust.example"),
        ("+43-1-234567\nlena@minjus\nt.example", "lena@minjust.example"),
    ],
)
def test_an_address_in_many_pieces_is_whole(cell: str, address: str) -> None:
    assert [m.text for m in find_emails_in_cell(cell)] == [address]


def test_an_address_cut_at_its_hyphen_in_a_cell_is_whole() -> None:
    cell = "jean-\t.\nluc.bonvin@minju\nstice.example"
    assert [m.text for m in find_emails_in_cell(cell)] == ["jean-luc.bonvin@minjustice.example"]


def test_letters_the_name_does_not_know_make_the_fit_loose() -> None:
    assert name_fit("melvin_solorzanomora", "Melvin SOLÓRZANO").kind == "loose"
    assert name_fit("melvin_solorzanomora", "Melvin SOLÓRZANO MORA").kind == "full"


def test_a_bar_stands_for_the_l_of_a_country_code_and_is_named() -> None:
    (match,) = find_emails("a.silva@justice.gov.|k")
    assert (match.text, match.damaged) == ("a.silva@justice.gov.lk", ("bar",))
    assert [m.text for m in find_emails("a.silva@justice.org | K")] == ["a.silva@justice.org"]


def test_a_letter_that_is_no_initial_of_the_name_is_told() -> None:
    name = "Luís Filipe Gonçalves Pintassilgo"
    assert name_fit("lgoncalvespintassilgo", name).kind == "full"
    assert name_fit("igoncalvespintassilgo", name).kind == "loose"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ruta@na.gov.It", "ruta@na.gov.lt"),
        ("RUTA@NA.GOV.IT", "ruta@na.gov.it"),
        ("adaeze_ balogun@works.gov.ng", "adaeze_balogun@works.gov.ng"),
        ("m.berger@chancellerie gouv fr", "m.berger@chancellerie.gouv.fr"),
        ("a.arenas@contraloria gob. ec", "a.arenas@contraloria.gob.ec"),
        ("x@mfa.gov.uk Gov. of Utopia", "x@mfa.gov.uk"),
        ("a.arenas@mre.gov.co gov. co", "a.arenas@mre.gov.co"),
    ],
)
def test_what_a_page_reader_does_to_the_signs_of_an_address_is_undone(
    text: str, address: str
) -> None:
    assert [m.text for m in find_emails(text)] == [address]


@pytest.mark.parametrize("brackets", ["()", "[]", "<>"])
def test_an_address_in_brackets_is_whole_though_a_line_ends_inside_a_word(brackets: str) -> None:
    first, last = brackets[0], brackets[1]
    text = f"{first}l.kamau@post.ex\nample.com{last}"
    assert [m.text for m in find_emails(text)] == ["l.kamau@post.example.com"]


def test_an_address_broken_in_arabic_brackets_that_were_read_for_each_other_is_one() -> None:
    (found,) = find_emails("وزارة العدل b.otuke@mission-)\n(harbour.xx")
    assert found.text == "b.otuke@mission-harbour.xx"


def test_another_sign_than_the_at_leads_to_a_known_domain_only() -> None:
    assert find_emails("Office of the General ©\nMr. Karim BELLO, Director") == []
    assert [m.text for m in find_emails("k.bello©mfa.gov.ng")] == ["k.bello@mfa.gov.ng"]


def test_a_hyphen_marked_at_both_sides_of_a_break_is_one_and_named() -> None:
    (found,) = find_emails("karim.bello@court--reg.gov.ng")
    assert found.text == "karim.bello@court-reg.gov.ng"
    assert "hyphen" in found.damaged


@pytest.mark.parametrize("local", ["lu.wenying", "lyu.wenying", "lvwenying", "wlu"])
def test_an_address_spells_the_u_with_dots_in_several_ways(local: str) -> None:
    assert name_fit(local, "吕文英").is_good


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("t.lim@labour.org ,kh", ["t.lim@labour.org.kh"]),
        ("t.lim@labour.org ,et M. Ros", ["t.lim@labour.org"]),
        ("tlim7@post\ncom", ["tlim7@post.com"]),
    ],
)
def test_a_dot_is_lost_before_the_end_of_an_address(text: str, addresses: list[str]) -> None:
    assert [m.text for m in find_emails(text)] == addresses


@pytest.mark.parametrize(
    ("local", "name", "good"),
    [
        ("pavel.sorokin", "П.А. Сорокин", True),
        ("shchukina.yelena", "Е.П. Щукина", True),
        ("peter.kamau", "P. Kamau", True),
        ("boris.sorokin", "П.А. Сорокин", False),
        ("u.qambarov", "Қамбаров Улуғбек", True),
    ],
)
def test_a_first_name_whose_initial_is_printed_fits(local: str, name: str, good: bool) -> None:
    assert name_fit(local, name).is_good is good


def test_a_short_word_above_a_whole_address_is_no_part_of_it() -> None:
    (found,) = find_emails_in_cell("Director of the Treaty Section\ndeputy\nj.doe@mfa.gov.xx")
    assert found.text == "j.doe@mfa.gov.xx"
    (broken,) = find_emails_in_cell("Director of the Treaty Section\njane_\ndoe@mfa.gov.xx")
    assert broken.text == "jane_doe@mfa.gov.xx"


@pytest.mark.parametrize("text", ["x.lin@justice，\ngov.xx", "x.lin@justice,\ngov.fr"])
def test_a_comma_at_the_edge_of_a_cell_in_a_domain_of_one_label_is_a_dot(text: str) -> None:
    (mail,) = find_emails(text)
    assert mail.text == text.replace("，", ",").replace(",\n", ".")
