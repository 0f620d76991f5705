"""Failures rest, are tried again, and end with a person; a released message stays released."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from ingest.errors import MessageTimeout
from ingest.types import Attachment, ItemKey, ParsedMessage, RawItem
from noteverbale import pipeline
from noteverbale.tally import Tally
from store import sanitize
from store.db.database import Store
from store.errors import StoreError, UnknownRecord
from store.intake import documents, keeping, messages
from store.service import retries


def _message(store: Store) -> int:
    item = RawItem(ItemKey("u@example.org", "INBOX", 1, 1), "message", b"Subject: x\r\n\r\n")
    message = keeping.keep(store, item).message
    assert message is not None
    return message


def _parse(store: Store) -> int:
    """One attempt; how many messages were tried."""
    tried = 0

    def failing(data: bytes) -> ParsedMessage:
        nonlocal tried
        tried += 1
        raise MessageTimeout("Too long.")

    pipeline.parse(store, failing, Tally(), Event(), resting=retries.resting(store, "message"))
    return tried


def _later(store: Store, seconds: float) -> None:
    """Time goes by: what rests comes nearer by so much."""
    for row in store.rows("SELECT * FROM retries WHERE not_before IS NOT NULL"):
        moment = sanitize.parsed_moment(row["not_before"])
        assert moment is not None
        with store.writing() as conn:
            conn.execute(
                "UPDATE retries SET not_before = ? WHERE kind = ? AND id = ?",
                [sanitize.moment(moment - timedelta(seconds=seconds)), row["kind"], row["id"]],
            )


def test_a_message_is_tried_three_times_with_growing_pauses_and_then_set_aside(
    store: Store,
) -> None:
    _message(store)
    assert [_parse(store), _parse(store)] == [1, 0]
    _later(store, 601)
    assert [_parse(store), _parse(store)] == [1, 0]
    _later(store, 601)
    assert _parse(store) == 0
    _later(store, 3600)
    assert _parse(store) == 1
    row = store.one("SELECT outcome, reason FROM messages")
    assert row is not None
    assert tuple(row) == ("set_aside", "message_timeout")


def test_a_clock_set_back_does_not_keep_a_message_waiting_for_a_year(store: Store) -> None:
    _message(store)
    _parse(store)
    _later(store, -365 * 86_400)
    assert _parse(store) == 1


def _document(store: Store, reason: str) -> int:
    message = _message(store)
    note = Attachment("a.pdf", "application/pdf", b"%PDF-")
    (document,) = messages.add_parsed(
        store, message, ParsedMessage(None, None, None, None, None, (note,))
    )
    _fails(store, document, reason)
    return document


def _fails(store: Store, document: int, reason: str) -> None:
    with store.writing() as conn:
        conn.execute(
            "UPDATE documents SET outcome = 'failed', reason = ? WHERE id = ?", [reason, document]
        )


def test_a_document_that_failed_for_a_passing_reason_is_read_three_times(store: Store) -> None:
    document = _document(store, "timeout")
    readings = 1
    for _ in range(20):
        retries.plan_documents(store)
        _later(store, 7 * 3600)
        readings += retries.wake_documents(store)
        if documents.pending_documents(store):
            _fails(store, document, "timeout")
    assert readings == retries.DOCUMENT_ATTEMPTS


def test_a_document_rests_before_it_is_read_again(store: Store) -> None:
    _document(store, "crashed")
    assert retries.plan_documents(store) == 1
    assert retries.wake_documents(store) == 0
    _later(store, 601)
    assert retries.wake_documents(store) == 1
    assert len(documents.pending_documents(store)) == 1


@pytest.mark.parametrize("reason", ["corrupt", "encrypted", "too_large"])
def test_a_document_that_will_never_get_better_is_left_alone(store: Store, reason: str) -> None:
    _document(store, reason)
    assert retries.plan_documents(store) == 0


def test_a_released_message_says_why_and_is_not_tried_again(store: Store) -> None:
    message = _message(store)
    with pytest.raises(StoreError, match="not set aside"):
        retries.release(store, message, "advertising", "registry")
    messages.set_aside(store, message, "no_parts")
    retries.release(store, message, "advertising", "registry")
    assert messages.retry(store) == 0
    row = store.one("SELECT outcome, reason FROM messages_list")
    assert row is not None
    assert tuple(row) == ("skipped", "released")
    kept = store.one("SELECT was, why, who FROM releases")
    assert kept is not None
    assert tuple(kept) == ("no_parts", "advertising", "registry")


def test_an_unknown_message_cannot_be_released(store: Store) -> None:
    with pytest.raises(UnknownRecord):
        retries.release(store, 9, "x", "y")


def test_a_person_who_asks_for_another_try_need_not_wait(store: Store) -> None:
    message = _message(store)
    _parse(store)
    retries.forget(store, "message", message)
    assert retries.resting(store, "message") == frozenset()
