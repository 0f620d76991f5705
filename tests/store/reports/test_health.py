"""What status and metrics say of polls, before and after the first complete one."""

from __future__ import annotations

from pathlib import Path

from store.db.database import Store
from store.opening import open_store
from store.reports import health
from store.service import polls


def _poll(store: Store, outcome: polls.Outcome, part: polls.Part = "both") -> None:
    reason = None if outcome in ("complete", "stopped") else "login_refused"
    polls.end(store, polls.begin(store, part), outcome, reason)


def test_failures_count_before_the_first_complete_poll_and_from_the_last_one(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path / "n.db") as store:
        assert health.health(store).failures == 0
        for count in (1, 2, 3):
            _poll(store, "failed")
            found = health.health(store)
            assert (found.failures, found.complete_poll_at) == (count, None)
        _poll(store, "stopped")
        _poll(store, "complete", "reading")  # the other half says nothing of the mailbox
        assert health.health(store).failures == 3
        _poll(store, "complete")
        assert health.health(store).failures == 0
        assert health.health(store).complete_poll_at is not None
        _poll(store, "crashed")
        assert health.health(store).failures == 1
