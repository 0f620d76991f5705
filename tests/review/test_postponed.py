"""A reply that is put off comes last, says so, and is lost to nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from store.db.database import Store
from store.errors import EditRefused, EditStale, UnknownRecord
from store.opening import open_store
from store.review import postponed, queue
from tests.review.conftest import Running, Watched
from tests.store.replies import MEETING

TOMORROW = (postponed.today() + timedelta(days=1)).isoformat()


def _order(store: Store) -> list[int]:
    return [reply.document for reply in queue.waiting(store, MEETING)]


def test_w_puts_a_reply_off_and_it_is_taken_up_again(running: Running, tab: Watched) -> None:
    page = tab.page
    with open_store(running.path, check=False) as store:
        before = _order(store)
    page.goto(f"{running.url}/reply/{before[0]}")
    expect(page.locator(".card.active")).to_have_count(1)
    page.keyboard.press("w")
    expect(page.locator("#until")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text(f"Put off until {TOMORROW}")
    expect(page.locator("main.reply")).to_have_attribute("data-reply", str(before[1]))
    page.goto(f"{running.url}/queue")
    last = page.locator("tbody tr").last
    expect(last).to_contain_text(f"put off until {TOMORROW} by amal")
    with open_store(running.path, check=False) as store:
        assert _order(store) == [*before[1:], before[0]]
    page.goto(f"{running.url}/reply/{before[0]}")
    expect(page.locator(".card.active")).to_have_count(1)
    page.get_by_role("button", name="Take up again").click()
    expect(page.locator("#said")).to_contain_text("Taken up again")
    with open_store(running.path, check=False) as store:
        assert _order(store) == before
    assert tab.complaints == []


def test_next_comes_to_it_after_all_others(running: Running) -> None:
    with open_store(running.path, check=False) as store:
        first, second, third = _order(store)
        postponed.put_off(store, second, "noor", TOMORROW)
        assert queue.following(store, first) == third
        assert queue.following(store, third) == first
        assert queue.following(store, third, frozenset({first})) == second
        assert queue.first(store, MEETING, frozenset()) == first


def test_a_day_that_has_come_ends_it(running: Running) -> None:
    with open_store(running.path, check=False) as store:
        before = _order(store)
        postponed.put_off(store, before[0], "noor", TOMORROW)
        with store.writing("noor") as conn:
            conn.execute("UPDATE postponed SET until = ?", [postponed.today().isoformat()])
        assert postponed.all_put_off(store) == {}
        assert _order(store) == before


@pytest.mark.parametrize("day", ["", "soon", "2019-04-03", "2999-01-01"])
def test_no_day_that_has_passed_and_none_too_far_off(running: Running, day: str) -> None:
    with open_store(running.path, check=False) as store:
        with pytest.raises(EditRefused):
            postponed.put_off(store, 1, "noor", day)
        with pytest.raises(UnknownRecord):
            postponed.put_off(store, 99, "noor", TOMORROW)


def test_without_script(running: Running, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running.door)
    page.goto(f"{running.url}/reply/1")
    page.locator("#until").fill(TOMORROW)
    with page.expect_navigation():
        page.get_by_role("button", name="Put off").click()
    expect(page.locator(".tag", has_text="put off")).to_contain_text(f"{TOMORROW} by amal")
    context.close()


def test_u_takes_it_back(running: Running, tab: Watched) -> None:
    page = tab.page
    with open_store(running.path, check=False) as store:
        before = _order(store)
    page.goto(f"{running.url}/reply/{before[0]}")
    expect(page.locator(".card.active")).to_have_count(1)
    page.keyboard.press("w")
    expect(page.locator("#until")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text(f"Put off until {TOMORROW}")
    expect(page.locator("main.reply")).to_have_attribute("data-reply", str(before[1]))
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("Taken back: put off")
    with open_store(running.path, check=False) as store:
        assert _order(store) == before
        assert postponed.all_put_off(store) == {}


def test_taking_back_puts_back_what_was_there_unless_somebody_changed_it(running: Running) -> None:
    later = (postponed.today() + timedelta(days=2)).isoformat()
    with open_store(running.path, check=False) as store:
        first = postponed.put_off(store, 1, "noor", TOMORROW)
        was = postponed.all_put_off(store)
        postponed.put_off(store, 1, "amal", later)(store)
        assert postponed.all_put_off(store) == was
        up = postponed.take_up(store, 1, "amal")
        with pytest.raises(EditStale):
            first(store)
        up(store)
        assert postponed.all_put_off(store) == was
        first(store)
        assert postponed.all_put_off(store) == {}
