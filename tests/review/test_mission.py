"""A mission's answer beside the note, and the same question answered once, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from extract.types import Doubt
from ingest.types import ParsedMessage
from store.db.database import Store
from store.intake import keeping, messages
from store.opening import open_store
from store.review import mission_answers, questions
from store.service import confirmations
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person
from tests.review.test_readable import PALE
from tests.store.replies import MEETING, message, pdf

WORDS = "The second name is خالد.\nIt reads خالد أحمد, not Khaled."


def _decided(store: Store) -> None:
    with store.writing("amal") as conn:
        conn.execute("UPDATE delegates SET status = 'approved' WHERE document_id = 2")
        conn.execute("UPDATE documents SET needs_review = 0 WHERE id = 2")


def _answered(store: Store, *files: bytes) -> None:
    """A draft is in the mailbox, and an answer to it came."""
    _decided(store)
    mission_answers.ask(store, "amal", 2, "notes")
    told = json.dumps(confirmations.registered(store, MEETING)["FRA"], ensure_ascii=False)
    with store.writing() as conn:
        conn.execute(
            "UPDATE confirmation_drafts SET state = 'placed', told = ?, until = '2019-05-20'",
            [told],
        )
    (row,) = store.rows("SELECT token FROM confirmation_drafts")
    kept = keeping.keep(store, message(b"the answer", 77))
    assert kept.message is not None
    parsed = ParsedMessage(
        "<77@france.example>",
        "stranger@france.example",
        "Re: please confirm",
        None,
        None,
        tuple(pdf(data, "<b>errors</b>.pdf") for data in files),
        answers=(f"<nv.{row['token']}@example.org>",),
        text=f"{WORDS} <img src=x onerror=alert(1)>",
    )
    messages.add_parsed(store, kept.message, parsed)


def _asking(running: Running) -> None:
    # the fixture's page asks no mission: there, it is switched off
    object.__setattr__(running.desk, "confirm", "notes")


@pytest.fixture
def section(running: Running, tab: Watched) -> Locator:
    return tab.page.locator("#mission")


def test_a_draft_is_asked_for_when_the_review_is_finished_and_taken_back(
    running: Running, tab: Watched, section: Locator
) -> None:
    page = tab.page
    page.goto(f"{running.url}/reply/2")
    expect(page.locator("#record")).to_be_visible()
    expect(section).to_have_count(0)  # off
    _asking(running)
    page.goto(f"{running.url}/reply/2")
    expect(page.locator(".card.active")).to_be_visible()
    expect(section).to_have_count(0)  # not finished
    with open_store(running.path, check=False) as store:
        _decided(store)
    page.goto(f"{running.url}/reply/2")
    expect(page.locator(".card.active")).to_be_visible()
    page.get_by_role("button", name="Draft to the mission: please confirm").click()
    expect(section).to_contain_text("A draft is laid with the next poll")
    expect(section).to_contain_text("asked for by amal")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("Taken back")
    expect(section).to_contain_text("Draft to the mission")
    assert tab.complaints == []


def test_an_answer_is_read_beside_the_note_and_judged_with_one_key(
    running: Running, tab: Watched, section: Locator
) -> None:
    with open_store(running.path, check=False) as store:
        _answered(store, b"a scan")
    page = tab.page
    page.goto(f"{running.url}/queue")
    expect(page.locator("main")).to_contain_text("1 mission has answered about its list")
    page.goto(f"{running.url}/reply/2")
    expect(page.locator(".card.active")).to_be_visible()
    expect(section).to_contain_text("An answer that nobody has looked at")
    expect(section).to_contain_text("It reads خالد أحمد, not Khaled. <img src=x onerror=alert(1)>")
    expect(section).to_contain_text("has not written for this State before")
    expect(section.locator(".answer img")).to_have_count(0)
    link = section.get_by_role("link", name="errors")
    expect(link).to_have_text("<b>errors</b>.pdf")
    expect(link).to_have_attribute("href", "/reply/4")
    page.keyboard.press("y")
    expect(section).to_contain_text("confirms without errors, said amal")
    expect(page.locator("#said")).to_have_text("Confirmed without errors.")
    page.keyboard.press("u")
    expect(section).to_contain_text("An answer that nobody has looked at")
    section.get_by_role("button", name="Answer 1 tells of errors").click()
    expect(section).to_contain_text("It told of errors")
    page.goto(f"{running.url}/chase")
    row = page.locator("tr").filter(has_text="France")
    expect(row.last).to_contain_text("told of errors")
    assert tab.complaints == []


def _several(store: Store) -> None:
    unusual = (Doubt("domain_unusual", "email"),)
    for n, (state, names) in enumerate(
        (("UGA", ("Gil Six", "Hana Seven")), ("GHA", ("Ivo Eight",)))
    ):
        people = [
            person(
                k, 0.98, unusual, name=name, title="Judge", email=f"{name[:3].lower()}@mfa.go.kn"
            )
            for k, name in enumerate(names, 1)
        ]
        mailed(store, b"asked%d" % n, *people, filename=f"asked{n}.pdf", state=state)


def test_a_question_is_answered_once_for_its_rows_by_keyboard_alone(
    running: Running, tab: Watched
) -> None:
    with open_store(running.path, check=False) as store:
        _several(store)
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.get_by_role("link", name="The same question in several rows").click()
    asked = page.locator(".question")
    expect(asked).to_have_count(1)
    for name in ("mfa.go.kn", "Gil Six", "Hana Seven", "Ivo Eight", "Ghana", "Uganda"):
        expect(asked).to_contain_text(name)
    page.wait_for_load_state("load")
    expect(page.get_by_role("button", name=re.compile("is right in these 3 rows"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Settled in 3 rows")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Nothing is asked twice.")
    with open_store(running.path, check=False) as store:
        rows = store.rows("SELECT status FROM delegates WHERE email LIKE '%@mfa.go.kn'")
        assert {row["status"] for row in rows} == {"new"}
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("Taken back: settled in 3 rows.", timeout=20_000)
    with open_store(running.path, check=False) as store:
        assert len(questions.same_questions(store, MEETING)) == 1
    page.goto(f"{running.url}/questions/1")
    page.wait_for_load_state("load")
    page.keyboard.press("/")
    page.keyboard.type("mfa.go.ke")
    page.get_by_role("button", name=re.compile("^Put this in place of mfa.go.kn")).click()
    expect(page.get_by_role("status").filter(has_text="Corrected in 3 rows")).to_be_visible()
    with open_store(running.path, check=False) as store:
        rows = store.rows("SELECT status FROM delegates WHERE email LIKE '%@mfa.go.ke'")
        assert [row["status"] for row in rows] == ["needs_review"] * 3
    assert tab.complaints == []


def test_how_far_the_list_is_stands_on_queue_and_list(running: Running, tab: Watched) -> None:
    for path in ("/queue", "/list/1"):
        tab.page.goto(running.url + path)
        far = tab.page.locator("#far")
        expect(far).to_contain_text("0 rows decided, 5 to decide")
        expect(far).to_contain_text("unsettled: about 1 min as supposed; no pace was measured yet")


def test_these_pages_are_read_by_everybody(running: Running, tab: Watched, tmp_path: Path) -> None:
    with open_store(running.path, check=False) as store:
        _answered(store, b"a scan")
        _several(store)
    axe = Axe()
    for number, path in enumerate(("/queue", "/reply/2", "/questions/1", "/chase", "/list/1")):
        tab.page.goto(running.url + path)
        found = axe.run(tab.page)
        assert found.violations_count == 0, found.generate_report()
        assert tab.page.evaluate(PALE) == [], path
        tab.page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
    tab.page.set_viewport_size({"width": 640, "height": 400})
    for path in ("/questions/1", "/chase", "/queue", "/reply/2"):
        tab.page.goto(running.url + path)
        assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= 640, path
    assert tab.complaints == []
