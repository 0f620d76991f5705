"""Tesseract's TSV keeps every word on its way into lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ocr.engines import tsv

HEADING = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
WORD = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Z")), min_size=1, max_size=12
).filter(lambda text: text.split() == [text])
ROW = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.floats(0, 100), WORD)


def row(block: int, paragraph: int, line: int, confidence: float, text: str) -> str:
    return f"5\t1\t{block}\t{paragraph}\t{line}\t1\t10\t20\t30\t40\t{confidence}\t{text}"


@given(st.lists(ROW, max_size=30))
def test_every_word_is_kept_in_order_with_its_confidence(
    rows: list[tuple[int, int, int, float, str]],
) -> None:
    text = "\n".join([HEADING, "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t", *(row(*r) for r in rows)])
    words = [word for line in tsv.parse(text) for word in line.words]
    assert [word.text for word in words] == [r[4] for r in rows]
    assert all(0 <= word.confidence <= 1 for word in words)


@given(st.text(max_size=300))
def test_rubbish_raises_nothing(text: str) -> None:
    tsv.parse(text)
    tsv.parse(text.replace(" ", "\t"))


def test_words_of_one_line_stay_together() -> None:
    text = "\n".join(
        [HEADING, row(1, 1, 1, 96, "Mr."), row(1, 1, 1, 50, "Doe"), row(1, 1, 2, 9, "x")]
    )
    first, second = tsv.parse(text)
    assert first.text == "Mr. Doe"
    assert first.words[1].confidence == 0.5
    assert (first.box.left, first.box.bottom) == (10, 60)
    assert second.text == "x"


def test_direction_marks_are_no_part_of_a_word() -> None:
    (line,) = tsv.parse("\n".join([HEADING, row(1, 1, 1, 90, "\u200ea@b.example.org\u200f")]))
    assert line.text == "a@b.example.org"


def test_a_row_with_only_white_space_is_no_word() -> None:
    assert tsv.parse("\n".join([HEADING, row(1, 1, 1, 95, "   ")])) == ()
