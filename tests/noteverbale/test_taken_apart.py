"""Messages taken apart: one that cannot be stops no other, and none is silent about it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from ingest.errors import MessageTimeout
from ingest.mime import parse_message
from ingest.types import ItemKey, ParsedMessage, RawItem
from noteverbale import pipeline
from noteverbale.commands.process import report
from noteverbale.exit_codes import ExitCode
from noteverbale.tally import Tally
from store.db.database import Store
from store.errors import OriginalUnusable
from store.intake import keeping
from store.intake import messages as intake
from store.opening import open_store
from tests.ingest import faults

SCAN = b"%PDF-1.4\n1 0 obj\n" + bytes(range(256)) * 4


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "n.db") as opened:
        yield opened


def _keep(store: Store, *messages: bytes) -> None:
    for number, data in enumerate(messages, start=1):
        keeping.keep(
            store, RawItem(ItemKey("u@localhost:993", "INBOX", 1, number), "message", data)
        )


def _parse(store: Store, parser: object = parse_message) -> Tally:
    tally = Tally()
    pipeline.parse(store, parser, tally, Event())  # type: ignore[arg-type]
    return tally


def _outcomes(store: Store) -> list[tuple[str, str | None]]:
    return [tuple(r) for r in store.rows("SELECT outcome, reason FROM messages ORDER BY id")]


@pytest.mark.parametrize("change", ["changed", "missing"])
def test_an_original_that_is_not_what_was_kept_fails_by_itself(store: Store, change: str) -> None:
    good, bad = faults.message(faults.part(SCAN)), faults.message(faults.part(SCAN + b"1"))
    _keep(store, bad, good)
    row = store.one("SELECT sha256 FROM messages ORDER BY id LIMIT 1")
    assert row is not None
    path = store.originals.path(row["sha256"])
    if change == "changed":
        path.chmod(0o600)
        path.write_bytes(good)
    else:
        path.unlink()
    tally = _parse(store)
    assert tally.set_aside == [(1, f"original_{change}")]
    assert _outcomes(store) == [("set_aside", f"original_{change}"), ("pending", None)]
    assert len(store.rows("SELECT 1 FROM documents")) == 1


def test_without_the_folder_of_originals_no_message_gets_a_verdict(
    store: Store, tmp_path: Path
) -> None:
    _keep(store, faults.message(faults.part(SCAN)))
    store.originals.folder.rename(tmp_path / "away")
    with pytest.raises(OriginalUnusable):
        _parse(store)
    assert _outcomes(store) == [("pending", None)]


def test_a_message_that_waits_for_another_try_is_named_and_not_all_done(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    def slow(data: bytes) -> ParsedMessage:
        raise MessageTimeout("too slow")

    _keep(store, b"From: a@example.org\r\n\r\nhi")
    tally = _parse(store, slow)
    assert tally.postponed == [(1, "message_timeout")]
    assert report(store, tally) == ExitCode.SOME_FAILED
    said = capsys.readouterr().err
    assert "message 1: tried again later, taking the message apart took too long" in said


def test_a_hidden_scan_sets_the_message_aside_beside_what_was_found(store: Store) -> None:
    hidden = b"X-Scan: " + base64.b64encode(SCAN[:300] + b"!" + SCAN[300:]) + b"\r\n"
    other = faults.part(SCAN.replace(b"1.4", b"1.5"))
    _keep(store, faults.message(other).replace(b"Subject:", hidden + b"Subject:", 1))
    tally = _parse(store)
    assert tally.set_aside == [(1, "hidden_scan")]
    assert [row["outcome"] for row in store.rows("SELECT outcome FROM documents")] == ["pending"]
    intake.close_messages(store)
    assert _outcomes(store) == [("set_aside", "hidden_scan")]


def test_a_message_that_was_set_aside_is_taken_apart_again_and_nothing_comes_twice(
    store: Store,
) -> None:
    hidden = b"X-Scan: " + base64.b64encode(SCAN + b"!") + b"\r\n"
    raw = faults.message(faults.part(SCAN)).replace(b"Subject:", hidden + b"Subject:", 1)
    _keep(store, raw, b"Content-Type: multipart/mixed; boundary=A\r\n\r\nnothing here")
    _parse(store)
    again = _outcomes(store)
    assert [outcome for outcome, _ in again] == ["set_aside", "set_aside"]
    assert intake.retry(store) == 2
    _parse(store)
    intake.close_messages(store)
    assert _outcomes(store) == again
    assert len(store.rows("SELECT 1 FROM documents")) == 1


def test_how_a_scan_arrived_is_kept_with_the_document(store: Store) -> None:
    _keep(store, faults.BODY["two padded pieces"](faults.message(faults.part(SCAN))))
    _parse(store)
    (row,) = store.rows("SELECT outcome, problem, arrival_marks FROM documents")
    assert tuple(row) == ("pending", None, '["encoding_mended"]')
