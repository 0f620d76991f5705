"""Which reading of an address is kept, and what is doubted about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.delegates.draft import Draft
from extract.judging.address import ChosenAddress, choose_address, repairs
from extract.judging.lost_of_address import without_first_half, without_tail
from extract.language.emails import find_emails
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from ocr.types import SecondReading
from tests.extract.conftest import make_page


def _chosen(
    name: str, printed: str, second: str | None = None, domains: dict[str, int] | None = None
) -> ChosenAddress:
    page = make_page((printed,))
    (line,) = page.lines
    if second is not None:
        readings = (SecondReading(second, line.box, 0.97, "second"),)
        page = replace(page, lines=(replace(line, second=readings),))
    run = TextRun(build_document((page,)), (0,))
    mails = tuple(find_emails(run.text))
    return choose_address(Draft(run, "test", emails=mails), name, mails[0], domains or {})


def test_what_both_read_and_the_name_spells_is_beyond_doubt() -> None:
    found = _chosen("John KAMAU", "j.kamau@mfa.go.ke", "j.kamau@mfa.go.ke")
    assert (found.text, found.doubts, found.original) == ("j.kamau@mfa.go.ke", (), None)
    assert found.confidence > 0.95


def test_the_reading_that_spells_the_name_is_kept_and_said_to_differ() -> None:
    found = _chosen("John KAMAU", "j.karnau@mfa.go.ke", "j.kamau@mfa.go.ke")
    assert (found.text, found.original) == ("j.kamau@mfa.go.ke", "j.karnau@mfa.go.ke")
    assert found.doubts
    assert found.confidence <= 0.7


def test_a_capital_before_small_letters_was_an_l_where_one_fits_and_is_said() -> None:
    """Lucy Imani: both letters are initials, and readers take l for I, hardly i for it."""
    found = _chosen("Lucy Imani KAMAU", "Ikamau@mfa.go.ke", "Ikamau@mfa.go.ke")
    assert (found.text, found.doubts) == ("lkamau@mfa.go.ke", ("email_repaired",))
    assert _chosen("Imani KAMAU", "Ikamau@mfa.go.ke").text == "ikamau@mfa.go.ke"
    assert _chosen("Lucy Imani KAMAU", "IKAMAU@MFA.GO.KE").text == "ikamau@mfa.go.ke"


def test_a_line_reader_that_is_sure_is_believed_before_the_page_reader() -> None:
    page = make_page(("l.otieno@mver.go.ke",))
    for score, domain in ((0.995, "mvcr"), (0.97, "mver")):
        (line,) = page.lines
        seen = SecondReading("l.otieno@mvcr.go.ke", line.box, score, "second")
        read = replace(page, lines=(replace(line, second=(seen,)),))
        run = TextRun(build_document((read,)), (0,))
        mails = tuple(find_emails(run.text))
        draft = Draft(run, "test", emails=mails)
        found = choose_address(draft, "Lucy OTIENO", mails[0], {})
        assert (found.text, "readers_disagree" in found.doubts) == (
            f"l.otieno@{domain}.go.ke",
            True,
        )


def test_an_address_of_somebody_else_is_doubted() -> None:
    assert "name_email_mismatch" in _chosen("John KAMAU", "p.otieno@mfa.go.ke").doubts


def test_no_address_of_the_world_ends_like_that() -> None:
    assert "email_invalid" in _chosen("John KAMAU", "j.kamau@mfa.go.zq").doubts


def test_a_domain_seen_before_is_trusted_more() -> None:
    printed = "john.kamau@mfa.go.ke"
    alone = _chosen("John KAMAU", printed, printed)
    among = _chosen("John KAMAU", printed, printed, {"mfa.go.ke": 3})
    assert among.confidence > alone.confidence


def test_one_confusion_of_letters_away_stands_the_name() -> None:
    assert repairs("j.karnau@mfa.go.ke", "John KAMAU") == ["j.kamau@mfa.go.ke"]
    assert repairs("j.kamau@mfa.go.ke", "John KAMAU") == []


def test_a_mailbox_has_no_accents_and_what_is_kept_instead_says_so() -> None:
    found = _chosen("Shauna KAMAU", "shauņa.kamau@mfa.go.ke", "shauņa.kamau@mfa.go.ke")
    assert found.text == "shauna.kamau@mfa.go.ke"
    assert "email_repaired" in found.doubts
    found = _chosen("Ali AL-SAYED", "ali.aí-sayed@mfa.go.ke", "ali.aí-sayed@mfa.go.ke")
    assert found.text == "ali.al-sayed@mfa.go.ke"


def test_a_dot_that_the_rest_of_the_note_has_is_put_back_and_said() -> None:
    known = {"post.example.com": 1, "postexample.com": 1}
    found = _chosen("John KAMAU", "j.kamau@postexample.com", "j.kamau@postexample.com", known)
    assert found.text == "j.kamau@post.example.com"
    assert "email_repaired" in found.doubts
    kept = _chosen("John KAMAU", "j.kamau@post.example.com", "j.kamau@post.example.com", known)
    assert (kept.text, kept.doubts) == ("j.kamau@post.example.com", ())


def test_a_country_code_with_a_digit_is_read_as_letters_and_said() -> None:
    found = _chosen("John KAMAU", "j.kamau@police.gov.1k")
    assert found.text == "j.kamau@police.gov.lk"
    assert "email_repaired" in found.doubts


def test_an_end_that_is_read_twice_is_not_printed_twice() -> None:
    found = _chosen("John KAMAU", "john.kamau@post.ke .ke", "john.kamau@post.ke")
    assert found.text == "john.kamau@post.ke"


def test_an_initial_that_the_page_reader_parts_from_an_address_begins_it() -> None:
    found = _chosen("John KAMAU", "j kamau@mfa.go.ke", "j.kamau@mfa.go.ke")
    assert found.text == "j.kamau@mfa.go.ke"
    assert found.doubts


@pytest.mark.parametrize("name", ["Лусия Менсах", "梅丽娜"])
def test_an_initial_is_no_figure_whatever_the_name_and_that_is_said(name: str) -> None:
    found = _chosen(name, "1.mensah@mfa.gov.gh", "1.mensah@mfa.gov.gh")
    assert found.text == "l.mensah@mfa.gov.gh"
    assert "email_repaired" in found.doubts


def test_the_edge_of_a_cell_is_no_part_of_an_address_that_spells_the_name_without_it() -> None:
    found = _chosen("Ngugi KAMAU", "1nkamau@mfa.go.ke", "1nkamau@mfa.go.ke")
    assert found.text == "nkamau@mfa.go.ke"
    assert "email_repaired" in found.doubts
    assert _chosen("Ngugi KAMAU", "1stsecretary@mfa.go.ke").text == "1stsecretary@mfa.go.ke"


def test_a_dot_that_one_reader_lost_is_there_and_doubted() -> None:
    found = _chosen("John KAMAU", "jkamau@mfa.go.ke", "j.kamau@mfa.go.ke")
    assert found.text == "j.kamau@mfa.go.ke"
    assert "readers_disagree" in found.doubts


def test_a_domain_is_no_witness_for_itself() -> None:
    printed, second = "wei.wang@drnfa.gov.cn", "wei.wang@mfa.gov.cn"
    assert _chosen("王伟", printed, second, {"drnfa.gov.cn": 1}).text == second


def test_a_reading_that_ends_earlier_is_cut() -> None:
    printed = "office7@post.example.com"
    assert _chosen("王伟", printed, printed[:-1], {"post.example.com": 1}).text == printed


def test_a_figure_between_letters_was_one_of_them() -> None:
    found = _chosen("高丽娟", "1ijuan.gao@mfa.gov.cn", "1ijuan.gao@mfa.gov.cn")
    assert (found.text, found.doubts) == ("lijuan.gao@mfa.gov.cn", ("email_repaired",))


@pytest.mark.parametrize(
    ("first", "second"),
    [("l.gao@post.example", "1.gao@post.example"), ("gao7@mail.example", "gao7@mai1.example")],
)
def test_a_letter_that_one_reader_saw_stands_before_a_figure(first: str, second: str) -> None:
    found = _chosen("王伟", first, second)
    assert (found.text, "readers_disagree" in found.doubts) == (first, True)


def test_a_domain_does_not_speak_for_itself() -> None:
    first, second = "gao.lijuan@dmfa.gov.cn", "gao.lijuan@mfa.gov.cn"
    found = _chosen("高丽娟", first, second, {"dmfa.gov.cn": 1})
    assert (found.text, found.doubts) == (second, ("readers_disagree",))


def test_a_line_below_letters_that_was_read_as_white_is_put_back_and_said() -> None:
    found = _chosen("Ana SOUSA", "Attaché ana sousa@mfa.example.org", "ana sousa@mfa.example.org")
    assert found.text == "ana_sousa@mfa.example.org"
    assert "email_repaired" in found.doubts
    assert _chosen("Ana SOUSA", "bota sousa@mfa.example.org").text == "sousa@mfa.example.org"


def test_the_half_that_one_reader_lost_before_a_stroke_is_there_and_doubted() -> None:
    found = _chosen("Ana SOUSA", "ana_sousa@mfa.example.org", "sousa@mfa.example.org")
    assert found.text == "ana_sousa@mfa.example.org"
    assert found.doubts


@pytest.mark.parametrize(
    ("name", "read", "printed"),
    [
        ("Oto BRANDL", "0.brandl@trade.example.org", "o.brandl@trade.example.org"),
        ("Oto BRANDL", "brandll4@trade.example.org", "brandl14@trade.example.org"),
    ],
)
def test_a_figure_and_a_letter_alike_are_told_by_the_name_and_said(
    name: str, read: str, printed: str
) -> None:
    found = _chosen(name, read, read)
    assert (found.text, found.doubts) == (printed, ("email_repaired",))


def test_an_address_that_both_read_is_kept_where_the_name_was_misread() -> None:
    found = _chosen("lonela VARGO", "ionela-v@court.example.org", "ionela-v@court.example.org")
    assert found.text == "ionela-v@court.example.org"


@pytest.mark.parametrize(
    ("title", "rest"),
    [("Counsellor, ana", "Counsellor"), ("ana", ""), ("Diana", "Diana"), ("Judge", "Judge")],
)
def test_a_word_put_back_before_an_address_is_none_of_the_post(title: str, rest: str) -> None:
    assert without_first_half(title, "ana_sousa@mfa.example.org") == rest


@pytest.mark.parametrize("read", ["x.lin@moj.gov.cne", "x.lin@moj.gov.cnlenna"])
def test_what_ran_into_the_end_of_a_domain_is_cut_off(read: str) -> None:
    assert without_tail(read) == ["x.lin@moj.gov.cn"]
    assert without_tail("x.lin@moj.gov.cn") == without_tail("x.lin@moj.gov.qqq") == []
