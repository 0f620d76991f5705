"""All delegates of a note: first the tables, then the paragraphs that no table took."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.delegates import bystanders
from extract.delegates.blocks.addresses import (
    by_family_name,
    handed_round,
    with_own_contacts,
)
from extract.delegates.blocks.apart import gather_addresses
from extract.delegates.blocks.footnotes import with_footnotes
from extract.delegates.blocks.grid import find_cards, find_grids
from extract.delegates.blocks.grids import read_form, read_grid
from extract.delegates.blocks.half_forms import without_half_forms
from extract.delegates.blocks.paragraphs import group_paragraphs
from extract.delegates.blocks.parted import joined
from extract.delegates.parts.office_of_post import with_office
from extract.delegates.reading import persons_of, read_paragraphs
from extract.delegates.scripts.han import holds_several
from extract.language import terms
from extract.language.normalise import fold, is_han, main_script

if TYPE_CHECKING:
    from extract.delegates.blocks.paragraphs import Paragraph
    from extract.delegates.draft import Draft
    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document
    from extract.layout.zones import Zones


NAMED_BY_LABEL = ("labelled", "grid")  # rules by which a label says what is a name
PARTS_OF_NAME = 2  # words of a name with nothing left out
SHORTEST_RANK = 3  # letters of a rank's abbreviation that is no initial
HAN_SIGN = 2.5  # letters of an alphabet that say as much: words have two signs or five letters
SCRIPTS = 2  # in which one name is printed
SEVERAL = 3
"""Persons of a list that shows how it writes names."""


@dataclass(frozen=True, slots=True)
class Found:
    """Persons in the order of the note; ``contacts`` are no delegates; ``doubts`` are codes."""

    drafts: tuple[Draft, ...] = ()
    contacts: tuple[Draft, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """Persons of the tables, the lines these take, and whether a row has no name."""

    drafts: tuple[Draft, ...]
    lines: frozenset[int]
    missing: bool


NO_TABLES = Tables((), frozenset(), missing=False)


def find_paragraphs(
    document: Document,
    zones: Zones,
    tables: Tables,
    apart: frozenset[int],
    readers: frozenset[str],
) -> tuple[Paragraph, ...]:
    """The body's lines but tables and addresses ``apart``; without ``item`` no mark begins one."""
    taken = tables.lines | apart | zones.letters
    body = tuple(n for n in zones.body() if n not in taken)
    return tuple(group_paragraphs(document, body, marked="item" in readers))


def find_persons(
    document: Document,
    zones: Zones,
    tables: Tables,
    paragraphs: tuple[Paragraph, ...],
    readers: frozenset[str],
) -> Found:
    """The persons of tables and paragraphs, who goes and who does not.

    An entry in which no name was found is nobody, and a person looks: somebody is missing.
    ``Mr D. M.`` at the end of a column is read as titles only; the name is in the next line.
    """
    said = _is_said(document, paragraphs)
    readings = read_paragraphs(paragraphs, zones.feet(), readers, nominated=not said)
    listed, others, missing = persons_of(readings)
    everyone = [*tables.drafts, *listed]
    everyone = [with_office(_in_one_script(d)) for d in everyone]
    drafts = handed_round(by_family_name([d for d in everyone if d.name_text]))
    drafts = led_alike(
        [_led_by_post(_led_in_latin(_named_so(d, drafts))) for d in without_stops(drafts)]
    )
    drafts = without_half_forms(drafts)
    along = [d for d in drafts if bystanders.goes_along(d, drafts)]
    drafts = [d for d in drafts if d not in along]
    beside = [d for d in drafts if bystanders.beside_list(d, drafts)]
    drafts = [d for d in drafts if d not in beside]
    signatory = bystanders.lone_signatory(drafts)
    drafts = [d for d in drafts if d is not signatory]
    elsewhere = {n for d in (*others, *along) for n in d.run.lines}
    drafts = with_own_contacts(with_footnotes(drafts, document), others)
    drafts = gather_addresses(drafts, elsewhere, document)
    missing = missing or tables.missing
    missing = missing or any(not d.name_text or holds_several(d.name_text) for d in everyone)
    return Found(
        tuple(sorted(drafts, key=lambda d: d.run.lines[0] if d.run.lines else 0)),
        (*others, *along, *beside, *([signatory] if signatory is not None else ())),
        (
            *(("row_without_name",) if missing or signatory is not None else ()),
            *(("person_beside_list",) if beside else ()),
        ),
    )


def _is_said(document: Document, paragraphs: tuple[Paragraph, ...]) -> bool:
    """Words nominate, and not only behind the list: ``the driver will not take part`` does not."""
    said = [t.line for t in document.labelled("nominating", "headed_by")]
    led = (
        p.lines[0]
        for p in paragraphs
        if p.kind != "prose"
        and any(t.start == p.begin and t.label in terms.HONORIFICS for t in p.run.terms)
    )
    listed = next(led, len(document.lines))
    return any(line < listed for line in said)


def _in_one_script(draft: Draft) -> Draft:
    """A column of names in Arabic, another of the same in Latin: the first is as the note writes.

    Of Chinese and Cyrillic beside Latin the same is true.
    """
    scripts = [main_script(draft.run.text[a:b]) for a, b in draft.name_parts]
    main = _script_of_note(draft.run.document.text)
    if len(set(scripts)) < SCRIPTS or scripts.count(main) != 1:
        return draft
    own = tuple(p for p, s in zip(draft.name_parts, scripts, strict=True) if s == main)
    return replace(draft, name_parts=own)


def _script_of_note(text: str) -> str | None:
    """The script most is written in; a Chinese sign says as much as several letters."""
    han = HAN_SIGN * sum(map(is_han, text))
    return "han" if han > sum(map(str.isalpha, text)) / 2 else main_script(text)


def _named_so(draft: Draft, drafts: list[Draft]) -> Draft:
    """``Sidi Ahmed X`` among persons without any form of address: the word is of his name."""
    led = [d for d in drafts if d.honorific]
    if draft.honorific is None or len(led) > 1 or len(drafts) < SEVERAL or not draft.name_parts:
        return draft
    start, end = draft.honorific
    (first, last), *rest = draft.name_parts
    printed = fold(draft.run.text[start:end])
    if printed not in terms.folded("honorifics_in_names") or not start < end <= first:
        return draft
    return replace(draft, honorific=None, name_parts=((start, last), *rest))


def without_stops(drafts: list[Draft]) -> list[Draft]:
    """``Col Thandi Zulu`` below ``Mr X``: a list that puts no stops behind its forms of address.

    Somebody should look: there are names like them.
    """
    forms = terms.folded("honorifics_m") | terms.folded("honorifics_f")
    printed = {fold(d.run.text[slice(*d.honorific)]) for d in drafts if d.honorific}
    if not any(f"{p}." in forms for p in printed):
        return drafts
    return [_led_by_rank(d) for d in drafts]


def _led_by_rank(draft: Draft) -> Draft:
    name = draft.run.text[slice(*draft.name_parts[0])] if draft.name_parts else ""
    first, *rest = name.split() or [""]
    rank = len(first) >= SHORTEST_RANK and f"{fold(first)}." in terms.folded("ranks")
    if draft.honorific or not rank or len(rest) < PARTS_OF_NAME:
        return draft
    return _led(draft, len(first))


def _led_in_latin(draft: Draft) -> Draft:
    """``rH Орлов Иван``: a few Latin letters before a name in Cyrillic are ``г-н``, misread."""
    name = draft.run.text[slice(*draft.name_parts[0])] if draft.name_parts else ""
    first, *rest = name.split() or [""]
    latin = len(first) <= SHORTEST_RANK and main_script(first) == "latin"
    cyrillic = len(rest) >= PARTS_OF_NAME and all(main_script(w) == "cyrillic" for w in rest)
    return _led(draft, len(first)) if latin and cyrillic and not draft.honorific else draft


def _led_by_post(draft: Draft) -> Draft:
    """``Name: Commissary Ana Lima Prado``: a post before a whole name is none of its words.

    Somebody should look: there are families of that name.
    """
    if draft.honorific or not draft.name_parts or not draft.rule.startswith(NAMED_BY_LABEL):
        return draft
    start, end = draft.name_parts[0]
    posts = [t for t in draft.run.terms_in(start, end, "title_heads", "ranks") if t.start == start]
    post = max((t.end for t in posts), default=start)
    behind = draft.run.text[post:end]
    if post == start or len(behind.split()) < PARTS_OF_NAME or not behind[:1].isspace():
        return draft
    printed = fold(draft.run.text[start:post])
    if printed in terms.folded("names_like_ranks") | terms.folded("names_too"):
        return draft
    return _led(draft, post - start)


def led_alike(drafts: list[Draft]) -> list[Draft]:
    """``Smt. Asha Rao`` and so on: a word that leads every name of a list is none of the names.

    One word leads four persons, or two forms of it three: ``الفاضل`` and ``الفاضلة``. Somebody
    should look: it may be a family's name.
    """
    words = [d.run.text[slice(*d.name_parts[0])].split() for d in drafts if d.name_parts]
    forms = sorted({fold(w[0]) for w in words if w})
    few = len(drafts) < SEVERAL + (len(forms) == 1)
    if few or len(words) < len(drafts) or any(d.honorific for d in drafts):
        return drafts
    alike = len(forms) == 1 or (len(forms) == 2 and forms[1].startswith(forms[0]))
    if not alike or any(len(w) < 3 or (w[0].isupper() and len(w[0]) > 1) for w in words):
        return drafts
    return [_led(d, len(w[0])) for d, w in zip(drafts, words, strict=True)]


def _led(draft: Draft, size: int) -> Draft:
    """The draft whose name's first word of ``size`` characters is a form of address."""
    (start, end), *rest = draft.name_parts
    name = draft.run.trimmed(start + size, end)
    doubts = (*draft.doubts, "name_odd")
    honorific = (start, start + size)
    return replace(draft, honorific=honorific, name_parts=(name, *rest), doubts=doubts)


def read_grids(document: Document) -> Tables:
    """The persons of all tables."""
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
    for grid in find_cards(document):
        reading = read_form(document, grid)
        if reading is not None:
            lines.update(grid.lines)
            drafts.extend(reading.drafts)
    return Tables(tuple(drafts), frozenset(lines), missing)
