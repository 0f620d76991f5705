"""What an address says of how its owner spells the name.

``wanqing.qian@`` spells both parts of 钱婉清, ``m.alhassan@`` the vowels of الحسن. An initial only
confirms, and so do letters without vowels (``lkwry``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.rules.latin.parts import NamePart, ends, has_vowels, plain

_PIECES = re.compile(r"[a-z']+")

LONGEST = 64
"""Letters of a local part that are looked at (RFC 5321, 4.5.3.1.1)."""

MOST_PARTS = 7
"""Parts of a name that are looked for in an address."""

SHORTEST = 3
"""Letters of a part that tell somebody; ``li`` alone is in many addresses."""

_LETTER, _SPELLED, _AS_IN_TABLE, _INITIAL, _STRANGE, _CROSSED = 2.0, 1.0, 2.0, 1.5, -1.0, -2.0
"""What is better: every letter of a spelled part counts, one of an initial less, a spelling that
the table has more; letters that are nothing and parts over a dot count against it."""

ENOUGH = 2
"""Parts of a name that are told, so that a piece beside them (``-uncac``) is no matter."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What a local part says: for each part of the name its letters there, or None.

    ``began`` has the first letters of parts that are there as initials. ``confirms`` if a part is
    spelled, and nothing stands in the address but the name.
    """

    spelled: tuple[str | None, ...]
    began: tuple[str | None, ...]
    confirms: bool


@dataclass(frozen=True, slots=True)
class _Way:
    score: float = 0.0
    spelled: tuple[tuple[int, str], ...] = ()
    began: tuple[tuple[int, str], ...] = ()
    beside: bool = False
    strange: bool = False
    seen: bool = False

    def then(self, other: _Way) -> _Way:
        return _Way(
            self.score + other.score,
            self.spelled + other.spelled,
            self.began + other.began,
            self.beside or other.beside,
            self.strange or other.strange,
            self.seen or other.seen,
        )


def witness(parts: tuple[NamePart, ...], address: str) -> Witness:
    """What the address, ``local@domain``, says of a name in these parts."""
    pieces = [plain(p) for p in _PIECES.findall(address.split("@", 1)[0].casefold()[:LONGEST])]
    letters = "".join(pieces)
    cuts, at = {0}, 0
    for piece in pieces:
        at += len(piece)
        cuts.add(at)
    way = _Search(parts[:MOST_PARTS], letters, tuple(sorted(cuts))).best(0, 0)
    spelled, began = dict(way.spelled), dict(way.began)
    return Witness(
        tuple(spelled.get(i) for i in range(len(parts))),
        tuple(began.get(i) for i in range(len(parts))),
        confirms=way.seen
        and not way.strange
        and (not way.beside or len(spelled) + len(began) >= ENOUGH),
    )


class _Search:
    """The best way to read letters as parts of a name in any order; each place is tried once."""

    def __init__(self, parts: tuple[NamePart, ...], letters: str, cuts: tuple[int, ...]) -> None:
        self._parts, self._letters, self._cuts = parts, letters, cuts
        self._found: dict[tuple[int, int], _Way] = {}

    def best(self, at: int, used: int) -> _Way:
        if at >= len(self._letters):
            return _Way()
        if (at, used) not in self._found:
            ways = [
                way.then(self.best(end, used | taken)) for end, taken, way in self._ways(at, used)
            ]
            self._found[at, used] = max(ways, key=lambda w: w.score)
        return self._found[at, used]

    def _ways(self, at: int, used: int) -> list[tuple[int, int, _Way]]:
        cut = next(c for c in self._cuts if c > at)
        # letters that are nothing of the name, to the end of the piece
        whole = at in self._cuts
        strange = _Way(_STRANGE * (cut - at) * (1 if whole else 2), beside=whole, strange=not whole)
        found = [(cut, 0, strange)]
        for place, part in enumerate(self._parts):
            if used >> place & 1:
                continue
            taken = 1 << place
            for end in ends(part, self._letters, at) if not part.initial else ():
                if end > at:
                    found.append((end, taken, self._spelled(place, part, at, end)))
            for first in part.first_letters():
                if self._letters.startswith(first, at):
                    end = at + len(first)
                    found.append((end, taken, self._began(place, first, end - at)))
                    if part.initial and cut > end and at in self._cuts:  # "Ю." and ``yuliya``
                        found.append((cut, taken, self._began(place, first, end - at)))
        return found

    def _began(self, place: int, first: str, told: int) -> _Way:
        return _Way(_INITIAL * told, began=((place, first),))

    def _spelled(self, place: int, part: NamePart, at: int, end: int) -> _Way:
        letters = self._letters[at:end]
        crossed = sum(at < cut < end for cut in self._cuts)
        in_table = any(plain(spelling) == letters for spelling in part.spellings)
        score = _LETTER * len(letters) + _SPELLED + _AS_IN_TABLE * in_table + _CROSSED * crossed
        seen = len(letters) >= SHORTEST or (at in self._cuts and end in self._cuts)
        if part.loose and not has_vowels(letters):
            return _Way(score / 2, began=((place, letters[0]),), seen=seen)
        return _Way(score, spelled=((place, letters),), seen=seen)
