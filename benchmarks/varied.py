"""Kept pages of the samples with other persons, numbers and meetings: a backlog of any size.

Words are replaced where they stand, in both readers' texts; boxes and confidences stay. So every
document is read, compared and searched as one that nobody has seen before.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks import database as invented
from extract.types import Invitation, NoteVerbale
from noteverbale.reading import extract_note
from ocr.engines.selection import reading_version
from ocr.settings import OcrSettings
from ocr.types import Line, Page
from store.db import codec
from store.db.database import Store
from store.intake.document_rows import DocumentRow, add_document
from store.records import meetings, stored
from tests import golden_pages

REFERENCE = "CU 2019/59/(A)/DTA/CEB/CSS"
FIRST_MEETING = 100
"""Numbers of three digits, as there are thousands of meetings in an archive."""

SCRIPTS = ("A-Za-zÀ-ɏ", "А-я")
"""Whose names are replaced; what is Chinese or Arabic stays."""

_WORD = re.compile(rf"[{SCRIPTS[0]}]{{3,}}|[{SCRIPTS[1]}]{{3,}}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Pages of a sample, the words in them that are somebody's name, and the note's number."""

    name: str
    pages: tuple[Page, ...]
    names: frozenset[str]
    number: str | None


def patterns() -> list[Pattern]:
    """Of every sample whose pages are kept."""
    return [_pattern(name, golden_pages.pages_of(name)) for name in golden_pages.samples()]


def _pattern(name: str, pages: tuple[Page, ...]) -> Pattern:
    note = extract_note(pages).note
    if not isinstance(note, NoteVerbale):
        return Pattern(name, pages, frozenset(), None)
    names: set[str] = set()
    for person in note.delegates:
        found = person.email.text.partition("@")[0] if person.email else ""
        names.update(_WORD.findall(f"{person.name.text if person.name else ''} {found}"))
    number = note.note_reference.text if note.note_reference else None
    return Pattern(name, pages, frozenset(names), number)


def varied(pattern: Pattern, number: int, meeting: int) -> tuple[Page, ...]:
    """The pages as another document ``number``, which answers another meeting."""
    chance = random.Random(f"{pattern.name} {number}")
    words = {word: _other(word, chance) for word in sorted(pattern.names)}
    words["2019/59"] = f"2019/{meeting}"
    if pattern.number:
        changed = f"{pattern.number}/{number}"
        words |= dict(zip(pattern.number.split()[-1:], changed.split()[-1:], strict=True))
    found = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    def change(text: str) -> str:
        return found.sub(lambda match: words[match.group()], text)

    return tuple(
        replace(page, lines=tuple(_line(line, change) for line in page.lines))
        for page in pattern.pages
    )


def _line(line: Line, change: Callable[[str], str]) -> Line:
    return replace(
        line,
        words=tuple(replace(word, text=change(word.text)) for word in line.words),
        second=tuple(replace(reading, text=change(reading.text)) for reading in line.second),
    )


def _other(word: str, chance: random.Random) -> str:
    """An invented word written as this one is: in capitals, with a capital, in small letters."""
    cyrillic = re.fullmatch(rf"[{SCRIPTS[1]}]+", word) is not None
    pool = invented.CYRILLIC if cyrillic else invented.SYLLABLES
    made = "".join(chance.choices(pool, k=max(2, round(len(word) / 3))))
    return made.upper() if word.isupper() else made.capitalize() if word[0].isupper() else made


def invitations(count: int) -> tuple[Invitation, ...]:
    """Of so many meetings."""
    return tuple(
        Invitation(REFERENCE.replace("59", str(FIRST_MEETING + n)), f"Meeting of experts {n}")
        for n in range(count)
    )


def add(store: Store, found: list[Pattern], count: int, first: int = 0) -> int:
    """Adds documents that wait, from the ``first`` number on, their pages kept; how many pages."""
    version = reading_version(OcrSettings())
    of_all = 0
    for invitation in invitations(-(-(first + count) // len(found))):
        meetings.add(store, invitation)
    with store.writing() as conn:
        for n in range(first, first + count):
            pattern = found[n % len(found)]
            pages = varied(pattern, n, FIRST_MEETING + n // len(found))
            sha256 = hashlib.sha256(f"{pattern.name} {n}".encode()).hexdigest()
            row = DocumentRow(f"{n:07}.pdf", "application/pdf", sha256, 200_000, None)
            number = add_document(conn, row, "2019-04-05T08:00:00Z")
            for page in pages:
                stored.put_page(store, sha256, codec.kept(page), version)
            conn.execute("UPDATE documents SET pages = ? WHERE id = ?", [len(pages), number])
            of_all += len(pages)
    return of_all
