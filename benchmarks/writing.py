"""How many documents a second one coordinator writes, and what a page costs on the disk.

Readings of the golden pages, each with other persons and another number, State and meeting, go
through ``save_reading`` as the service saves them: with their kept pages, in batches.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.database import name
from extract.note import read_note
from extract.types import Delegate, DocumentReading, Invitation, NoteVerbale, Value
from ingest.types import ItemKey, RawItem
from store.db import codec
from store.db.database import Store
from store.intake import keeping
from store.opening import open_store
from store.records import meetings, saving, stored
from tests import golden_pages

REPLIES_A_MEETING = 190
"""About one a State: as many as answer a meeting."""


def readings(most: int) -> list[DocumentReading]:
    """What the rules make of the first golden samples that nominate somebody."""
    found = []
    for sample in golden_pages.samples():
        pages = golden_pages.pages_of(sample)
        note = read_note(pages)
        if isinstance(note, NoteVerbale) and note.delegates:
            found.append(DocumentReading("processed", None, pages, note))
        if len(found) == most:
            break
    return found


def documents(
    patterns: list[DocumentReading], count: int, states: list[str], seed: int = 7
) -> Iterator[tuple[DocumentReading, str]]:
    """Readings by number, and the meeting of each."""
    chance = random.Random(seed)
    for n in range(count):
        reading = patterns[n % len(patterns)]
        note = reading.note
        if note is None:
            raise AssertionError("only notes are taken")
        people = tuple(_other(one, chance, n, k) for k, one in enumerate(note.delegates))
        state = states[n % len(states)]
        note = replace(
            note,
            delegates=people,
            state=_value(note.state, state),
            note_reference=_value(note.note_reference, f"NV/{n}"),
        )
        yield replace(reading, note=note), f"CU 2019/{n // REPLIES_A_MEETING}"


def _other(one: Delegate, chance: random.Random, n: int, k: int) -> Delegate:
    email = None if one.email is None else _value(one.email, f"p{n}.{k}@example.org")
    return replace(one, name=_value(one.name, name(chance, 41 * n + 2 * k + 3)), email=email)


def _value(value: Value | None, text: str) -> Value:
    return Value(text, 0.9, ()) if value is None else replace(value, text=text)


def keep(store: Store, first: int, count: int) -> list[int]:
    """Rows of documents that wait, without their originals' bytes on the disk."""
    ids = []
    with store.writing():
        for n in range(first, first + count):
            item = RawItem(ItemKey("file", f"note-{n}.pdf", 0, 0), "scan", b"%d" % n)
            kept = keeping.record(store, keeping.arrival_of(item), keeping.NO_KEYS)
            if kept.document is None:
                raise AssertionError("a scan is a document")
            ids.append(kept.document)
    return ids


def write(
    store: Store, ids: list[int], made: list[tuple[DocumentReading, str]], batch: int
) -> tuple[float, float]:
    """Seconds of the clock and of the processor to save these, ``batch`` documents a commit.

    As the coordinator does it: pages come from the workers as they are kept, each is written for
    itself when it comes, and once more with its document.
    """
    brought = [
        (replace(reading, pages=()), tuple(map(codec.kept, reading.pages)), meeting)
        for reading, meeting in made
    ]
    digests = [f"{number:064x}" for number in ids]
    started, used = time.perf_counter(), time.process_time()
    for start in range(0, len(ids), batch):
        with store.writing():
            some = slice(start, start + batch)
            for number, digest, (reading, pages, meeting) in zip(
                ids[some], digests[some], brought[some], strict=True
            ):
                for page in pages:
                    stored.put_page(store, digest, page, "1")
                saving.save_reading(store, number, reading, meeting, "1", pages)
    return time.perf_counter() - started, time.process_time() - used


def main() -> int:
    """Prints documents a second, in steps, so that what grows with the database shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--step", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=64, help="documents a commit")
    parser.add_argument("--patterns", type=int, default=40, help="samples the readings are made of")
    parser.add_argument("--folder", type=Path, help="kept; else a temporary one")
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    patterns = readings(arguments.patterns)
    with tempfile.TemporaryDirectory() as temporary:
        path = (arguments.folder or Path(temporary)) / "noteverbale.db"
        profile = cProfile.Profile()
        with open_store(path) as store:
            for n in range(arguments.documents // REPLIES_A_MEETING + 1):
                meetings.add(store, Invitation(f"CU 2019/{n}", f"Meeting number {n}"))
            states = [r["iso3"] for r in store.rows("SELECT iso3 FROM states WHERE party = 1")]
            everything = documents(patterns, arguments.documents, states)
            for start in range(0, arguments.documents, arguments.step):
                made = [next(everything) for _ in range(arguments.step)]
                ids = keep(store, start, arguments.step)
                if arguments.profile:
                    profile.enable()
                took, used = write(store, ids, made, arguments.batch)
                profile.disable()
                pages = sum(len(reading.pages) for reading, _ in made)
                print(
                    f"{start + arguments.step:>8} documents: {arguments.step / took:.0f} a second,"
                    f" {arguments.step / used:.0f} a second of processor"
                    f" ({pages / arguments.step:.2f} pages,"
                    f" {sum(len(r.note.delegates) for r, _ in made if r.note) / arguments.step:.1f}"
                    " delegates each)",
                    flush=True,
                )
            size = store.one("SELECT sum(length(body)) / count(*) AS body FROM pages")
        if arguments.profile:
            pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(40)
        pages = sum(len(patterns[n % len(patterns)].pages) for n in range(arguments.documents))
        print(
            f"a page: {size['body'] if size else 0} bytes of reading,"
            f" {path.stat().st_size / pages:.0f} bytes of database in all"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
