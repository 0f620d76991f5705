"""What a State's decided notes say of later ones: how its numbers look, its mission's addresses.

Nothing is copied: what is known stands in the notes, their pages and what people settled of them.
A note teaches once no row of it and its annexes waits and somebody approved one; what it was
doubted for itself it teaches only if a person has settled that, so that nothing proves itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from extract.types import Value
from store.db import codec
from store.db.database import Store
from store.learn import known, switches
from store.rules.experience.letters import letters
from store.rules.experience.of_notes import Said, at_the_edges, counted, is_western, shape
from store.rules.experience.words import Word, WordKind

NUMBER = "reference_uncertain"
ADDRESS = "address_without_person"

LEGIBLE = 0.6
"""Confidence of the worst word of a number from which on it was not doubted for how it is printed:
the trust below which ``extract.facts.note_facts`` doubts a number."""

MOST_NOTES = 100
"""Decided notes of a State that are looked at, the newest: 60 took 13 ms for an address."""

_DECIDED = """
SELECT n.id, coalesce(n.same_as, n.id) AS note, n.note_reference, n.looks, n.settled,
       p.text AS page
  FROM documents AS n
  LEFT JOIN pages AS p ON p.document_id = n.id AND p.number = 1
 WHERE n.state = :state AND n.outcome = 'processed' AND n.forgotten_at IS NULL
   AND coalesce(n.same_as, n.id) <> :note
   AND n.part_of IS NULL
   AND EXISTS (SELECT 1 FROM documents AS a CROSS JOIN delegates AS d ON d.document_id = a.id
                WHERE (a.id = n.id OR a.part_of = n.id) AND d.status IN ('approved', 'corrected'))
   AND NOT EXISTS (SELECT 1 FROM documents AS a CROSS JOIN delegates AS d ON d.document_id = a.id
                    WHERE (a.id = n.id OR a.part_of = n.id) AND d.current = 1
                      AND d.status IN ('new', 'needs_review'))
 ORDER BY n.id DESC LIMIT :most
"""
_OWNED = "SELECT 1 FROM delegates WHERE email = ? AND status <> 'rejected' LIMIT 1"


def words(store: Store, state: str, note: int = 0) -> dict[tuple[WordKind, str], Word]:
    """The words of a State's decided notes, but of this one; those taken out, too."""
    return counted((*_numbers(store, state, note), *_addresses(store, state, note)))


def answered(store: Store, document: sqlite3.Row) -> list[str]:
    """Codes of a note's doubts that its State's other notes answer; ``document`` is its row."""
    doubts = codec.doubts_from_data(json.loads(document["doubts"]))
    strays = [letters(doubt.detail) for doubt in doubts if doubt.code == ADDRESS]
    unsure = any(doubt.code == NUMBER for doubt in doubts)
    state, note = document["state"], known.standing(document)
    if not state or not (strays or unsure) or not switches.wanted(store)["words"]:
        return []
    removed = known.removed_words(store, state)
    found: list[str] = []
    if strays:
        there = counted(_addresses(store, state, note))
        if all(_is_known(there, removed, "mission_address", stray) for stray in strays):
            found.append(ADDRESS)
    if unsure and (looks := _legible(store, document)):
        there = counted(_numbers(store, state, note))
        if _is_known(there, removed, "number", looks):
            found.append(NUMBER)
    return found


def our_domains(store: Store) -> set[str]:
    """Notes print the address they were sent to, colleagues pass mails on: no mission's."""
    rows = store.rows("SELECT reply_address FROM meetings WHERE reply_address IS NOT NULL")
    return {row[0].rpartition("@")[2].strip(" >.").lower() for row in rows}


def _is_known(
    there: dict[tuple[WordKind, str], Word],
    removed: frozenset[tuple[WordKind, str]],
    kind: WordKind,
    text: str,
) -> bool:
    key = (kind, letters(text))
    return key in there and there[key].evidence and key not in removed


def _legible(store: Store, document: sqlite3.Row) -> str | None:
    """How the note's number looks, if it was doubted for its place or label and not its digits.

    What a number looks like says nothing of digits that were hard to read.
    """
    row = store.one("SELECT note FROM readings WHERE document_id = ?", [document["id"]])
    value: Value | None = codec.note_from_json(row["note"]).note_reference if row else None
    if value is None or value.text != document["note_reference"] or value.original is not None:
        return None
    if any(e.confidence < LEGIBLE for e in value.evidence):
        return None
    pages = store.rows("SELECT text FROM pages WHERE document_id = ?", [document["id"]])
    if not all(is_western(page["text"]) for page in pages):
        return None
    return shape(value.text)


def _numbers(store: Store, state: str, note: int) -> Iterator[Said]:
    for row in _decided(store, state, note):
        looks = shape(row["note_reference"] or "")
        if looks and NUMBER not in {code for code, _ in _unsettled(row)}:
            yield "number", looks, row["note"]


def _addresses(store: Store, state: str, note: int) -> Iterator[Said]:
    ours = our_domains(store)
    for row in _decided(store, state, note):
        settled = {letters(detail) for code, detail in _settled(row) if code == ADDRESS and detail}
        asked = {letters(detail) for code, detail in _unsettled(row) if code == ADDRESS}
        for address in sorted((settled | at_the_edges(row["page"] or "")) - asked):
            domain = address.rpartition("@")[2]
            if domain not in ours and store.one(_OWNED, [address]) is None:
                yield "mission_address", address, row["note"]


def _decided(store: Store, state: str, note: int) -> list[sqlite3.Row]:
    rows = store.rows(_DECIDED, {"state": state, "note": note, "most": MOST_NOTES})
    return rows[::-1]


def _settled(row: sqlite3.Row) -> set[tuple[str, str]]:
    return {(code, detail) for code, detail in json.loads(row["settled"])}


def _unsettled(row: sqlite3.Row) -> set[tuple[str, str]]:
    return {(code, detail) for code, detail in json.loads(row["looks"])} - _settled(row)
