"""Titles of several parts as one text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from extract.judging.joined import join_printed
from extract.layout.text_run import TextRun


def _joined(text: str, *parts: str) -> str:
    spans = tuple((text.index(p), text.index(p) + len(p)) for p in parts)
    run = SimpleNamespace(text=text, read=lambda a, b: text[a:b])
    return join_printed(cast("TextRun", run), spans)


@pytest.mark.parametrize(
    ("text", "parts", "joined"),
    [
        (
            "Greffière du tribunal et\nMme Zoé PLUVIER ..... \tnotaire",
            ("Greffière du tribunal", "notaire"),
            "Greffière du tribunal et notaire",
        ),
        (
            "Directora de la\nSra. Zoila PLUMA \t;\toficina fiscal",
            ("Directora de la", "oficina fiscal"),
            "Directora de la oficina fiscal",
        ),
    ],
)
def test_a_phrase_whose_middle_a_name_stands_beside_is_one(
    text: str, parts: tuple[str, ...], joined: str
) -> None:
    assert _joined(text, *parts) == joined


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("juez\nSra. Zoila PLUMA\nfiscal", ("juez", "fiscal")),
        ("Judge\nMs. Zoe PLUME \tRegistrar", ("Judge", "Registrar")),
    ],
)
def test_posts_above_and_below_a_name_are_two(text: str, parts: tuple[str, ...]) -> None:
    assert _joined(text, *parts) == ", ".join(parts)
