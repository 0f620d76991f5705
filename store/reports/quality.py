"""How good the readings are here, by what people decided: shares with their intervals.

Sums come from the table ``tallies``, which is kept as people decide (0020_quality.sql).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.db.database import Store
from store.fields import DELEGATE_VALUES
from store.learn import audits, calibrations
from store.learn.audits import MeetingAudit
from store.rules.experience.intervals import Share, of_many

FIELDS = ("row", "reviewed", *DELEGATE_VALUES)
"""The whole row; name, title and address together; then every field."""

GROUPS = ("marked", "language", "layout", "quality", "way", "week", "version")
"""What rows are told apart by, one at a time."""

FEW = 30
"""Below so many rows a share is told with its interval alone: half of it is wider than a tenth."""

MOST = 26
"""Weeks and versions told, the last ones: half a year."""


@dataclass(frozen=True, slots=True)
class Line:
    """Of one kind of rows, which share was right as read, by field; ``value`` names the kind."""

    value: str
    shares: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Bin:
    """Values whose mean ``chance`` was so: which share of them was right."""

    chance: float
    right: Share


@dataclass(frozen=True, slots=True)
class Cost:
    """What review did. ``seconds`` a row where it is known, of ``timed`` rows; ``hours`` of all."""

    looked_at: int
    corrections: float
    seconds: float | None
    timed: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything that is known of one meeting, or of all (``meeting`` None).

    ``right`` and ``wrong`` rows were read so, ``missed`` ones added by a person, ``nobody`` was no
    person. ``fields`` are shares right as read, ``groups`` the same by ``GROUPS``. ``bins`` are of
    ``row`` and ``reviewed``. ``silent`` is the share of rows wrong that nobody had to look at, by
    audit; ``agreement`` of two people about the same row, by field. ``version`` is the calibration
    that holds, 0: as shipped.
    """

    meeting: str | None
    right: int
    wrong: int
    missed: int
    nobody: int
    fields: Mapping[str, Share]
    groups: Mapping[str, tuple[Line, ...]]
    meetings: tuple[Line, ...]
    bins: Mapping[str, tuple[Bin, ...]]
    cost: Cost
    audits: tuple[MeetingAudit, ...]
    silent: Share
    agreement: Mapping[str, Share]
    version: int

    @property
    def decided(self) -> int:
        """Rows that people decided."""
        return self.right + self.wrong + self.missed + self.nobody


Sums = dict[str, tuple[float, float, float]]
"""By field: how many, how many right, the sum of their chances."""


def quality(store: Store, meeting: str | None = None) -> Quality:
    """As of one moment.

    Args:
        store: where to look.
        meeting: reference; None for all, and for rows without a meeting.
    """
    with store.reading():
        kinds = _sums(store, meeting)
        counted = {value: sums["row"] for value, sums in kinds.get("how", {}).items()}
        how = {name: round(counted.get(name, (0.0,))[0]) for name in _HOW}
        drawn = audits.audited(store, meeting)
        return Quality(
            meeting=meeting,
            **how,
            fields=_shares(kinds.get("all", {}).get("", {})),
            groups={name: _lines(kinds.get(name, {})) for name in GROUPS},
            meetings=_meetings(store) if meeting is None else (),
            bins={name: _bins(kinds.get("chance", {}), name) for name in ("row", "reviewed")},
            cost=_cost(counted, kinds.get("all", {}).get("", {})),
            audits=drawn,
            silent=audits.silent(drawn),
            agreement={
                field: of_many(alike, all_)
                for field, (alike, all_) in audits.agreement(store, meeting).items()
            },
            version=calibrations.active(store).version,
        )


_HOW = ("right", "wrong", "missed", "nobody")


def _sums(store: Store, meeting: str | None) -> dict[str, dict[str, Sums]]:
    """By kind and value."""
    where = "" if meeting is None else " WHERE meeting = :meeting"
    found: dict[str, dict[str, Sums]] = {}
    for row in store.rows(
        "SELECT kind, value, field, sum(n) AS n, sum(right) AS right, sum(chance) AS chance"  # noqa: S608 - our own
        f" FROM tallies{where} GROUP BY 1, 2, 3 HAVING sum(n) > 0",
        {"meeting": meeting},
    ):
        of = found.setdefault(row["kind"], {}).setdefault(row["value"], {})
        of[row["field"]] = (row["n"], row["right"], row["chance"])
    return found


def _shares(sums: Sums) -> dict[str, Share]:
    return {name: of_many(sums[name][1], sums[name][0]) for name in FIELDS if name in sums}


def _lines(values: Mapping[str, Sums]) -> tuple[Line, ...]:
    return tuple(Line(value, _shares(sums)) for value, sums in sorted(values.items())[-MOST:])


def _meetings(store: Store) -> tuple[Line, ...]:
    """All meetings in the order of their dates, those without one first."""
    found: dict[str, Sums] = {}
    for row in store.rows(
        "SELECT t.* FROM tallies AS t LEFT JOIN meetings AS m ON m.reference = t.meeting"
        " WHERE t.kind = 'all' AND t.n > 0 ORDER BY coalesce(m.starts, m.deadline), t.meeting"
    ):
        found.setdefault(row["meeting"], {})[row["field"]] = (row["n"], row["right"], row["chance"])
    return tuple(Line(value, _shares(sums)) for value, sums in list(found.items())[-MOST:])


def _bins(values: Mapping[str, Sums], field: str) -> tuple[Bin, ...]:
    of = (sums[field] for _, sums in sorted(values.items()) if field in sums)
    return tuple(Bin(chance / n, of_many(right, n)) for n, right, chance in of)


def _cost(counted: Mapping[str, tuple[float, ...]], fields: Sums) -> Cost:
    rows = sum(n for n, _, _ in counted.values())
    timed = sum(timed for _, timed, _ in counted.values())
    seconds = sum(seconds for _, _, seconds in counted.values())
    wrong = sum(fields[f][0] - fields[f][1] for f in DELEGATE_VALUES if f in fields)
    return Cost(
        round(rows),
        wrong / rows if rows else 0.0,
        seconds / timed if timed else None,
        round(timed),
        seconds / timed * rows / 3600 if timed else None,
    )


def is_few(share: Share) -> bool:
    """Whether a share is told by its interval alone."""
    return share.of < FEW


def in_words(share: Share) -> str:
    """``94.1 % (90 to 97)``; of few rows ``2 of 3 (21 to 94 %)``; ``–`` of none.

    >>> in_words(of_many(2, 3)), in_words(of_many(480, 500))
    ('2 of 3 (21 to 94 %)', '96.0 % (93.9 to 97.4)')
    """
    if not share.of:
        return "–"
    if is_few(share):
        low, high = (f"{100 * one:.0f}" for one in (share.low, share.high))
        return f"{share.count:.0f} of {share.of:.0f} ({low} to {high} %)"
    rest = f"{100 * share.low:.1f} to {100 * share.high:.1f}"
    return f"{100 * (share.share or 0.0):.1f} % ({rest})"


def in_short(share: Share) -> str:
    """For a narrow column: ``94.1 (90–97)`` in percent, or ``2/3 (21–94)``."""
    if not share.of:
        return "–"
    rest = f"({100 * share.low:.0f}–{100 * share.high:.0f})"
    if is_few(share):
        return f"{share.count:.0f}/{share.of:.0f} {rest}"
    return f"{100 * (share.share or 0.0):.1f} {rest}"


def silent_in_words(found: Iterable[MeetingAudit], silent: Share) -> str:
    """The audit's estimate in a sentence, and what it still lacks."""
    found = tuple(found)
    settled, drawn = sum(a.settled for a in found), sum(a.drawn for a in found)
    total, waiting = sum(a.total for a in found), sum(a.waiting for a in found)
    if not total:
        return "There is no row that nobody had to look at."
    more = f" {waiting} more wait to be typed." if waiting else ""
    if not settled:
        return f"Not known: {drawn} of {total} rows that nobody had to look at wait to be typed."
    wrong = sum(a.wrong for a in found)
    low, high = 100 * silent.low, 100 * silent.high
    left = " Meetings of which none was typed are not among them." if _unknown(found) else ""
    return (
        f"Of {silent.of:.0f} rows that nobody had to look at, {low:.1f} to {high:.1f} % are wrong"
        f" (95 %; {settled} audited, {wrong} wrong).{more}{left}"
    )


def _unknown(found: Iterable[MeetingAudit]) -> bool:
    return any(audit.total and not audit.settled for audit in found)
