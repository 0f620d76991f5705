"""What a person does about a mission's confirmation: asks for it, and says what an answer is."""

from __future__ import annotations

from store import sanitize
from store.db.database import Store
from store.errors import EditRefused, EditStale
from store.review.undo import Done, doing
from store.service import confirmations
from store.service.confirmations import After

VERDICTS = {"confirmed": "confirmed without errors", "errors": "errors told by the mission"}
"""What a person may say of an answer, and what that is called when it is taken back."""


def ask(store: Store, who: str, document: int, after: After) -> Done:
    """The mission of a reply is to be asked with the next poll.

    Raises:
        EditStale: there is no such reply any more.
        EditRefused: its State or meeting is not known, or its review is not finished.
    """
    row = store.one("SELECT state, meeting FROM documents WHERE id = ?", [document])
    if row is None:
        raise EditStale("There is no such reply any more.", ("documents", document))
    if row["state"] is None or row["meeting"] is None:
        raise EditRefused("its State or its meeting is not known")
    with doing(store, who, "draft to the mission asked for", document) as (_, done):
        confirmations.ask(store, row["meeting"], row["state"], after, who)
    return done


def judge(store: Store, who: str, document: int, answer: int, verdict: str) -> Done:
    """A person has read an answer and says what it is.

    Raises:
        EditStale: the answer is not there any more.
        EditRefused: there is no such verdict.
    """
    if verdict not in VERDICTS:
        raise EditRefused("say whether it confirms or tells of errors")
    with doing(store, who, VERDICTS[verdict], document) as (conn, done):
        written = conn.execute(
            "UPDATE confirmation_answers SET verdict = ?, who = ?, at = ? WHERE id = ?",
            [verdict, sanitize.one_line(who) or "reviewer", sanitize.now(), answer],
        )
        if not written.rowcount:
            raise EditStale("This answer is not there any more.", ("documents", document))
    return done
