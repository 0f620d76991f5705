"""The values of a delegate and of a note: one list each, told from the dataclasses."""

from __future__ import annotations

from typing import get_type_hints

from extract.types import Delegate, NoteVerbale, Value


def _values(of: type) -> tuple[str, ...]:
    hints = get_type_hints(of)
    return tuple(name for name, kind in hints.items() if kind in (Value, Value | None))


DELEGATE_VALUES = _values(Delegate)
"""In the dataclass's order. Columns of the same names hold them, with what people wrote."""

AS_PRINTED = tuple(sorted(DELEGATE_VALUES, key=lambda field: field != "honorific"))
"""The same as a note prints them and people read them: the honorific before the name."""

NOTE_VALUES = _values(NoteVerbale)
"""In the dataclass's order; the table ``documents`` has a column for each."""
