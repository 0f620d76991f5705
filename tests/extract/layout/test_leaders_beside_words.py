"""Dots of a leader that the page reader glued to a word stand apart from it."""

from __future__ import annotations

import pytest

from extract.layout.glued import unglued
from ocr.types import Box, Word


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("......5855", ["......", "5855"]),
        ("a.brown@audit.go.ke........", ["a.brown@audit.go.ke", "........"]),
        ("Kamau.......Judge", ["Kamau", ".......", "Judge"]),
        ("etc...", ["etc..."]),
    ],
)
def test_they_are_parted(text: str, parts: list[str]) -> None:
    found = unglued(Word(text, Box(100, 100, 400, 130), 0.9))
    assert [word.text for word in found] == parts
