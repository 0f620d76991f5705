"""Kept originals without a row are taken in again, see ``store.intake.orphans``."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from ingest.folder import item_kind
from ingest.types import FILE, ItemKey, PassedOver, RawItem
from noteverbale import pipeline
from noteverbale.tally import Tally
from store.errors import OriginalUnusable
from store.intake import keeping
from store.intake.orphans import without_row

if TYPE_CHECKING:
    from ingest.types import ParsedMessage
    from store.db.database import Store


def take_in(
    store: Store, parser: Callable[[bytes], ParsedMessage], tally: Tally, stop: Event
) -> int:
    """Messages first, whose attachments then have their rows; what is left are bare scans.

    Returns:
        How many files were taken in.
    """
    count = _keep(store, "message", tally, stop)
    pipeline.parse(store, parser, tally, stop)
    return count + _keep(store, "scan", tally, stop)


def _keep(store: Store, kind: str, tally: Tally, stop: Event) -> int:
    count = 0
    for sha256 in without_row(store):
        if stop.is_set():
            break
        place = ItemKey(FILE, str(store.originals.path(sha256)), 0, 0)
        try:
            data = store.originals.get(sha256)
        except OriginalUnusable:  # changed: nothing that could be taken in
            if kind == "scan":  # told once
                tally.left_out.append(PassedOver(place, "unreadable"))
            continue
        found = item_kind(data, "")
        if found == kind:
            name = sha256[:12] if found == "scan" else None
            item = RawItem(place, found, data, filename=name)
            pipeline.count_one(store, keeping.keep(store, item), item.problem, tally)
            count += 1
    return count
