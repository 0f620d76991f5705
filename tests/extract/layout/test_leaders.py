"""Dots that lead from a name to its post, in one line of text or between two columns."""

from __future__ import annotations

from dataclasses import replace

from extract.layout.lines import page_lines
from extract.note import read_note
from ocr.types import Box, Word
from tests.extract.conftest import make_page
from tests.extract.layout.test_across_columns import Cells, page, persons
from tests.extract.letter import HEAD, TAIL

NAMES = ("Ms. Ilda VARGO", "Mr. Oto BRANDL", "Ms. Una LISTE")
POSTS = ("Acting Head of the Asset Recovery", "Deputy Director General of the", "Chief Notary of")
RESTS = ("Section, High Court", "Land Office, Ministry of Trade", "the Court of Audit")
MAILS = ("i.vargo@court.example", "o.brandl@trade.example", "u.liste@audit.example")


def led(lefts: tuple[int, int, int]) -> tuple[Cells, ...]:
    """Entries of three lines; posts begin where the dots end, and go on at the left margin."""
    rows: list[Cells] = []
    for name, post, rest, mail, left in zip(NAMES, POSTS, RESTS, MAILS, lefts, strict=True):
        rows += [((100, name), (700, "....."), (left, post)), ((100, rest),), ((140, mail),)]
    return tuple(rows)


def test_dots_that_end_where_each_post_begins_part_no_columns() -> None:
    rows = led((1110, 1040, 1180))
    drawn = page(rows)
    lines = tuple(replace(line, words=tuple(_as_wide_as_dots(line.words))) for line in drawn.lines)
    assert all(line.cell is None for line in page_lines(replace(drawn, lines=lines)))
    found = [(name, mail) for name, _, _, mail in persons(rows)]
    assert found == [(name[4:], mail) for name, mail in zip(NAMES, MAILS, strict=True)]


def test_dots_before_posts_below_each_other_part_two_columns() -> None:
    rows = tuple(
        ((100, name), (700, "....."), (1100, post), (2000, mail))
        for name, post, mail in zip(NAMES, ("Judge", "Notary", "Auditor"), MAILS, strict=True)
    )
    assert [title for _, title, *_ in persons(rows)] == ["Judge", "Notary", "Auditor"]


def _as_wide_as_dots(row: tuple[Word, ...]) -> list[Word]:
    """The words, dots reaching up to what they lead to."""
    found = list(row)
    for at, word in enumerate(row[:-1]):
        if word.text == ".....":
            box = word.box
            found[at] = replace(
                word, box=Box(box.left, box.top, row[at + 1].box.left - 8, box.bottom)
            )
    return found


def test_letters_read_from_a_rule_are_no_word() -> None:
    drawn = page((((100, "Ms. Ilda VARGO"), (700, "Judge")),))
    smear = Word("Ree", Box(100, 150, 180, 155), 0.3)
    lines = (*drawn.lines, replace(drawn.lines[0], words=(smear,)))
    assert all("Ree" not in line.text for line in page_lines(replace(drawn, lines=lines)))


def test_a_name_before_dots_begins_an_entry_below_an_address_set_off_from_the_one_above() -> None:
    lines = (
        "VARGO Ilda ....... Head of the Notaries of the Land Office,",
        "Ministry of Trade",
        "i.vargo@trade.example",
        "BRANDL Oto ....... Judge, Court of Audit",
        "o.brandl@audit.example",
    )
    drawn = make_page([*HEAD, *lines, *TAIL])
    off = len(HEAD) - HEAD.count("") + 2
    below = [
        replace(line, words=tuple(replace(w, box=_lower(w.box, 18)) for w in line.words))
        for line in drawn.lines[off:]
    ]
    read = read_note((replace(drawn, lines=(*drawn.lines[:off], *below)),))
    found = [(d.name.text, d.email.text if d.email else None) for d in read.delegates]
    assert found == [
        ("VARGO Ilda", "i.vargo@trade.example"),
        ("BRANDL Oto", "o.brandl@audit.example"),
    ]


def _lower(box: Box, by: int) -> Box:
    return Box(box.left, box.top + by, box.right, box.bottom + by)


def test_a_post_read_as_a_line_of_its_own_goes_with_the_name_whose_dots_lead_to_it() -> None:
    listed = ["Mr. Oto BRANDL.....", "Mr. Ivo KRANZ ...... Land Registrar"]
    drawn = make_page([*HEAD, *listed, *TAIL])
    at = next(n for n, line in enumerate(drawn.lines) if "BRANDL" in line.text)
    post = tuple(
        replace(w, text=text, box=replace(w.box, left=w.box.left + 900, right=w.box.right + 900))
        for w, text in zip(drawn.lines[at].words[1:], ("Sworn", "Notary"), strict=True)
    )
    apart = replace(drawn.lines[at], words=post)
    note = read_note(
        (replace(drawn, lines=(*drawn.lines[: at + 1], apart, *drawn.lines[at + 1 :])),)
    )
    assert [p.title.text for p in note.delegates if p.title] == ["Sworn Notary", "Land Registrar"]
