"""Arabic words taken for Latin ones, with a page reader that sees what the test says."""

from __future__ import annotations

import numpy as np

from ocr.engines.protocols import Orientation
from ocr.image import Grey
from ocr.passes.first import arabic, arabic_commas
from ocr.types import ARABIC_LINES, Box, Line, SecondReading, Word

PAGE = np.full((400, 1000), 255, dtype=np.uint8)


def _word(text: str, left: int, right: int, confidence: float = 0.9, top: int = 100) -> Word:
    return Word(text, Box(left, top, right, top + 30), confidence)


class Reader:
    """Gives the words it was made with, at the top of whatever it reads."""

    name = "reader"
    complained = False

    def __init__(self, *words: Word) -> None:
        self.words = words
        self.calls: list[tuple[tuple[str, ...], bool]] = []

    def strip(
        self, image: Grey, dpi: int, languages: tuple[str, ...], *, alone: bool = False
    ) -> tuple[Line, ...]:
        self.calls.append((languages, alone))
        return (Line(self.words),)

    def page(self, image: Grey, dpi: int, languages: tuple[str, ...]) -> tuple[Line, ...]:
        raise AssertionError("the page is not read again")

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        raise AssertionError("no line is read again")

    def names(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        raise AssertionError("no name is read again")

    def reads_alone(self, letters: tuple[str, ...], languages: tuple[str, ...]) -> bool:
        return False

    def orientation(self, image: Grey, dpi: int) -> Orientation | None:
        return None


def _mended(reader: Reader, *words: Word) -> list[str]:
    (line,) = arabic.mended(PAGE, 160, (Line(words),), reader)
    return [w.text for w in line.words]


LINE = (_word("محقق", 800, 900), _word("Jol", 700, 760), _word("بوزارة", 560, 680))


def test_a_latin_word_gives_way_to_a_sure_arabic_one() -> None:
    reader = Reader(_word("أول", 702, 758, 0.8, top=5))
    assert _mended(reader, *LINE) == ["محقق", "أول", "بوزارة"]
    assert reader.calls == [(("ar",), True)]


def test_an_unsure_or_unclean_reading_changes_nothing() -> None:
    for seen in (_word("أول", 702, 758, 0.3, top=5), _word("لا©", 702, 758, 0.9, top=5)):
        assert _mended(Reader(seen), *LINE) == ["محقق", "Jol", "بوزارة"]


def test_a_word_in_another_place_is_not_taken() -> None:
    assert "Jol" in _mended(Reader(_word("أول", 400, 460, 0.9, top=5)), *LINE)


def test_addresses_and_symbols_are_not_looked_at() -> None:
    reader = Reader()
    words = (_word("رقم", 800, 900), _word("CU", 700, 760), _word("a@mfa.example", 300, 600))
    assert _mended(reader, *words) == ["رقم", "CU", "a@mfa.example"]
    assert reader.calls == []


def test_the_dots_under_a_final_ya_are_not_lost() -> None:
    words = (_word("السالمي", 800, 900, 0.6), _word("قانوني", 600, 700))
    seen = _word("السالمى", 800, 900, 0.95, top=5)
    assert _mended(Reader(seen), *words) == ["السالمي", "قانوني"]


def test_words_cut_otherwise_take_the_place_of_several_latin_ones() -> None:
    words = (_word("محقق", 800, 900), _word("el", 720, 760, 0.3), _word("at", 660, 710, 0.4))
    seen = _word("رئيسي", 662, 758, 0.5, top=5)
    assert _mended(Reader(seen), *words) == ["محقق", "رئيسي"]


def test_an_unsure_arabic_word_gives_way_to_no_sure_or_long_latin_one() -> None:
    for name, confidence in (("Ring", 0.95), ("Rennweg", 0.6)):
        words = (_word("فيينا", 800, 900), _word(name, 700, 760, confidence))
        seen = _word("ومنه", 702, 758, 0.5, top=5)
        assert _mended(Reader(seen), *words) == ["فيينا", name]


def test_a_piece_of_a_torn_address_stays_latin() -> None:
    words = (_word("هاتف", 800, 900), _word("zoubiri.", 500, 600, 0.6), _word("gov", 602, 660, 0.4))
    seen = _word("لامع", 604, 658, 0.9, top=5)
    assert _mended(Reader(seen), *words) == ["هاتف", "zoubiri.", "gov"]


def test_what_stands_on_another_line_is_not_taken() -> None:
    words = (_word("محقق", 800, 900, top=140), _word("Jol", 700, 760, top=100))
    seen = _word("أول", 702, 758, 0.9, top=55)
    assert "Jol" in _mended(Reader(seen), *words)


def test_commas_read_as_quotation_marks_are_commas_again_and_quotations_stay() -> None:
    words = ("مالي»", "المحاسبةء", "الوزراء", "«البنك", "المركزي»", "أول»")
    line = Line(tuple(_word(w, 900 - 100 * i, 980 - 100 * i) for i, w in enumerate(words)))
    (told,) = arabic_commas.with_commas((line,))
    assert told.text == "مالي، المحاسبة، الوزراء «البنك المركزي» أول،"


def _with_commas(*words: str) -> list[str]:
    placed = tuple(_word(w, 900 - 100 * i, 980 - 100 * i) for i, w in enumerate(words))
    (line,) = arabic_commas.with_commas((Line(placed),))
    return [w.text for w in line.words]


def test_a_hamza_behind_a_consonant_was_a_comma_but_in_a_few_words() -> None:
    assert _with_commas("العامء", "أولء") == ["العام،", "أول،"]
    kept = ["الجزء", "للشيء", "وزراء", "لجوء"]
    assert _with_commas(*kept) == kept


def test_words_with_a_speck_between_are_two_each_in_its_place() -> None:
    (line,) = arabic_commas.with_commas((Line((_word("إدارة.المنظمات", 100, 380),)),))
    first, second = line.words
    assert (first.text, second.text) == ("إدارة", "المنظمات")
    assert second.box.left == 100
    assert second.box.right <= first.box.left + 1
    assert first.box.right == 380
    assert _with_commas("م.د/495") == ["م.د/495"]


def test_a_figure_in_the_print_of_a_latin_word_gives_way_with_it() -> None:
    words = (_word("سميرة", 900, 980), _word("9", 800, 814, 0.0), _word("ALS", 745, 814, 0.0))
    seen = _word("وكيلة", 745, 814, 0.9, top=5)
    assert _mended(Reader(seen), *words) == ["سميرة", "وكيلة"]
    sure = (words[0], _word("9", 800, 814), words[2])
    assert "9" in _mended(Reader(seen), *sure)


def test_numbers_of_a_list_are_written_one_way() -> None:
    def marked(*words: str) -> str:
        placed = tuple(_word(w, 900 - 100 * i, 980 - 100 * i) for i, w in enumerate(words))
        (line,) = arabic.with_marks((Line(placed),))
        return line.text

    assert marked(".١", "السيد/", "سمير") == "١. السيد/ سمير"
    assert marked("؟.", "السيد/", "سمير") == "٢. السيد/ سمير"
    for kept in ("٢", "السيد"), ("2)", "Mr."), (".٢",), ("(٢)", "السيد"), ("أول؟", "السيد"):
        assert marked(*kept) == " ".join(kept)


def _with_seen_commas(first: str, seen: str, engine: str = ARABIC_LINES) -> str:
    words = tuple(_word(text, 900 - 90 * n, 980 - 90 * n) for n, text in enumerate(first.split()))
    line = Line(words)
    reading = SecondReading(seen, line.box, 0.9, engine, ("ar",))
    (found,) = arabic_commas.with_seen_commas((Line(words, second=(reading,)),))
    return found.text


def test_a_comma_that_the_model_for_lines_saw_is_taken_whatever_the_page_reader_made_of_it() -> (
    None
):
    for read in ("قاضية", "قاضية.", "قاضيةء", "قاضية»"):
        assert _with_seen_commas(f"{read} محكمة", "قاضية، محكمة") == "قاضية، محكمة"
    assert _with_seen_commas("قاضٍء محكمة", "قاض، محكمة") == "قاضٍ، محكمة"


def test_no_comma_is_put_behind_another_word_nor_by_another_reader() -> None:
    assert _with_seen_commas("قاضي. محكمة", "قاضية، محكمة") == "قاضي. محكمة"
    assert _with_seen_commas("قاضية. محكمة", "قاضية، محكمة", "tesseract") == "قاضية. محكمة"
