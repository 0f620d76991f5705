"""A third reader knows the letters of the sender's State: when it is believed, when it marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.judging.chosen import AGREED, DIFFERS, SETTLED, ChosenReading
from extract.judging.readers import choose_reading
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from ocr.types import ARABIC_LINES, SecondReading
from tests.extract.conftest import make_page


def _chosen(
    first: str,
    second: str | None,
    third: str,
    language: str = "tr",
    score: float = 0.97,
    first_score: float = 0.9,
) -> ChosenReading:
    page = make_page((first,), confidence=first_score)
    (line,) = page.lines
    readings = [SecondReading(third, line.box, 0.9, "tesseract 5.3.0", (language,))]
    if second is not None:
        readings.append(SecondReading(second, line.box, score, "rapidocr"))
    page = replace(page, lines=(replace(line, second=tuple(readings)),))
    run = TextRun(build_document((page,)), (0,))
    return choose_reading(run, 0, len(run.text), name=True)


def test_accents_that_both_others_lost_are_taken() -> None:
    found = _chosen("Sahin BAGRIACIK", "Sahin BAGRIACIK", "Şahin BAĞRIAÇIK")
    assert (found.text, found.original) == ("Şahin BAĞRIAÇIK", "Sahin BAGRIACIK")
    assert not found.differs
    assert found.confidence < AGREED


def test_two_that_know_the_letters_and_agree_are_trusted() -> None:
    found = _chosen("Lukasz", "Łukasz", "Łukasz", "pl")
    assert (found.text, found.confidence, found.differs) == ("Łukasz", AGREED, False)


def test_rare_letters_without_the_states_model_have_one_witness() -> None:
    """What the page has of them may be what the second reader gave it."""
    page = make_page(("Ştefan",), confidence=0.9)
    (line,) = page.lines
    seen = SecondReading("Ştefan", line.box, 0.999, "rapidocr")
    page = replace(page, lines=(replace(line, second=(seen,)),))
    run = TextRun(build_document((page,)), (0,))
    assert choose_reading(run, 0, len(run.text), name=True).confidence < AGREED


def test_letters_of_another_state_are_kept_and_marked() -> None:
    """``Müller`` of Croatia: its model has no ü."""
    found = _chosen("Jürgen Müller", "Jürgen Müller", "Jurgen Muller", "sh")
    assert (found.text, found.differs) == ("Jürgen Müller", True)


def test_two_that_agree_on_other_letters_are_not_overruled_and_it_is_marked() -> None:
    found = _chosen("Ahmet Kayar", "Ahmet Kayar", "Ahmet Kayaz")
    assert (found.text, found.differs, found.confidence) == ("Ahmet Kayar", True, DIFFERS)


def test_of_letters_the_state_has_two_readers_are_believed_against_one() -> None:
    """The Spanish model sees ``ú`` for ``ü``."""
    found = _chosen("Rocío Argüello", "Rocío Argüello", "Rocío Argúello", "es")
    assert (found.text, found.differs, found.original) == ("Rocío Argüello", True, None)
    other = _chosen("Zsolt FÜLÖP", "Zsolt FÜLÖP", "Zsolt FŰLÖP", "hu")
    assert (other.text, other.differs) == ("Zsolt FŰLÖP", True)


def test_an_accent_that_only_the_page_reader_saw_gives_way_to_two_that_agree() -> None:
    found = _chosen("Simão Galção", "Simão Galcão", "Simão Galcão", "pt")
    assert (found.text, found.differs) == ("Simão Galcão", True)
    other = _chosen("Awa Taïrou", "Awa Tairou", "Awa Tairou", "fr")
    assert (other.text, other.differs) == ("Awa Taïrou", True)


def test_letters_no_language_of_the_state_has_give_way_to_its_own() -> None:
    """The second reader's ``Č`` is what the page has, too: it lacks ``Ğ``."""
    found = _chosen("KARADOČAN", "KARADOČAN", "KARADOĞAN")
    assert (found.text, found.differs) == ("KARADOĞAN", True)


def test_a_small_letter_where_two_saw_a_capital_is_no_disagreement() -> None:
    found = _chosen("Wąsowicz", "Wąsowicz", "wąsowicz", "pl")
    assert (found.text, found.differs) == ("Wąsowicz", False)
    assert found.confidence <= SETTLED


def test_two_that_read_a_cut_word_do_not_cut_it() -> None:
    """Both were given the same box."""
    found = _chosen("José Emilio", "osé Emilio", "osé Emilio", "es", first_score=1.0)
    assert (found.text, found.differs) == ("José Emilio", True)


def test_the_third_settles_what_the_others_differ_about() -> None:
    found = _chosen("Gonil Kaya", "Gönül Kaya", "Gönül Kaya")
    assert (found.text, found.differs) == ("Gönül Kaya", False)


def test_the_second_reader_is_no_witness_of_letters_it_lacks() -> None:
    """It has no ỗ and no ễ: that it agrees with the English model proves nothing."""
    found = _chosen("DO Nguyen", "DO Nguyen", "ĐỖ Nguyễn", "vi")
    assert (found.text, found.differs) == ("ĐỖ Nguyễn", False)
    wide = _chosen("TRINH Hitu Nghia", "TRINH Hitu Nghia", "TRỊNH Hữu Nghĩa", "vi")
    assert (wide.text, wide.differs) == ("TRỊNH Hữu Nghĩa", True)


def test_a_reading_of_something_else_changes_nothing_but_the_trust() -> None:
    found = _chosen("Amina Diallo", "Amina Diallo", "xx", "fr")
    assert found.text == "Amina Diallo"


def test_the_printed_word_is_replaced_whatever_sign_it_ends_in() -> None:
    assert _chosen("Thi Héng_ Nhan", None, "Thị Hồng Nhẫn", "vi").text.replace("_", "") == (
        "Thị Hồng Nhẫn"
    )


@pytest.mark.parametrize("third", ["", "Şahin", "Şahin BAĞRIAÇIK Bey"])
def test_fewer_or_more_words_go_by_likeness(third: str) -> None:
    found = _chosen("Sahin BAGRIACIK", None, third)
    assert ("Ş" in found.text) == ("Ş" in third)
    assert ("Ç" in found.text) == ("Ç" in third)


def test_accents_of_another_state_are_marked_whichever_is_taken() -> None:
    """``Wiśniewska`` in a note of Slovenia, whose model sees š."""
    assert _chosen("A. Wisniewska", "A. Wiśniewska", "A. Wišniewska", "sl").differs


def test_a_third_reading_of_other_letters_leaves_the_second_reader_s_accents() -> None:
    found = _chosen("Stefänità", "Ștefăniță", "Ștetăniță", "ro", score=0.89)
    assert (found.text, found.differs) == ("Ștefăniță", True)


def test_a_cedilla_is_the_comma_that_the_language_has() -> None:
    found = _chosen("Ionut", "Ionuț", "Ionuţ", "ro")
    assert (found.text, found.differs) == ("Ionuț", False)


def test_an_accent_no_name_of_the_state_has_gives_way_where_the_third_saw_its_own() -> None:
    found = _chosen("COJOCARESCU", "COJOÇĂRESCU", "COJOCĂRESCU", "ro")
    assert (found.text, found.differs) == ("COJOCĂRESCU", True)


def test_a_cyrillic_word_read_as_a_latin_one_is_what_the_model_of_the_state_sees() -> None:
    found = _chosen("Tyiryn6ek Асанов", None, "Түгүнбек Асанов", "ky", first_score=0.8)
    assert (found.text, found.differs) == ("Түгүнбек Асанов", True)


def test_arabic_words_read_the_same_twice_are_trusted() -> None:
    found = _chosen("خالد الغامدي", None, "خالد الغامدي", "ar")
    assert (found.text, found.confidence, found.differs) == ("خالد الغامدي", AGREED, False)


def test_signs_above_and_below_letters_are_no_disagreement() -> None:
    found = _chosen("سكرتير ثانٍ", None, "سكرتير ثان", "ar")
    assert (found.text, found.confidence, found.differs) == ("سكرتير ثانٍ", AGREED, False)


def test_of_two_readings_of_an_arabic_word_the_surer_is_taken_and_marked() -> None:
    found = _chosen("خالد الفامدي", None, "خالد الغامدي", "ar", first_score=0.6)
    assert (found.text, found.differs, found.original) == ("خالد الغامدي", True, "خالد الفامدي")
    kept = _chosen("خالد الغامدي", None, "خالد الفامدي", "ar", first_score=0.95)
    assert (kept.text, kept.differs) == ("خالد الغامدي", True)


def _of_three(first: str, again: str, lines: str) -> ChosenReading:
    (line,) = make_page((first,), confidence=0.7).lines
    said = ((again, "tesseract 5.3.0"), (lines, ARABIC_LINES))
    readings = tuple(SecondReading(text, line.box, 0.9, name, ("ar",)) for text, name in said)
    page = replace(make_page((first,), confidence=0.7), lines=(replace(line, second=readings),))
    run = TextRun(build_document((page,)), (0,))
    return choose_reading(run, 0, len(run.text), name=True)


def test_what_the_model_for_arabic_lines_sees_too_is_sure() -> None:
    for again in ("خالد الغامدي", "خالد الفامدي"):
        found = _of_three("خالد الغامدي", again, "خالد الغامدي")
        assert (found.text, found.confidence, found.differs) == ("خالد الغامدي", AGREED, False)


def test_what_the_pages_own_model_alone_sees_again_is_marked() -> None:
    found = _of_three("خالد الغامدي", "خالد الغامدي", "خالد الغمدي")
    assert (found.text, found.differs) == ("خالد الغامدي", True)


def test_two_that_agree_against_the_page_are_believed() -> None:
    found = _of_three("خالد الفامدي", "خالد الغامدي", "خالد الغامدي")
    assert (found.text, found.original) == ("خالد الغامدي", "خالد الفامدي")
    assert (found.confidence, found.differs) == (SETTLED, False)
    other = _of_three("خالد الفامدي", "خالد نعيم", "خالد نعيم")
    assert (other.text, other.differs) == ("خالد نعيم", True)


def test_signs_are_not_taken_for_arabic_letters() -> None:
    found = _chosen("خالد الغامدي", None, "#خالد الغامدي", "ar", first_score=0.6)
    assert found.text == "خالد الغامدي"


def test_cyrillic_letters_that_russian_lacks_are_taken_and_marked() -> None:
    found = _chosen("Габит Турлыбек", None, "Ғабит Тұрлыбек", "kk", first_score=0.96)
    assert (found.text, found.original) == ("Ғабит Тұрлыбек", "Габит Турлыбек")
    assert found.differs


def test_a_russian_spelling_that_two_models_share_is_trusted() -> None:
    found = _chosen("Нурлан Абишев", None, "Нурлан Абишев", "kk", first_score=0.8)
    assert (found.text, found.differs, found.confidence) == ("Нурлан Абишев", False, AGREED)


def test_a_model_without_the_russian_letter_overrules_nobody() -> None:
    """The Ukrainian one has no ы."""
    found = _chosen("Юрий Быков", None, "Юрий Биков", "uk", first_score=0.96)
    assert (found.text, found.differs) == ("Юрий Быков", False)


def test_a_latin_word_that_the_page_reader_is_sure_of_is_not_overruled() -> None:
    found = _chosen("Kapan", None, "Қаран", "kk", first_score=0.96)
    assert (found.text, found.differs) == ("Kapan", False)


def test_a_reading_cut_from_an_arabic_word_does_not_take_its_place() -> None:
    found = _chosen("محمود الغامدي", None, "مود الغامدي", "ar", first_score=0.5)
    assert (found.text, found.differs) == ("محمود الغامدي", True)


def test_a_letter_that_the_model_for_lines_drops_of_two_is_no_difference() -> None:
    found = _of_three("هبة الله", "هبة الله", "هبة اله")
    assert (found.text, found.differs) == ("هبة الله", False)


def test_arabic_print_that_was_taken_for_latin_is_read_by_the_model_for_lines() -> None:
    (line,) = make_page(("ملحق wehbe",), confidence=0.7).lines
    seen = SecondReading("ملحق دبلوماسي", line.box, 0.98, ARABIC_LINES, ("ar",))
    page = replace(make_page(("x",)), lines=(replace(line, second=(seen,)),))
    run = TextRun(build_document((page,)), (0,))
    found = choose_reading(run, 0, len(run.text))
    assert (found.text, found.differs) == ("ملحق دبلوماسي", True)


def test_a_space_inside_a_word_that_the_model_for_lines_has_whole_is_none() -> None:
    found = _of_three("نادر الو هيبي", "نادر الو هيبي", "نادر الوهيبي")
    assert (found.text, found.differs) == ("نادر الوهيبي", True)
    assert _of_three("نادر الو هيبي", "نادر الو هيبي", "نادر الو هيبي").text == "نادر الو هيبي"
