"""The table of signs: it ships whole, a wrong one is refused, a sign lowers what it weighs on."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from extract.judging import calibration, structure
from extract.judging.calibration import calibrated
from extract.judging.steps import CalibrationError
from extract.types import Delegate, Doubt, Evidence, NoteVerbale, Value


def raw_table() -> dict[str, Any]:
    text = files("extract.judging").joinpath(structure.TABLE).read_text(encoding="utf-8")
    return tomllib.loads(text)


def value(text: str) -> Value:
    return Value(text, 0.999, (Evidence(1, text, None, 0.999, "item.name"),))


def judged(*signs: str, doubts: tuple[Doubt, ...] = ()) -> Delegate:
    person = Delegate(
        1,
        value("John KAMAU"),
        title=value("Director"),
        email=value("j.kamau@justice.example"),
        doubts=doubts,
        signs=signs,
    )
    note = NoteVerbale("nomination", "note_verbale", "en", state=value("KEN"), delegates=(person,))
    return calibrated(note).delegates[0]


def worst(field: str) -> tuple[str, ...]:
    """Signs that weigh against a field."""
    weights = structure.table().fields[field].signs
    return tuple(sign for sign, weight in weights.items() if weight < 0)


def test_the_table_that_ships_is_whole_and_monotone() -> None:
    table = structure.table()
    assert set(table.fields) == set(structure.FIELDS)
    for steps in (table.row, *(w.steps for w in table.fields.values())):
        assert steps.starts[0] == 0.0
        assert all(a <= b for a, b in pairwise(steps.right))
        assert steps.values > 1000
    assert 0.0 < table.threshold < 1.0


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("title", "right"), [0.9, 0.8]),
        (("title", "base"), "much"),
        (("title", "signs"), {"title.open": float("nan")}),
        (("name",), {}),
        (("row", "from"), [0.5]),
        (("threshold",), 2),
    ],
)
def test_a_wrong_table_is_refused(path: tuple[str, ...], wrong: object) -> None:
    raw = deepcopy(raw_table())
    place = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    with pytest.raises(CalibrationError):
        structure.parse_table(raw)


def test_signs_against_a_title_lower_its_probability_and_mark_the_row() -> None:
    sure, unsure = judged(), judged(*worst("title"))
    assert sure.title is not None
    assert unsure.title is not None
    assert unsure.title.confidence < sure.title.confidence
    assert unsure.confidence < sure.confidence
    assert any(d.code == calibration.UNSURE for d in unsure.doubts)


def test_a_value_in_doubt_is_worth_what_its_doubt_is_worth_whatever_the_signs() -> None:
    doubt = (Doubt("odd_signs", "title"),)
    plain, signed = judged(doubts=doubt), judged(*worst("title"), doubts=doubt)
    assert plain.title is not None
    assert signed.title is not None
    assert plain.title.confidence == signed.title.confidence


def test_a_sign_nobody_measured_weighs_nothing() -> None:
    assert replace(judged("title.never_seen"), signs=()) == judged()
