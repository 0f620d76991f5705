"""What the page reader cut from Arabic words comes back, doubted, where the rest is seen alike."""

from __future__ import annotations

import pytest

from ocr.passes.second import arabic_cut
from ocr.passes.second.arabic_cut import TAKEN
from ocr.types import ARABIC_LINES, Box, Line, SecondReading, Word


def _put_back(
    read: str,
    seen: str,
    score: float = 0.97,
    engine: str = ARABIC_LINES,
    *,
    hardly: tuple[str, ...] = (),
) -> Line:
    words = tuple(
        Word(text, Box(500 - 90 * n, 100, 580 - 90 * n, 130), 0.3 if text in hardly else 0.9)
        for n, text in enumerate(read.split())
    )
    reading = SecondReading(seen, Line(words).box, score, engine, ("ar",))
    (line,) = arabic_cut.put_back((Line(words, second=(reading,)),))
    return line


@pytest.mark.parametrize(
    ("read", "seen"),
    [
        ("تشارة", "مستشارة"),
        ("تشار قانوني", "مستشار قانوني"),
        ("مستشار قانو", "مستشار قانوني"),
        ("قانونية", "باحثة قانونية"),
        ("عبد الله", "عبد الله بن"),
    ],
)
def test_letters_and_words_that_were_cut_come_back_and_are_doubted(read: str, seen: str) -> None:
    found = _put_back(read, seen)
    assert found.text == seen
    doubted = [w.confidence for w in found.words if w.text not in read.split()]
    assert doubted == [TAKEN]
    assert found.second == ()  # what gave a word is no witness of it
    from_right = [w.box.right for w in found.words]
    assert from_right == sorted(from_right, reverse=True)


@pytest.mark.parametrize(
    ("read", "seen"),
    [
        ("تشارة", "بشارة"),  # other letters
        ("قانوني", "باحث فانوني"),  # more, but not the same words
        ("قانوني", "من قسم أول قانوني"),  # too much
    ],
)
def test_another_reading_is_not_taken(read: str, seen: str) -> None:
    assert _put_back(read, seen).text == read


def test_an_unsure_reading_or_another_reader_puts_nothing_back() -> None:
    assert _put_back("تشارة", "مستشارة", score=0.8).text == "تشارة"
    assert _put_back("تشارة", "مستشارة", engine="tesseract").text == "تشارة"


@pytest.mark.parametrize(
    ("read", "hardly", "seen", "text"),
    [
        ("الشد ليلى", ("الشد",), "السيدة ليلى", "السيدة ليلى"),
        ("سالم ى عد العلوي", ("ى",), "/ سالم بن محمد العلوي", "سالم بن محمد العلوي"),
        ("سكير أول", ("سكير",), "سكرتير أول", "سكرتير أول"),
    ],
)
def test_what_was_hardly_read_gives_way_to_a_sure_reading(
    read: str, hardly: tuple[str, ...], seen: str, text: str
) -> None:
    found = _put_back(read, seen, hardly=hardly)
    assert found.text == text
    assert {w.confidence for w in found.words if w.text not in read.split()} == {TAKEN}
    from_right = [w.box.right for w in found.words]
    assert from_right == sorted(from_right, reverse=True)


def test_what_was_read_well_or_is_no_word_stays() -> None:
    assert _put_back("سكير أول", "سكرتير أول").text == "سكير أول"
    assert _put_back("رقم ٧٤", "رقم ٩٤", hardly=("٧٤",)).text == "رقم ٧٤"
    assert _put_back("سكير أول", "سكرتير أول", score=0.92, hardly=("سكير",)).text == "سكير أول"
