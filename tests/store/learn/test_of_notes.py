"""Numbers and mission addresses of decided notes answer doubts of later notes of the State."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from extract.types import Delegate, DocumentReading, Doubt, Evidence, Invitation, NoteVerbale, Value
from ocr.types import Box, Line, Page, Word
from store.db.database import Store
from store.erasure import forget, selection
from store.learn import switches, taken_out
from store.records import meetings, saving
from tests.store.replies import note, scan, table, value

MAIL = "qwregistry@mission.example"
UNSURE = Doubt("reference_uncertain", "note_reference")
STRAY = Doubt("address_without_person", None, MAIL)
NUMBER, ADDRESS = "reference_uncertain", "address_without_person"


def number(text: str, confidence: float = 0.9) -> Value:
    return Value(text, 0.55, (Evidence(1, text, Box(1, 2, 3, 4), confidence, "reference"),))


def reply(
    store: Store,
    at: int,
    *doubts: Doubt,
    state: str = "KEN",
    reference: Value | None = None,
    text: str = "Permanent Mission",
) -> int:
    """A note of one person, for a meeting of its own."""
    meeting = f"CU 2019/{at}"
    meetings.add(store, Invitation(meeting, f"Meeting {at}"))
    document = scan(store, f"note {at}".encode(), f"{at}.pdf")
    person = Delegate(1, value(f"Ada N{at}"), confidence=0.9)
    read: NoteVerbale = replace(
        note(person, state=state, doubts=doubts),
        note_reference=reference or value(f"NV/{at}/2019"),
    )
    lines = tuple(
        Line(tuple(Word(w, Box(0, 0, 9, 9), 0.8) for w in line.split()))
        for line in text.splitlines()
    )
    page = Page(1, 1000, 1400, 200, "read", lines, language="en", engine="test")
    saving.save_reading(
        store, document, DocumentReading("processed", None, (page,), read), meeting, "1"
    )
    return document


def decide(store: Store, document: int, status: str = "approved") -> int:
    with store.writing("reviewer") as conn:
        conn.execute(
            "UPDATE delegates SET status = ? WHERE document_id = ?",
            [status, document],
        )
    return document


def settle(store: Store, document: int) -> None:
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents SET needs_review = 0 WHERE id = ?", [document])


def said(store: Store, document: int) -> tuple[list[str], list[str]]:
    """What is said of a note, and what of it still asks."""
    [(reasons, asks)] = table(store, "reasons, open_reasons", f"documents WHERE id = {document}")
    return json.loads(str(reasons)), json.loads(str(asks))


def with_number(store: Store, at: int, state: str = "KEN") -> int:
    return decide(store, reply(store, at, state=state))


def with_address(store: Store, at: int, state: str = "KEN") -> int:
    return decide(store, reply(store, at, state=state, text=f"Permanent Mission\n{MAIL}\nNote"))


def number_in_doubt(store: Store, at: int) -> int:
    return reply(store, at, UNSURE, reference=number(f"NV/{at}/2021"))


def address_in_doubt(store: Store, at: int) -> int:
    return reply(store, at, STRAY)


Teach = Callable[[Store, int], int]
KINDS = pytest.mark.parametrize(
    ("teach", "late", "code", "word"),
    [
        (with_number, number_in_doubt, NUMBER, "NV/#/#"),
        (with_address, address_in_doubt, ADDRESS, MAIL),
    ],
)


@KINDS
def test_one_note_is_a_hint_and_two_answer(
    store: Store, teach: Teach, late: Teach, code: str, word: str
) -> None:
    doubted = late(store, 9)
    teach(store, 1)
    assert said(store, doubted) == ([code], [code])
    second = teach(store, 2)
    assert said(store, doubted) == ([code], []), "it is said and asks nobody"
    decide(store, second, "needs_review")
    assert said(store, doubted) == ([code], [code])


@KINDS
def test_words_are_shown_taken_out_and_put_back(
    store: Store, teach: Teach, late: Teach, code: str, word: str
) -> None:
    for at in (1, 2):
        teach(store, at)
    doubted = late(store, 9)
    [known] = [w for w in taken_out.words(store, "KEN") if w.word == word]
    assert (known.kind, known.notes, known.evidence) == (
        "number" if code == NUMBER else "mission_address",
        2,
        True,
    )
    taken_out.remove_words(store, "ada", "KEN", [word])
    assert said(store, doubted) == ([code], [code])
    assert [w.word for w in taken_out.words(store) if w.removed] == [word]
    taken_out.restore_words(store, "ada", "KEN", [word])
    assert said(store, doubted) == ([code], [])


@KINDS
def test_switched_off_nothing_is_answered(
    store: Store, teach: Teach, late: Teach, code: str, word: str
) -> None:
    for at in (1, 2):
        teach(store, at)
    doubted = late(store, 9)
    switches.switch(store, {"known_persons": True, "words": False})
    assert said(store, doubted) == ([code], [code])
    switches.switch(store, {"known_persons": True, "words": True})
    assert said(store, doubted) == ([code], [])


@pytest.mark.parametrize(("teach", "late"), [(with_number, UNSURE), (with_address, STRAY)])
def test_another_states_notes_answer_nothing(
    store: Store, teach: Callable[[Store, int, str], int], late: Doubt
) -> None:
    for at in (1, 2):
        teach(store, at, "UGA")
    doubted = reply(store, 9, late, reference=number("NV/9/2021"))
    assert said(store, doubted) == ([late.code], [late.code])


def test_digits_that_were_hard_to_read_stay_in_doubt(store: Store) -> None:
    for at in (1, 2):
        with_number(store, at)
    faint = reply(store, 8, UNSURE, reference=number("NV/8/2021", 0.4))
    other = reply(store, 9, UNSURE, reference=number("NV-9"))
    eastern = reply(store, 10, UNSURE, reference=number("NV/9/2021"), text="رقم ١٢")
    for doubted in (faint, other, eastern):
        assert said(store, doubted) == ([NUMBER], [NUMBER])


@pytest.mark.parametrize(("doubt", "code"), [(UNSURE, NUMBER), (STRAY, ADDRESS)])
def test_what_nobody_settled_proves_nothing_and_what_was_settled_does(
    store: Store, doubt: Doubt, code: str
) -> None:
    """Rows approved in a note do not answer what the note itself asks."""
    before = [
        decide(
            store, reply(store, at, doubt, reference=number(f"NV/{at}/2019"), text=f"Note\n{MAIL}")
        )
        for at in (1, 2)
    ]
    doubted = reply(store, 9, doubt, reference=number("NV/9/2021"))
    assert said(store, doubted) == ([code], [code])
    for document in before:
        settle(store, document)
    assert said(store, doubted) == ([code], [])


def test_a_settled_note_that_is_taken_back_answers_no_more(store: Store) -> None:
    for at in (1, 2):
        settle(store, decide(store, reply(store, at, STRAY)))
    doubted = address_in_doubt(store, 9)
    assert said(store, doubted) == ([ADDRESS], [])
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents SET needs_review = 1 WHERE id = 2")
    assert said(store, doubted) == ([ADDRESS], [ADDRESS])


def test_an_address_that_somebody_bears_is_not_the_missions(store: Store) -> None:
    for at in (1, 2):
        with_address(store, at)
    doubted = address_in_doubt(store, 9)
    bearer = reply(store, 3)
    decide(store, bearer)
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE delegates SET email = ? WHERE document_id = ?", [MAIL, bearer])
    switches.switch(store, {"known_persons": False, "words": True})
    assert said(store, doubted) == ([ADDRESS], [ADDRESS])


def test_of_notes_that_were_forgotten_nothing_is_known(store: Store) -> None:
    for at in (1, 2):
        with_address(store, at)
    doubted = address_in_doubt(store, 9)
    taken_out.remove_words(store, "ada", "KEN", [MAIL])
    taken_out.restore_words(store, "ada", "KEN", [MAIL])
    assert said(store, doubted) == ([ADDRESS], [])
    forget.apply(store, selection.meeting(store, "CU 2019/2"))
    assert said(store, doubted) == ([ADDRESS], [ADDRESS])
    for at in (1, 9):
        forget.apply(store, selection.meeting(store, f"CU 2019/{at}"))
    assert [w for w in taken_out.words(store) if w.kind in ("number", "mission_address")] == []
    data = b"".join(f.read_bytes() for f in store.path.parent.rglob("*") if f.is_file())
    assert MAIL.encode() not in data


def test_a_note_whose_persons_are_in_its_annex_teaches_what_it_was_not_doubted_for(
    store: Store,
) -> None:
    """The annex has the note's number, and none of its doubts."""
    for at in (1, 2):
        whole = decide(store, reply(store, at, UNSURE, reference=number(f"NV/{at}/2019")))
        annex = decide(store, reply(store, 10 + at))
        with store.writing() as conn:
            conn.execute("UPDATE documents SET part_of = ? WHERE id = ?", [whole, annex])
            conn.execute("DELETE FROM delegates WHERE document_id = ?", [whole])
    doubted = number_in_doubt(store, 9)
    assert said(store, doubted) == ([NUMBER], [NUMBER])
    for whole in (1, 3):
        settle(store, whole)
    assert said(store, doubted) == ([NUMBER], [])
