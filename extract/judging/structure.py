"""How likely an entry was taken apart rightly, by the signs that its checks saw.

Trust in letters says nothing of structure: an office read without fault may stand in the post's
field. ``structure.toml`` holds, for each field, what a sign weighs (logistic regression) and which
share of values was right at which sum (a monotone fit of sums that values got from weights made
without their note); measured on notes by several hands (``benchmarks/structure.py`` writes it).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.judging.steps import CalibrationError, Steps, parse_steps, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE = "structure.toml"
FIELDS = ("name", "title", "email", "organization")


@dataclass(frozen=True, slots=True)
class Weights:
    """What signs weigh in one field (logits), and how often values are right at a score."""

    base: float
    signs: Mapping[str, float]
    steps: Steps

    def score(self, signs: Iterable[str]) -> float:
        """From 0 to 1; a sign that was never seen in the making weighs nothing."""
        logit = self.base + sum(self.signs.get(sign, 0.0) for sign in set(signs))
        return 1 / (1 + math.exp(-logit))

    def chance(self, signs: Iterable[str]) -> float:
        """The probability that the right words were taken."""
        return self.steps.at(self.score(signs))


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured.

    ``row`` maps the product of a row's fields to the share of rows right in every field. A row
    whose name, title and address are all right with less than ``threshold`` is doubted.
    """

    fields: Mapping[str, Weights]
    row: Steps
    threshold: float

    def chance(self, field: str, signs: Iterable[str]) -> float:
        """The probability that the right words were taken for a field; 1 if never measured."""
        weights = self.fields.get(field)
        return weights.chance(signs) if weights else 1.0


def parse_table(raw: Mapping[str, Any]) -> Table:
    """Checks a table as read from TOML.

    Raises:
        CalibrationError: a field is missing, a weight is no number, shares fall.
    """
    try:
        fields = {
            field: Weights(
                float(raw[field]["base"]),
                {sign: float(weight) for sign, weight in raw[field]["signs"].items()},
                parse_steps(raw[field]),
            )
            for field in FIELDS
        }
        table = Table(fields, parse_steps(raw["row"]), float(raw["threshold"]))
    except CalibrationError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise CalibrationError(f"incomplete: {error}") from error
    weights = [w for f in fields.values() for w in (f.base, *f.signs.values())]
    if not all(map(math.isfinite, weights)):
        raise CalibrationError("a weight is no number")
    if not 0.0 <= table.threshold <= 1.0:
        raise CalibrationError(f"not a share: threshold {table.threshold}")
    return table


@cache
def table() -> Table:
    """The table that ships with the rules.

    Raises:
        CalibrationError: the file does not hold a table.
        FileNotFoundError: the package was built without it.
    """
    return parse_table(read_table(TABLE))
