"""Two tables that say of the same persons what one could."""

from __future__ import annotations

import pytest

from extract.note import read_note
from ocr.types import Box, Line, Page, Word

CHAR, HEIGHT, PITCH = 13, 40, 50
LEFT, MIDDLE, RIGHT = 174, 520, 950
OPENING = (
    "The Permanent Mission of Kenya to the United Nations in Vienna presents its compliments to",
    "the Secretariat and has the honour to inform that the delegation will be composed of:",
)
CLOSING = (
    "The Permanent Mission of Kenya avails itself of this opportunity to renew to the Secretariat"
)
NAMES = ("Mr. John KAMAU", "Ms. Ruth OTIENO", "Mr. Paul WANJIRU")
POSTS = ("Director", "Legal Counsel", "Second Secretary")
OFFICES = ("Ministry of Justice", "State Law Office", "Permanent Mission")
MAILS = ("jkamau@moj.go.ke", "r.otieno@slo.go.ke", "paul.wanjiru@mfa.go.ke")

Cells = tuple[str, ...]


def _row(top: int, cells: Cells, lefts: tuple[int, ...]) -> list[Word]:
    words: list[Word] = []
    for left, text in zip(lefts, cells, strict=False):
        x = left
        for part in text.split():
            words.append(Word(part, Box(x, top, x + CHAR * len(part), top + HEIGHT), 0.95))
            x += CHAR * len(part) + 9
    return words


def _read(*tables: tuple[tuple[int, ...], list[Cells]]) -> list[tuple[str | None, ...]]:
    """The persons of a note with tables below each other: name, post and address of each."""
    top, lines = 200, []
    for text in OPENING:
        lines.append(_row(top, (text,), (LEFT,)))
        top += PITCH - 6
    for lefts, rows in tables:
        top += PITCH
        for cells in rows:
            lines.append(_row(top, cells, lefts))
            top += PITCH
    lines.append(_row(top + PITCH, (CLOSING,), (LEFT,)))
    page = Page(1, 1654, 2339, 200, "read", tuple(Line(tuple(x)) for x in lines), language="en")
    return [
        (
            d.name.text,
            d.title.text if d.title else None,
            d.email.text if d.email else None,
        )
        for d in read_note((page,)).delegates
    ]


WHOLE = [
    (name.split(" ", 1)[1], post, mail)
    for name, post, mail in zip(NAMES, POSTS, MAILS, strict=True)
]
POSTS_BY_NAME: list[Cells] = [("Name", "Function"), *zip(NAMES, POSTS, strict=True)]
POSTS_BY_NUMBER = [
    ("No.", "Name", "Function"),
    *((str(n), *said) for n, said in enumerate(zip(NAMES, POSTS, strict=True), 1)),
]
COUNTED = [(str(n), *x) for n, x in enumerate(zip(OFFICES, MAILS, strict=True), 1)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ((LEFT, RIGHT), POSTS_BY_NAME),
            (
                (LEFT, MIDDLE, RIGHT),
                [
                    ("Name", "Institution", "E-mail"),
                    *zip((n.split()[-1] for n in NAMES), OFFICES, MAILS, strict=True),
                ],
            ),
        ),
        (
            ((LEFT, MIDDLE, RIGHT), POSTS_BY_NUMBER),
            ((LEFT, MIDDLE, RIGHT), [("No.", "Institution", "E-mail"), *COUNTED]),
        ),
        (((LEFT, MIDDLE, RIGHT), POSTS_BY_NUMBER), ((LEFT, MIDDLE, RIGHT), COUNTED)),
        (
            ((LEFT, RIGHT), POSTS_BY_NAME),
            (
                (LEFT, RIGHT),
                [("Institution", "E-mail"), *zip(OFFICES, MAILS, strict=True)],
            ),
        ),
    ],
    ids=["by name", "by number", "by number without a header", "by order"],
)
def test_a_table_in_two_parts_is_one(
    first: tuple[tuple[int, ...], list[Cells]], second: tuple[tuple[int, ...], list[Cells]]
) -> None:
    assert _read(first, second) == WHOLE


def test_other_persons_in_a_second_table_stay_others() -> None:
    more: list[Cells] = [("Name", "E-mail"), ("Ms. Ann MWANGI", "a.mwangi@moj.go.ke")]
    more.append(("Mr. Ali HASSAN", "a.hassan@moj.go.ke"))
    found = _read(((LEFT, RIGHT), POSTS_BY_NAME), ((LEFT, RIGHT), more))
    assert [name for name, _, _ in found] == [
        *(n for n, _, _ in WHOLE),
        "Ann MWANGI",
        "Ali HASSAN",
    ]
    assert [mail for _, _, mail in found[:3]] == [None] * 3
