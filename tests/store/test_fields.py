"""The values of a delegate: one list, which the tables and the view have a column for each of."""

from __future__ import annotations

from store.db.database import Store
from store.fields import AS_PRINTED, DELEGATE_VALUES, NOTE_VALUES


def _columns(store: Store, table: str) -> list[str]:
    sql = "SELECT name FROM pragma_table_info(?) ORDER BY cid"
    return [row["name"] for row in store.rows(sql, [table])]


def test_every_value_of_a_delegate_has_its_column_in_the_order_of_print(store: Store) -> None:
    printed = [name for name in _columns(store, "delegation_list") if name in DELEGATE_VALUES]
    assert tuple(printed) == AS_PRINTED
    assert set(AS_PRINTED) == set(DELEGATE_VALUES) <= set(_columns(store, "delegates"))


def test_every_value_of_a_note_has_its_column(store: Store) -> None:
    assert "note_date" in NOTE_VALUES
    assert set(NOTE_VALUES) <= set(_columns(store, "documents"))
