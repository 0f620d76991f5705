"""Rows that doubts alone mark: how likely each is right, as such rows turned out in this office.

A doubt marks a row however likely the row is right. An office that has looked at many such rows
knows better: a logistic curve of the row's chance, of how many doubts it has and of whether its
note is doubted beside it says how likely the whole row is right, and what is doubted in it.
The weights begin where doubts weigh heavily (``BEFORE``) and follow the decided rows: ridge
regression towards them (le Cessie and van Houwelingen 1992, doi:10.2307/2347628), by Newton's
method. It says nothing of doubts that ask what no chance answers.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from extract.types import Doubt
from store.rules.experience.evidence import AGAINST, SOFT
from store.rules.experience.judged import ASKS_NOBODY, UNSURE

LIKELY = 0.95
"""From this chance on a row with doubts waits for nobody: no more than 1 in 20 of them is expected
to be wrong. At the third meeting of a history (history.py of benchmarks) 10 right rows were left
alone so and no wrong one; of scans by five other hands none, as too few rows bore it out."""

LEAST_LIKELY = 0.9
"""The same for an office that accepts more errors; not measured."""

ENOUGH = 9
"""Marked rows that would have been left alone, at least: without a wrong one among them an error of
1 in 20 is what is to be expected (the mean of Jeffreys' prior)."""

SLIPS = 2.0
"""So many times the accepted error may be found: who reviews errs, too, and with one error in a
hundred fields three of a hundred right rows look wrong."""

OWN = SOFT | AGAINST | {"email_missing", "name_without_honorific"}
"""Doubts of letters, ends and empty fields: how likely the row is right answers them. Others ask
who somebody is, or which of two addresses it shall be."""

BESIDE = frozenset({"name_left_over", "post_without_person", "unread_print"})
"""Doubts of a note about who else is named: the note waits for them itself. Others are of what its
rows share: State, meeting, kind, a coarse scan."""

BEFORE = (0.0, 1.0, -1.0, -1.5)
"""Weights before anything is decided: none alone, the logit of the row's chance, each doubt of the
row, a doubt of the note. A row of 0.98 with one doubt is then right with 0.95. What decided rows
of scans by five hands alone make of them: 1.5, 0.5, -0.7, -0.3; of a history 2.1, 0.9, -0.8, -1."""

_HOLD = (0.3, 3.0, 3.0, 3.0)
"""How firmly each of them is held: precision of a normal distribution."""

MOST = 4
"""More doubts of one row than these say no more."""

_EDGE = 0.005
"""No chance is nearer to 0 or 1 than this: beyond it a logit would weigh more than was measured."""

_ROUND = 1e-9  # what rounding may add to a count
_STEPS = 50  # steps of Newton's method before it is given up; it takes five or six
_ENOUGH = 1e-6  # a step of the weights (logits) that changes nothing
_FAR = 30.0  # logits beyond which a chance is 0 or 1 to a double's last digit


@dataclass(frozen=True, slots=True)
class Marks:
    """What marks a row beside its chance: ``own`` doubts of the row, ``beside`` if of its note.

    ``asks`` if there is a doubt that no chance answers.
    """

    own: int = 0
    beside: bool = False
    asks: bool = False

    @property
    def some(self) -> bool:
        """Whether anything is doubted that a chance may answer."""
        return bool(self.own or self.beside)


def marks_of(doubts: Iterable[Doubt], note: Collection[str]) -> Marks:
    """What marks a row with these doubts, of a note with these codes, beside its chance."""
    own = {(d.code, d.field) for d in doubts if d.code != UNSURE and d.code not in ASKS_NOBODY}
    asks = any(code not in OWN for code, _ in own)
    return Marks(len(own), bool(BESIDE.intersection(note)), asks)


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A decided row: its chance, what marked it, whether all of it that counts was ``sound``."""

    chance: float
    marks: Marks
    sound: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubted:
    """The curve's weights, and what bears it out.

    ``tried`` marked rows that it would have left alone were decided, each judged by a curve made
    without its note; ``wrong`` of them were wrong. ``known`` are the rows that it, or one before
    it, had left alone and that had turned out wrong when it was made. A row is left alone from the
    chance ``least`` on.
    """

    weights: tuple[float, ...] = BEFORE
    tried: int = 0
    wrong: int = 0
    known: int = 0
    least: float = LIKELY

    def chance(self, reviewed: float, marks: Marks) -> float:
        """How likely the row is right, and what is doubted in it.

        >>> round(Doubted().chance(0.98, Marks(1)), 2)
        0.95
        """
        return _share(_score(self.weights, _signs(reviewed, marks)))

    def leaves_alone(self, reviewed: float, marks: Marks) -> bool:
        """Whether nobody has to look at such a row for what is doubted."""
        return not marks.asks and self.chance(reviewed, marks) >= self.least

    @property
    def holds(self) -> bool:
        """Whether decided rows bear it out.

        >>> [Doubted(tried=n, wrong=k).holds for n, k in ((8, 0), (9, 0), (9, 1), (10, 1))]
        [False, True, False, True]
        """
        most = SLIPS * (1 - self.least) * self.tried
        return self.tried >= ENOUGH and self.wrong <= most + _ROUND


def fitted(rows: Iterable[DecidedRow]) -> tuple[float, ...]:
    """The weights that decided rows speak for; ``BEFORE`` without any."""
    points = [(_signs(r.chance, r.marks), r.sound, r.weight) for r in rows if not r.marks.asks]
    weights = list(BEFORE)
    for _ in range(_STEPS):
        slope = [h * (b - w) for h, b, w in zip(_HOLD, BEFORE, weights, strict=True)]
        bend = [[h if i == j else 0.0 for j in range(len(_HOLD))] for i, h in enumerate(_HOLD)]
        for signs, sound, weight in points:
            share = _share(_score(weights, signs))
            for i, one in enumerate(signs):
                slope[i] += weight * (sound - share) * one
                for j, other in enumerate(signs):
                    bend[i][j] += weight * share * (1 - share) * one * other
        step = _solved(bend, slope)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _ENOUGH:
            break
    # a chance that rises makes no row less likely right, a doubt none more
    return (weights[0], max(0.0, weights[1]), min(0.0, weights[2]), min(0.0, weights[3]))


def _signs(reviewed: float, marks: Marks) -> tuple[float, ...]:
    chance = min(max(reviewed, _EDGE), 1 - _EDGE)
    return 1.0, math.log(chance / (1 - chance)), float(min(marks.own, MOST)), float(marks.beside)


def _score(weights: Sequence[float], signs: Sequence[float]) -> float:
    return math.fsum(w * s for w, s in zip(weights, signs, strict=True))


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-min(max(score, -_FAR), _FAR)))


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a few linear equations, by elimination; ``matrix`` is positive definite."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i, row in enumerate(rows):
        for below in rows[i + 1 :]:
            part = below[i] / row[i]
            below[i:] = [b - part * a for a, b in zip(row[i:], below[i:], strict=True)]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        rest = math.fsum(rows[i][j] * found[j] for j in range(i + 1, len(rows)))
        found[i] = (rows[i][-1] - rest) / rows[i][i]
    return found
