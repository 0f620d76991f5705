"""How well pages are read, by what the scanner did to them: letters, words, addresses, time.

    python benchmarks/reading.py DIR... [--jobs 2] [--json] [--list]

Each DIR holds ``replies/`` (scans) and ``truth/`` (one JSON a scan), as ``samples.make`` writes
them. Latin pages are told apart by their degradation, the others by their language.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist
from tabulate import tabulate

from benchmarks import whole_values
from extract.types import DocumentReading
from ingest.magic import media_type
from noteverbale.reading import read_document
from ocr.settings import OcrSettings

LATIN = ("en", "fr", "es")
NOT_READ = ("not_a_scan", "encrypted")
ALIKE = 0.6
"""Two words further apart than this share of their length are not the same word misread."""


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page; errors and characters count letters, addresses those of its delegates.

    ``values`` are those of a list in a table or columns, see ``whole_values``.
    """

    file: str
    group: str
    characters: int
    in_order: int
    any_order: int
    words: int
    words_found: int
    words_read: int
    addresses: int
    addresses_right: int
    values: int
    values_whole: int
    warned: bool
    seconds: float


def folded(text: str) -> str:
    """White space folded, letters composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def wrong_letters(true: str, got: str) -> int:
    """Letters wrong, missing or too many when the order of the words does not count.

    Words that are equal are paired first, then the rest by likeness; what finds no partner is
    missing or invented as a whole.
    """
    expected, found = Counter(true.split()), Counter(got.split())
    missing = list((expected - found).elements())
    extra = list((found - expected).elements())
    left, right = set(range(len(missing))), set(range(len(extra)))
    total = 0
    if missing and extra:
        apart = cdist(missing, extra, scorer=Levenshtein.distance, dtype=np.int32)
        longest = np.maximum.outer([len(w) for w in missing], [len(w) for w in extra])
        for at in np.argsort(apart / longest, axis=None, kind="stable").tolist():
            i, j = divmod(at, len(extra))
            if apart[i, j] > ALIKE * longest[i, j]:
                break
            if i in left and j in right:
                total += int(apart[i, j])
                left.remove(i)
                right.remove(j)
    return total + sum(len(missing[i]) for i in left) + sum(len(extra[j]) for j in right)


def group_of(truth: dict[str, Any]) -> str:
    """The row of the table a document belongs to."""
    language = str(truth["language"])
    return str(truth["degradation"]) if language in LATIN else language


def score_file(truth_file: Path) -> list[PageScore]:
    """Read one scan and compare its pages with the truth; runs in a worker."""
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    path = truth_file.parent.parent / truth["file"]
    start = time.perf_counter()
    reading = read_document(path, media_type(path.read_bytes(), path.name), OcrSettings())
    seconds = (time.perf_counter() - start) / max(1, len(truth["pages"]))
    scores = []
    for page in truth["pages"]:
        read = next((p for p in reading.pages if p.number == page["number"]), None)
        true, got = folded(page["text"]), folded(read.text if read else "")
        both = Counter(true.split()) & Counter(got.split())
        first = page["number"] == 1
        wanted, right = _addresses(truth, reading) if first else (0, 0)
        listed = first and truth.get("layout") in whole_values.COLUMNS
        values = whole_values.counted(truth["delegates"], reading.pages) if listed else (0, 0)
        scores.append(
            PageScore(
                file=truth["file"],
                group=group_of(truth),
                characters=len(true),
                in_order=Levenshtein.distance(true, got),
                any_order=wrong_letters(true, got),
                words=len(true.split()),
                words_found=both.total(),
                words_read=len(got.split()),
                addresses=wanted,
                addresses_right=right,
                values=values[0],
                values_whole=values[1],
                warned=read is None or read.outcome != "read",
                seconds=seconds,
            )
        )
    return scores


def _addresses(truth: dict[str, Any], reading: DocumentReading) -> tuple[int, int]:
    """How many delegates have an address, and how many of those are in the record, exact."""
    wanted = Counter(d["email"] for d in truth["delegates"] if d["email"])
    people = reading.note.delegates if reading.note else ()
    found = Counter(p.email.text for p in people if p.email is not None)
    return wanted.total(), (wanted & found).total()


def figures(scores: list[PageScore]) -> dict[str, Any]:
    """One row of the table."""
    letters = sum(s.characters for s in scores)
    addresses = sum(s.addresses for s in scores)
    values = sum(s.values for s in scores)
    return {
        "pages": len(scores),
        "cer in order": sum(s.in_order for s in scores) / max(1, letters),
        "cer any order": sum(s.any_order for s in scores) / max(1, letters),
        "word recall": sum(s.words_found for s in scores) / max(1, sum(s.words for s in scores)),
        "word precision": sum(s.words_found for s in scores)
        / max(1, sum(s.words_read for s in scores)),
        "addresses": addresses,
        "exact": sum(s.addresses_right for s in scores) / addresses if addresses else None,
        "in columns": values,
        "whole": sum(s.values_whole for s in scores) / values if values else None,
        "warned": sum(s.warned for s in scores),
        "slowest s": max(s.seconds for s in scores),
    }


def main() -> None:
    """Reads, compares and prints."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="every page as JSON")
    parser.add_argument("--list", action="store_true", help="the worst pages, too")
    options = parser.parse_args()
    files = []
    for file in sorted(f for d in options.folders for f in (d / "truth").glob("*.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        if truth.get("pages") and truth.get("reason") not in NOT_READ:
            files.append(file)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, mp_context=context) as pool:
        scores = [score for found in pool.map(score_file, files) for score in found]
    if options.json:
        print(json.dumps([asdict(s) for s in scores], ensure_ascii=False, indent=1))
        return
    groups: dict[str, list[PageScore]] = defaultdict(list)
    for score in scores:
        groups[score.group].append(score)
    rows = [{"group": name, **figures(found)} for name, found in sorted(groups.items())]
    print(tabulate(rows, headers="keys", floatfmt=".4f", tablefmt="github"))
    if options.list:
        for s in sorted(scores, key=lambda s: -s.any_order / max(1, s.characters))[:25]:
            print(f"{s.any_order / max(1, s.characters):.4f} {s.file} {s.group}")


if __name__ == "__main__":
    main()
