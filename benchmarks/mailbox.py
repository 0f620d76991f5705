"""What a poll costs, relative to bare IMAPClient against the same dovecot in the same run.

    python benchmarks/mailbox.py [--unchanged N] [--messages N] [--rounds N] [--json]

Two things are measured, each as the median of several rounds that alternate with the baseline:

- a poll of a mailbox of N messages (20,000) in which nothing is new, beside log-in, EXAMINE and
  SEARCH ALL;
- N messages (200) of 1 MB each fetched and kept, beside fetching the same ones one by one and
  throwing them away, and how much the process grows by that.

The server runs on this machine and is spoken to over TLS.
"""

from __future__ import annotations

import argparse
import json
import os
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from imapclient import IMAPClient  # noqa: E402 - after the path

from noteverbale.config import Config, MailboxConfig  # noqa: E402
from noteverbale.credentials import account  # noqa: E402
from noteverbale.poll import fetch_new, take_in  # noqa: E402
from store.db.database import Store  # noqa: E402
from store.opening import open_store  # noqa: E402
from tests.mail_server import Dovecot, Mailbox, running  # noqa: E402
from tests.token_server import introspection  # noqa: E402

VARIABLE = "NOTEVERBALE_BENCHMARK_PASSWORD"
SIZE = 1_000_000


@dataclass(frozen=True)
class Unchanged:
    """Seconds, and how often the baseline fits into a poll."""

    messages: int
    bare_s: float
    poll_s: float
    ratio: float


@dataclass(frozen=True)
class Fetched:
    """Seconds, our speed as a share of the baseline's, and MiB that the process grew by."""

    messages: int
    bare_s: float
    kept_s: float
    speed: float
    growth_mb: float


def configured(server: Dovecot, user: str) -> Config:
    """The configuration for one user's mailbox."""
    os.environ[VARIABLE] = server.password
    mailbox = MailboxConfig(
        host="localhost",
        port=server.tls_port,
        user=user,
        password_env=VARIABLE,
        ca_file=server.ca_file,
    )
    return Config(mailbox=mailbox)


def bare(server: Dovecot, user: str) -> IMAPClient:
    """IMAPClient, logged in and the folder open."""
    context = ssl.create_default_context(cafile=str(server.ca_file))
    client = IMAPClient("localhost", port=server.tls_port, ssl_context=context, timeout=60)
    client.login(user, server.password)
    client.select_folder("INBOX", readonly=True)
    return client


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def unchanged(server: Dovecot, folder: Path, count: int, rounds: int) -> Unchanged:
    """Nothing new among many messages."""
    box = Mailbox(server, "unchanged")
    box.deliver_all(f"Subject: {n}\r\n\r\nx\r\n".encode() for n in range(count))

    def search() -> None:
        client = bare(server, box.user)
        client.search("ALL")
        client.logout()

    search()  # dovecot has its index now
    config = configured(server, box.user)
    with open_store(folder / "unchanged.db") as store:
        seen(store, config, server, box.user)
        times: list[tuple[float, float]] = []
        for _ in range(rounds):
            before = seconds(search)
            times.append((before, seconds(lambda: take_in(config, store, Event()))))
        known = store.one("SELECT count(*) FROM messages")
        if known is None or known[0] != count:
            raise RuntimeError("the mailbox was not unchanged")
    baseline, ours = (statistics.median(column) for column in zip(*times, strict=True))
    return Unchanged(count, baseline, ours, statistics.median(o / b for b, o in times))


def seen(store: Store, config: Config, server: Dovecot, user: str) -> None:
    """Rows as if every message had been kept; keeping them is not what is measured."""
    client = bare(server, user)
    uids = client.search("ALL")
    uidvalidity = client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    client.logout()
    place = account(config).account
    with store.writing() as conn:
        for uid in uids:
            message = conn.execute(
                "INSERT INTO messages (sha256, bytes, outcome, kept_at, parsed_at)"
                " VALUES (?, 1, 'processed', '', '')",
                [f"{uid:064x}"],
            ).lastrowid
            conn.execute(
                "INSERT INTO sightings (account, folder, uidvalidity, uid, message, seen_at)"
                " VALUES (?, 'INBOX', ?, ?, ?, '')",
                [place, uidvalidity, uid, message],
            )


def fetched(server: Dovecot, folder: Path, count: int, rounds: int) -> Fetched:
    """Large messages fetched and kept, in a process of its own for the sake of its memory."""
    box = Mailbox(server, "fetched")
    box.deliver_all(large(n) for n in range(count))
    config = configured(server, box.user)

    def throw_away() -> None:
        client = bare(server, box.user)
        for uid in client.search("ALL"):
            client.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE"])
        client.logout()

    throw_away()
    times: list[tuple[float, float, float]] = []
    for number in range(rounds):
        before = seconds(throw_away)
        ours, growth = in_child(partial(keep, config, folder / f"{number}", count))
        times.append((before, ours, growth))
    baseline, ours, growth = (statistics.median(column) for column in zip(*times, strict=True))
    speed = statistics.median(b / o for b, o, _ in times)
    return Fetched(count, baseline, ours, speed, growth)


def large(number: int) -> bytes:
    """A message of 1 MB that resembles base64 and no other message."""
    line = f"{number:08d}".encode() * 9 + b"\r\n"
    head = f"From: a@example.org\r\nSubject: {number}\r\n\r\n".encode()
    return (head + line * (SIZE // len(line) + 1))[:SIZE]


def keep(config: Config, folder: Path, count: int) -> tuple[float, float]:
    """Seconds to fetch and keep everything, and MiB of growth."""
    with open_store(folder / "noteverbale.db") as store:
        warm = replace(config, mailbox=replace(config.mailbox, user="nobody-else"))
        fetch_new(warm, store, Event())
        before = peak_mb()
        began = time.monotonic()
        tally = fetch_new(config, store, Event())
        took = time.monotonic() - began
        if tally.kept != count:
            raise RuntimeError(f"{tally.kept} of {count} messages were kept: {tally.trouble}")
        return took, peak_mb() - before


def peak_mb() -> float:
    """MiB of memory this process has had at most."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmHWM in /proc/self/status")


def in_child(work: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """The result of ``work`` in a forked process."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
            os.write(writer, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    if not answer:
        raise RuntimeError("keeping the messages failed")
    took, growth = json.loads(answer)
    return float(took), float(growth)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--unchanged", type=int, default=20_000, help="messages of which none is new"
    )
    parser.add_argument("--messages", type=int, default=200, help="messages of 1 MB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with (
        introspection() as port,
        running(port) as server,
        tempfile.TemporaryDirectory(prefix="noteverbale-") as name,
    ):
        quiet = unchanged(server, Path(name), args.unchanged, args.rounds)
        busy = fetched(server, Path(name), args.messages, args.rounds)
    if args.json:
        print(json.dumps({"unchanged": asdict(quiet), "fetched": asdict(busy)}, indent=2))
        return
    print(
        f"{quiet.messages} messages, none new: a poll takes {quiet.poll_s * 1000:.0f} ms,"
        f" log-in and search {quiet.bare_s * 1000:.0f} ms: {quiet.ratio:.2f} times (target 3)"
    )
    print(
        f"{busy.messages} messages of 1 MB: kept in {busy.kept_s:.2f} s, fetched and thrown away"
        f" in {busy.bare_s:.2f} s: {busy.speed:.2f} of its speed (target 0.6),"
        f" {busy.growth_mb:.1f} MiB more memory (target 20)"
    )


if __name__ == "__main__":
    main()
