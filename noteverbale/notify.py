"""What systemd is told: sd_notify(3), a datagram to the socket named in the environment."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping

LONGEST_PING_S = 30.0
"""Seconds between two signs of life, also where systemd asks for none."""


class Notifier:
    """Tells the service manager how we are; says nothing where there is none."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        found = os.environ if environment is None else environment
        address = found.get("NOTIFY_SOCKET", "")
        # A leading @ stands for the abstract namespace, whose names begin with NUL (unix(7)).
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._ping_s = LONGEST_PING_S
        mine = found.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        if mine and found.get("WATCHDOG_USEC", "").isdecimal():
            self._ping_s = min(LONGEST_PING_S, int(found["WATCHDOG_USEC"]) / 1_000_000 / 3)

    @property
    def ping_s(self) -> float:
        """Seconds between two signs of life; a third of what systemd waits for (WatchdogSec=)."""
        return self._ping_s

    def ready(self) -> None:
        """We have started."""
        self._send("READY=1")

    def ping(self) -> None:
        """We are alive."""
        self._send("WATCHDOG=1")

    def status(self, text: str) -> None:
        """One line for ``systemctl status``; codes and numbers only."""
        self._send(f"STATUS={text}")

    def stopping(self) -> None:
        """We are about to end."""
        self._send("STOPPING=1")

    def _send(self, text: str) -> None:
        if not self._address:
            return
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
            way.settimeout(1.0)
            way.sendto(text.encode(), self._address)
