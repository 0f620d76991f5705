"""A capital that looks like a sign in a circle."""

from __future__ import annotations

import pytest

from ocr.lines.circled import TRUST, restored
from ocr.types import Box, Line, Word


def line(text: str) -> Line:
    words = text.split()
    return Line(tuple(Word(w, Box(60 * n, 0, 60 * n + 50, 20), 0.9) for n, w in enumerate(words)))


def test_it_is_a_capital_before_small_letters_and_in_doubt() -> None:
    (found,) = restored((line("Mr. ®ystein Dahl,"),))
    assert found.text == "Mr. Øystein Dahl,"
    assert [word.confidence for word in found.words] == [0.9, TRUST, 0.9]


@pytest.mark.parametrize(
    "text", ["a.dahl ®moj.gov.xx", "ACME ®", "®DAHL", "© 2019", "© a", "®gov.xx"]
)
def test_other_signs_stay(text: str) -> None:
    of = line(text)
    assert restored((of,)) == (of,)
