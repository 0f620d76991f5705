"""Whether curves would hold on notes they were not made from, and what one may promise by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store.fields import DELEGATE_VALUES
from store.rules.experience.doubted import LIKELY
from store.rules.experience.intervals import needed, upper
from store.rules.experience.judged import reviewed
from store.rules.experience.measures import Judgement, error_of
from store.rules.experience.office import Example, Office, RowChance, learnt

FOLDS = 10
"""Parts of the notes; each is judged by curves from the others."""

WORSE = 0.01
"""An error of calibration may grow so much by chance; beyond it, nothing is written."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Calibration errors over so many values, 0 to 1: of the shipped tables, and of the curves."""

    what: str
    values: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Promise:
    """What a threshold means for rows that nothing else marks.

    Below ``threshold`` a row is marked, None: every one. ``wrong`` of ``rows`` decided ones, each
    looked at, that it leaves unmarked were wrong after all: no more than ``bound`` with 95 %
    confidence. ``kept`` if that is no more than ``accepted``; for this it takes ``needed`` rows
    without an error.
    """

    accepted: float
    threshold: float | None
    expected: float
    rows: int
    wrong: int
    bound: float
    needed: int

    @property
    def kept(self) -> bool:
        """Whether the decided rows bear it out."""
        return self.bound <= self.accepted


def crossed(examples: Sequence[Example], row_chance: RowChance) -> tuple[Tried, ...]:
    """Errors of ``row``, ``reviewed`` and every field, on notes not used for the curves."""
    before: dict[str, list[Judgement]] = defaultdict(list)
    after: dict[str, list[Judgement]] = defaultdict(list)
    for example, office in _apart(examples, row_chance):
        for name, chance, right in _judged(example, Office(), row_chance):
            before[name].append((chance, right))
        for name, chance, right in _judged(example, office, row_chance):
            after[name].append((chance, right))
    names = [name for name in ("row", "reviewed", *DELEGATE_VALUES) if before[name]]
    return tuple(
        Tried(name, len(before[name]), error_of(before[name]), error_of(after[name]))
        for name in names
    )


def _apart(examples: Sequence[Example], row_chance: RowChance) -> Iterable[tuple[Example, Office]]:
    """Each example with curves from the notes of other folds."""
    notes = sorted({example.note for example in examples})
    fold_of = {note: place % FOLDS for place, note in enumerate(notes)}
    for fold in sorted(set(fold_of.values())):
        rest = [example for example in examples if fold_of[example.note] != fold]
        office = learnt(rest, row_chance)
        for example in examples:
            if fold_of[example.note] == fold:
                yield example, office


def borne_out(
    examples: Sequence[Example], row_chance: RowChance, least: float = LIKELY
) -> tuple[int, int]:
    """Marked rows that would be left alone in spite of doubts, by curves made without their notes.

    Returns:
        How many, and how many of them were wrong.
    """
    found = [
        example
        for example, office in _apart(examples, row_chance)
        if example.marked
        and example.marks.some
        and office.doubted is not None
        and replace(office.doubted, least=least).leaves_alone(
            reviewed(example.chances(office.fields)), example.marks
        )
    ]
    return len(found), sum(not example.sound for example in found)


def _judged(
    example: Example, office: Office, row_chance: RowChance
) -> Iterable[tuple[str, float, bool]]:
    chances = example.chances(office.fields)
    whole = example.row if not office.fields else office.row.of(row_chance(chances))
    yield "row", whole, example.every
    yield "reviewed", office.reviewed.of(reviewed(chances)), example.whole
    for name, (_, right, found) in example.fields.items():
        if found and right is not None:
            yield name, chances[name], right


def promised(
    examples: Sequence[Example],
    row_chance: RowChance,
    accepted: float,
    open_rows: Sequence[float] = (),
) -> Promise:
    """The lowest threshold by which rows are expected to be wrong no more often than accepted.

    Args:
        examples: decided rows.
        row_chance: by the shipped tables.
        accepted: the share of unmarked rows that may be wrong, 0 to 1.
        open_rows: chances, as this office finds them, of rows that nobody has decided and nothing
            else marks; without any, those of the decided ones.
    """
    plain = [
        (office.reviewed.of(reviewed(example.chances(office.fields))), example)
        for example, office in _apart(examples, row_chance)
        if not example.doubted
    ]
    threshold, expected = lowest(open_rows or [chance for chance, _ in plain], accepted)
    behind = [
        example
        for chance, example in plain
        if threshold is not None and chance >= threshold and example.looked_at
    ]
    wrong = sum(not example.whole for example in behind)
    return Promise(
        accepted,
        threshold,
        expected,
        len(behind),
        wrong,
        upper(wrong, len(behind)),
        needed(accepted),
    )


def lowest(chances: Iterable[float], accepted: float) -> tuple[float | None, float]:
    """The lowest chance from which on rows are wrong no more often than accepted, and how often.

    >>> lowest([0.99, 0.95, 0.6], 0.04)
    (0.95, 0.03)
    >>> lowest([0.9], 0.04)
    (None, 0.0)
    """
    threshold, expected, total = None, 0.0, 0.0
    for count, chance in enumerate(sorted(chances, reverse=True), 1):
        total += 1 - chance
        if total / count <= accepted:
            threshold, expected = chance, round(total / count, 6)
    return threshold, expected


def with_threshold(office: Office, promise: Promise | None) -> Office:
    """The office's curves with the threshold of a promise."""
    return replace(office, threshold=promise.threshold) if promise else office
