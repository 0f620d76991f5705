"""Delegates and facts as a person judges them: value, place on the page, other readings, doubts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from extract.types import Delegate, Evidence, NoteVerbale, Value
from ocr.types import Page
from store.db.database import Store
from store.derived import corrected
from store.fields import AS_PRINTED, NOTE_VALUES
from store.review import known
from store.review.choices import Choice, choices
from store.review.rows import row_version
from store.rules import reconcile
from store.rules.latin.proposal import has_other_script
from store.rules.same_note import SAME_NOTE_AGAIN

Doubts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: page from 1, box as left, top, right, bottom in its pixels."""

    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """A value with its places, other readings and doubts, these as (code, detail).

    ``confidence`` is None where nothing was read; ``edited`` if it
    says something else than was read, because a person has written it. ``source`` is where a
    proposal is from, ``borne_out`` whether the note or the address bears it out.
    """

    name: str
    value: str | None
    confidence: float | None = None
    places: tuple[Place, ...] = ()
    readings: tuple[Choice, ...] = ()
    doubts: Doubts = ()
    edited: bool = False
    source: str | None = None
    borne_out: bool = False


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A delegate. ``doubts`` are those about the person as a whole.

    ``again`` if the person stands in the list from another scan of the same note, ``folded`` if
    only the stored values were loaded: a long list shows some rows whole at a time.
    """

    id: int
    seq: int
    status: str
    current: bool
    confidence: float
    added: bool
    fields: tuple[Field, ...]
    doubts: Doubts
    changed: bool
    again: bool
    version: str
    folded: bool = False

    @property
    def waits(self) -> bool:
        """Whether a person has yet to decide."""
        return self.current and (self.status in ("new", "needs_review") or self.changed)

    @property
    def certain(self) -> bool:
        """Whether nothing about it is doubtful, and nobody has looked at it yet."""
        return self.current and self.status == "new" and not self.changed

    @property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}


def reply_rows(
    store: Store,
    found: list[sqlite3.Row],
    note: NoteVerbale | None,
    pages: Mapping[int, Page],
    whole: frozenset[int] | None = None,
) -> tuple[ReplyRow, ...]:
    """The delegates as rows of the page, in their order; ``whole`` are not folded (None: all)."""
    read = {d.seq: d for d in note.delegates} if note else {}
    rows = []
    for row in found:
        folded = whole is not None and row["id"] not in whole
        delegate = read.get(row["read_seq"]) if row["read_seq"] is not None else None
        reasons = json.loads(row["reasons"])
        doubts = [] if folded else json.loads(row["doubts"])
        if folded:
            fields = tuple(Field(name, row[name]) for name in AS_PRINTED)
        else:
            doubts, offered = known.shown(store, row, doubts)
            fields = _fields_of(store, row, delegate, doubts, pages, offered)
        rows.append(
            ReplyRow(
                id=row["id"],
                seq=row["seq"],
                status=row["status"],
                current=bool(row["current"]),
                confidence=row["confidence"],
                added=row["origin"] == "added",
                fields=fields,
                doubts=_about(doubts, None),
                changed=reconcile.READING_CHANGED in reasons,
                again=SAME_NOTE_AGAIN in reasons,
                version=row_version(row),
                folded=folded,
            )
        )
    return tuple(rows)


def _fields_of(
    store: Store,
    row: sqlite3.Row,
    delegate: Delegate | None,
    doubts: list[dict[str, str]],
    pages: Mapping[int, Page],
    offered: Mapping[str, Choice],
) -> tuple[Field, ...]:
    """The fields as the card has them; Latin letters follow a name in another script."""
    settled = corrected.settled_fields(store, "delegates", row["id"])
    fields = tuple(
        _field(
            name,
            row[name],
            getattr(delegate, name) if delegate else None,
            doubts,
            name in settled,
            pages,
            offered.get(name),
        )
        for name in AS_PRINTED
    )
    if row["name_latin"] is None and not has_other_script(row["name"]):
        return fields
    at = AS_PRINTED.index("name") + 1
    return (*fields[:at], _latin_field(row), *fields[at:])


def _latin_field(row: sqlite3.Row) -> Field:
    """The name in Latin letters, where it is written in another script: read nowhere, proposed."""
    return Field(
        "name_latin",
        row["name_latin"],
        source=row["latin_source"] if row["name_latin"] else None,
        borne_out=bool(row["latin_confirmed"]),
    )


def _field(
    name: str,
    stored: str | None,
    value: Value | None,
    doubts: list[dict[str, str]],
    settled: bool,
    pages: Mapping[int, Page],
    offered: Choice | None,
) -> Field:
    return Field(
        name=name,
        value=stored,
        confidence=value.confidence if value and not settled else None,
        places=_places(value.evidence) if value else (),
        readings=known.with_known(
            choices(name, stored, value, pages), stored, None if settled else offered
        ),
        doubts=() if settled else _about(doubts, name),
        edited=settled,
    )


def _about(doubts: list[dict[str, str]], field: str | None) -> Doubts:
    return tuple((d["code"], d["detail"]) for d in doubts if d["field"] == field)


def note_field(
    name: str,
    facts: sqlite3.Row,
    note: NoteVerbale | None,
    doubts: list[dict[str, str]],
    settled: frozenset[str],
) -> Field:
    """A fact of the note; of the meeting the invitation's reference as it is quoted."""
    value: Value | None = getattr(note, name) if note and name in NOTE_VALUES else None
    if name == "meeting" and note is not None:
        value = note.quoted_reference
    return Field(
        name=name,
        value=facts[name],
        confidence=value.confidence if value and name not in settled else None,
        places=_places(value.evidence) if value else (),
        doubts=() if name in settled else _about(doubts, name),
        edited=name in settled,
    )


def _places(evidence: tuple[Evidence, ...]) -> tuple[Place, ...]:
    return tuple(
        Place(e.page, (e.box.left, e.box.top, e.box.right, e.box.bottom))
        for e in evidence
        if e.box is not None
    )
