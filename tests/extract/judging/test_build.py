"""Values of a delegate from what was printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.judging.build import build_delegates
from extract.pipeline.reading import ask
from extract.pipeline.stages import FOUND
from ocr.types import ARABIC_LINES, SecondReading
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL


@pytest.mark.parametrize("read", ["I'OIT", "J'OIT", "l'OIT"])
def test_a_french_article_read_as_a_capital_is_put_right_and_doubted(read: str) -> None:
    lines = (*HEAD, f"Mme Awa DIOP, Conseiller auprès de {read}, awa.diop@mfa.example", *TAIL)
    (person,) = build_delegates(ask(FOUND, (make_page(lines),), accepted=True).drafts)
    assert person.title is not None
    assert person.title.text == "Conseiller auprès de l'OIT"
    doubted = any(d.field == "title" and d.code == "readers_disagree" for d in person.doubts)
    assert doubted == (read != "l'OIT")


@pytest.mark.parametrize(
    ("name", "odd"), [("Ana Emilia ROJAS Emi", True), ("Ana Emilia ROJAS", False)]
)
def test_a_name_with_a_piece_of_itself_is_odd(name: str, odd: bool) -> None:
    lines = (*HEAD, f"1. Sra. {name}, Fiscal, ana.rojas@mfa.example", *TAIL)
    (person,) = build_delegates(ask(FOUND, (make_page(lines),), accepted=True).drafts)
    assert any(d.code == "name_odd" for d in person.doubts) == odd


def test_a_post_keeps_its_last_word_where_the_address_was_printed_with_it() -> None:
    lines = (*HEAD, "Mr. Ivo DARROW, Senior adviser, adviser_darrow@mfa.example.org", *TAIL)
    (person,) = build_delegates(ask(FOUND, (make_page(lines),), accepted=True).drafts)
    assert person.title is not None
    assert person.email is not None
    assert person.email.text == "adviser_darrow@mfa.example.org"
    assert person.title.text == "Senior adviser"


@pytest.mark.parametrize("lines", ["سجى الدغيثر", "سجي الدغيثر"])
def test_a_name_without_dots_keeps_them_off_where_no_reader_saw_any(lines: str) -> None:
    """On a page with dots ``المعنى`` has lost them; there are names that never had any."""
    printed = make_page(
        (
            "تهدي سفارة دولة الكويت تحياتها إلى الأمانة وتتشرف بترشيح السادة في الاجتماع الدولي:",
            "",
            "1- السيدة سجى الدغيثر، مستشارة",
        ),
        "ar",
    )
    *above, entry = printed.lines
    seen = SecondReading(lines, entry.box, 0.97, ARABIC_LINES, ("ar",))
    page = replace(printed, lines=(*above, replace(entry, second=(seen,))))
    (person,) = build_delegates(ask(FOUND, (page,), accepted=True).drafts)
    doubted = any(d.code == "readers_disagree" for d in person.doubts)
    assert (person.name.text, doubted) == (lines, "ي" in lines[:3])
