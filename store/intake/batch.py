"""Many items are kept: on the disk one by one, in the database several a commit."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from ingest.types import RawItem, WholeFile
from store.db.database import Store
from store.intake import known_files
from store.intake.keeping import (
    NO_KEYS,
    Arrival,
    Kept,
    Listed,
    arrival_of,
    disk_errors,
    put,
    record,
)

MOST_WAIT_S = 5.0
"""Over a slow line the rows do not wait for a whole batch: what is here is kept."""

BATCH = 8
"""Items a commit: one fsync of the database for each costs a fifth of the speed."""


class Batch:
    """Several items a commit: the originals go to the disk one by one, the rows come together.

    A context manager. An item counts as kept when its row is committed; before that it is still
    at its source, and is fetched again if this process is killed. The disk works in a thread
    while the source delivers the next item, and never on more than one.
    """

    def __init__(self, store: Store, listed: Listed = NO_KEYS, *, afterwards: bool = False) -> None:
        self._store = store
        self._listed = listed
        self._afterwards = afterwards
        self._disk = ThreadPoolExecutor(1, "originals")
        self._writing: Future[Arrival] | None = None
        self._waiting: list[Arrival] = []
        self._files: list[WholeFile] = []
        self._committed = time.monotonic()

    def __enter__(self) -> Batch:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._disk.shutdown()

    def add(self, item: RawItem) -> tuple[tuple[Arrival, Kept], ...]:
        """Take one item; what was committed by that, in order of arrival."""
        self._written()
        late = time.monotonic() - self._committed > MOST_WAIT_S
        done = self.commit() if len(self._waiting) >= BATCH or late else ()
        last = len(self._waiting) == BATCH - 1
        if self._store.originals.refuses(item.sha256):
            self._writing = self._disk.submit(arrival_of, item)
        else:
            self._writing = self._disk.submit(put, self._store, item, settle=last)
        return done

    def note(self, file: WholeFile) -> None:
        """All items of a file were added: it is noted with the last of them."""
        self._files.append(file)

    def commit(self) -> tuple[tuple[Arrival, Kept], ...]:
        """Write the rows of all that was taken."""
        self._written()
        self._committed = time.monotonic()
        if not self._waiting:
            return ()
        with disk_errors():
            self._store.originals.settle()
        with self._store.writing():
            done = tuple(
                (item, record(self._store, item, self._listed, afterwards=self._afterwards))
                for item in self._waiting
            )
            known_files.note(self._store, self._files)
        self._waiting, self._files = [], []
        return done

    def _written(self) -> None:
        """Waits for the disk; what went wrong there is raised here."""
        if self._writing is not None:
            writing, self._writing = self._writing, None
            self._waiting.append(writing.result())
