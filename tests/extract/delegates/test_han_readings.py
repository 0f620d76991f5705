"""Simplified or traditional: a note is printed in one of them, the line reader mixes them."""

from __future__ import annotations

from dataclasses import replace

from extract.delegates.scripts.han_readings import choose_han_reading
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from ocr.types import SecondReading
from tests.extract.conftest import make_page


def _chosen(*pairs: tuple[str, str]) -> list[str]:
    page = make_page(tuple(printed for printed, _ in pairs), confidence=0.9)
    lines = tuple(
        replace(line, second=(SecondReading(seen, line.box, 0.99, "rapidocr"),))
        for line, (_, seen) in zip(page.lines, pairs, strict=True)
    )
    document = build_document((replace(page, lines=lines),))
    found = []
    for number in range(len(pairs)):
        run = TextRun(document, (number,))
        choice = choose_han_reading(run, 0, len(run.text))
        found.append("" if choice is None else choice.text)
    return found


def test_a_note_in_traditional_characters_keeps_them() -> None:
    pairs = (("区嘉敏", "區嘉敏"), ("顾问高级技术员", "顧問高級技術員"))
    assert _chosen(*pairs) == ["區嘉敏", "顧問高級技術員"]


def test_a_traditional_character_that_the_line_reader_mixes_in_is_none() -> None:
    pairs = (("黄建国", "黃建国"), ("司法部国际合作局", "司法部国际合作局"))
    assert _chosen(*pairs) == ["黄建国", "司法部国际合作局"]
