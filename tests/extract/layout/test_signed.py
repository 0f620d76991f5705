"""A signature that no formula announces is told by the room above it."""

from __future__ import annotations

import pytest

from extract.layout.document import build_document
from extract.layout.zones import find_zones
from tests.extract.conftest import make_page

ABOVE = (
    "EMBASSY OF PORTUGAL",
    "Ref. 17/2019",
    "",
    "The Embassy of Portugal presents its compliments to the Secretariat and sends to the workshop",
    "",
    "Ana LIMA, Judge, a.lima@courts.example",
    "",
    "Rui SILVA, Prosecutor, r.silva@mp.example",
    "",
)
GOOD_WISHES = "May this paper find the Secretariat well, as it leaves the present writer."
SIGNED = ("Duarte MELO", "Ambassador, Permanent Representative")
TO_WHOM = ("", "Secretariat of the Conference of the States Parties", "Vienna International Centre")
ROOM = ("",) * 6


def _zone(lines: tuple[str, ...], of: str) -> str:
    document = build_document((make_page(lines),))
    zones = find_zones(document)
    return next(z for x, z in zip(document.lines, zones.of_line, strict=True) if x.text == of)


@pytest.mark.parametrize("below", [(), TO_WHOM], ids=["nothing below", "addressee below"])
def test_who_stands_far_below_the_last_sentence_signs(below: tuple[str, ...]) -> None:
    lines = (*ABOVE, GOOD_WISHES, *ROOM, *SIGNED, *below)
    assert _zone(lines, SIGNED[0]) == "foot"
    assert _zone(lines, "Rui SILVA, Prosecutor, r.silva@mp.example") == "body"


@pytest.mark.parametrize(
    "lines",
    [
        (*ABOVE, GOOD_WISHES, "", *SIGNED),
        (*ABOVE, *ROOM, *SIGNED),
        (*ABOVE, GOOD_WISHES, *ROOM, *SIGNED, "d.melo@mfa.example"),
        (*ABOVE, GOOD_WISHES[:-1] + ":", *ROOM, *SIGNED),
    ],
    ids=["no room", "no sentence", "an address", "a list is announced"],
)
def test_others_are_of_the_list(lines: tuple[str, ...]) -> None:
    assert _zone(lines, SIGNED[0]) == "body"
