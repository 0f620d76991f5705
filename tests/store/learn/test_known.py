"""Rows that people approved, as witnesses of rows read later, from note to note."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from extract.types import Delegate, Doubt, Invitation
from store.db.database import Store
from store.erasure import forget, selection
from store.errors import UnknownRecord
from store.learn import switches, taken_out
from store.records import meetings
from tests.store.replies import note, save, scan, table, value

EMAIL = "q.ondurak@justice.go.ke"
NAME = "Qwabel Ondurák"
UNSURE = Doubt("accents_unsure", "name", "Ondurak")


def person(name: str = NAME, email: str | None = EMAIL, *doubts: Doubt, **more: str) -> Delegate:
    fields = {"title": "Judge", **({"email": email} if email else {}), **more}
    sure = {field: value(text, 0.97) for field, text in fields.items()}
    return replace(
        Delegate(1, value(name, 0.97), confidence=0.9, doubts=doubts),
        title=sure["title"],
        email=sure.get("email"),
    )


def reply(store: Store, number: int, *people: Delegate, state: str = "KEN") -> int:
    """A note for a meeting of its own."""
    meeting = f"CU 2019/{number}"
    meetings.add(store, Invitation(meeting, f"Meeting {number}"))
    document = scan(store, f"note {number}".encode(), f"{number}.pdf")
    read = replace(note(*people, state=state), note_reference=value(f"No. {number}"))
    save(store, document, read, meeting)
    return document


def approve(store: Store, document: int, **values: str) -> None:
    written = "".join(f", {column} = '{text}'" for column, text in values.items())
    with store.writing("reviewer") as conn:
        conn.execute(
            f"UPDATE delegates SET status = 'approved'{written} WHERE document_id = ?",  # noqa: S608
            [document],
        )


def row(store: Store, document: int) -> dict[str, object]:
    found = store.one("SELECT * FROM delegates WHERE document_id = ?", [document])
    assert found is not None
    return {**dict(found), "reasons": json.loads(found["reasons"])}


def test_who_is_read_again_as_approved_is_confirmed_and_nothing_is_written(store: Store) -> None:
    first = reply(store, 1, person())
    approve(store, first)
    again = reply(store, 2, person(NAME, EMAIL, UNSURE))
    unknown = reply(store, 3, person("Zoe Mbeki", "z@justice.go.ke", UNSURE))
    assert (row(store, again)["status"], row(store, again)["reasons"]) == ("new", [])
    assert float(str(row(store, again)["confidence"])) > 0.9
    assert row(store, again)["name"] == NAME
    assert "accents_unsure" in row(store, unknown)["reasons"]  # type: ignore[operator]


def test_an_open_row_teaches_nothing(store: Store) -> None:
    reply(store, 1, person())
    again = reply(store, 2, person(NAME, EMAIL, UNSURE))
    assert row(store, again)["reasons"] == ["accents_unsure"]


def test_a_later_approval_answers_what_waits_and_taking_it_back_asks_again(store: Store) -> None:
    first = reply(store, 1, person())
    again = reply(store, 2, person(NAME, EMAIL, UNSURE))
    approve(store, first)
    assert row(store, again)["reasons"] == []
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE delegates SET status = 'rejected' WHERE document_id = ?", [first])
    assert row(store, again)["reasons"] == ["accents_unsure"]


def test_two_scans_of_one_note_are_no_witness_of_each_other(store: Store) -> None:
    first = reply(store, 1, person(NAME, EMAIL, UNSURE))
    approve(store, first)
    other = scan(store, b"another scan", "again.pdf")
    read = replace(note(person(NAME, EMAIL, UNSURE)), note_reference=value("No. 1"))
    save(store, other, read, "CU 2019/1")
    assert store.one("SELECT same_as FROM documents WHERE id = ?", [other])["same_as"] == first  # type: ignore[index]
    assert "accents_unsure" in row(store, other)["reasons"]  # type: ignore[operator]


def test_one_letter_away_is_offered_where_people_look(store: Store) -> None:
    first = reply(store, 1, person())
    approve(store, first)
    near = reply(store, 2, person("Qvabel Ondurák"))
    assert row(store, near)["name"] == "Qvabel Ondurák"
    assert row(store, near)["reasons"] == ["known_nearly"]
    assert table(store, "code, field, read, known, known_document_id", "known_persons") == [
        ("known_nearly", "name", "Qvabel Ondurák", NAME, first)
    ]
    [(words, detail)] = table(store, "words, detail", "reasons_list")
    assert "approved before" in str(words)
    assert detail == f"known: {NAME}"


def test_a_person_known_under_another_state_is_said(store: Store) -> None:
    approve(store, reply(store, 1, person()))
    elsewhere = reply(store, 2, person(), state="UGA")
    assert row(store, elsewhere)["reasons"] == ["known_other_state"]
    assert table(store, "known", "known_persons") == [("KEN",)]


def test_a_wrong_memory_is_a_marked_doubt_and_is_taken_out_and_put_back(store: Store) -> None:
    wrong = reply(store, 1, person("Qwabel Onduräk"))
    approve(store, wrong)
    right = reply(store, 2, person())
    assert row(store, right)["name"] == NAME
    assert row(store, right)["reasons"] == ["known_accents"]
    [known] = taken_out.persons(store, "KEN", "onduräk")
    assert (known.name, known.notes, known.removed) == ("Qwabel Onduräk", 1, False)
    taken_out.remove_person(store, "ada", known.id)
    assert row(store, right)["reasons"] == []
    assert [p.removed for p in taken_out.persons(store)] == [True]
    assert row(store, wrong)["status"] == "approved"
    taken_out.restore_person(store, "ada", known.id)
    assert row(store, right)["reasons"] == ["known_accents"]
    with pytest.raises(UnknownRecord):
        taken_out.remove_person(store, "ada", int(str(row(store, right)["id"])))


def test_a_corrected_row_is_known_as_it_was_corrected(store: Store) -> None:
    first = reply(store, 1, person("Qwabel Onduräk"))
    right = reply(store, 2, person(NAME, EMAIL, UNSURE))
    approve(store, first)
    assert set(row(store, right)["reasons"]) == {"accents_unsure", "known_accents"}  # type: ignore[call-overload]
    approve(store, first, name=NAME)
    assert row(store, right)["reasons"] == ["accents_unsure"]


def test_what_was_approved_in_doubt_needs_a_second_note_to_answer_the_same_doubt(
    store: Store,
) -> None:
    """An approved row, answered by memory, does not prove itself; another note does."""
    approve(store, reply(store, 1, person(NAME, EMAIL, UNSURE)))
    second = reply(store, 2, person(NAME, EMAIL, UNSURE))
    assert row(store, second)["reasons"] == ["accents_unsure"]
    approve(store, second)
    assert row(store, reply(store, 3, person(NAME, EMAIL, UNSURE)))["reasons"] == []


def test_switched_off_nothing_is_known(store: Store) -> None:
    approve(store, reply(store, 1, person()))
    again = reply(store, 2, person(NAME, EMAIL, UNSURE))
    switches.switch(store, {"known_persons": False, "words": False})
    assert row(store, again)["reasons"] == ["accents_unsure"]
    switches.switch(store, {"known_persons": True, "words": True})
    assert row(store, again)["reasons"] == []


def test_of_who_is_forgotten_nothing_is_known(store: Store) -> None:
    approve(store, reply(store, 1, person()))
    near = reply(store, 2, person("Qvabel Ondurák", "other@justice.go.ke"))
    assert row(store, near)["reasons"] == ["known_nearly"]
    forget.apply(store, selection.person(store, email=EMAIL))
    assert row(store, near)["reasons"] == []
    assert taken_out.persons(store) == []
    data = b"".join(f.read_bytes() for f in store.path.parent.rglob("*") if f.is_file())
    assert b"Qwabel" not in data
    assert EMAIL.encode() not in data


def test_a_word_taken_out_is_forgotten_with_whom_it_names(store: Store) -> None:
    for number, name in ((1, "Ada Bee"), (2, "Cy Dee")):
        approve(store, reply(store, number, person(name, EMAIL)))
    approve(store, reply(store, 3, person()))
    taken_out.remove_words(store, "ada", "KEN", [EMAIL])
    forget.apply(store, selection.person(store, name=NAME, email=EMAIL))
    assert store.rows("SELECT * FROM unlearnt_words") == []
    data = b"".join(f.read_bytes() for f in store.path.parent.rglob("*") if f.is_file())
    assert EMAIL.encode() not in data


def test_words_of_a_state_are_counted_by_notes_and_taken_out(store: Store) -> None:
    misread = Doubt("word_misread", "title")
    for number in (1, 2):
        people = person(f"Ada N{'ab'[number - 1]}", f"x{number}@mfa.go.ke", title="Wali of Region")
        approve(store, reply(store, number, people))
    third = reply(store, 3, person("Zoe Mbeki", None, misread, title="Wali of Region"))
    assert row(store, third)["reasons"] == []
    found = {(w.kind, w.word): w for w in taken_out.words(store, "KEN")}
    assert found["title", "Wali of Region"].notes == 2
    assert found["domain", "mfa.go.ke"].evidence
    assert taken_out.words(store, "UGA") == []
    taken_out.remove_words(store, "ada", "KEN", ["wali of region"])
    assert row(store, third)["reasons"] == ["word_misread"]
    assert {w.word for w in taken_out.words(store, "KEN") if w.removed} == {"Wali of Region"}
    taken_out.restore_words(store, "ada", "KEN", ["Wali of Region"])
    assert row(store, third)["reasons"] == []
    with pytest.raises(UnknownRecord):
        taken_out.remove_words(store, "ada", "KEN", ["Vizier"])


def test_words_of_names_go_with_the_persons_who_bear_them(store: Store) -> None:
    for number, name in ((1, "Qwabel Okot"), (2, "Qwabel Bee"), (3, "Zoe Ondurák"), (4, NAME)):
        approve(store, reply(store, number, person(name, f"x{number}@mfa.go.ke")))
    late = reply(store, 9, person("Qwabel Ondurák", None, UNSURE, title="Clerk"))
    assert "accents_unsure" not in str(row(store, late)["reasons"])
    assert "name" not in {word.kind for word in taken_out.words(store, "KEN")}
    taken_out.remove_person(store, "ada", 3)
    taken_out.remove_person(store, "ada", 4)
    assert "accents_unsure" in str(row(store, late)["reasons"])


def test_a_mailbox_that_several_bodies_use_for_anybody_answers_a_mismatch(store: Store) -> None:
    mismatch = Doubt("name_email_mismatch", "email")
    bodies = ("mfa.go.ke", "justice.pe", "police.fi")
    states = ("KEN", "PER", "FIN")
    for number, (body, state) in enumerate(zip(bodies, states, strict=True), 1):
        named = person(f"Nobody N{number}", f"delegation@{body}")
        approve(store, reply(store, number, named, state=state))
        late = reply(
            store, 10 + number, person("Abel Two", "delegation@x.nl", mismatch), state="NLD"
        )
        known = number == len(bodies)
        assert ("name_email_mismatch" in str(row(store, late)["reasons"])) is not known
    spelled = reply(store, 20, person("Dele Gation", "delegation@law.se"), state="SWE")
    approve(store, spelled, name="Delegation Dele")
    late = reply(store, 30, person("Abel Two", "delegation@x.nl", mismatch), state="NLD")
    assert "name_email_mismatch" in str(row(store, late)["reasons"])
