"""Which of two readings of a piece of print is kept, and where it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.lines.reading_order import inserted
from ocr.lines.spacing import respaced
from ocr.passes.missing import reconcile
from ocr.passes.missing.pieces import is_doubtful, pieces
from ocr.types import Box, Line, SecondReading, Word

HEIGHT = 20


def line(*words: tuple[str, int, float], top: int = 100) -> Line:
    return Line(tuple(Word(t, Box(x, top, x + 11 * len(t), top + HEIGHT), c) for t, x, c in words))


def read(lines: tuple[Line, ...], box: Box, text: str, score: float) -> str:
    """The page's text after one piece has been read again."""
    found = pieces(lines, (box,))
    (piece,) = found
    reading = SecondReading(text, piece.box, score, "other")
    again = ((piece, reading),) if is_doubtful(piece, lines) else ()
    return "\n".join(row.text for row in reconcile.reconciled(lines, again, found))


AROUND = Box(90, 95, 420, 125)


def test_sure_words_that_cover_their_print_are_not_read_again() -> None:
    lines = (line(("annual", 100, 0.96), ("expense", 175, 0.95), ("report", 260, 0.97)),)
    assert read(lines, Box(95, 95, 335, 125), "wrong", 1.0) == "annual expense report"


def test_a_doubtful_word_is_replaced_and_its_sure_neighbour_kept() -> None:
    lines = (line(("annual", 100, 0.96), ("cxpcnse", 175, 0.4)),)
    assert read(lines, Box(95, 95, 260, 125), "annua1 expense", 0.98) == "annual expense"


def test_a_doubled_letter_the_line_reader_lost_stays() -> None:
    lines = (line(("committee", 100, 0.7), ("xx", 230, 0.2)),)
    assert read(lines, Box(95, 95, 260, 125), "commitee is", 0.97) == "committee is"


def test_print_without_words_becomes_a_line_of_its_row() -> None:
    lines = (
        line(("Name", 100, 0.95)),
        line(("Total", 500, 0.95)),
        line(("below", 100, 0.95), top=200),
    )
    found = pieces(lines, (Box(300, 96, 420, 124),))
    new = ((found[0], SecondReading("1,234.50", found[0].box, 0.99, "other")),)
    all_words = tuple(replace(p, members=((0, 0), (1, 0), (2, 0))) for p in found)
    rows = [row.text for row in reconcile.reconciled(lines, new, all_words)]
    assert rows == ["Name", "1,234.50", "Total", "below"]


def test_a_piece_on_which_other_words_lie_is_no_line_of_its_own() -> None:
    lines = (line(("Mr.", 100, 0.95), ("Chaikin", 145, 0.95)),)
    (piece,) = pieces((), (Box(125, 96, 190, 124),))
    new = ((piece, SecondReading("r.Chai", piece.box, 0.99, "other")),)
    everything = (replace(piece, members=((0, 0), (0, 1))),)
    assert reconcile.reconciled(lines, new, everything) == lines


def test_a_number_torn_in_two_is_one_again() -> None:
    lines = (line(("7,438", 100, 0.96), (".58", 160, 0.95)),)
    assert read(lines, Box(95, 95, 200, 125), "7,438.58", 0.99) == "7,438.58"


def test_spaces_the_line_reader_lost_come_from_the_words() -> None:
    old = [
        Word("court", Box(0, 0, 50, 20), 0.9),
        Word("ev1dence", Box(60, 0, 140, 20), 0.7),
    ]
    assert respaced("courtevidence", old) == "court evidence"


def test_unsure_words_outside_all_print_are_dropped_and_sure_ones_kept() -> None:
    lines = (line(("O", 20, 0.74), ("word", 100, 0.95), ("Page", 600, 0.9)),)
    assert read(lines, Box(95, 95, 150, 125), "word", 1.0) == "word Page"


def test_a_lone_cross_is_a_tick() -> None:
    lines = (line(("x", 100, 0.95)),)
    assert read(lines, Box(90, 95, 120, 125), "x", 0.9) == "X"


@pytest.mark.parametrize("score", [0.3, 0.6])
def test_a_poor_second_reading_changes_nothing(score: float) -> None:
    lines = (line(("Straße", 100, 0.8), ("Nr", 200, 0.8)),)
    assert read(lines, Box(95, 95, 230, 125), "Strabe Nr", score) == "Straße Nr"


def test_a_line_of_another_column_goes_below_that_column() -> None:
    left = (line(("a1", 100, 1.0)), line(("a2", 100, 1.0), top=140))
    right = (line(("b1", 600, 1.0)),)
    new = line(("b2", 600, 1.0), top=180)
    assert [row.text for row in inserted((*left, *right), (new,))] == ["a1", "a2", "b1", "b2"]


def test_a_small_space_before_a_bracket_is_kept_but_behind_a_stroke() -> None:
    old = [Word("0", Box(0, 0, 17, 20), 0.2), Word("(Chair)", Box(22, 0, 90, 24), 0.2)]
    assert respaced("O(Chair)", old) == "O (Chair)"
    old = [Word("59/", Box(0, 0, 17, 20), 0.2), Word("(A)/DTA", Box(22, 0, 90, 24), 0.2)]
    assert respaced("59/(A)/DTA", old) == "59/(A)/DTA"


@pytest.mark.parametrize(("left", "text"), [(100, "bright@justice.example mpl\n.xx"), (300, "")])
def test_two_signs_under_an_address_are_its_end_and_elsewhere_rubbish(left: int, text: str) -> None:
    lines = (line(("bright@justice.example", 100, 0.95), ("mpl", 600, 0.95)),)
    found = pieces(lines, (Box(left, 124, left + 30, 146),))
    new = tuple((piece, SecondReading(".xx", piece.box, 0.98, "other")) for piece in found)
    rows = reconcile.reconciled(lines, new, found)
    assert "\n".join(row.text for row in rows) == (text or lines[0].text)


def test_words_run_into_each_other_are_parted_as_the_line_reader_sees_them() -> None:
    lines = (line(("Nomet", 100, 0.6), ("titre", 170, 0.96)),)
    assert read(lines, Box(95, 95, 240, 125), "Nom et titre", 0.97) == "Nom et titre"
    assert read(lines, Box(95, 95, 240, 125), "Nom et titre", 0.9) == "Nomet titre"


def test_a_letter_read_twice_is_read_once() -> None:
    lines = (
        Line(
            (
                Word("Asesora", Box(100, 100, 180, 120), 0.97),
                Word("J", Box(189, 100, 199, 124), 0.95),
                Word("Jurista", Box(200, 100, 280, 120), 0.97),
            )
        ),
    )
    assert read(lines, Box(95, 95, 285, 125), "Asesora Jurista", 0.98) == "Asesora Jurista"


def test_only_where_print_was_looked_for_unsure_words_without_it_go() -> None:
    lines = (line(("sure", 100, 0.95), ("ee", 300, 0.5)), line(("ee", 300, 0.5), top=900))
    found = pieces(lines, (Box(95, 95, 150, 125),))
    place = Box(0, 0, 1000, 500)
    rows = [row.text for row in reconcile.reconciled(lines, (), found, place)]
    assert rows == ["sure", "ee"]


@pytest.mark.parametrize(
    ("seen", "read_as", "kept"),
    [
        ("ana_bright@mfa.xx", "ana bright@mfa.xx", "ana_bright@mfa.xx"),
        ("justice.fi", "justice.f", "justice.fi"),
        ("d’nstruction", "d'instruction", "d’instruction"),
    ],
)
def test_what_line_readers_lose_is_kept(seen: str, read_as: str, kept: str) -> None:
    lines = (line((seen, 100, 0.7)),)
    box = Box(95, 95, 105 + 11 * len(seen), 125)
    assert read(lines, box, read_as, 0.99) == kept


def test_a_curl_that_either_reader_saw_is_printed() -> None:
    lines = (line(("Jugc", 100, 0.6), ("d'enquête", 155, 0.94)),)
    assert read(lines, Box(95, 95, 255, 125), "Juge d’enquête", 0.99) == "Juge d’enquête"
