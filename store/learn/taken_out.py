"""Persons and words shown, taken out of memory, and put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from store import sanitize
from store.db.database import Store
from store.errors import UnknownRecord
from store.learn import known, of_notes, switches
from store.rules.experience.letters import letters, same_name
from store.rules.experience.words import KINDS, TAKEN_OUT, WordKind, learnt
from store.rules.names import folded

_PERSONS = """
SELECT d.id, d.name, d.email, d.title, n.state, d.document_id,
       coalesce(n.same_as, n.part_of, n.id) AS note,
       EXISTS (SELECT 1 FROM unlearnt_rows AS u WHERE u.delegate_id = d.id) AS out
  FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
 WHERE d.status IN ('approved', 'corrected') AND n.outcome IN ('processed', 'pending', 'failed')
"""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A name with an address, as people approved it. ``id`` is the newest row's.

    ``notes`` are the independent notes, ``removed`` if it is not learnt from.
    """

    id: int
    state: str | None
    name: str
    email: str | None
    title: str | None
    notes: int
    document: int
    removed: bool


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word of a State; ``evidence`` if several independent notes confirm it, else a hint."""

    state: str
    kind: WordKind
    word: str
    notes: int
    evidence: bool
    removed: bool


def persons(store: Store, state: str | None = None, text: str = "") -> list[KnownPerson]:
    """Who is known, by State and name; whose name or address has all words of ``text``."""
    where, asked = (" AND n.state = ?", [state]) if state else ("", [])
    rows = store.rows(f"{_PERSONS}{where} ORDER BY n.state, d.id", asked)
    told: dict[tuple[object, ...], list[sqlite3.Row]] = {}
    wanted = folded(text).split()
    for row in rows:
        said = folded(f"{row['name']} {row['email'] or ''}")
        if all(word in said for word in wanted):
            words = tuple(sorted(letters(row["name"]).split()))
            told.setdefault((row["state"], words, row["email"], row["out"]), []).append(row)
    found = [_person(same) for same in told.values()]
    return sorted(found, key=lambda p: (p.state or "~", folded(p.name), p.email or ""))


def _person(rows: list[sqlite3.Row]) -> KnownPerson:
    last = rows[-1]
    return KnownPerson(
        last["id"],
        last["state"],
        last["name"],
        last["email"],
        last["title"],
        len({row["note"] for row in rows}),
        last["document_id"],
        bool(last["out"]),
    )


def remove_person(store: Store, who: str, delegate: int) -> list[int]:
    """Learn no more from this person's approved rows: the rows stay as they are.

    Returns:
        The rows: of that State, name and address.

    Raises:
        UnknownRecord: there is no such row, or nobody approved it.
    """
    rows = _rows_of(store, delegate)
    with store.writing(who) as conn:
        conn.executemany(
            "INSERT OR IGNORE INTO unlearnt_rows (delegate_id, who, at) VALUES (?, ?, ?)",
            [[row, who, sanitize.now()] for row in rows],
        )
        switches.judge_again(store)
    return rows


def restore_person(store: Store, who: str, delegate: int) -> list[int]:
    """Learn from the person's rows again.

    Raises:
        UnknownRecord: there is no such row, or nobody approved it.
    """
    rows = _rows_of(store, delegate)
    with store.writing(who) as conn:
        conn.executemany("DELETE FROM unlearnt_rows WHERE delegate_id = ?", [[r] for r in rows])
        switches.judge_again(store)
    return rows


def _rows_of(store: Store, delegate: int) -> list[int]:
    found = store.rows(f"{_PERSONS} AND d.id = ?", [delegate])
    if not found:
        raise UnknownRecord(f"No approved person has the number {delegate}.")
    [one] = found
    rows = store.rows(f"{_PERSONS} AND n.state IS ? AND d.email IS ?", [one["state"], one["email"]])
    return [row["id"] for row in rows if same_name(row["name"], one["name"])]


def words(store: Store, state: str | None = None) -> list[KnownWord]:
    """The words of a State, or of all, the surest first."""
    found: list[KnownWord] = []
    for iso3 in [state] if state else _states(store):
        out = known.removed_words(store, iso3)
        there = learnt(known.approved(store, iso3), kinds=TAKEN_OUT).found
        for key, word in {**there, **of_notes.words(store, iso3)}.items():
            found.append(
                KnownWord(iso3, word.kind, word.text, word.notes, word.evidence, key in out)
            )
    return sorted(found, key=lambda w: (w.state, KINDS.index(w.kind), -w.notes, folded(w.word)))


def remove_words(store: Store, who: str, state: str, texts: Iterable[str]) -> list[KnownWord]:
    """Learn these words of a State no more, of whatever kind they are.

    Raises:
        UnknownRecord: one of them is no word of the State.
    """
    chosen = _chosen(store, state, texts)
    with store.writing(who) as conn:
        conn.executemany(
            "INSERT OR IGNORE INTO unlearnt_words (state, kind, word, who, at)"
            " VALUES (?, ?, ?, ?, ?)",
            [[state, w.kind, letters(w.word), who, sanitize.now()] for w in chosen],
        )
        switches.judge_again(store)
    return chosen


def restore_words(store: Store, who: str, state: str, texts: Iterable[str]) -> list[KnownWord]:
    """Learn these words again.

    Raises:
        UnknownRecord: one of them is no word of the State.
    """
    chosen = _chosen(store, state, texts)
    with store.writing(who) as conn:
        conn.executemany(
            "DELETE FROM unlearnt_words WHERE state = ? AND kind = ? AND word = ?",
            [[state, w.kind, letters(w.word)] for w in chosen],
        )
        switches.judge_again(store)
    return chosen


def _chosen(store: Store, state: str, texts: Iterable[str]) -> list[KnownWord]:
    there = words(store, state)
    chosen: list[KnownWord] = []
    for text in texts:
        same = [word for word in there if letters(word.word) == letters(text)]
        if not same:
            raise UnknownRecord(f"“{text}” is no word that was learnt of {state}.")
        chosen += same
    return chosen


def _states(store: Store) -> list[str]:
    rows = store.rows("SELECT DISTINCT state FROM documents WHERE state IS NOT NULL ORDER BY 1")
    return [row["state"] for row in rows]
