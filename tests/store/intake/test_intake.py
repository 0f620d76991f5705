from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.types import Attachment, ItemKey, ParsedMessage, RawItem
from store.db.database import Store
from store.errors import UnknownRecord
from store.intake import documents, keeping, messages
from store.intake.batch import Batch
from store.opening import open_store
from tests.store.replies import message, note, parsed, pdf, save, scan, table


def test_a_message_is_kept_before_it_is_parsed(store: Store) -> None:
    kept = keeping.keep(store, message(b"raw", 7))
    assert kept.new
    assert store.originals.get(message(b"raw", 7).sha256) == b"raw"
    (pending,) = messages.pending_messages(store)
    assert (pending.id, pending.attempts) == (kept.message, 0)
    assert table(store, "folder, uidvalidity, uid, outcome", "messages_list") == [
        ("INBOX", 1, 7, "pending")
    ]


def test_keeping_the_same_message_again_changes_nothing(store: Store) -> None:
    first = keeping.keep(store, message(b"raw", 7))
    again = keeping.keep(store, message(b"raw", 7), frozenset({message(b"raw", 7).key}))
    assert again == replace(first, new=False)
    assert len(table(store, "*", "messages")) == 1
    assert messages.known_uids(store, "user@mail.example:993", "INBOX", 1) == {7}


def test_killed_between_original_and_row_the_next_start_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "noteverbale.db"
    script = (
        "import os, pathlib, signal, sys\n"
        "from store.intake import keeping\n"
        "from store.db.database import Store\n"
        "from store.opening import open_store\n"
        "from tests.store.replies import message\n"
        "store = open_store(pathlib.Path(sys.argv[1]))\n"
        "Store.writing = lambda *args: os.kill(os.getpid(), signal.SIGKILL)\n"
        "keeping.keep(store, message(b'raw', 7))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    with open_store(path) as store:
        assert store.originals.has(message(b"raw", 7).sha256)
        assert not table(store, "*", "messages")
        assert keeping.keep(store, message(b"raw", 7)).new
        assert len(table(store, "*", "messages")) == 1


def test_after_uidvalidity_changed_known_messages_are_recognised(store: Store) -> None:
    items = [message(b"one", 1), message(b"two", 2)]
    first = [keeping.keep(store, item) for item in items]
    renumbered = [message(b"one", 5, uidvalidity=2), message(b"two", 6, uidvalidity=2)]
    listed = frozenset(item.key for item in renumbered)
    again = [keeping.keep(store, item, listed) for item in renumbered]
    assert [kept.message for kept in again] == [kept.message for kept in first]
    assert not any(kept.new for kept in again)
    assert messages.known_uids(store, "user@mail.example:993", "INBOX", 2) == {5, 6}
    assert [row[1] for row in table(store, "outcome, uidvalidity", "messages_list")] == [2, 2]


def test_a_message_moved_away_and_back_is_the_same_message(store: Store) -> None:
    first = keeping.keep(store, message(b"raw", 7))
    back = message(b"raw", 9)
    again = keeping.keep(store, back, frozenset({back.key}))
    assert (again.message, again.new) == (first.message, False)


def test_a_message_that_lies_there_twice_is_a_duplicate_once(store: Store) -> None:
    one, two = message(b"raw", 7), message(b"raw", 8)
    listed = frozenset({one.key, two.key})
    first, second = keeping.keep(store, one, listed), keeping.keep(store, two, listed)
    assert first.message != second.message
    assert table(store, "outcome", "messages_list") == [("pending",), ("duplicate",)]
    for item in (one, two):
        assert not keeping.keep(store, item, listed).new
    # and both are known again after a renumbering
    for item in (message(b"raw", 1, uidvalidity=2), message(b"raw", 2, uidvalidity=2)):
        listed = frozenset(message(b"raw", uid, uidvalidity=2).key for uid in (1, 2))
        assert not keeping.keep(store, item, listed).new
    assert len(table(store, "*", "messages")) == 2


def test_a_duplicate_has_the_facts_of_the_first_copy(store: Store) -> None:
    one, two = message(b"raw", 7), message(b"raw", 8)
    listed = frozenset({one.key, two.key})
    first = keeping.keep(store, one, listed).message
    keeping.keep(store, two, listed)
    assert first is not None
    messages.add_parsed(store, first, parsed())
    assert [r[0] for r in table(store, "from_address", "messages_list")] == [
        "mission@kenya.example"
    ] * 2


def test_a_folder_read_again_brings_nothing_new(store: Store) -> None:
    item = RawItem(ItemKey("file", "box.mbox", 0, 1), "message", b"raw")
    assert keeping.keep(store, item).new
    assert not keeping.keep(store, item).new
    moved = RawItem(ItemKey("file", "elsewhere/box.mbox", 0, 4), "message", b"raw")
    assert not keeping.keep(store, moved).new


def test_a_place_that_holds_another_message_now(store: Store) -> None:
    key = ItemKey("file", "box.mbox", 0, 1)
    first = keeping.keep(store, RawItem(key, "message", b"one"))
    second = keeping.keep(store, RawItem(key, "message", b"two"))
    assert second.new
    assert first.message != second.message


def test_a_scan_is_known_by_bytes_and_name(store: Store) -> None:
    first = scan(store, b"scan", "note.pdf")
    assert scan(store, b"scan", "note.pdf") == first
    copy = scan(store, b"scan", "copy of note.pdf")
    assert copy != first
    assert table(store, "outcome, received_at, message_id", "documents_list") == [
        ("pending", None, None),
        ("duplicate", None, None),
    ]


def test_attachments_become_documents(store: Store) -> None:
    kept = keeping.keep(store, message(b"raw", 7)).message
    assert kept is not None
    found = messages.add_parsed(
        store,
        kept,
        parsed(
            pdf(b"a", "a.pdf"),
            pdf(b"logo", "logo.png", dropped="signature_logo"),
            pdf(b"a", "a again.pdf"),
            pdf(b"c", "c.pdf", problem="encrypted"),
            pdf(b"d", "d.pdf", problem="damaged_base64"),
        ),
    )
    assert table(store, "filename, outcome, reason", "documents_list") == [
        ("a.pdf", "pending", None),
        ("a again.pdf", "duplicate", None),
        ("c.pdf", "rejected", "encrypted"),
        ("d.pdf", "failed", "damaged_base64"),
    ]
    assert table(store, "filename, reason", "dropped_parts") == [("logo.png", "signature_logo")]
    assert messages.add_parsed(store, kept, parsed(pdf(b"other"))) == found
    (pending,) = documents.pending_documents(store)
    assert store.originals.get(pending.sha256) == b"a"
    assert pending.received_at is not None
    assert pending.received_at.isoformat() == "2019-04-05T08:00:00+00:00"
    assert not messages.pending_messages(store)


def test_the_same_attachment_in_another_message_is_a_duplicate(store: Store) -> None:
    for uid, data in enumerate((b"first", b"forwarded"), start=1):
        kept = keeping.keep(store, message(data, uid)).message
        assert kept is not None
        messages.add_parsed(store, kept, parsed(pdf(b"a")))
    assert [row[0] for row in table(store, "outcome", "documents_list")] == ["pending", "duplicate"]
    save(store, 1, note(), None)
    messages.close_messages(store)
    assert [row[0] for row in table(store, "outcome", "messages_list")] == [
        "processed",
        "duplicate",
    ]


def test_messages_without_work_end_with_a_reason(store: Store) -> None:
    ids = [keeping.keep(store, message(data, n)).message for n, data in enumerate((b"a", b"b"), 1)]
    assert ids[0] is not None
    assert ids[1] is not None
    messages.add_parsed(store, ids[0], parsed(skip="auto_reply"))
    messages.add_parsed(store, ids[1], parsed(pdf(b"l", dropped="signature_logo")))
    assert table(store, "outcome, reason, documents", "messages_list") == [
        ("skipped", "auto_reply", 0),
        ("processed", "no_attachment", 0),
    ]


def test_a_message_is_done_when_its_documents_are(store: Store) -> None:
    kept = keeping.keep(store, message(b"raw", 7)).message
    assert kept is not None
    one, two = messages.add_parsed(store, kept, parsed(pdf(b"a"), pdf(b"b")))
    save(store, one, note(), None)
    messages.close_messages(store)
    assert table(store, "outcome", "messages_list") == [("pending",)]
    save(store, two, None, None)
    messages.close_messages(store)
    assert table(store, "outcome, documents", "messages_list") == [("processed", 2)]


def test_a_message_set_aside_can_be_tried_again(store: Store) -> None:
    kept = keeping.keep(store, message(b"raw", 7)).message
    assert kept is not None
    assert [messages.note_attempt(store, kept) for _ in range(3)] == [1, 2, 3]
    messages.set_aside(store, kept, "message_crashed")
    assert not messages.pending_messages(store)
    assert table(store, "outcome, reason", "messages_list") == [("set_aside", "message_crashed")]
    assert messages.retry(store) == 1
    assert [m.attempts for m in messages.pending_messages(store)] == [0]
    assert messages.retry(store, kept) == 0


def test_unknown_ids_are_told(store: Store) -> None:
    with pytest.raises(UnknownRecord):
        messages.add_parsed(store, 99, parsed())
    with pytest.raises(UnknownRecord):
        messages.note_attempt(store, 99)
    with pytest.raises(UnknownRecord):
        documents.begin(store, 99)
    with pytest.raises(UnknownRecord):
        save(store, 99, note())


def test_a_message_too_large_is_asked_for_again_and_not_parsed_from_its_header(
    store: Store,
) -> None:
    key = ItemKey("u@localhost:993", "INBOX", 7, 1)
    kept = keeping.keep(store, RawItem(key, "message", b"Subject: big\r\n\r\n"))
    assert kept.message is not None
    messages.set_aside(store, kept.message, "too_large")
    assert messages.retry(store) == 1
    assert messages.pending_messages(store) == ()
    assert messages.known_uids(store, key.account, key.folder, key.uidvalidity) == frozenset()


def test_a_message_with_a_problem_and_nothing_to_read_is_set_aside(store: Store) -> None:
    kept = keeping.keep(store, message(b"odd", 9)).message
    assert kept is not None
    assert messages.add_parsed(store, kept, replace(parsed(), problem="no_parts")) == ()
    assert table(store, "outcome, reason", "messages_list") == [("set_aside", "no_parts")]


def test_a_batch_is_committed_together_and_over_a_slow_line_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Batch(store) as batch:
        done = [len(batch.add(message(b"%d" % n, n))) for n in range(1, 11)]
        assert done == [0] * 8 + [8, 0]
        monkeypatch.setattr("store.intake.batch.MOST_WAIT_S", 0.0)
        assert len(batch.add(message(b"11", 11))) == 2
        assert len(batch.commit()) == 1
        assert batch.commit() == ()
    assert len(table(store, "*", "messages")) == 11


def test_a_subject_and_a_name_that_turn_the_direction_of_text_are_kept_without(
    store: Store,
) -> None:
    kept = keeping.keep(store, message(b"raw", 1))
    assert kept.message is not None
    found = ParsedMessage(
        message_id="<1@example.org>",
        from_address="a@example.org\u2066",
        subject="Note \u202efdp.exe\x1b[2J\u2069 ٣\u200f",
        sent_at=None,
        received_at=None,
        attachments=(Attachment("a\u202efdp.exe", "application/pdf", b"%PDF-"),),
    )
    messages.add_parsed(store, kept.message, found)
    (row,) = store.rows("SELECT subject, from_address FROM messages")
    assert tuple(row) == ("Note fdp.exe[2J ٣\u200f", "a@example.org")
    assert store.rows("SELECT filename FROM documents")[0]["filename"] == "afdp.exe"
