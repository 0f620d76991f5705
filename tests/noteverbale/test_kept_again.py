"""A database that was lost beside its originals says so, and they can be taken in again."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from ingest.folder import FolderSource
from noteverbale import cli, kept_again, pipeline
from noteverbale.config import Config
from noteverbale.parsing import message_parser
from noteverbale.tally import Tally
from store.db.database import Store
from store.intake.orphans import of_lost_database, without_row
from store.opening import open_store

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
MESSAGE = sorted((SAMPLES / "mail").glob("*.eml"))[0]
SCAN = SAMPLES / "replies" / "029-ury-decline.pdf"


def _rows(store: Store) -> list[tuple[object, ...]]:
    query = "SELECT sha256, message IS NULL, received_at, outcome FROM documents ORDER BY sha256"
    return [tuple(row) for row in store.rows(query)]


@pytest.fixture
def before(tmp_path: Path) -> list[tuple[object, ...]]:
    """A message and a scan were taken in; then the database was removed, its -wal with it."""
    with open_store(tmp_path / "n.db") as store, message_parser(Config()) as parser:
        with FolderSource((MESSAGE, SCAN)) as source:
            pipeline.keep(store, source, Tally(), Event())
        pipeline.parse(store, parser, Tally(), Event())
        found = _rows(store)
    for path in tmp_path.glob("n.db*"):
        path.unlink()
    return found


def test_an_empty_database_beside_originals_is_told(
    tmp_path: Path, before: list[tuple[object, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["process", str(tmp_path / "no-such"), "--db", str(tmp_path / "n.db")]) == 2
    cli.run(["check", "--db", str(tmp_path / "n.db")])
    assert "is gone, its originals are there" in capsys.readouterr().out
    with open_store(tmp_path / "n.db") as store:
        assert of_lost_database(store) == len(before) + 1
    assert cli.run(["status", "--db", str(tmp_path / "n.db")]) == 0
    said = capsys.readouterr().err
    assert f"{len(before) + 1} kept originals lie beside it" in said
    assert "noteverbale process --kept" in said


def test_originals_without_a_row_are_taken_in_as_they_were(
    tmp_path: Path, before: list[tuple[object, ...]]
) -> None:
    with open_store(tmp_path / "n.db") as store, message_parser(Config()) as parser:
        tally = Tally()
        assert kept_again.take_in(store, parser, tally, Event()) == 2
        assert _rows(store) == before
        assert without_row(store) == ()
        assert kept_again.take_in(store, parser, tally, Event()) == 0


def test_an_original_that_was_changed_is_told_and_not_taken_in(
    tmp_path: Path, before: list[tuple[object, ...]]
) -> None:
    del before
    with open_store(tmp_path / "n.db") as store, message_parser(Config()) as parser:
        tally = Tally()
        store.originals.path(without_row(store)[0]).write_bytes(b"something else")
        kept_again.take_in(store, parser, tally, Event())
        assert [item.reason for item in tally.left_out] == ["unreadable"]
        assert len(without_row(store)) == 1
        assert not tally.all_done
