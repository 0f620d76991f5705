"""The pipeline says what it does, and goes on without any of its readers and checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract.checks.sequence import CHECKS
from extract.note import read_note
from extract.pipeline.components import COMPONENTS
from extract.pipeline.reading import ask, pipeline
from extract.pipeline.stages import CONTEXT, FOUND, STAGES, LeftOutError, Stage
from ocr.types import Page
from tests.extract.conftest import make_page

ROOT = Path(__file__).resolve().parents[3]
HEAD = (
    "EMBASSY OF PORTUGAL",
    "Ref. 17/2019",
    "",
    "The Embassy of Portugal presents its compliments to the Secretariat and has the honour to",
    "inform that the following three experts will attend the expert meeting on 31 May 2019:",
    "",
)
FOOT = ("", "The Embassy avails itself of this opportunity to renew the assurances of its highest")
ITEMS = ("1. Ms. Ana LIMA, Prosecutor, ana.lima@mp.example", "2. Mr. Rui SILVA, Judge")
LABELS = ("Name: Ms. Ana LIMA", "Position: Prosecutor", "E-mail: ana.lima@mp.example")
READERS = ("grid", "addresses", "heading", "item", "entry", "prose", "labelled")


def _page(*lines: str) -> Page:
    return make_page((*HEAD, *lines, *FOOT))


def _rules(page: Page, *without: str) -> set[str]:
    people = read_note((page,), without=without).delegates
    return {e.component for p in people for e in p.name.evidence}


def test_the_names_are_those_of_the_architecture_in_its_order() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    listed = text.partition("<!-- components -->")[2].partition("<!-- end of components -->")[0]
    names = [row.split("|")[1].split() for row in listed.splitlines() if row.startswith("| `")]
    assert [name.strip("`") for row in names for name in row] == pipeline().pipe_names


def test_a_component_needs_only_what_those_before_it_set() -> None:
    given = {f"doc._.{name}" for name in ("pages", "printed", "enclosing", "accepted", "readers")}
    analysis = pipeline().analyze_pipes()
    assert analysis is not None
    found = analysis["problems"]
    assert {need for needs in found.values() for need in needs} <= given
    assert found["zones"] == []


def test_every_check_is_a_component() -> None:
    assert {check.__name__ for check in CHECKS} <= set(pipeline().pipe_names)


def test_every_rule_of_the_kept_notes_begins_with_its_component() -> None:
    names = set(pipeline().pipe_names)
    rules = {rule for path in (ROOT / "tests/golden/notes").iterdir() for rule in _evidence(path)}
    assert len(rules) > 20
    assert {rule.partition(".")[0] for rule in rules} <= names


def _evidence(path: Path) -> set[str]:
    note = json.loads(path.read_text(encoding="utf-8"))["note"] or {}
    records = [note, *note.get("delegates", ())]
    values = [v for record in records for v in record.values() if isinstance(v, list)]
    return {e[4] for v in values if len(v) == 4 and isinstance(v[2], list) for e in v[2]}


@pytest.mark.parametrize(("lines", "reader"), [(ITEMS, "item"), (LABELS, "labelled")])
def test_a_reader_makes_its_entries_and_others_do_when_it_is_left_out(
    lines: tuple[str, ...], reader: str
) -> None:
    page = _page(*lines)
    assert _rules(page) == {reader}
    assert reader not in _rules(page, reader)


@pytest.mark.parametrize("name", [*READERS, *(check.__name__ for check in CHECKS), "calibration"])
def test_a_note_comes_out_without_any_reader_or_check(name: str) -> None:
    note = read_note((_page(*ITEMS),), without=(name,))
    assert note.is_note
    assert note.note_reference is not None


def test_without_a_check_its_doubt_is_not_there() -> None:
    page = _page(*ITEMS)
    assert "announced_number_differs" in {d.code for d in read_note((page,)).doubts}
    bare = read_note((page,), without=("doubt_announced",))
    assert "announced_number_differs" not in {d.code for d in bare.doubts}


def test_a_component_that_does_not_exist_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="no component itme"):
        read_note((_page(),), without=("itme",))


def test_what_nobody_said_is_an_error_and_no_guess() -> None:
    with pytest.raises(LeftOutError, match="zones"):
        read_note((_page(),), without=("zones",))


def test_a_component_can_be_exchanged() -> None:
    (persons,) = (c for c in COMPONENTS if c.name == "persons")
    page = _page(*ITEMS)
    found = ask(FOUND, (page,), without=("values", *_behind("values")))
    assert [d.name_text for d in found.drafts] == ["Ana LIMA", "Rui SILVA"]

    def last_first(doc: Doc) -> Doc:
        persons.run(doc)
        seen = FOUND.of(doc)
        FOUND.put(doc, type(seen)(seen.drafts[::-1]))
        return doc

    Language.component("persons_last_first", func=last_first)
    pipeline().replace_pipe("persons", "persons_last_first")
    try:
        people = ask(CONTEXT, (page,)).people
    finally:
        pipeline().replace_pipe("persons", "persons")
    assert [p.name.text for p in people] == ["Rui SILVA", "Ana LIMA"]


def _behind(name: str) -> list[str]:
    names = pipeline().pipe_names
    return names[names.index(name) + 1 :]


def test_everything_set_on_the_document_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    of = Stage.of

    def noted(stage: Stage[Any], doc: Doc) -> Any:  # noqa: ANN401
        asked.add(stage.name)
        return of(stage, doc)

    monkeypatch.setattr(Stage, "of", noted)
    enclosing = read_note((_page(*ITEMS),))
    read_note((_page(*ITEMS),), enclosing)
    assert asked == {stage.name for stage in STAGES}


def test_a_value_says_which_words_told_what_it_is() -> None:
    first = read_note((_page(*ITEMS),)).delegates[0]
    assert first.title is not None
    assert (first.title.evidence[0].rule, first.title.evidence[0].pattern) == (
        "item.title",
        "title_heads",
    )
    assert first.name.evidence[0].pattern == ""
