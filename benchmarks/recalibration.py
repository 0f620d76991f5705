"""What `noteverbale calibrate` makes of so many reviewed rows of notes by another hand.

    python benchmarks/recalibration.py FOREIGN --kept foreign.db --own DIR/1 --own-kept kept.db

FOREIGN holds ``replies/`` and ``truth/`` of scans that the shipped tables were not fitted to. In
each of several draws a reviewer decides whole replies until ``--rows`` rows are decided; the
curves of these are tried on all other rows there, and on rows of our own generator. Nothing is
read anew. Three measures, of a row's confidence that every field is right, of the chance that
name, title and address are (which decides what is marked), and of the values of all fields:

ECE: mean distance in ten bins of equal width (Guo et al. 2017, arXiv 1706.04599). It is above 0
by chance alone, so beside it stands what it would be by chance if the chances were right (mean
of draws from them); what counts is the excess. CORP: miscalibration of the Brier score against
the best monotone chances (Dimitriadis et al. 2021, doi 10.1073/pnas.2016191118), which has no bins.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks import kept, replay
from benchmarks.kept import Truth
from benchmarks.reviewer import Reviewer, pairs
from benchmarks.scoring import FIELDS, WHOLE
from extract.facts.invitation import read_invitation
from store.db.database import Store
from store.derived import experience
from store.fields import DELEGATE_VALUES
from store.learn import as_read
from store.opening import open_store
from store.reports.calibrating import calibrating
from store.review.rows import delegates
from store.rules.experience.isotonic import Block, pooled
from store.rules.experience.measures import Judgement, error_of
from store.rules.experience.office import Office

Points = dict[str, list[Judgement]]
CHANCE_DRAWS = 200


def points(store: Store, truths: dict[int, Truth], office: Office) -> Points:
    """Chances of the rows that nobody has decided, as the office's curves have them."""
    right: dict[int, dict[str, bool]] = {}
    for document, truth in truths.items():
        for one in pairs(store, document, truth):
            if one.row is not None:
                right[one.row["id"]] = {name: one.right(name) for name in FIELDS}
    found: Points = defaultdict(list)
    for open_row in experience.open_rows(store):
        if (said := right.get(open_row.judged.delegate)) is None:
            continue
        after = office.lesson(open_row.judged)
        row = office.row.of(as_read.row_chance(after.chances))
        found["row"].append((row, all(said.values())))
        chance = office.reviewed.of(after.reviewed)
        found["name, title, address"].append((chance, all(said[name] for name in WHOLE)))
        found["all fields"] += [
            (after.chances[name], said[name])
            for name in DELEGATE_VALUES
            if after.read[name] is not None
        ]
    return found


def by_chance(found: Sequence[Judgement], rng: Random) -> float:
    """The ECE that right chances would have with so many values."""
    draws = (
        error_of((chance, rng.random() < chance) for chance, _ in found)
        for _ in range(CHANCE_DRAWS)
    )
    return sum(draws) / CHANCE_DRAWS


def miscalibration(found: Sequence[Judgement]) -> float:
    """Brier score less that of the best monotone chances."""
    at: dict[float, list[bool]] = defaultdict(list)
    for chance, right in found:
        at[chance].append(right)
    blocks = pooled([Block(c, len(at[c]), sum(at[c])) for c in sorted(at)])
    best = sum(b.right * (1 - b.right / b.values) for b in blocks)  # its Brier score, summed
    brier = math.fsum((chance - right) ** 2 for chance, right in found)
    return (brier - best) / len(found)


def replayed(folder: Path, database: Path, place: Path) -> dict[int, Truth]:
    """The kept readings of a folder in a database at ``place``."""
    invitation = read_invitation((folder / "invitation.txt").read_text(encoding="utf-8"))
    if invitation is None:
        raise SystemExit(f"{folder}/invitation.txt: no invitation")
    with open_store(place) as store:
        return replay.receive(store, kept.load(database, folder), invitation)


def learnt_from(
    base: Path, truths: dict[int, Truth], rows: int, seed: int
) -> tuple[Points, Points, Office]:
    """Points of the rows that were not reviewed, before and after, and the curves."""
    rng = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        database = Path(shutil.copyfile(base, Path(place) / "office.db"))
        with open_store(database) as store:
            order = sorted(truths)
            rng.shuffle(order)
            reviewer = Reviewer(store, truths, seed)
            for document in order:
                if reviewer.work.rows >= rows:
                    break
                reviewer.reply(document, {row["id"] for row in delegates(store, document)})
            office = calibrating(store).office
            return points(store, truths, Office()), points(store, truths, office), office


def figures(found: Iterable[Points], rng: Random) -> dict[str, dict[str, float]]:
    """Of all draws together, by measure."""
    together: Points = defaultdict(list)
    for one in found:
        for what, values in one.items():
            together[what] += values
    return {
        what: {
            "values": len(values),
            "ece": error_of(values),
            "by chance": by_chance(values, rng),
            "corp": miscalibration(values),
        }
        for what, values in together.items()
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="scans by another hand")
    parser.add_argument("--kept", type=Path, required=True, help="database of their readings")
    parser.add_argument("--own", type=Path, help="scans of our own generator")
    parser.add_argument("--own-kept", type=Path, help="database of their readings")
    parser.add_argument("--rows", type=int, default=200, help="rows that are reviewed")
    parser.add_argument("--draws", type=int, default=10, help="choices of what is reviewed")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    options = parser.parse_args()
    replay.each_for_itself()
    rng = Random(0)
    with tempfile.TemporaryDirectory() as place:
        base = Path(place) / "foreign.db"
        truths = replayed(options.folder, options.kept, base)
        drawn = [
            learnt_from(base, truths, options.rows, seed) for seed in range(1, options.draws + 1)
        ]
        result = {
            "foreign": _both((d[0] for d in drawn), (d[1] for d in drawn), rng),
        }
        if options.own is not None:
            own = Path(place) / "own.db"
            known = replayed(options.own, options.own_kept, own)
            with open_store(own) as store:
                before = points(store, known, Office())
                after = [points(store, known, office) for *_, office in drawn]
            result["own"] = _both([before] * len(drawn), after, rng)
    if options.json:
        print(json.dumps(result, indent=1))
        return
    for name, of in result.items():
        print(f"\n{name}, {options.draws} draws of {options.rows} reviewed rows\n")
        print(
            tabulate(
                _lines(of), ("of", "measure", "values", "as shipped", "fitted"), floatfmt=".4f"
            )
        )


def _both(before: Iterable[Points], after: Iterable[Points], rng: Random) -> dict[str, Any]:
    return {"as shipped": figures(before, rng), "fitted": figures(after, rng)}


def _lines(of: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    for what, old in of["as shipped"].items():
        new = of["fitted"][what]
        for measure in ("ece", "by chance", "corp"):
            yield what, measure, old["values"], old[measure], new[measure]


if __name__ == "__main__":
    main()
