"""A proxy before the mail server that cuts, stalls and changes what it says."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def _pump(
    source: socket.socket, target: socket.socket, relay: Callable[[bytes, int], bytes | None]
) -> None:
    count = 0
    with contextlib.suppress(OSError):
        while data := source.recv(4096):
            count += len(data)
            passed = relay(data, count)
            if passed is None:
                break
            target.sendall(passed)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy(
    port: int,
    relay: Callable[[bytes, int], bytes | None],
    connections: int = 100,
    *,
    to_server: Callable[[bytes, int], bytes | None] = lambda data, _: data,
) -> Iterator[int]:
    """A TCP proxy for so many connections, one after the other.

    ``relay`` sees each piece from the server, with the bytes of this connection so far, and may
    change it, hold it back, or cut (None); ``to_server`` the same with pieces from the client.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    sockets: list[socket.socket] = [listener]
    threads: list[threading.Thread] = []

    def serve() -> None:
        for _ in range(connections):
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", port))
            for end in (client, server):  # else small pieces wait for each other's receipts
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sockets.extend((client, server))
            for args in ((client, server, to_server), (server, client, relay)):
                threads.append(threading.Thread(target=_pump, args=args))
                threads[-1].start()
        listener.close()

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        for found in sockets:
            with contextlib.suppress(OSError):
                found.shutdown(socket.SHUT_RDWR)
            found.close()
        for thread in (serving, *threads):
            thread.join(5)
