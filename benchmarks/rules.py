"""How right the rules are when every letter is read right.

    python benchmarks/rules.py --seed 7 --count 300 [--languages en,fr] [--jobs 2] [--list-errors]
    python benchmarks/rules.py --seed 7 --count 300 --layout any

``--layout any`` draws every list's structure at random (``samples.structures``), and ``--layout
unknown`` takes every post, office, form of address and label from no language: what the rules
know of words helps nothing there.

Notes are drawn as in ``samples.make`` and their words taken from the layout of the page instead
of a picture, so a note costs a tenth of a second. What is lost here is lost by the rules; what
``benchmarks/accuracy.py`` loses beyond it is lost by the reading. There is no second reader here,
so marks and confidences say little.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.accuracy import show, summary
from benchmarks.scoring import Scored, score
from noteverbale.reading import extract_note
from samples.lists import LAYOUTS
from samples.notes import write
from samples.plan import Plan, at_random, stable_seed
from samples.printed import pages_of
from samples.produce import print_note, truth_of
from samples.wording import LANGUAGES

INVITATION = Path(__file__).resolve().parent.parent / "samples" / "invitation.txt"


def score_plan(plan: Plan) -> Scored:
    """Print the note of a plan and compare what the rules find with its truth."""
    from extract.facts.invitation import read_invitation
    from extract.facts.meeting import match

    note = write(plan, None)
    printout = print_note(note, Random(stable_seed(plan.seed, "paper")))
    truth = truth_of(plan, note, printout.texts, "replies")
    pages = pages_of(printout, note)
    start = time.perf_counter()
    reading = extract_note(pages)
    invitation = read_invitation(INVITATION.read_text(encoding="utf-8"))
    known = (invitation,) if invitation else ()
    meeting = match(reading.note, known) if reading.note else None
    return score(truth, reading, meeting, time.perf_counter() - start)


def run(plans: Iterable[Plan], jobs: int) -> list[Scored]:
    """All plans, in ``jobs`` processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        return list(pool.map(score_plan, plans, chunksize=8))


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="of: %(default)s")
    parser.add_argument("--layout", choices=LAYOUTS, help="all lists in this layout")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list-errors", action="store_true")
    options = parser.parse_args()
    plans = at_random(options.seed, options.count, tuple(options.languages.split(",")))
    if options.layout:
        plans = [
            replace(plan, layout=options.layout) for plan in plans if plan.kind == "nomination"
        ]
    scored = run(plans, options.jobs)
    figures = summary(scored)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        show(figures, options.list_errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
