"""Changes to any file that know nothing of its kind: bits, pieces, sizes, cuts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

Mutator = Callable[[int, bytes], Iterator[bytes]]
"""Yields changed copies of a file, without end or a few; all chance comes from the seed."""

MOST_BYTES = 4_000_000
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFF0)
_WIDTHS = (1, 2, 4)


def mutations(seed: int, data: bytes) -> Iterator[bytes]:
    """Copies of ``data`` with one to four changes each, for ever."""
    rng = random.Random(seed)
    while True:
        changed = bytearray(data)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            rng.choice(_CHANGES)(changed, rng)
        yield bytes(changed[:MOST_BYTES])


def _flip_bits(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 3, 30))):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _flip_in_the_head(data: bytearray, rng: random.Random) -> None:
    """Most of a file's structure stands in its first kilobyte."""
    for _ in range(rng.choice((1, 4))):
        if data:
            data[rng.randrange(min(1024, len(data)))] = rng.randrange(256)


def _set_number(data: bytearray, rng: random.Random) -> None:
    """A length, count or offset becomes an awkward one."""
    width = rng.choice(_WIDTHS)
    if len(data) > width:
        at = rng.randrange(len(data) - width)
        number = rng.choice(_NUMBERS) & ((1 << 8 * width) - 1)
        data[at : at + width] = number.to_bytes(width, rng.choice(("little", "big")))


def _truncate(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data) + 1) :]


def _cut_out(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data) + 1)
    del data[at : at + rng.choice((1, 7, 64, 1024, 20_000))]


def _repeat(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data) + 1)
    piece = bytes(data[at : at + rng.choice((1, 16, 512, 8192))])
    data[at:at] = piece * rng.choice((1, 2, 50))
    del data[MOST_BYTES:]


def _move(data: bytearray, rng: random.Random) -> None:
    start, to = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)
    piece = bytes(data[start : start + rng.choice((4, 100, 5000))])
    data[to : to + len(piece)] = piece


def _blank(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data) + 1)
    end = min(len(data), at + rng.choice((8, 512, 4096)))
    data[at:end] = bytes([rng.choice((0, 0xFF, 0x20))]) * (end - at)


def _swap_lines(data: bytearray, rng: random.Random) -> None:
    """For headers and the objects of a PDF."""
    lines = bytes(data).split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


_CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip_bits,
    _flip_in_the_head,
    _flip_in_the_head,
    _set_number,
    _truncate,
    _cut_out,
    _repeat,
    _move,
    _blank,
    _swap_lines,
)
