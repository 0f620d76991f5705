"""Which lines begin a paragraph whatever stands above them."""

from __future__ import annotations

from extract.delegates.blocks.line_starts import leads
from extract.layout.document import build_document
from ocr.types import Box, Line, Page, Word

CHAR, PITCH = 14, 40

FIRST = [
    ("Name of nominee", "Ms. Ann MUTISO"),
    ("Agency", "Bureau of Audit"),
    ("E-mail", "a.mutiso@audit.go.ke"),
]
SECOND = [("Name of nominee", "Mr. Tobin WEXLER"), *FIRST[1:]]


def _words(text: str, x: int, y: int) -> list[Word]:
    words: list[Word] = []
    for part in text.split():
        words.append(Word(part, Box(x, y, x + CHAR * len(part), y + 26), 0.95))
        x += CHAR * (len(part) + 1)
    return words


def _begins(form: list[tuple[str, str]]) -> list[bool]:
    """For each line of a form whose values stand behind a gap whether it begins a paragraph."""
    lines = tuple(
        Line((*_words(label, 100, y), *_words(value, 140 + CHAR * (len(label) + 3), y)))
        for y, (label, value) in zip(range(200, 2000, PITCH), form, strict=False)
    )
    document = build_document((Page(1, 1654, 2339, 200, "read", lines, language="en"),))
    assert [line.text for line in document.lines] == [f"{a}\t{b}" for a, b in form]
    return [leads(document, number) for number in range(len(form))]


def test_a_card_begins_at_the_label_for_names_below_the_address_of_the_one_above() -> None:
    assert _begins([*FIRST, *SECOND]) == [False, False, False, True, False, False]


def test_below_another_label_it_may_have_begun_already() -> None:
    status = ("Status", "Member")
    assert not any(_begins([*FIRST, status, *SECOND]))
