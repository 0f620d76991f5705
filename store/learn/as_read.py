"""What the kept reading says of a row: its values as columns hold them, and their chances.

The reading keeps the chance of every value that was found. That nothing is printed where nothing
was found has a chance, too; it follows from the shipped tables.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from extract.judging import calibration, structure
from extract.types import Delegate, Doubt, Value
from store import sanitize
from store.fields import DELEGATE_VALUES


def values(person: Delegate) -> dict[str, str | None]:
    """The values by field, None for what was not found."""
    found: dict[str, str | None] = {}
    for field in DELEGATE_VALUES:
        value: Value | None = getattr(person, field)
        text = None if value is None else sanitize.one_line(value.text)
        found[field] = text.lower() if text and field == "email" else text
    return found


def doubts(person: Delegate) -> tuple[Doubt, ...]:
    """The doubts but the one that follows from the chances."""
    return tuple(d for d in person.doubts if d.code != calibration.UNSURE)


def chances(person: Delegate) -> dict[str, float]:
    """How likely each field is right, found or not, 0 to 1."""
    found: dict[str, float] = {}
    about = doubts(person)
    for field in calibration.FIELDS:
        value: Value | None = getattr(person, field)
        codes = calibration.codes_about(field, about)
        if value is not None:
            found[field] = value.confidence
        else:
            shape = 1.0 if codes else structure.table().chance(field, person.signs)
            found[field] = calibration.table().of_absent(field, codes) * shape
    return found


def row_chance(fields: Mapping[str, float]) -> float:
    """How likely every field of the row is right, from the chances of its fields."""
    return structure.table().row.at(math.prod(fields.values()))


def threshold() -> float:
    """Rows whose name, title and address are less likely right are marked."""
    return structure.table().threshold


def layout(person: Delegate) -> str:
    """The way of listing that the person was found in: ``grid``, ``item``, ``prose``, …."""
    return person.name.evidence[0].component


def page(person: Delegate) -> int:
    """The page, from 1, on which the name stands."""
    return person.name.evidence[0].page


def undoubted() -> dict[str, float]:
    """How likely a field is right of which nothing is doubtful, at the least raw trust, 0 to 1."""
    fields = calibration.table().fields
    return {field: fields[field].at(0.0) for field in calibration.FIELDS}
