"""What was forgotten is gone to the last byte, and does not come back by itself."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extract.types import NoteVerbale
from ingest.types import ItemKey, RawItem
from ocr.types import Box, Line, Page, Word
from store.db import codec
from store.db.database import Store
from store.erasure import come_again, forget, selection
from store.errors import StoreError, UnknownRecord
from store.intake import documents, keeping, messages
from store.records import meetings, saving, stored
from store.reports import explain, search, status
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    edit,
    message,
    note,
    parsed,
    pdf,
    reading,
    save,
    scan,
    table,
)

WORD = "Qwxyzabel"  # of the person's name; a word that stands nowhere else
NAME = f"{WORD} Ondurak"
EMAIL = "q.ondurak@justice.example"
OTHER = "Peter Kamau"
OTHERS = hashlib.sha256(b"of others").hexdigest()


def page(text: str) -> Page:
    words = tuple(Word(w, Box(0, 0, 9, 9), 0.8) for w in text.split())
    return Page(1, 1000, 1400, 200, "read", (Line(words),), language="en", engine="test")


def read_as(store: Store, document: int, read: NoteVerbale, text: str) -> None:
    result = replace(reading(read), pages=(page(text),))
    saving.save_reading(store, document, result, MEETING, "1")
    digest = store.one("SELECT sha256 FROM documents WHERE id = ?", [document])
    assert digest is not None
    stored.put_page(store, digest["sha256"], codec.kept(page(text)), "v")


@pytest.fixture
def replies(store: Store) -> Store:
    """A mail with the person's nomination, a scan that replaces the person, one of others."""
    meetings.add(store, INVITATION)
    data = f"scan of {NAME}".encode()
    kept = keeping.keep(store, message(b"raw mail: " + data, 1))
    assert kept.message is not None
    facts = replace(parsed(pdf(data, f"{WORD}.pdf")), from_address=EMAIL, subject=f"About {WORD}")
    (first,) = messages.add_parsed(store, kept.message, facts)
    nomination = note(
        delegate(1, NAME, "low_ocr", email=EMAIL, title="Judge"),
        delegate(2, OTHER, email="p.kamau@justice.example"),
        note_date="2019-04-01",
    )
    read_as(store, first, nomination, f"Ms. {NAME} and Mr. {OTHER} {EMAIL}")
    second = scan(store, f"scan that replaces {NAME}".encode(), "second.pdf")
    swap = note(
        delegate(1, "Li Wei"),
        kind="revision",
        revision="substitutes",
        replaced=(f"Ms. {NAME}",),
        note_date="2019-04-09",
    )
    read_as(store, second, swap, f"Ms. Ondurak {WORD} will be replaced by Li Wei")
    third = scan(store, b"of others", "third.pdf")
    read_as(store, third, note(delegate(1, "Zoe Mbeki"), state="UGA"), "Zoe Mbeki of Uganda")
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE delegates SET name = 'Dr ' || name WHERE id = 1")
        conn.execute("UPDATE delegates SET name = ?, title = 'Registrar' WHERE id = 1", [NAME])
        conn.execute("UPDATE delegates SET title = 'Clerk', status = 'approved' WHERE id = 2")
        again = [f"{NAME} Again"]
        conn.execute("INSERT INTO delegates (document_id, name) VALUES (1, ?)", again)
        conn.execute("DELETE FROM delegates WHERE name = ?", again)
    close_messages(store)
    for digest in (row["sha256"] for row in store.rows("SELECT sha256 FROM documents")):
        image = store.path.parent / "page-images" / digest / "1-0-v.png"
        image.parent.mkdir(parents=True)
        image.write_bytes(f"pixels of {NAME}".encode() if digest != OTHERS else b"others")
    return store


def close_messages(store: Store) -> None:
    messages.close_messages(store)


def traces(store: Store, *words: str) -> list[str]:
    """Where a word stands in the folder: file by file, byte by byte, and in deflated pages."""
    found = []
    for file in sorted(store.path.parent.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            found += [f"{file.name}: {w}" for w in words if w.lower().encode() in data.lower()]
    for name, column in (("pages", "body"), ("page_cache", "body")):
        for row in store.rows(f"SELECT {column} FROM {name}"):  # noqa: S608
            text = codec.page_json(row[0]).decode().lower()
            found += [f"{name}: {w}" for w in words if w.lower() in text]
    return found


def test_the_traces_would_be_seen(replies: Store) -> None:
    """The search for bytes finds what is there, or the other tests would prove nothing."""
    places = {trace.split(":")[0] for trace in traces(replies, WORD)}
    assert {"pages", "page_cache"} <= places
    assert any(place.startswith("noteverbale.db") for place in places)
    assert any(len(place) == 64 for place in places)
    assert "1-0-v.png" in places


def test_words_beside_a_fact_of_the_note_go_with_the_person(store: Store) -> None:
    """Where no full stop ends the title of the meeting, what follows is read as part of it."""
    meetings.add(store, INVITATION)
    document = scan(store, f"scan of {NAME}".encode(), "one.pdf")
    read = note(delegate(1, NAME, email=EMAIL))
    assert read.state is not None
    beside = replace(read.state.evidence[0], text=f"Kenya nominates {NAME}")
    facts = replace(
        read,
        meeting_titles=(f"the eighth meeting, for which {NAME} is nominated ({EMAIL})",),
        state=replace(read.state, evidence=(beside,)),
    )
    read_as(store, document, facts, NAME)
    assert forget.apply(store, selection.person(store, delegate=1)).clean
    assert traces(store, WORD, EMAIL) == []


@pytest.mark.parametrize(
    "who", [{"delegate": 1}, {"name": f"ondurak {WORD.upper()}"}, {"email": EMAIL.upper()}]
)
def test_a_person_is_gone_to_the_last_byte(replies: Store, who: dict[str, object]) -> None:
    chosen = selection.person(replies, **who)  # type: ignore[arg-type]
    done = forget.apply(replies, chosen)
    assert done.clean
    assert (done.delegates, done.documents, done.messages, done.originals) == (1, 2, 1, 3)
    assert traces(replies, WORD, EMAIL) == []
    assert search.find(replies, WORD) == []
    rows = table(replies, "name, title, status")
    assert rows == [
        ("Li Wei", None, "new"),
        (OTHER, "Clerk", "approved"),
        ("Zoe Mbeki", None, "new"),
    ]


def test_what_is_of_others_stays(replies: Store) -> None:
    forget.apply(replies, selection.person(replies, name=NAME))
    assert [row["name"] for row in search.find(replies, "kamau")] == [OTHER]
    assert len(search.find(replies, "uganda")) == 1
    assert explain.explain(replies, 3)
    fields = {row[0] for row in table(replies, "field", "corrections")}
    assert fields == {"title", "status"}
    covered = replies.one("SELECT * FROM coverage WHERE state = 'KEN'")
    assert covered is not None
    assert (covered["answered"], covered["delegates"]) == (1, 2)
    third = replies.one("SELECT sha256 FROM documents WHERE id = 3")
    assert third is not None
    assert replies.originals.get(third["sha256"]) == b"of others"
    images = [file.parent.name for file in replies.path.parent.rglob("*.png")]
    assert images == [OTHERS]


def test_a_record_stays_that_says_nothing_of_whom(replies: Store) -> None:
    edit(replies, "UPDATE reviewer SET name = 'A. Otieno'")
    forget.apply(replies, selection.person(replies, email=EMAIL))
    (row,) = replies.rows("SELECT * FROM forgotten")
    assert (row["what"], row["detail"], row["who"]) == ("person", None, "A. Otieno")
    assert (row["delegates"], row["documents"], row["messages"], row["pages"]) == (1, 2, 1, 2)
    assert row["corrections"] >= 4
    assert row["at"].startswith(str(datetime.now(UTC).year))
    documents_ = table(replies, "document_id, filename, outcome, reason, state", "documents_list")
    assert documents_[0] == (1, "forgotten", "processed", "forgotten", "KEN")


def test_a_meeting_is_gone_but_who_answered_is_known(replies: Store) -> None:
    done = forget.apply(replies, selection.meeting(replies, MEETING))
    assert (done.delegates, done.documents, done.originals) == (4, 3, 4)
    assert traces(replies, WORD, EMAIL, "Kamau", "Li Wei", "Mbeki") == []
    assert table(replies, "name") == []
    assert table(replies, "document_id", "documents_list WHERE needs_review = 1") == []
    assert table(replies, "*", "review_queue") == []
    answered = replies.rows("SELECT state FROM coverage WHERE answered = 1")
    assert [row["state"] for row in answered] == ["KEN", "UGA"]
    (row,) = replies.rows("SELECT * FROM forgotten")
    assert (row["what"], row["detail"]) == ("meeting", MEETING)
    with pytest.raises(UnknownRecord):
        selection.meeting(replies, "CU 1")


def test_age_counts_from_receipt_or_from_the_end_of_the_meeting(replies: Store) -> None:
    today = datetime.now(UTC).date()
    assert selection.older_than(replies, 30, date(2019, 6, 30)).empty  # meeting on 31 May 2019
    old = selection.older_than(replies, 30, date(2019, 7, 1))
    assert old.documents == (1,)  # the scans from a folder came today
    assert old.messages == (1,)
    assert selection.older_than(replies, 0, today).documents == (1,)
    assert forget.apply_retention(replies, None) is None
    done = forget.apply_retention(replies, 365)
    assert done is not None
    assert done.documents == 1
    assert forget.apply_retention(replies, 365) is None
    assert [row[0] for row in table(replies, "who", "forgotten")] == ["retention"]


def test_old_messages_without_a_document_are_forgotten_too(store: Store) -> None:
    kept = keeping.keep(store, message(b"auto reply", 1))
    assert kept.message is not None
    messages.add_parsed(store, kept.message, parsed(skip="auto_reply"))
    done = forget.apply_retention(store, 365)
    assert done is not None
    assert (done.messages, done.originals) == (1, 1)
    assert table(store, "from_address, subject, outcome", "messages_list") == [
        (None, None, "skipped")
    ]


def test_the_same_scan_is_not_taken_in_again(replies: Store) -> None:
    forget.apply(replies, selection.person(replies, name=NAME))
    data = f"scan of {NAME}".encode()
    # the same message, at its place and after a renumbering
    for uidvalidity in (1, 2):
        keeping.keep(replies, message(b"raw mail: " + data, 1, uidvalidity=uidvalidity))
    assert len(table(replies, "*", "messages_list")) == 1
    # the same scan in another message, and as a file
    other = keeping.keep(replies, message(b"another mail with " + data, 7))
    assert other.message is not None
    messages.add_parsed(replies, other.message, parsed(pdf(data, f"{WORD}.pdf")))
    second = f"scan that replaces {NAME}".encode()
    for _ in range(2):
        scan(replies, second, f"{WORD}.pdf")
    close_messages(replies)
    assert documents.pending_documents(replies) == ()
    assert come_again.refuse_again(replies) == 1
    assert come_again.refuse_again(replies) == 0
    assert traces(replies, WORD, EMAIL) == []
    assert len(table(replies, "*", "documents_list")) == 4
    for act in (
        lambda: documents.accept(replies, 1),
        lambda: documents.ids_for_reprocess(replies, (1,)),
    ):
        with pytest.raises(StoreError, match="was forgotten"):
            act()
    assert documents.ids_for_reprocess(replies, everything=True) == (3,)


def test_a_forgotten_scan_is_taken_in_when_a_person_asks(replies: Store) -> None:
    forget.apply(replies, selection.person(replies, name=NAME))
    data = f"scan that replaces {NAME}".encode()
    item = RawItem(ItemKey("file", "s.pdf", 0, 0), "scan", data, filename="s.pdf")
    assert come_again.allow(replies, item.sha256, "s.pdf")
    assert not come_again.allow(replies, item.sha256, "s.pdf")
    assert keeping.keep(replies, item).document == 2
    (waiting,) = documents.pending_documents(replies)
    assert (waiting.id, waiting.filename) == (2, "s.pdf")
    assert replies.originals.get(item.sha256) == data
    save(replies, 2, note(delegate(1, "Li Wei")))
    assert documents.ids_for_reprocess(replies, (2,)) == (2,)


def test_a_forgotten_message_is_taken_in_when_a_person_asks(replies: Store) -> None:
    forget.apply(replies, selection.person(replies, name=NAME))
    data = f"scan of {NAME}".encode()
    item = message(b"raw mail: " + data, 1)
    assert come_again.allow(replies, item.sha256)
    keeping.keep(replies, item)
    (waiting,) = messages.pending_messages(replies)
    messages.add_parsed(replies, waiting.id, parsed(pdf(data, "n.pdf")))
    assert [(d.id, d.filename) for d in documents.pending_documents(replies)] == [(1, "n.pdf")]
    first = replies.one("SELECT sha256 FROM documents WHERE id = 1")
    assert first is not None
    assert replies.originals.get(first["sha256"]) == data


def test_a_reader_that_stays_delays_the_erasing_and_the_next_call_does_it(
    replies: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.erasure.erase.PATIENCE_S", 0.2)
    other = sqlite3.connect(replies.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM delegates").fetchone()
    done = forget.apply(replies, selection.person(replies, name=NAME))
    assert not done.clean
    assert table(replies, "what", "erasures")
    other.close()
    assert forget.apply_retention(replies, None) is None
    assert not table(replies, "what", "erasures")
    assert traces(replies, WORD, EMAIL) == []


def test_nobody_of_that_name_is_nothing_to_forget(replies: Store) -> None:
    assert selection.person(replies, name="Nobody Known").empty
    assert selection.person(replies, email="nobody@example.org").empty
    assert selection.person(replies, name=" ").empty
    with pytest.raises(UnknownRecord):
        selection.person(replies, delegate=99)


def test_a_shared_mailbox_does_not_take_a_colleague_along(replies: Store) -> None:
    with replies.writing("reviewer") as conn:
        conn.execute("UPDATE delegates SET email = ? WHERE id = 2", [EMAIL])
    assert selection.person(replies, delegate=1).delegates == (1,)
    assert selection.person(replies, email=EMAIL).delegates == (1, 2)


def test_a_namesake_of_another_state_keeps_the_scan(replies: Store) -> None:
    """A row of that name is the person; a page of another State that says the name is not."""
    namesake = scan(replies, b"namesake", "fourth.pdf")
    read = note(delegate(1, "Zoe Mbeki"), state="AUT")
    read_as(replies, namesake, read, f"signed by {NAME}")
    assert selection.person(replies, name=NAME).documents == (1, 2)


def test_a_name_on_a_file_or_in_a_subject_is_found(store: Store) -> None:
    passport = scan(store, b"passport", f"Passport {NAME}.pdf")
    kept = keeping.keep(store, message(b"about", 1))
    assert kept.message is not None
    facts = replace(parsed(), subject=f"Ms. {NAME.upper()} will not come")
    messages.add_parsed(store, kept.message, facts)
    chosen = selection.person(store, name=NAME)
    assert (chosen.documents, chosen.messages) == ((passport,), (kept.message,))
    forget.apply(store, chosen)
    assert traces(store, WORD) == []


def test_a_chinese_name_is_found_on_pages(store: Store) -> None:
    meetings.add(store, INVITATION)
    document = scan(store, b"chinese")
    read_as(store, document, note(delegate(1, "Li Wei"), state="CHN"), "常驻代表团张小伟先生")
    assert selection.person(store, name="张小伟").documents == (document,)


def test_what_the_service_wrote_down_is_gone_too(replies: Store, tmp_path: Path) -> None:
    there = tmp_path / "scan.pdf"
    there.write_bytes(b"")
    digest = replies.rows("SELECT sha256 FROM documents WHERE id = 2")[0][0]
    with replies.writing() as conn:
        conn.execute(
            "CREATE TABLE IF NOT EXISTS taken_files (id INTEGER PRIMARY KEY, path TEXT UNIQUE,"
            " size INTEGER, changed_ns INTEGER, sha256 TEXT, taken_at TEXT)"
        )
        conn.execute(
            "CREATE TABLE IF NOT EXISTS reviews (document_id INTEGER PRIMARY KEY, who TEXT,"
            " at TEXT)"
        )
        conn.execute(
            "CREATE TABLE IF NOT EXISTS releases (message INTEGER PRIMARY KEY, was TEXT, why TEXT,"
            " who TEXT, at TEXT)"
        )
        conn.executemany(
            "INSERT INTO taken_files (path, size, changed_ns, sha256, taken_at)"
            " VALUES (?, 1, 1, ?, '')",
            [[f"/nowhere/{WORD}.pdf", digest], [str(there), digest]],
        )
        conn.execute("INSERT INTO releases VALUES (1, '', ?, 'A. Otieno', '')", [f"of {WORD}"])
    forget.apply(replies, selection.person(replies, name=NAME))
    assert [row[0] for row in table(replies, "path", "taken_files")] == [str(there)]
    assert table(replies, "document_id, who", "reviews") == [(1, "forgotten"), (2, "forgotten")]
    assert traces(replies, WORD, EMAIL) == []


def test_what_was_forgotten_is_no_problem_to_look_into(store: Store) -> None:
    save(store, scan(store, b"broken"), None)
    assert len(status.problems(store)) == 1
    with store.writing() as conn:
        conn.execute("UPDATE documents SET kept_at = '2019-01-01T00:00:00Z'")
    forget.apply(store, selection.older_than(store, 1, date(2019, 6, 30)))
    assert status.problems(store) == ()


def test_the_record_is_plain_data(replies: Store) -> None:
    done = forget.apply(replies, selection.person(replies, name=NAME))
    assert json.dumps([done.documents, done.clean])
    assert Path(replies.path).stat().st_size > 0


def test_what_was_typed_in_an_audit_goes_with_the_person(replies: Store) -> None:
    with replies.writing() as conn:
        for row in (1, 2):  # the second by mistake: somebody typed the wrong line
            conn.execute(
                "INSERT INTO audits (delegate_id, who, at, typed, read, differs) VALUES"
                " (?, 'noor', '2019-04-05T08:00:00Z', ?, '{}', '{}')",
                [row, json.dumps({"name": NAME, "title": None, "email": EMAIL})],
            )
    assert traces(replies, WORD) != []
    forget.apply(replies, selection.person(replies, name=NAME))
    assert traces(replies, WORD, EMAIL) == []
    assert replies.rows("SELECT * FROM audits") == []
    with replies.writing() as conn:
        conn.execute("INSERT OR IGNORE INTO stale SELECT id FROM documents")
    drawn = [row["document_id"] for row in replies.rows("SELECT document_id FROM draws")]
    assert 1 not in drawn, "its scan is not there any more"
