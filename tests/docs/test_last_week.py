"""The secretary's last week, long because it is one walk: each step needs the ones before it.

In the words of docs/last-week.md; nothing is left out unseen.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from imapclient import IMAPClient
from playwright.sync_api import Page, expect, sync_playwright

from store.opening import open_store
from tests.browser import CHROMIUM, FLAGS
from tests.docs.last_week import PLAIN, SAMPLES, came_before, comes_now, people, unread_mail
from tests.docs.secretary import Desk, Walk
from tests.docs.walk import Walker
from tests.mail_server import Mailbox
from tests.store.replies import MEETING


@pytest.fixture
def walk(tmp_path: Path, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """A mailbox with unread mail, a configuration, and nothing else."""
    (tmp_path / "password").write_text(mailbox.server.password)
    (tmp_path / "password").chmod(0o600)
    with IMAPClient("127.0.0.1", mailbox.server.port, ssl=False) as client:
        client.login(mailbox.user, mailbox.server.password)
        client.create_folder("Drafts")
    mailbox.deliver_all(unread_mail())
    (tmp_path / "c.toml").write_text(
        f'[mailbox]\nhost = "localhost"\nport = {mailbox.server.tls_port}\n'
        f'ca_file = "{mailbox.server.ca_file}"\nuser = "{mailbox.user}"\n'
        f'password_file = "{tmp_path / "password"}"\n'
        '[drafts]\nenabled = true\nfrom = "uncac@example.org"\n'
    )
    monkeypatch.setenv("NOTEVERBALE_CONFIG", str(tmp_path / "c.toml"))
    return Walk(Walker.in_folder(tmp_path))


@pytest.fixture
def page(walk: Walk) -> Iterator[Page]:
    """A browser that has nothing open yet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = browser.new_page(viewport={"width": 1280, "height": 800})
        found.set_default_timeout(20_000)
        yield found
        browser.close()


IN_ORDER = """Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Cameroon, Canada, Chile,
Colombia, Costa Rica, Côte d'Ivoire, Croatia, Cyprus, Ecuador, Egypt, Estonia, Finland, France,
Germany, Ghana, Greece, India, Indonesia, Italy, Japan, Kenya, Latvia, Mexico, Morocco, Namibia,
Norway, Panama, Peru, Poland, Portugal, Romania, Senegal, Spain, Sri Lanka, Sweden, Tunisia,
Zambia"""

ODD = {
    "Belgium": ["Pair BELGIUM", "Share BELGIUM"],
    "Egypt": ["محمد حسن"],
    "Finland": ["Added FINLAND"],
    "France": ["Doubt FRANCE"],
    "Greece": ["Stay GREECE"],
    "Italy": ["Two ITALY"],
    "Mexico": ["Later MEXICO"],
    "Norway": ["Homeless NORWAY"],
    "Panama": ["Typed PANAMA"],
    "Peru": ["New PERU"],
    "Poland": ["Undone POLAND"],
    "Spain": ["Comes SPAIN"],
    "Sri Lanka": ["Bare LANKA"],
    "Sweden": ["Nowhere SWEDEN"],
    "Tunisia": ["Stay TUNIS", "New TUNIS"],
    "Zambia": ["Once ZAMBIA"],
}
"""Who is to be in the list of States of which something was odd."""

DOUBTFUL = "to be reviewed, because something is doubtful"
UNSEEN = "that nobody has looked at; nothing is doubtful"
HOMELESS = "of notes whose meeting is not known"
NOTES = "to be looked at: somebody may be missing"
UNREAD = "of all meetings, not read"
ASIDE = "message set aside, perhaps with a scan in it"


def _listed() -> list[tuple[str, str]]:
    """State and name of everybody who is to be in the list, in its order."""
    plain = {name.replace("’", "'"): people(state) for state, name in PLAIN.items()}
    read = {
        "Kenya": json.loads((SAMPLES / "truth/001-ken-numbered.json").read_text())["delegates"],
        "Namibia": [{"name": "Katongomara Selma"}, {"name": "Haihambo Simataa"}],
    }
    who = plain | ODD | {state: [d["name"] for d in found] for state, found in read.items()}
    states = " ".join(IN_ORDER.split()).split(", ")
    assert set(states) == set(who)
    assert len(states) == 43
    return [(state, name) for state in states for name in who[state]]


def _served(walk: Walk, command: str) -> subprocess.Popen[str]:
    """The review page, as the document starts it."""
    program = command.replace("noteverbale", str(walk.walker.folder / "bin" / "noteverbale"), 1)
    return subprocess.Popen(
        ["bash", "-c", f"exec {program} --port 0"],
        cwd=walk.walker.folder,
        env=walk.walker.environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_nothing_is_overlooked_from_the_unread_mailbox_to_the_printed_list(
    walk: Walk, page: Page
) -> None:
    database = walk.walker.folder / "data" / "noteverbale.db"
    walk.go(1)
    assert "deadline 2019-05-10" in walk.type()
    with open_store(database) as store:
        came_before(store)

    walk.go(2)
    walk.type()
    walk.named(2, "message 36", "set aside")
    walk.named(2, "Delegation.pdf", "not a scan")
    with open_store(database) as store:
        comes_now(store)

    walk.go(3)
    walk.type()
    walk.named(3, "message 36", "set_aside")
    walk.named(3, "panama.pdf", "password")
    walk.named(3, "broken.pdf", "damaged")
    walk.named(3, "finland.pdf", "no delegate was found")
    walk.named(3, "1 came again")
    waits = walk.asks()
    assert ASIDE in waits  # whoever leaves this step out is told so at the end
    walk.type()
    assert ASIDE not in walk.asks()

    walk.go(4)
    with _served(walk, walk.rest.pop(0).body.strip()) as served:
        try:
            assert served.stdout is not None
            page.goto(served.stdout.readline().strip())
            page.wait_for_url("**/queue")
            desk = Desk(walk, page)
            _doubtful(walk, desk)
            _unread(walk, desk)
            _missing(walk, desk)
            _different(walk, desk)
            _certain(walk, desk)
            _minutes(walk, desk)
            _printed(walk, desk)
        finally:
            served.terminate()


def _doubtful(walk: Walk, desk: Desk) -> None:
    """Step 4; after each reply one thing fewer is told."""
    desk.open("Queue")
    for tab in desk.tabs():
        desk.page.goto(tab)
        desk.read()
    walk.type()
    walk.named(4, "Finland", "nobody was found")
    walk.named(4, "France", "two readers read it differently")
    walk.named(4, "Italy", "it quotes two invitations")
    walk.named(4, "Norway", "no registered meeting fits")
    walk.named(4, "State unknown", "sweden.pdf")
    walk.named(4, "Denmark", "a later note declines")
    walk.named(4, "Sri Lanka", "no e-mail address")
    walk.named(4, "Mexico", "put off until", "by noor")
    walk.named(4, "Peru revises", "late")
    walk.named(4, "Ireland", "acknowledges")
    before = walk.asks()
    assert "7 delegates " + DOUBTFUL in before
    assert "5 notes " + NOTES in before
    assert "1 delegate " + HOMELESS in before

    desk.reply("finland.pdf")
    desk.page.keyboard.press("a")
    desk.page.locator("#add-name").fill("Added FINLAND")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".card.delegate")).to_have_count(1)
    desk.note()
    desk.reply("norway.pdf")
    desk.note(meeting=MEETING)
    desk.reply("norway.pdf")
    desk.accept("Homeless NORWAY")
    desk.reply("sweden.pdf")
    desk.note(state="SWE")
    desk.reply("sweden.pdf")
    desk.accept("Nowhere SWEDEN")
    for filename, name in (
        ("france.pdf", "Doubt FRANCE"),
        ("italy.pdf", "Two ITALY"),
        ("lanka.pdf", "Bare LANKA"),
        ("Note Verbale Kenya.pdf", "Lavender Mutukaa"),
    ):
        desk.reply(filename)
        desk.accept(name)
    desk.reply("italy.pdf")
    desk.note()
    desk.reply("denmark.pdf")
    desk.page.keyboard.press("d")
    desk.page.locator("#nobody").select_option("decline")
    desk.page.get_by_label("1 delegate is rejected").check()
    desk.page.get_by_role("button", name="No delegates here").click()
    desk.said("No delegates.")
    for filename in ("denmark-declines.pdf", "ireland.pdf"):
        desk.reply(filename)
        desk.note()
    desk.reply("spain.pdf")
    desk.reject("Struck SPAIN")
    assert f"1 delegate {DOUBTFUL}" in walk.asks()  # what is put off is not forgotten
    desk.reply("mexico.pdf")
    desk.accept("Later MEXICO")
    after = walk.asks()
    assert not any(told in after for told in (DOUBTFUL, NOTES, HOMELESS)), after
    assert UNSEEN in after


def _unread(walk: Walk, desk: Desk) -> None:
    """Step 5: a file asked for again, one read after all, one typed by hand."""
    walk.go(5)
    desk.open("Queue")
    desk.page.get_by_role("link", name="were not read").click()
    desk.read()
    walk.named(5, "broken.pdf", "failed", "damaged")
    walk.named(5, "panama.pdf", "rejected", "password")
    walk.named(5, "Delegation.pdf", "rejected", "not a scan")
    assert f"3 files {UNREAD}" in walk.asks()
    desk.press("Ask to send again", "broken.pdf")
    expect(desk.page.locator("tr", has_text="broken.pdf")).to_contain_text("with the next poll")
    desk.press("Read anyway", "Delegation.pdf")
    expect(desk.page.locator("h1")).to_have_text("It will be read")
    desk.page.goto(f"{desk.home}/unread")
    desk.page.get_by_role("link", name="panama.pdf", exact=True).click()
    expect(desk.page.locator("#note.active")).to_have_count(1)
    desk.page.get_by_role("button", name=walk.word("Type it by hand")).click()
    desk.said("To be typed by hand.")
    desk.page.keyboard.press("c")
    desk.page.locator("#note-state").select_option("PAN")
    desk.page.locator("#note-meeting").select_option(MEETING)
    desk.page.locator("#note button[value=save]").click()
    expect(desk.page.locator("h1")).to_have_text("Panama")
    desk.page.keyboard.press("a")
    desk.page.locator("#add-name").fill("Typed PANAMA")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".card.delegate")).to_have_count(1)
    walk.type()
    desk.page.goto(f"{desk.home}/queue")
    desk.read()
    walk.named(5, "Namibia", "Delegation.pdf", "2")
    assert f"1 file {UNREAD}" in walk.asks()  # the broken one, until the end


def _missing(walk: Walk, desk: Desk) -> None:
    """Steps 6 and 7: whom to write to, and that somebody was written to."""
    walk.go(6)
    desk.open("Chase")
    desk.open("Overview")
    printed = walk.type()
    walk.named(6, "New Zealand", "none seen")
    walk.named(6, "Acknowledged only (1)")
    walk.named(6, "Ireland", "acknowledged only")
    walk.named(6, "Kenya", "nominated late")
    walk.named(6, "Sri Lanka", "Bare LANKA")
    walk.named(6, "broken.pdf", "mission@turkiye.example")
    assert max(map(len, printed.splitlines())) <= 80
    walk.go(7)
    desk.open("Chase")
    desk.press("Draft", "Albania")
    expect(desk.page.locator("#ALB")).to_contain_text("is laid with the next poll")
    desk.press("Reminded today", "Finland")
    expect(desk.page.locator("#FIN")).to_contain_text("by A. Otieno")
    walk.type()
    desk.page.reload()
    desk.read()
    walk.named(7, "New Zealand", "draft is laid with the next poll")
    walk.named(7, "Ireland", "by")


def _different(walk: Walk, desk: Desk) -> None:
    """Step 8: for whoever has printed badges already."""
    walk.go(8)
    desk.open("Since")
    printed = walk.type()
    walk.named(8, "Peru", "no longer comes", "Old PERU")
    walk.named(8, "Greece", "no longer comes", "Gone GREECE", "noor")
    walk.named(8, "Tunisia", "in the place of another", "New TUNIS, for Old TUNIS")
    walk.named(8, "Denmark", "no longer comes", "Away DENMARK", "A. Otieno")
    assert "Old PERU" in printed
    assert "Argentina" not in printed  # it was there before


def _certain(walk: Walk, desk: Desk) -> None:
    """Step 9: nobody is in the list at whom nobody has looked."""
    walk.go(9)
    desk.open("Queue")
    desk.page.get_by_role("link", name=walk.word("Look through …")).click()
    desk.read()
    for state, name in PLAIN.items():
        for one in people(state):
            walk.named(9, name.replace("’", "'"), one)
    walk.named(9, "محمد حسن", "Mohamed Hassan (not confirmed)")
    assert UNSEEN in walk.asks()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".notice")).to_contain_text("that nobody doubts")
    assert UNSEEN not in walk.asks()


def _minutes(walk: Walk, desk: Desk) -> None:
    """Step 10: what a colleague did, and took back."""
    walk.go(10)
    desk.open("History")
    walk.type()
    walk.named(10, "noor", "took back", "Undone POLAND")
    walk.named(10, "noor", "took off the list Gone GREECE")
    walk.named(10, "A. Otieno", "rejected Struck SPAIN")
    minutes = docx.Document(str(walk.walker.folder / "minutes.docx"))
    assert any("Undone POLAND" in paragraph.text for paragraph in minutes.paragraphs)


def _printed(walk: Walk, desk: Desk) -> None:
    """Steps 11 and 12: the list says how many it has and whom it leaves out."""
    listed = _listed()
    walk.go(11)
    desk.open("List")
    said = walk.type()
    walk.named(11, f"{len(listed)} participants of 43 States")
    walk.named(11, "Spain", "Struck SPAIN", "rejected by a person")
    walk.named(11, "Peru", "Old PERU", "replaced by a later note")
    walk.named(11, "Greece", "Gone GREECE", "taken off the list by a person")
    walk.named(11, "Zambia", "Once ZAMBIA", "in a second scan")
    walk.named(11, "same e-mail address", "Pair BELGIUM", "Share BELGIUM")
    walk.named(11, "no e-mail address", "Bare LANKA")
    walk.named(11, f"1 file {UNREAD}")
    assert f"1 file {UNREAD}" in said
    data = (walk.walker.folder / "provisional.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    assert [(row["state_name"], row["name"]) for row in rows] == listed

    walk.go(12)
    desk.open("List")
    desk.page.get_by_label("Called").select_option("final")
    with desk.page.expect_download() as download:
        desk.page.get_by_role("button", name=walk.word("DOCX"), exact=True).click()
    of_page = docx.Document(str(download.value.path()))
    said = walk.type()
    assert f"{len(listed)} participants" in said
    assert f"1 file {UNREAD}" in said
    assert "somebody may be missing" not in said
    of_command = docx.Document(str(walk.walker.folder / "participants.docx"))
    for file in (of_page, of_command):
        texts = [paragraph.text for paragraph in file.paragraphs]
        assert "List of participants" in texts
        wanted = [name for _, name in listed]
        found = [next((w for w in wanted if w in text), None) for text in texts]
        assert [name for name in found if name] == wanted
    assert not walk.rest
    assert walk.words == walk.used
