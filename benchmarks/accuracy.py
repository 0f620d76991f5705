"""How right the readings are: fields, whole delegates, silent errors, calibration, letters.

    python benchmarks/accuracy.py samples [--jobs 2] [--json] [--list-errors] [--cache DIR]

DIR holds ``replies/`` (scans), ``truth/`` (one JSON a scan) and ``invitation.txt``. No
database is used: every document goes through ``noteverbale.reading.read_document``. With
``--cache`` the pages' readings are kept and only the rules run again; empty that folder after
a change of ``ocr``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import pickle
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks.scoring import (
    FIELDS,
    NOTE_FIELDS,
    Count,
    Scored,
    calibration_error,
    score,
)
from extract.types import Invitation
from ingest.magic import media_type
from noteverbale.reading import Hints, read_document, read_one_page
from ocr.settings import OcrSettings
from ocr.types import Page
from store.rules.experience.measures import Judgement, error_of

GROUPS = ("language", "layout", "quality", "degradation")


def read_cached(
    cache: Path, sha256: str, path: Path, number: int, settings: OcrSettings, hints: Hints
) -> Page:
    """A page's reading, from the folder ``cache`` if it is there."""
    kept = cache / f"{sha256}-{number}-{settings.version}.pickle"
    if kept.exists():
        page: Page = pickle.loads(kept.read_bytes())  # noqa: S301  written by ourselves
        return page
    page = read_one_page(path, number, settings, hints)
    fresh = kept.with_suffix(".new")
    fresh.write_bytes(pickle.dumps(page))
    fresh.replace(kept)
    return page


def score_file(
    truth_file: Path, folder: Path, invitation: Invitation | None, cache: Path | None
) -> Scored:
    """Read one scan and compare it with its truth; runs in a worker."""
    from extract.facts.meeting import match

    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    path = folder / truth["file"]
    data = path.read_bytes()
    settings = OcrSettings()
    read = read_one_page
    if cache is not None:
        read = partial(read_cached, cache, hashlib.sha256(data).hexdigest())
    start = time.perf_counter()
    kind = media_type(data, path.name)
    reading = read_document(path, kind, settings, accept=False, read=read)
    known = (invitation,) if invitation else ()
    meeting = match(reading.note, known) if reading.note else None
    return score(truth, reading, meeting, time.perf_counter() - start)


def run(folder: Path, jobs: int, cache: Path | None) -> list[Scored]:
    """All scans of ``folder`` that have a truth file."""
    from extract.facts.invitation import read_invitation

    text = (folder / "invitation.txt").read_text(encoding="utf-8")
    invitation = read_invitation(text)
    files = [
        file
        for file in sorted((folder / "truth").glob("*.json"))
        if json.loads(file.read_text(encoding="utf-8"))["file"].startswith("replies/")
    ]
    if not files:
        raise SystemExit(f"{folder}/truth: no truth files of scans")
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    work = partial(score_file, folder=folder, invitation=invitation, cache=cache)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        return list(pool.map(work, files))


def total(counts: list[Count]) -> Count:
    """The sum of counts."""
    return Count(
        sum(c.right for c in counts), sum(c.found for c in counts), sum(c.wanted for c in counts)
    )


def summary(scored: list[Scored]) -> dict[str, Any]:
    """All figures, ready for JSON."""
    rows = [row for s in scored for row in s.rows]
    right = [row for row in rows if row.whole]
    errors = [error for s in scored for error in s.errors]
    groups = {
        group: {
            value: _figures(total([s.whole for s in chosen]))
            | {"documents": len(chosen), "cer": _cer(chosen)}
            for value, chosen in sorted(_grouped(scored, group).items())
        }
        for group in GROUPS
    }
    main = [
        s
        for s in scored
        if s.truth["quality"] in ("clean", "ordinary") and s.truth["language"] in ("en", "fr", "es")
    ]
    return {
        "documents": len(scored),
        "seconds": round(sum(s.seconds for s in scored), 1),
        "whole": _figures(total([s.whole for s in scored])),
        "whole_en_fr_es_clean_ordinary": _figures(total([s.whole for s in main])),
        "fields": {n: _figures(total([s.fields[n] for s in scored])) for n in FIELDS},
        "note": {n: sum(s.note[n] for s in scored) / len(scored) for n in NOTE_FIELDS},
        "by": groups,
        "rows": len(rows),
        "right_rows_not_marked": sum(not r.marked for r in right) / len(right) if right else 0.0,
        "calibration_error": calibration_error(rows),
        **_calibration(scored),
        "silent_errors": [asdict(e) for e in errors if e.silent],
        "errors": [asdict(e) for e in errors],
    }


def _calibration(scored: list[Scored]) -> dict[str, Any]:
    """Calibration error of each field's values, and of all values together."""
    points: dict[str, list[Judgement]] = defaultdict(list)
    for s in scored:
        for name, found in s.points.items():
            points[name] += found
    every = [point for found in points.values() for point in found]
    return {
        "calibration_error_all_fields": error_of(every),
        "calibration_by_field": {
            name: {
                "values": len(found),
                "right": sum(right for _, right in found) / len(found),
                "confidence": sum(confidence for confidence, _ in found) / len(found),
                "error": error_of(found),
            }
            for name, found in points.items()
        },
    }


def _grouped(scored: list[Scored], group: str) -> dict[str, list[Scored]]:
    found: dict[str, list[Scored]] = defaultdict(list)
    for s in scored:
        found[str(s.truth[group])].append(s)
    return found


def _figures(count: Count) -> dict[str, float]:
    return {
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
        "f1": round(count.f1, 4),
        "right": count.right,
        "found": count.found,
        "wanted": count.wanted,
    }


def _cer(scored: list[Scored]) -> float:
    """Wrong characters to characters, over all pages with a true text."""
    letters = sum(s.characters for s in scored)
    return round(sum(s.distance for s in scored) / letters, 4) if letters else 0.0


def show(result: dict[str, Any], list_errors: bool) -> None:
    """Print the figures as tables."""
    head = ("", "precision", "recall", "F1", "right", "found", "wanted")
    rows = [
        ("whole delegates", *result["whole"].values()),
        ("  en fr es, not hard", *result["whole_en_fr_es_clean_ordinary"].values()),
        *((name, *figures.values()) for name, figures in result["fields"].items()),
    ]
    print(tabulate(rows, head, floatfmt=".3f"))
    print()
    by = [
        (f"{group}: {value}", *figures.values())
        for group, values in result["by"].items()
        for value, figures in values.items()
    ]
    print(tabulate(by, (*head, "documents", "CER"), floatfmt=".3f"))
    print()
    print(tabulate(result["note"].items(), ("note", "right"), floatfmt=".3f"))
    print()
    print(f"documents {result['documents']}, rows {result['rows']}, {result['seconds']} s of work")
    print(f"right rows not marked for review: {result['right_rows_not_marked']:.3f}")
    print(f"expected calibration error:       {result['calibration_error']:.3f}")
    print(f"calibration error, all fields:    {result['calibration_error_all_fields']:.3f}")
    print()
    found = [(name, *figures.values()) for name, figures in result["calibration_by_field"].items()]
    print(tabulate(found, ("confidence of", "values", "right", "mean", "error"), floatfmt=".3f"))
    print()
    silent = result["silent_errors"]
    print(f"silent errors: {len(silent)}")
    for error in result["errors"] if list_errors else silent:
        mark = "SILENT" if error["silent"] else "      "
        print(f"  {mark} {error['file']} {error['what']}")
        print(f"         expected {error['expected']!r}")
        print(f"         got      {error['got']!r}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="folder with replies, truth, invitation.txt")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--list-errors", action="store_true", help="every wrong value")
    parser.add_argument("--cache", type=Path, help="keep page readings in this folder")
    options = parser.parse_args()
    result = summary(run(options.folder, options.jobs, options.cache))
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        show(result, options.list_errors)


if __name__ == "__main__":
    main()
