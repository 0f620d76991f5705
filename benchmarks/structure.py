"""Measures how often entries are taken apart rightly, by the signs seen on them, and writes it.

    python benchmarks/structure.py NOTES.jsonl.gz... [--own 300] [--any 300] [--jobs 2]
        [--threshold T] [--write]

Each file (as ``foreign.py`` reads it) is a hand, and so are ``--own`` notes drawn as in
``rules.py`` and ``--any`` notes of random structure. Letters are right, or disturbed
(``disturb.py``), and words are put into lines in both ways. Every hand is judged by what the
others taught; the figures printed are of that. With ``--write`` what all taught goes to
``extract/judging/structure.toml``, and the threshold with it: run this again after any change of
rules. A value counts as rightly taken if it differs from the truth by letters only.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from tabulate import tabulate

from benchmarks.calibrate import toml_steps
from benchmarks.disturb import disturbed
from benchmarks.foreign import Foreign, Grouping, load, pages_of, truth_of
from benchmarks.measuring import steps_of
from benchmarks.scoring import FIELDS, WHOLE, Truth, folded, is_right, pair
from extract.judging import calibration, structure
from extract.judging.steps import Steps
from extract.judging.structure import Table, Weights
from extract.note import read_raw
from extract.types import SAYS_ITSELF, Delegate
from ocr.types import Page
from store.rules.experience.isotonic import fit
from store.rules.experience.measures import error_of

FILE = Path(__file__).resolve().parent.parent / "extract" / "judging" / structure.TABLE
RATES = (0.0, 0.02)
"""Shares of words with a fault: none, and about as on an ordinary scan."""
SAME = 0.85
"""Likeness (0 to 1) from which on two texts differ by letters only."""
STRENGTH = 3.0
"""Of the pull of weights to 0 (L2): about what so many rows say."""
LEAST = 8
"""Rows with a sign from which on it is weighed."""
PARTS = 5
"""Folds in which a hand's own notes are left out for the steps."""
WITNESSES = (".tagger_agrees", "email.full", "email.family")
"""What may speak for a value: the tagger sees it so, the address spells the name."""
THRESHOLDS = (0.0, 0.7, 0.75, 0.8, 0.83, 0.85, 0.87, 0.88, 0.89, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95)


@dataclass(frozen=True, slots=True)
class Row:
    """A person found, and what of it is right.

    ``taken`` says for each field whether the right words were taken, ``right`` whether it is as
    printed. ``letters`` is the chance that it was read right, ``settled`` holds the fields in
    doubt, whose chance has structure in it already. ``marked``: a person looks whatever the chance.
    """

    hand: str
    note: str
    rate: float
    signs: tuple[str, ...]
    taken: dict[str, bool]
    right: dict[str, bool]
    letters: dict[str, float]
    settled: frozenset[str]
    marked: bool

    @property
    def whole(self) -> bool:
        """Name, title and address are right."""
        return all(self.right[field] for field in WHOLE)


def rows_of(
    pages: tuple[Page, ...], truth: Truth, hand: str, rates: Iterable[float] = RATES
) -> list[Row]:
    """The persons found on the pages of one note, without and with faults."""
    found: list[Row] = []
    for rate in rates:
        read = disturbed(pages, rate, f"{truth['file']}{rate}")
        note = read_raw(read)
        setting = calibration.setting_of(note)
        doubted = any(d.code not in SAYS_ITSELF for d in note.doubts)
        for expected, got in pair(truth["delegates"], note.delegates):
            if got is None:
                continue
            right = {name: is_right(name, expected, got) for name in FIELDS}
            found.append(
                Row(
                    hand,
                    truth["file"],
                    rate,
                    got.signs,
                    {f: right[f] or _is_near(f, expected, got) for f in structure.FIELDS},
                    right,
                    calibration.letters(got, calibration.table(), setting),
                    frozenset(f for f in FIELDS if calibration.codes_about(f, got.doubts)),
                    doubted or bool(got.doubts),
                )
            )
    return found


def _is_near(field: str, expected: Truth | None, got: Delegate) -> bool:
    """The value differs from one that is right by letters only."""
    value = getattr(got, field)
    if expected is None or value is None:
        return False
    allowed = (expected[field], *expected.get(f"{field}_alternatives", []))
    text = folded(value.text) or ""
    return any(
        a and Levenshtein.normalized_similarity(folded(a) or "", text) >= SAME for a in allowed
    )


def foreign_rows(note: Foreign, hand: str) -> list[Row]:
    """Both groupings of a note by another hand."""
    ways: tuple[Grouping, ...] = ("height", "gaps")
    return [row for way in ways for row in rows_of(pages_of(note, way), truth_of(note), hand)]


def own_rows(seed: int, layout: str | None = None) -> list[Row]:
    """A note of our own; ``layout`` in place of the one that is drawn, where it names people."""
    from samples.notes import write
    from samples.plan import at_random, stable_seed
    from samples.printed import pages_of as printed
    from samples.produce import print_note
    from samples.produce import truth_of as own_truth

    plan = at_random(seed, 1, ("en", "fr", "es", "ru", "ar", "zh"))[0]
    hand = layout or "own"
    if layout and plan.kind == "nomination":
        plan = replace(plan, layout=layout)
    note = write(plan, None)
    printout = print_note(note, Random(stable_seed(plan.seed, "paper")))
    truth = own_truth(plan, note, printout.texts, "replies")
    return rows_of(printed(printout, note), truth | {"file": f"{hand} {seed}"}, hand)


def measure(rows: list[Row], threshold: float) -> Table:
    """What some rows teach."""
    fields = {field: _weights(field, rows) for field in structure.FIELDS}
    loose = Table(fields, Steps((0.0,), (1.0,), 0), threshold)
    pairs = [(math.prod(chances(row, loose).values()), all(row.right.values())) for row in rows]
    return Table(fields, steps_of(fit(pairs, 60)), threshold)


def _weights(field: str, rows: list[Row]) -> Weights:
    plain = [row for row in rows if field not in row.settled]
    base, signs = logistic([(r.signs, r.taken[field]) for r in plain])
    pairs: list[tuple[float, bool]] = []
    notes = sorted({row.note for row in plain})
    for part in range(PARTS):
        held = set(notes[part::PARTS])
        taught = logistic([(r.signs, r.taken[field]) for r in plain if r.note not in held])
        ruler = Weights(*taught, Steps((0.0,), (1.0,), 0))
        pairs += [(ruler.score(r.signs), r.taken[field]) for r in plain if r.note in held]
    return Weights(base, signs, steps_of(fit(pairs, 60)))


def logistic(rows: list[tuple[tuple[str, ...], bool]]) -> tuple[float, dict[str, float]]:
    """Base and weights of signs, by projected Newton steps with an L2 penalty on all but the base.

    A sign that something is odd may weigh nothing but never speak for a value: in one hand
    chance makes it do so, and in the next it outvotes what is wrong.
    """
    counts = Counter(sign for signs, _ in rows for sign in set(signs))
    names = sorted(sign for sign, times in counts.items() if times >= LEAST)
    place = {sign: at for at, sign in enumerate(names, 1)}
    x: NDArray[np.float64] = np.zeros((len(rows), len(names) + 1))
    x[:, 0] = 1
    for at, (signs, _) in enumerate(rows):
        x[at, [place[s] for s in set(signs) if s in place]] = 1
    y = np.array([float(right) for _, right in rows])
    penalty = np.full(x.shape[1], STRENGTH)
    penalty[0] = 1e-3
    w = np.zeros(x.shape[1])
    capped = np.array([False, *(not speaks_for(name) for name in names)])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty * w
        free = ~(capped & (w >= 0) & (gradient < 0))
        part = x[:, free]
        hessian = (part * (p * (1 - p))[:, None]).T @ part + np.diag(penalty[free])
        before = w.copy()
        w[free] -= np.linalg.solve(hessian, gradient[free])
        w[capped] = np.minimum(w[capped], 0)
        if np.abs(w - before).max() < 1e-5:
            break
    return round(float(w[0]), 3), {s: round(float(w[place[s]]), 3) for s in names}


def speaks_for(sign: str) -> bool:
    """Signs of a witness; all others are of something odd."""
    return sign.endswith(WITNESSES)


def chances(row: Row, table: Table) -> dict[str, float]:
    """As ``calibration.chances``."""
    return {
        field: chance if field in row.settled else chance * table.chance(field, row.signs)
        for field, chance in row.letters.items()
    }


def show(hand: str, rows: list[Row], table: Table) -> None:
    """What thresholds would mark of a hand that taught nothing; right letters apart from faulty."""
    judged = [(calibration.reviewed(chances(row, table)), row) for row in rows]
    print(f"\n{hand}: {len(rows)} rows, judged by the others")
    lines = []
    for threshold in THRESHOLDS:
        line: list[float] = [threshold]
        for rate in RATES:
            here = [(chance, row) for chance, row in judged if row.rate == rate]
            quiet = [row for chance, row in here if not row.marked and chance >= threshold]
            wrong = sum(not row.whole for row in quiet)
            right = sum(row.whole for _, row in here)
            line += [(len(quiet) - wrong) / max(1, right), wrong, wrong / max(1, len(quiet))]
        lines.append(line)
    head = ("threshold", *("right unmarked", "silent", "of unmarked") * len(RATES))
    print(tabulate(lines, head, floatfmt=".3f"))
    every = [(row_chance(row, table), all(row.right.values())) for row in rows]
    print(f"calibration error of rows {error_of(every):.3f}")


def row_chance(row: Row, table: Table) -> float:
    """That every field is right."""
    return table.row.at(math.prod(chances(row, table).values()))


def as_toml(table: Table, rows: list[Row]) -> str:
    """The table as the file that ships."""
    hands = Counter(row.hand for row in rows)
    lines = [
        "# How often the right words were taken, by the signs the checks saw on an entry.",
        "# Written by benchmarks/structure.py from persons found in notes by several hands:",
        f"# {', '.join(f'{h} {n}' for h, n in sorted(hands.items()))}. Do not edit by hand.",
        "",
        "# Below this chance of name, title and address all being right, a row needs review.",
        f"threshold = {table.threshold}",
        "",
        "# Product of a row's fields to the share of rows right in every field.",
        *toml_steps("row", table.row),
    ]
    for field, weights in table.fields.items():
        lines += toml_steps(field, weights.steps)[:-1]
        lines += [f"base = {weights.base}", "", f"[{field}.signs]"]
        lines += [f'"{sign}" = {weight}' for sign, weight in weights.signs.items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def gather(files: list[Path], own: int, structures: int, seed: int, jobs: int) -> list[Row]:
    """All rows of all hands."""
    context = multiprocessing.get_context("spawn")
    rows: list[Row] = []
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        for path in files:
            work: Callable[[Foreign], list[Row]] = partial(foreign_rows, hand=path.name[:7])
            rows += [r for found in pool.map(work, load([path]), chunksize=8) for r in found]
        seeds = range(seed, seed + own)
        rows += [r for found in pool.map(own_rows, seeds, chunksize=8) for r in found]
        drawn = partial(own_rows, layout="any")
        seeds = range(seed, seed + structures)
        rows += [r for found in pool.map(drawn, seeds, chunksize=8) for r in found]
    return rows


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+", help="as foreign.py reads them")
    parser.add_argument("--own", type=int, default=300, help="notes of our own")
    parser.add_argument("--any", type=int, default=300, help="notes of random structure")
    parser.add_argument("--seed", type=int, default=880000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--threshold", type=float, default=0.8, help="for the table")
    parser.add_argument("--write", action="store_true", help="write the table")
    options = parser.parse_args()
    rows = gather(options.files, options.own, options.any, options.seed, options.jobs)
    hands: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        hands[row.hand].append(row)
    for hand, here in hands.items():
        others = [row for row in rows if row.hand != hand]
        show(hand, here, measure(others or here, options.threshold))
    if options.write:
        FILE.write_text(as_toml(measure(rows, options.threshold), rows), encoding="utf-8")


if __name__ == "__main__":
    main()
