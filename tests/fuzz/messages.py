"""Mutations of a message: what mail programs do to one, and what chance does.

The first kind are the faults of ``tests.ingest.faults``, in combinations that nobody thought of;
a scan must come out of these messages, or they must say that one is hidden. The second kind are
lines, delimiters and bytes changed at random, which may end in any outcome but no other error.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator

from tests.ingest import faults

_STEPS = 4
_LINES = (
    b"",
    b" ",
    b"\0",
    b"junk",
    b"--",
    b"--" + faults.BOUNDARY,
    b"--" + faults.BOUNDARY + b"--",
    b"Content-Type: multipart/mixed; boundary=" + faults.BOUNDARY,
    b"Content-Type: message/rfc822",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable",
    b"From nobody Thu May  9 10:00:00 2019",
    b"begin 644 a.pdf",
    b"JVBERi0xLjQK",
)


def mutations(seed: int, data: bytes) -> Iterator[bytes]:
    """Endless mutations of a message, the same for the same seed."""
    chance = random.Random(seed)
    while True:
        changed = data
        for _ in range(chance.randint(1, _STEPS)):
            changed = _changed(chance, changed)
        yield changed


def mangled(seed: int, scan: bytes) -> Iterator[tuple[str, bytes]]:
    """Endless messages with a scan in them, mangled as real ones are; each with its faults."""
    chance = random.Random(seed)
    while True:
        names: list[str] = []
        part = faults.part(scan)
        for _ in range(chance.randint(0, 2)):
            part = _one(chance, faults.HEADER, part, names)
        raw = faults.message(part)
        try:
            if chance.random() < 0.5:
                raw = _one(chance, faults.BODY, raw, names)
            if chance.random() < 0.5 and raw.count(b"--" + faults.BOUNDARY) == 3:
                raw = _one(chance, faults.STRUCTURE, raw, names)
        except ValueError:  # a fault that does not apply to what others have left
            continue
        for _ in range(chance.randint(0, 2)):
            raw = _one(chance, {**faults.HEADER, **faults.MESSAGE_HEADER}, raw, names)
        raw = _one(chance, faults.WRAPPED, raw, names)
        yield "; ".join(names), raw


def _one(
    chance: random.Random, kinds: dict[str, faults.Fault], raw: bytes, names: list[str]
) -> bytes:
    name = chance.choice(sorted(kinds))
    names.append(name)
    return kinds[name](raw)


def _changed(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(8)
    if kind == 0:
        lines.insert(at, chance.choice(_LINES))
    elif kind == 1:
        del lines[at]
    elif kind == 2:
        lines[at:at] = lines[at : at + chance.randint(1, 30)]
    elif kind == 3:
        lines[at] = chance.randbytes(chance.randint(1, 40)) + lines[at]
    elif kind == 4:
        return faults.LINES[chance.choice(sorted(faults.LINES))](data)
    elif kind == 5:
        return faults.WRAPPED[chance.choice(sorted(faults.WRAPPED))](data)
    elif kind == 6:
        return data[: chance.randrange(len(data) + 1)]
    else:
        place = chance.randrange(len(data) + 1)
        return data[:place] + base64.b64encode(chance.randbytes(9)) + data[place + 9 :]
    return b"\n".join(lines)
