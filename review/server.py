"""The web server around the application, one process with threads."""

from __future__ import annotations

import asyncio
import asyncio.constants
import socket
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from review.connections import Connections, Deadlines, Timed

GRACE_S = 5
"""Seconds for requests in hand when the program ends."""

HANDSHAKE_S = 10.0
"""Seconds for a TLS handshake; connections are counted after it."""

MOST_HEADER = 16 * 1024
"""Bytes of a request's header; ours with a long cookie has one."""


def listen(address: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes any that is free.

    Raises:
        OSError: the address is not ours, or somebody listens there already.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address, port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def server(
    app: ASGIApp,
    certificate: Path | None = None,
    key: Path | None = None,
    deadlines: Deadlines | None = None,
) -> uvicorn.Server:
    """The server, not started; with a certificate and its key it speaks TLS."""
    if certificate is not None:  # uvicorn has no setting for it
        asyncio.constants.SSL_HANDSHAKE_TIMEOUT = HANDSHAKE_S
    protocol: Any = partial(Timed, Connections(deadlines or Deadlines()))
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            log_config=None,  # the program's own: lines are cut, and safe for a terminal
            access_log=False,  # addresses have the token and ids in them
            server_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="off",
            http=protocol,
            h11_max_incomplete_event_size=MOST_HEADER,
            timeout_graceful_shutdown=GRACE_S,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
    )


def serve(found: uvicorn.Server, listening: socket.socket) -> None:
    """Serve until a signal says stop."""
    asyncio.run(found.serve(sockets=[listening]))
