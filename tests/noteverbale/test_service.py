"""The service outlives bad rounds, tells how it is, and does what the two halves do apart."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ingest.errors import LoginRefused, MailboxUnreachable
from noteverbale import cli, logs, metrics, service
from noteverbale.config import Config
from noteverbale.notify import Notifier
from noteverbale.service_config import ServiceConfig
from noteverbale.signals import Signals
from noteverbale.tally import Tally
from store.db.database import Store
from store.intake import keeping, messages
from store.opening import open_store
from store.reports import health
from store.service import polls
from tests.mail_server import Mailbox
from tests.store.replies import message

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
AUTO_REPLY = (SAMPLES / "mail" / "mail-04-auto-reply.eml").read_bytes()
Poll = Callable[[Store], Tally]


def _rounds(monkeypatch: pytest.MonkeyPatch, folder: Path, *polled: Poll) -> health.Health:
    """As many rounds as there are polls; the health after them."""
    config = Config(service=ServiceConfig(stall_s=1.5, stop_s=1))
    tested = service.Service(config, folder / "n.db")
    with Signals() as signals:
        for poll in polled:

            def go(
                config: Config, store: Store, part: polls.Part, *_: object, poll: Poll = poll
            ) -> Tally:
                number = polls.begin(store, part)
                tally = poll(store)
                polls.end(store, number, "complete")
                return tally

            monkeypatch.setattr(service, "go", go)
            tested.round(signals)
    with open_store(folder / "n.db") as store:
        return health.health(store)


def _fine(store: Store) -> Tally:
    del store
    return Tally()


def _hangs(store: Store) -> Tally:
    del store
    time.sleep(600)
    return Tally()


def _dies(store: Store) -> Tally:
    del store
    os.kill(os.getpid(), signal.SIGKILL)
    return Tally()


def test_a_poll_that_hangs_is_ended_and_reported_and_the_next_one_comes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = _rounds(monkeypatch, tmp_path, _fine, _hangs)
    assert found.last_poll is not None
    assert (found.last_poll.outcome, found.last_poll.reason) == ("stalled", "no_progress")
    assert found.failures == 1
    assert "poll stalled: no_progress" in caplog.text
    assert _rounds(monkeypatch, tmp_path, _fine).failures == 0


def test_a_poll_that_is_killed_is_recorded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = _rounds(monkeypatch, tmp_path, _dies)
    assert found.last_error is not None
    assert (found.last_error.outcome, found.last_error.reason) == ("crashed", "signal_9")
    assert found.complete_poll_at is None


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (LoginRefused("No."), "login_refused"),
        (MailboxUnreachable("No."), "mailbox_unreachable"),
        (OSError("Jane Doe.pdf"), "OSError"),
    ],
)
def test_whatever_a_poll_raises_is_recorded_by_its_code_and_the_service_goes_on(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    reason: str,
) -> None:
    def raised(*_: object, **__: object) -> Tally:
        raise error

    monkeypatch.setattr("noteverbale.rounds._work", raised)
    tested = service.Service(Config(), tmp_path / "n.db")
    with Signals() as signals:
        result = tested.round(signals)
    assert (result.outcome, result.reason) == ("failed", reason)
    with open_store(tmp_path / "n.db") as store:
        last = health.health(store).last_poll
    assert last is not None
    assert (last.outcome, last.reason) == ("failed", reason)
    assert "Jane Doe" not in caplog.text


def test_the_service_has_one_thread_so_that_its_forks_are_safe() -> None:
    code = (
        "import os; os.environ['OPENBLAS_NUM_THREADS'] = '1'\n"
        "import importlib, noteverbale.service as s\n"
        "for name in s.PRELOADED: importlib.import_module(name)\n"
        "print(len(os.listdir('/proc/self/task')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"


def _configuration(folder: Path, mailbox: Mailbox, more: str = "") -> Path:
    file = folder / "noteverbale.toml"
    file.write_text(
        f'[data]\nfolder = "{folder}/data"\n[mailbox]\nhost = "localhost"\n'
        f'port = {mailbox.server.tls_port}\nca_file = "{mailbox.server.ca_file}"\n'
        f'user = "{mailbox.user}"\npassword_file = "{folder}/password"\n{more}'
    )
    (folder / "password").write_text(mailbox.server.password + "\n")
    return file


def _status(config: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert cli.run(["status", "--json", "--config", str(config)]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)["service"]
    return found


def test_status_tells_the_health_and_a_refused_log_in(
    tmp_path: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    metrics_file = tmp_path / "n.prom"
    config = _configuration(tmp_path, mailbox, f'[service]\nmetrics_file = "{metrics_file}"\n')
    mailbox.deliver(AUTO_REPLY)
    assert cli.run(["fetch", "--config", str(config)]) == 0
    good = _status(config, capsys)
    assert good["failures"] == 0
    assert isinstance(good["complete_poll_age_s"], int)
    assert 0 <= good["complete_poll_age_s"] < 24 * 3600
    (tmp_path / "password").write_text("wrong\n")
    assert cli.run(["fetch", "--config", str(config)]) == 1
    bad = _status(config, capsys)
    assert bad["failures"] == 1
    assert isinstance(bad["last_error"], dict)
    assert bad["last_error"]["reason"] == "login_refused"
    assert bad["complete_poll_at"] == good["complete_poll_at"]
    cli.run(["status", "--config", str(config)])
    assert (
        "1 poll failed in a row: the mail server refuses user name or password"
        in capsys.readouterr().out
    )
    gauges = {
        sample.name: sample.value
        for family in text_string_to_metric_families(metrics_file.read_text())
        for sample in family.samples
    }
    assert gauges["noteverbale_poll_failures"] == 1
    assert gauges["noteverbale_last_complete_poll_timestamp_seconds"] > 1.5e9
    assert [p.name for p in tmp_path.iterdir() if "prom" in p.name] == ["n.prom"]


def test_metrics_name_what_expires_and_are_valid_for_prometheus(tmp_path: Path) -> None:
    with open_store(tmp_path / "n.db") as store:
        text = metrics.rendered(health.health(store), {'cert"\n': 12})
    families = {f.name: f for f in text_string_to_metric_families(text)}
    assert families["noteverbale_expires_days"].samples[0].value == 12
    # an alarm on its age fires although there never was one
    assert families["noteverbale_last_complete_poll_timestamp_seconds"].samples[0].value == 0


def test_the_two_halves_do_together_what_fetch_does(
    tmp_path: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    config = _configuration(tmp_path, mailbox)
    mailbox.deliver(AUTO_REPLY)
    mailbox.deliver((SAMPLES / "mail" / "mail-08-nam-digital.eml").read_bytes())
    database = str(tmp_path / "data" / "noteverbale.db")

    def outcomes() -> list[tuple[str, str | None]]:
        with open_store(Path(database)) as store:
            return [
                (r["outcome"], r["reason"])
                for r in store.rows("SELECT * FROM messages_list")
                + store.rows("SELECT * FROM documents_list")
            ]

    assert cli.run(["fetch", "--keep-only", "--config", str(config)]) == 0
    assert outcomes() == [("pending", None)] * 2
    assert cli.run(["fetch", "--no-mailbox", "--db", database]) == 1  # needs no configuration
    assert outcomes() == [
        ("skipped", "auto_reply"),
        ("processed", None),
        ("rejected", "not_a_scan"),
    ]
    assert cli.run(["fetch", "--keep-only", "--no-mailbox"]) == 2
    assert "nothing would be left" in capsys.readouterr().err


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket that systemd would listen on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "s"))
        listening.settimeout(20)
        yield listening


def test_systemd_is_told_and_sighup_polls_at_once(
    tmp_path: Path, mailbox: Mailbox, systemd: socket.socket
) -> None:
    config = _configuration(tmp_path, mailbox, '[service]\nlog = "json"\n')
    process = subprocess.Popen(
        [sys.executable, "-m", "noteverbale", "run", "--config", str(config)],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "NOTIFY_SOCKET": str(tmp_path / "s"),
            "WATCHDOG_USEC": "3000000",
        },
        stderr=subprocess.PIPE,
    )
    told: list[str] = []

    def until(text: str, times: int = 1) -> None:
        while told.count(text) < times:
            told.append(systemd.recv(500).decode())

    complete = "STATUS=both: last poll complete"
    until(complete)
    process.send_signal(signal.SIGHUP)
    until(complete, 2)
    until("WATCHDOG=1", told.count("WATCHDOG=1") + 1)  # at rest, too
    process.send_signal(signal.SIGTERM)
    until("STOPPING=1")
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0, said.decode()
    assert told[0] == "READY=1"
    lines = [json.loads(line) for line in said.decode().splitlines()]
    assert {"at", "level", "logger", "message"} <= set(lines[0])
    assert mailbox.user not in said.decode()


def test_new_mail_wakes_the_service_between_two_polls(tmp_path: Path, mailbox: Mailbox) -> None:
    config = _configuration(tmp_path, mailbox, 'idle = true\n[schedule]\nevery = "1d"\n')
    process = subprocess.Popen(
        [sys.executable, "-m", "noteverbale", "run", "--config", str(config)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    lines: list[str] = []

    def until(text: str) -> None:
        for line in process.stderr or ():
            lines.append(line)
            if text in line:
                return
        raise AssertionError("".join(lines))

    try:
        until("poll complete: 0 new")
        mailbox.deliver(AUTO_REPLY)
        until("new mail")
        until("poll complete: 1 new")
        process.send_signal(signal.SIGHUP)
        until("poll complete: 0 new")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0  # the next poll is a day away
    finally:
        process.kill()
        process.communicate()


def test_nothing_is_sent_where_there_is_no_systemd() -> None:
    silent = Notifier({})
    silent.ready()
    assert silent.ping_s == 30
    assert Notifier({"WATCHDOG_USEC": "6000000", "WATCHDOG_PID": "1"}).ping_s == 30
    assert Notifier({"WATCHDOG_USEC": "6000000"}).ping_s == 2


def test_a_log_line_in_json_has_the_kind_of_an_error_and_not_its_text() -> None:
    try:
        int("Jane Doe")
    except ValueError:
        record = logging.getLogger("n").makeRecord(
            "n", logging.ERROR, "f", 1, "document %d", (7,), sys.exc_info()
        )
    entry = json.loads(logs.JsonLines().format(record))
    assert entry["message"] == "document 7"
    assert entry["error"] == "ValueError"
    assert "Jane" not in json.dumps(entry)


def test_release_lays_a_set_aside_message_to_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "n.db"
    with open_store(database) as store:
        kept = keeping.keep(store, message(b"bomb", 1))
        assert kept.message == 1
        messages.set_aside(store, 1, "too_many_parts")
    words = ["release", "--message", "1", "--reason", "advertising", "--db", str(database)]
    assert cli.run(words) == 0
    assert cli.run(words) == 1
    assert "is not set aside (it is skipped)" in capsys.readouterr().err
    assert cli.run([*words[:2], "7", *words[3:]]) == 2
    assert cli.run(["retry", "--db", str(database)]) == 0
    assert "0 messages tried again" in capsys.readouterr().err
