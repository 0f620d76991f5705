"""Which places of a page the other readers are sent to."""

from __future__ import annotations

from collections.abc import Callable

from extract.second_look import second_look
from ocr.types import Page

PageOf = Callable[..., Page]

NOTE = (
    "The Embassy of Poland presents its compliments to the Secretariat and has the honour to "
    "inform it that the delegation of Poland to the meeting will be composed of:",
    "",
    "1. Mr. Lukasz Zielinski, Prosecutor, Ministry of Justice",
    "2. Ms. Anna Nowak, Adviser, Ministry of Justice",
    "",
    "The Embassy of Poland avails itself of this opportunity to renew its highest consideration.",
)


def test_names_and_the_language_of_the_sending_state_are_told(page_of: PageOf) -> None:
    page = page_of(NOTE)
    places = second_look(page)
    assert places.languages == ("pl",)
    for box, name in zip(places.names, ("Lukasz", "Anna"), strict=True):
        (line,) = [li for li in page.lines if li.box.top <= box.center[1] < li.box.bottom]
        assert name in line.text
