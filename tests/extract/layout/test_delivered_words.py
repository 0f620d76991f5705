"""Words as page readers deliver them: boxes of ink, glued words, columns read before headings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extract.layout.glued import unglued
from extract.layout.lines import TextLine
from extract.layout.type_height import evened
from ocr.types import Box, Line, Page, Word


def inked(text: str, left: int, base: int) -> Word:
    """A word in the box of its ink: ``ace`` is lower than ``bdf``, ``gpq`` goes below the line."""
    top = base - (22 if any(c in "bdfhklt" or c.isupper() for c in text) else 15)
    bottom = base + (7 if any(c in "gjpqy," for c in text) else 0)
    return Word(text, Box(left, top, left + 12 * len(text), bottom), 0.95)


def inked_line(text: str, left: int, base: int) -> Line:
    words, x = [], left
    for part in text.split():
        words.append(inked(part, x, base))
        x += 12 * (len(part) + 1)
    return Line(tuple(words))


def page(*lines: Line) -> Page:
    return Page(1, 1654, 2339, 200, "read", lines=lines)


def test_words_of_one_line_stand_on_one_height() -> None:
    lines = [inked_line("Judge, annex of Kofi", 100, 100 + 40 * n) for n in range(4)]
    found = evened(lines)
    boxes = [found[id(w)].box for w in lines[0].words]
    assert all(
        abs(a.top - b.top) <= 1 and abs(a.bottom - b.bottom) <= 1 for a, b in pairwise(boxes)
    )


def test_boxes_of_one_height_are_left_alone() -> None:
    lines = [
        Line(
            tuple(Word(t, Box(50 * n, 0, 50 * n + 40, 30), 0.9) for n, t in enumerate(["ag", "bx"]))
        )
        for _ in range(4)
    ]
    assert evened(lines) == {}


def test_boxes_that_reach_over_the_next_line_are_as_high_as_chinese_characters_are_wide() -> None:
    lines = [Line((Word("陈立新", Box(100, 52 * n, 190, 52 * n + 80), 0.9),)) for n in range(1, 4)]
    boxes = [found.box for found in evened(lines).values()]
    assert [b.height for b in boxes] == [30, 30, 30]
    assert [b.center[1] for b in boxes] == [line.words[0].box.center[1] for line in lines]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("MsHOVHANNISYAN", ["Ms", "HOVHANNISYAN"]),
        ("_MsHOVHANNISYAN", ["Ms", "HOVHANNISYAN"]),
        ("Г-жаЗАЙЦЕВА", ["Г-жа", "ЗАЙЦЕВА"]),
        ("г-нД.К.", ["г-н", "Д.К."]),
        ("Г.жа", ["Г-жа"]),
        ("гг-жа", ["г-жа"]),
        ("r-н", ["г-н"]),
        ("р-н", ["р-н"]),
        ("_Meyer", ["Meyer"]),
        ("Г.Н.", ["Г.Н."]),
        ("السيدةرانيا", ["السيدة", "رانيا"]),
        ("السيدتان", ["السيدتان"]),
        ("McDonald", ["McDonald"]),
        ("DRAGAN", ["DRAGAN"]),
        ("Meyer", ["Meyer"]),
    ],
)
def test_a_form_of_address_is_parted_from_the_name_it_is_glued_to(
    text: str, parts: list[str]
) -> None:
    found = unglued(Word(text, Box(100, 0, 300, 30), 0.9))
    assert [w.text for w in found] == parts
    assert sum(w.box.width for w in found) == 200


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("AishaBELLO,", ["Aisha", "BELLO,"]),
        ("Зг-жа", ["3.", "г-жа"]),
        ("O’Hara-Lee3,", ["O’Hara-Lee", "3,"]),
        ("MmeAishaBELLO", ["Mme", "Aisha", "BELLO"]),
        ("MacDONALD", ["MacDONALD"]),
        ("Notary,High", ["Notary,", "High"]),
        ("ministerio,gob.xx", ["ministerio,gob.xx"]),
        ("-—", ["—"]),
        (":”", [":"]),
        ("--", ["--"]),
        ("'Адилова", ["Адилова"]),
        ("‘судья’", ["‘судья’"]),
        ("'Utoikamanu", ["'Utoikamanu"]),
    ],
)
def test_a_name_in_capitals_and_a_long_dash_are_parted_from_what_they_are_read_with(
    text: str, parts: list[str]
) -> None:
    assert [w.text for w in unglued(Word(text, Box(100, 0, 300, 30), 0.9))] == parts


def test_chinese_cut_inside_a_name_is_one_text() -> None:
    words = (
        Word("陈思", Box(100, 0, 160, 30), 0.9),
        Word("远", Box(170, 0, 200, 30), 0.9),
        Word("王", Box(240, 0, 270, 30), 0.9),
    )
    assert TextLine(1, words).text == "陈思远 王"
