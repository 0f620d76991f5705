"""What the samples are read as, word for word: a change of rules shows here, on purpose or not.

``make golden`` writes the readings anew; the difference is then looked at and committed.
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
DELEGATE = ("seq", "honorific", "name", "title", "organization", "email", "phone", "role", "status")


def _chosen() -> list[Path]:
    """Clean and ordinary samples, and those that are rejected; hard ones vary by machine."""
    found: list[Path] = []
    for truth in sorted((SAMPLES / "truth").glob("[0-9]*.json")):
        record = json.loads(truth.read_text(encoding="utf-8"))
        if record["quality"] != "hard" and record["language"] in ("en", "fr", "es", "ru"):
            found.append(SAMPLES / record["file"])
    return found


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The samples' records, by file name."""
    database = tmp_path_factory.mktemp("golden") / "n.db"
    assert cli.run(["meeting", "add", str(SAMPLES / "invitation.txt"), "--db", str(database)]) == 0
    cli.run(["process", *map(str, _chosen()), "--db", str(database), "--jobs", "2"])
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


def test_golden_readings_change_only_on_purpose(
    readings: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    assert len(readings) == len(_chosen()) >= 30
    if request.config.getoption("--golden-write"):
        text = json.dumps(readings, ensure_ascii=False, indent=1, sort_keys=True)
        GOLDEN.write_text(text + "\n", encoding="utf-8")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert sorted(golden) == sorted(readings)
    different = {name: readings[name] for name in golden if golden[name] != readings[name]}
    assert different == {}


def test_golden_writing_is_off_unless_asked_for(request: pytest.FixtureRequest) -> None:
    asked = "--golden-write" in request.config.invocation_params.args
    assert bool(request.config.getoption("--golden-write")) == asked
