"""How right the rules are when every letter is read right.

    python benchmarks/rules.py --seed 7 --count 300 [--languages en,fr] [--jobs 2] [--list-errors]
    python benchmarks/rules.py --seed 7 --count 300 --layout any
    python benchmarks/rules.py --seed 7 --count 300 --unknown
    python benchmarks/rules.py --seed 7 --count 300 --leave-out labelled_blocks

``--layout any`` draws every list's structure at random (``samples.structures``), and ``--unknown``
(``--layout unknown``) takes every post, office, form of address and label from no language: what
the rules know of words helps nothing there. ``--leave-out`` sets all lists in one layout and leaves
out the component written for it, so that the others must read it; or it names any component of
``extract.pipeline``, and the notes stay as they are.

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
from functools import partial
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


WRITTEN_FOR = {
    "numbered_list": "item",
    "bulleted_roles": "item",
    "labelled_blocks": "labelled",
    "ruled_table": "grid",
    "unruled_columns": "grid",
    "stack": "entry",
    "role_headings": "heading",
}
"""The component that reads a layout and would not be there without it."""


def score_plan(plan: Plan, without: tuple[str, ...] = ()) -> Scored:
    """Print the note of a plan and compare what the rules find with its truth.

    ``without`` names components that are left out.
    """
    from extract.facts.invitation import read_invitation
    from extract.facts.meeting import match

    note = write(plan, None)
    printout = print_note(note, Random(stable_seed(plan.seed, "paper")))
    truth = truth_of(plan, note, printout.texts, "replies")
    pages = pages_of(printout, note)
    start = time.perf_counter()
    reading = extract_note(pages, without=without)
    invitation = read_invitation(INVITATION.read_text(encoding="utf-8"))
    known = (invitation,) if invitation else ()
    meeting = match(reading.note, known) if reading.note else None
    return score(truth, reading, meeting, time.perf_counter() - start)


def run(plans: Iterable[Plan], jobs: int, without: tuple[str, ...]) -> list[Scored]:
    """All plans, in ``jobs`` processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        return list(pool.map(partial(score_plan, without=without), plans, chunksize=8))


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="of: %(default)s")
    parser.add_argument("--layout", choices=LAYOUTS, help="all lists in this layout")
    parser.add_argument(
        "--unknown", dest="layout", action="store_const", const="unknown", help="--layout unknown"
    )
    parser.add_argument("--leave-out", metavar="LAYOUT", help="or a component's name")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list-errors", action="store_true")
    options = parser.parse_args()
    plans = at_random(options.seed, options.count, tuple(options.languages.split(",")))
    layout = options.layout or (options.leave_out if options.leave_out in WRITTEN_FOR else None)
    if layout:
        plans = [replace(plan, layout=layout) for plan in plans if plan.kind == "nomination"]
    left_out = WRITTEN_FOR.get(options.leave_out, options.leave_out)
    scored = run(plans, options.jobs, (left_out,) if left_out else ())
    figures = summary(scored)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        show(figures, options.list_errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
