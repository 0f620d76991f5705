"""Filter, order and search in the queue and in the list of States; keys beside replies."""

from __future__ import annotations

from playwright.sync_api import expect

from store.opening import open_store
from store.review import queue
from store.review.queue import Wish
from tests.review.conftest import Running, Watched
from tests.store.replies import MEETING


def _found(running: Running, wish: Wish) -> list[int]:
    with open_store(running.path, check=False) as store:
        found = [reply.document for reply in queue.waiting(store, MEETING, wish=wish)]
        assert queue.count_waiting(store, MEETING, wish) == len(found)
    return found


def test_replies_are_found_by_state_delegate_file_and_reason(running: Running) -> None:
    assert _found(running, Wish("kenya")) == [1]
    assert _found(running, Wish("cy THREE")) == [2]
    assert _found(running, Wish("three.pdf")) == [3]
    assert _found(running, Wish(reason="readers_disagree")) == [1]
    assert _found(running, Wish(reason="address_without_person")) == [3]
    assert _found(running, Wish("peru", "readers_disagree")) == []
    assert _found(running, Wish("100%' OR 1=1 --")) == []


def test_every_order_shows_every_reply(running: Running) -> None:
    found = {order: _found(running, Wish(order=order)) for order in queue.ORDERS}
    assert all(sorted(replies) == [1, 2, 3] for replies in found.values())
    assert found["state"] == [2, 1, 3]  # France, Kenya, Peru
    assert found["delegates"][-1] == 3


def test_slash_searches_the_queue(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.wait_for_load_state("load")
    page.keyboard.press("/")
    page.keyboard.type("Bo Two")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="1 of 3")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Kenya")
    page.get_by_label("Why").select_option("address_without_person")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody")).to_contain_text("No reply that waits is like that")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    assert tab.complaints == []


def test_states_are_filtered_and_ordered(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/overview")
    page.wait_for_load_state("load")
    answered = page.locator("[aria-labelledby=answered-title] tbody tr")
    expect(answered).to_have_count(3)
    page.keyboard.press("/")
    page.keyboard.type("per")
    page.keyboard.press("Enter")
    expect(answered).to_have_count(1)
    expect(answered).to_contain_text("Peru")
    page.goto(f"{running.url}/overview/1?order=delegates&answer=nominated")
    expect(answered).to_have_count(3)
    expect(answered.last).to_contain_text("Peru")
    page.goto(f"{running.url}/overview/1?answer=declined")
    expect(answered).to_contain_text("Nobody like that")


def test_u_takes_back_from_any_page(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/reply/2")
    expect(page.locator(".card.active")).to_have_count(1)
    page.keyboard.press("x")
    expect(page.locator("#said")).to_have_text("Rejected.")
    for path in ("/queue", "/overview", "/chase", "/changes", "/unread", "/compare/2"):
        page.goto(running.url + path)
        expect(page.locator("#undo kbd")).to_have_text("u")
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    expect(page.locator("main.reply")).to_have_attribute("data-reply", "2")
    expect(page.locator("#said")).to_have_text("Taken back: rejected.")
    with open_store(running.path, check=False) as store:
        assert [r["status"] for r in store.rows("SELECT status FROM delegates WHERE id = 3")] == [
            "new"
        ]
