"""The scanner folder in a poll: kept first, and only then deleted or moved, if configured."""

from __future__ import annotations

import logging
import os
from threading import Event
from typing import TYPE_CHECKING

from ingest import scanner
from ingest.errors import SourceUnreadable
from ingest.scanner import ScannerFolder
from noteverbale import pipeline
from noteverbale.parsing import parse_limits
from store.errors import OriginalUnusable
from store.intake import keeping
from store.intake.taken_files import Taken, note, taken

if TYPE_CHECKING:
    from ingest.types import ItemKey, RawItem
    from noteverbale.config import Config
    from noteverbale.source_config import ScannerConfig
    from noteverbale.tally import Tally
    from store.db.database import Store

log = logging.getLogger(__name__)


def take_in(config: Config, store: Store, tally: Tally, stop: Event) -> None:
    """Keeps what is new in the scanner folder, each file in a commit of its own.

    Raises:
        SourceUnreadable: the folder, or the one for done files, is not there.
    """
    wished = config.scanner
    if wished.folder is None:
        return
    source = ScannerFolder(wished.folder, wished.settle_s, wished.move_to, parse_limits(config))
    keys = source.keys()
    known = taken(store)
    new = tuple(key for key in keys if not _is_known(source, key, known))
    log.info(
        "scanner folder lists %d files, %d of them new, and %d to be left alone",
        len(keys),
        len(new),
        len(source.passed_over()),
    )
    for item in source.items(new):
        _keep(store, source, item, tally)
        if stop.is_set():
            return
    tally.left_out.extend(p for p in source.passed_over() if p.reason != "vanished")
    if wished.after != "leave":
        _clear(wished, store, source, keys)


def looked_at(wished: ScannerConfig) -> str:
    """How many files wait, in words; nothing is taken.

    Raises:
        SourceUnreadable: the folder, or the one for done files, is not there or not writable.
    """
    if wished.folder is None:
        return "none configured"
    source = ScannerFolder(wished.folder, wished.settle_s, wished.move_to)
    count = len(source.keys())
    changed = [wished.folder] if wished.after != "leave" else []
    if wished.after == "move" and wished.move_to is not None:
        changed.append(wished.move_to)
    for folder in changed:
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            raise SourceUnreadable(f"{folder}: is no folder that may be written")
    left = len(source.passed_over())
    return f"{count} files" + (f", {left} more left alone" if left else "")


def _is_known(source: ScannerFolder, key: ItemKey, known: dict[str, Taken]) -> bool:
    before, file = known.get(key.folder), source.file(key)
    return before is not None and (before.size, before.changed_ns) == (file.size, file.changed_ns)


def _keep(store: Store, source: ScannerFolder, item: RawItem, tally: Tally) -> None:
    arrival = keeping.put(store, item)
    file = source.file(item.key)
    with store.writing() as conn:
        kept = keeping.record(store, arrival)
        if item.problem is None:  # else it is asked for again: limits can be raised
            note(conn, Taken(item.key.folder, file.size, file.changed_ns, item.sha256), kept)
    pipeline.count_one(store, kept, item.problem, tally)


def _clear(
    wished: ScannerConfig, store: Store, source: ScannerFolder, keys: tuple[ItemKey, ...]
) -> None:
    """Takes away the files that are kept; those a killed run left behind among them."""
    known = taken(store)
    for key in keys:
        if not _is_known(source, key, known):
            continue
        sha256, file = known[key.folder].sha256, source.file(key)
        if not _is_kept(store, sha256):
            log.error("the kept original %s is not whole: the scanner's file stays", sha256[:12])
        elif wished.after == "delete":
            scanner.delete(file, sha256)
        elif wished.move_to is not None:
            scanner.move(file, sha256, wished.move_to)


def _is_kept(store: Store, sha256: str) -> bool:
    """Whether the kept original is there and has the right bytes."""
    try:
        store.originals.get(sha256)
    except OriginalUnusable:
        return False
    return True
