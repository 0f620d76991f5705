"""A note of very many delegates: some rows come whole, the others when somebody comes to them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from store.opening import open_store
from store.review import reply
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person

MANY = 120


@pytest.fixture
def long(running: Running) -> int:
    with open_store(running.path, check=False) as store:
        people = [person(n, name=f"Person {n}", title="Judge") for n in range(1, MANY + 1)]
        return mailed(store, b"long", *people, filename="long.pdf", state="UGA")


def test_only_the_rows_around_the_one_in_hand_are_loaded_whole(running: Running, long: int) -> None:
    with open_store(running.path, check=False) as store:
        rows = reply.load(store, long).rows
        assert [row.folded for row in rows] == [False] * reply.WHOLE + [True] * (MANY - reply.WHOLE)
        middle = reply.load(store, long, rows[60].id).rows
        assert not middle[60].folded
        assert sum(not row.folded for row in middle) == reply.WHOLE
        assert [row.version for row in middle] == [row.version for row in rows]
        assert len(reply.certain_rows(store, long)) == MANY


def test_a_folded_row_is_whole_before_it_is_accepted(
    running: Running, tab: Watched, long: int
) -> None:
    page = tab.page
    with open_store(running.path, check=False) as store:
        far = store.rows("SELECT id FROM delegates WHERE name = 'Person 100'")[0][0]
    page.goto(f"{running.url}/reply/{long}")
    expect(page.locator(".card.active")).to_have_count(1)
    expect(page.locator(f"#d{far} input[name=name]")).to_have_count(0)
    page.locator(f"#d{far} h2").click()
    expect(page.locator(f"#d{far}.active input[name=name]")).to_have_value("Person 100")
    page.keyboard.press("n")
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Accepted.")
    expect(page.locator(".card.active h2")).to_contain_text("Person 101")
    with open_store(running.path, check=False) as store:
        rows = store.rows("SELECT name FROM delegates WHERE status = 'approved'")
    assert [row["name"] for row in rows] == ["Person 100!"]
    assert tab.complaints == []


def test_many_are_gone_through_with_one_key_each(running: Running, tab: Watched, long: int) -> None:
    page = tab.page
    page.goto(f"{running.url}/reply/{long}")
    expect(page.locator(".card.active")).to_have_count(1)
    for number in range(1, reply.WHOLE + 6):
        expect(page.locator(".card.active:not([data-folded]) h2")).to_have_text(
            f"{number}Person {number}"
        )
        page.keyboard.press("Enter")
    expect(page.locator(".card.is-approved")).to_have_count(reply.WHOLE + 5)
    page.keyboard.press("A")
    expect(page.locator("#said")).to_contain_text(
        f"Accepted {MANY - reply.WHOLE - 5} that nobody doubts"
    )


def test_without_script_a_link_opens_a_folded_row(
    running: Running, browser: Browser, long: int
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running.door)
    page.goto(f"{running.url}/reply/{long}")
    page.get_by_role("link", name="Open Person 100", exact=True).click()
    row = page.locator(".card", has=page.locator("input[value='Person 100']"))
    with page.expect_navigation():
        row.get_by_role("button", name="Accept Enter").click()
    expect(page.locator(".card.is-approved")).to_contain_text("Person 100")
    context.close()
