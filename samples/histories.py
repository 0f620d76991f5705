"""Three meetings whose delegates partly return: replies to each, in the order they come.

``python -m samples.histories --seed 17 --count 300 --out DIR`` makes ``DIR/1``, ``DIR/2`` and
``DIR/3``, each a folder as ``samples.make`` writes it, with the meeting's own invitation.
Languages, layouts and qualities are those of ``samples.make``. ``persons`` in a truth file tells
who is who over all meetings, ``group`` which third of the States the note belongs to: the notes
of one third of the States are a smaller history of their own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from samples.make import HERE, save
from samples.notes import Note, delegates, write
from samples.occasions import OCCASIONS, Occasion
from samples.people import Person, folded
from samples.plan import Plan, at_random, stable_seed
from samples.produce import scanned
from samples.wording import LANGUAGES, load

RETURN = 0.4
"""Share of a meeting's persons who were at an earlier one."""

NAMESAKES = 0.01
"""Share of the new persons who may have the name of somebody who was there before."""

GROUPS = 3


@dataclass(slots=True)
class Known:
    """Who was at earlier meetings, by language and State, and who is at this one already."""

    seed: int
    people: dict[tuple[str, str], dict[str, Person]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    here: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    came: int = 0
    returned: int = 0

    def who_returns(self, plan: Plan, rng: Random) -> list[Person]:
        """Those of the plan's State who come again with this note."""
        wanted = delegates(plan)
        pool = [
            person
            for key, person in self.people[plan.language, str(plan.state)].items()
            if key not in self.here
        ]
        aim = RETURN * (self.came + wanted) - self.returned + rng.uniform(-1, 1)
        chosen = rng.sample(pool, max(0, min(round(aim), wanted, len(pool))))
        self.came += wanted
        self.returned += len(chosen)
        return chosen

    def met(self, note: Note) -> Note:
        """``note``, its persons having keys; from the next meeting on they are known."""
        keys = []
        for number, person in enumerate(note.people, 1):
            key = person.key or f"{note.state}-{note.plan.seed:08x}-{number}"
            self.here.add(key)
            self.names.add(folded(person))
            keys.append(key)
        return replace(note, extra={**note.extra, "persons": keys})

    def next_meeting(self, notes: list[Note]) -> None:
        """``notes`` were those of one meeting, which is over."""
        for note in notes:
            pool = self.people[note.plan.language, str(note.state)]
            for key, person in zip(note.extra.get("persons", ()), note.people, strict=False):
                before = pool.get(key, person)
                kept = replace(
                    person,
                    key=key,
                    role=None,
                    email=person.email or before.email,
                    phone=person.phone or before.phone,
                    phone_e164=person.phone_e164 or before.phone_e164,
                )
                pool[key] = kept
        self.here, self.came, self.returned = set(), 0, 0


def histories(seed: int, count: int) -> Iterator[tuple[Occasion, list[Note]]]:
    """Each meeting and its ``count`` notes; the same for the same seed."""
    known = Known(seed)
    for occasion in OCCASIONS:
        notes = []
        for plan in at_random(stable_seed(seed, "meeting", occasion.number), count, LANGUAGES):
            rng = Random(stable_seed(plan.seed, "history"))
            states = [state["iso"] for state in load(plan.language)["states"]]
            plan = replace(plan, state=rng.choice(states), occasion=occasion)
            back = known.who_returns(plan, rng)
            taken = () if rng.random() < NAMESAKES else known.names
            note = known.met(write(plan, known=back, taken=taken))
            group = states.index(str(plan.state)) % GROUPS
            notes.append(replace(note, extra={**note.extra, "group": group}))
        known.next_meeting(notes)
        yield occasion, notes


def _one(job: tuple[Note, Path]) -> str:
    note, folder = job
    made = scanned(note)
    save(made, folder)
    return f"{folder.name}/{made.filename}"


def main(arguments: list[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, required=True, help="which history")
    parser.add_argument("--count", type=int, default=300, help="replies to each meeting")
    parser.add_argument("--out", type=Path, required=True, help="folder for the result")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args(arguments)
    text = (HERE / "invitation.txt").read_text(encoding="utf-8")
    work = []
    for occasion, notes in histories(options.seed, options.count):
        folder = options.out / str(occasion.number + 1)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "invitation.txt").write_text(occasion.invitation(text), encoding="utf-8")
        work += [(note, folder) for note in notes]
    work.sort(key=lambda job: job[0].extra["group"])
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for name in pool.imap(_one, work):
            print(name, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
