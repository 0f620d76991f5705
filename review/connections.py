"""Connections that say nothing, or too slowly, and how many there may be.

Anybody who reaches the port can open connections. Each has so long for its header, its body and
for taking the answer. When there are too many, the one that has been silent for longest is ended,
never one of somebody who is logged in: strangers cannot keep out who works here.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 256
"""Connections in all; below the 1,024 files that a process may have open by default."""

MOST_OF_STRANGERS = 32
"""Connections of one address over which nobody is logged in. A browser opens six to a server
(RFC 9112 section 9.4 leaves the number open); a proxy brings all people from one address."""

VISITOR = "visitor"

Stage = Literal["header", "body", "answer", "idle"]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds that a client may take for a whole header, a whole body, and for reading on."""

    header_s: float = 10.0
    body_s: float = 30.0
    write_s: float = 30.0


@dataclass(slots=True)
class Visitor:
    """Who is at the other end; the application says when it is somebody it knows."""

    known: bool = False


def recognise(request: Request, *, known: bool) -> None:
    """The application tells the connection whether somebody is logged in."""
    visitor = request.scope.get("state", {}).get(VISITOR)
    if isinstance(visitor, Visitor):
        visitor.known = known


@dataclass(slots=True)
class Connections:
    """All that are open, the oldest first."""

    deadlines: Deadlines = field(default_factory=Deadlines)
    _open: dict[Timed, None] = field(default_factory=dict)

    def opened(self, new: Timed) -> None:
        """One more; another one may have to go for it, or itself."""
        self._open[new] = None
        strangers = [c for c in self._open if not c.visitor.known]
        same = [c for c in strangers if c.address == new.address]
        if len(same) > MOST_OF_STRANGERS:
            self._end_one(same)
        elif len(self._open) > MOST:
            self._end_one(strangers)

    def closed(self, gone: Timed) -> None:
        """It is no more."""
        self._open.pop(gone, None)

    def _end_one(self, among: list[Timed]) -> None:
        """The oldest that has not asked for anything, else the oldest."""
        chosen = next((c for c in among if c.stage in ("header", "idle")), among[0])
        self.closed(chosen)
        chosen.end()


class Timed(H11Protocol):
    """One connection with its deadlines."""

    def __init__(self, connections: Connections, **wiring: Any) -> None:  # noqa: ANN401  uvicorn's
        self.visitor = Visitor()
        app_state = {**wiring.pop("app_state"), VISITOR: self.visitor}
        super().__init__(app_state=app_state, **wiring)
        self._connections = connections
        self.stage: Stage = "header"
        self._timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    @property
    def address(self) -> str | None:
        """Where the client is, without its port."""
        return self.client[0] if self.client else None

    def end(self) -> None:
        """Break it off; the kernel forgets what was not taken (SO_LINGER of 0 s, socket(7)).

        Else a client that reads nothing would keep megabytes of it for minutes.
        """
        socket_ = self.transport.get_extra_info("socket")
        if socket_ is not None:
            socket_.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Its header is waited for from now on."""
        super().connection_made(transport)
        self._begin("header")
        self._connections.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._connections.closed(self)
        self._begin("idle")
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A piece of a header or a body."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._begin("answer")  # a new request: its body has its own time
        if self.cycle is None:
            self._begin("header")
        elif self.cycle.more_body:
            self._begin("body")
        else:
            self._begin("header" if self.cycle.response_complete else "answer")

    def on_response_complete(self) -> None:
        """The next header may come; until its first byte uvicorn's own time for idling counts."""
        super().on_response_complete()
        if not self.cycle.more_body:
            self._begin("idle")

    def pause_writing(self) -> None:
        """The client does not read: what was written fills the buffers."""
        super().pause_writing()
        if self._write_timer is None:
            wait_s = self._connections.deadlines.write_s
            self._write_timer = self.loop.call_later(wait_s, self.end)

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    def _begin(self, stage: Stage) -> None:
        """A stage has its time as a whole: bytes that trickle in win none."""
        if stage == self.stage and self._timer is not None:
            return
        self.stage = stage
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        deadlines = self._connections.deadlines
        wait_s = {"header": deadlines.header_s, "body": deadlines.body_s}.get(stage)
        if wait_s is not None:
            self._timer = self.loop.call_later(wait_s, self.end)
