"""Head, body and foot of a note, and what of later pages belongs to its list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.layout.document import build_document
from extract.layout.zones import Zones, find_zones
from ocr.types import Line, Page
from tests.extract.conftest import make_page

HEAD = ("EMBASSY OF PORTUGAL", "Ref. 17/2019", "")
OPENING = (
    "The Embassy of Portugal presents its compliments to the Secretariat and has the honour to"
)
CLOSING = "avails itself of this opportunity to renew the assurances of its highest consideration."
FOOT = ("", "The Embassy of Portugal", CLOSING, "", "Vienna, 12 April 2019", "Rui COSTA")
NOTE = make_page((*HEAD, OPENING, "nominate:", "", "1. Ms. Ana LIMA, Judge", *FOOT))


def _zones(*pages: tuple[str, ...]) -> tuple[Zones, dict[str, str]]:
    made = (NOTE, *(make_page(lines, number=n) for n, lines in enumerate(pages, start=2)))
    document = build_document(made)
    zones = find_zones(document)
    return zones, {x.text: z for x, z in zip(document.lines, zones.of_line, strict=True)}


def test_a_note_begins_with_its_opening_and_ends_with_its_closing_sentence() -> None:
    zones, said = _zones()
    assert said["EMBASSY OF PORTUGAL"] == "head"
    assert said["1. Ms. Ana LIMA, Judge"] == "body"
    assert said["The Embassy of Portugal"] == said[CLOSING] == said["Rui COSTA"] == "foot"
    assert (zones.opening, zones.closing) == (2, 5)


def test_a_page_with_an_address_or_a_heading_of_a_list_belongs_to_the_note() -> None:
    _, said = _zones(("List of participants", "Mr. Rui SILVA, Judge"))
    assert said["Mr. Rui SILVA, Judge"] == "body"
    _, said = _zones(("Mr. Rui SILVA, r.silva@mp.example",))
    assert said["Mr. Rui SILVA, r.silva@mp.example"] == "body"


def test_a_page_of_names_alone_behind_the_closing_is_its_foot() -> None:
    _, said = _zones(("To the Secretariat", "Vienna International Centre"))
    assert said["Vienna International Centre"] == "foot"


def test_a_page_without_formulas_is_all_body() -> None:
    document = build_document((make_page(("Ms. Ana LIMA", "Mr. Rui SILVA")),))
    assert set(find_zones(document).of_line) == {"body"}


def test_the_last_entry_of_a_list_is_no_beginning_of_the_closing_sentence() -> None:
    for mark in "٢.", "•", "-", "":
        entry = f"{mark} السيد سمير الراوي، مستشار، وزارة الخارجية".strip()
        lines = (
            "يهدي الوفد الدائم لجمهورية العراق في فيينا أطيب تحياته إلى الأمانة",
            "ويود الإفادة بأن المرشحين للمشاركة هم:",
            "السيدة ليلى الراوي، قاضية، وزارة العدل",
            entry,
            "ويغتنم الوفد الدائم هذه الفرصة ليعرب عن أسمى آيات التقدير والاحترام.",
        )
        document = build_document((make_page(lines),))
        zones = find_zones(document)
        assert zones.closing is not None
        told = dict(zip((x.text for x in document.lines), zones.of_line, strict=True))
        assert told[entry] == "body"
        assert told[lines[-1]] == "foot"


TO_INFORM = (
    "EMBASSY OF PORTUGAL",
    "Ref. 17/2019",
    "Vienna, 12 April 2019",
    "",
    "The Embassy of Portugal in Vienna avails itself of this note to tell the Office, as asked in",
    "the circular about the workshop on 3 June 2019, whom Lisbon will send:",
    "",
)
LISTED = (
    "Ms. Ana LIMA",
    "Judge, Court of Appeal",
    "a.lima@courts.example",
    "",
    "Mr. Rui SILVA",
    "Prosecutor, Public Prosecution",
    "r.silva@mp.example",
    "",
)
UNKNOWN_END = (
    "The Embassy of Portugal in Vienna thanks its colleagues warmly for every kindness shown.",
    "",
    "Jorge COSTA",
    "Ambassador",
)


def _told(*lines: str) -> tuple[Zones, dict[str, str]]:
    document = build_document((make_page(lines),))
    zones = find_zones(document)
    return zones, dict(zip((x.text for x in document.lines), zones.of_line, strict=True))


def test_words_of_the_closing_formula_above_the_list_open_the_note() -> None:
    for end in (UNKNOWN_END, FOOT):
        zones, said = _told(*TO_INFORM, *LISTED, *end)
        assert said["Ms. Ana LIMA"] == said["r.silva@mp.example"] == "body"
        assert said["Ref. 17/2019"] == "head"
        assert zones.opening == 3
    assert said["Rui COSTA"] == "foot"


def test_the_same_words_close_a_note_with_nobody_but_the_signature_below() -> None:
    zones, said = _told(
        "The Embassy of Portugal regrets that nobody will come to the workshop.",
        "",
        "The Embassy avails itself of this opportunity to greet the Office.",
        "",
        "Mr. Jorge COSTA, Ambassador",
    )
    assert zones.closing == 1
    assert said["Mr. Jorge COSTA, Ambassador"] == "foot"


def test_a_heading_of_an_annex_below_the_formula_leaves_it_a_closing_one() -> None:
    zones, said = _told(
        *HEAD,
        OPENING,
        "enclose the names of its delegates.",
        *FOOT,
        "",
        "List of participants",
        "",
        *LISTED,
    )
    assert said[CLOSING] == said["Rui COSTA"] == "foot"
    assert said["Ms. Ana LIMA"] == "body"
    assert zones.closing is not None


def test_a_closing_sentence_in_unknown_words_begins_with_the_sender_below_the_list() -> None:
    _, said = _told(*HEAD, OPENING, "nominate:", "", *LISTED, *UNKNOWN_END)
    assert said["Prosecutor, Public Prosecution"] == "body"
    assert said[UNKNOWN_END[0]] == said["Jorge COSTA"] == "foot"


def test_the_senders_name_as_somebodys_office_closes_nothing() -> None:
    zones, said = _told(
        *HEAD,
        OPENING,
        "nominate:",
        "",
        *LISTED,
        "Ms. Eva NEVES, Counsellor",
        "Embassy of Portugal.",
    )
    assert zones.closing is None
    assert said["Embassy of Portugal."] == "body"


def test_the_closing_sentence_begins_where_its_first_full_line_does() -> None:
    lead = "En remerciant le Bureau du soin qu’il met à suivre ce dossier, " * 2 + "l’Ambassade du"
    office = "Ministère de la justice"
    lines = ("Mme Ana LIMA, juge", office, lead, "Portugal lui renouvelle sa haute considération.")
    document = build_document((make_page((*HEAD, OPENING, "nominate:", "", *lines)),))
    told = dict(zip((x.text for x in document.lines), find_zones(document).of_line, strict=True))
    assert (told[office], told[lead]) == ("body", "foot")


def _spread(page: Page, step: float, low: frozenset[int] = frozenset()) -> Page:
    """The page with ``step`` as much between its lines; the letters of ``low`` ones do not rise."""
    lines = []
    for number, line in enumerate(page.lines):
        rise = 12 if number in low else 0
        boxes = [w.box for w in line.words]
        moved = [
            replace(b, top=int(b.top * step) + rise, bottom=int(b.top * step) + 30) for b in boxes
        ]
        lines.append(Line(tuple(replace(w, box=b) for w, b in zip(line.words, moved, strict=True))))
    return replace(page, lines=tuple(lines))


@pytest.mark.parametrize(("step", "low"), [(1.0, ()), (1.3, (-1,)), (2.0, ())])
def test_a_closing_sentence_goes_on_at_the_usual_distance_of_the_lines(
    step: float, low: tuple[int, ...]
) -> None:
    page = make_page((*HEAD[:2], OPENING, "nominate:", "1. Ms. Ana LIMA, Judge", *FOOT[1:3]))
    last = frozenset(len(page.lines) + n for n in low)
    document = build_document((_spread(page, step, last),))
    told = dict(zip((x.text for x in document.lines), find_zones(document).of_line, strict=True))
    assert told["1. Ms. Ana LIMA, Judge"] == "body"
    assert told["The Embassy of Portugal"] == "foot"


def test_a_formula_that_opens_a_note_of_nobody_does_not_close_it() -> None:
    opening = "The Embassy of Portugal avails itself of this note to greet the Office. No expert"
    lines = (*HEAD, opening, "from Lisbon will attend.", "", *FOOT[1:3])
    document = build_document((make_page(lines),))
    zones = find_zones(document)
    assert document.lines[zones.closing or 0].text == "The Embassy of Portugal"


def test_small_lines_that_follow_closely_are_no_footer_of_the_page() -> None:
    entry = ("Ms. Ana LIMA", "Judge", "a.lima@mp.example")
    page = make_page(
        (*HEAD, OPENING, "nominate:", *(["", "Mr. Rui SILVA", "Judge"] * 4), "", *entry)
    )
    low = Line(
        tuple(replace(w, box=replace(w.box, top=w.box.top + 8)) for w in page.lines[-1].words)
    )
    far = 300
    off = Line(
        tuple(
            replace(w, box=replace(w.box, top=w.box.top + far, bottom=w.box.bottom + far))
            for w in low.words
        )
    )
    for last, zone in ((low, "body"), (off, "foot")):
        document = build_document((replace(page, lines=(*page.lines[:-1], last)),))
        assert find_zones(document).of_line[-1] == zone
