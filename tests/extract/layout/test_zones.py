"""Head, body and foot of a note, and what of later pages belongs to its list."""

from __future__ import annotations

from extract.layout.document import build_document
from extract.layout.zones import Zones, find_zones
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
