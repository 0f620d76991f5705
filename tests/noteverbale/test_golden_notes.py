"""What the rules make of the samples' pages, with evidence, scores and doubts: no OCR needed.

A file a sample, every value on a line of its own: ``[text, probability, evidence, original]`` and
the evidence ``[page, words as read, box, confidence, rule]``. ``scores`` is the rules' own trust
before it was turned into a probability, ``second_look`` where another reader is asked for.
``make golden`` writes the files anew; the difference is then looked at and committed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.note import read_raw
from extract.second_look import second_look
from noteverbale.reading import extract_note
from ocr.types import Page
from store.db import codec
from store.fields import DELEGATE_VALUES, NOTE_VALUES
from tests.golden_pages import pages_of, samples

FOLDER = Path(__file__).parents[1] / "golden" / "notes"
SIX = {"ar", "en", "es", "fr", "ru", "zh"}
LEAST = 50


def _golden(pages: tuple[Page, ...]) -> dict[str, Any]:
    reading = extract_note(pages)
    assert reading.note is not None
    raw = json.loads(codec.note_to_json(read_raw(pages)))
    return {
        "outcome": reading.outcome,
        "reason": reading.reason,
        "note": json.loads(codec.note_to_json(reading.note)),
        "scores": {
            **_scores(raw, NOTE_VALUES),
            "delegates": [_scores(person, DELEGATE_VALUES) for person in raw["delegates"]],
        },
        "second_look": [
            [box.left, box.top, box.right, box.bottom]
            for p in pages
            for box in second_look(p).boxes
        ],
    }


def _scores(record: dict[str, Any], fields: tuple[str, ...]) -> dict[str, float]:
    return {field: record[field][1] for field in fields if record[field]}


def _printed(data: object, indent: str = "") -> str:
    """JSON with a line for each value; lists and records of numbers and texts stay on theirs."""
    inner = indent + " "
    if isinstance(data, dict) and any(isinstance(v, dict | list) for v in data.values()):
        items = [f"{json.dumps(key)}: {_printed(value, inner)}" for key, value in data.items()]
        return "{\n" + ",\n".join(inner + item for item in items) + f"\n{indent}}}"
    if isinstance(data, list) and any(isinstance(item, dict) for item in data):
        rows = ",\n".join(inner + _printed(item, inner) for item in data)
        return f"[\n{rows}\n{indent}]"
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("sample", samples())
def test_a_golden_note_changes_only_on_purpose(sample: str, request: pytest.FixtureRequest) -> None:
    found = _golden(pages_of(sample))
    if request.config.getoption("--golden-write"):
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{sample}.json").write_text(_printed(found) + "\n", encoding="utf-8")
    golden = _read(sample)
    assert found["note"] == golden["note"]
    assert found == golden


def test_the_net_holds_every_readable_sample_in_all_languages() -> None:
    goldens = [_read(sample)["note"] for sample in samples()]
    assert len(goldens) >= LEAST
    assert {note["language"] for note in goldens if note["form"] != "none"} == SIX


def test_there_is_no_golden_note_without_its_pages() -> None:
    assert tuple(sorted(file.stem for file in FOLDER.glob("*.json"))) == samples()


def _read(sample: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{sample}.json").read_text(encoding="utf-8"))
    return data
