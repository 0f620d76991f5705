"""What is different since a moment, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from store.opening import open_store
from tests.review.conftest import Running, Watched
from tests.store.replies import note, save, scan


def test_changes_are_told_by_state_and_can_be_asked_for_any_time(
    running: Running, tab: Watched
) -> None:
    with open_store(running.path, check=False) as store:
        with store.writing() as conn:
            conn.execute("UPDATE turns SET at = '2019-04-05T08:00:00Z'")
            conn.execute("UPDATE documents SET kept_at = '2019-04-05T08:00:00Z'")
        with store.writing("noor") as conn:
            conn.execute("UPDATE delegates SET title = 'Minister' WHERE name = 'Cy Three'")
            conn.execute("UPDATE delegates SET status = 'rejected' WHERE name = 'Ada One'")
        save(store, scan(store, b"stray"), note(kind="decline", state=None), None)
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.get_by_role("link", name="Since").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(2)).to_contain_text("declines")
    expect(rows.nth(0)).to_contain_text("Title: Director → Minister")
    expect(rows.nth(0)).to_contain_text("noor")
    expect(rows.nth(1)).to_contain_text("no longer comes")
    page.get_by_label("Since", exact=True).fill("2019-04-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody").first).to_contain_text("Ed Five")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_label("Since", exact=True).fill("soon")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert")).to_contain_text("is no time")
    assert tab.complaints == []
