"""Who is at the other end: cookies, each worth a session until the program ends."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from dataclasses import dataclass, field

from store.review.undo import Done

IDLE_S = 12 * 3600.0
"""Seconds without a request after which one logs in again: longer than a working day."""

MOST_UNDO = 200
"""Edits of a person that can be taken back: a long list of delegates, gone through once."""

LOOKING_S = 180.0
"""A reply that somebody opened is left to that person for so long."""


@dataclass(slots=True)
class Session:
    """A person at the page. ``done`` are the edits that can be taken back, the last one last."""

    who: str
    seen: float
    done: list[Done] = field(default_factory=list)


class Sessions:
    """All sessions, and who looks at which reply. Safe to use from several threads."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        self._by_cookie: dict[str, Session] = {}
        self._looking: dict[int, tuple[str, float]] = {}
        self._held: dict[int, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def is_token(self, token: str) -> bool:
        """Whether this is the token that was printed at the start."""
        return self._token is not None and hmac.compare_digest(
            self._token.encode(), token.encode("utf-8", "surrogatepass")
        )

    def begin(self, who: str) -> str:
        """A new session; the value of its cookie."""
        cookie = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            for old in [c for c, s in self._by_cookie.items() if now - s.seen > IDLE_S]:
                del self._by_cookie[old]
            self._by_cookie[cookie] = Session(who, now)
        return cookie

    def find(self, cookie: str | None) -> Session | None:
        """The session of a cookie, None if there is none or it was idle for too long."""
        now = time.monotonic()
        with self._lock:
            session = self._by_cookie.get(cookie or "")
            if session is None or now - session.seen > IDLE_S:
                return None
            session.seen = now
            return session

    def end(self, cookie: str | None) -> None:
        """Log out."""
        with self._lock:
            self._by_cookie.pop(cookie or "", None)

    def remember(self, session: Session, done: Done) -> None:
        """Keep an edit, so that it can be taken back."""
        if done.changed:
            with self._lock:
                session.done.append(done)
                del session.done[:-MOST_UNDO]

    def look(self, session: Session, document: int) -> None:
        """The person has this reply on the screen, and no other."""
        with self._lock:
            for known, (who, _) in list(self._looking.items()):
                if who == session.who:
                    del self._looking[known]
            self._looking[document] = (session.who, time.monotonic())

    def others(self, session: Session) -> dict[int, str]:
        """Replies that other people have open, and who."""
        with self._lock:
            return _of_others(self._looking, session.who)

    def taken(self, session: Session) -> frozenset[int]:
        """Replies that other people have open, or that come next on their screens."""
        with self._lock:
            return frozenset(_of_others(self._looking | self._held, session.who))

    def hold(self, session: Session, document: int) -> bool:
        """Keep the reply that comes next for the person; False if it is somebody else's."""
        with self._lock:
            if document in _of_others(self._looking | self._held, session.who):
                return False
            now = time.monotonic()
            self._held = {d: h for d, h in self._held.items() if now - h[1] < LOOKING_S}
            self._held[document] = (session.who, now)
            return True


def _of_others(places: dict[int, tuple[str, float]], who: str) -> dict[int, str]:
    now = time.monotonic()
    return {d: owner for d, (owner, at) in places.items() if owner != who and now - at < LOOKING_S}
