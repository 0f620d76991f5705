"""Doubts that people have settled for several rows at once, as a lesson for those rows."""

from __future__ import annotations

import json
from collections.abc import Iterable

from store.db.database import Store
from store.learn import as_read
from store.rules.experience.judged import Lesson
from store.rules.questions import Question, answered


def lesson(store: Store, rows: Iterable[int]) -> Lesson:
    """What was settled of these delegates."""
    said: dict[int, set[tuple[str, Question]]] = {}
    for row in store.rows(
        "SELECT * FROM settled_doubts WHERE delegate_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(rows))],
    ):
        asked = Question(row["kind"], row["field"], row["text"])
        said.setdefault(row["delegate_id"], set()).add((row["code"], asked))
    return answered({one: frozenset(of) for one, of in said.items()}, as_read.undoubted())
