"""A run of lines as one string, and the way back to the printed words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from ocr.types import Box, Line, Word
from tests.extract.conftest import make_page


def _run(*lines: str) -> TextRun:
    document = build_document((make_page(lines),))
    return TextRun(document, tuple(range(len(document.lines))))


@pytest.mark.parametrize(
    ("lines", "stored"),
    [
        (("Minis-", "try of Justice"), "Ministry of Justice"),
        (("Anti-", "Corruption Office"), "Anti-Corruption Office"),
        (("Director of", "Legal Affairs"), "Director of Legal Affairs"),
        (("外交部", "条法司"), "外交部条法司"),
    ],
)
def test_what_is_stored_is_what_was_printed_before_the_line_broke(
    lines: tuple[str, ...], stored: str
) -> None:
    run = _run(*lines)
    assert run.read(0, len(run.text)) == stored


@pytest.mark.parametrize(("white", "stored"), [(4, "Anti-Corruption"), (12, "Anti- Corruption")])
def test_white_behind_a_hyphen_is_a_space_where_it_is_as_wide(white: int, stored: str) -> None:
    words = (
        Word("Anti-", Box(100, 100, 180, 130), 0.9),
        Word("Corruption", Box(180 + white, 100, 400, 130), 0.9),
    )
    page = replace(make_page(("x",)), lines=(Line(words),))
    run = TextRun(build_document((page,)), (0,))
    assert run.read(0, len(run.text)) == stored


def test_a_name_keeps_the_hyphen_it_is_broken_at() -> None:
    run = _run("PARK Yun-", "seo")
    assert run.read_name(0, len(run.text)) == "PARK Yun-seo"


def test_a_value_has_an_evidence_a_line_with_the_words_boxes() -> None:
    run = _run("Director of", "Legal Affairs")
    value = run.value(0, len(run.text), "item.title")
    assert value is not None
    assert [(e.text, e.rule) for e in value.evidence] == [
        ("Director of", "item.title"),
        ("Legal Affairs", "item.title"),
    ]
    boxes = [e.box for e in value.evidence]
    assert boxes == [line.box for line in run.document.lines]


def test_the_evidence_names_the_list_that_told_the_field() -> None:
    run = _run("Ministry of Justice")
    (place,) = run.evidence(0, len(run.text), "item.organization")
    assert place.pattern == "org_heads"
    (other,) = run.evidence(0, len(run.text), "item.email")
    assert other.pattern == ""


def test_nothing_printed_is_no_value() -> None:
    run = _run("Director")
    assert run.value(3, 3, "item.title") is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("abc -,.é", min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_every_piece_of_a_span_stands_where_it_says(lines: list[str], data: st.DataObject) -> None:
    run = _run(*lines)
    start = data.draw(st.integers(0, len(run.text)))
    end = data.draw(st.integers(start, len(run.text)))
    pieces = [line.text[a:b] for line, a, b in run.pieces(start, end)]
    assert "".join(pieces) == run.text[start:end].replace("\n", "")
