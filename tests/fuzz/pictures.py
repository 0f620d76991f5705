"""Mutants of pictures and PDFs as scanners, mail and bad disks make them: pure, from a seed.

``mutations(seed, data)`` gives the same mutants for the same seed and bytes, without end.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

Mutate = Callable[[random.Random, bytearray], None]

_NUMBER = re.compile(rb"\d+")
_MARKER = re.compile(rb"\xff[\xc0-\xfe]", re.DOTALL)
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF)
_MOST_EDITS = 8


def mutations(seed: int, data: bytes) -> Iterator[bytes]:
    """Changed copies of ``data``, each by one to a few edits of one or two kinds."""
    chance = random.Random(seed)
    while True:
        mutant = bytearray(data)
        for edit in chance.sample(EDITS, chance.choice((1, 1, 1, 2))):
            for _ in range(chance.choice((1, 1, 2, _MOST_EDITS))):
                if mutant:
                    edit(chance, mutant)
        yield bytes(mutant)


def _flip(chance: random.Random, data: bytearray) -> None:
    """One bit, anywhere."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _flip_in_head(chance: random.Random, data: bytearray) -> None:
    """One byte where sizes and tables are: in the first or last kilobyte."""
    at = chance.randrange(min(1024, len(data)))
    data[at if chance.random() < 0.7 else -1 - at] = chance.choice(_EXTREMES)


def _cut(chance: random.Random, data: bytearray) -> None:
    """The rest did not arrive."""
    del data[chance.randrange(len(data)) :]


def _lose(chance: random.Random, data: bytearray) -> None:
    """A block is missing in the middle."""
    at = chance.randrange(len(data))
    del data[at : at + chance.choice((1, 2, 57, 512, 4096))]


def _zero(chance: random.Random, data: bytearray) -> None:
    """A sector could not be read."""
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.choice((16, 512, 4096)))
    data[at:end] = bytes(end - at)


def _repeat(chance: random.Random, data: bytearray) -> None:
    """A block came twice."""
    at = chance.randrange(len(data))
    block = data[at : at + chance.choice((4, 512, 4096))]
    data[at:at] = block


def _swap_ends_of_lines(chance: random.Random, data: bytearray) -> None:
    """A gateway took it for text."""
    before, after = chance.choice(((b"\r\n", b"\n"), (b"\n", b"\r\n"), (b"\r", b"\n")))
    data[:] = data.replace(before, after)


def _strip_high_bits(chance: random.Random, data: bytearray) -> None:
    """A stretch went through seven bits."""
    at = chance.randrange(len(data))
    end = min(len(data), at + 256)
    data[at:end] = bytes(value & 0x7F for value in data[at:end])


def _number(chance: random.Random, data: bytearray) -> None:
    """A number in a PDF: an offset, a length, a size."""
    found = list(_NUMBER.finditer(data[:65536]))
    if found:
        put = chance.choice((b"0", b"-1", b"1", b"65536", b"99999999999", b"1e9"))
        one = chance.choice(found)
        data[one.start() : one.end()] = put


def _marker(chance: random.Random, data: bytearray) -> None:
    """The length or the body of a JPEG's segment."""
    found = list(_MARKER.finditer(data))
    if found:
        at = chance.choice(found).start() + chance.randrange(1, 12)
        if at < len(data):
            data[at] = chance.choice((*_EXTREMES, chance.randrange(256)))


EDITS: tuple[Mutate, ...] = (
    _flip,
    _flip_in_head,
    _cut,
    _lose,
    _zero,
    _repeat,
    _swap_ends_of_lines,
    _strip_high_bits,
    _number,
    _marker,
)
