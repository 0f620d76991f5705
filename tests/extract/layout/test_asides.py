"""Persons in a box beside running text."""

from __future__ import annotations

from extract.layout.asides import beside_text
from extract.note import read_note
from ocr.types import Line, Page
from tests.extract.layout.test_lists_beside import CLOSING, PITCH, words

TEXT = (
    "The Permanent Mission of Kenya",
    "presents its compliments to the",
    "Secretariat and, with reference",
    "to the invitation to the meeting",
    "of experts in the spring, wishes",
    "to recall the notes that it sent",
    "to Vienna from the capital, and",
    "those which it received, and has",
)
BOX = (
    "Mr. Juma KAMAU",
    "Chief Registrar",
    "High Court of Kenya",
    "",
    "Ms. Amina OTIENO",
    "State Counsel",
    "Ministry of Justice",
    "",
)
UNLED = (
    "Tobin Wexler",
    "Registrar of the High Court",
    "t.wexler@court.go.ke",
    "",
    "Aleen Brightwater",
    "Magistrate",
    "Ministry of Justice",
    "brightwater@moj.go.ke",
)
BELOW = "the honour to nominate the following delegates, as shown beside, for the meeting."
SHIFT = 12
"""By how much the lines of the box stand below those of the text, pixels."""


def persons(box: tuple[str, ...]) -> list[tuple[str, str | None]]:
    lines = []
    for n, (left, right) in enumerate(zip(TEXT, box, strict=True)):
        y = 100 + n * PITCH
        lines.append(Line(tuple([*words(left, 100, y), *words(right, 700, y + SHIFT)])))
    for n, text in ((0, BELOW), (2, CLOSING)):
        lines.append(Line(tuple(words(text, 100, 100 + (len(TEXT) + n) * PITCH))))
    page = Page(1, 2500, 3500, 200, "read", tuple(lines), language="en", mean_confidence=0.96)
    found = read_note((page,)).delegates
    return [(p.name.text, p.title.text if p.title else None) for p in found]


def test_a_box_is_read_by_itself_and_not_as_words_of_the_text() -> None:
    assert persons(BOX) == [("Juma KAMAU", "Chief Registrar"), ("Amina OTIENO", "State Counsel")]


def test_persons_in_a_box_need_no_form_of_address() -> None:
    """Words nobody knows are no part of the post below them, though the box has no more room."""
    assert persons(UNLED) == [
        ("Tobin Wexler", "Registrar of the High Court"),
        ("Aleen Brightwater", "Magistrate"),
    ]


def test_addresses_of_a_letterhead_beside_the_text_are_no_persons() -> None:
    text = [tuple(words(x, 100, n * PITCH)) for n, x in enumerate(TEXT)]
    head = ("Tel. +43 1 505 78 11", "office@example.org", "Schwindgasse 13")
    assert (
        beside_text([text, [tuple(words(x, 700, n * PITCH)) for n, x in enumerate(head)]]) is None
    )
    box = [tuple(words(x, 700, n * PITCH)) for n, x in enumerate(BOX) if x]
    assert beside_text([text, box]) == 1
