"""Which words are read by the second reader too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.passes.second.doubtful_words import address_boxes, broken, unsure_boxes
from ocr.types import Box, Line, Word


def line(text: str, *, gap: int = 16, confidence: float = 0.95) -> Line:
    words, x = [], 0
    for part in text.split():
        words.append(Word(part, Box(x, 0, x + 12 * len(part), 24), confidence))
        x += 12 * len(part) + gap
    return Line(tuple(words))


def covered(of: Line) -> list[str]:
    return [
        " ".join(w.text for w in of.words if w.box.left >= b.left and w.box.right <= b.right)
        for b in address_boxes(of)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e-mail: j.doe@justice.example.org, tel. 12", ["j.doe@justice.example.org,"]),
        ("j.doe©justice.example.org", ["j.doe©justice.example.org"]),
        ("j.doe @justice. example.org", ["j.doe @justice. example.org"]),
        (
            "Courriel : jdoe@justice gouv.xx et a.b@c.example",
            ["jdoe@justice gouv.xx", "a.b@c.example"],
        ),
        ("justice.example.org", ["justice.example.org"]),
        ("E-mail: j doe8justice", ["j doe8justice"]),
        ("почта: p.ivanov@mfa.example.org", ["p.ivanov@mfa.example.org"]),
        ("Mr. John Mwangi, Director of the H.E. Office", []),
        ("www.mission.example.org", []),
    ],
)
def test_addresses_and_their_parts_are_found(text: str, expected: list[str]) -> None:
    assert covered(line(text)) == expected


def test_a_word_cut_in_two_is_taken_whole() -> None:
    assert covered(line("guada Lupen28@uif .gob.mx", gap=10)) == ["guada Lupen28@uif .gob.mx"]


def test_a_column_gap_ends_an_address() -> None:
    assert covered(line("a.b@justice. example.org", gap=90)) == ["a.b@justice.", "example.org"]


def test_unsure_words_of_short_latin_lines_are_read_again() -> None:
    assert len(unsure_boxes(line("Mr. Jobn MWANGl", confidence=0.5))) == 2
    assert unsure_boxes(line("Mr. John MWANGI", confidence=0.9)) == ()
    assert unsure_boxes(line("one two three " * 5, confidence=0.3)) == ()


def test_words_with_a_sign_that_is_no_letter_are_read_again_wherever_they_stand() -> None:
    sure = line(
        "that Ms. Gy6rgyi and Mr. @yvind Dal of Vienna1 will attend in A4 " * 2, confidence=0.99
    )
    found = [word.text for word in sure.words if word.box in unsure_boxes(sure)]
    assert found == ["Gy6rgyi", "@yvind"] * 2
    assert unsure_boxes(line("Иванов Пётр", confidence=0.3)) == ()


@given(st.lists(st.text("ab.@-:©", min_size=1, max_size=6), max_size=8))
def test_boxes_lie_inside_the_line(parts: list[str]) -> None:
    if not parts:
        return
    of = line(" ".join(parts))
    for box in address_boxes(of):
        assert of.box.union(box) == of.box


def test_few_signs_on_a_wide_place_of_an_arabic_line_are_read_again() -> None:
    label = Word("الهاتف:", Box(300, 0, 380, 24), 0.9)
    number = Word("51.234.1473", Box(100, 0, 290, 24), 0.9)
    unread = Word("1_1", Box(400, 0, 800, 24), 0.4)
    assert address_boxes(Line((unread, label, number))) == (unread.box,)
    assert address_boxes(Line((Word("1_1", Box(400, 0, 440, 24), 0.4), label, number))) == ()


def test_a_word_alone_under_an_address_may_be_its_end() -> None:
    head = Line((Word("nurlan@mvd.g", Box(100, 0, 300, 24), 0.9),))
    end = Line((Word("оу", Box(101, 30, 140, 54), 0.9),))
    text = Line(
        (Word("Ministry", Box(100, 30, 190, 54), 0.9), Word("of", Box(200, 30, 230, 54), 0.9))
    )
    below = Line((Word("ov.uz", Box(100, 90, 160, 114), 0.9),))
    assert broken((head, end)) == [(1, end.words[0].box)]
    assert broken((head, text)) == []
    assert broken((head, below)) == []


def test_what_stands_above_the_rest_of_an_address_may_be_its_beginning() -> None:
    words = [
        Word(text, Box(100, 0, 220, 24), 0.9) for text in ("lusine", ".davtyan", "@mfa.gov.am")
    ]
    rows = tuple(
        Line((replace(word, box=Box(100, 36 * row, 220, 36 * row + 24)),))
        for row, word in enumerate(words)
    )
    assert [row for row, _box in broken(rows)] == [1, 0]
    assert broken((Line((Word("атташе-", Box(100, 0, 220, 24), 0.9),)), rows[1])) == []
    whole = Line((Word("l.davtyan@mfa.gov.am", Box(100, 36, 300, 60), 0.9),))
    assert broken((rows[0], whole)) == []


def test_the_end_of_an_address_between_arabic_words_is_read_again_with_its_beginning() -> None:
    words = (
        Word("العدل", Box(500, 0, 560, 24), 0.9),
        Word("gov.kw)", Box(380, 0, 490, 24), 0.9),
        Word("0", Box(160, 0, 379, 24), 0.2),
    )
    assert address_boxes(Line(words)) == (Box(160, 0, 490, 24),)
    assert address_boxes(line("See etc.of the")) == ()


def test_few_letters_on_a_wide_place_are_read_again_where_they_are_in_doubt() -> None:
    assert address_boxes(Line((Word("ee", Box(0, 0, 280, 30), 0.3),))) == (Box(0, 0, 280, 30),)
    assert address_boxes(Line((Word("ee", Box(0, 0, 280, 30), 0.9),))) == ()
    assert address_boxes(Line((Word("__", Box(0, 0, 280, 30), 0.3),))) == ()


def test_a_word_hardly_read_that_reaches_into_the_line_above_does_not_widen_the_place() -> None:
    words = (Word("gov.kw)", Box(380, 34, 490, 70), 0.9), Word("0", Box(160, 0, 379, 69), 0.2))
    of = Line((Word("العدل", Box(500, 30, 560, 70), 0.9), *words))
    assert address_boxes(of) == (Box(160, 34, 490, 70),)


def test_an_end_whose_dots_became_spaces_is_read_as_one_picture() -> None:
    head = Line((Word("marthe.bright@cha", Box(100, 0, 300, 24), 0.9),))
    words = [("ncery", 100, 180), ("gov", 190, 230), ("xx", 240, 260)]
    end = Line(tuple(Word(text, Box(a, 30, b, 54), 0.9) for text, a, b in words))
    assert broken((head, end)) == [(1, Box(100, 30, 260, 54))]


@pytest.mark.parametrize(
    "text",
    ["ANA.BRIGHTOJUSTICE.GOV.XX", "ana.brightOjustice.gov.xx).", "h.brightQjus", "<ANA. BRIGHT"],
)
def test_an_address_whose_at_sign_was_misread_is_read_again(text: str) -> None:
    of = line(text)
    assert address_boxes(of) == (of.box,)


def test_an_open_bracket_goes_on_to_where_it_is_closed() -> None:
    of = line("Mission <ANA. BRIGHT@JUSTICE GOV. XX> Vienna")
    (box,) = address_boxes(of)
    inside = [word.text for word in of.words if word.box.union(box) == box]
    assert inside == ["<ANA.", "BRIGHT@JUSTICE", "GOV.", "XX>"]


def test_dots_that_lead_to_an_address_are_no_part_of_it() -> None:
    of = line("Ana BRIGHT ..... ana@justice.gov.xx")
    assert address_boxes(of) == (of.words[-1].box,)


def test_the_end_of_an_address_behind_its_beginning_is_read_again() -> None:
    assert address_boxes(line("y.gaoemfa .gov.cn")) == address_boxes(line("y.gao@mfa .gov.cn"))


def test_an_open_bracket_goes_on_over_no_other_column() -> None:
    of = line("<ana.bright@justice. xx>", gap=70)
    assert covered(of)[0] == "<ana.bright@justice."
