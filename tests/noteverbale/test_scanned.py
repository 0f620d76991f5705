"""The scanner folder in a poll: kept first, then left, deleted or moved; killed anywhere."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from noteverbale.config import Config
from noteverbale.poll import take_in
from noteverbale.source_config import ScannerConfig
from store.db.database import Store
from store.opening import open_store
from tests.killed_poll import survives

PDF = b"%PDF-1.4\n" + b"x" * 5000 + b"\n%%EOF\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "scans").mkdir()
    (tmp_path / "done").mkdir()
    return Config(scanner=ScannerConfig(folder=tmp_path / "scans", settle_s=1e-6))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "n.db") as store:
        yield store


def _scan(config: Config, name: str, data: bytes = PDF) -> Path:
    assert config.scanner.folder is not None
    path = config.scanner.folder / name
    path.write_bytes(data)
    os.utime(path, (1_554_111_000, 1_554_111_000))
    return path


def _with(config: Config, **keys: object) -> Config:
    return replace(config, scanner=replace(config.scanner, **keys))  # type: ignore[arg-type]


def _documents(store: Store) -> list[tuple[str, str]]:
    return [tuple(r) for r in store.rows("SELECT filename, outcome FROM documents ORDER BY id")]


def test_scans_are_kept_once_and_left_where_they_are(config: Config, store: Store) -> None:
    paths = [_scan(config, "a.pdf"), _scan(config, "b.pdf", PDF + b"b")]
    tally = take_in(config, store, Event())
    assert (tally.kept, tally.trouble) == (2, None)
    again = take_in(config, store, Event())
    assert (again.kept, again.known) == (0, 0)  # not even read
    assert all(path.exists() for path in paths)
    assert _documents(store) == [("a.pdf", "pending"), ("b.pdf", "pending")]


def test_a_new_scan_under_an_old_name_is_a_new_document(config: Config, store: Store) -> None:
    _scan(config, "SCAN0001.pdf")
    take_in(config, store, Event())
    _scan(config, "SCAN0001.pdf", PDF + b"another")
    assert take_in(config, store, Event()).kept == 1
    assert len(_documents(store)) == 2


def test_scans_are_deleted_or_moved_only_if_configured(
    config: Config, store: Store, tmp_path: Path
) -> None:
    path = _scan(config, "a.pdf")
    take_in(_with(config, after="move", move_to=tmp_path / "done"), store, Event())
    assert not path.exists()
    assert (tmp_path / "done" / "a.pdf").read_bytes() == PDF
    path = _scan(config, "b.pdf", PDF + b"b")
    take_in(_with(config, after="delete"), store, Event())
    assert not path.exists()
    assert len(_documents(store)) == 2


def test_a_scan_whose_kept_original_is_not_whole_is_not_deleted(
    config: Config, store: Store
) -> None:
    path = _scan(config, "a.pdf")
    take_in(config, store, Event())
    (kept,) = (p for p in store.originals.folder.rglob("*") if p.is_file())
    kept.write_bytes(b"damaged")
    take_in(_with(config, after="delete"), store, Event())
    assert path.exists()


def test_a_folder_that_is_missing_is_said_and_the_rest_goes_on(
    config: Config, store: Store, tmp_path: Path
) -> None:
    tally = take_in(_with(config, folder=tmp_path / "nowhere"), store, Event())
    assert tally.trouble is not None
    assert tally.trouble.reason == "source_unreadable"


def test_a_message_in_the_scanner_folder_is_a_message(config: Config, store: Store) -> None:
    _scan(config, "reply.eml", b"From: a@example.org\r\nSubject: x\r\n\r\nhi")
    take_in(config, store, Event())
    assert [tuple(r) for r in store.rows("SELECT outcome, reason FROM messages")] == [
        ("processed", "no_attachment")
    ]


def test_killed_before_every_write_no_scan_is_lost_or_doubled(
    config: Config, tmp_path: Path
) -> None:
    path = tmp_path / "killed.db"
    open_store(path).close()
    moving = _with(config, after="move", move_to=tmp_path / "done")
    sent: dict[str, bytes] = {}
    survived = False
    while not survived:
        name = f"scan{len(sent)}.pdf"
        sent[name] = PDF + name.encode()
        _scan(config, name, sent[name])
        survived = survives(path, moving, len(sent) - 1, _die_before)
    with open_store(path) as store:
        take_in(moving, store, Event())
        assert len(sent) >= 12
        assert sorted(_documents(store)) == sorted((name, "pending") for name in sent)
    assert config.scanner.folder is not None
    assert list(config.scanner.folder.iterdir()) == []
    assert {p.name: p.read_bytes() for p in (tmp_path / "done").iterdir()} == sent


def _die_before(number: int) -> None:
    count = [0]
    for owner, name in (
        (os, "fsync"),
        (Path, "rename"),
        (Path, "unlink"),
        (shutil, "copy2"),
        (Store, "writing"),
    ):
        real = getattr(owner, name)

        def call(*args: object, real: object = real, **kwargs: object) -> object:
            if count[0] == number:
                os.kill(os.getpid(), signal.SIGKILL)
            count[0] += 1
            return real(*args, **kwargs)  # type: ignore[operator]

        setattr(owner, name, call)
