"""A backlog larger than memory: files that are known, documents in turn, who is at work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from ingest import listing
from ingest.folder import FolderSource, Known
from ingest.limits import ParseLimits
from ingest.types import ItemKey, KnownFile, RawItem, WholeFile
from noteverbale import pipeline
from noteverbale.at_work import AtWork, at_work
from noteverbale.progress import Pace
from noteverbale.tally import Tally
from noteverbale.worker_pool import WorkerPool
from store.db.database import Store
from store.intake import documents, known_files, messages
from store.opening import open_store
from store.reports import status
from tests.ingest.source_contract import MESSAGES

PDF = b"%PDF-1.4\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data" / "n.db") as opened:
        yield opened


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two scans, a message and an mbox, all of them long untouched."""
    monkeypatch.setattr(listing, "RACY_NS", 0)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.pdf").write_bytes(PDF + b"%d" % number)
    (folder / "3.eml").write_bytes(MESSAGES[0])
    box = b"".join(b"From - 10:00\n" + message + b"\n" for message in MESSAGES[1:])
    (folder / "4.mbox").write_bytes(box)
    return folder


def taken(store: Store, folder: Path, *, again: bool = False) -> tuple[int, int]:
    """How many items were new, and how many known."""
    tally = Tally()
    pipeline.keep(store, FolderSource((folder,)), tally, Event(), again=again)
    return tally.kept, tally.known


def opened(store: Store, folder: Path) -> list[str]:
    """The files that are opened although some are known."""
    found = FolderSource((folder,)).stream(partial(known_files.known, store))
    return [Path(one.key.folder).name for one in found if isinstance(one, RawItem)]


def test_files_that_were_taken_whole_are_counted_and_not_opened(store: Store, place: Path) -> None:
    assert taken(store, place) == (5, 0)
    assert opened(store, place) == []
    assert taken(store, place) == (0, 5)
    assert taken(store, place, again=True) == (0, 5)


def test_a_file_of_the_same_size_and_time_is_another_one(store: Store, place: Path) -> None:
    taken(store, place)
    file = place / "1.pdf"
    before = file.stat()
    file.write_bytes(PDF + b"9")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # as cp -p and rsync do
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert opened(store, place) == ["1.pdf"]
    assert taken(store, place) == (1, 4)
    other = place / "beside"
    other.write_bytes(PDF + b"8")
    other.rename(place / "2.pdf")
    assert opened(store, place) == ["2.pdf"]


def test_a_file_that_was_changed_just_now_is_opened_once_more(
    store: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "RACY_NS", 3600 * 10**9)
    assert taken(store, place) == (5, 0)
    assert len(opened(store, place)) == 5


def test_a_file_that_changes_while_it_is_read_is_not_known(store: Store, place: Path) -> None:
    whole = []
    for found in FolderSource((place,)).stream():
        if isinstance(found, RawItem) and found.key.uid == 1:
            with (place / "4.mbox").open("ab") as file:
                file.write(b"From - 10:01\n" + MESSAGES[0])
        whole += [found.items] if isinstance(found, WholeFile) else []
    assert whole == [1, 1, 1]


def test_what_was_over_the_limit_is_asked_for_again(store: Store, place: Path) -> None:
    (place / "large.pdf").write_bytes(PDF + bytes(1_000_001))
    found = list(FolderSource((place,), ParseLimits(max_message_mb=1)).stream())
    assert [one.filename for one in found if isinstance(one, RawItem) and one.problem] == [
        "large.pdf"
    ]
    assert sum(isinstance(one, WholeFile) for one in found) == 4


def test_a_file_whose_original_was_lost_is_looked_for_again(store: Store, place: Path) -> None:
    taken(store, place)
    row = store.one("SELECT id, sha256 FROM documents WHERE filename = '2.pdf'")
    assert row is not None
    store.originals.remove(row["sha256"])
    assert opened(store, place) == []
    with store.writing() as conn:
        conn.execute(
            "UPDATE documents SET outcome = 'failed', reason = 'original_missing' WHERE id = ?",
            [row["id"]],
        )
    assert taken(store, place) == (0, 5)
    assert store.originals.has(row["sha256"])


def test_a_killed_taking_in_has_noted_no_file_that_is_not_kept(store: Store, place: Path) -> None:
    stop = Event()

    class Stopped(FolderSource):
        """Stops the run at the second message of the mbox."""

        def stream(self, known: Known | None = None) -> Iterator[RawItem | WholeFile | KnownFile]:
            for found in super().stream(known):
                if isinstance(found, RawItem) and found.key.uid == 2:
                    stop.set()
                yield found

    pipeline.keep(store, Stopped((place,)), Tally(), stop)
    assert opened(store, place) == ["4.mbox", "4.mbox"]
    assert taken(store, place) == (1, 4)


def test_names_are_in_order_though_only_some_are_in_memory(tmp_path: Path) -> None:
    names = sorted(f"{n * 7 % 10}.pdf".encode() for n in range(10))
    for name in names:
        (tmp_path / os.fsdecode(name)).touch()
    for most in (1, 3, 10, 11):
        assert list(listing.in_order(os.fsencode(tmp_path), most)) == names


def test_a_copy_is_told_from_a_message_that_was_moved(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "a.eml").write_bytes(MESSAGES[0])
    assert taken(store, folder) == (1, 0)
    (folder / "a.eml").rename(folder / "b.eml")
    assert taken(store, folder) == (0, 1)
    (folder / "c.eml").write_bytes(MESSAGES[0])
    assert taken(store, folder) == (1, 1)
    assert store.rows("SELECT outcome FROM messages ORDER BY id")[1]["outcome"] == "duplicate"


def test_a_source_says_whether_an_item_is_still_there(tmp_path: Path) -> None:
    for part in ("cur", "new"):
        (tmp_path / "Mail" / part).mkdir(parents=True)
    (tmp_path / "Mail" / "cur" / "1.a:2,S").write_bytes(MESSAGES[0])
    (tmp_path / "box").write_bytes(
        b"From - 10:00\n" + MESSAGES[0] + b"\nFrom - 10:00\n" + MESSAGES[1]
    )
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xf1.eml"))
    odd.write_bytes(MESSAGES[2])
    source = FolderSource((tmp_path,))
    keys = source.keys()
    assert len(keys) == 4
    assert all(key in source for key in keys)
    assert ItemKey("file", str(tmp_path / "box"), 0, 3) not in source
    assert ItemKey("file", str(tmp_path / "Mail" / "2.b"), 0, 0) not in source
    assert ItemKey("a@example.org:993", "INBOX", 1, 1) not in source
    assert keys[1] not in FolderSource((tmp_path / "Mail",))


def test_what_waits_comes_in_turn_however_much_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "AT_ONCE", 2)
    monkeypatch.setattr(messages, "AT_ONCE", 2)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.pdf").write_bytes(PDF + b"%d" % number)
        (folder / f"{number}.eml").write_bytes(MESSAGES[0] + b"%d" % number)
    taken(store, folder)
    assert [document.id for document in documents.in_turn(store)] == [1, 2, 3, 4, 5]
    assert [message.id for message in messages.in_turn(store)] == [1, 2, 3, 4, 5]
    seen = []
    for document in documents.in_turn(store):  # read while others are asked for
        seen.append(document.id)
        with store.writing() as conn:
            conn.execute("UPDATE documents SET outcome = 'failed' WHERE id = ?", [document.id])
    assert seen == [1, 2, 3, 4, 5]


def test_status_names_so_many_and_counts_the_rest(
    store: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(store, place)
    monkeypatch.setattr(status, "MOST_LISTED", 1)
    with store.writing() as conn:
        conn.execute("UPDATE documents SET outcome = 'rejected', reason = 'not_a_scan'")
        conn.executemany(
            "INSERT INTO meetings (reference, title, starts) VALUES (?, 'M', ?)",
            [[f"CU {year}/1", f"{year}-05-01"] for year in range(1970, 1972 + 40)],
        )
    found = status.summary(store)
    assert (len(found.problems), found.more_problems) == (1, 1)
    assert (len(found.meetings), found.more_meetings) == (40, 2)
    assert found.meetings[0].reference == "CU 1972/1"
    whole = status.summary(store, everything=True)
    assert (len(whole.problems), whole.more_problems, len(whole.meetings)) == (2, 0, 42)


class _Told:
    """Progress that nobody looks at."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def left(self, count: int) -> None:
        """Nothing."""

    def step(self, filename: str, outcome: str, pages: int) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


def test_a_run_tells_another_process_what_it_does_and_a_killed_one_leaves_nothing(
    tmp_path: Path,
) -> None:
    database = tmp_path / "n.db"
    asked = (
        "import sys; from pathlib import Path; from noteverbale.at_work import at_work;"
        " found = at_work(Path(sys.argv[1]));"
        " print(found and (found['documents_done'], found['documents_left'], found['place']))"
    )

    def told() -> str:
        command = [sys.executable, "-c", asked, str(database)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    assert told() == "None"
    workers = WorkerPool(1)
    with AtWork(database, _Told()) as run:
        run.begin(3)
        run.step("a.pdf", "processed", 2)
        run.look(workers)
        assert told() == "(1, 2, 'this machine')"
        left = (tmp_path / "n.db.at-work").read_bytes()
    assert at_work(database) is None
    (tmp_path / "n.db.at-work").write_bytes(left)  # nobody holds it
    assert at_work(database) is None


def test_the_pace_is_that_of_late() -> None:
    now = [0.0]
    pace = Pace(1000, lambda: now[0])
    assert (pace.pages_a_minute, pace.left_s) == (None, None)
    for _ in range(10):
        now[0] += 60
        pace.step(2)
    assert pace.pages_a_minute == pytest.approx(2)
    assert pace.left_s == pytest.approx(990 * 60)
    for _ in range(300):
        now[0] += 1
        pace.step(1)
    assert pace.pages_a_minute == pytest.approx(60, rel=0.1)
    assert pace.left_s == pytest.approx(690, rel=0.1)
    assert pace.text == f"read 310 of 1000, {pace.pages_a_minute:.0f} pages a minute, 12 min left"
    pace.left(0)
    assert pace.total == 310
