"""Draft replies lie in the mailbox's drafts once, whoever kills us, and nothing is ever sent."""

from __future__ import annotations

import email
import email.policy
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import pytest
from imapclient import IMAPClient

from extract.types import NoteVerbale
from ingest import drafts as laying
from ingest.types import ParsedMessage
from noteverbale import confirming, drafting, rounds, templates
from noteverbale.config import Config, MailboxConfig
from noteverbale.service import Quiet
from noteverbale.service_config import DraftsConfig, TemplatesConfig
from store.db.database import Store
from store.errors import UnknownRecord
from store.intake import keeping, messages
from store.opening import open_store
from store.records import meetings
from store.service import drafts
from tests.mail_server import Mailbox
from tests.store import replies
from tests.store.replies import delegate, note, pdf


@pytest.fixture
def config(mailbox: Mailbox, tmp_path: Path) -> Config:
    """A mailbox with a folder of drafts."""
    (tmp_path / "password").write_text(mailbox.server.password)
    with _client(mailbox) as client:
        client.create_folder("Drafts")
    return Config(
        mailbox=MailboxConfig(
            host="localhost",
            port=mailbox.server.tls_port,
            ca_file=mailbox.server.ca_file,
            user=mailbox.user,
            password_file=tmp_path / "password",
            timeout_s=5,
        ),
        drafts=DraftsConfig(enabled=True, from_="uncac@example.org"),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database in which drafts have been asked for."""
    with open_store(tmp_path / "data" / "n.db") as opened:
        drafts.want(opened)
        yield opened


def _client(mailbox: Mailbox) -> IMAPClient:
    client = IMAPClient("127.0.0.1", mailbox.server.port, ssl=False)
    client.login(mailbox.user, mailbox.server.password)
    return client


def _laid(mailbox: Mailbox, folder: str = "Drafts") -> list[EmailMessage]:
    with _client(mailbox) as client:
        client.select_folder(folder, readonly=True)
        found = client.fetch(client.search(), ["BODY.PEEK[]", "FLAGS"])
    made = []
    for data in found.values():
        assert b"\\Draft" in data[b"FLAGS"]
        message = email.message_from_bytes(data[b"BODY[]"], policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        made.append(message)
    return made


def _received(
    store: Store,
    uid: int,
    *files: bytes,
    sender: str = "mission@kenya.example.org",
    message_id: str = "<1@kenya.example.org>",
    subject: str = "Nomination",
) -> tuple[int, ...]:
    kept = keeping.keep(store, replies.message(b"mail %d" % uid, uid))
    assert kept.message is not None
    attachments = tuple(pdf(data, f"note {data.decode()}.pdf") for data in files)
    parsed = ParsedMessage(message_id, sender, subject, None, None, attachments)
    return messages.add_parsed(store, kept.message, parsed)


def _ends(store: Store, document: int, outcome: str, reason: str | None, language: str) -> None:
    with store.writing() as conn:
        conn.execute(
            "UPDATE documents SET outcome = ?, reason = ?, language = ? WHERE id = ?",
            [outcome, reason, language, document],
        )


def _in(language: str, read: NoteVerbale) -> NoteVerbale:
    return replace(read, language=language)


def test_missing_addresses_are_asked_for_in_the_language_of_the_note(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    (document,) = _received(store, 1, b"a")
    persons = delegate(1, "Awa Traoré"), delegate(2, "Marc Diop", email="m.diop@example.org")
    replies.save(store, document, _in("fr", note(*persons)))
    drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert draft["To"] == "mission@kenya.example.org"
    assert draft["From"] == "uncac@example.org"
    assert draft["In-Reply-To"] == draft["References"] == "<1@kenya.example.org>"
    assert draft["Subject"] == "Re: Nomination"
    text = draft.get_content()
    assert "Aucune adresse électronique" in text
    assert "Awa Traoré" in text
    assert "Diop" not in text
    assert "n° KMV/7/19" in text


@pytest.mark.parametrize(
    ("outcome", "reason", "language", "says"),
    [
        ("rejected", "not_a_scan", "en", "Only scanned copies of notes verbales"),
        ("rejected", "not_a_scan", "ru", "отсканированные копии"),
        ("rejected", "encrypted", "zh", "密码"),
        ("rejected", "encrypted", "pt", "asks for a password"),
        ("failed", "corrupt", "ar", "الملف تالف"),
        ("failed", "corrupt", "es", "está dañado"),
    ],
)
def test_each_reason_has_its_text(
    config: Config,
    store: Store,
    mailbox: Mailbox,
    outcome: str,
    reason: str,
    language: str,
    says: str,
) -> None:
    (document,) = _received(store, 1, b"x")
    _ends(store, document, outcome, reason, language)
    drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert says in draft.get_content()
    assert "note x.pdf" in draft.get_content()


def test_a_file_that_was_not_read_is_answered_in_the_language_of_the_senders_last_note(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    (before,) = _received(store, 1, b"before")
    replies.save(store, before, _in("es", note(delegate(1, "Ana Ruiz", email="a@example.org"))))
    (typed,) = _received(store, 2, b"typed")
    with store.writing() as conn:
        conn.execute(
            "UPDATE documents SET outcome = 'rejected', reason = 'not_a_scan' WHERE id = ?", [typed]
        )
    drafting.place_wanted(config, store)
    assert "copias escaneadas" in _laid(mailbox)[0].get_content()


def test_a_person_asks_for_a_file_again_in_the_language_the_state_writes_in(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    (before,) = _received(store, 1, b"before")
    replies.save(store, before, _in("fr", note(delegate(1, "Awa Diop", email="a@example.org"))))
    (unread,) = _received(store, 2, b"unread", message_id="<2@kenya.example.org>")
    _ends(store, unread, "failed", "timeout", "en")
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []  # nobody has asked for it
    drafts.want_again(store, unread, "noor")
    drafts.want_again(store, unread, "noor")
    drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert draft["To"] == "mission@kenya.example.org"
    assert draft["In-Reply-To"] == "<2@kenya.example.org>"
    assert "n’a pas pu être lu" in draft.get_content()
    assert "note unread.pdf" in draft.get_content()
    assert drafts.sent_again(store)[unread].state == "placed"
    assert drafts.sent_again(store)[unread].who == "noor"
    drafts.want_again(store, unread, "noor")  # somebody deleted it, and wants it anew
    drafting.place_wanted(config, store)
    assert len(_laid(mailbox)) == 2


def test_nobody_is_asked_for_what_was_read_or_came_from_a_folder(store: Store) -> None:
    (read,) = _received(store, 1, b"read")
    replies.save(store, read, note(delegate(1, "Awa Diop", email="a@example.org")))
    scanned = replies.scan(store, b"scanned", "scanned.pdf")
    _ends(store, scanned, "failed", "corrupt", "en")
    for document in (read, scanned, 99):
        with pytest.raises(UnknownRecord):
            drafts.want_again(store, document, "noor")
    assert drafts.sent_again(store) == {}


def test_one_draft_a_document_and_reason_however_often_it_is_looked_at(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    first, second = _received(store, 1, b"a", b"b")
    for document in (first, second):
        _ends(store, document, "failed", "corrupt", "en")
    for _ in range(3):
        drafting.place_wanted(config, store)
    assert len(_laid(mailbox)) == 2
    with _client(mailbox) as client:  # somebody sends one and throws the other away
        client.select_folder("Drafts")
        client.delete_messages(client.search())
        client.expunge()
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []


def test_a_reminder_asks_once_in_the_state_s_language_for_what_is_missing_now(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    meetings.add(store, replies.INVITATION)
    (document,) = _received(store, 1, b"a")
    read = _in("fr", note(delegate(1, "Ana Ruiz", email="a@example.org"), state="SEN"))
    replies.save(store, document, replace(read, kind="acknowledgement", delegates=()))
    for state in ("SEN", "SEN", "ESP"):
        drafts.want_reminder(store, replies.MEETING, state, "noor")
    for _ in range(2):
        drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert draft["To"] == "mission@kenya.example.org"
    assert draft["In-Reply-To"] is None
    text = draft.get_content()
    assert "Les noms des membres de votre délégation" in text
    assert "Votre réponse" not in text
    assert "2019-05-10" in text
    found = drafts.reminder_drafts(store, 1)
    assert (found["SEN"].state, found["SEN"].error) == ("placed", None)
    assert (found["ESP"].state, found["ESP"].error) == ("given_up", "address_unusable")


def test_a_reminder_that_is_not_needed_any_more_is_not_laid(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    meetings.add(store, replies.INVITATION)
    drafts.want_reminder(store, replies.MEETING, "KEN", "noor")
    (document,) = _received(store, 1, b"a")
    replies.save(store, document, note(delegate(1, "Ana Ruiz", email="a@example.org")))
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []
    assert drafts.reminder_drafts(store, 1)["KEN"].error == "not_needed"


@pytest.mark.parametrize("language", drafts.LANGUAGES)
def test_every_reminder_names_whose_address_is_missing(language: str) -> None:
    values: dict[str, object] = {
        "meeting": "CU 1",
        "title": "A meeting",
        "deadline": "",
        "missing": ["no_address"],
        "names": ["Amina Otieno"],
    }
    text = templates.render(Config(), f"drafts/reminder.{language}.txt", values)
    assert "- Amina Otieno" in text.body
    assert "CU 1" in text.subject


@pytest.mark.parametrize("moment", ["append", "placed"])
def test_killed_at_the_append_there_is_still_one_draft(
    config: Config,
    store: Store,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    (document,) = _received(store, 1, b"a")
    _ends(store, document, "failed", "corrupt", "en")
    drafts.want(store)
    path = store.path

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        if moment == "append":
            patch.setattr(laying._DraftsConnection, "append", die)
        else:
            patch.setattr(drafts, "placed", die)
        child = os.fork()
        if child == 0:
            with open_store(path) as mine:
                drafting.place_wanted(config, mine)
            os._exit(1)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert len(_laid(mailbox)) == (0 if moment == "append" else 1)
    drafting.place_wanted(config, store)
    assert len(_laid(mailbox)) == 1
    assert [r["state"] for r in store.rows("SELECT state FROM drafts")] == ["placed"]


def test_the_token_is_found_by_search_where_there_are_many_drafts(
    config: Config, store: Store, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    (document,) = _received(store, 1, b"a")
    _ends(store, document, "failed", "corrupt", "en")
    drafting.place_wanted(config, store)
    with store.writing() as conn:
        conn.execute("UPDATE drafts SET state = 'wanted'")
    monkeypatch.setattr(laying, "MOST_LOOKED_AT", 0)
    drafting.place_wanted(config, store)
    assert len(_laid(mailbox)) == 1


def test_a_file_that_is_no_scan_is_no_matter_when_a_scan_came_with_it(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    scan, typed = _received(store, 1, b"scan", b"typed")
    replies.save(store, scan, note(delegate(1, "Amina Otieno", email="a@example.org")))
    _ends(store, typed, "rejected", "not_a_scan", "en")
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []


def test_no_draft_for_what_was_there_before_nor_for_scans_from_a_folder(
    config: Config, mailbox: Mailbox, tmp_path: Path
) -> None:
    with open_store(tmp_path / "old" / "n.db") as old:
        (before,) = _received(old, 1, b"a")
        with old.writing() as conn:
            conn.execute("UPDATE documents SET kept_at = '2019-01-01T00:00:00Z'")
        _ends(old, before, "failed", "corrupt", "en")
        _ends(old, replies.scan(old, b"b"), "failed", "corrupt", "en")
        drafting.place_wanted(config, old)
    assert _laid(mailbox) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "a@example.org\nBcc: victim@example.org",
        "a@example.org, b@example.org",
        "noreply@example.org",
        "",
        "<a@example.org>",
        "\u202ea@example.org\x00",
    ],
)
def test_an_address_that_is_none_gets_no_draft(
    config: Config, store: Store, mailbox: Mailbox, hostile: str
) -> None:
    (document,) = _received(store, 1, b"a")
    _ends(store, document, "failed", "corrupt", "en")
    with store.writing() as conn:
        conn.execute("UPDATE messages SET from_address = ?", [hostile])
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []
    assert [r["state"] for r in store.rows("SELECT state FROM drafts")] == ["given_up"]


@pytest.mark.parametrize("subject", ["x\r\nBcc: victim@example.org", "x\u2028Bcc: v", "x" * 5000])
@pytest.mark.parametrize("answers", ["<1@x>\r\nBcc: victim@example.org", "no id", "<a b@c>"])
def test_nothing_gets_into_the_header_that_does_not_belong_there(
    subject: str, answers: str
) -> None:
    text = templates.Text(" ".join(f"Re: {subject}".split())[:200], "body\n")
    data = drafting.draft(text, "uncac@example.org", "a@example.org", answers, "0" * 32)
    made = email.message_from_bytes(data, policy=email.policy.default)
    assert set(made.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        laying.HEADER,
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }


def test_a_hostile_message_in_the_database_gives_a_harmless_draft(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    (document,) = _received(store, 1, b"a")
    _ends(store, document, "failed", "corrupt", "en")
    with store.writing() as conn:
        conn.execute(
            "UPDATE messages SET subject = ?, message_id = ?",
            ["{{ 7*7 }}\r\nBcc: v@example.org", "<1@x>\r\nBcc: v@example.org"],
        )
        conn.execute("UPDATE documents SET filename = ?", ["\u202e\x00{% raw %}\n.pdf"])
    drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert draft["Bcc"] is None
    assert draft["In-Reply-To"] is None
    assert draft["Subject"] == "Re: {{ 7*7 }} Bcc: v@example.org"
    assert "{% raw %}" in draft.get_content()
    assert "\u202e" not in draft.get_content()


def test_a_mailbox_without_such_a_folder_is_recorded_and_tried_again(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    (document,) = _received(store, 1, b"a")
    _ends(store, document, "failed", "corrupt", "en")
    elsewhere = replace(config, drafts=replace(config.drafts, folder="Elsewhere"))
    drafting.place_wanted(elsewhere, store)
    row = store.one("SELECT state, error FROM drafts")
    assert row is not None
    assert tuple(row) == ("wanted", "folder_unknown")
    with _client(mailbox) as client:
        client.create_folder("Elsewhere")
    drafting.place_wanted(elsewhere, store)
    assert len(_laid(mailbox, "Elsewhere")) == 1


def test_all_texts_can_be_used_and_a_slip_of_the_house_is_found(
    config: Config, tmp_path: Path
) -> None:
    drafting.try_templates(config)
    own = replace(config, templates=TemplatesConfig(tmp_path))
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "corrupt.fr.txt").write_text("Subject: {{ sujet }}\n")
    with pytest.raises(templates.TemplateUnusable, match=r"corrupt\.fr"):
        drafting.try_templates(own)


def test_every_reason_and_language_has_its_text_in_the_package() -> None:
    folder = Path(templates.__file__).parent / "texts" / "drafts"
    assert {p.name for p in folder.iterdir()} == {
        f"{reason}.{language}.txt"
        for reason in (*drafts.REASONS, drafting.REMINDER, confirming.CONFIRM)
        for language in drafts.LANGUAGES
    }


def test_a_mailbox_that_refused_the_log_in_is_not_asked_again_for_drafts(
    config: Config, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (document,) = _received(store, 1, b"a")
    _ends(store, document, "failed", "corrupt", "en")
    (tmp_path / "password").write_text("wrong")
    asked: list[object] = []
    monkeypatch.setattr(drafting, "place_wanted", lambda *args: asked.append(args))
    tally = rounds.go(config, store, "mailbox", Quiet(), Event())
    assert tally.trouble is not None
    assert asked == []
