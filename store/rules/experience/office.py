"""How likely readings are right in this office: curves from its decided rows.

``fields`` are for values that were found; ``row`` for the chance of a whole row, ``reviewed`` for
name, title and address together, which decides whether a row is marked; ``doubted`` for rows that
are marked for doubts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from store.fields import DELEGATE_VALUES
from store.rules.experience.curves import AS_SHIPPED, PRIOR, PRIOR_WHOLE, Curve, Point, fitted
from store.rules.experience.doubted import DecidedRow, Doubted, Marks
from store.rules.experience.doubted import fitted as doubted_fitted
from store.rules.experience.judged import REVIEWED, Judged, reviewed

RowChance = Callable[[Mapping[str, float]], float]
"""Chances of a row's fields to that of the whole row, by the shipped tables."""


@dataclass(frozen=True, slots=True)
class Office:
    """The curves, and the chance of name, title and address below which a row is marked.

    ``threshold`` is None for the one that ships; ``doubted`` is None where every doubt marks a row.
    ``version`` counts what was written, 0: nothing.
    """

    fields: Mapping[str, Curve] = field(default_factory=dict)
    row: Curve = AS_SHIPPED
    reviewed: Curve = AS_SHIPPED
    threshold: float | None = None
    version: int = 0
    doubted: Doubted | None = None

    def lesson(self, judged: Judged) -> Judged:
        """The chances of what was found, as they turned out here."""
        found = {
            name: self.fields[name].of(chance)
            for name, chance in judged.chances.items()
            if name in self.fields and judged.read.get(name) is not None
        }
        return judged.likely(**found) if found else judged


@dataclass(frozen=True, slots=True)
class Example:
    """One decided row: by field the chance as read, whether right, whether a value was found.

    It is neither right nor wrong (None) where nothing was read and nothing is there.
    ``person`` is False for a row that was nobody. ``doubted`` for more than its chance. ``note``
    is the document's number, by which rows are kept together. ``looked_at`` unless it was accepted
    at a glance, with others. ``weight`` is how much it counts. ``marks`` is what else marked it,
    ``sound`` whether all was right that was reviewed or doubted.
    """

    note: int
    fields: Mapping[str, tuple[float, bool | None, bool]]
    row: float
    person: bool
    doubted: bool
    marked: bool
    looked_at: bool = True
    weight: float = 1.0
    marks: Marks = field(default_factory=Marks)
    sound: bool = True

    @property
    def every(self) -> bool:
        """Whether the whole row was right."""
        return self.person and all(right is not False for _, right, _ in self.fields.values())

    @property
    def whole(self) -> bool:
        """Whether name, title and address were right."""
        return self.person and all(self.fields[name][1] is not False for name in REVIEWED)

    @property
    def tells(self) -> bool:
        """Whether it says anything of doubts: what was left alone for them would prove itself."""
        return self.looked_at or not self.marks.some

    def chances(self, curves: Mapping[str, Curve]) -> dict[str, float]:
        """Its chances by these curves."""
        return {
            name: curves[name].of(chance) if found and name in curves else chance
            for name, (chance, _, found) in self.fields.items()
        }


def learnt(
    examples: Iterable[Example],
    row_chance: RowChance,
    prior: float = PRIOR,
    prior_whole: float = PRIOR_WHOLE,
) -> Office:
    """The curves of decided rows: of each field, then of the row by what these make of it."""
    rows = list(examples)
    fields = {name: fitted(_points(rows, name), prior) for name in DELEGATE_VALUES}
    after = [(example, example.chances(fields)) for example in rows]
    doubts = (DecidedRow(reviewed(c), e.marks, e.sound, e.weight) for e, c in after if e.tells)
    return Office(
        fields,
        fitted((Point(row_chance(c), e.every, e.weight) for e, c in after), prior_whole),
        fitted((Point(reviewed(c), e.whole, e.weight) for e, c in after), prior_whole),
        doubted=Doubted(doubted_fitted(doubts)),
    )


def _points(rows: Iterable[Example], name: str) -> Iterator[Point]:
    """Of the rows in which the field was found."""
    for row in rows:
        chance, right, found = row.fields[name]
        if found and right is not None:
            yield Point(chance, right, row.weight)


def to_json(office: Office) -> str:
    """As it is kept."""

    def curve(one: Curve) -> list[object]:
        return [list(one.at), list(one.right), one.rows]

    return json.dumps(
        {
            "fields": {name: curve(one) for name, one in office.fields.items()},
            "row": curve(office.row),
            "reviewed": curve(office.reviewed),
            "threshold": office.threshold,
            "doubted": office.doubted and asdict(office.doubted),
        }
    )


def from_json(text: str, version: int) -> Office:
    """The reverse of ``to_json``."""
    data = json.loads(text)

    def curve(kept: list[list[float]]) -> Curve:
        at, right, rows = kept
        return Curve(tuple(at), tuple(right), float(rows))  # type: ignore[arg-type]

    return Office(
        {name: curve(kept) for name, kept in data["fields"].items()},
        curve(data["row"]),
        curve(data["reviewed"]),
        data["threshold"],
        version,
        _doubted(data.get("doubted")),
    )


def _doubted(kept: dict[str, Any] | None) -> Doubted | None:
    return Doubted(**{**kept, "weights": tuple(kept["weights"])}) if kept else None
