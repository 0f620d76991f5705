"""The examples in the language files: what each family of rules must read from them.

A new language needs no test of its own: its ``[examples]`` are run here.
"""

from __future__ import annotations

import pytest

from extract.delegates.parts.roles import role_of
from extract.facts.references import find_own_reference
from extract.facts.sender import find_sender
from extract.language import terms
from extract.language.dates import find_dates
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from extract.layout.zones import find_zones
from extract.note import read_note
from extract.types import NoteVerbale
from ocr.types import Page
from tests.extract.conftest import make_page

LANGUAGES = {x.code: x for x in terms.languages() if x.examples}
FAMILIES = ("kinds", "persons", "roles", "dates", "numbers", "states")


def _rows(family: str) -> list[tuple[str, ...]]:
    rows = [(code, *row) for code, x in LANGUAGES.items() for row in x.examples.get(family, ())]
    assert rows
    return rows


def _page(code: str, *lines: str) -> Page:
    """Lines under the language's first letterhead and opening, above its first closing."""
    language = LANGUAGES[code]
    head = language.examples["states"][0][0]
    opening = max(language.phrases["opening"], key=len)
    closing = max(language.phrases["closing"], key=len)
    sentence = f"{opening} {head} {_any_addressee()}"
    if language.script == "latin":
        sentence = f"{head} {opening} {_any_addressee()}"
    body = (head, "", sentence, *lines, "", closing)
    return make_page(body, code, from_right=language.script == "arabic")


def _any_addressee() -> str:
    return "UNODC"


def _note(code: str, *lines: str) -> NoteVerbale:
    return read_note((_page(code, *lines),))


def test_the_languages_of_the_united_nations_have_examples_of_every_family() -> None:
    assert {"ar", "en", "es", "fr", "ru", "zh", "pt"} <= set(LANGUAGES)
    for language in LANGUAGES.values():
        assert set(FAMILIES) == set(language.examples), language.code
        kinds = {row[0] for row in language.examples["kinds"]}
        assert len(kinds) == 5, language.code


def test_no_example_of_a_language_stands_twice() -> None:
    for language in LANGUAGES.values():
        for family, rows in language.examples.items():
            assert len({tuple(row) for row in rows}) == len(rows), (language.code, family)


@pytest.mark.parametrize(("code", "kind", "sentence"), _rows("kinds"))
def test_a_sentence_tells_the_kind(code: str, kind: str, sentence: str) -> None:
    assert _note(code, sentence).kind == kind


@pytest.mark.parametrize(("code", "entry", "honorific", "name", "title"), _rows("persons"))
def test_an_entry_has_its_fields(
    code: str, entry: str, honorific: str, name: str, title: str
) -> None:
    nomination = next(row[1] for row in LANGUAGES[code].examples["kinds"] if row[0] == "nomination")
    (person,) = _note(code, nomination, "", f"1. {entry}").delegates
    assert person.name.text == name
    assert (person.honorific.text if person.honorific else "") == honorific
    assert person.title is not None
    assert person.title.text == title


@pytest.mark.parametrize(("code", "text", "role"), _rows("roles"))
def test_a_role_is_known(code: str, text: str, role: str) -> None:
    run = TextRun(build_document((make_page((text,), code),)), (0,))
    assert role_of(run, 0, len(run.text)) == role


@pytest.mark.parametrize(("code", "text", "day"), _rows("dates"))
def test_a_date_is_read(code: str, text: str, day: str) -> None:
    assert [m.day.isoformat() for m in find_dates(text)] == [day], code


@pytest.mark.parametrize(("code", "line", "number"), _rows("numbers"))
def test_the_notes_number_is_read(code: str, line: str, number: str) -> None:
    head = LANGUAGES[code].examples["states"][0][0]
    document = build_document((make_page((head, line), code),))
    value = find_own_reference(document, find_zones(document))
    assert value is not None
    assert value.text == number


@pytest.mark.parametrize(("code", "letterhead", "state"), _rows("states"))
def test_the_sender_is_told(code: str, letterhead: str, state: str) -> None:
    opening = max(LANGUAGES[code].phrases["opening"], key=len)
    lines = (letterhead, "", f"{opening} {_any_addressee()}")
    document = build_document((make_page(lines, code),))
    value, _ = find_sender(document, find_zones(document))
    assert value is not None
    assert value.text == state
