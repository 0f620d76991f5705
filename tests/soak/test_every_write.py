"""Killed before every single write, fsync, rename and commit in turn, then started again."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from noteverbale.config import Config
from tests.mail_server import Mailbox
from tests.soak import driver
from tests.soak.conftest import Tell
from tests.soak.operations import Operations

MESSAGES = 4


def _operations(config: Config, database: Path, folder: Path) -> list[str]:
    """What one undisturbed round does, in order."""
    listing = folder / "kinds"
    child = os.fork()
    if child == 0:
        code = 1
        try:
            operations = Operations()
            operations.install()
            driver.round_here(config, database)
            kinds = list(operations.kinds)
            listing.write_text(" ".join(kinds))
            code = 0
        finally:
            os._exit(code)
    assert driver.ended(child) == 0
    return listing.read_text().split()


@pytest.mark.parametrize(
    "every",
    [
        pytest.param(60, id="short"),
        pytest.param(1, id="long", marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
def test_killed_before_each_operation(
    tmp_path: Path, mailbox: Mailbox, tell: Tell, every: int
) -> None:
    sent = [driver.message(n) for n in range(MESSAGES)]

    def fresh(name: str) -> tuple[Mailbox, Config, Path]:
        box = Mailbox(mailbox.server, f"{mailbox.user}{name}")
        folder = tmp_path / name
        folder.mkdir()
        driver.folders(box)
        box.deliver_all(sent)
        return box, driver.configuration(box, folder), folder / "data" / "n.db"

    box, config, database = fresh("whole")
    kinds = _operations(config, database, tmp_path)
    driver.finish(config, database)
    driver.verify(box, database, sent)
    killed = 0
    for fatal in itertools.count(1, every):
        box, config, database = fresh(f"k{fatal}")
        if driver.ended(driver.start(config, database, Operations(fatal).install)) is not None:
            break
        killed += 1
        driver.finish(config, database)
        driver.verify(box, database, sent)
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    tell(
        f"every write: {killed} kills in turn, every {every} of {len(kinds)} ({counts}): all sound"
    )
    assert killed >= len(kinds) // every
    assert set(kinds) >= {"write", "fsync", "rename", "commit"}


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_killed_before_each_operation_while_reading(
    tmp_path: Path, mailbox: Mailbox, tell: Tell
) -> None:
    """The other half: a document goes through the workers. It is no scan, and so costs no OCR."""
    sent = [(driver.ROOT / "samples" / "mail" / "mail-08-nam-digital.eml").read_bytes()]
    killed = 0
    for fatal in itertools.count(1):
        box = Mailbox(mailbox.server, f"{mailbox.user}r{fatal}")
        folder = tmp_path / f"r{fatal}"
        folder.mkdir()
        driver.folders(box)
        box.deliver_all(sent)
        config, database = driver.configuration(box, folder), folder / "data" / "n.db"
        assert driver.ended(driver.start(config, database, part="mailbox")) == 0
        reading = driver.start(config, database, Operations(fatal).install, part="reading")
        if driver.ended(reading) is not None:
            break
        killed += 1
        driver.finish(config, database)
        driver.verify(box, database, sent)
        assert driver.counted(box, "Drafts") == 1
    tell(f"every write while reading: {killed} kills in turn: all sound")
    assert killed > 10
