"""What the pages of one running program share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from review.sessions import Sessions
from review.users import Brake, Users
from store.db.database import Store
from store.opening import open_store
from store.service.confirmations import After

PageImage = Callable[[int, int, bool], bytes]
"""Document and page (from 1) to the PNG of the upright page image, or of the same in its own
tones: as it was scanned, before stamps, shades and borders were taken out for reading."""

Original = Callable[[int], tuple[str, bytes]]
"""Document to the name and the bytes of the file that was sent."""


def _one_day(text: str) -> tuple[str, ...]:
    return (text,)


@dataclass(frozen=True, slots=True)
class Desk:
    """The wiring of the page.

    Attributes:
        database: the file.
        page_image: gives pixels; raises ``NoteVerbaleError`` when there are none.
        days: a typed date to the ISO days it may mean, none if it is no date.
        original: gives the file as it was sent; None where that is not allowed.
        in_words: a reason code in words.
        sessions: who is there.
        who: the name edits are recorded under where nobody logs in.
        users: who may log in; None where the token of the start is enough.
        cookie: name of the session's cookie.
        secure: whether the connection is encrypted, so that cookies say so.
        drafts: whether somebody lays drafts into a mailbox.
        confirm: when a mission may be asked to confirm its list; None where none is asked.
        brake: slows down guessing.
    """

    database: Path
    page_image: PageImage
    in_words: Callable[[str | None], str]
    sessions: Sessions
    who: str = "reviewer"
    users: Users | None = None
    cookie: str = "noteverbale"
    secure: bool = False
    drafts: bool = False
    confirm: After | None = None
    brake: Brake = field(default_factory=Brake)
    days: Callable[[str], tuple[str, ...]] = _one_day
    original: Original | None = None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The database, opened for one request: SQLite's connections belong to a thread."""
        store = open_store(self.database, check=False)
        try:
            yield store
        finally:
            store.close()
