"""No page of words makes the rules raise: they find somebody, nobody, or mark the note."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.language import terms
from extract.note import read_note
from ocr.types import Box, Line, Page, Word

OPENING = "The Permanent Mission of Kenya presents its compliments to the Secretariat and"
NOMINATES = "has the honour to nominate the following delegates:"
CLOSING = "avails itself of this opportunity to renew the assurances of its highest consideration."
LABELS = ("Name and surname:", "Name:", "Designation :", "E-mail address :", "Status :", "")
COLUMNS = ((100,), (100, 1300), (100, 900, 1700))
WIDTH, HEIGHT, TALL, LETTER = 2500, 3500, 30, 15


def _phrases() -> list[str]:
    return [phrase for found in terms.labels().values() for phrase, _ in found]


SIGNS = (":", ",", "–", "(", "1.", "•", "|", "a@b.org", "jean-", "+43", "2019", "”", "@")
WORDS = st.one_of(
    st.sampled_from(sorted(_phrases())),
    st.sampled_from(
        [
            "Mr.",
            "M.",
            "D.",
            "H.E.",
            "Dr.",
            "KAMAU",
            "John",
            "de",
            "la",
            "Yun-",
            "张三",
            "محمد",
            "И.И.",
        ]
    ),
    st.sampled_from(SIGNS),
    st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=6),
)
ENTRIES = st.tuples(st.sampled_from(LABELS), st.lists(WORDS, max_size=5))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A note whose list is any words in one to three columns, its lines close or far apart."""
    columns = draw(st.sampled_from(COLUMNS))
    lines = [_line([(100, OPENING)], 100), _line([(100, NOMINATES)], 140)]
    y = 200
    for _ in range(draw(st.integers(1, 8))):
        row = [(x, " ".join([label, *words])) for x in columns for label, words in [draw(ENTRIES)]]
        if any(text.strip() for _, text in row):
            lines.append(_line(row, y))
        y += draw(st.sampled_from([40, 40, 90, 0]))
    lines.append(_line([(100, CLOSING)], y + 100))
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


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(pages())
def test_no_page_of_words_raises(page: Page) -> None:
    note = read_note((page,))
    assert all(person.name.text.strip() for person in note.delegates)


@pytest.mark.parametrize("value", ["Mr. D. M.", "”", "H.E. Dr."])
def test_an_entry_in_which_no_name_is_found_marks_the_note(value: str) -> None:
    lines = [OPENING, NOMINATES, f"Name: {value}", "Designation: Director", "Name: Ms. Ana Roa"]
    page = Page(
        1,
        WIDTH,
        HEIGHT,
        200,
        "read",
        tuple(_line([(100, text)], 100 + 50 * n) for n, text in enumerate([*lines, CLOSING])),
        language="en",
        mean_confidence=0.9,
    )
    note = read_note((page,))
    assert "Ana Roa" in [person.name.text for person in note.delegates]
    named = [person for person in note.delegates if person.name.text != "Ana Roa"]
    marked = {doubt.code for person in named for doubt in person.doubts}
    assert "name_odd" in marked or "row_without_name" in {doubt.code for doubt in note.doubts}
