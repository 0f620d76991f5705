"""Monotone step functions from measured pairs: pool adjacent violators, smoothed, few steps.

Ayer et al. 1955, "An empirical distribution function for sampling with incomplete information";
for probabilities Zadrozny and Elkan 2002, doi:10.1145/775047.775151.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 15
"""Values a step must stand on."""


@dataclass(slots=True)
class Block:
    """Values from raw trust ``start`` on, and how many of them are right; both may be weighted."""

    start: float
    values: float
    right: float

    @property
    def share(self) -> float:
        """The probability of being right, after Laplace: one more right and one more wrong."""
        return (self.right + 1) / (self.values + 2)


def fit(pairs: Iterable[tuple[float, bool]], least: int = LEAST) -> list[Block]:
    """Blocks of rising share, the first from 0 on, each of ``least`` values where there are any.

    Raises:
        ValueError: there are no pairs.
    """
    blocks: list[Block] = []
    for raw, right in sorted((round(raw, 3), right) for raw, right in pairs):
        if blocks and blocks[-1].start == raw:
            blocks[-1].values += 1
            blocks[-1].right += right
        else:
            blocks.append(Block(raw, 1, int(right)))
    if not blocks:
        raise ValueError("nothing to fit")
    blocks = pooled(blocks, 0)
    while len(blocks) > 1 and min(b.values for b in blocks) < least:
        blocks = pooled(_without_smallest(blocks), least)
    blocks = pooled(blocks, least)
    blocks[0].start = 0.0
    return blocks


def pooled(blocks: list[Block], least: int = 0) -> list[Block]:
    """Neighbours that fall are one block. Raw shares decide until blocks have ``least`` values."""
    kept: list[Block] = []
    for block in blocks:
        kept.append(block)
        while len(kept) > 1 and _falls(kept[-2], kept[-1], least):
            last = kept.pop()
            kept[-1] = _merged(kept[-1], last)
    return kept


def _falls(before: Block, after: Block, least: int) -> bool:
    if least:
        return before.share >= after.share
    return before.right * after.values >= after.right * before.values


def _merged(first: Block, second: Block) -> Block:
    return Block(first.start, first.values + second.values, first.right + second.right)


def _without_smallest(blocks: list[Block]) -> list[Block]:
    """The block of fewest values joined to the neighbour whose share is nearer."""
    at = min(range(len(blocks)), key=lambda i: blocks[i].values)
    beside = [i for i in (at - 1, at + 1) if 0 <= i < len(blocks)]
    other = min(beside, key=lambda i: abs(blocks[i].share - blocks[at].share))
    first = min(at, other)
    return [*blocks[:first], _merged(blocks[first], blocks[first + 1]), *blocks[first + 2 :]]
