"""Notes that a person should look at themselves: seen everywhere, settled by any tool."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest

from extract.types import Doubt, NoteVerbale
from ocr.types import Page, PageOutcome
from store.db.database import Store
from store.errors import EditRefused
from store.intake import documents
from store.opening import open_store
from store.reasons import REASONS
from store.records import meetings, saving
from store.reports import listings, status
from store.review import note_edits, undo
from store.review import queue as review_queue
from store.review.rows import get_document, note_version
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    edit,
    nominate,
    note,
    page,
    reading,
    run_sqlite_utils,
    save,
    scan,
    table,
)

NOBODY = note(doubts=(Doubt("no_delegate_found"),))
STRAY = Doubt("address_without_person", None, "li.wei@example.org")


def reasons(store: Store, document: int = 1) -> list[str]:
    (row,) = store.rows("SELECT reasons FROM documents_list WHERE document_id = ?", [document])
    return list(json.loads(row[0]))


def looks(store: Store) -> list[tuple[object, ...]]:
    return table(store, "document_id", "documents_list WHERE needs_review = 1")


def read_pages(store: Store, document: int, read: NoteVerbale | None, *pages: Page) -> None:
    result = replace(reading(read), pages=pages)
    if read is not None and not read.is_note:
        result = replace(result, outcome="rejected", reason="not_a_note_verbale")
    saving.save_reading(store, document, result, MEETING, "1")


@pytest.fixture
def nobody(store: Store) -> int:
    """A nomination in which nobody was found, beside one in which all is well."""
    nominate(store, delegate(1, "Ana Ruiz"))
    document = scan(store, b"nobody", "nobody.pdf")
    save(store, document, replace(NOBODY, state=note(state="UGA").state))
    return document


def test_a_nomination_in_which_nobody_was_found_is_first_everywhere(
    store: Store, nobody: int
) -> None:
    save(store, scan(store, b"doubt"), note(delegate(1, "Bo Two", "low_ocr"), state="FRA"))
    assert table(store, "document_id, needs_review, reasons", "documents_list") == [
        (1, 0, "[]"),
        (nobody, 1, '["no_delegate_found"]'),
        (3, 0, "[]"),
    ]
    queue = table(store, "delegate_id, document_id, state, filename, why", "review_queue")
    assert queue[0] == (None, nobody, "UGA", "nobody.pdf", REASONS["no_delegate_found"])
    assert [row[0] for row in queue[1:]] == [2, 1]  # the row nobody doubts comes last
    first, second = listings.needs_review(store)
    assert (first["delegate_id"], first["filename"], first["state"]) == (None, "nobody.pdf", "UGA")
    assert second["name"] == "Bo Two"
    assert list(first) == list(second)
    found = status.summary(store)
    assert (found.notes.needs_review, found.notes.nobody_found) == (1, 1)
    assert [n.document for n in found.to_look_at] == [nobody]
    assert found.to_look_at[0].reasons == ("no_delegate_found",)
    waiting = review_queue.waiting(store, MEETING)
    assert (waiting[0].document, waiting[0].nobody) == (nobody, True)
    assert waiting[0].reasons == ("no_delegate_found",)


def test_a_state_whose_only_note_names_nobody_does_not_look_fine(store: Store, nobody: int) -> None:
    (covered,) = store.rows("SELECT * FROM coverage WHERE state = 'UGA'")
    assert (covered["answered"], covered["delegates"], covered["needs_review"]) == (1, 0, 1)
    edit(store, "UPDATE documents_list SET kind = 'decline' WHERE document_id = 2")
    (covered,) = store.rows("SELECT * FROM coverage WHERE state = 'UGA'")
    assert covered["needs_review"] == 0


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO delegates (document_id, name) VALUES (2, 'Li Wei')",
        "UPDATE documents SET kind = 'acknowledgement' WHERE id = 2",
        "UPDATE documents SET needs_review = 0 WHERE id = 2",
        "UPDATE documents_list SET needs_review = 0 WHERE document_id = 2",
        "UPDATE documents SET outcome = 'rejected' WHERE id = 2",
    ],
)
def test_it_is_settled_by_what_a_person_does_about_it(store: Store, nobody: int, sql: str) -> None:
    edit(store, sql)
    assert looks(store) == []
    with open_store(store.path) as again:
        assert looks(again) == []
        save(again, nobody, replace(NOBODY, state=note(state="UGA").state))
        assert looks(again) == []


def test_that_a_person_has_looked_is_on_record_and_can_be_taken_back(
    store: Store, nobody: int
) -> None:
    edit(store, "UPDATE reviewer SET name = 'A. Otieno'")
    done = run_sqlite_utils(store.path, "update documents set needs_review = 0 where id = 2")
    assert done.returncode == 0, done.stderr
    noted = "corrections WHERE field = 'needs_review'"
    assert table(store, "field, old, new, who", noted) == [("needs_review", "1", "0", "A. Otieno")]
    assert table(store, "document_id, who", "reviews") == [(nobody, "A. Otieno")]
    assert nobody not in [w.document for w in review_queue.waiting(store, MEETING)]
    edit(store, "UPDATE documents SET needs_review = 1 WHERE id = 2")
    assert looks(store) == [(nobody,)]
    assert table(store, "*", "reviews") == []


def test_rejecting_everybody_leaves_a_nomination_of_nobody(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    edit(store, "UPDATE delegates SET status = 'rejected'")
    assert reasons(store) == ["no_delegate_found"]
    assert looks(store) == [(1,)]


def test_a_doubtful_fact_is_settled_by_writing_it(store: Store) -> None:
    meetings.add(store, INVITATION)
    doubts = (Doubt("date_missing", "note_date"), Doubt("state_uncertain", "state", "Uganda"))
    save(store, scan(store, b"a"), note(delegate(1, "Ana Ruiz"), note_date=None, doubts=doubts))
    assert reasons(store) == ["date_missing", "state_uncertain"]
    edit(store, "UPDATE documents_list SET note_date = '2019-04-03' WHERE document_id = 1")
    assert reasons(store) == ["state_uncertain"]
    edit(store, "UPDATE delegation_list SET state = 'UGA' WHERE document_id = 1")
    assert table(store, "needs_review, reasons", "documents_list") == [(0, "[]")]


def test_what_is_missing_is_a_reason_without_a_doubt_of_the_reading(store: Store) -> None:
    save(store, scan(store, b"a"), note(delegate(1, "Ana Ruiz"), state=None), meeting=None)
    assert reasons(store) == ["state_missing"]
    meetings.add(store, INVITATION)
    assert reasons(store) == ["meeting_unknown", "state_missing"]
    edit(store, "UPDATE documents SET state = 'KEN' WHERE id = 1")
    edit(store, f"UPDATE documents SET meeting = '{MEETING}' WHERE id = 1")  # noqa: S608
    assert looks(store) == []


def test_the_announced_number_is_compared_with_the_rows_as_they_are(store: Store) -> None:
    meetings.add(store, INVITATION)
    doubt = Doubt("announced_number_differs", None, "3 announced, 2 found")
    people = (delegate(1, "Ana Ruiz"), delegate(2, "Bo Two"))
    save(store, scan(store, b"a"), replace(note(*people, doubts=(doubt,)), announced=3))
    assert reasons(store) == ["announced_number_differs"]
    edit(store, "INSERT INTO delegates (document_id, name) VALUES (1, 'Cy Three')")
    assert looks(store) == []
    edit(store, "UPDATE delegates SET status = 'rejected' WHERE name = 'Cy Three'")
    assert looks(store) == [(1,)]


def test_an_address_without_a_person_is_settled_by_its_person(store: Store) -> None:
    meetings.add(store, INVITATION)
    save(store, scan(store, b"a"), note(delegate(1, "Ana Ruiz"), doubts=(STRAY,)))
    assert looks(store) == [(1,)]
    edit(store, "INSERT INTO delegates (document_id, name) VALUES (1, 'Li Wei')")
    assert looks(store) == [(1,)]
    edit(store, "UPDATE delegates SET email = 'Li.Wei@example.org' WHERE name = 'Li Wei'")
    assert looks(store) == []


def test_a_new_reading_asks_again_only_for_what_is_new(store: Store) -> None:
    meetings.add(store, INVITATION)
    document = scan(store, b"a")
    read = note(delegate(1, "Ana Ruiz"), doubts=(STRAY,))
    save(store, document, read)
    edit(store, "UPDATE documents SET needs_review = 0 WHERE id = 1")
    save(store, document, read)
    assert looks(store) == []
    assert reasons(store) == ["address_without_person"]
    save(store, document, replace(read, doubts=(replace(STRAY, detail="x@example.org"),)))
    assert looks(store) == [(1,)]
    save(store, document, replace(read, doubts=(STRAY, Doubt("row_without_name"))))
    assert table(store, "open_reasons", "documents") == [('["row_without_name"]',)]
    why = table(store, "why", "review_queue WHERE delegate_id IS NULL")
    assert why == [(REASONS["row_without_name"],)]


def test_a_note_whose_rows_carry_its_doubt_does_not_wait_beside_them(store: Store) -> None:
    meetings.add(store, INVITATION)
    read = note(delegate(1, "Ana Ruiz"), doubts=(Doubt("name_left_over"),))
    save(store, scan(store, b"a"), read)
    assert table(store, "why", "review_queue WHERE delegate_id IS NULL") == []
    edit(store, "UPDATE delegates SET status = 'approved'")
    assert table(store, "why", "review_queue") == [(REASONS["name_left_over"],)]


@pytest.mark.parametrize(
    ("outcome", "reason", "found"),
    [
        ("failed", "timeout", ["page_unread"]),
        ("warned", "low_ocr", ["low_ocr"]),
        ("warned", "damaged_image", ["damaged_image"]),
        ("warned", "something_new", ["something_new"]),
        ("warned", "blank", []),
        ("read", None, []),
    ],
)
def test_a_page_that_was_not_or_hardly_read_is_a_reason(
    store: Store, outcome: PageOutcome, reason: str | None, found: list[str]
) -> None:
    meetings.add(store, INVITATION)
    bad = replace(page("x", 2), outcome=outcome, reason=reason)
    document = scan(store, b"a")
    read_pages(store, document, note(delegate(1, "Ana Ruiz")), page(), bad)
    assert reasons(store) == found
    assert looks(store) == [(1,)] * bool(found)
    read_pages(store, document, note(delegate(1, "Ana Ruiz")), page())
    assert looks(store) == []


def test_a_failed_document_waits_until_a_person_has_looked_or_it_is_read(store: Store) -> None:
    document = scan(store, b"broken", "broken.pdf")
    saving.save_reading(store, document, replace(reading(None), reason="corrupt"), MEETING, "1")
    assert table(store, "why, filename", "review_queue") == [(REASONS["corrupt"], "broken.pdf")]
    edit(store, "UPDATE documents SET needs_review = 0 WHERE id = 1")
    assert looks(store) == []
    edit(store, "UPDATE documents SET needs_review = 1 WHERE id = 1")
    documents.mark_pending(store, (document,))
    assert looks(store) == []


def test_a_rejected_page_that_was_hard_to_read_may_be_a_note(store: Store) -> None:
    refused = replace(note(), form="none", kind="other")
    hard = replace(page(), outcome="warned", reason="low_ocr")
    read_pages(store, scan(store, b"clear"), refused, page())
    read_pages(store, scan(store, b"hard"), refused, hard)
    assert table(store, "document_id, outcome, needs_review, reasons", "documents_list") == [
        (1, "rejected", 0, "[]"),
        (2, "rejected", 1, '["low_ocr"]'),
    ]


def test_a_second_nomination_is_a_reason_of_both_notes(store: Store) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    save(store, scan(store, b"b"), note(delegate(1, "Li Wei"), note_date="2019-04-09"))
    assert reasons(store, 1) == reasons(store, 2) == ["second_note_of_state"]


def test_reasons_are_computed_and_nothing_is_settled_where_nothing_is_doubtful(
    store: Store,
) -> None:
    nominate(store, delegate(1, "Ana Ruiz"))
    for sql, words in (
        ("UPDATE documents_list SET reasons = '[]x' WHERE document_id = 1", "reasons cannot be"),
        ("UPDATE documents SET beside = '[1]' WHERE id = 1", "reasons cannot be edited"),
        ("UPDATE documents SET needs_review = 1 WHERE id = 1", "nothing is doubtful"),
        ("UPDATE documents SET needs_review = 2 WHERE id = 1", "must be 0 or 1"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=words):
            edit(store, sql)
    assert table(store, "*", "corrections") == []


def test_confirming_on_the_page_settles_and_undo_takes_it_back(store: Store) -> None:
    meetings.add(store, INVITATION)
    document = scan(store, b"a")
    save(store, document, note(delegate(1, "Ana Ruiz"), doubts=(STRAY,)))
    version = note_version(get_document(store, document))
    done = note_edits.confirm(store, "amal", document, version, {})
    assert looks(store) == []
    assert table(store, "document_id, who", "reviews") == [(document, "amal")]
    undo.undo(store, done)
    assert looks(store) == [(document,)]
    assert table(store, "*", "reviews") == []
    assert table(store, "field, old, new, who", "corrections WHERE field = 'needs_review'") == [
        ("needs_review", "1", "0", "amal"),
        ("needs_review", "0", "1", "amal"),
    ]


def test_an_empty_nomination_cannot_be_confirmed(store: Store, nobody: int) -> None:
    version = note_version(get_document(store, nobody))
    with pytest.raises(EditRefused, match="nobody is in it"):
        note_edits.confirm(store, "amal", nobody, version, {})
    assert looks(store) == [(nobody,)]
    note_edits.confirm(store, "amal", nobody, version, {"kind": "acknowledgement"})
    assert looks(store) == []


def test_a_note_waits_on_the_page_when_its_rows_are_done(store: Store) -> None:
    meetings.add(store, INVITATION)
    save(store, scan(store, b"a"), note(delegate(1, "Ana Ruiz"), doubts=(STRAY,)))
    edit(store, "UPDATE delegates SET status = 'approved'")
    (waiting,) = review_queue.waiting(store, MEETING)
    assert (waiting.delegates, waiting.look, waiting.nobody) == (0, True, False)
    assert waiting.reasons == ("address_without_person",)
    edit(store, "UPDATE documents SET needs_review = 0 WHERE id = 1")
    assert review_queue.waiting(store, MEETING) == ()
