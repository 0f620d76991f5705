"""Mutations of a PDF's structure, pure: bytes and a seed in, bytes out.

They keep the file's outline, so that the damage is met where the contents are read and not at the
door: a number of a dictionary changed, a key renamed, an object's reference turned elsewhere, a
stream cut short or swapped with another, the table of references shifted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_NUMBER = re.compile(rb"(?<=[\s\[/(<])-?\d{1,6}(?:\.\d+)?(?=[\s\]/>)])")
_NAME = re.compile(rb"/[A-Z][A-Za-z]{1,20}")
_REFERENCE = re.compile(rb"\d{1,5} 0 R")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ODD_NUMBERS = (b"0", b"-1", b"1e9", b"2147483648", b"99999999999999999999", b"0.0000001", b"()")
_FILTERS = (b"/FlateDecode", b"/DCTDecode", b"/JBIG2Decode", b"/LZWDecode", b"/ASCII85Decode")
Mutation = Callable[[bytes, Random], bytes]


def _replaced(data: bytes, pattern: re.Pattern[bytes], with_: bytes, random: Random) -> bytes:
    places = [match.span() for match in pattern.finditer(data)]
    if not places:
        return data
    start, end = random.choice(places)
    return data[:start] + with_ + data[end:]


def odd_number(data: bytes, random: Random) -> bytes:
    """A number becomes one that nobody expects."""
    return _replaced(data, _NUMBER, random.choice(_ODD_NUMBERS), random)


def renamed_key(data: bytes, random: Random) -> bytes:
    """A name becomes another name of the file."""
    names = _NAME.findall(data)
    return _replaced(data, _NAME, random.choice(names), random) if names else data


def other_reference(data: bytes, random: Random) -> bytes:
    """A reference points to another object, perhaps to the one it stands in."""
    found = _REFERENCE.findall(data)
    return _replaced(data, _REFERENCE, random.choice(found), random) if found else data


def other_filter(data: bytes, random: Random) -> bytes:
    """A stream is said to be coded in another way."""
    known = re.compile(b"|".join(map(re.escape, _FILTERS)))
    return _replaced(data, known, random.choice(_FILTERS), random)


def cut_stream(data: bytes, random: Random) -> bytes:
    """A stream loses its end, without anything else being moved."""
    streams = [match.span(1) for match in _STREAM.finditer(data)]
    if not streams:
        return data
    start, end = random.choice(streams)
    at = random.randint(start, end)
    return data[:at] + bytes(end - at) + data[end:]


def swapped_streams(data: bytes, random: Random) -> bytes:
    """The contents of one stream stand in another."""
    streams = [match.span(1) for match in _STREAM.finditer(data)]
    if len(streams) < 2:
        return data
    (start, end), (first, last) = random.sample(streams, 2)
    return data[:start] + data[first:last] + data[end:]


def shifted(data: bytes, random: Random) -> bytes:
    """Bytes put in near the beginning: every offset in the table of references is wrong."""
    return data[:9] + b"%" + bytes(random.randint(33, 126) for _ in range(20)) + b"\n" + data[9:]


def flipped(data: bytes, random: Random) -> bytes:
    """A few bits turned anywhere."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


MUTATIONS: tuple[Mutation, ...] = (
    odd_number,
    renamed_key,
    other_reference,
    other_filter,
    cut_stream,
    swapped_streams,
    shifted,
    flipped,
)


def mutated(data: bytes, seed: int, most: int = 4) -> bytes:
    """``data`` after one to ``most`` mutations; the same for the same seed."""
    random = Random(seed)
    for _ in range(random.randint(1, most)):
        data = random.choice(MUTATIONS)(data, random) if data else data
    return data
