"""The Latin name beside one in another script: proposed, renewed, or written by a person."""

from __future__ import annotations

from store.db.database import Store
from store.opening import open_store
from tests.store.replies import delegate, edit, nominate, note, save, table

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
