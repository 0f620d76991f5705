"""Boxes follow the ink, and white inside a word parts two."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image import Grey
from ocr.passes.first import ink
from ocr.types import Box, Line, Word

Place = tuple[str, int, int]
"""A text, and where its baseline begins: x and y, pixels."""


def drawn(*places: Place) -> tuple[Grey, tuple[Word, ...]]:
    """A page of print, and its words in boxes of their ink."""
    image = np.full((300, 900), 255, np.uint8)
    words = []
    for text, x, y in places:
        cv2.putText(image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2, cv2.LINE_AA)
        (width, height), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2)
        words.append(Word(text, Box(x, y - height, x + width, y + below), 0.95))
    return image, tuple(words)


def test_a_box_twice_as_high_as_its_word_is_cut_down_to_the_ink() -> None:
    image, (name, below) = drawn(("Fonctions", 50, 100), ("Administration", 50, 150))
    high = Word(name.text, Box(48, 65, 230, 120), 0.95)
    plain = tuple(Line((below,)) for _ in range(3))
    (line, *_) = ink.tight(image, (Line((high,)), *plain))
    assert abs(line.words[0].box.top - 77) <= 4
    assert abs(line.words[0].box.bottom - 102) <= 4
    assert abs(line.words[0].box.left - name.box.left) <= 5


def test_the_accent_over_a_capital_stays_in_the_box() -> None:
    image, (word, *rest) = drawn(("ELAN", 50, 100), ("Administration", 50, 150))
    image[72:76, 55:62] = 0  # an accent, three rows above the letter
    high = Word("ÉLAN", Box(48, 60, word.box.right, 110), 0.95)
    (line, *_) = ink.tight(image, (Line((high,)), *(Line(tuple(rest)) for _ in range(3))))
    assert line.words[0].box.top <= 72


def test_a_sign_without_ink_is_no_word() -> None:
    image, (name, dash) = drawn(("NAME", 50, 100), ("-", 200, 100))
    nothing = Word("_—", Box(400, 60, 420, 100), 0.66)
    assert ink.printed(image, (Line((name, dash, nothing)), Line((nothing,)))) == (
        Line((name, dash)),
    )


def test_a_stroke_is_a_sign_but_a_rule_between_columns_is_none() -> None:
    image, (name,) = drawn(("NAME", 50, 100))
    stroke, rule = Word("|", Box(200, 75, 206, 105), 0.9), Word("|", Box(400, 75, 406, 105), 0.9)
    image[75:105, 202:205] = 0
    image[20:250, 402:405] = 0
    assert ink.printed(image, (Line((name, stroke, rule)),)) == (Line((name, stroke)),)


def test_a_page_without_words_stays_empty() -> None:
    assert ink.tight(np.full((50, 50), 255, np.uint8), ()) == ()


def test_a_wide_box_ends_where_its_ink_does() -> None:
    image, (name, other) = drawn(("Second", 300, 100), ("Secretary", 300, 150))
    wide = Word(name.text, Box(240, name.box.top, name.box.right + 60, name.box.bottom), 0.95)
    (line, below) = ink.tight(image, (Line((wide,)), Line((other,))))
    assert abs(line.words[0].box.left - name.box.left) <= 5
    assert abs(line.words[0].box.right - name.box.right) <= 5
    assert below.words[0].box == other.box


def test_of_faint_print_the_darkest_letter_is_not_the_word() -> None:
    image, (name,) = drawn(("Secretary", 300, 100))
    faint = np.where(image < 160, 180, image).astype(np.uint8)
    faint[80:100, 420:424] = 0
    (line,) = ink.tight(faint, (Line((name,)),))
    assert line.words[0].box == name.box
