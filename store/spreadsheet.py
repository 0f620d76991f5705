"""Lists as CSV (RFC 4180), of which nothing runs in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from store import sanitize

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write_csv(
    records: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    out: TextIO,
    separator: str = ",",
) -> None:
    """The columns of each record, below a header."""
    writer = csv.DictWriter(out, columns, delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    for record in records:
        writer.writerow({column: guarded(record[column]) for column in columns})


def guarded(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it.

    Telephone numbers too: ``+43 1 ...`` would be worked out. The text is on one line and has no
    control characters, so none can stand before the sign.
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if not isinstance(value, str):
        return value
    shown = sanitize.printable(value)
    return "'" + shown if shown.startswith(_FORMULA_STARTS) else shown
