"""Saving a reading over what is there: the pipeline's own is replaced, people's edits win."""

from __future__ import annotations

import json
from datetime import date

import pytest

from extract.types import DocumentReading, Doubt
from ingest.types import Attachment
from ocr.types import Page
from store.db import codec
from store.db.database import Store
from store.errors import StoreError, UnknownRecord
from store.intake import documents, keeping, messages
from store.reasons import REASONS
from store.records import saving, stored
from tests.store.replies import (
    MEETING,
    delegate,
    edit,
    message,
    nominate,
    note,
    page,
    parsed,
    save,
    scan,
    table,
    value,
)

AMINA = delegate(1, "Amina Odhiambo", email="a.odhiambo@justice.example", title="Judge")
PETER = delegate(2, "Peter Kamau", title="Clerk")


@pytest.fixture
def document(store: Store) -> int:
    return nominate(store, AMINA, PETER)


def test_the_same_reading_again_changes_nothing(store: Store, document: int) -> None:
    before = table(store, "*"), table(store, "*", "documents_list"), table(store, "*", "pages_list")
    save(store, document, note(AMINA, PETER))
    after = table(store, "*"), table(store, "*", "documents_list"), table(store, "*", "pages_list")
    assert before == after


def test_a_new_reading_replaces_the_pipelines_own(store: Store, document: int) -> None:
    save(store, document, note(delegate(1, "Amina Odhiambo", title="Justice"), state="UGA"))
    assert table(store, "name, title, email, state") == [("Amina Odhiambo", "Justice", None, "UGA")]


def test_a_corrected_field_survives(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET email = 'right@justice.example' WHERE seq = 1")
    save(store, document, note(delegate(1, "Amina Odhiambo", email="x@y.example", role="head")))
    assert table(store, "email, role, status, reasons") == [
        ("right@justice.example", "head", "corrected", '["reading_changed"]')
    ]


def test_a_corrected_name_survives_every_further_reading(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET name = 'Aminah Odiambo-Were' WHERE seq = 1")
    for _ in range(2):
        save(store, document, note(AMINA, PETER))
        assert table(store, "name, status, reasons") == [
            ("Aminah Odiambo-Were", "corrected", "[]"),
            ("Peter Kamau", "new", "[]"),
        ]


def test_a_field_emptied_by_a_person_stays_empty(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET email = NULL WHERE seq = 1")
    save(store, document, note(AMINA, PETER))
    assert table(store, "email")[0] == (None,)


def test_an_approved_row_stays_and_tells_of_a_new_reading(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET status = 'approved' WHERE seq = 1")
    save(store, document, note(delegate(1, "Amina Odhiambo", title="Cook"), PETER))
    expected = [("Judge", "approved", '["reading_changed"]'), ("Clerk", "new", "[]")]
    assert table(store, "title, status, reasons") == expected
    save(store, document, note(delegate(1, "Amina Odhiambo", title="Cook"), PETER))
    assert table(store, "title, status, reasons") == expected
    edit(store, "UPDATE delegation_list SET status = 'approved' WHERE seq = 1")
    with store.writing():
        pass
    assert table(store, "title, status, reasons")[0] == ("Judge", "approved", "[]")
    save(store, document, note(delegate(1, "Amina Odhiambo", title="Cook"), PETER))


def test_an_approved_row_outlives_a_reading_that_misses_it(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET status = 'approved' WHERE seq = 1")
    save(store, document, note(PETER))
    assert table(store, "name, reasons") == [
        ("Amina Odhiambo", '["reading_changed"]'),
        ("Peter Kamau", "[]"),
    ]
    save(store, document, None)
    assert table(store, "name") == [("Amina Odhiambo",)]


def test_a_rejected_row_stays_rejected(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET status = 'rejected' WHERE seq = 2")
    save(store, document, note(AMINA, PETER))
    assert table(store, "name, status") == [("Amina Odhiambo", "new"), ("Peter Kamau", "rejected")]


def test_a_deleted_row_does_not_come_back(store: Store, document: int) -> None:
    edit(store, "DELETE FROM delegation_list WHERE name = 'Peter Kamau'")
    for _ in range(2):
        save(store, document, note(AMINA, PETER))
        assert table(store, "name") == [("Amina Odhiambo",)]


def test_a_row_corrected_and_then_deleted_does_not_come_back(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET name = 'Zoe Quite Different' WHERE seq = 2")
    edit(store, "DELETE FROM delegation_list WHERE name = 'Zoe Quite Different'")
    save(store, document, note(AMINA, PETER))
    assert table(store, "name") == [("Amina Odhiambo",)]


def test_an_added_row_stays(store: Store, document: int) -> None:
    edit(store, "INSERT INTO delegation_list (document_id, name) VALUES (1, 'Rose Were')")
    save(store, document, note(AMINA))
    assert table(store, "name, status") == [("Amina Odhiambo", "new"), ("Rose Were", "corrected")]
    save(store, document, note(AMINA, delegate(2, "Rose Were", title="Counsel")))
    assert table(store, "name, title") == [("Amina Odhiambo", "Judge"), ("Rose Were", None)]


def test_a_row_moved_to_another_note_does_not_come_twice(store: Store, document: int) -> None:
    other = scan(store, b"other")
    save(store, other, note(state="UGA"))
    edit(store, "UPDATE delegation_list SET document_id = 2 WHERE name = 'Peter Kamau'")
    save(store, document, note(AMINA, PETER))
    save(store, other, note(state="UGA"))
    assert table(store, "name, state") == [("Amina Odhiambo", "KEN"), ("Peter Kamau", "UGA")]


def test_corrected_facts_of_the_note_survive(store: Store, document: int) -> None:
    edit(
        store,
        "UPDATE documents_list SET state = 'UGA', kind = 'other', note_date = '2019-04-04',"
        " meeting = NULL, outcome = 'duplicate'",
    )
    save(store, document, note(AMINA, note_date="2019-01-01"))
    assert table(store, "state, kind, note_date, meeting, outcome", "documents_list") == [
        ("UGA", "other", "2019-04-04", None, "duplicate")
    ]
    documents.mark_pending(store, (document,))
    save(store, document, note(AMINA))
    assert table(store, "outcome", "documents_list") == [("duplicate",)]


def test_a_status_set_by_a_person_is_not_computed_away(store: Store, document: int) -> None:
    edit(store, "UPDATE delegation_list SET status = 'needs_review' WHERE seq = 1")
    save(store, document, note(AMINA, PETER))
    assert table(store, "status") == [("needs_review",), ("new",)]


def test_doubts_make_rows_that_need_review(store: Store, document: int) -> None:
    save(
        store,
        document,
        note(AMINA, delegate(2, "Peter Kamau", "low_ocr"), doubts=(Doubt("count_differs"),)),
    )
    assert table(store, "status, reasons") == [
        ("needs_review", '["count_differs"]'),
        ("needs_review", '["low_ocr", "count_differs"]'),
    ]
    save(store, document, note(AMINA, PETER))
    assert table(store, "status, reasons") == [("new", "[]"), ("new", "[]")]


def test_a_doubt_about_the_state_ends_when_a_person_sets_it(store: Store, document: int) -> None:
    save(store, document, note(AMINA, state=None, doubts=(Doubt("state_unknown", "state"),)))
    assert table(store, "status") == [("needs_review",)]
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents_list SET state = 'KEN'")
    assert table(store, "status, reasons") == [("new", "[]")]


def test_a_note_without_a_known_meeting_is_looked_at(store: Store, document: int) -> None:
    save(store, document, note(AMINA), meeting="CU 1999/1")
    assert table(store, "meeting, status, reasons") == [
        (None, "needs_review", '["meeting_unknown"]')
    ]
    save(store, document, note(AMINA), meeting=MEETING)
    assert table(store, "meeting, status") == [(MEETING, "new")]


def test_a_page_that_failed_is_a_reason_to_look(store: Store, document: int) -> None:
    bad = Page(2, 0, 0, 0, "failed", reason="timeout")
    read = DocumentReading("processed", None, (page(), bad), note(AMINA))
    saving.save_reading(store, document, read, MEETING, "1")
    assert table(store, "reasons") == [('["page_unread"]',)]
    assert table(store, "page_number, outcome, reason", "pages_list") == [
        (1, "read", None),
        (2, "failed", "timeout"),
    ]


def test_an_unread_page_is_told_of_once(store: Store, document: int) -> None:
    """The reading doubts it, too: one code, in the row and in the queue."""
    bad = Page(2, 0, 0, 0, "failed", reason="timeout")
    doubtful = note(AMINA, doubts=(Doubt("page_unread", detail="page 2"),))
    read = DocumentReading("processed", None, (page(), bad), doubtful)
    saving.save_reading(store, document, read, MEETING, "1")
    assert table(store, "reasons") == [('["page_unread"]',)]
    assert table(store, "why", "review_queue") == [(REASONS["page_unread"],)]


def test_a_rejected_document_has_no_delegates(store: Store, document: int) -> None:
    read = DocumentReading("rejected", "not_a_note_verbale", (page(),), note(AMINA))
    saving.save_reading(store, document, read, MEETING, "1")
    assert not table(store, "*")
    assert table(store, "outcome, reason, meeting", "documents_list") == [
        ("rejected", "not_a_note_verbale", None)
    ]


def test_a_document_that_kills_the_process_is_set_aside(store: Store) -> None:
    document = scan(store, b"bomb")
    for attempt in (1, 2, 3):
        assert [d.id for d in documents.pending_documents(store)] == [document]
        assert documents.begin(store, document, "application/pdf") == attempt
    assert not documents.pending_documents(store)
    assert table(store, "outcome, reason, media_type", "documents_list") == [
        ("failed", "crashed", "application/pdf")
    ]
    documents.mark_pending(store, (document,))
    assert [d.attempts for d in documents.pending_documents(store)] == [0]


def test_accepting_overrules_a_rejection(store: Store, document: int) -> None:
    with pytest.raises(StoreError, match="was not rejected"):
        documents.accept(store, document)
    with pytest.raises(UnknownRecord):
        documents.accept(store, 99)
    read = DocumentReading("rejected", "not_a_scan", (), None)
    saving.save_reading(store, document, read, None, "1")
    documents.accept(store, document)
    (pending,) = documents.pending_documents(store)
    assert pending.accepted
    assert table(store, "field, old", "corrections") == [("accepted", "not_a_scan")]
    save(store, document, note(AMINA))
    assert table(store, "outcome", "documents_list") == [("processed",)]


def test_which_documents_are_read_again(store: Store, document: int) -> None:
    copy = scan(store, b"nomination", "copy.pdf")
    assert documents.ids_for_reprocess(store) == ()
    assert documents.ids_for_reprocess(store, everything=True) == (document,)
    assert documents.ids_for_reprocess(store, (copy,)) == (copy,)
    assert documents.ids_for_reprocess(store, since=date(2000, 1, 1)) == (document,)
    assert documents.ids_for_reprocess(store, since=date(9000, 1, 1)) == ()
    with pytest.raises(UnknownRecord):
        documents.ids_for_reprocess(store, (99,))


def test_while_it_is_read_again_the_record_stays(store: Store, document: int) -> None:
    before = table(store, "name, current")
    documents.mark_pending(store, (document,))
    assert table(store, "name, current") == before
    assert messages.pending_messages(store) == ()


def test_hostile_text_is_stored_as_text(store: Store, document: int) -> None:
    hostile = "Robert'); DROP TABLE delegates;--\x00\ud800 \x1b[31m"
    big = delegate(2**70, hostile, "low\x00ocr", title=hostile, phone="\ud800")
    save(store, document, note(big, note_date="not a date", state="KE\x00N"))
    (found,) = store.rows("SELECT * FROM delegation_list")
    assert found["name"] == "Robert'); DROP TABLE delegates;--\ufffd [31m"
    assert found["seq"] == 2**63 - 1
    assert (found["note_date"], found["state"]) == (None, "KEN")
    assert json.loads(found["reasons"]) == ["lowocr"]
    read = stored.load_note(store, document)
    assert read is not None
    assert read.delegates == (big,)


def test_a_state_that_is_none_is_not_stored(store: Store, document: int) -> None:
    save(store, document, note(AMINA, state="XYZ"))
    assert table(store, "state") == [(None,)]
    read = stored.load_note(store, document)
    assert read is not None
    assert read.state == value("XYZ")


def test_how_a_scan_arrived_is_a_doubt_of_each_of_its_rows(store: Store) -> None:
    kept = keeping.keep(store, message(b"raw", 7)).message
    assert kept is not None
    attachment = Attachment("n.pdf", "application/pdf", b"%PDF-", marks=("damaged_base64",))
    (document,) = messages.add_parsed(store, kept, parsed(attachment))
    save(store, document, note(delegate(1, "Jane Doe"), delegate(2, "John Roe")))
    rows = table(store, "status, reasons", "delegation_list")
    assert rows == [("needs_review", '["damaged_base64"]')] * 2
    save(store, document, note(delegate(1, "Jane Doe"), delegate(2, "John Roe")))
    assert table(store, "status, reasons", "delegation_list") == rows


@pytest.mark.parametrize(
    ("mark", "reason", "saved"),
    [
        ("damaged_base64", "corrupt", ("failed", "damaged_base64")),
        ("damaged_base64", "not_a_note_verbale", ("failed", "damaged_base64")),
        ("damaged_base64", "encrypted", ("rejected", "encrypted")),
        ("encoding_mended", "corrupt", ("failed", "encoding_mended")),
        ("encoding_mended", "not_a_note_verbale", ("rejected", "not_a_note_verbale")),
    ],
)
def test_what_arrived_damaged_is_not_rejected_for_it(
    store: Store, mark: str, reason: str, saved: tuple[str, str]
) -> None:
    kept = keeping.keep(store, message(b"raw", 7)).message
    assert kept is not None
    attachment = Attachment("n.pdf", "application/pdf", b"%PDF-", marks=(mark,))
    (document,) = messages.add_parsed(store, kept, parsed(attachment))
    reading = DocumentReading("rejected", reason, (), None)
    found = saving.save_reading(store, document, reading, None, "1")
    assert (found.outcome, found.reason) == saved
    assert table(store, "outcome, reason", "documents_list") == [saved]


def test_a_note_is_looked_at_once_however_many_persons_it_names(store: Store) -> None:
    """What follows for queue and note is computed at the end of the transaction, and not before."""
    number = scan(store, b"many", "many.pdf")
    store.conn.execute("CREATE TEMP TABLE looked (document_id)")
    store.conn.execute(
        "CREATE TEMP TRIGGER look AFTER UPDATE OF looks ON main.documents"
        " BEGIN INSERT INTO looked VALUES (NEW.id); END"
    )
    people = [delegate(n, f"Person {n}", "low_ocr") for n in range(1, 21)]
    save(store, number, note(*people, state=None))
    assert store.conn.execute("SELECT document_id FROM looked").fetchall() == [(number,)]
    assert len(table(store, "*", "review_queue")) == 20
    assert table(store, "needs_review", "documents_list") == [(1,)]
    for waiting in ("notes_later", "reviews_later", "search_later", "writer", "stale"):
        assert table(store, "*", waiting) == []


def test_pages_that_are_there_are_not_written_again(store: Store, document: int) -> None:
    first, other = page("one"), page("another")
    body = codec.page_to_bytes(first)
    save(store, document, note(AMINA))
    nothing_else = DocumentReading("processed", None, (), note(AMINA, PETER))
    saving.save_reading(store, document, nothing_else, MEETING, "1", (codec.kept(first),))
    store.conn.execute("CREATE TEMP TABLE written (page)")
    store.conn.execute(
        "CREATE TEMP TRIGGER wrote AFTER INSERT ON main.pages"
        " BEGIN INSERT INTO written VALUES (NEW.id); END"
    )
    saving.save_reading(store, document, nothing_else, MEETING, "2", (body,))
    assert table(store, "*", "written") == []
    assert stored.load_pages(store, document) == (first,)
    saving.save_reading(store, document, nothing_else, MEETING, "2", (codec.page_to_bytes(other),))
    assert len(table(store, "*", "written")) == 1
    assert stored.load_pages(store, document) == (other,)
    assert table(store, "text", "pages_list") == [("another",)]


def test_the_same_note_twice_in_one_transaction_is_found(store: Store) -> None:
    """The search is written once a transaction, and asked before it ends."""
    first, second = scan(store, b"one", "1.pdf"), scan(store, b"two", "2.pdf")
    with store.writing():
        for number in (first, second):
            save(store, number, note(AMINA, PETER, state=None))
    assert table(store, "same_as", "documents WHERE id > 1 ORDER BY id")[-1] == (first,)


def test_several_readings_in_one_transaction_are_as_if_each_had_its_own(store: Store) -> None:
    first, second = scan(store, b"one", "1.pdf"), scan(store, b"two", "2.pdf")
    with store.writing():
        save(store, first, note(AMINA, PETER))
        save(store, second, note(AMINA, kind="revision", revision="replaces", note_date=None))
    together = [table(store, "*", view) for view in ("delegation_list", "documents_list")]
    queue = table(store, "*", "review_queue")
    for number, read in (
        (first, note(AMINA, PETER)),
        (second, note(AMINA, kind="revision", revision="replaces", note_date=None)),
    ):
        save(store, number, read)
    assert [table(store, "*", view) for view in ("delegation_list", "documents_list")] == together
    assert table(store, "*", "review_queue") == queue


def test_reading_again_and_again_does_not_make_the_file_grow(store: Store) -> None:
    """Free pages are used again, so that no VACUUM is needed."""
    numbers = [scan(store, b"%d" % n, f"{n}.pdf") for n in range(40)]
    text = " ".join(f"word{n}" for n in range(400))

    def read_all(turn: int) -> int:
        for n, number in enumerate(numbers):
            people = [delegate(k, f"Person {n} {k} {turn % 3}", title="Judge") for k in (1, 2, 3)]
            result = DocumentReading("processed", None, (page(f"{text} {turn}"),), note(*people))
            saving.save_reading(store, number, result, None, str(turn))
            stored.put_page(store, f"{n:064d}", codec.kept(page(f"{text} {turn}")), str(turn))
        return int(store.rows("PRAGMA page_count")[0][0])

    for turn in range(8):
        read_all(turn)
    settled = read_all(8)
    assert max(read_all(turn) for turn in range(9, 21)) <= settled * 1.15
