"""What the order of the review queue is worth: errors in the first rows that somebody looks at.

    python benchmarks/review_order.py DATABASE TRUTH.json...

Opens a copy of a database whose replies were read and not reviewed, asks for its queue in the order
it has and by the least certain row, and counts what a reviewer who goes from the top would find: a
wrong name, title or address, a person who is none, a person who is missing, each is one error.
``TRUTH`` is a folder of the samples' truths, or a list of notes by another hand with ``file`` and
``truth`` (``foreign.py``).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.foreign import truth_of
from benchmarks.scoring import WHOLE, Truth, is_right, pair
from store.db import codec
from store.db.database import Store
from store.opening import open_store
from store.review import queue
from store.review.pace import pace
from store.review.queue import Wish
from store.rules.worth import PERSON, WEIGHTS

MARKS = (25, 50, 100)
"""Rows looked at."""

ORDERS = ("certainty", "worth")
"""As it was, and as it is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A reply: how many rows it has, what is wrong in them, the same weighed, seconds to look."""

    rows: int
    errors: float
    weight: float
    seconds: float


def truths(paths: Iterable[Path]) -> dict[str, Truth]:
    """Truth by the file's name."""
    found: dict[str, Truth] = {}
    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        for file in files:
            told = json.loads(file.read_text(encoding="utf-8"))
            for one in told if isinstance(told, list) else [told]:
                if "truth" in one:
                    note = {"id": one["file"], **one["truth"]}
                    found[Path(one["file"]).name] = truth_of(note)
                elif "file" in one:
                    found[Path(one["file"]).name] = one
    return found


def of_document(store: Store, document: int, truth: Truth) -> Found:
    """What there is to find in a reply."""
    row = store.one("SELECT note FROM readings WHERE document_id = ?", [document])
    people = codec.note_from_json(row["note"]).delegates if row else ()
    errors, weight = 0.0, 0.0
    for expected, got in pair(truth["delegates"], people):
        if expected is None or got is None:
            errors, weight = errors + 1, weight + (PERSON if got is None else WEIGHTS["name"])
            continue
        wrong = [name for name in WEIGHTS if not is_right(name, expected, got)]
        errors += sum(name in WHOLE for name in wrong)
        weight += sum(WEIGHTS[name] for name in wrong)
    waits = store.rows("SELECT * FROM review_waiting WHERE document_id = ?", [document])[0]
    by, plain = pace(store), waits["delegates"] - waits["marked"]
    seconds = 60.0 * by.minutes(plain, waits["marked"], 1 + waits["look"])
    return Found(max(1, waits["delegates"]), errors, weight, seconds)


def curve(found: list[Found]) -> list[tuple[float, float, float]]:
    """Errors a row, weight a row, errors a minute at each mark; those of a reply spread evenly."""
    told = []
    rows, errors, weight, seconds = 0, 0.0, 0.0, 0.0
    for one in found:
        for _ in range(one.rows):
            rows += 1
            errors += one.errors / one.rows
            weight += one.weight / one.rows
            seconds += one.seconds / one.rows
            if rows in MARKS:
                told.append((errors / rows, weight / rows, 60.0 * errors / seconds))
    return told


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("truth", type=Path, nargs="+")
    chosen = parser.parse_args()
    known = truths(chosen.truth)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        for end in ("", "-wal"):
            if Path(f"{chosen.database}{end}").exists():
                shutil.copy(f"{chosen.database}{end}", f"{copy}{end}")
        with open_store(copy) as store:
            with store.writing():
                pass  # what follows is worked out
            for order in ORDERS:
                waiting = [
                    w
                    for meeting in queue.meetings(store)
                    for w in queue.waiting(
                        store, meeting.reference, limit=100_000, wish=Wish(order=order)
                    )
                ]
                found = [
                    of_document(store, w.document, known[Path(w.filename).name])
                    for w in waiting
                    if Path(w.filename).name in known
                ]
                print(f"{order}: {len(found)} replies, {sum(f.errors for f in found):.0f} errors")
                for mark, (errors, weight, minute) in zip(MARKS, curve(found), strict=False):
                    print(
                        f"  first {mark:3d} rows: {errors:.2f} errors a row,"
                        f" weighed {weight:.1f}, {minute:.1f} errors a minute"
                    )


if __name__ == "__main__":
    main()
