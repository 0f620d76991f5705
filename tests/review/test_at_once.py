"""Two reviewers and the pipeline write at the same time; benchmarks/review.py does it longer."""

from __future__ import annotations

from benchmarks.review_load import work_together
from store.opening import open_store
from tests.review.conftest import Running

EDITS = 12
"""Of each reviewer; every second one in the delegate that they share."""


def test_nothing_is_lost_while_everybody_writes(running: Running) -> None:
    result = work_together(
        running.path,
        running.url,
        [running.cookie("amal"), running.cookie("noor")],
        lambda edits: edits < EDITS,
    )
    assert result.errors == []
    assert result.lost == []
    assert sum(result.edits) + result.collisions == 2 * EDITS
    assert min(result.edits) >= EDITS // 2  # those in a delegate of one's own
    assert result.readings > 0
    with open_store(running.path) as store:  # checks the database, too
        who = {row[0] for row in store.rows("SELECT DISTINCT who FROM corrections")}
    assert who == {"amal", "noor"}
