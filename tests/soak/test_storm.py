"""Killed over and over in the middle of work, in bad weather: nothing lost, nothing twice."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import time
from pathlib import Path

import pytest

from store.service.polls import Part
from tests.mail_server import Mailbox
from tests.soak import driver
from tests.soak.conftest import Tell

SHORTEST_ROUND = 0.35
"""Seconds within which a round is killed where one takes no longer."""

LONG = [pytest.mark.soak, pytest.mark.timeout(3600)]


def _killed_in_work(database: Path) -> int:
    """Rounds that had begun and never came to an end; none if it was killed before its tables."""
    with contextlib.closing(sqlite3.connect(database)) as conn:
        if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'polls'").fetchone():
            return 0
        return int(
            conn.execute(
                "SELECT count(*) FROM polls WHERE outcome = 'crashed' OR outcome IS NULL"
            ).fetchone()[0]
        )


def _round_s(mailbox: Mailbox, folder: Path, parts: tuple[Part, ...]) -> float:
    """Seconds a round takes here in fair weather: a busy machine gets to work later."""
    begun = time.monotonic()
    for part in parts:
        config = driver.configuration(mailbox, folder)
        driver.ended(driver.start(config, folder / "data" / "fair.db", part=part))
    return time.monotonic() - begun


@pytest.mark.parametrize(
    ("messages", "kills", "parts"),
    [
        pytest.param(12, 3, ("both",), id="short"),
        pytest.param(600, 150, ("both",), id="long", marks=LONG),
        pytest.param(300, 150, ("mailbox", "reading"), id="long-halves", marks=LONG),
    ],
)
def test_killed_in_bad_weather(
    tmp_path: Path,
    mailbox: Mailbox,
    tell: Tell,
    messages: int,
    kills: int,
    parts: tuple[Part, ...],
) -> None:
    chance = random.Random(5)
    database = tmp_path / "data" / "n.db"
    driver.folders(mailbox)
    sent: list[bytes] = []
    landed = rounds = 0
    longest = max(SHORTEST_ROUND, _round_s(mailbox, tmp_path, parts))
    with driver.weather(mailbox.server.tls_port, seed=5, share=0.25) as (port, fates):
        config = driver.configuration(mailbox, tmp_path, port)
        while len(sent) < messages or landed < kills:
            # where there is no work left no kill is in the middle of it
            fresh = min(max(messages - len(sent), 2), chance.randint(2, 5))
            more = [driver.message(n) for n in range(len(sent), len(sent) + fresh)]
            mailbox.deliver_all(more)
            sent += more
            children = [driver.start(config, database, part=part) for part in parts]
            for child in children:
                driver.ended(child, chance.uniform(0.03, longest))
            rounds += 1
            landed = _killed_in_work(database) if database.exists() else 0
    driver.finish(driver.configuration(mailbox, tmp_path), database)
    found = driver.verify(mailbox, database, sent)
    tell(
        f"storm ({' and '.join(parts)}): {len(sent)} messages, {rounds} rounds,"
        f" {landed} SIGKILLs in the middle of work, connections {fates}: {found}"
    )
    assert landed >= kills
