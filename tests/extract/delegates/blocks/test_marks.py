"""List marks: any sign, and any short token or counter that line after line begins with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.delegates.blocks.marks import item_mark, list_marks
from extract.layout.document import build_document
from ocr.types import Word
from tests.extract.conftest import make_page


def marks(*lines: str) -> dict[int, int]:
    document = build_document((make_page(lines),))
    return dict(list_marks(document, range(len(document.lines))))


@pytest.mark.parametrize("sign", ["✓", "➢", "❖", "•", "1.", "(a)", "٠"])
def test_some_signs_are_marks_wherever_they_stand(sign: str) -> None:
    assert item_mark(f"{sign} Mr. Tobin WEXLER") == len(sign) + 1


@pytest.mark.parametrize("token", ["m", "e", "¢", "§", "+", "o", "#"])
def test_what_line_after_line_begins_with_is_a_mark(token: str) -> None:
    size = len(token) + 1
    found = marks(f"{token} Tobin WEXLER, Quorler,", "Zarb Office", f"{token} Aleen BRIGHT, Plurr")
    assert found == {0: size, 2: size}


def test_a_sign_with_and_without_a_letter_is_one_mark() -> None:
    found = marks("= Tobin WEXLER, Quorler,", "m= Aleen BRIGHT, Plurr", "= Orla DUNN, Quorler")
    assert found == {0: 2, 1: 3, 2: 2}


@pytest.mark.parametrize(
    "counters", [("A.", "B."), ("I.", "II."), ("#1", "#2"), ("No. 1", "No. 2"), ("iv.", "v.")]
)
def test_what_counts_on_is_a_mark(counters: tuple[str, str]) -> None:
    first, second = counters
    start = ("i. Mr. Ivo ROM, Plurr", "ii. Mr. Tom ROM, Plurr", "iii. Ms. Una ROM, Plurr")
    before = start if first == "iv." else ()
    found = marks(*before, f"{first} U Thein WINN, Quorler", f"{second} Daw Khin SOE, Plurr")
    assert len(found) == len(before) + 2
    assert found[len(before)] == len(first) + 1


@pytest.mark.parametrize("said", ["Delegate {}:", "Membre {} :", "المندوب {}:", "Участник {} –"])
def test_a_word_that_counts_on_is_a_mark(said: str) -> None:
    first, second = said.format(1), said.format(2)
    found = marks(f"{first} Tobin WEXLER, Quorler,", "Zarb Office", f"{second} Aleen BRIGHT")
    assert found == {0: len(first) + 1, 2: len(second) + 1}


def test_a_lone_number_above_each_entry_is_its_mark() -> None:
    assert marks("1.", "Name: Tobin WEXLER", "2.", "Name: Aleen BRIGHT") == {0: 2, 2: 2}


@pytest.mark.parametrize(
    "lines",
    [
        ("M. Tobin WEXLER, Quorler", "M. Aleen BRIGHT, Plurr"),
        ("U Thein WINN, Quorler", "U Khin SOE, Plurr"),
        ("the Secretariat and", "a Delegation of", "a Government that sends"),
        ("31 May 2019 in Vienna", "12 June 2019 in Vienna"),
        ("A. Wexler, Quorler", "T. Bright, Plurr"),
        ("Article 1: Tobin WEXLER", "Quorler 7: Aleen BRIGHT"),
    ],
)
def test_forms_of_address_initials_and_words_are_no_marks(lines: tuple[str, ...]) -> None:
    assert marks(*lines) == {}


def indented(*lines: tuple[int, str]) -> dict[int, int]:
    page = make_page([text for _, text in lines])
    moved = [
        replace(line, words=tuple(_moved(w, by) for w in line.words))
        for line, (by, _) in zip(page.lines, lines, strict=True)
    ]
    document = build_document((replace(page, lines=tuple(moved)),))
    return dict(list_marks(document, range(len(lines))))


def _moved(word: Word, by: int) -> Word:
    box = word.box
    return replace(word, box=replace(box, left=box.left + by, right=box.right + by))


def test_marks_further_in_are_fields_of_the_persons_above_them() -> None:
    found = indented(
        (0, "1. SR. IVO ROM"), (90, "- Quorler"), (90, "- Zarb Office"), (0, "2. SRA. UNA ROM")
    )
    assert set(found) == {0, 3}


def test_marks_further_in_are_persons_below_an_office() -> None:
    found = indented((0, "1. Zarb Office"), (90, "- Mr. Ivo ROM"), (90, "- Ms. Una ROM"))
    assert {1, 2} <= set(found)


def test_a_speck_before_a_line_of_a_numbered_entry_is_no_mark() -> None:
    lines = (
        "1. Mr. Tobin WEXLER, Quorler, Zarb",
        "* Office of Plurr",
        "2. Ms. Aleen BRIGHT, Plurr",
    )
    assert marks(*lines) == {0: 3, 2: 3}
    assert 1 in marks(lines[0], "* Ms. Orla DUNN, Plurr", lines[2])


def test_one_number_right_below_a_colon_begins_a_list_of_one() -> None:
    assert marks("will attend the meeting:", "01 Tobin Wexler, Quorler") == {1: 3}
    assert marks("will attend the meeting", "01 Tobin Wexler, Quorler") == {}
    assert marks("will attend the meeting:", "17 Tobin Street, Vienna") == {}


def test_counts_in_two_steps_are_marks_where_they_count_on() -> None:
    lines = ("1. Quorl Office", "1.1. Tobin WEXLER", "1.2. Aleen BRIGHT", "2.1. Orla DUNN")
    assert marks(*lines) == {0: 3, 1: 5, 2: 5, 3: 5}
    assert not {0, 1} & marks("2.4. Tobin WEXLER", "5.9. Aleen BRIGHT").keys()
