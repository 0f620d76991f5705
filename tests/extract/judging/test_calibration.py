"""The table of measured confidences, and what it does to a note."""

from __future__ import annotations

import math
import tomllib
from copy import deepcopy
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.judging import calibration, structure
from extract.judging.calibration import Setting, Table, calibrated, parse_table
from extract.judging.steps import CalibrationError, Steps
from extract.types import Delegate, Doubt, Evidence, NoteVerbale, Value

ACCENTS, PLAIN = Setting("fr", True), Setting("en", False)


def raw_table() -> dict[str, Any]:
    return tomllib.loads(_table_text())


def _table_text() -> str:
    return files("extract.judging").joinpath(calibration.TABLE).read_text(encoding="utf-8")


def value(text: str, confidence: float) -> Value:
    return Value(text, confidence, (Evidence(1, text, None, confidence, "item.name"),))


def note(*people: Delegate, state: str = "MLI", language: str = "fr") -> NoteVerbale:
    return NoteVerbale(
        "nomination", "note_verbale", language, state=value(state, 0.99), delegates=people
    )


def person(name: str = "Aïssata KEÏTANOU", trust: float = 0.999, *doubts: Doubt) -> Delegate:
    return Delegate(
        1,
        value(name, trust),
        title=value("Directeur", 0.967),
        email=value("a.keitanou@justice.example", 0.98),
        doubts=doubts,
    )


def test_the_table_that_ships_is_whole_and_monotone() -> None:
    table = calibration.table()
    for steps in table.fields.values():
        assert steps.starts[0] == 0.0
        assert all(a < b for a, b in pairwise(steps.starts))
        assert all(a <= b for a, b in pairwise(steps.right))
        assert 0.0 < steps.right[0] <= steps.right[-1] < 1.0
        assert steps.values > 0
    assert set(calibration.FIELDS) <= set(table.absent)


def test_the_table_says_what_it_was_made_from() -> None:
    text = _table_text()
    head = text.partition("[absent]")[0]
    assert "benchmarks/calibrate.py" in head
    assert "delegates" in head


def test_a_missing_table_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "TABLE", "no_such_table.toml")
    calibration.table.cache_clear()
    with pytest.raises(FileNotFoundError):
        calibration.table()
    calibration.table.cache_clear()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("fields", "email", "right"), [0.9, 0.8]),
        (("fields", "email", "right"), [1.2]),
        (("fields", "email", "from"), [0.5]),
        (("fields", "email"), {"from": [0.0]}),
        (("absent", "email"), -0.1),
    ],
)
def test_a_wrong_table_is_refused(path: tuple[str, ...], wrong: object) -> None:
    raw = deepcopy(raw_table())
    place = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    with pytest.raises(CalibrationError):
        parse_table(raw)


def test_a_field_nothing_was_measured_for_is_refused() -> None:
    raw = raw_table()
    del raw["fields"]["title"]
    with pytest.raises(CalibrationError, match="title"):
        parse_table(raw)


def test_steps_hold_from_their_start_on() -> None:
    steps = Steps((0.0, 0.5, 0.9), (0.2, 0.6, 0.95), 60)
    assert [steps.at(x) for x in (0.0, 0.49, 0.5, 0.9, 1.0)] == [0.2, 0.2, 0.6, 0.95, 0.95]


def test_more_trust_never_lowers_a_confidence() -> None:
    found = [
        calibrated(note(person(trust=n / 100))).delegates[0].name.confidence for n in range(101)
    ]
    assert all(a <= b for a, b in pairwise(found))
    assert found[0] < found[-1]


def test_a_doubt_lowers_a_confidence_to_what_was_measured_with_it() -> None:
    sure = calibrated(note(person())).delegates[0]
    unsure = calibrated(note(person("Aïssata KEÏTANOU", 0.999, Doubt("name_odd", "name"))))
    assert unsure.delegates[0].name.confidence < sure.name.confidence
    assert unsure.delegates[0].confidence < sure.confidence


def test_only_a_row_below_the_threshold_is_doubted_for_its_weakest_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = note(person(), person("Fanta MAIGAROU", 0.3))
    sure, unsure = (chance_of(p) for p in calibrated(both).delegates)
    assert unsure < sure
    between = replace(structure.table(), threshold=(sure + unsure) / 2)
    monkeypatch.setattr(structure, "table", lambda: between)
    first, second = calibrated(both).delegates
    assert first.doubts == ()
    weakest = min(("name", "title", "email"), key=lambda field: getattr(second, field).confidence)
    assert second.doubts == (Doubt("low_confidence", weakest),)


def chance_of(found: Delegate) -> float:
    """That name, title and address are all right."""
    values = (found.name, found.title, found.email)
    return math.prod(value.confidence for value in values if value is not None)


def test_texts_and_evidence_stay_as_they_are() -> None:
    before = person()
    after = calibrated(note(before)).delegates[0]
    assert replace(after.name, confidence=before.name.confidence) == before.name
    assert after.title is not None
    assert before.title is not None
    assert replace(after.title, confidence=before.title.confidence) == before.title


def test_a_name_goes_by_its_letters() -> None:
    assert calibration.steps_key("name", "Fanta MAIGAROU", ACCENTS) == "name.capitals"
    assert calibration.steps_key("name", "Fanta Maigarou", ACCENTS) == "name.latin"
    assert calibration.steps_key("name", "John KAMAU", PLAIN) == "name.plain"
    assert calibration.steps_key("name", "李敏", PLAIN) == "name.han"
    assert calibration.steps_key("title", "Director", PLAIN) == "title.known"
    assert calibration.steps_key("email", "a@b.example", PLAIN) == "email"


def test_agreement_on_a_plain_name_is_worth_more_than_on_one_that_may_have_accents() -> None:
    def name(state: str, language: str) -> float:
        found = calibrated(note(person("John KAMAU", 0.97), state=state, language=language))
        return found.delegates[0].name.confidence

    assert name("KEN", "en") > name("MLI", "fr")
    assert name("KEN", "en") > name("POL", "en")


def test_a_table_without_a_script_falls_back_to_the_field() -> None:
    table = calibration.table()
    bare = Table(
        {key: s for key, s in table.fields.items() if "." not in key},
        table.absent,
        table.doubts,
    )
    found = bare.of_value("name", value("Aïssata", 0.999), (), ACCENTS)
    assert found == bare.fields["name"].at(0.999)


KEYS = st.sampled_from(("fields", "absent", "doubts", "row", "threshold", "name", "title"))
SCALARS = st.none() | st.booleans() | st.floats() | st.text(max_size=5)
TABLES = st.recursive(
    SCALARS, lambda c: st.lists(c, max_size=3) | st.dictionaries(KEYS, c, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, TABLES, max_size=6))
def test_an_incomplete_table_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(CalibrationError):
        parse_table(raw)
    with pytest.raises(CalibrationError):
        structure.parse_table(raw)
