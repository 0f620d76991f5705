"""Two reviewers and the pipeline write at the same time; benchmarks/review.py does it longer."""

from __future__ import annotations

from benchmarks.review_load import work_together
from store.opening import open_store
from tests.review.conftest import Running


def test_nothing_is_lost_while_everybody_writes(running: Running) -> None:
    result = work_together(
        running.path,
        running.url,
        [running.cookie("amal"), running.cookie("noor")],
        seconds=4.0,
    )
    assert result.errors == []
    assert result.lost == []
    assert min(result.edits) > 5
    assert result.readings > 5
    with open_store(running.path) as store:  # checks the database, too
        who = {row[0] for row in store.rows("SELECT DISTINCT who FROM corrections")}
    assert who == {"amal", "noor"}
