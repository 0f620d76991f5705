"""Three meetings one after the other: what review costs, what it misses, what it has taught.

    python -m samples.histories --seed 17 --count 300 --out DIR
    python -m noteverbale process --db kept.db DIR/1/replies DIR/2/replies DIR/3/replies
    python benchmarks/history.py DIR --kept kept.db

The replies of one meeting come in, what waits is worked off by a reviewer who knows the truth
and errs in one decision of a hundred, twenty rows are audited, what nobody doubts is accepted as
a list, unseen (``--leave-certain``: left alone), then the next meeting begins.
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
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks import kept, learning, replay
from benchmarks.kept import Kept, Truth
from benchmarks.reviewer import Pair, Reviewer, pairs
from extract.facts.invitation import read_invitation
from extract.types import Invitation
from store.db.database import Store
from store.opening import open_store

Learnt = frozenset[str]
DRAWS = 100
NAMED: dict[str, Iterable[str]] = {"none": (), "all": learning.KINDS}


@dataclass(frozen=True, slots=True)
class Meeting:
    """An invitation and the replies to it."""

    invitation: Invitation
    replies: list[Kept]


@dataclass(frozen=True, slots=True)
class Figures:
    """One meeting: before review what was marked and what was not, then what review cost.

    Right means name, title and address; a silent error is an unmarked row that is not, or a
    person whom nothing marks as missing.
    """

    meeting: int
    replies: int
    rows: int
    right: int
    right_unmarked: int
    wrong_unmarked: int
    missed_silently: int
    looked_at: int = 0
    corrections: int = 0
    added: int = 0
    rejected: int = 0
    audit: learning.Audited | None = None

    @property
    def saved(self) -> float:
        """Share of the right rows that nobody has to look at."""
        return self.right_unmarked / max(1, self.right)

    @property
    def silent(self) -> float:
        """Share of the unmarked rows that are wrong."""
        return self.wrong_unmarked / max(1, self.right_unmarked + self.wrong_unmarked)


@dataclass(frozen=True, slots=True)
class History:
    """All meetings; of ``DRAWS`` other draws of the audit how many covered the truth.

    ``truths`` are of the database's documents, by their ids.
    """

    meetings: list[Figures]
    covered: int
    truths: dict[int, Truth]


def measured(store: Store, meeting: int, truths: dict[int, Truth]) -> Figures:
    """What the program says of a meeting's replies before anybody looked."""
    rows = right = saved = wrong = missed = 0
    for document, truth in truths.items():
        found = pairs(store, document, truth)
        asks = store.one("SELECT needs_review FROM documents WHERE id = ?", [document])
        shown = bool(asks and asks[0]) or any(one.marked for one in found)
        for one in found:
            if one.row is None:
                missed += not shown
                continue
            rows += 1
            right += one.whole
            saved += one.whole and not one.marked
            wrong += not one.whole and not one.marked
    return Figures(meeting, len(truths), rows, right, saved, wrong, missed)


def run(
    meetings: list[Meeting], database: Path, seed: int, wanted: Learnt, *, accept: bool
) -> History:
    """The meetings in order, in a fresh database; what is learnt is ``wanted``.

    With ``accept`` the reviewer ends each meeting by accepting the list of what nobody doubts.

    Beside it copies ``after-1.db`` and so on stay, as it was after each meeting.
    """
    replay.each_for_itself()
    found: list[Figures] = []
    known: dict[int, Pair] = {}
    every: dict[int, Truth] = {}
    with open_store(database) as store:
        learning.begin(store, wanted)
        for number, meeting in enumerate(meetings, 1):
            invitation = meeting.invitation
            truths = replay.receive(store, meeting.replies, invitation)
            every |= truths
            before = measured(store, number, truths)
            known |= learning.as_read(store, truths)
            reviewer = Reviewer(store, truths, seed + number)
            reviewer.work_off()
            learning.audit(store, invitation.reference, known, seed + number)
            if accept:
                reviewer.accept_certain()
            learning.calibrate(store, wanted)
            work = reviewer.work
            found.append(
                Figures(
                    **{
                        **asdict(before),
                        "looked_at": work.rows,
                        "corrections": work.corrections,
                        "added": work.added,
                        "rejected": work.rejected,
                        "audit": learning.estimate(store, invitation.reference, known),
                    }
                )
            )
            store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copyfile(database, database.with_stem(f"after-{number}"))
        references = [meeting.invitation.reference for meeting in meetings]
        covered, _ = learning.other_draws(store, references, known, DRAWS)
    return History(found, covered, every)


def add_input(parser: argparse.ArgumentParser) -> None:
    """Arguments that say which histories, and how they are read."""
    parser.add_argument("folder", type=Path, help="with 1/, 2/ and 3/, of samples.histories")
    parser.add_argument("--kept", type=Path, required=True, help="database of the readings")
    parser.add_argument("--groups", default="0,1,2", help="thirds of the States: %(default)s")
    parser.add_argument("--anew", type=int, default=0, help="apply today's rules, in N processes")
    parser.add_argument("--seed", type=int, default=1, help="of the reviewer's errors")
    parser.add_argument(
        "--leave-certain", action="store_true", help="what nobody doubts is left undecided"
    )
    parser.add_argument("--json", action="store_true", help="all figures as JSON")


def load_input(options: argparse.Namespace, *, words: bool = False) -> list[Meeting]:
    """Each meeting's invitation and kept replies."""
    groups = {int(group) for group in options.groups.split(",")}
    found = []
    for place in sorted(options.folder.glob("[0-9]")):
        invitation = read_invitation((place / "invitation.txt").read_text(encoding="utf-8"))
        if invitation is None:
            raise SystemExit(f"{place}/invitation.txt: no invitation")
        replies = kept.load(options.kept, place, options.anew, words=words)
        chosen = [one for one in replies if one.truth.get("group", 0) in groups]
        found.append(Meeting(invitation, chosen))
    return found


def show(found: list[Figures]) -> None:
    """Print the figures as a table."""
    head = (
        "meeting replies rows right unmarked share wrong.unmarked share missed"
        " looked.at corrections added rejected typed audit interval true"
    )
    rows: list[tuple[Any, ...]] = [
        (
            f.meeting,
            f.replies,
            f.rows,
            f.right,
            f.right_unmarked,
            f"{f.saved:.1%}",
            f.wrong_unmarked,
            f"{f.silent:.2%}",
            f.missed_silently,
            f.looked_at,
            f.corrections,
            f.added,
            f.rejected,
            *_audit(f),
        )
        for f in found
    ]
    print(tabulate(rows, [word.replace(".", " ") for word in head.split()]))


def _audit(of: Figures) -> tuple[object, ...]:
    if (found := of.audit) is None:
        return ()
    interval = f"{found.low:.1%} to {found.high:.1%}"
    return found.typed, f"{found.estimate:.1%}", interval, f"{found.true:.2%}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add_input(parser)
    parser.add_argument(
        "--learn",
        action="append",
        help="a comma-separated choice of calibration, known_persons, words; or none, or all;"
        " may be given several times",
    )
    options = parser.parse_args()
    meetings = load_input(options)
    results = {}
    for name in options.learn or ["none", "all"]:
        wanted = frozenset(NAMED.get(name, name.split(",")))
        with tempfile.TemporaryDirectory() as place:
            results[name] = run(
                meetings,
                Path(place) / "history.db",
                options.seed,
                wanted,
                accept=not options.leave_certain,
            )
        if not options.json:
            print(f"\nlearning: {name}\n")
            show(results[name].meetings)
            print(f"{results[name].covered} of {DRAWS} draws of the audit cover the true share")
    if options.json:
        told = {
            name: {"meetings": [asdict(one) for one in of.meetings], "covered": of.covered}
            for name, of in results.items()
        }
        print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
