"""What notes by several hands say of themselves: a table of short ones in six languages.

Each file of ``notes/`` holds notes of one language. They are there to tell how many are right, and
what is right is not lost again: what a note leaves out of the table it does not say.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.facts.meeting import match
from extract.types import Invitation, NoteVerbale
from noteverbale.reading import extract_note
from ocr.types import Page
from tests.extract.conftest import make_page

NOTES = {
    f"{file.stem}-{name}": (file.stem, note)
    for file in sorted((Path(__file__).parent / "notes").glob("*.toml"))
    for name, note in tomllib.loads(file.read_text(encoding="utf-8")).items()
}
INVITATIONS = (
    Invitation(
        "CU 2019/59/(A)/DTA/CEB/CSS",
        "Eighth open-ended intergovernmental expert meeting on international cooperation",
        date(2019, 5, 31),
    ),
    Invitation(
        "CU 2019/187/(A)/DTA/CEB/CSS",
        "Tenth meeting of the Open-ended Intergovernmental Working Group on Prevention",
        date(2019, 9, 4),
        date(2019, 9, 6),
    ),
    Invitation(
        "CU 2019/41/(A)/DTA/CEB/ISS",
        "Tenth session of the Implementation Review Group",
        date(2019, 5, 27),
        date(2019, 5, 29),
    ),
)
VALUES = {"state": "state", "number": "note_reference", "date": "note_date"}


def _page(key: str) -> Page:
    language, note = NOTES[key]
    lines = note["text"].strip("\n").split("\n")
    return make_page(lines, language, from_right=language == "ar")


def _read(key: str) -> NoteVerbale:
    reading = extract_note((_page(key),))
    assert reading.note is not None
    return reading.note


def _said(key: str, field: str) -> tuple[Any, ...]:
    """What the table has for a field: the values that are right."""
    note = NOTES[key][1]
    return (note.get(field), *note.get(f"{field}_accept", ()))


NO_NOTE = [key for key, (_, note) in NOTES.items() if note["kind"] == "rejected"]
IS_NOTE = [key for key in NOTES if key not in NO_NOTE]


def test_there_are_enough_notes_of_every_language_and_kind() -> None:
    assert len(NOTES) >= 60
    kinds = {"nomination", "decline", "other", "rejected"}
    for code in ("ar", "en", "es", "fr", "ru", "zh"):
        assert {n["kind"] for c, n in NOTES.values() if c == code} >= kinds, code


@pytest.mark.parametrize("key", NO_NOTE)
def test_what_shows_that_it_is_something_else_is_no_note(key: str) -> None:
    assert not _read(key).is_note


@pytest.mark.parametrize("field", VALUES)
@pytest.mark.parametrize("key", IS_NOTE)
def test_a_note_has_its_own_value(key: str, field: str) -> None:
    value = getattr(_read(key), VALUES[field])
    assert (value.text if value else None) in _said(key, field)


@pytest.mark.parametrize("key", IS_NOTE)
def test_a_note_has_its_kind(key: str) -> None:
    read = _read(key)
    assert (read.kind, read.is_note) == (NOTES[key][1]["kind"], True)


@pytest.mark.parametrize("key", IS_NOTE)
def test_a_note_answers_its_meeting(key: str) -> None:
    assert match(_read(key), INVITATIONS) == NOTES[key][1].get("meeting")


@pytest.mark.parametrize("key", IS_NOTE)
def test_only_who_is_sent_is_a_delegate(key: str) -> None:
    names = [person.name.text for person in _read(key).delegates]
    assert names == NOTES[key][1].get("delegates", [])


def test_a_list_gives_its_persons_once_a_person_accepts_it() -> None:
    read = extract_note((_page("en-list_alone"),), accept=True).note
    assert read is not None
    assert [person.name.text for person in read.delegates] == ["Peter LEIFI", "Grace TOA"]
    assert "note_uncertain" in {doubt.code for doubt in read.doubts}


@pytest.mark.parametrize("key", [k for k in IS_NOTE if "doubts" in NOTES[k][1]])
def test_what_is_open_is_said(key: str) -> None:
    assert set(NOTES[key][1]["doubts"]) <= {doubt.code for doubt in _read(key).doubts}
