"""Learns the tagger's model from notes of random structure.

    python benchmarks/learn_structure.py [--count 3000] [--jobs 2] [--write]

Without ``--write`` nothing is changed and the model is only measured, on notes of other seeds:
which share of names and titles it bounds as they are printed. What it is worth on notes by another
hand, ``benchmarks/foreign.py`` says.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pycrfsuite import Tagger, Trainer
from tabulate import tabulate

from benchmarks.labelled_notes import Sequence, labelled
from extract.opinion.tagger import MODEL

TARGET = Path(__file__).resolve().parent.parent / "extract" / "opinion" / MODEL
HELD_OUT = 10_000_001  # first seed of the notes it is measured on
SETTINGS = {
    "c1": 0.3,
    "c2": 0.05,
    "max_iterations": 120,
    "feature.minfreq": 3,
    "feature.possible_transitions": True,
}
"""CRFsuite's own names; L1 keeps the model small (270 kB). Chosen; others were not tried."""


def notes(seeds: range, jobs: int) -> list[Sequence]:
    """The pages of the seeds' notes, in the seeds' order."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        return [page for pages in pool.map(labelled, seeds, chunksize=10) for page in pages]


def learn(pages: list[Sequence], target: Path) -> None:
    """Writes the model learnt on pages; the same pages give the same model."""
    trainer = Trainer(verbose=False, algorithm="lbfgs", params=SETTINGS)
    for features, tags in pages:
        trainer.append(features, tags)
    trainer.train(str(target))


def spans(tags: list[str]) -> set[tuple[str, int, int]]:
    """Stretches of one tag: (tag, start, end)."""
    found, at = set(), 0
    for tag, group in groupby(tags):
        size = len(list(group))
        if tag != "O":
            found.add((tag, at, at + size))
        at += size
    return found


def measure(model: Path, pages: list[Sequence]) -> None:
    """Prints how many stretches are bounded as printed."""
    tagger = Tagger()
    tagger.open(str(model))
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for features, tags in pages:
        seen, true = spans(tagger.tag(features)), spans(tags)
        right.update(tag for tag, _, _ in seen & true)
        found.update(tag for tag, _, _ in seen)
        wanted.update(tag for tag, _, _ in true)
    rows = [
        (tag, right[tag] / max(1, found[tag]), right[tag] / max(1, wanted[tag]), wanted[tag])
        for tag in sorted(wanted)
    ]
    print(tabulate(rows, ("tag", "precision", "recall", "stretches"), floatfmt=".3f"))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="into the package")
    options = parser.parse_args()
    pages = notes(range(1, options.count + 1), options.jobs)
    with tempfile.TemporaryDirectory() as folder:
        model = TARGET if options.write else Path(folder) / MODEL
        learn(pages, model)
        measure(model, notes(range(HELD_OUT, HELD_OUT + options.count // 10), options.jobs))


if __name__ == "__main__":
    main()
