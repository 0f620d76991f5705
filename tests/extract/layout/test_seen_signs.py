"""Dots and forms of address that the line reader saw where the page reader saw others."""

from __future__ import annotations

import pytest

from extract.layout.lines import page_lines
from ocr.types import ARABIC_LINES, Box, Line, Page, SecondReading, Word


def _read(
    texts: tuple[str, ...], seen: str, confidence: float = 0.98, engine: str = "line_reader"
) -> str:
    words, x = [], 100
    for text in texts:
        width = len(text) * (30 if ord(text[0]) > 0x3000 else 14)
        words.append(Word(text, Box(x, 100, x + width, 130), 0.9))
        x += width + 10
    second = SecondReading(seen, Box(98, 98, x, 132), confidence, engine)
    line = Line(tuple(words), second=(second,))
    return page_lines(Page(1, 1654, 2339, 200, "read", lines=(line,)))[0].text


@pytest.mark.parametrize(
    ("texts", "seen", "text"),
    [
        (("参赞哈桑。阿里先生",), "参赞哈桑·阿里先生", "参赞哈桑·阿里先生"),
        (("哈桑", ".阿里"), "哈桑·阿里", "哈桑·阿里"),
        (("外字第4?7号",), "外字第437号", "外字第437号"),
        (("参赞", "哈桑", "阿里先生"), "参赞哈桑·阿里先生", "参赞哈桑·阿里先生"),
        (("参赞哈桑。阿里出席。",), "参赞哈桑。阿里出席。", "参赞哈桑。阿里出席。"),
        (("Mile", "DIOP", "Awa,"), "Mlle DIOP Awa,", "Mlle DIOP Awa,"),
        (("SEM.", "DIOP"), "S.E. M. DIOP", "S.E. M. DIOP"),
        (("Sem", "DIOP"), "Sam DIOP", "Sem DIOP"),
        (("Mr.", "DIOP"), "Mrs. DIOP", "Mr. DIOP"),
        (("Sra.", "Inés", "ROBÚ?,"), "Sra. Inés ROBÜ2,", "Sra. Inés ROBÚ²,"),
        (("Sra.", "Inés", "ROBU*"), "Sra. Inés ROBU³", "Sra. Inés ROBU³"),
        (("Sra.", "Inés", "ROBU?"), "Sra. Inés ROBU", "Sra. Inés ROBU?"),
    ],
)
def test_a_sign_the_line_reader_is_sure_of_stands(
    texts: tuple[str, ...], seen: str, text: str
) -> None:
    assert _read(texts, seen).split() == text.split()


def test_the_arabic_line_reader_tells_a_form_of_address() -> None:
    read = _read(("االسيد", "ناصر", "السالمي"), "السيد ناصر السالمي", engine=ARABIC_LINES)
    assert read == "السيد ناصر السالمي"


def test_a_sign_the_line_reader_doubts_does_not() -> None:
    assert _read(("参赞哈桑。阿里先生",), "参赞哈桑·阿里先生", 0.6) == "参赞哈桑。阿里先生"


@pytest.mark.parametrize(
    ("texts", "signs"),
    [
        (("哈桑先生", "一", "参赞", "一", "外交部", "一"), "———"),
        (("二", "〇", "一", "一", "年"), ""),
        (("参赞", "一", "哈桑"), ""),
    ],
)
def test_ones_alone_between_words_are_dashes(texts: tuple[str, ...], signs: str) -> None:
    assert "".join(c for c in _read(texts, "") if c == "—") == signs


def test_a_bracket_that_is_closed_as_a_round_one_is_round() -> None:
    assert _read(("邮箱〈依序）：",), "") == "邮箱（依序）："
    assert _read(("《关于〈公约〉的决定》",), "") == "《关于〈公约〉的决定》"
