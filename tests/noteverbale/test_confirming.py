"""A mission is told what was registered, once; what it answers stands beside the note, unjudged."""

from __future__ import annotations

import email
import email.policy
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import pytest
from imapclient import IMAPClient

from extract.types import Delegate, NoteVerbale
from ingest import drafts as laying
from ingest.types import ParsedMessage
from noteverbale import confirming, drafting, templates
from noteverbale.cli import run
from noteverbale.config import Config, MailboxConfig
from noteverbale.config_reader import ConfigError
from noteverbale.poll import take_in
from noteverbale.service_config import DraftsConfig, check_drafts
from store.db.database import Store
from store.erasure import forget, selection
from store.errors import EditRefused
from store.intake import keeping, messages
from store.opening import open_store
from store.records import meetings
from store.reports import chase
from store.reports.history import history
from store.reports.status import summary
from store.review import mission_answers, undo
from store.service import answered, confirmations, drafts
from tests.mail_server import Mailbox
from tests.store import replies
from tests.store.erasure.test_forget import traces
from tests.store.replies import MEETING, delegate, note, pdf

SOON = datetime.now(UTC).date() + timedelta(days=60)


@pytest.fixture
def config(mailbox: Mailbox, tmp_path: Path) -> Config:
    """A mailbox with a folder of drafts, in which missions are asked as soon as it is time."""
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
        drafts=DraftsConfig(enabled=True, from_="uncac@example.org", confirm="finished"),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data" / "n.db") as opened:
        invitation = replace(replies.INVITATION, starts=SOON, ends=SOON, deadline=None)
        meetings.add(opened, invitation)
        drafts.want(opened)
        yield opened


def _client(mailbox: Mailbox) -> IMAPClient:
    client = IMAPClient("127.0.0.1", mailbox.server.port, ssl=False)
    client.login(mailbox.user, mailbox.server.password)
    return client


def _laid(mailbox: Mailbox) -> list[EmailMessage]:
    with _client(mailbox) as client:
        client.select_folder("Drafts", readonly=True)
        found = client.fetch(client.search(), ["BODY.PEEK[]"])
    made = []
    for data in found.values():
        message = email.message_from_bytes(data[b"BODY[]"], policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        made.append(message)
    return made


def _came(
    store: Store,
    uid: int,
    read: NoteVerbale,
    sender: str = "mission@kenya.example.org",
) -> int:
    kept = keeping.keep(store, replies.message(b"mail %d" % uid, uid))
    assert kept.message is not None
    parsed = ParsedMessage(
        f"<{uid}@kenya.example.org>", sender, "Nomination", None, None, (pdf(b"%d" % uid),)
    )
    (document,) = messages.add_parsed(store, kept.message, parsed)
    replies.save(store, document, read)
    return document


def _approve(store: Store, document: int, *, note_too: bool = True) -> None:
    with store.writing("noor") as conn:
        conn.execute(
            "UPDATE delegates SET status = 'approved' WHERE document_id = ?"
            " AND status <> 'rejected'",
            [document],
        )
        if note_too:
            conn.execute("UPDATE documents SET needs_review = 0 WHERE id = ?", [document])


def _people() -> tuple[Delegate, ...]:
    return (
        delegate(1, "Awa Traoré", title="Judge", email="a@example.org", role="head"),
        delegate(2, "Marc Diop", title="Registrar", email="m@example.org"),
    )


def _one(store: Store, *, language: str = "en") -> int:
    document = _came(store, 1, replace(note(*_people()), language=language))
    _approve(store, document)
    return document


def _answers(draft: EmailMessage, text: str, *, subject_alone: bool = False) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "mission@kenya.example.org"
    made["To"] = "uncac@example.org"
    made["Subject"] = f"Re: {draft['Subject']}"
    made["Message-ID"] = "<answer@kenya.example.org>"
    if not subject_alone:
        made["In-Reply-To"] = draft["Message-ID"]
        made["References"] = f"<1@kenya.example.org> {draft['Message-ID']}"
    made.set_content(f"{text}\n\n> We have registered the following delegation.\n> 1. Awa Traoré\n")
    return made


def _standing(store: Store) -> str:
    return answered.confirmations(store, MEETING)["KEN"].standing


def test_a_mission_is_told_what_is_approved_once_and_again_when_that_changes(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    document = _one(store, language="fr")
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET status = 'rejected' WHERE name = 'Marc Diop'")
    for _ in range(2):
        drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert draft["To"] == "mission@kenya.example.org"
    assert draft["From"] == "uncac@example.org"
    assert draft["In-Reply-To"] == "<1@kenya.example.org>"
    token = draft[laying.HEADER]
    assert draft["Message-ID"] == f"<nv.{token}@example.org>"
    assert draft["Subject"].endswith(f"[#{token[:10]}]")
    body = draft.get_content()
    assert "Chef de délégation" in body
    assert "Awa Traoré" in body
    assert "Judge" in body
    assert "Marc Diop" not in body
    week = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    assert week in body
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Chief Justice' WHERE name = 'Awa Traoré'")
    drafting.place_wanted(config, store)
    assert ["Chief Justice" in one.get_content() for one in _laid(mailbox)] == [False, True]
    assert document


@pytest.mark.parametrize("after", ["rows", "notes"])
def test_nobody_is_told_anything_before_the_review_is_finished(
    config: Config, store: Store, mailbox: Mailbox, after: confirmations.After
) -> None:
    chosen = replace(config, drafts=replace(config.drafts, confirm_after=after))
    first, second = _people()
    document = _came(store, 1, note(first, second))
    drafting.place_wanted(chosen, store)
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET status = 'approved' WHERE name = 'Awa Traoré'")
    drafting.place_wanted(chosen, store)
    assert _laid(mailbox) == []
    with store.writing() as conn:
        conn.execute("UPDATE documents SET beside = '[\"copies_differ\"]' WHERE id = ?", [document])
    _approve(store, document, note_too=False)
    with store.writing() as conn:  # what other notes say is computed; here it is not in question
        conn.execute("UPDATE documents SET needs_review = 1 WHERE id = ?", [document])
    drafting.place_wanted(chosen, store)
    assert len(_laid(mailbox)) == (1 if after == "rows" else 0)


def test_off_is_off_and_asked_waits_for_a_person(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    assert DraftsConfig().confirm == "off"
    document = _one(store)
    asked = replace(config, drafts=replace(config.drafts, confirm="asked"))
    drafting.place_wanted(asked, store)
    assert _laid(mailbox) == []
    done = mission_answers.ask(store, "noor", document, "notes")
    drafting.place_wanted(asked, store)
    assert len(_laid(mailbox)) == 1
    with pytest.raises(EditRefused, match="says just this already"):
        mission_answers.ask(store, "noor", document, "notes")
    with pytest.raises(EditRefused, match="in the mailbox already"):
        undo.undo(store, done)


def test_a_draft_that_was_asked_for_is_taken_back_by_one_step(store: Store) -> None:
    document = _one(store)
    done = mission_answers.ask(store, "noor", document, "notes")
    assert _standing(store) == "wanted"
    undo.undo(store, done)
    assert answered.confirmations(store, MEETING) == {}


def test_what_is_no_longer_finished_when_it_is_laid_is_given_up(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    document = _one(store)
    mission_answers.ask(store, "noor", document, "notes")
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET status = 'new' WHERE name = 'Marc Diop'")
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []
    assert answered.confirmations(store, MEETING)["KEN"].error == "review_open"


@pytest.mark.parametrize("subject_alone", [False, True])
def test_an_answer_stands_beside_the_note_and_a_person_says_what_it_is(
    config: Config, store: Store, mailbox: Mailbox, subject_alone: bool
) -> None:
    document = _one(store)
    drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert _standing(store) == "asked"
    words = "Everything is correct.\n\nMr. Diop leads our delegation; he will attend."
    mailbox.deliver(_answers(draft, words, subject_alone=subject_alone).as_bytes())
    take_in(config, store, Event())
    (answer,) = answered.confirmations(store, MEETING)["KEN"].answers
    assert answer.text == words
    assert answer.from_address == "mission@kenya.example.org"
    assert answer.known
    assert answer.verdict is None  # however clear it sounds
    assert _standing(store) == "answered"
    row = store.one("SELECT outcome, reason FROM messages WHERE id = 2")
    assert row is not None
    assert tuple(row) == ("processed", "no_attachment")  # nobody has to look at it twice
    meeting = summary(store).meetings[0]
    assert (meeting.asked_to_confirm, meeting.answers_to_read, meeting.confirmed) == (1, 1, 0)
    done = mission_answers.judge(store, "noor", document, answer.id, "confirmed")
    assert _standing(store) == "confirmed"
    assert summary(store).meetings[0].confirmed == 1
    assert chase.chase(store, MEETING).confirmations[0][1].standing == "confirmed"
    told = [event.what for event in history(store, "KEN", MEETING)]
    assert any("said what the mission's answer is" in what for what in told)
    undo.undo(store, done)
    assert _standing(store) == "answered"


def test_a_list_that_changed_after_it_was_confirmed_is_not_confirmed(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    document = _one(store)
    drafting.place_wanted(config, store)
    mailbox.deliver(_answers(_laid(mailbox)[0], "All right.").as_bytes())
    take_in(config, store, Event())
    mission_answers.judge(store, "noor", document, 1, "confirmed")
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET name = 'Awa Traore' WHERE name = 'Awa Traoré'")
    found = answered.confirmations(store, MEETING)["KEN"]
    assert found.changed
    assert found.standing == "asked"


def test_a_mission_is_not_asked_again_before_its_answer_was_read(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    document = _one(store)
    drafting.place_wanted(config, store)
    mailbox.deliver(_answers(_laid(mailbox)[0], "Ms. Traoré is Chief Justice.").as_bytes())
    take_in(config, store, Event())
    with store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Chief Justice' WHERE name = 'Awa Traoré'")
    drafting.place_wanted(config, store)
    assert len(_laid(mailbox)) == 1
    mission_answers.judge(store, "noor", document, 1, "errors")
    drafting.place_wanted(config, store)
    assert len(_laid(mailbox)) == 2


def test_a_scan_in_an_answer_is_a_document_of_its_own(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    _one(store)
    drafting.place_wanted(config, store)
    answer = _answers(_laid(mailbox)[0], "See the note attached.")
    answer.add_attachment(
        b"%PDF-1.4\n%%EOF\n", maintype="application", subtype="pdf", filename="errors.pdf"
    )
    mailbox.deliver(answer.as_bytes())
    narrow = replace(config, filters=replace(config.filters, only_from=("*@elsewhere.example",)))
    take_in(narrow, store, Event())  # an answer to our own letter is meant for us
    (found,) = answered.confirmations(store, MEETING)["KEN"].answers
    ((number, filename),) = found.documents
    assert filename == "errors.pdf"
    row = store.one("SELECT outcome, message FROM documents WHERE id = ?", [number])
    assert row is not None
    assert tuple(row) == ("pending", 2)


def test_what_a_program_wrote_or_quotes_another_mark_is_no_answer(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    _one(store)
    drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    away = _answers(draft, "I am out of office.")
    away["Auto-Submitted"] = "auto-replied"
    mailbox.deliver(away.as_bytes())
    other = EmailMessage()
    other["From"] = "somebody@example.org"
    other["Message-ID"] = "<x@example.org>"
    other["Subject"] = "Re: confirm [#0123456789] [#" + "a" * 32 + "]"
    other["In-Reply-To"] = "<nv." + "0" * 32 + "@example.org>"
    other.set_content("All right.")
    mailbox.deliver(other.as_bytes())
    take_in(config, store, Event())
    assert answered.confirmations(store, MEETING)["KEN"].answers == ()


def test_a_stranger_s_answer_is_shown_as_one(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    _one(store)
    drafting.place_wanted(config, store)
    answer = _answers(_laid(mailbox)[0], "All right.")
    answer.replace_header("From", "stranger@elsewhere.example")
    mailbox.deliver(answer.as_bytes())
    take_in(config, store, Event())
    assert not answered.confirmations(store, MEETING)["KEN"].answers[0].known


def test_no_header_can_be_smuggled_in_by_a_name_a_meeting_or_a_message_id(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    document = _one(store)
    with store.writing() as conn:
        conn.execute("UPDATE meetings SET title = ?", ["x\r\nBcc: v@example.org"])
        conn.execute("UPDATE messages SET message_id = ?", ["<1@x>\r\nBcc: v@example.org"])
        conn.execute(
            "UPDATE delegates SET name = ?, title = ? WHERE seq = 1",
            ["{{ 7*7 }}\u202e\nBcc: v@example.org", "\x00\u2028{% raw %}"],
        )
    drafting.place_wanted(config, store)
    (draft,) = _laid(mailbox)
    assert draft["Bcc"] is None
    assert draft["In-Reply-To"] is None
    body = draft.get_content()
    assert "{{ 7*7 }}" in body
    assert "\u202e" not in body
    assert "\nBcc" not in body
    assert document


def test_without_an_address_that_can_be_written_to_there_is_no_draft(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    _approve(store, _came(store, 1, note(*_people()), sender="noreply@kenya.example.org"))
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []
    found = answered.confirmations(store, MEETING)["KEN"]
    assert (found.draft, found.error) == ("given_up", "address_unusable")
    drafting.place_wanted(config, store)  # nor is it tried at every poll
    assert len(store.rows("SELECT 1 FROM confirmation_drafts")) == 1


@pytest.mark.parametrize("language", drafts.LANGUAGES)
def test_every_language_says_whom_and_how_they_will_be_printed(language: str) -> None:
    wanted = confirmations.WantedConfirmation(
        "ab" * 16, "CU 1", "A meeting", None, "KEN", None, "12/2019"
    )
    row: dict[str, str | None] = {
        "role": "head",
        "honorific": "السيد",
        "name": "محمد علي",
        "name_latin": "Mohamed Ali",
        "title": "قاض",
        "organization": "High Court",
    }
    made = confirming.text(Config(), wanted, (row,), language, "2019-05-10")
    assert "CU 1" in made.subject
    assert made.subject.endswith("[#ababababab]")
    for text in ("\u2068السيد محمد علي\u2069", "\u2068Mohamed Ali\u2069", "\u2068قاض\u2069"):
        assert text in made.body
    assert "2019-05-10" in made.body
    first = next(c for c in made.body if unicodedata.bidirectional(c) in ("L", "AL", "R"))
    assert (unicodedata.bidirectional(first) == "AL") == (language == "ar")
    assert made.body.count("\u2068") == made.body.count("\u2069")


def test_an_answer_is_asked_for_before_the_meeting() -> None:
    today = date(2019, 5, 1)
    assert confirming.until(7, None, today) == "2019-05-08"
    assert confirming.until(7, "2019-05-31", today) == "2019-05-08"
    assert confirming.until(7, "2019-05-04", today) == "2019-05-03"
    assert confirming.until(7, "2019-05-01", today) == "2019-05-08"


def test_a_meeting_that_has_begun_is_not_asked_about_by_itself(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    _one(store)
    with store.writing() as conn:
        conn.execute("UPDATE meetings SET starts = '2019-05-31', ends = '2019-05-31'")
    drafting.place_wanted(config, store)
    assert _laid(mailbox) == []


def test_who_has_not_answered_by_the_day_stands_in_the_chase(store: Store) -> None:
    document = _one(store)
    mission_answers.ask(store, "noor", document, "notes")
    with store.writing() as conn:
        conn.execute(
            "UPDATE confirmation_drafts SET state = 'placed', told = ?, until = '2019-05-10'",
            [json.dumps(confirmations.registered(store, MEETING)["KEN"], ensure_ascii=False)],
        )
    found = chase.chase(store, MEETING)
    assert [line.state for line in found.of("unconfirmed")] == ["KEN"]


def test_settings_that_could_never_work_are_refused() -> None:
    for wrong in (DraftsConfig(confirm="asked"), DraftsConfig(enabled=True, confirm_days=1000)):
        with pytest.raises(ConfigError):
            check_drafts(wrong)


def test_forgetting_a_person_reaches_what_missions_were_told_and_said(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    word = "Qwxyzabel"
    persons = (
        delegate(1, f"{word} Ondurak", title="Judge", email="q@example.org"),
        delegate(2, "Marc Diop", title="Registrar", email="m@example.org"),
    )
    _approve(store, _came(store, 1, note(*persons)))
    drafting.place_wanted(config, store)
    mailbox.deliver(_answers(_laid(mailbox)[0], f"Ms. {word} is Chief Justice.").as_bytes())
    take_in(config, store, Event())
    mission_answers.judge(store, "noor", 1, 1, "errors")
    assert traces(store, word)
    done = forget.apply(store, selection.person(store, name=f"{word} Ondurak"))
    assert done.clean
    assert traces(store, word) == []
    found = answered.confirmations(store, MEETING)["KEN"]
    assert [one["name"] for one in found.told] == ["Marc Diop"]
    assert found.answers[0].text == ""
    assert not found.changed


def test_forgetting_a_meeting_leaves_nothing_of_what_was_told_or_said(
    config: Config, store: Store, mailbox: Mailbox
) -> None:
    _one(store)
    drafting.place_wanted(config, store)
    mailbox.deliver(_answers(_laid(mailbox)[0], "Zwqtraore is the name.").as_bytes())
    take_in(config, store, Event())
    done = forget.apply(store, selection.meeting(store, MEETING))
    assert done.clean
    assert traces(store, "Zwqtraore", "Traoré", "Diop") == []


def test_the_command_says_whom_it_would_ask_and_asks(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _one(store)
    path, settings = str(store.path), tmp_path / "c.toml"
    settings.write_text('[drafts]\nenabled = true\nconfirm = "asked"\n')
    assert run(["confirm", "--db", path, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["would_want"] == ["KEN"]
    assert [one["name"] for one in told["registered"]["KEN"]] == ["Awa Traoré", "Marc Diop"]
    assert store.rows("SELECT 1 FROM confirmation_drafts") == []
    assert run(["confirm", "--db", path]) == 2  # off
    capsys.readouterr()
    assert run(["confirm", "--db", path, "--config", str(settings), "--state", "Kenya"]) == 0
    assert "1 drafts are laid with the next poll" in capsys.readouterr().out
    assert _standing(store) == "wanted"
    assert run(["confirm", "--db", path, "--config", str(settings), "--state", "ESP"]) == 1
    assert run(["status", "--db", path]) == 0
    assert "asked to confirm their lists: 1 States, 0 answered" in capsys.readouterr().out
    assert run(["chase", "--db", path]) == 0
    assert "asked to confirm their lists (1)" in capsys.readouterr().out


def test_a_slip_in_a_house_s_own_text_is_found_at_the_start(config: Config, tmp_path: Path) -> None:
    own = replace(config, templates=replace(config.templates, folder=tmp_path))
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "confirm.es.txt").write_text("Subject: {{ personas }}\n")
    with pytest.raises(templates.TemplateUnusable, match=r"confirm\.es"):
        drafting.try_templates(own)
