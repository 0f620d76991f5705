"""One question asked in several rows: answered once for all shown, taken back by one step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.types import Delegate, Doubt
from store.db.database import Store
from store.erasure import forget, selection
from store.errors import EditRefused, EditStale
from store.records import meetings
from store.review import questions, undo
from tests.store.erasure.test_forget import traces
from tests.store.replies import INVITATION, MEETING, note, save, scan, table, value


def _person(seq: int, name: str, *doubts: Doubt, **fields: str) -> Delegate:
    """Everything about it but what is doubted is likely right."""
    values = {field: value(text, 0.98) for field, text in fields.items()}
    sure = Delegate(seq, value(name, 0.98), confidence=0.9, doubts=doubts)
    return replace(
        sure,
        title=values.get("title"),
        email=values.get("email"),
        organization=values.get("organization"),
    )


UNUSUAL = Doubt("domain_unusual", "email")
SPELLED = Doubt("accents_unsure", "organization")


@pytest.fixture
def asked(store: Store) -> Store:
    """Two States with the same domain doubted in three rows, one of which is doubtful besides."""
    meetings.add(store, INVITATION)
    first = note(
        _person(1, "Ada One", UNUSUAL, email="ada@mfa.go.kn", title="Judge"),
        _person(2, "Bo Two", UNUSUAL, email="bo@mfa.go.kn", title="Registrar"),
        _person(3, "Cy Three", email="cy@mfa.go.kn", title="Clerk"),
    )
    save(store, scan(store, b"1"), first)
    odd = Doubt("name_odd", "name")
    second = note(
        _person(1, "Di Four", UNUSUAL, odd, email="di@mfa.go.kn", title="Judge"), state="UGA"
    )
    save(store, scan(store, b"2"), second)
    return store


def _shown(found: questions.SameQuestion) -> dict[int, str]:
    return {row.delegate: row.version for row in found.rows}


def test_a_domain_is_asked_about_once_and_its_rows_are_named(asked: Store) -> None:
    (found,) = questions.same_questions(asked, MEETING)
    assert (found.question.kind, found.question.text) == ("domain", "mfa.go.kn")
    assert [row.name for row in found.rows] == ["Ada One", "Bo Two", "Di Four"]
    assert [row.only for row in found.rows] == [True, True, False]
    assert found.cleared == 2


def test_what_is_right_is_settled_in_all_rows_and_nothing_is_approved(asked: Store) -> None:
    (found,) = questions.same_questions(asked, MEETING)
    done = questions.is_right(asked, "noor", MEETING, found.key, _shown(found))
    rows = table(asked, "name, status, reasons", "delegates ORDER BY id")
    assert rows == [
        ("Ada One", "new", "[]"),
        ("Bo Two", "new", "[]"),
        ("Cy Three", "new", "[]"),
        ("Di Four", "needs_review", '["name_odd"]'),
    ]
    assert questions.same_questions(asked, MEETING) == ()
    assert {row[0] for row in table(asked, "who", "corrections")} == {"noor"}
    undo.undo(asked, done)
    assert questions.same_questions(asked, MEETING) == (found,)
    assert table(asked, "*", "settled_doubts") == []


def test_a_settled_doubt_comes_back_with_another_value(asked: Store) -> None:
    (found,) = questions.same_questions(asked, MEETING)
    questions.is_right(asked, "noor", MEETING, found.key, _shown(found))
    read = note(
        _person(1, "Ada One", UNUSUAL, email="ada@mfa.go.kg", title="Judge"),
        _person(2, "Bo Two", UNUSUAL, email="bo@mfa.go.kn", title="Registrar"),
        _person(3, "Cy Three", email="cy@mfa.go.kn", title="Clerk"),
    )
    save(asked, 1, read)
    assert table(asked, "name, status", "delegates WHERE document_id = 1 ORDER BY id") == [
        ("Ada One", "needs_review"),
        ("Bo Two", "new"),
        ("Cy Three", "new"),
    ]


def test_what_should_be_otherwise_is_put_into_all_rows_and_each_is_still_to_be_accepted(
    asked: Store,
) -> None:
    (found,) = questions.same_questions(asked, MEETING)
    done = questions.should_be(asked, "noor", MEETING, found.key, _shown(found), "MFA.go.ke")
    rows = table(asked, "email, status", "delegates ORDER BY id")
    assert rows == [
        ("ada@mfa.go.ke", "needs_review"),
        ("bo@mfa.go.ke", "needs_review"),
        ("cy@mfa.go.kn", "new"),
        ("di@mfa.go.ke", "needs_review"),
    ]
    assert table(asked, "reasons", "delegates WHERE id = 1") == [("[]",)]
    undo.undo(asked, done)
    assert questions.same_questions(asked, MEETING) == (found,)


def test_rows_that_were_not_shown_or_have_changed_are_left_alone(asked: Store) -> None:
    (found,) = questions.same_questions(asked, MEETING)
    shown = _shown(found)
    some = dict(list(shown.items())[:1])
    questions.is_right(asked, "noor", MEETING, found.key, some)
    assert [row.name for row in questions.same_questions(asked, MEETING)[0].rows] == [
        "Bo Two",
        "Di Four",
    ]
    with pytest.raises(EditStale):
        questions.is_right(asked, "noor", MEETING, found.key, shown)
    with asked.writing("amal") as conn:
        conn.execute("UPDATE delegates SET title = 'Chief' WHERE name = 'Di Four'")
    rest = {key: version for key, version in shown.items() if key not in some}
    with pytest.raises(EditStale):
        questions.is_right(asked, "noor", MEETING, found.key, rest)
    assert len(table(asked, "*", "settled_doubts")) == 1


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_is_put_in_place_of_a_value(asked: Store, text: str) -> None:
    (found,) = questions.same_questions(asked, MEETING)
    with pytest.raises(EditRefused):
        questions.should_be(asked, "noor", MEETING, found.key, _shown(found), text)


def test_an_invalid_domain_is_refused_in_all_rows(asked: Store) -> None:
    (found,) = questions.same_questions(asked, MEETING)
    with pytest.raises(EditRefused):
        questions.should_be(asked, "noor", MEETING, found.key, _shown(found), "not a domain")
    assert table(asked, "email", "delegates WHERE id = 1") == [("ada@mfa.go.kn",)]


def test_spellings_and_words_are_asked_about_too_names_a_state_at_a_time(store: Store) -> None:
    meetings.add(store, INVITATION)
    office = "Ministère des Affaires Étrangeres"
    word = Doubt("word_misread", "title", "secretary")
    accent = Doubt("accents_unsure", "name", "akesson")
    people = [
        _person(
            n, f"Person{n} Åkesson", SPELLED, word, accent, organization=office, title="Secretary"
        )
        for n in range(1, 4)
    ]
    save(store, scan(store, b"1"), note(*people[:2], state="SWE"))
    save(store, scan(store, b"2"), note(people[2], state="FRA"))
    told = questions.same_questions(store, MEETING)
    by_text = {(one.question.field, one.question.text, one.state): len(one.rows) for one in told}
    assert by_text == {
        ("organization", office, None): 3,
        ("title", "Secretary", None): 3,
        ("name", "Åkesson", "SWE"): 2,
    }
    (name,) = (one for one in told if one.question.field == "name")
    questions.should_be(store, "noor", MEETING, name.key, _shown(name), "Akesson")
    assert table(store, "name", "delegates ORDER BY id") == [
        ("Person1 Akesson",),
        ("Person2 Akesson",),
        ("Person3 Åkesson",),
    ]


def test_forgetting_a_person_reaches_what_was_settled(store: Store) -> None:
    meetings.add(store, INVITATION)
    accent = Doubt("accents_unsure", "name", "qwxyzabel")
    people = [_person(n, "Qwxyzabel Ondurak", accent, title="Judge") for n in (1, 2)]
    save(store, scan(store, b"1"), note(*people))
    (found,) = questions.same_questions(store, MEETING)
    done = questions.is_right(store, "noor", MEETING, found.key, _shown(found))
    undo.undo(store, done)
    (found,) = questions.same_questions(store, MEETING)
    questions.is_right(store, "noor", MEETING, found.key, _shown(found))
    assert traces(store, "Qwxyzabel")
    assert forget.apply(store, selection.person(store, name="Qwxyzabel Ondurak")).clean
    assert traces(store, "Qwxyzabel") == []


def test_a_doubt_about_one_row_alone_is_no_such_question(store: Store) -> None:
    meetings.add(store, INVITATION)
    doubts = (Doubt("name_email_mismatch", "email"), Doubt("boundary_uncertain", "title"))
    people = [
        _person(n, f"Name {n}", *doubts, email=f"a{n}@mfa.go.ke", title="Judge") for n in (1, 2)
    ]
    save(store, scan(store, b"1"), note(*people))
    assert questions.same_questions(store, MEETING) == ()
