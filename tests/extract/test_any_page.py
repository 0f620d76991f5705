"""Whatever words stand on a page, however they are set: a note comes out, the same each time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.language import terms
from extract.note import read_note
from ocr.types import Box, Line, Page, Word
from tests.extract.conftest import make_page

OPENING = "The Permanent Mission of Kenya presents its compliments to the Secretariat and"
NOMINATES = "has the honour to nominate the following delegates:"
CLOSING = "avails itself of this opportunity to renew the assurances of its highest consideration."
LABELS = ("Name and surname:", "Name:", "Designation :", "E-mail address :", "Status :", "")
COLUMNS = ((100,), (100, 1300), (100, 900, 1700))
WIDTH, HEIGHT, TALL, LETTER = 2500, 3500, 30, 15
PIECES = (
    *("NOTE VERBALE", "1.", "2)", "-", "•", "|", ":", ",", "–", "(", "”", "''", "\u202e"),
    *("Mr.", "Ms. Anna", "H.E.", "Dr.", "M.", "D.", "Sra.", "г-н", "И.И.", "السيد", "先生", "张三"),
    *("e-mail:", "a.b@justice.example.org", "a@b.org", "@", "…@", "a@b", "jean-", "Yun-", "محمد"),
    *("Tel.: +43 1 234 56 78", "+", "+43", "(0)", "00 33", "Vienna, 6 May 2019", "31/02/2019"),
    *("Permanent Mission of", "Norway", "République", "中华人民共和国", "12/2019", "2019", "1440"),
    *("CU 2019/59/(A)/DTA/CEB/CSS", "No.", "KAMAU", "John", "de", "la", "Пётр", "van der", "O'"),
    *("Q" * 40, "0" * 30),
)
PHRASES = sorted(phrase for found in terms.labels().values() for phrase, _ in found)
WORDS = st.one_of(
    st.sampled_from(PIECES),
    st.sampled_from(PHRASES),
    st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=6),
)
ENTRIES = st.tuples(st.sampled_from(LABELS), st.lists(WORDS, max_size=5))
LINES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=14)
PLAIN = st.builds(make_page, LINES, st.sampled_from(("en", "fr", "es", "ru", "ar", "zh")))


@st.composite
def lists(draw: st.DrawFn) -> Page:
    """A note whose list is any words in one to three columns, its lines close or far apart."""
    columns = draw(st.sampled_from(COLUMNS))
    lines = [_line([(100, OPENING)], 100), _line([(100, NOMINATES)], 140)]
    y = 200
    for _ in range(draw(st.integers(1, 8))):
        row = [(x, " ".join([label, *words])) for x in columns for label, words in [draw(ENTRIES)]]
        if any(text.strip() for _, text in row):
            lines.append(_line(row, y))
        y += draw(st.sampled_from([40, 40, 90, 0]))
    return _page([*lines, _line([(100, CLOSING)], y + 100)])


def _page(lines: list[Line]) -> Page:
    return Page(1, WIDTH, HEIGHT, 200, "read", tuple(lines), language="en", mean_confidence=0.9)


def _line(parts: list[tuple[int, str]], y: int) -> Line:
    words: list[Word] = []
    for start, text in parts:
        x = start
        for word in text.split():
            right = x + LETTER * len(word)
            words.append(Word(word, Box(x, y, right, y + TALL), 0.9))
            x = right + LETTER
    return Line(tuple(words))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(lists() | PLAIN)
def test_any_page_gives_a_note(page: Page) -> None:
    note = read_note((page,))
    assert all(person.name.text.strip() for person in note.delegates)
    assert len(note.delegates) <= len(page.lines) * 6 + 1
    assert read_note((page,)) == note


@pytest.mark.parametrize("value", ["Mr. D. M.", "”", "H.E. Dr."])
def test_an_entry_in_which_no_name_is_found_marks_the_note(value: str) -> None:
    lines = [OPENING, NOMINATES, f"Name: {value}", "Designation: Director", "Name: Ms. Ana Roa"]
    texts = enumerate([*lines, CLOSING])
    note = read_note((_page([_line([(100, text)], 100 + 50 * n) for n, text in texts]),))
    assert "Ana Roa" in [person.name.text for person in note.delegates]
    named = [person for person in note.delegates if person.name.text != "Ana Roa"]
    marked = {doubt.code for person in named for doubt in person.doubts}
    assert "name_odd" in marked or "row_without_name" in {doubt.code for doubt in note.doubts}


def test_a_list_that_is_all_header_holds_nobody_here() -> None:
    rows = [("Name and surname:", "Name and surname:"), ("Name and surname:", "Designation :")]
    lines = [_line([(100, OPENING)], 100), _line([(100, NOMINATES)], 140)]
    lines += [
        _line([(100, left), (1300, right)], 200 + 40 * n) for n, (left, right) in enumerate(rows)
    ]
    note = read_note((_page([*lines, _line([(100, CLOSING)], 380)]),))
    assert not note.delegates
