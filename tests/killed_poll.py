"""A poll that is killed before one of its writes, in a process of its own."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event

from noteverbale.config import Config
from noteverbale.poll import take_in
from store.opening import open_store


def survives(path: Path, config: Config, number: int, die_before: Callable[[int], None]) -> bool:
    """Whether a poll ends before its write with this number, before which it would be killed.

    `die_before` arms the child: it has to kill its own process at that write.
    """
    pid = os.fork()
    if pid == 0:
        try:
            logging.disable()
            die_before(number)
            with open_store(path, check=False) as store:
                take_in(config, store, Event())
            os._exit(0)
        except BaseException:  # noqa: BLE001 - the child must never return into the test
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL, f"the poll failed: {status}"
    return status == 0
