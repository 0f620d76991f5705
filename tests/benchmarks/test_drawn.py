"""Notes of another hand, drawn from their words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from weasyprint import HTML

from benchmarks.drawn import PRINT_DPI, draw, page_html
from samples.pages import raster

POINT = PRINT_DPI / 72


def note(**changes: str) -> dict[str, Any]:
    page = {
        "width": 300.0,
        "height": 200.0,
        "words": [["Mr.", 40.0, 50.0, 58.0, 64.0], ["Verlaine", 62.0, 50.0, 110.0, 64.0]],
        "lines": [["Mr. Verlaine", 40.0, 50.0, 14.0]],
    }
    facts = {"id": "1", "language": "en", "layout": "prose", "kind": "reply", "state": "AUT"}
    rest: dict[str, Any] = {
        "meeting": None,
        "note_reference": "7/2019",
        "note_date": None,
        "delegates": [],
    }
    return facts | rest | {"pages": [page], "text": ["Mr. Verlaine"]} | changes


def ink(page: dict[str, Any], family: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is drawn, in points."""
    picture = raster(HTML(string=page_html(page, family)).write_pdf(), PRINT_DPI, False)[0]
    rows, columns = np.nonzero(picture < 128)
    edges = (columns.min(), rows.min(), columns.max(), rows.max())
    left, top, right, bottom = (round(edge / POINT) for edge in edges)
    return left, top, right, bottom


def test_words_fill_their_boxes() -> None:
    left, top, right, bottom = ink(note()["pages"][0], "DejaVu Serif")

    assert 40 <= left <= 43
    assert 107 <= right <= 111
    assert top >= 50
    assert bottom <= 64


def test_an_arabic_line_begins_at_its_left_end() -> None:
    page = note()["pages"][0] | {"words": [], "lines": [["سفارة جمهورية العراق", 60.0, 50.0, 14.0]]}

    left, top, right, bottom = ink(page, "DejaVu Sans")

    assert 58 <= left <= 63
    assert right < 240
    assert top >= 48
    assert bottom <= 70


def test_scans_and_truths_are_what_the_accuracy_program_reads(tmp_path: Path) -> None:
    assert draw([note(), note(language="ar", layout="table")], tmp_path, seed=3) == 1

    truth = json.loads((tmp_path / "truth" / "000.json").read_text(encoding="utf-8"))

    assert (tmp_path / truth["file"]).read_bytes().startswith(b"%PDF")
    assert truth["kind"] == "nomination"
    assert truth["quality"] in ("clean", "ordinary", "hard")
