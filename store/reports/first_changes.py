"""The first of very many changes: found meeting by meeting, without gathering the others."""

from __future__ import annotations

import json
from collections.abc import Iterator

from store.db.database import Store
from store.reports.change_questions import (
    DELETED,
    EDITS,
    EVERYWHERE,
    ORDER,
    REPLIES,
    ROWS,
    Questions,
)
from store.reports.changes import Change, told
from store.rules.names import folded

FEW = 5_000
"""Rows that were touched; as many are told whole in a tenth of a second."""

DOCUMENTS_AT_ONCE = 300
"""Of some States: a step fills half a page of 2,000 changes."""

_PLACE = "n.meeting IS :meeting AND coalesce(n.state, '') IN (SELECT value FROM json_each(:states))"
_OF_A_PLACE = Questions(
    f"""
{ROWS}
  FROM documents AS n INDEXED BY documents_by_meeting
 CROSS JOIN delegates AS d ON d.document_id = n.id
  LEFT JOIN successions AS s ON s.delegate_id = d.id
 WHERE {_PLACE}
   AND (EXISTS (SELECT 1 FROM turns AS t WHERE t.delegate_id = d.id AND t.at >= :since)
        OR EXISTS (SELECT 1 FROM corrections AS c WHERE c.table_name = 'delegates'
                      AND c.row_id = d.id AND c.at >= :since)
        OR moved)
{ORDER}""",  # noqa: S608 - our own words
    f"""{EDITS} AND row_id IN (SELECT d.id FROM documents AS n INDEXED BY documents_by_meeting
                    CROSS JOIN delegates AS d ON d.document_id = n.id WHERE {_PLACE})
 ORDER BY id""",  # noqa: S608
    DELETED + f" AND {_PLACE}",
    REPLIES + f" AND {_PLACE} ORDER BY n.id",
)
_TOUCHED = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM turns WHERE at >= :since LIMIT :few))
     + (SELECT count(*) FROM (SELECT 1 FROM corrections WHERE at >= :since LIMIT :few))
"""


def first(store: Store, since: str, most: int) -> tuple[tuple[Change, ...], bool]:
    """The first so many changes as ``changes`` orders them, and whether there are more."""
    moment = since.rstrip("Z")  # as ``changes`` compares
    with store.reading():
        touched = store.rows(_TOUCHED, {"since": moment, "few": FEW})[0][0]
        if touched < FEW:
            found = list(told(store, EVERYWHERE, {"since": moment}))
        else:
            found = []
            for meeting, states in _places(store):
                place = {"since": moment, "meeting": meeting, "states": json.dumps(states)}
                found += told(store, _OF_A_PLACE, place)
                if len(found) > most:
                    break
    return tuple(found[:most]), len(found) > most


def _places(store: Store) -> Iterator[tuple[str | None, list[str]]]:
    """Meetings in order, and of each some States at a time, in order; an unknown one is ``""``."""
    names = {r["iso3"]: r["name_en"] for r in store.rows("SELECT iso3, name_en FROM states")}
    known = "SELECT DISTINCT meeting FROM documents WHERE meeting IS NOT NULL ORDER BY 1"
    for meeting in [*(row[0] for row in store.rows(known)), None]:
        counted = store.rows(
            "SELECT coalesce(state, ''), count(*) FROM documents WHERE meeting IS ? GROUP BY 1",
            [meeting],
        )
        states: list[str] = []
        documents = 0
        for state, count in sorted(
            counted, key=lambda row: (not row[0], folded(names.get(row[0], row[0])))
        ):
            states.append(state)
            documents += count
            if documents >= DOCUMENTS_AT_ONCE:
                yield meeting, states
                states, documents = [], 0
        if states:
            yield meeting, states
