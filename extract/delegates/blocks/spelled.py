"""Columns of a table told by what others spell: family names, and names in Latin letters again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from extract.language.name_fit import latinised, name_fit
from extract.language.normalise import fold, main_script
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.delegates.blocks.grid import Grid
    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document

NAMES = ("name", "family")
SPELLED = 60
"""Per cent of likeness between a name in Latin letters and our own spelling of it, at least."""
SPELT = ("full", "family", "loose")
SPELLING = 2
"""Addresses that spell a column's words, from which on these are names."""


def with_family(
    document: Document, grid: Grid, rows: tuple[int, ...], kinds: dict[int, FieldKind]
) -> dict[int, FieldKind]:
    """A column nobody named, beside the names: addresses spell its words, which are the others'.

    So the family names stand where the header was lost over two columns of names.
    """
    at = [c for c, kind in kinds.items() if kind == "name"]
    if len(at) != 1 or {"family", "given"} & {*kinds.values()}:
        return kinds
    mails = [c for c, kind in kinds.items() if kind == "email"]
    texts = {
        c: [TextRun(document, grid.cells.get((r, c), ())).text for r in rows] for c in grid.columns
    }
    for column in (at[0] - 1, at[0] + 1):
        if column in kinds or column not in texts or not mails:
            continue
        spelled = [
            name_fit(address.replace("\n", "").split("@")[0], word).kind in SPELT
            for word, address in zip(texts[column], texts[mails[0]], strict=True)
        ]
        if sum(spelled) >= SPELLING and 2 * sum(spelled) > len(rows):
            return {**kinds, column: "family", at[0]: "given"}
    return kinds


def without_latin(
    document: Document, grid: Grid, rows: tuple[int, ...], kinds: dict[int, FieldKind]
) -> dict[int, FieldKind]:
    """``Name in English`` beside names in another script: the same names, and no office."""
    names = next((c for c, kind in kinds.items() if kind in NAMES), None)
    again = [
        c
        for c in grid.columns
        if names is not None and c != names and _spells(document, grid, rows, (names, c))
    ]
    return kinds | dict.fromkeys(again, "ignored")


def _spells(
    document: Document, grid: Grid, rows: tuple[int, ...], columns: tuple[int, int]
) -> bool:
    """Whether most cells of the second column spell, in Latin letters, what the first holds.

    An address spells its person's name, too, and is no name.
    """
    alike = 0
    for row in rows:
        own, other = (TextRun(document, grid.cells.get((row, c), ())).text for c in columns)
        if main_script(own) in ("latin", None) or main_script(other) != "latin" or "@" in other:
            continue
        alike += fuzz.token_sort_ratio(fold(latinised(own)), fold(other)) >= SPELLED
    return 2 * alike > len(rows)
