"""Whole notes in other languages and wording than the samples', read from text.

Each file of ``notes/`` holds notes of one language and what they say: lists, stacks, labelled
lines, sentences, contacts, refusals, revisions.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from tests.extract.conftest import make_page

FOLDER = Path(__file__).parent / "notes"
NOTES = {
    f"{file.stem}-{name}": (file.stem, note)
    for file in sorted(FOLDER.glob("*.toml"))
    for name, note in tomllib.loads(file.read_text(encoding="utf-8")).items()
}
FIELDS = ("honorific", "name", "title", "organization", "email", "role")
NEGATIVE = ("decline", "acknowledgement", "extension_request")


def _read(key: str) -> tuple[NoteVerbale, dict[str, Any]]:
    language, note = NOTES[key]
    lines = note["text"].strip("\n").split("\n")
    page = make_page(lines, language, from_right=language == "ar")
    return read_note((page,)), note


def _fields(person: Delegate) -> dict[str, str]:
    values = {name: getattr(person, name) for name in FIELDS}
    return {name: value.text for name, value in values.items() if value is not None}


def test_there_are_notes_of_every_sort() -> None:
    assert {language for language, _ in NOTES.values()} >= {"ar", "pt", "ru", "zh"}
    for language in ("ar", "pt", "ru", "zh"):
        kinds = {note["kind"] for code, note in NOTES.values() if code == language}
        assert kinds >= {"nomination", "revision", *NEGATIVE}


@pytest.mark.parametrize("key", NOTES)
def test_a_note_says_who_comes(key: str) -> None:
    read, note = _read(key)
    assert [_fields(person) for person in read.delegates] == note["delegates"]


@pytest.mark.parametrize("key", NOTES)
def test_a_note_says_what_it_is(key: str) -> None:
    read, note = _read(key)
    assert read.kind == note["kind"]
    assert read.revision == note.get("revision")
    assert [r.replaced_name for r in read.replacements] == note.get("replaced", [])
    assert read.language == NOTES[key][0]
    for name in ("state", "note_reference", "note_date"):
        value = getattr(read, name)
        assert (value.text if value else None) == note.get(name), name


@pytest.mark.parametrize("key", [k for k, (_, note) in NOTES.items() if note["kind"] in NEGATIVE])
def test_a_note_that_names_nobody_has_no_delegates(key: str) -> None:
    assert not _read(key)[0].delegates
