"""Where a name without accents may have lost them."""

from __future__ import annotations

import pytest

from extract.judging.expected_accents import accents_expected
from extract.types import Delegate, Evidence, NoteVerbale, Value


def _value(text: str) -> Value:
    return Value(text, 0.9, (Evidence(1, text, None, 0.9, "test"),))


def _note(state: str | None, language: str, *names: str) -> NoteVerbale:
    people = tuple(Delegate(n, _value(name)) for n, name in enumerate(names, 1))
    sender = _value(state) if state else None
    return NoteVerbale("nomination", "note_verbale", language, sender, delegates=people)


@pytest.mark.parametrize(
    ("state", "language", "names", "expected"),
    [
        ("KEN", "en", ("John KAMAU",), False),
        ("POL", "en", ("Jan DABROWNIK",), True),  # Polish has them, whatever the note is in
        ("KEN", "fr", ("John KAMAU",), True),
        ("CHN", "zh", ("李明",), False),
        ("KEN", "en", ("John KAMAU", "Zoë WANJIRU"), True),  # one name shows that they are printed
        (None, "en", ("John KAMAU",), True),  # nobody knows
    ],
)
def test_accents_are_expected_of_language_state_and_names(
    state: str | None, language: str, names: tuple[str, ...], expected: bool
) -> None:
    assert accents_expected(_note(state, language, *names)) is expected
