"""Documents that came inside another: kept once, in order, judged with the note they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extract.types import FROM_ENCLOSING_NOTE, DocumentReading, Doubt, NoteVerbale
from ingest.types import Attachment
from store.db.database import Store
from store.erasure import come_again, forget, selection
from store.intake import documents
from store.opening import open_store
from store.records import enclosed, meetings, saving
from tests.store.replies import INVITATION, MEETING, delegate, mailed, note, reading, scan

PDF = "application/pdf"
ANNEX = Attachment("annex.pdf", PDF, b"%PDF-1.4 the list")
LIST = NoteVerbale("other", "none", None, doubts=(Doubt("note_uncertain"),))
NO_NOTE = DocumentReading("rejected", "not_a_note_verbale", (), LIST)
NO_SCAN = DocumentReading("rejected", "not_a_scan", (), None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data" / "noteverbale.db") as opened:
        meetings.add(opened, INVITATION)
        yield opened


def note_kept(store: Store, data: bytes = b"%PDF-1.4 covering note") -> int:
    return scan(store, data)


def read(store: Store, document: int, read_as: DocumentReading) -> None:
    """As the pipeline does when a document is done."""
    around = enclosed.enclosing_note(store, document)
    with store.writing():
        meeting = MEETING if read_as.note else None
        saving.save_reading(store, document, read_as, meeting, "1")
        enclosed.join(store, document, around[0] if around else None)


def annex_of(said: NoteVerbale) -> NoteVerbale:
    return replace(said, doubts=(*said.doubts, Doubt(FROM_ENCLOSING_NOTE)))


def row(store: Store, document: int) -> dict[str, object]:
    found = store.one("SELECT * FROM documents WHERE id = ?", [document])
    assert found is not None
    return dict(found)


def current(store: Store) -> list[tuple[str, int]]:
    rows = store.rows("SELECT name, current FROM delegation_list ORDER BY document_id, seq")
    return [(r["name"], r["current"]) for r in rows]


def test_what_came_in_a_mail_attachment_has_the_facts_of_the_message(store: Store) -> None:
    outer = mailed(store, b"%PDF note", 1, datetime(2019, 5, 3, 10, tzinfo=UTC))
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    (first, second) = store.rows("SELECT * FROM documents_list ORDER BY document_id")
    assert second["document_id"] == inner
    for fact in ("message_id", "from_address", "subject", "received_at"):
        assert second[fact] == first[fact] is not None
    assert second["received_at"] == "2019-05-03T10:00:00Z"
    assert store.originals.get(ANNEX.sha256) == ANNEX.data


def test_it_is_kept_once_however_often_the_document_is_looked_into(store: Store) -> None:
    outer = note_kept(store)
    locked = Attachment("locked.zip", "application/zip", b"", "encrypted")
    files = [ANNEX, locked, replace(locked, filename="other.zip")]
    assert len(enclosed.keep_files(store, outer, files)) == 3
    assert enclosed.keep_files(store, outer, files) == ()
    again = Attachment("more.pdf", PDF, b"%PDF more")
    assert len(enclosed.keep_files(store, outer, [*files, again])) == 1
    outcomes = store.rows("SELECT outcome, reason FROM documents WHERE enclosed_in = ?", [outer])
    assert [tuple(r) for r in outcomes] == [
        ("pending", None),
        ("rejected", "encrypted"),
        ("rejected", "encrypted"),
        ("pending", None),
    ]


def test_nothing_is_read_before_what_it_came_in(store: Store) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    assert [d.id for d in documents.pending_documents(store)] == [outer]
    read(store, outer, reading(note()))
    assert [d.id for d in documents.pending_documents(store)] == [inner]


def test_the_same_bytes_elsewhere_are_a_duplicate_and_belong_to_the_note(store: Store) -> None:
    alone = note_kept(store, ANNEX.data)
    read(store, alone, NO_NOTE)
    outer = note_kept(store)
    read(store, outer, reading(note()))
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    assert row(store, inner)["outcome"] == "duplicate"
    assert row(store, alone)["enclosed_in"] == outer
    assert enclosed.wake(store) == (alone,)


def test_a_file_three_deep_is_kept_and_said(store: Store) -> None:
    number = note_kept(store)
    for depth in range(3):
        file = Attachment(f"{depth}.pdf", PDF, b"%%PDF %d" % depth)
        (number,) = enclosed.keep_files(store, number, [file])
    assert (row(store, number)["outcome"], row(store, number)["reason"]) == ("failed", "too_deep")
    assert store.originals.has(str(row(store, number)["sha256"]))


def test_an_annex_belongs_to_its_note_and_neither_supersedes_the_other(store: Store) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    read(store, outer, reading(note(delegate(1, "Ana Roa"))))
    read(store, inner, reading(annex_of(note(delegate(1, "Juan Paz"), delegate(2, "Eva Sol")))))
    assert row(store, inner)["part_of"] == outer
    assert row(store, inner)["supersedes"] is None
    assert row(store, outer)["supersedes"] is None
    reasons = store.rows("SELECT reasons FROM delegation_list ORDER BY delegate_id")
    assert "second_note_of_state" not in " ".join(r["reasons"] for r in reasons)
    counted = store.one("SELECT * FROM coverage WHERE answered = 1")
    assert counted is not None
    assert counted["delegates"] == 3


def test_a_revision_replaces_note_and_annex_together(store: Store) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    read(store, outer, reading(note(delegate(1, "Ana Roa"))))
    read(store, inner, reading(annex_of(note(delegate(1, "Juan Paz")))))
    later = note_kept(store, b"%PDF-1.4 revision")
    changed = note(
        delegate(1, "Eva Sol"), kind="revision", revision="replaces", note_date="2019-05-02"
    )
    read(store, later, reading(changed))
    assert current(store) == [("Ana Roa", 0), ("Juan Paz", 0), ("Eva Sol", 1)]
    assert row(store, later)["supersedes"] == outer


def test_persons_in_the_annex_settle_the_notes_doubt_that_it_names_nobody(store: Store) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    covering = replace(note(), announced=2, doubts=(Doubt("no_delegate_found"),))
    read(store, outer, reading(covering))
    assert "no_delegate_found" in str(row(store, outer)["doubts"])
    read(store, inner, reading(annex_of(note(delegate(1, "Juan Paz"), delegate(2, "Eva Sol")))))
    assert row(store, outer)["doubts"] == "[]"
    read(store, outer, reading(covering))  # read once more, as by reprocess
    assert row(store, outer)["doubts"] == "[]"
    read(store, inner, reading(annex_of(note(delegate(1, "Juan Paz")))))
    assert "announced_number_differs" in str(row(store, outer)["doubts"])


def test_a_note_beside_it_in_a_portfolio_is_its_note(store: Store) -> None:
    cover = note_kept(store, b"%PDF-1.4 cover sheet")
    files = [ANNEX, Attachment("note.pdf", PDF, b"%PDF-1.4 the note")]
    annex, inner = enclosed.keep_files(store, cover, files)
    read(store, cover, NO_SCAN)
    assert enclosed.enclosing_note(store, annex) is None
    read(store, annex, NO_NOTE)
    assert enclosed.wake(store) == ()
    read(store, inner, reading(note(delegate(1, "Ana Roa"))))
    around = enclosed.enclosing_note(store, annex)
    assert around is not None
    assert around[0] == inner
    assert enclosed.wake(store) == (annex,)


def test_with_two_notes_beside_it_nobody_knows_whose_it_is(store: Store) -> None:
    cover = note_kept(store, b"%PDF-1.4 cover sheet")
    files = [ANNEX, *(Attachment(f"{n}.pdf", PDF, b"%%PDF %d" % n) for n in range(2))]
    annex, *notes = enclosed.keep_files(store, cover, files)
    read(store, cover, NO_SCAN)
    for number, inner in enumerate(notes):
        read(store, inner, reading(note(delegate(1, f"Ana Roa {number}"))))
    assert enclosed.enclosing_note(store, annex) is None


def test_what_a_person_rejected_is_not_read_again(store: Store) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    read(store, outer, reading(note()))
    read(store, inner, NO_NOTE)
    assert enclosed.wake(store) == (inner,)
    read(store, inner, reading(annex_of(note())))
    with store.writing("a person") as conn:
        conn.execute(
            "UPDATE documents SET outcome = 'rejected', reason = 'not_a_note_verbale' WHERE id = ?",
            [inner],
        )
    assert enclosed.wake(store) == ()


def test_a_state_that_a_person_corrected_holds_for_the_annex(store: Store) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    read(store, outer, reading(note()))
    with store.writing("a person") as conn:
        conn.execute("UPDATE documents SET state = 'FRA' WHERE id = ?", [outer])
    around = enclosed.enclosing_note(store, inner)
    assert around is not None
    assert around[1].state is not None
    assert around[1].state.text == "FRA"
    assert documents.ids_for_reprocess(store, (outer,)) == (outer,)
    read(store, inner, reading(annex_of(note())))
    assert documents.ids_for_reprocess(store, (outer,)) == (outer, inner)


def test_forgetting_a_person_of_the_annex_takes_the_document_that_holds_it(store: Store) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    read(store, outer, reading(note()))
    read(store, inner, reading(annex_of(note(delegate(1, "Juan Paz")))))
    chosen = selection.person(store, name="Juan Paz")
    assert set(chosen.documents) == {outer, inner}
    forget.apply(store, chosen, "somebody")
    assert not store.originals.has(ANNEX.sha256)
    assert not store.originals.has(str(row(store, outer)["sha256"]))


def test_forgetting_old_documents_takes_what_came_in_them_and_asking_again_brings_it(
    store: Store,
) -> None:
    outer = note_kept(store)
    (inner,) = enclosed.keep_files(store, outer, [ANNEX])
    read(store, outer, NO_SCAN)
    read(store, inner, reading(note(delegate(1, "Juan Paz"))))
    chosen = selection.older_than(store, 1, date(2100, 1, 1))
    assert set(chosen.documents) == {outer, inner}
    forget.apply(store, chosen, "somebody")
    assert enclosed.keep_files(store, outer, [ANNEX]) == ()
    assert not store.originals.has(ANNEX.sha256)
    assert come_again.allow(store, str(row(store, outer)["sha256"]), "note.pdf")
    assert {row(store, outer)["outcome"], row(store, inner)["outcome"]} == {"pending"}
    enclosed.keep_files(store, outer, [ANNEX])
    assert store.originals.get(ANNEX.sha256) == ANNEX.data
