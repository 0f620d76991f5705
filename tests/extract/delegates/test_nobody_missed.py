"""Who begins where: persons that stood in a list and were lost to what stands beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.note import read_raw
from extract.types import NoteVerbale
from ocr.types import Box, Line, Page
from tests.extract.letter import HEAD, TAIL, PageOf

WHITE = 14  # pixels more above an entry than inside one


def _note(page_of: PageOf, *body: str) -> NoteVerbale:
    return read_raw((page_of([*HEAD, *body, *TAIL]),))


def _names(note: NoteVerbale) -> list[str]:
    return [p.name.text for p in note.delegates]


def _mails(note: NoteVerbale) -> list[str | None]:
    return [p.email.text if p.email else None for p in note.delegates]


def _with_white(page: Page, *begins: str) -> Page:
    """The page, with more white above each line that begins so."""
    lines: list[Line] = []
    down = 0
    for line in page.lines:
        down += WHITE * line.words[0].text.startswith(begins)
        lines.append(Line(tuple(replace(w, box=_lower(w.box, down)) for w in line.words)))
    return replace(page, lines=tuple(lines))


def _lower(box: Box, down: int) -> Box:
    return Box(box.left, box.top + down, box.right, box.bottom + down)


def test_a_mission_to_our_office_is_no_addressee(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. Mr. John KAMAU, Registrar, j.kamau@justice.go.ke",
        "",
        "Ms. Mary WANJIKU",
        "First Counsellor",
        "Permanent Mission of Kenya to the United Nations Office on Drugs and Crime",
    )
    assert _names(note) == ["John KAMAU", "Mary WANJIKU"]


def test_more_white_than_inside_an_entry_begins_the_next(page_of: PageOf) -> None:
    page = page_of(
        [
            *HEAD,
            "Tobin Wexler, International Legal Adviser",
            "Aleen Bright, Ambassador and Director for Border Affairs, Ministry of",
            "Works",
            *TAIL,
        ]
    )
    note = read_raw((_with_white(page, "Tobin", "Aleen"),))
    assert _names(note) == ["Tobin Wexler", "Aleen Bright"]


def test_an_address_ends_its_line_however_full_it_is(page_of: PageOf) -> None:
    post = "Senior Director, Department of Planning and Surveys and Works of the State and Lands of"
    page = page_of(
        [
            *HEAD,
            post,
            "the Republic, Commission for Spatial Planning – Tobin Wexler (wexler@justice.go.ke)",
            "Counsellor, Ministry of Works – Ms. Aleen BRIGHT",
            *TAIL,
        ]
    )
    note = read_raw((_with_white(page, "Counsellor"),))
    assert [(p.name.text, p.email is None) for p in note.delegates][-1] == ("Aleen BRIGHT", True)


def test_a_post_and_its_office_lead_to_the_name_behind_a_dash(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "Acting Director, Meteorological Matters – Mr. Tobin WEXLER (wexler@justice.go.ke)",
        "",
        "Counsellor, Permanent Mission of Kenya to the United Nations (Vienna) – Ms. Aleen BRIGHT",
    )
    titles = [p.title.text if p.title else None for p in note.delegates]
    assert titles == ["Acting Director, Meteorological Matters", "Counsellor"]


def test_the_first_person_of_a_sentence_below_a_colon_needs_no_form_of_address(
    page_of: PageOf,
) -> None:
    note = _note(
        page_of,
        "Ruwan S. Perera, Secretary for Works, Ministry of Works (e-mail: perera@works.go.ke); "
        "A. B. Silva, Counsellor, Ministry of Works of the Republic of Kenya and of all its lands "
        "(e-mail: silva@works.go.ke); and K. D. Fernando, Director, Department of Plans of the "
        "Republic of Kenya and of its lands (e-mail: k.fernando@works.go.ke).",
    )
    assert _names(note) == ["Ruwan S. Perera", "A. B. Silva", "K. D. Fernando"]


def test_a_form_of_address_inside_a_broken_address_is_nobody(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "Mr. Tobin WEXLER",
        "Director",
        "TOBIN.WEXLER@WORKS-",
        "JUSTICE.GO.KE",
    )
    assert _names(note) == ["Tobin WEXLER"]
    assert _mails(note) == ["tobin.wexler@works-justice.go.ke"]


def test_two_words_for_posts_are_no_form_of_address(page_of: PageOf) -> None:
    note = _note(page_of, "Mr. Tobin WEXLER", "Ambassador Chief Negotiator", "Ministry of Works")
    assert _names(note) == ["Tobin WEXLER"]


def test_a_date_above_is_no_footnote(page_of: PageOf) -> None:
    lines = ["1 May 2019", *HEAD, "Mr. Tobin WEXLER, Director, Ministry of Works¹", *TAIL]
    note = read_raw((page_of([*lines, "", "¹ office.four@works.go.ke"]),))
    assert _mails(note) == ["office.four@works.go.ke"]


@pytest.mark.parametrize("name", ["المختار ولد سالم", "الشيخ أحمد ولد سالم"])
def test_behind_a_form_of_address_the_word_is_of_the_name(page_of: PageOf, name: str) -> None:
    lines = [
        "سفارة الجمهورية الإسلامية الموريتانية",
        "تهدي السفارة تحياتها إلى الأمانة وتتشرف بإبلاغها بتشكيل الوفد المشارك:",
        "",
        f"١- السيد {name}، خبير قانوني، وزارة العدل",
        "٢- السيدة مريم بنت أحمد، مستشار قانوني، وزارة العدل",
    ]
    note = read_raw((page_of(lines, language="ar", from_right=True),))
    assert _names(note)[0] == name


def test_a_driver_named_in_a_sentence_of_his_own_is_no_delegate(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "Mr. Tobin WEXLER, Director, Ministry of Works",
        "",
        "The driver is Mr. Aleen BRIGHT.",
    )
    assert _names(note) == ["Tobin WEXLER"]


def test_the_first_below_the_name_of_the_delegation_is_a_person(page_of: PageOf) -> None:
    page = page_of(
        [
            *HEAD,
            "Delegation of Kenya",
            "WEXLER, Tobin, International Legal Adviser, Ministry of Justice",
            "BRIGHT, Aleen, Director for Border Affairs, Department of Surveys, Ministry of",
            "Works",
            "OYUGI, Grace, Deputy Registrar, High Court",
            *TAIL,
        ]
    )
    note = read_raw((_with_white(page, "WEXLER,", "BRIGHT,", "OYUGI,"),))
    assert _names(note) == ["WEXLER, Tobin", "BRIGHT, Aleen", "OYUGI, Grace"]


def test_a_line_with_a_name_and_a_post_that_nobody_has_is_doubted(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "Those who come",
        "WEXLER, Tobin, Legal Adviser, Ministry of Justice",
        "BRIGHT, Aleen, Director, Ministry of Works",
        "",
        "OYUGI, Grace, Deputy Registrar, High Court",
        "",
        "TANUI, Peter, Judge, High Court",
    )
    found = len(note.delegates)
    assert found == 4 or "entry_not_understood" in [d.code for d in note.doubts]
