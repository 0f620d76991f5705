"""Measures how often values are right, by the rules' own trust, and writes the table.

    python benchmarks/calibrate.py DIR... [--cache DIR] [--write]

Each DIR is a folder as ``accuracy.py`` reads it; take seeds the rules were not written on. Every
folder is judged by a table made from the others, and the figures printed are of that; with
``--write`` the table made from all of them goes to ``extract/judging/calibration.toml``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks.accuracy import read_cached
from benchmarks.measuring import Person, Sample, measure
from benchmarks.scoring import Truth, folded, is_right, pair
from extract.facts.invitation import read_invitation
from extract.facts.meeting import match
from extract.judging import calibration, structure
from extract.judging.calibration import FIELDS, NOTE_FIELDS, Table
from extract.judging.steps import Steps
from extract.note import read_raw
from extract.types import Invitation, Value
from ingest.magic import media_type
from noteverbale.reading import read_document, read_one_page
from ocr.settings import OcrSettings
from store.rules.experience.measures import Judgement, error_of

TABLE = Path(__file__).resolve().parent.parent / "extract" / "judging" / calibration.TABLE
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.87, 0.89, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95)


def read(folder: Path, cache: Path | None) -> list[Sample]:
    """All notes of a folder with the rules' own trust."""
    invitation = read_invitation((folder / "invitation.txt").read_text(encoding="utf-8"))
    samples = []
    for file in sorted((folder / "truth").glob("*.json")):
        truth: Truth = json.loads(file.read_text(encoding="utf-8"))
        if truth["file"].startswith("replies/"):
            sample = _sample(folder, truth, invitation, cache)
            if sample is not None:
                samples.append(sample)
    if not samples:
        raise SystemExit(f"{folder}: no note was read")
    return samples


def _sample(
    folder: Path, truth: Truth, invitation: Invitation | None, cache: Path | None
) -> Sample | None:
    path = folder / truth["file"]
    data = path.read_bytes()
    page = read_one_page
    if cache is not None:
        page = partial(read_cached, cache, hashlib.sha256(data).hexdigest())
    reading = read_document(path, media_type(data, path.name), OcrSettings(), read=page)
    if reading.outcome != "processed":
        return None
    note = read_raw(reading.pages)
    known = (invitation,) if invitation else ()
    right = {
        name: _says(getattr(note, name), truth[name])
        for name in NOTE_FIELDS
        if name != "quoted_reference"
    }
    right["quoted_reference"] = match(note, known) == truth["meeting"]
    people = tuple(
        Person(got, {name: is_right(name, expected, got) for name in FIELDS})
        for expected, got in pair(truth["delegates"], note.delegates)
        if got is not None
    )
    return Sample(folder.name, note, right, people, calibration.setting_of(note))


def _says(value: Value | None, expected: str | None) -> bool:
    return folded(value.text if value else None) == folded(expected)


@dataclass(frozen=True, slots=True)
class Row:
    """One person as judged by a table that was not made from it.

    ``chance`` is that of name, title and address together; ``doubted`` means that the row or its
    note is marked whatever the threshold.
    """

    chance: float
    whole: bool
    doubted: bool


def judge(samples: Iterable[Sample], table: Table) -> tuple[list[Row], dict[str, list[Judgement]]]:
    """Rows, and the confidence of each value under its field's name (rows under ``row``)."""
    rows: list[Row] = []
    points: dict[str, list[Judgement]] = defaultdict(list)
    for sample in samples:
        note = calibration.calibrated(sample.note, table)
        for name in NOTE_FIELDS:
            _point(points, name, getattr(note, name), sample.right[name])
        after = {person.seq: person for person in note.delegates}
        for person in sample.people:
            seen = after[person.found.seq]
            for name in FIELDS:
                _point(points, name, getattr(seen, name), person.right[name])
            points["row"].append((seen.confidence, person.every))
            found = calibration.chances(person.found, table, structure.table(), sample.setting)
            chance = calibration.reviewed(found)
            doubted = bool(person.found.doubts or note.doubts)
            rows.append(Row(chance, person.whole, doubted))
    return rows, points


def _point(points: dict[str, list[Judgement]], name: str, value: Value | None, right: bool) -> None:
    if value is not None:
        points[name].append((value.confidence, right))


def crossed(samples: list[Sample]) -> tuple[list[Row], dict[str, list[Judgement]]]:
    """Every folder judged by the table of the others; a single folder by its own."""
    rows: list[Row] = []
    points: dict[str, list[Judgement]] = defaultdict(list)
    folders = sorted({s.folder for s in samples})
    for folder in folders:
        others = [s for s in samples if s.folder != folder or len(folders) == 1]
        here = [s for s in samples if s.folder == folder]
        found, seen = judge(here, measure(others))
        rows += found
        for name, more in seen.items():
            points[name] += more
    return rows, points


def show(rows: list[Row], points: dict[str, list[Judgement]]) -> None:
    """Threshold against what it marks and misses, and the calibration errors."""
    right = [row for row in rows if row.whole]
    lines = []
    for threshold in THRESHOLDS:
        open_rows = [r for r in rows if not r.doubted and r.chance >= threshold]
        silent = sum(not r.whole for r in open_rows)
        lines.append(
            (
                threshold,
                sum(r.whole for r in open_rows) / max(1, len(right)),
                silent,
                silent / max(1, len(open_rows)),
                silent / max(1, len(rows) - len(right)),
            )
        )
    head = ("threshold", "right rows unmarked", "silent", "of unmarked", "of wrong rows")
    print(tabulate(lines, head, floatfmt=".3f", tablefmt="github"))
    print()
    found = [(n, len(p), sum(r for _, r in p) / len(p), error_of(p)) for n, p in points.items()]
    every = [point for name, p in points.items() if name != "row" for point in p]
    found.append(("all fields", len(every), sum(r for _, r in every) / len(every), error_of(every)))
    print(tabulate(found, ("", "values", "right", "ECE"), floatfmt=".3f", tablefmt="github"))


def as_toml(table: Table, samples: list[Sample]) -> str:
    """The table as the file that ships, with what it was made from."""
    folders = ", ".join(sorted({s.folder for s in samples}))
    persons = sum(len(s.people) for s in samples)
    lines = [
        "# Share of values that are right, by the rules' raw trust: `right` from `from` on.",
        f"# Written by benchmarks/calibrate.py from {len(samples)} notes with {persons} delegates",
        f"# ({folders}). Read by extract/judging/calibration.py; do not edit by hand.",
        "",
        "# Share of cases in which nothing is printed where nothing was found.",
        "[absent]",
        *(f"{name} = {share}" for name, share in table.absent.items()),
        "",
        "# Share of values right in spite of a doubt; `*` stands for doubts too rare to count.",
        "[doubts]",
        *(f'"{name}" = {share}' for name, share in table.doubts.items()),
        "",
    ]
    for name, steps in table.fields.items():
        lines += toml_steps(f'fields."{name}"' if "." in name else f"fields.{name}", steps)
    return "\n".join(lines).rstrip() + "\n"


def toml_steps(name: str, steps: Steps) -> list[str]:
    """Lines of a table of steps."""
    return [
        f"[{name}]",
        f"values = {steps.values}",
        f"from = {list(steps.starts)}",
        f"right = {list(steps.right)}",
        "",
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", help="as accuracy.py reads them")
    parser.add_argument("--cache", type=Path, help="keep page readings in this folder")
    parser.add_argument("--write", action="store_true", help="write the table")
    options = parser.parse_args()
    if options.cache is not None:
        options.cache.mkdir(parents=True, exist_ok=True)
    samples = [s for folder in options.folders for s in read(folder, options.cache)]
    show(*crossed(samples))
    if options.write:
        TABLE.write_text(as_toml(measure(samples), samples), encoding="utf-8")


if __name__ == "__main__":
    main()
