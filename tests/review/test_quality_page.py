"""Quality and the blind audit, in a real browser, by keyboard."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import expect

from store.opening import open_store
from tests.review.conftest import Running, Watched
from tests.store.replies import edit

ADA = ("Ada One", "Judge", "ada@example.org")


def ask(running: Running) -> list[str]:
    """Rows that are drawn, by name."""
    with open_store(running.path, check=False) as store:
        rows = store.rows(
            "SELECT d.name FROM draws AS w JOIN delegates AS d ON d.id = w.delegate_id"
        )
        return sorted(row["name"] for row in rows)


def value(running: Running, sql: str) -> object:
    with open_store(running.path, check=False) as store:
        return store.rows(sql)[0][0]


def test_a_row_is_typed_compared_and_decided_by_keyboard(running: Running, tab: Watched) -> None:
    assert ask(running) == ["Ada One", "Cy Three", "Di Four", "Ed Five"]
    ada = value(running, "SELECT id FROM delegates WHERE name = 'Ada One'")
    page = tab.page
    page.goto(f"{running.url}/audit/{ada}")
    page.wait_for_load_state("load")
    expect(page.get_by_role("heading", level=1)).to_have_text("What stands there?")
    assert "Ada" not in page.content(), "nothing of what was read is told"
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Adah One")
    page.keyboard.press("Tab")
    page.keyboard.type("Jugde")
    page.keyboard.press("Tab")
    page.keyboard.type("ADA@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Typed, and as it was read")
    expect(page.get_by_role("row", name="E-mail")).to_contain_text("they agree")
    first = page.get_by_role("group", name="Name: what was wrong?")
    expect(first.get_by_label("The row was wrong")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("I mistyped").last).to_be_checked()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/audit/\d+$"))
    row = "SELECT name || ', ' || title || ', ' || status FROM delegates ORDER BY id LIMIT 1"
    assert value(running, row) == "Adah One, Judge, approved"
    page.goto(f"{running.url}/quality")
    expect(page.locator("p.notice")).to_contain_text("1 audited, 1 wrong")


def test_the_queue_leads_to_the_audit_and_it_ends(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.get_by_role("link", name="Audit: type 4").click()
    for _ in range(4):
        expect(page.get_by_role("heading", level=1)).to_have_text("What stands there?")
        page.get_by_role("button", name="Nobody stands there").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Typed, and as it was read")
        for choice in page.get_by_label("I mistyped").all():
            choice.check()
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("No row waits to be typed")).to_be_visible()
    assert value(running, "SELECT total(wrong) FROM audits") == 0.0


def test_a_row_that_nobody_drew_is_not_typed(running: Running) -> None:
    bo = value(running, "SELECT id FROM delegates WHERE name = 'Bo Two'")
    with httpx.Client(base_url=running.url, headers=running.cookie()) as client:
        assert client.get(f"/audit/{bo}").status_code == 404
        assert client.get("/quality/999").status_code == 404


def test_without_a_name_nothing_is_kept(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/audit")
    page.wait_for_load_state("load")
    page.get_by_label("Title").fill("Judge")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("alert")).to_contain_text("Type the name")
    expect(page.get_by_label("Title")).to_have_value("Judge")
    assert value(running, "SELECT count(*) FROM audits") == 0


def test_shares_stand_with_their_intervals_and_in_pictures(running: Running, tab: Watched) -> None:
    with open_store(running.path, check=False) as store:
        edit(store, "UPDATE delegates SET status = 'approved' WHERE name = 'Ada One'")
        edit(store, "UPDATE delegates SET title = 'Clerk' WHERE name = 'Cy Three'")
    page = tab.page
    page.goto(f"{running.url}/quality")
    page.wait_for_load_state("load")
    whole = page.get_by_role("row", name="Whole row", exact=False).first
    expect(whole).to_contain_text("1 of 2 (9 to 91 %)")
    expect(page.locator("svg .share")).not_to_have_count(0)
    assert page.locator("main script").count() == 0
    page.goto(f"{running.url}/quality/1")
    expect(whole).to_contain_text("1 of 2 (9 to 91 %)")
