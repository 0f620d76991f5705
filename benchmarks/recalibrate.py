"""What decided rows of a database make of its confidences: on notes that were not used for it.

    python benchmarks/recalibrate.py DATABASE... [--rows 20 60 200] [--splits 20]
        [--prior 60 --prior-whole 30] [--also DATABASE]

Rows count as decided as they stand in the databases' ``verdicts``: let a reviewer work through
copies first (``history.py`` makes such). Of each split, notes are drawn until they have so many
rows; the curves made of them (``store/rules/experience``) are tried on all others. ``--also``: the
same curves on another database, where nothing was learnt.

A second table counts, of all others, rows that nothing marks, and marked ones that are left alone
in spite of doubts: where the first rows bear it out, and whatever they bear out.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from store.fields import DELEGATE_VALUES
from store.learn import as_read, calibrations
from store.opening import open_store
from store.rules.experience.curves import PRIOR, PRIOR_WHOLE, Curve
from store.rules.experience.doubted import Doubted
from store.rules.experience.judged import reviewed
from store.rules.experience.measures import Judgement, error_of
from store.rules.experience.office import Example, Office, learnt
from store.rules.experience.trial import borne_out


def read(databases: Iterable[Path]) -> list[Example]:
    """Decided rows, those of each database apart from the others by their notes' numbers."""
    found: list[Example] = []
    for number, database in enumerate(databases):
        with open_store(database) as store:
            found += [replace(e, note=e.note * 1000 + number) for e in calibrations.examples(store)]
    return found


def errors(rows: Iterable[Example], office: Office) -> dict[str, float]:
    """Calibration errors of rows, of the three reviewed fields together, and of all fields."""
    points: dict[str, list[Judgement]] = defaultdict(list)
    for row in rows:
        chances = row.chances(office.fields)
        whole = office.row.of(as_read.row_chance(chances)) if office.fields else row.row
        points["row"].append((whole, row.every))
        points["reviewed"].append((office.reviewed.of(reviewed(chances)), row.whole))
        for name in DELEGATE_VALUES:
            _, right, found = row.fields[name]
            if found and right is not None:
                points["fields"].append((chances[name], right))
    return {name: error_of(found) for name, found in points.items()}


def left_alone(rows: Iterable[Example], doubted: Doubted, fields: Mapping[str, Curve]) -> list[int]:
    """Rows that nothing marks, right and wrong; marked ones left alone, right and wrong."""
    counts = [0, 0, 0, 0]
    for row in rows:
        if not row.marked:
            counts[not row.whole] += 1
        elif row.marks.some and doubted.leaves_alone(reviewed(row.chances(fields)), row.marks):
            counts[2 + (not row.sound)] += 1
    return counts


def counted(
    first: Sequence[Example], rest: Sequence[Example], also: Sequence[Example]
) -> dict[str, list[float]]:
    """The counts on the rest of the rows and on others, with curves of the first."""
    office = learnt(first, as_read.row_chance)
    tried, wrong = borne_out(first, as_read.row_chance)
    doubted = replace(office.doubted or Doubted(), tried=tried, wrong=wrong)
    found = {}
    for name, rows in (("", rest), ("also ", also)):
        counts = left_alone(rows, doubted, office.fields)
        borne = counts[2:] if doubted.holds else [0, 0]
        found[name] = [float(n) for n in (*counts[:2], *borne, *counts[2:])]
    return found


def split(rows: Sequence[Example], count: int, seed: int) -> tuple[list[Example], list[Example]]:
    """Rows of some notes, and those of all others."""
    notes = sorted({row.note for row in rows})
    Random(seed).shuffle(notes)
    by_note: dict[int, list[Example]] = defaultdict(list)
    for row in rows:
        by_note[row.note].append(row)
    first: list[Example] = []
    rest: list[Example] = []
    for note in notes:
        (first if len(first) < count else rest).extend(by_note[note])
    return first, rest


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("databases", type=Path, nargs="+")
    parser.add_argument("--rows", type=int, nargs="+", default=[20, 60, 200])
    parser.add_argument("--splits", type=int, default=20)
    parser.add_argument("--prior", type=float, nargs="+", default=[PRIOR])
    parser.add_argument("--prior-whole", type=float, nargs="+", default=[PRIOR_WHOLE])
    parser.add_argument("--also", type=Path, nargs="+", help="where nothing was learnt")
    options = parser.parse_args()
    rows, also = read(options.databases), read(options.also or ())
    print(f"{len(rows)} decided rows of {len({row.note for row in rows})} notes")
    lines = []
    for count in options.rows:
        for prior, prior_whole in zip(options.prior, options.prior_whole, strict=True):
            sums: dict[str, list[float]] = defaultdict(list)
            for seed in range(options.splits):
                first, rest = split(rows, count, seed)
                office = learnt(first, as_read.row_chance, prior, prior_whole)
                for name, tried in (("", rest), ("also ", also)):
                    if tried:
                        for what, error in errors(tried, Office()).items():
                            sums[f"{name}{what}"].append(error)
                        for what, error in errors(tried, office).items():
                            sums[f"{name}{what} after"].append(error)
            means = {name: sum(found) / len(found) for name, found in sums.items()}
            lines += [
                (
                    count,
                    f"{prior:g}, {prior_whole:g}",
                    what,
                    f"{means[what]:.3f}",
                    f"{means[f'{what} after']:.3f}",
                )
                for what in means
                if not what.endswith(" after")
            ]
    print(tabulate(lines, ("rows", "prior", "error of", "shipped", "fitted"), floatfmt=".3f"))
    alone = []
    for count in options.rows:
        runs = [counted(*split(rows, count, seed), also) for seed in range(options.splits)]
        for name in ("", "also ") if also else ("",):
            counts = [sum(n) / len(runs) for n in zip(*(run[name] for run in runs), strict=True)]
            alone.append((count, f"{name}others", *counts))
    head = ("rows", "of", "unmarked right", "wrong", "left alone right", "wrong")
    print(tabulate(alone, (*head, "if not borne out right", "wrong"), floatfmt=".1f"))


if __name__ == "__main__":
    main()
