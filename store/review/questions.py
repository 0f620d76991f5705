"""The same question in several rows of a meeting: found, answered once, taken back by one step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from store import sanitize
from store.db.database import Store
from store.db.statements import insert
from store.errors import EditRefused, EditStale
from store.review.rows import check_delegate, get_delegate, row_version, update_row
from store.review.undo import Done, doing
from store.rules.experience.judged import UNSURE
from store.rules.questions import Question, question

MOST = 200
"""Questions shown at once."""

_OWN_STATE = ("name",)
"""Fields of which the same word in another State is another question: spelling varies."""

_OPEN = """
SELECT d.*, n.state, n.filename, s.name_en AS state_name
  FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
  LEFT JOIN states AS s ON s.iso3 = n.state
 WHERE n.meeting = ? AND n.outcome = 'processed' AND d.current = 1 AND d.status = 'needs_review'
 ORDER BY s.name_en IS NULL, s.name_en, n.id, d.seq, d.id
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A row in which it is asked. ``only`` if nothing else is doubtful about it."""

    delegate: int
    version: str
    document: int
    filename: str
    state_name: str | None
    name: str
    value: str
    codes: tuple[str, ...]
    only: bool


@dataclass(frozen=True, slots=True)
class SameQuestion:
    """One question and its rows; ``state`` where it is one State's alone."""

    question: Question
    state: str | None
    rows: tuple[Asked, ...]

    @property
    def key(self) -> str:
        """What a form names it by."""
        asked = self.question
        return json.dumps([asked.kind, asked.field, asked.text, self.state], ensure_ascii=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """Why it is asked."""
        return tuple(dict.fromkeys(code for row in self.rows for code in row.codes))

    @property
    def cleared(self) -> int:
        """Rows of which nothing is doubtful once it is answered."""
        return sum(row.only for row in self.rows)


def same_questions(store: Store, meeting: str) -> tuple[SameQuestion, ...]:
    """Questions asked in two rows or more, those first that clear most rows."""
    found: dict[tuple[Question, str | None], list[Asked]] = {}
    for row in store.rows(_OPEN, [meeting]):
        for (asked, state), codes in _of_row(row).items():
            others = [d for d in json.loads(row["doubts"]) if d["code"] != UNSURE]
            mine = sum(d["code"] in codes and d["field"] == asked.field for d in others)
            reasons = set(json.loads(row["reasons"])) - {d["code"] for d in others} - {UNSURE}
            found.setdefault((asked, state), []).append(
                Asked(
                    delegate=row["id"],
                    version=row_version(row),
                    document=row["document_id"],
                    filename=row["filename"],
                    state_name=row["state_name"] or row["state"],
                    name=row["name"],
                    value=row[asked.field],
                    codes=codes,
                    only=mine == len(others) and not reasons,
                )
            )
    several = [
        SameQuestion(asked, state, tuple(rows))
        for (asked, state), rows in found.items()
        if len(rows) > 1
    ]
    several.sort(key=lambda one: (-one.cleared, -len(one.rows), one.question))
    return tuple(several[:MOST])


def _of_row(row: sqlite3.Row) -> dict[tuple[Question, str | None], tuple[str, ...]]:
    """What is asked of a row, with the codes that ask it."""
    found: dict[tuple[Question, str | None], tuple[str, ...]] = {}
    for doubt in json.loads(row["doubts"]):
        field = doubt["field"]
        asked = question(doubt["code"], field, doubt["detail"] or "", row[field] if field else None)
        if asked is not None:
            key = (asked, row["state"] if field in _OWN_STATE else None)
            found[key] = (*found.get(key, ()), doubt["code"])
    return found


def is_right(store: Store, who: str, meeting: str, key: str, rows: Mapping[int, str]) -> Done:
    """It is right as it stands: the doubt is settled in all rows that were shown.

    Args:
        store: where to.
        who: the person's name.
        meeting: reference.
        key: of the question, ``SameQuestion.key``.
        rows: versions as they were shown, by delegate.

    Raises:
        EditStale: the question is asked in these rows no more.
    """
    with doing(store, who, f"settled in {len(rows)} rows") as (conn, done):
        asked, shown = _shown(store, meeting, key, rows)
        for row in shown:
            for code in row.codes:
                values = {
                    "delegate_id": row.delegate,
                    "code": code,
                    "kind": asked.kind,
                    "field": asked.field,
                    "text": asked.text,
                    "who": sanitize.one_line(who) or "reviewer",
                    "at": sanitize.now(),
                }
                insert(conn, "settled_doubts", values)
    return done


def should_be(
    store: Store, who: str, meeting: str, key: str, rows: Mapping[int, str], text: str
) -> Done:
    """Another text is put in its place in all rows; each is still to be accepted.

    Raises:
        EditStale: the question is asked in these rows no more.
        EditRefused: there is no text, or a value is not valid.
    """
    new = sanitize.one_line(text)
    if not new:
        raise EditRefused("say what it should be")
    with doing(store, who, f"corrected in {len(rows)} rows") as (conn, done):
        asked, shown = _shown(store, meeting, key, rows)
        if asked.kind == "domain":
            new = new.rpartition("@")[2].lower()
        for one in shown:
            row = get_delegate(store, one.delegate)
            update_row(conn, "delegates", row, {asked.field: asked.answered(one.value, new)})
            conn.execute(
                "UPDATE delegates SET status = 'needs_review' WHERE id = ?", [one.delegate]
            )
    return done


def _shown(
    store: Store, meeting: str, key: str, rows: Mapping[int, str]
) -> tuple[Question, tuple[Asked, ...]]:
    """The question and the rows as they were shown.

    Raises:
        EditStale: one of them has changed, or it is asked there no more.
    """
    found = next((one for one in same_questions(store, meeting) if one.key == key), None)
    there = {row.delegate: row for row in found.rows} if found else {}
    if found is None or not rows or not there.keys() >= rows.keys():
        raise EditStale("This is asked no more in some of these rows.", ("delegates", 0))
    for delegate, version in rows.items():
        check_delegate(get_delegate(store, delegate), version, None)
    return found.question, tuple(there[delegate] for delegate in rows)
