"""A date as a person writes it; what may be two days is asked."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from store.opening import open_store
from tests.review.conftest import Running, Watched


def _type(running: Running, page: Page, text: str) -> None:
    page.goto(f"{running.url}/reply/2")
    expect(page.locator(".card.active")).to_have_count(1)
    page.locator("#note-note_date").fill(text)
    page.keyboard.press("Enter")


def _stored(running: Running) -> str | None:
    with open_store(running.path, check=False) as store:
        return str(store.rows("SELECT note_date FROM documents WHERE id = 2")[0][0])


def test_a_date_in_words_is_stored_as_the_list_has_it(running: Running, tab: Watched) -> None:
    _type(running, tab.page, "3 May 2019")
    expect(tab.page.locator("#said")).to_contain_text("Reply confirmed")
    assert _stored(running) == "2019-05-03"


def test_a_date_that_may_be_two_days_is_asked(running: Running, tab: Watched) -> None:
    page = tab.page
    _type(running, page, "03.05.2019")
    field = page.locator("#note-note_date")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("03.05.2019")
    expect(page.locator("#note-note_date-wrong")).to_contain_text("2019-05-03 or 2019-03-05")
    page.keyboard.press("Alt+2")
    expect(field).to_have_value("2019-03-05")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Reply confirmed")
    assert _stored(running) == "2019-03-05"
    assert tab.complaints == []


def test_what_is_no_date_is_refused_with_words(running: Running, tab: Watched) -> None:
    _type(running, tab.page, "next week")
    expect(tab.page.locator("#note-note_date-wrong")).to_contain_text(
        "is no date; write 3 May 2019"
    )
    expect(tab.page.locator("#note-note_date")).to_be_focused()
    assert _stored(running) == "None"
