"""Monotone step functions: how often values are right, by a score from 0 to 1."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any


class CalibrationError(ValueError):
    """The table is not one: steps out of order, a share beyond 0 to 1, a field missing."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A monotone step function: from raw trust ``starts[i]`` on, ``right[i]`` is the probability.

    ``values`` is the number of values it was measured on.

    Raises:
        CalibrationError: steps are missing, out of order, or fall.
    """

    starts: tuple[float, ...]
    right: tuple[float, ...]
    values: int

    def __post_init__(self) -> None:
        if not self.starts or len(self.starts) != len(self.right):
            raise CalibrationError(f"{len(self.starts)} steps, {len(self.right)} shares")
        if self.starts[0] != 0.0 or any(a >= b for a, b in pairwise(self.starts)):
            raise CalibrationError(f"steps do not rise from 0: {self.starts}")
        if not all(0.0 <= share <= 1.0 for share in self.right):
            raise CalibrationError(f"not a share: {self.right}")
        if any(a > b for a, b in pairwise(self.right)):
            raise CalibrationError(f"shares fall: {self.right}")

    def at(self, raw: float) -> float:
        """The probability of being right at a raw trust from 0 to 1."""
        return self.right[max(0, bisect_right(self.starts, raw) - 1)]


def read_table(name: str) -> dict[str, Any]:
    """A file of this folder that ships with the rules, as TOML says it."""
    return tomllib.loads(files("extract.judging").joinpath(name).read_text(encoding="utf-8"))


def parse_steps(item: Mapping[str, Any]) -> Steps:
    """Steps as they stand in TOML: ``from``, ``right``, ``values``."""
    starts, right = (tuple(map(float, item[key])) for key in ("from", "right"))
    return Steps(starts, right, int(item["values"]))
