"""The space of a short Chinese name is seen in the ink, and an address ends the word before it."""

from __future__ import annotations

import numpy as np

from ocr.image import Grey
from ocr.passes.first import han
from ocr.types import Box, Line, Word

SIZE, HEIGHT, BEARING = 30, 28, 2
"""Pixels from sign to sign, and of the white at either side of one."""


def drawn(*words: str, space: int = 8) -> tuple[Grey, Line]:
    """Squares for signs, a ``_`` for a name's space that the page reader did not see."""
    image = np.full((80, 1200), 255, np.uint8)
    found, x = [], 40
    for text in words:
        left = x
        for c in text:
            wide = space if c == "_" else SIZE if ord(c) > 0x2FFF else SIZE // 2
            if c in "，、":
                image[60:66, x + 3 : x + 9] = 0
            elif c != "_":
                image[40 : 40 + HEIGHT, x + BEARING : x + wide - BEARING] = 0
            x += wide
        box = Box(left + BEARING, 40, x - BEARING, 40 + HEIGHT)
        found.append(Word(text.replace("_", ""), box, 0.95))
        x += SIZE
    return image, Line(tuple(found))


def cut(*words: str, space: int = 8) -> list[str]:
    image, line = drawn(*words, space=space)
    (done,) = han.parted(image, (line,))
    return [w.text for w in done.words]


def test_a_name_set_apart_is_two_words() -> None:
    assert cut("4", "高_平先生") == ["4", "高", "平先生"]
    assert cut("高_平女士，处长，外交部") == ["高", "平女士，处长，外交部"]
    assert cut("高_平", "三等秘书") == ["高", "平", "三等秘书"]


def test_a_name_set_solid_is_one_word() -> None:
    assert cut("4", "高平先生") == ["4", "高平先生"]
    assert cut("高平", "三等秘书") == ["高平", "三等秘书"]
    assert cut("高_平先生", space=2) == ["高平先生"]


def test_letter_spaced_print_is_one_word() -> None:
    assert cut("普_通_照_会") == ["普通照会"]


def test_a_label_is_one_word() -> None:
    assert cut("姓_名：") == ["姓名："]


def test_an_address_behind_a_wide_comma_is_a_word_of_its_own() -> None:
    image, line = drawn("高平先生，处长，外交部，gao.pingamfa.gov.cn")
    (done,) = han.parted(image, (line,))
    text, address = done.words
    assert (text.text, address.text) == ("高平先生，处长，外交部，", "gao.pingamfa.gov.cn")
    assert abs(address.box.left - (40 + 12 * SIZE)) <= 2 * BEARING
    assert text.box.right <= address.box.left


def test_a_mark_without_ink_is_none_of_the_name() -> None:
    image, line = drawn("高平先生，处长，外交部")
    (word,) = line.words
    wide = Word("，" + word.text, Box(10, 40, word.box.right, 40 + HEIGHT), 0.9)
    (done,) = han.parted(image, (Line((wide,)),))
    assert [w.text for w in done.words] == [word.text]
    assert done.words[0].box == word.box


def test_a_quotation_mark_that_the_reader_made_of_a_wide_space_is_none() -> None:
    image, line = drawn("高平先生", "外交部条约司")
    name, post = line.words
    gap = Word("“", Box(name.box.right - 4, 40, post.box.left + 4, 40 + HEIGHT), 0.7)
    glued = Word("”" + post.text, post.box, 0.9)
    for read in ((name, gap, post), (name, glued)):
        (done,) = han.parted(image, (Line(read),))
        assert [w.text for w in done.words] == ["高平先生", "外交部条约司"]


def test_a_printed_quotation_mark_stays() -> None:
    image, line = drawn("公约草案")
    (word,) = line.words
    image[40:50, 20:26] = 0
    (done,) = han.parted(image, (Line((Word("“" + word.text, Box(20, 40, 180, 68), 0.9),)),))
    assert done.words[0].text == "“公约草案"
