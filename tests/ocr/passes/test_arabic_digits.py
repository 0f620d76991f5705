"""Figures of Arabic lines as another reader is sure of them; what else it sees is not taken."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.image import Grey
from ocr.passes.first import arabic_digits
from ocr.passes.first.arabic_digits import TAKEN
from ocr.types import ARABIC_LINES, Box, Line, SecondReading, Word

PAGE: Grey = np.full((400, 1000), 255, dtype=np.uint8)
WIDTH, STEP = 80, 90
"""Pixels of a word, and from one to the next."""


class Reader:
    """Sees the same in every line, and in one word the word of it that stands there."""

    name = ARABIC_LINES

    def __init__(self, text: str, score: float, *alone: str) -> None:
        self.text, self.score, self.alone = text, score, alone
        self.boxes: tuple[Box, ...] = ()

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        self.boxes += boxes
        return tuple(SecondReading(self._seen(box), box, self.score, self.name) for box in boxes)

    def _seen(self, box: Box) -> str:
        words = self.alone or self.text.split()
        at = max(0, 900 - box.left) // STEP
        return words[at % len(words)] if box.width <= WIDTH else self.text


def _line(text: str, sure: float = 0.9) -> Line:
    words = text.split()
    return Line(
        tuple(
            Word(w, Box(900 - STEP * n, 100, 900 + WIDTH - STEP * n, 130), sure)
            for n, w in enumerate(words)
        )
    )


def _read(text: str, seen: str, score: float = 0.98, sure: float = 0.9) -> Line:
    line = _line(text, sure)
    (line,) = arabic_digits.read_again(PAGE, (line,), Reader(seen, score), ("ar",))
    return line


@pytest.mark.parametrize(
    ("read", "seen"),
    [
        ("فيينا 15 آذار/مارس 17١15", "فيينا ٢٧ آذار/مارس ٢٠٢١"),
        ("1 مارس 2019 م", "31 مارس 2019 م"),
        ("الرقم: ¢/7/2204", "الرقم: م/7/2204"),
        ("الرقم: 811/2019/>.¢", "الرقم: م.د/811/2019"),
        ("المرجع: 812/44/p", "المرجع: م/812/44"),
    ],
)
def test_figures_that_the_other_reader_is_sure_of_are_taken_and_doubted(
    read: str, seen: str
) -> None:
    found = _read(read, seen)
    assert found.text == seen
    changed = [w for w, old in zip(found.words, read.split(), strict=True) if w.text != old]
    assert changed
    assert all(w.confidence == TAKEN for w in changed)
    assert _read(read, seen, score=0.85).text == read


@pytest.mark.parametrize(
    ("read", "seen"),
    [
        ("الهاتف +962 51 140", "الهاتف 9624 51 140"),  # a telephone
        ("الرقم: 60/2019", "الرقم:60/2019 60/2019"),  # words glued
        ("المؤرخة 95 مارس", "المؤرخة 55ع/A/CEB مارس"),  # Latin print
        ("أيار 2019( يشرفها", "أيار 2019)، يشرفها"),  # the same figures
        ("فيينا 8 نيسان", "فبينا 8 نيسان"),  # no figure
        ("يوم مايو 2019", "يوم 7 مايو 2019"),  # a figure where nothing was read
    ],
)
def test_nothing_else_is_taken(read: str, seen: str) -> None:
    assert _read(read, seen).text == read


def test_a_figure_is_read_alone_and_what_has_more_digits_is_taken() -> None:
    reader = Reader("الرقم: 7/2", 0.98, "الرقم:", "م/7/2204")
    (found,) = arabic_digits.read_again(PAGE, (_line("الرقم: م/7/2204"),), reader, ("ar",))
    assert found.text == "الرقم: م/7/2204"
    reader = Reader("31 مارس", 0.98, "31 مارس", "مارس")  # its box reaches across the line
    (found,) = arabic_digits.read_again(PAGE, (_line("1 مارس"),), reader, ("ar",))
    assert found.text == "31 مارس"
    reader = Reader("31 مارس", 0.98, "1", "مارس")  # the word's box is cut
    (found,) = arabic_digits.read_again(PAGE, (_line("1 مارس"),), reader, ("ar",))
    assert found.text == "31 مارس"


@pytest.mark.parametrize(
    ("read", "sure", "seen", "dated"),
    [
        ("في 6 bil 2019", 0.7, "في 6 أبريل 2019", "في 6 أبريل 2019"),
        ("clas ١ مايو ٠١19", 0.7, "فيينا، ١ مايو٢٠١٩", "clas ١ مايو ٢٠١٩"),
        ("في 6 قاعة 2019", 0.9, "في 6 أبريل 2019", "في 6 قاعة 2019"),
    ],
)
def test_a_month_that_was_hardly_read_is_taken_between_its_day_and_its_year(
    read: str, sure: float, seen: str, dated: str
) -> None:
    found = _read(read, seen, sure=sure)
    assert found.text == dated
    assert all(not w.reader or w.confidence == TAKEN for w in found.words)


def test_only_short_arabic_lines_with_figures_are_read_again() -> None:
    reader = Reader("٧", 0.99)
    lines = tuple(
        map(_line, ("الرقم: 5", "تهدي البعثة", "Tel. 5 فيينا", "Box 5", "في 5 " + "من " * 12))
    )
    arabic_digits.read_again(PAGE, lines, reader, ("ar",))
    assert reader.boxes == (lines[0].box,)


def _set(*words: tuple[str, int, int, float]) -> Line:
    return Line(tuple(Word(t, Box(a, 100, b, 130), c) for t, a, b, c in words))


def test_a_run_across_the_page_is_read_for_itself() -> None:
    reader = Reader("٧ أبريل", 0.99, "٧")
    number = (("الرقم:", 900, 960, 0.9), ("88/2019", 780, 880, 0.93))
    line = _set(*number, ("V", 250, 265, 0.6), ("أبريل", 160, 240, 0.9))
    (found,) = arabic_digits.read_again(PAGE, (line,), reader, ("ar",))
    runs, word = (Box(780, 100, 960, 130), Box(160, 100, 265, 130)), Box(250, 100, 265, 130)
    assert reader.boxes == (*runs, word)
    assert [word.text for word in found.words][2:] == ["٧", "أبريل"]


def test_a_sure_word_in_other_letters_is_no_figure() -> None:
    reader = Reader("٧ أبريل", 0.99)
    line = _set(("CU", 250, 265, 0.95), ("أبريل", 160, 240, 0.9))
    assert arabic_digits.read_again(PAGE, (line,), reader, ("ar",)) == (line,)
    assert reader.boxes == ()
