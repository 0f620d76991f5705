"""Statements made from columns and values: names of our own, values of anybody."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def insert(conn: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Write a new row; its id."""
    columns, values = ", ".join(row), ", ".join(f":{column}" for column in row)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608 - our own names
    found = conn.execute(sql, row).lastrowid
    if found is None:
        raise AssertionError("SQLite gave no id")
    return found


def update(
    conn: sqlite3.Connection,
    table: str,
    number: int,
    row: Mapping[str, object],
    there: sqlite3.Row | None = None,
) -> None:
    """Write these columns of the row with this id; nothing, if there are none.

    Where the row is given that is ``there``, only what differs: an index over a column is written
    and a trigger on it called, whether the value is another one or not.
    """
    if there is not None:
        row = {column: value for column, value in row.items() if value != there[column]}
    if row:
        columns = ", ".join(f"{column} = :{column}" for column in row)
        sql = f"UPDATE {table} SET {columns} WHERE id = :_id"  # noqa: S608 - our own names
        conn.execute(sql, {**row, "_id": number})
