"""Tables for a terminal: widths of Chinese and Arabic told right, nothing that moves the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabulate import tabulate

from store import sanitize

MAX_CELL = 44
"""Columns of the terminal for one cell: most names and addresses are shown whole."""


def shown(value: object, width: int = MAX_CELL) -> str:
    """A value on one line, as ``sanitize.visible`` shows it, cut at ``width`` characters."""
    if value is None:
        return ""
    text = sanitize.visible(value)
    return text if len(text) <= width else text[: width - 1] + "…"


def table(
    records: Sequence[Mapping[str, object]], columns: Sequence[str], width: int = MAX_CELL
) -> str:
    """Records as a table of some of their columns."""
    rows = [[shown(record.get(column), width) for column in columns] for record in records]
    return tabulate(rows, headers=list(columns), tablefmt="simple", disable_numparse=True)
