"""What the samples are read as, word for word: a change of rules shows here, on purpose or not.

``make golden`` writes the readings anew; the difference is then looked at and committed. Every run
of the tests reads one sample of each kind, the long trials (``make soak``) all of them; what the
rules make of all samples' kept pages is compared in every run by ``tests/extract``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from noteverbale import cli

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "tests" / "golden" / "readings.json"
DOCUMENT = (
    "outcome",
    "reason",
    "language",
    "kind",
    "state",
    "meeting",
    "note_reference",
    "note_date",
    "late",
    "pages",
)
FACTS = ("language", "layout", "degradation", "kind", "outcome", "reason", "meeting")
DELEGATE = ("seq", "honorific", "name", "title", "organization", "email", "phone", "role", "status")


def _chosen() -> list[Path]:
    """Clean and ordinary samples, and those that are rejected; hard ones vary by machine."""
    found: list[Path] = []
    for truth in sorted((SAMPLES / "truth").glob("[0-9]*.json")):
        record = json.loads(truth.read_text(encoding="utf-8"))
        if record["quality"] != "hard" and record["language"] in ("en", "fr", "es", "ru"):
            found.append(SAMPLES / record["file"])
    return found


def _of_each_kind(samples: list[Path]) -> list[Path]:
    """The first with a language, layout, quality, kind, outcome, meeting or format of file.

    With each come the other notes of its State, as a revision is read with what it revises.
    """
    records = {
        sample: json.loads((SAMPLES / "truth" / f"{sample.stem}.json").read_text(encoding="utf-8"))
        for sample in samples
    }
    met: set[tuple[str, object]] = set()
    states: set[str | None] = set()
    chosen: list[Path] = []
    for sample, record in records.items():
        facts = {(fact, record[fact]) for fact in FACTS} | {("format", sample.suffix)}
        if not facts <= met:
            chosen.append(sample)
            states.add(record["state"])
        met |= facts
    return [s for s, r in records.items() if s in chosen or (r["state"] and r["state"] in states)]


def _read(samples: list[Path], database: Path) -> dict[str, Any]:
    """The samples' records, by file name."""
    assert cli.run(["meeting", "add", str(SAMPLES / "invitation.txt"), "--db", str(database)]) == 0
    cli.run(["process", *map(str, samples), "--db", str(database), "--jobs", "2"])
    db = sqlite_utils.Database(database)
    found: dict[str, Any] = {}
    for row in db["documents_list"].rows:
        found[row["filename"]] = {key: row[key] for key in DOCUMENT} | {"delegates": []}
    for row in db.query("select * from delegation_list order by document_id, seq"):
        delegate = {key: row[key] for key in DELEGATE}
        delegate["reasons"] = sorted(json.loads(row["reasons"]))
        found[row["filename"]]["delegates"].append(delegate)
    db.close()
    return dict(sorted(found.items()))


@pytest.mark.parametrize(
    "every", [pytest.param(False, id="short"), pytest.param(True, id="all", marks=pytest.mark.soak)]
)
def test_golden_readings_change_only_on_purpose(
    tmp_path: Path, request: pytest.FixtureRequest, every: bool
) -> None:
    write = bool(request.config.getoption("--golden-write"))
    samples = _chosen()
    assert len(samples) >= 30
    few = _of_each_kind(samples)
    assert 20 <= len(few) < len(samples)
    readings = _read(samples if every or write else few, tmp_path / "n.db")
    if write:
        text = json.dumps(readings, ensure_ascii=False, indent=1, sort_keys=True)
        GOLDEN.write_text(text + "\n", encoding="utf-8")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert sorted(golden) == sorted(sample.name for sample in samples)
    assert sorted(readings) == sorted(s.name for s in (samples if every or write else few))
    different = {name: found for name, found in readings.items() if golden[name] != found}
    assert different == {}


def test_golden_writing_is_off_unless_asked_for(request: pytest.FixtureRequest) -> None:
    asked = "--golden-write" in request.config.invocation_params.args
    assert bool(request.config.getoption("--golden-write")) == asked
