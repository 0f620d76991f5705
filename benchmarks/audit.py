"""How often the audit's interval covers the true share of silent errors.

    python benchmarks/audit.py [--runs 1000] [--seed 7]

Meetings of several sizes, in which each row is wrong with a given chance (rows of one note share
their fate by half: a bad scan spoils several). Rows come in two parts, and what is drawn of the
first is typed before the second comes; rows that come late are wrong twice as often. Drawing,
estimate and interval are the product's own (``store/learn/audits.py``). Whoever types errs never.
Covered is a run in which the true share of all rows lies within the interval; 95 % is promised.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from store.learn.audits import AuditPlan, MeetingAudit, place, silent
from store.rules.experience.intervals import Share

RATES = (0.0, 0.002, 0.005, 0.01, 0.03)
MEETINGS = ((30,), (100,), (300,), (1000,), (3000,), (300, 300, 300), (1000, 60, 200), (40,) * 12)
"""Unmarked rows of each meeting."""

EARLY = 0.6
"""Of the rows that are there when the first are typed."""

NOTE = 4
"""Rows of one note."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found: the interval, the true share, rows typed."""

    found: Share
    true: float
    typed: int

    @property
    def covered(self) -> bool:
        """Whether the truth is within."""
        return self.found.low - 1e-9 <= self.true <= self.found.high + 1e-9


def simulate(sizes: tuple[int, ...], rate: float, seed: str, plan: AuditPlan) -> Run:
    """One run over these meetings."""
    random = Random(seed)
    audits, wrong, typed = [], 0, 0
    for number, size in enumerate(sizes):
        early = int(size * EARLY)
        rows = _rows(random, size, early, rate)
        places = sorted((place(seed, f"{number}", n), n) for n in range(size))
        first = [n for _, n in places if n < early][: plan.size(early)]
        last = [n for _, n in places][: plan.size(size)]
        typed += len(set(first) | set(last))
        audits.append(
            MeetingAudit("", size, len(last), len(last), len(last), sum(rows[n] for n in last))
        )
        wrong += sum(rows)
    return Run(silent(tuple(audits)), wrong / sum(sizes), typed)


def _rows(random: Random, size: int, early: int, rate: float) -> list[bool]:
    """Whether each row is wrong."""
    rows: list[bool] = []
    bad = False
    for n in range(size):
        chance = rate if n < early else 2 * rate
        if n % NOTE == 0:
            bad = random.random() < chance
        rows.append(bad if random.random() < 0.5 else random.random() < chance)
    return rows


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=1000, help="of each size and rate")
    parser.add_argument("--seed", default="7")
    options = parser.parse_args()
    lines = []
    for sizes in MEETINGS:
        for rate in RATES:
            runs = [
                simulate(sizes, rate, f"{options.seed}:{sizes}:{rate}:{n}", AuditPlan())
                for n in range(options.runs)
            ]
            several = f"{len(sizes)} x {sizes[0]}"
            name = several if len(set(sizes)) == 1 else " + ".join(map(str, sizes))
            lines.append(
                (
                    name,
                    f"{rate:.1%}",
                    f"{sum(r.covered for r in runs) / len(runs):.1%}",
                    f"{sum(r.found.high - r.found.low for r in runs) / len(runs):.1%}",
                    f"{sum((r.found.share or 0) - r.true for r in runs) / len(runs):+.2%}",
                    round(sum(r.typed for r in runs) / len(runs)),
                )
            )
    head = ("unmarked rows", "wrong", "covered", "width", "bias", "rows typed")
    print(tabulate(lines, head, tablefmt="github", disable_numparse=True))


if __name__ == "__main__":
    main()
