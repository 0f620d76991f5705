"""Small words that lost their space stand apart again, and no name is cut."""

from __future__ import annotations

import pytest

from extract.layout.glued_phrases import parts_of, with_small_words_apart
from tests.extract.conftest import make_page


@pytest.mark.parametrize(
    ("language", "read", "printed"),
    [
        ("fr", "dela", "de la"),
        ("fr", "Chefdela", "Chef de la"),
        ("fr", "del’archivage,", "de l’archivage,"),
        ("fr", "del'archivage", "de l'archivage"),
        ("es", "delos", "de los"),
        ("en", "ofthe", "of the"),
        ("en", "Directorofthe", "Director of the"),
        ("en", "oftheMinistry,", "of the Ministry,"),
    ],
)
def test_words_that_were_glued_are_parted(language: str, read: str, printed: str) -> None:
    assert " ".join(parts_of(read, language)) == printed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Delarue"),
        ("fr", "DELA"),
        ("fr", "Mandela"),
        ("fr", "modela"),
        ("es", "Delossantos"),
        ("en", "offhand"),
        ("zh", "dela"),
    ],
)
def test_names_and_other_words_stay(language: str, text: str) -> None:
    assert parts_of(text, language) == [text]


def test_the_parts_share_the_width_of_the_word() -> None:
    page = make_page(("Mme X, Cheffe dela Division",), "fr")
    found = with_small_words_apart(page)
    assert found.lines[0].text == "Mme X, Cheffe de la Division"
    (old,) = [w for w in page.lines[0].words if w.text == "dela"]
    one, other = found.lines[0].words[3:5]
    assert (one.box.left, other.box.right) == (old.box.left, old.box.right)
