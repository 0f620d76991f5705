"""A speck inside a phrase ends no sentence."""

from __future__ import annotations

import pytest

from extract.layout.phrase_specks import without_specks_in_phrases
from tests.extract.conftest import make_page


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (
            "First Secretary, Permanent. Mission of Tonga",
            "First Secretary, Permanent Mission of Tonga",
        ),
        ("of the Permanent. The Mission", "of the Permanent. The Mission"),
        ("Prof. General Director", "Prof. General Director"),
        ("Ministère des Affaires. étrangères", "Ministère des Affaires étrangères"),
    ],
)
def test_a_full_stop_between_words_of_one_phrase_is_dropped(read: str, printed: str) -> None:
    page = without_specks_in_phrases(make_page((read,), "en"))
    assert page.lines[0].text == printed
