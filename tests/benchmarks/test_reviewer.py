"""The reviewer of the benchmarks decides what waits by the truth, errs seldom, leaves the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import reviewer as robot
from benchmarks.reviewer import Reviewer, pairs, slip
from store.db.database import Store
from store.opening import open_store
from tests.store.replies import MEETING, delegate, nominate


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "noteverbale.db") as opened:
        yield opened


def person(name: str, email: str) -> dict[str, Any]:
    fields = dict.fromkeys(("honorific", "organization", "phone", "role"))
    return {**fields, "name": name, "title": "Judge", "email": email}


TRUTH = {
    "outcome": "processed",
    "kind": "nomination",
    "state": "KEN",
    "meeting": MEETING,
    "note_reference": "KMV/7/19",
    "note_date": "2019-04-03",
    "delegates": [
        person("Peter Kamau", "p.kamau@justice.example"),
        person("Zoe Mbeki", "z.mbeki@justice.example"),
        person("Li Wei", "l.wei@justice.example"),
    ],
}


def replied(store: Store) -> int:
    return nominate(
        store,
        delegate(1, "Peter Karnau", "low_ocr", email="p.kamau@justice.example", title="Judge"),
        delegate(2, "Zoe Mbeki", email="z.mbeki@justice.example", title="Judge"),
        delegate(3, "Registry Office", "name_odd"),
    )


def rows(store: Store) -> list[tuple[object, ...]]:
    return [tuple(r) for r in store.rows("SELECT name, status FROM delegates ORDER BY seq, id")]


def test_what_waits_is_decided_by_the_truth_and_nothing_else(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robot, "OWN_ERRORS", 0.0)
    document = replied(store)
    reviewer = Reviewer(store, {document: TRUTH}, seed=1)
    reviewer.work_off()
    assert rows(store) == [
        ("Peter Kamau", "approved"),
        ("Zoe Mbeki", "new"),
        ("Registry Office", "rejected"),
        ("Li Wei", "corrected"),
    ]
    work = reviewer.work
    assert (work.rows, work.corrections, work.added, work.rejected) == (2, 1, 1, 1)
    assert all(one.whole for one in pairs(store, document, TRUTH))


def test_what_nobody_doubts_is_accepted_as_a_list(store: Store) -> None:
    document = replied(store)
    Reviewer(store, {document: TRUTH}, seed=1).accept_certain()
    assert [status for name, status in rows(store) if name == "Zoe Mbeki"] == ["approved"]


def test_a_reviewer_who_always_errs_overlooks_what_is_wrong(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robot, "OWN_ERRORS", 1.0)
    document = replied(store)
    reviewer = Reviewer(store, {document: TRUTH}, seed=1)
    reviewer.work_off()
    assert ("Peter Karnau", "approved") in rows(store)
    assert reviewer.work.slips >= 1


def test_a_slip_changes_two_letters_and_no_more() -> None:
    rng = Random(3)
    for text in ("Kamau", "j.kamau@justice.example", "Nguyễn Văn An"):
        assert slip(text, rng) != text
    assert slip("Hannah", Random(0)) != "Hannah"
    assert slip("李", rng) == "李"
