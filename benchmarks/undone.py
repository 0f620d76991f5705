"""Every step of learning done and taken back by one command, and whether anything of it stays.

    python benchmarks/undone.py DIR --kept kept.db [--forget 5]

Two meetings are reviewed, the third waits. Each step is made and undone with the commands that a
secretariat has; the rows of the database before and after are compared, all columns but those
that say when. Then persons who were approved at several meetings are forgotten, and every byte
of the folder, deflated pages inflated, is searched for their names and addresses.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks import history, learning, replay
from benchmarks.kept import Truth
from benchmarks.reviewer import pairs
from extract.language.normalise import fold
from store.db.database import Store
from store.opening import open_store

ROOT = Path(__file__).parents[1]
OFF = "[learning]\nknown_persons = {0}\nwords = {0}\ncalibration = {0}\n"

TABLES = {
    "delegates": "SELECT * FROM delegates ORDER BY id",
    "documents": "SELECT * FROM documents ORDER BY id",
    "review_waiting": "SELECT * FROM review_waiting ORDER BY document_id",
    "verdicts": "SELECT * FROM verdicts ORDER BY delegate_id",
    "tallies": "SELECT * FROM tallies WHERE n <> 0 ORDER BY 1, 2, 3, 4",
    "draws": "SELECT * FROM draws ORDER BY delegate_id",
    "unlearnt_rows": "SELECT * FROM unlearnt_rows ORDER BY 1",
    "unlearnt_words": "SELECT * FROM unlearnt_words ORDER BY 1, 2, 3",
}
LONG = 6
"""Letters of a word of a name that is searched for by itself."""

DIGITS = 9
TIMES = frozenset({"processed_at", "at"})

Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the one that takes it back."""

    name: str
    do: tuple[str, ...]
    undo: tuple[str, ...]


def snapshot(database: Path) -> Rows:
    """All rows of what is decided, judged and learnt."""
    conn = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    try:
        return {
            name: [{k: _told(v) for k, v in dict(row).items() if k not in TIMES} for row in rows]
            for name, sql in TABLES.items()
            for rows in (conn.execute(sql),)
        }
    finally:
        conn.close()


def _told(value: object) -> object:
    """Sums of fractions that are added to and taken from differ in their last digits."""
    return round(value, DIGITS) if isinstance(value, float) else value


def changed(before: Rows, after: Rows) -> dict[str, int]:
    """Rows that differ, by table."""
    found = {}
    for name, rows in before.items():
        old = {json.dumps(row, default=str) for row in rows}
        new = {json.dumps(row, default=str) for row in after[name]}
        if differ := len(old ^ new):
            found[name] = differ
    return found


def command(database: Path, *words: str) -> str:
    """One command in a process of its own; what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "noteverbale", *words, "--db", str(database)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def steps(database: Path, folder: Path) -> Iterator[Step]:
    """What can be done, on persons and words that are there."""
    yield Step("calibrate", ("calibrate", "--write"), ("calibrate", "--undo"))
    accept = ("calibrate", "--accept-error", "1/100", "--write")
    yield Step("calibrate with a threshold", accept, ("calibrate", "--undo"))
    persons = json.loads(command(database, "persons", "--json"))
    person = str(max(persons, key=lambda p: p["notes"])["id"])
    yield Step("a person taken out", ("persons", "remove", person), ("persons", "restore", person))
    words = json.loads(command(database, "words", "--json"))
    word = max((w for w in words if w["evidence"]), key=lambda w: w["notes"])
    said = ("--state", word["state"], word["word"])
    yield Step("a word taken out", ("words", "remove", *said), ("words", "restore", *said))
    yield Step("all learning switched off", _process(folder, "off"), _process(folder, "on"))


def settled(database: Path, folder: Path) -> None:
    """Let the commands judge every row once: notes of a State say something of each other there."""
    (folder / "empty").mkdir()
    for name, value in (("off", "false"), ("on", "true")):
        (folder / f"{name}.toml").write_text(OFF.format(value), encoding="utf-8")
        command(database, *_process(folder, name))


def _process(folder: Path, name: str) -> tuple[str, ...]:
    return ("process", str(folder / "empty"), "--config", str(folder / f"{name}.toml"))


def tried(database: Path, step: Step) -> tuple[str, dict[str, int], dict[str, int]]:
    """The step, what it changed, and what is still changed after it was taken back."""
    before = snapshot(database)
    command(database, *step.do)
    did = changed(before, snapshot(database))
    command(database, *step.undo)
    return step.name, did, changed(before, snapshot(database))


def decision(database: Path) -> tuple[str, dict[str, int], dict[str, int]]:
    """A row approved as sqlite-utils does, and ``noteverbale undo``."""
    before = snapshot(database)
    with open_store(database) as store:
        row = store.rows("SELECT min(id) FROM delegates WHERE status = 'needs_review'")[0][0]
        with store.writing("reviewer") as conn:
            conn.execute("UPDATE delegates SET status = 'approved' WHERE id = ?", [row])
    did = changed(before, snapshot(database))
    command(database, "undo", "--yes")
    return "a row approved", did, changed(before, snapshot(database))


def traces(folder: Path, words: Iterable[str]) -> list[str]:
    """Where a word stands in any file of the folder, plain or deflated or escaped."""
    wanted = [re.compile(re.escape(form), re.IGNORECASE) for w in words for form in _forms(w)]
    found = []
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = file.read_bytes()
        found += [f"{file.name}: {w.pattern!r}" for w in wanted if w.search(data)]
    for file in folder.glob("*.db"):
        conn = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        for name in ("pages", "page_cache"):
            for (body,) in conn.execute(f"SELECT body FROM {name}"):  # noqa: S608 - our own
                text = zlib.decompress(body)
                found += [f"{name}: {w.pattern!r}" for w in wanted if w.search(text)]
        conn.close()
    return found


def _forms(word: str) -> set[bytes]:
    plain, escaped = word.encode(), json.dumps(word)[1:-1].encode("ascii")
    return {plain, escaped, fold(word).encode()}


def forgotten(
    database: Path, truths: dict[int, Truth], count: int
) -> Iterator[tuple[str, int, int, list[str]]]:
    """Persons of several meetings: traces before and after they were forgotten."""
    with open_store(database) as store:
        came = list(_visits(store, truths).values())
    for visits in [v for v in came if len(v) > 2][:count]:
        documents = {document for document, _, _ in visits}
        others = " ".join(
            page["text"] for d, t in truths.items() if d not in documents for page in t["pages"]
        )
        names = {name for _, name, _ in visits}
        words = names | {email for *_, email in visits if email}
        words |= {w for name in names for w in name.split() if len(w) >= LONG}
        words = {w for w in words if not re.search(re.escape(fold(w)), fold(others))}
        before = len(traces(database.parent, words))
        for name in sorted(names):
            command(database, "forget", "--name", name, "--yes")
        yield visits[0][1], len(visits), before, traces(database.parent, words)


def _visits(store: Store, truths: dict[int, Truth]) -> dict[str, list[tuple[int, str, str | None]]]:
    """By person the rows that are his or hers: document, name, address."""
    came: dict[str, list[tuple[int, str, str | None]]] = {}
    for document, truth in truths.items():
        for one in pairs(store, document, truth):
            if one.row is not None and one.person is not None:
                key = truth["persons"][truth["delegates"].index(one.person)]
                came.setdefault(key, []).append((document, one.row["name"], one.row["email"]))
    return came


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    history.add_input(parser)
    parser.add_argument("--forget", type=int, default=5, help="persons who are forgotten")
    options = parser.parse_args()
    meetings = history.load_input(options, words=True)
    with tempfile.TemporaryDirectory() as place:
        database = Path(place) / "data" / "noteverbale.db"
        database.parent.mkdir()
        kinds = frozenset(learning.KINDS)
        before = history.run(meetings[:2], database, options.seed, kinds, accept=True)
        for copy in database.parent.glob("after*"):
            copy.unlink()
        with open_store(database) as store:
            third = replay.receive(store, meetings[2].replies, meetings[2].invitation)
        settled(database, Path(place))
        found = [tried(database, step) for step in steps(database, Path(place))]
        found.append(decision(database))
        print(tabulate([(n, _said(d), _said(u)) for n, d, u in found], ("step", "did", "left")))
        print()
        gone = list(forgotten(database, before.truths | third, options.forget))
        rows = [(name, rows, traces, len(left)) for name, rows, traces, left in gone]
        print(tabulate(rows, ("forgotten", "rows", "traces before", "after")))
        for _, _, _, left in gone:
            print("\n".join(left))


def _said(of: dict[str, int]) -> str:
    return ", ".join(f"{table} {count}" for table, count in of.items()) or "nothing"


if __name__ == "__main__":
    main()
