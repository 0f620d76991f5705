"""The digest reaches a real SMTP server, once a period, and a failure to send harms nothing."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from noteverbale import cli, digest
from noteverbale.config import Config, ConfigError, parse_config
from noteverbale.service_config import DigestConfig, TemplatesConfig
from noteverbale.texts_check import check
from store import sanitize
from store.db.database import Store
from store.intake import documents, keeping, messages
from store.opening import open_store
from store.records import meetings
from store.service import digests
from tests.mail_server import certificate
from tests.smtp_server import PASSWORD, USER, Post, smtp_server
from tests.store import replies
from tests.store.replies import delegate, mailed, note

MORNING = datetime(2019, 5, 6, 9, 0, tzinfo=UTC)
DEADLINE_OVER = datetime(2019, 5, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def certificate_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's own certificate."""
    folder = tmp_path_factory.mktemp("tls")
    certificate(folder)
    return folder / "cert.pem"


@pytest.fixture
def post(certificate_file: Path) -> Iterator[Post]:
    """The server."""
    with smtp_server(certificate_file) as running:
        yield running


@pytest.fixture
def config(post: Post, certificate_file: Path, tmp_path: Path) -> Config:
    """A daily digest over STARTTLS with a log-in."""
    (tmp_path / "password").write_text(PASSWORD + "\n")
    return Config(
        digest=DigestConfig(
            host="localhost",
            port=post.port,
            ca_file=certificate_file,
            user=USER,
            password_file=tmp_path / "password",
            from_="uncac@example.org",
            to=("registry@example.org", "chief@example.org"),
            timeout_s=1.0,
        )
    )


def _send(config: Config, store: Store, poll: int = 1, now: datetime = MORNING) -> None:
    digest.send_due(config, store, poll, now)


def _states(store: Store) -> list[tuple[str, str | None]]:
    return [
        (r["state"], r["reason"])
        for r in store.rows("SELECT state, reason FROM digests ORDER BY rowid")
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database with a late reply, one to review, and one that was rejected."""
    with open_store(tmp_path / "data" / "n.db") as opened:
        meetings.add(opened, replace(replies.INVITATION, starts=None, ends=None))
        late = mailed(opened, b"late", 1, DEADLINE_OVER)
        replies.save(opened, late, note(delegate(1, "Jane Wanjiru", email="j@example.org")))
        doubtful = mailed(opened, b"doubt", 2, MORNING)
        replies.save(opened, doubtful, note(delegate(1, "A. Perez", "email_missing"), state="CHL"))
        rejected = mailed(opened, b"typed", 3, MORNING)
        with opened.writing() as conn:
            conn.execute(
                "UPDATE documents SET outcome = 'rejected', reason = 'not_a_scan',"
                " filename = ? WHERE id = ?",
                ["a\u202enote" + "x" * 90, rejected],
            )
        kept = keeping.keep(opened, replies.message(b"bomb", 4))
        assert kept.message is not None
        messages.set_aside(opened, kept.message, "too_many_parts")
        yield opened


def _text(message: EmailMessage) -> str:
    return str(message.get_content())


def _news(store: Store, uid: int) -> int:
    document = mailed(store, b"more %d" % uid, uid, MORNING)
    replies.save(store, document, note(delegate(1, f"Person {uid}", email="p@example.org")))
    return document


def test_the_next_digest_counts_what_is_different_and_names_nobody(
    config: Config, store: Store, post: Post
) -> None:
    _send(config, store)
    with store.writing() as conn:
        conn.execute("UPDATE turns SET at = '2019-04-05T08:00:00Z'")
    _news(store, 7)
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Judge' WHERE name = 'A. Perez'")
    _send(config, store, now=MORNING + timedelta(days=1))
    first, second = map(_text, post.received)
    assert "DELEGATES SINCE THE LAST DIGEST" not in first
    told = second.partition("DELEGATES SINCE THE LAST DIGEST")[2]
    assert "  Chile: 1 changed" in told.splitlines()
    assert "  Kenya: 1 new" in told.splitlines()
    assert "Person 7" not in second


def test_it_tells_what_is_new_to_review_failed_late_and_missing(
    config: Config, store: Store, post: Post
) -> None:
    _send(config, store)
    (message,) = post.received
    assert post.recipients == [["registry@example.org", "chief@example.org"]]
    assert message["Subject"] == "Replies: 2 new, 1 to review, 2 not processed"
    assert message["Auto-Submitted"] == "auto-generated"
    text = _text(message)
    assert "Kenya, document 1: nomination, 1 delegate, LATE" in text
    assert "Chile, document 2: 1 (no e-mail address)" in text
    assert "not a scan: only scanned copies" in text
    assert "message 4: the message has too many parts" in text
    assert "2 of 186 States Parties answered, 1 late" in text
    assert "late: Kenya" in text
    assert "not answered: Afghanistan, Albania" in text
    assert _states(store) == [("sent", None)]


def test_a_nomination_of_nobody_is_told_and_a_note_that_came_again_is_named_so(
    config: Config, store: Store, post: Post
) -> None:
    nobody = mailed(store, b"nobody", 7, MORNING)
    replies.save(store, nobody, note(state="PER"))
    again = mailed(store, b"late, scanned again", 8, DEADLINE_OVER)
    replies.save(store, again, note(delegate(1, "Jane Wanjiru", email="j@example.org")))
    _send(config, store)
    (message,) = post.received
    assert message["Subject"] == "Replies: 4 new, 2 to review, 2 not processed"
    text = _text(message)
    assert "NOTES TO LOOK AT: 1" in text
    assert f"Peru, document {nobody} note.pdf: no delegate was found in a nomination" in text
    assert f"document {again}: nomination, 1 delegate, the same note as document 1, LATE" in text
    assert text.index("NOTES TO LOOK AT") < text.index("TO BE REVIEWED")


def test_a_failed_document_is_told_until_somebody_has_looked(
    config: Config, store: Store, post: Post
) -> None:
    failed = mailed(store, b"broken", 7, MORNING)
    replies.save(store, failed, None)
    _send(config, store, now=MORNING)
    assert _text(post.received[0]).count(f"document {failed}") == 1
    _news(store, 9)
    _send(config, store, now=MORNING + timedelta(days=1))
    assert f"document {failed} note.pdf: it cannot be read" in _text(post.received[1])
    replies.edit(store, f"UPDATE documents SET needs_review = 0 WHERE id = {failed}")  # noqa: S608
    _news(store, 10)
    _send(config, store, now=MORNING + timedelta(days=2))
    assert f"document {failed}" not in _text(post.received[2])


def test_it_names_no_delegate_and_shows_a_strangers_file_name_harmlessly(
    config: Config, store: Store, post: Post
) -> None:
    _send(config, store)
    text = _text(post.received[0])
    assert "Wanjiru" not in text
    assert "Perez" not in text
    assert "\u202e" not in text
    assert "x" * 70 not in text


def test_a_daily_one_is_sent_once_a_day_whatever_happens_meanwhile(
    config: Config, store: Store, post: Post
) -> None:
    _send(config, store, 1)
    for poll in range(2, 6):
        _news(store, 10 + poll)
        _send(config, store, poll, MORNING + timedelta(hours=poll))
    assert len(post.received) == 1
    _send(config, store, 7, MORNING.replace(hour=5) + timedelta(days=1))
    assert len(post.received) == 1  # too early in the day
    _send(config, store, 8, MORNING + timedelta(days=1))
    assert len(post.received) == 2
    assert "4 new" in post.received[1]["Subject"]


def test_after_a_poll_it_is_sent_only_when_there_is_something_new(
    config: Config, store: Store, post: Post
) -> None:
    each = replace(config, digest=replace(config.digest, when="poll"))
    for poll in range(1, 4):
        _send(each, store, poll)
    assert len(post.received) == 1
    document = _news(store, 20)
    later = mailed(store, b"later", 21, MORNING)
    _send(each, store, 4)
    assert len(post.received) == 1  # not before all is read that came with it
    replies.save(store, later, None)
    _send(each, store, 5)
    assert "1 new" in post.received[1]["Subject"]
    assert f"document {document}:" in _text(post.received[1])


@pytest.mark.parametrize(("hours", "sent"), [(0.5, 0), (2, 1)])
def test_after_a_poll_it_waits_for_what_is_being_read_but_not_for_ever(
    config: Config, store: Store, post: Post, hours: float, sent: int
) -> None:
    after_polls = replace(config, digest=replace(config.digest, when="poll"))
    mailed(store, b"pending", 9, MORNING)
    ready = sanitize.moment(datetime.now(UTC) - timedelta(hours=hours))
    with store.writing() as conn:
        conn.execute("UPDATE documents SET processed_at = ? WHERE outcome <> 'pending'", [ready])
    _send(after_polls, store)
    assert len(post.received) == sent
    _send(after_polls, store, poll=2)
    assert len(post.received) == sent


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"answer": "451 try again"}, "smtp_refused"),
        ({"unknown": {"registry@example.org", "chief@example.org"}}, "smtp_recipient_refused"),
    ],
)
def test_a_refusal_is_recorded_and_the_same_digest_is_sent_later(
    config: Config, store: Store, post: Post, fault: dict[str, object], reason: str
) -> None:
    for name, value in fault.items():
        setattr(post, name, value)
    _send(config, store)
    assert _states(store) == [("due", reason)]
    post.answer, post.unknown = "250 OK", set()
    _send(config, store, 2)
    assert post.received == []  # it rests first
    with store.writing() as conn:
        conn.execute("UPDATE digests SET not_before = '2019-01-01T00:00:00Z'")
    _send(config, store, 3)
    assert [m["Subject"][:14] for m in post.received] == ["Replies: 2 new"]
    assert _states(store) == [("sent", None)]


def test_one_known_recipient_is_enough(config: Config, store: Store, post: Post) -> None:
    post.unknown = {"chief@example.org"}
    _send(config, store)
    assert post.recipients == [["registry@example.org"]]


def test_a_wrong_password_an_untrusted_certificate_and_a_closed_port_are_told_apart(
    config: Config, store: Store, tmp_path: Path
) -> None:
    def reason(**changed: object) -> str | None:
        _send(replace(config, digest=replace(config.digest, **changed)), store)  # type: ignore[arg-type]
        found = _states(store)[-1][1]
        with store.writing() as conn:
            conn.execute("UPDATE digests SET not_before = NULL")
        return found

    (tmp_path / "wrong").write_text("wrong\n")
    assert reason(password_file=tmp_path / "wrong") == "smtp_login_refused"
    assert reason(ca_file=None) == "smtp_certificate"
    assert reason(port=1) == "smtp_unreachable"
    assert reason(password_file=tmp_path / "none") == "configuration"


@pytest.mark.parametrize("fault", [{"hang_s": 1.6}, {"vanish": True}])
def test_one_that_may_have_been_sent_is_not_sent_again_but_its_news_come_with_the_next(
    config: Config, store: Store, post: Post, fault: dict[str, object]
) -> None:
    for name, value in fault.items():
        setattr(post, name, value)
    _send(config, store)
    assert [state for state, _ in _states(store)] == ["unconfirmed"]
    post.hang_s, post.vanish = 0.0, False
    for poll in (2, 3):
        _send(config, store, poll)
    assert post.tried == 1
    _send(config, store, 4, MORNING + timedelta(days=1))
    assert "2 new" in post.received[-1]["Subject"]


def test_killed_while_sending_it_is_not_sent_twice(
    config: Config, store: Store, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.path
    child = os.fork()
    if child == 0:
        with open_store(path) as mine:
            sending = digests.sending

            def killed(opened: Store, period: str) -> None:
                sending(opened, period)
                os.kill(os.getpid(), signal.SIGKILL)

            monkeypatch.setattr(digests, "sending", killed)
            _send(config, mine)
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    _send(config, store)
    assert post.received == []
    assert _states(store) == [("unconfirmed", "killed")]


def test_days_without_a_server_end_in_one_digest_with_everything(
    config: Config, store: Store, post: Post
) -> None:
    post.answer = "421 closed"
    for day in range(3):
        _news(store, 30 + day)
        _send(config, store, day, MORNING + timedelta(days=day))
    post.answer = "250 OK"
    _send(config, store, 9, MORNING + timedelta(days=3))
    _news(store, 40)
    _send(config, store, 10, MORNING + timedelta(days=4))
    assert [m["Subject"].split(",")[0] for m in post.received] == ["Replies: 6 new"]


def test_nothing_new_is_no_digest(config: Config, tmp_path: Path, post: Post) -> None:
    with open_store(tmp_path / "other" / "n.db") as empty:
        _send(config, empty)
        assert _states(empty) == []
    assert post.tried == 0


def test_a_text_of_the_house_replaces_ours_and_a_slip_in_it_is_told_at_the_start(
    config: Config, store: Store, post: Post, tmp_path: Path
) -> None:
    own = replace(config, templates=TemplatesConfig(tmp_path / "texts"))
    (tmp_path / "texts").mkdir()
    file = tmp_path / "texts" / "digest.txt"
    file.write_text("Subject: {{ replies.total }} réponses\n\nBonjour.\n")
    check(own)
    _send(own, store)
    assert post.received[0]["Subject"] == "2 réponses"
    assert _text(post.received[0]).strip() == "Bonjour."
    for slip in ("Subject: {{ replys.total }}\n", "Subject: x\n{% if %}\n", "no subject\n"):
        file.write_text(slip)
        with pytest.raises(ConfigError, match=r"digest\.txt"):
            check(own)


def test_a_digest_that_could_never_be_sent_is_wrong_configuration() -> None:
    for wrong, key in (
        ('host = "mail.example.org"', "digest.from"),
        ('host = "mail.example.org"\nfrom = "a@example.org"', "digest.to"),
        (
            'host = "m.example.org"\nfrom = "a@example.org"\nto = ["b@example.org"]\ntls = "none"',
            "digest.tls",
        ),
    ):
        with pytest.raises(ConfigError, match=key):
            parse_config(f"[digest]\n{wrong}\n")
    fine = parse_config('[digest]\nhost = "h"\nfrom = "a@example.org"\nto = ["b@example.org"]\n')
    assert fine.digest.from_ == "a@example.org"
    assert fine.digest.to == ("b@example.org",)


def test_reprocessed_documents_are_no_news(config: Config, store: Store, post: Post) -> None:
    _send(config, store)
    documents.mark_pending(store, (1,))
    replies.save(store, 1, note(delegate(1, "Jane Wanjiru", email="j@example.org")))
    _send(config, store, 2, MORNING + timedelta(days=1))
    assert len(post.received) == 1


def test_check_tries_the_log_in_and_sends_nothing(
    config: Config, post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(password: str) -> str:
        file = tmp_path / "digest.toml"
        file.write_text(
            f'[digest]\nhost = "localhost"\nport = {post.port}\nuser = "{USER}"\n'
            f'ca_file = "{config.digest.ca_file}"\npassword_file = "{tmp_path / "password"}"\n'
            'from = "a@example.org"\nto = ["b@example.org"]\n'
        )
        (tmp_path / "password").write_text(password)
        cli.run(["check", "--json", "--config", str(file), "--db", str(tmp_path / "no.db")])
        found = {f["what"]: f for f in json.loads(capsys.readouterr().out)}
        return str(found["digest"]["detail"])

    assert told(PASSWORD) == "log-in works, 1 recipients"
    assert "smtp_login_refused" in told("wrong")
    assert post.tried == 0
