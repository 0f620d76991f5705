"""All delegates of a note, layout by layout: tables, labelled blocks, lists, stacks, sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.delegates import bystanders
from extract.delegates.blocks.addresses import handed_round
from extract.delegates.blocks.apart import address_list, gather_addresses
from extract.delegates.blocks.forms import with_labels
from extract.delegates.blocks.grid import find_grids
from extract.delegates.blocks.grids import read_grid
from extract.delegates.blocks.paragraphs import group_paragraphs
from extract.delegates.blocks.parted import joined
from extract.delegates.reading import persons_of, read_paragraphs

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document
    from extract.layout.zones import Zones


@dataclass(frozen=True, slots=True)
class Found:
    """Persons in the order of the note; ``contacts`` are no delegates; ``doubts`` are codes."""

    drafts: tuple[Draft, ...] = ()
    contacts: tuple[Draft, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tables:
    """Persons of the tables, the lines these take, and whether a row has no name."""

    drafts: tuple[Draft, ...]
    lines: frozenset[int]
    missing: bool


def find_delegates(document: Document, zones: Zones) -> Found:
    """Finds the persons; tables first, then the paragraphs that no table took.

    An entry in which no name was found is nobody, and a person looks: somebody is missing.
    ``Mr D. M.`` at the end of a column is read as titles only; the name is in the next line.
    """
    tables = _read_grids(document)
    apart = address_list(document)
    body = tuple(n for n in zones.body() if n not in tables.lines and n not in apart)
    paragraphs = with_labels(group_paragraphs(document, body), zones.feet())
    said = bool(document.labelled("nominating", "headed_by"))
    readings = read_paragraphs(paragraphs, zones.feet(), nominated=not said)
    listed, others, missing = persons_of(readings)
    everyone = [*tables.drafts, *listed]
    drafts = handed_round([d for d in everyone if d.name_text])
    along = [d for d in drafts if bystanders.goes_along(d, drafts)]
    drafts = [d for d in drafts if d not in along]
    beside = [d for d in drafts if bystanders.beside_list(d, drafts)]
    drafts = [d for d in drafts if d not in beside]
    signatory = bystanders.lone_signatory(drafts)
    drafts = [d for d in drafts if d is not signatory]
    elsewhere = {n for d in (*others, *along) for n in d.run.lines}
    drafts = gather_addresses(drafts, elsewhere, document)
    missing = missing or tables.missing or any(not d.name_text for d in everyone)
    return Found(
        tuple(sorted(drafts, key=lambda d: d.run.lines[0] if d.run.lines else 0)),
        (*others, *along, *beside, *([signatory] if signatory is not None else ())),
        (
            *(("row_without_name",) if missing or signatory is not None else ()),
            *(("person_beside_list",) if beside else ()),
        ),
    )


def _read_grids(document: Document) -> _Tables:
    drafts: list[Draft] = []
    lines: set[int] = set()
    before: dict[int, FieldKind] = {}
    missing = False
    for grid in joined(document, find_grids(document)):
        reading = read_grid(document, grid, before)
        if reading is not None:
            before = reading.kinds or before
            lines.update(grid.lines)
            drafts.extend(reading.drafts)
            missing = missing or reading.nameless
    return _Tables(tuple(drafts), frozenset(lines), missing)
