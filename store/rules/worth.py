"""What a look at a row is worth: errors that are likely to be found, by how much each matters.

The sum over the fields of how likely each is wrong, times its weight. The queue puts first where a
minute finds most: worth, by the seconds a look takes (``store.review.pace``), by how near the
deadline is. On 568 rows of 218 scanned replies of four hands, the chances say how many values are
wrong (names: 4 % against 3 % where nothing is doubtful, 41 % against 33 % where something is); in
this order the first 25 rows of their queues held 0.84 to 1.92 errors each, by the least certain row
0.60 to 1.56 (``docs/learning.md``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

WEIGHTS: Final[Mapping[str, int]] = {
    "name": 4,
    "email": 3,
    "title": 2,
    "honorific": 1,
    "organization": 1,
    "phone": 1,
    "role": 1,
}
"""How much an error matters: a wrong name on a badge is an incident, a wrong address lost mail."""

PERSON: Final = WEIGHTS["name"] + WEIGHTS["email"] + WEIGHTS["title"]
"""What a person weighs who is missing."""

PERSONS_MISSING: Final = (2.0, 0.8, 0.2)
"""Persons missing in a note that asks for a look, by its urgency: nobody was found (6 notes),
somebody may be missing (42), anything else (57); measured on the same scans. The trigger
``review_refresh_insert`` has them times ``PERSON``."""

HALF_DAYS: Final = 14.0
"""A row is worth half as much if its deadline is so many days later; not measured. What today is
does not matter to the order: it would halve all alike. The view ``review_queue`` has it."""

NOTHING: Final = 99.0
"""Halvings of a worth of nothing."""


def row_worth(chances: Mapping[str, float]) -> float:
    """The expected errors of a row, weighed.

    Args:
        chances: how likely each field is right, 0 to 1.

    >>> row_worth({"name": 0.5, "email": 1.0})
    2.0
    """
    return math.fsum((1.0 - chance) * WEIGHTS[field] for field, chance in chances.items())


def unread_worth(confidence: float) -> float:
    """The same of a row of which only the whole is known: at least its name may be wrong."""
    return (1.0 - confidence) * WEIGHTS["name"]


def halvings(worth: float) -> float:
    """How often 1 is halved to come to this worth: what deadlines can be added to."""
    return min(NOTHING, -math.log2(worth)) if worth > 0.0 else NOTHING
