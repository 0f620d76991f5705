"""What wrongly approved persons do at the next meeting: twenty are planted, two runs compared.

    python benchmarks/harm.py DIR --kept kept.db [--plants 20]

Two meetings are reviewed. Then rows of persons who return at the third are approved with a wrong
value: half of them with exactly what will be misread there, as far as there is anything, which
is the worst that memory can be told; the others with two letters in the wrong order, in the name
or the address. Harm is a wrong row of the third meeting that is marked without the plants and
unmarked with them. Rows marked because of them are doubts, which cost a look.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks import history, learning, replay
from benchmarks.history import Meeting
from benchmarks.kept import Kept, Truth
from benchmarks.reviewer import WHO, Pair, pairs, slip
from benchmarks.scoring import WHOLE, pair
from store.db.database import Store
from store.errors import EditRefused
from store.learn import taken_out
from store.opening import open_store
from store.review import delegate_edits
from store.review.rows import get_delegate, row_version


@dataclass(frozen=True, slots=True)
class Plant:
    """A row that is approved with a wrong value of a field."""

    delegate: int
    person: str
    field: str
    true: str | None
    wrong: str
    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row of the third meeting, by its file and number."""

    marked: bool
    wrong: bool
    person: str | None


Outcomes = dict[tuple[str, int], Outcome]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    history.add_input(parser)
    parser.add_argument("--plants", type=int, default=20, help="wrongly approved persons")
    options = parser.parse_args()
    meetings = history.load_input(options)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        before = history.run(
            meetings[:2], place / "history.db", options.seed, frozenset(learning.KINDS), accept=True
        )
        two, third = place / "history.db", meetings[2]
        clean = _third(two, place / "clean.db", third, ())
        with open_store(two) as store:
            approved = approved_persons(store, before.truths)
        plants = tuple(choose(approved, third.replies, options.plants, Random(options.seed)))
        planted = _third(two, place / "planted.db", third, plants)
        removed = _third(two, place / "removed.db", third, plants, take_out=True)
    report(plants, clean, planted, removed, as_json=options.json)


def _third(
    two: Path, place: Path, third: Meeting, plants: Iterable[Plant], *, take_out: bool = False
) -> Outcomes:
    """The third meeting's rows as they come in, after two meetings and these plants."""
    shutil.copyfile(two, place)
    with open_store(place) as store:
        for plant in plants:
            _approve(store, plant)
        truths = replay.receive(store, third.replies, third.invitation)
        for plant in plants if take_out else ():
            taken_out.remove_person(store, WHO, plant.delegate)
        return outcomes(store, truths)


def _approve(store: Store, plant: Plant) -> None:
    row = get_delegate(store, plant.delegate)
    new = {plant.field: plant.wrong}
    try:
        delegate_edits.save_delegate(store, WHO, plant.delegate, row_version(row), new, "approved")
    except EditRefused as error:
        raise SystemExit(f"{plant}: {error}") from error


def outcomes(store: Store, truths: dict[int, Truth]) -> Outcomes:
    """All rows of these documents."""
    found: Outcomes = {}
    for document, truth in truths.items():
        for one in pairs(store, document, truth):
            if one.row is not None:
                key = (truth["file"], int(one.row["read_seq"] or 0))
                found[key] = Outcome(one.marked, not one.whole, _person(truth, one.person))
    return found


def _person(truth: Truth, person: Truth | None) -> str | None:
    if person is None:
        return None
    return str(truth["persons"][truth["delegates"].index(person)])


def approved_persons(store: Store, truths: dict[int, Truth]) -> dict[str, list[Pair]]:
    """Approved rows of each person over the meetings before, by the person's key."""
    found: dict[str, list[Pair]] = {}
    for document, truth in truths.items():
        for one in pairs(store, document, truth):
            decided = one.row is not None and one.row["status"] in ("approved", "corrected")
            if decided and one.whole and (key := _person(truth, one.person)):
                found.setdefault(key, []).append(one)
    return found


def choose(
    approved: dict[str, list[Pair]], replies: Iterable[Kept], count: int, rng: Random
) -> Iterable[Plant]:
    """Plants on persons who return; what will be misread comes first."""
    misread, others = [], []
    for kept in replies:
        people = kept.reading.note.delegates if kept.reading.note else ()
        for person, got in pair(kept.truth["delegates"], people):
            key = _person(kept.truth, person)
            if person is None or got is None or key not in approved:
                continue
            row = approved[key][-1].row
            if row is None:
                continue
            read = {f: value.text for f in WHOLE if (value := getattr(got, f)) is not None}
            wrong = [f for f in read if person[f] and read[f] != person[f] == row[f]]
            if wrong:
                field = wrong[0]
                misread.append(
                    Plant(row["id"], key, field, row[field], read[field], "will be misread")
                )
            else:
                field = rng.choice([f for f in ("name", "email") if row[f]])
                value = slip(str(row[field]), rng)
                others.append(Plant(row["id"], key, field, row[field], value, "letters swapped"))
    rng.shuffle(others)
    worst = misread[: count // 2]
    return [*worst, *others[: count - len(worst)]]


def report(
    plants: tuple[Plant, ...],
    clean: Outcomes,
    planted: Outcomes,
    removed: Outcomes,
    *,
    as_json: bool,
) -> None:
    """Print what the plants did, kind by kind and to others."""
    kinds = {plant.person: plant.kind for plant in plants}
    of = {key: kinds.get(one.person or "", "somebody else") for key, one in clean.items()}
    lines = []
    for kind in (*dict.fromkeys(kinds.values()), "somebody else"):
        keys = [key for key in clean if of[key] == kind]
        lines.append(
            {
                "rows of": kind,
                "rows": len(keys),
                "unmarked wrong without": sum(_silent(clean[k]) for k in keys),
                "with": sum(_silent(planted[k]) for k in keys),
                "harm": sum(_silent(planted[k]) and not _silent(clean[k]) for k in keys),
                "marked in addition": sum(planted[k].marked > clean[k].marked for k in keys),
                "no longer marked": sum(planted[k].marked < clean[k].marked for k in keys),
                "harm after taking out": sum(
                    _silent(removed[k]) and not _silent(clean[k]) for k in keys
                ),
            }
        )
    if as_json:
        print(json.dumps({"plants": [asdict(p) for p in plants], "rows": lines}, indent=1))
        return
    print(tabulate(lines, headers="keys"))
    for key, one in planted.items():
        if _silent(one) and not _silent(clean[key]):
            print("harm:", key, next((p for p in plants if p.person == one.person), None))


def _silent(one: Outcome) -> bool:
    return one.wrong and not one.marked


if __name__ == "__main__":
    main()
