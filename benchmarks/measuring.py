"""From notes with raw trust and their truth to a calibration table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from benchmarks.scoring import WHOLE
from extract.judging import calibration
from extract.judging.calibration import FIELDS, NOTE_FIELDS, Setting, Table
from extract.judging.steps import Steps
from extract.types import Delegate, NoteVerbale, Value
from store.rules.experience.isotonic import Block, fit

ENOUGH = 40
"""Values of one field in one script that are worth steps of their own."""
DOUBTED = 8
"""Values with one doubt that are worth a share of their own."""


@dataclass(frozen=True, slots=True)
class Person:
    """A delegate with raw trust, and which of its fields are right."""

    found: Delegate
    right: dict[str, bool]

    @property
    def every(self) -> bool:
        """Every field is right."""
        return all(self.right.values())

    @property
    def whole(self) -> bool:
        """Name, title and address are right."""
        return all(self.right[name] for name in WHOLE)


@dataclass(frozen=True, slots=True)
class Sample:
    """One document: its raw note, which of its facts are right, its persons."""

    folder: str
    note: NoteVerbale
    right: dict[str, bool]
    people: tuple[Person, ...]
    setting: Setting


@dataclass(slots=True)
class Measured:
    """Pairs of raw trust and rightness by steps, doubts and absences."""

    steps: dict[str, list[tuple[float, bool]]] = field(default_factory=partial(defaultdict, list))
    doubts: dict[str, list[bool]] = field(default_factory=partial(defaultdict, list))
    absent: dict[str, list[bool]] = field(default_factory=partial(defaultdict, list))

    def add(
        self, name: str, value: Value | None, right: bool, codes: Iterable[str], setting: Setting
    ) -> None:
        """One field of a person or note, found or not."""
        codes = tuple(codes)
        for code in codes:
            self.doubts[f"{name}.{code}"].append(right)
        if codes:
            return
        if value is None:
            self.absent[name].append(right)
        else:
            for key in {name, calibration.steps_key(name, value.text, setting)}:
                self.steps[key].append((value.confidence, right))


def measure(samples: Iterable[Sample]) -> Table:
    """The table of some samples."""
    samples = list(samples)
    found = Measured()
    for sample in samples:
        for name in NOTE_FIELDS:
            codes = calibration.codes_about(name, sample.note.doubts)
            found.add(name, getattr(sample.note, name), sample.right[name], codes, sample.setting)
        for person in sample.people:
            for name in FIELDS:
                codes = calibration.codes_about(name, person.found.doubts)
                value = getattr(person.found, name)
                found.add(name, value, person.right[name], codes, sample.setting)
    steps = {
        key: steps_of(fit(pairs))
        for key, pairs in sorted(found.steps.items())
        if "." not in key or len(pairs) >= ENOUGH
    }
    absent = {name: _share(found.absent[name]) for name in FIELDS}
    return Table(steps, absent, _doubts(found.doubts))


def steps_of(blocks: list[Block]) -> Steps:
    return Steps(
        tuple(b.start for b in blocks),
        tuple(round(b.share, 4) for b in blocks),
        round(sum(b.values for b in blocks)),
    )


def _share(right: list[bool]) -> float:
    """With one more right and one more wrong (Laplace)."""
    return round((sum(right) + 1) / (len(right) + 2), 4)


def _doubts(found: dict[str, list[bool]]) -> dict[str, float]:
    """A share for each doubt that is frequent enough, and one a field for the rest."""
    rest: dict[str, list[bool]] = defaultdict(list)
    shares: dict[str, float] = {}
    for key, right in sorted(found.items()):
        rest[f"{key.partition('.')[0]}.*"] += right
        if len(right) >= DOUBTED:
            shares[key] = _share(right)
    return shares | {key: _share(right) for key, right in sorted(rest.items())}
