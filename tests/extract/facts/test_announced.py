"""How many persons a note promises, in six languages, and numbers that promise nobody."""

from __future__ import annotations

import pytest

from extract.facts.announced import find_announced, number_words
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from tests.extract.conftest import make_page

OPENING = "The Permanent Mission of Kenya presents its compliments to the Office and has the honour"


def _announced(code: str, *lines: str) -> int | None:
    page = make_page((OPENING, *lines), code, from_right=code == "ar")
    document = build_document((page,))
    return find_announced(document, find_zones(document), code)


@pytest.mark.parametrize(
    ("code", "line", "count"),
    [
        ("en", "to nominate the following two experts for the meeting.", 2),
        ("en", "to nominate the following 14 participants for the meeting.", 14),
        ("fr", "de désigner les trois participants suivants.", 3),
        ("es", "de designar a los siguientes dos participantes.", 2),
        ("ru", "направить для участия трех экспертов.", 3),
        ("en", "to inform it that participants will be named in due course.", None),
        ("en", "to nominate two experts, and then three experts, for the meeting.", None),
        ("en", "to nominate the following 95 participants for the meeting.", None),
    ],
)
def test_the_number_before_the_persons_counts(code: str, line: str, count: int | None) -> None:
    assert _announced(code, line) == count


def test_a_small_word_of_the_notes_own_language_is_no_number_of_another() -> None:
    assert number_words("es")["dos"] == 2
    assert "dos" not in number_words("pt")
