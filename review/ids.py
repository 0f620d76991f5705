"""Numbers of rows as requests bring them: in an address, a field or a header."""

from __future__ import annotations

import re

from starlette.convertors import Convertor, register_url_convertor

_ROW = "[0-9]{1,18}"
"""Below 2**63, SQLite's largest integer, however it is written; ASCII digits only."""


class _RowConvertor(Convertor[int]):
    """What is no row's number fits no route, and is answered with 404."""

    regex = _ROW

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


def register() -> None:
    """Puts it in the place of Starlette's own, which takes numbers of any length."""
    register_url_convertor("int", _RowConvertor())


def row_id(text: str | None) -> int | None:
    """The number in a text, None if it is no row's."""
    return int(text) if text is not None and re.fullmatch(_ROW, text) else None
