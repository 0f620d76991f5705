"""The Latin name beside one in another script: proposed, renewed, or written by a person."""

from __future__ import annotations

from store.db.database import Store
from store.derived import latin
from store.opening import open_store
from store.reports.explain import explain
from store.review.delegate_edits import save_delegate
from store.review.rows import delegates, row_version
from store.review.undo import undo
from store.rules.latin.proposal import LatinStyle
from tests.store.replies import delegate, edit, nominate, note, save, scan, table

IVAN = delegate(1, "Иванов Иван", title="Советник")


def _latin(store: Store) -> list[tuple[object, ...]]:
    return table(store, "name, name_latin, status")


def test_a_name_in_another_script_has_a_proposal_beside_it(store: Store) -> None:
    nominate(store, IVAN, delegate(2, "Ana Ruiz"), delegate(3, "محمد علي"))
    assert table(store, "name_latin") == [("Ivanov Ivan",), (None,), ("Mohamed Ali",)]
    assert table(store, "count(*)", "corrections") == [(0,)]


def test_a_corrected_name_is_never_beside_the_latin_letters_of_another(store: Store) -> None:
    nominate(store, IVAN)
    edit(store, "UPDATE delegation_list SET name = 'Петров Иван'")
    assert _latin(store) == [("Петров Иван", None, "corrected")]
    with open_store(store.path) as again:
        assert _latin(again) == [("Петров Иван", "Petrov Ivan", "corrected")]
    with store.writing("amal") as conn:
        conn.execute("UPDATE delegates SET name = 'Ivan Petrov'")
    assert _latin(store) == [("Ivan Petrov", None, "corrected")]


def test_what_a_person_wrote_stays_and_decides_nothing(store: Store) -> None:
    document = nominate(store, IVAN)
    edit(store, "UPDATE delegation_list SET name_latin = ' Ivan Ivanoff '")
    assert _latin(store) == [("Иванов Иван", "Ivan Ivanoff", "new")]
    assert table(store, "field, old, new", "corrections") == [
        ("name_latin", "Ivanov Ivan", "Ivan Ivanoff")
    ]
    save(store, document, note(IVAN))
    assert _latin(store) == [("Иванов Иван", "Ivan Ivanoff", "new")]


def test_a_row_that_a_person_adds_keeps_what_is_given_and_else_has_a_proposal(store: Store) -> None:
    nominate(store)
    for values in ("'Иванов Иван', ' Ioann Ivanov '", "'Петров Пётр', NULL"):
        columns = "(document_id, name, name_latin)"
        edit(store, f"INSERT INTO delegation_list {columns} VALUES (1, {values})")  # noqa: S608
    with open_store(store.path) as again:
        assert table(again, "name_latin") == [("Ioann Ivanov",), ("Petrov Petr",)]
        edit(again, "UPDATE delegation_list SET name = 'Сидоров Пётр' WHERE seq = 2")
    with open_store(store.path) as again:
        assert table(again, "name_latin") == [("Ioann Ivanov",), ("Sidorov Petr",)]


def test_an_address_that_is_corrected_is_a_witness_at_once(store: Store) -> None:
    nominate(store, delegate(1, "Юрий Иванов", email="y.petrov@mid.example"))
    assert table(store, "name_latin, source, confirmed", "latin_names") == [
        ("Yuriy Ivanov", "table", 0)
    ]
    with store.writing("amal") as conn:
        conn.execute("UPDATE delegates SET email = 'iurii.ivanov@mid.example'")
    assert table(store, "name_latin, source, confirmed", "latin_names") == [
        ("Iurii Ivanov", "address", 1)
    ]


def test_what_was_accepted_with_its_row_stays_whatever_is_proposed_later(store: Store) -> None:
    nominate(store, delegate(1, "Юрий Иванов"))
    with store.writing("amal") as conn:
        conn.execute("UPDATE delegates SET status = 'approved'")
    latin.set_style(store, LatinStyle("passport"))
    assert table(store, "name_latin, source", "latin_names") == [("Yuriy Ivanov", "table")]


def test_what_people_approved_is_how_the_state_spells_that_name(store: Store) -> None:
    nominate(store, delegate(1, "Юрий Иванов"))
    other = scan(store, b"another State's")
    save(store, other, note(delegate(1, "Юрий Иванов", title="Советник"), state="ARM"))
    waiting = scan(store, b"a later one")
    save(store, waiting, note(delegate(1, "Юрий Иванов", title="Атташе"), note_date="2019-04-09"))
    edit(store, "UPDATE delegation_list SET name_latin = 'Iouri Ivanov' WHERE document_id = 1")
    with store.writing("amal") as conn:
        conn.execute("UPDATE delegates SET status = 'approved' WHERE document_id = 1")
    found = table(store, "document_id, name_latin, source, confirmed", "latin_names")
    assert (1, "Iouri Ivanov", "typed", 1) in found
    assert (waiting, "Iouri Ivanov", "known_person", 0) in found
    assert (other, "Yuriy Ivanov", "table", 0) in found


def test_rows_that_wait_follow_what_the_house_chooses(store: Store) -> None:
    nominate(store, delegate(1, "Юрий Иванов"), delegate(2, "钱婉清"))
    latin.set_style(store, LatinStyle("passport", family_last=True))
    assert table(store, "name_latin") == [("Iurii Ivanov",), ("Wanqing Qian",)]
    latin.set_style(store, LatinStyle())
    assert table(store, "name_latin") == [("Yuriy Ivanov",), ("Qian Wanqing",)]


def test_it_is_explained_by_its_source_and_words(store: Store) -> None:
    document = nominate(store, delegate(1, "Юрий Иванов", email="iurii.ivanov@mid.example"))
    found = [e for e in explain(store, document) if e.field == "name_latin"]
    assert [(e.read, e.stored, e.component, e.evidence[0].rule) for e in found] == [
        ("Iurii Ivanov", "Iurii Ivanov", "latin", "latin.address")
    ]
    assert found[0].evidence[0].text == "iurii.ivanov@mid.example"


def test_an_edit_of_it_can_be_taken_back(store: Store) -> None:
    document = nominate(store, IVAN)
    row = delegates(store, document)[0]
    done = save_delegate(store, "amal", row["id"], row_version(row), {"name_latin": "Jean Ivanoff"})
    assert table(store, "name_latin, source", "latin_names") == [("Jean Ivanoff", "typed")]
    undo(store, done)
    assert table(store, "name_latin, source", "latin_names") == [("Ivanov Ivan", "table")]
