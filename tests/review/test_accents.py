"""Letters of the sender's languages, without a keyboard that has them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from store.opening import open_store
from store.review.accents import letters
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person


@pytest.fixture
def vietnamese(running: Running) -> int:
    with open_store(running.path, check=False) as store:
        one = person(1, 0.4, name="Dang Duc Thuan", title="Counsellor", email="d@example.org")
        return mailed(store, b"vnm", one, filename="vnm.pdf", state="VNM")


def _open(running: Running, page: Page, document: int) -> None:
    page.goto(f"{running.url}/reply/{document}")
    expect(page.locator(".card.active")).to_have_count(1)


def test_letters_are_those_of_the_state_then_of_the_note() -> None:
    assert "đ" in letters("VNM", "en")
    assert letters("POL", "fr").startswith(letters("POL", None))
    assert set("ął") <= set(letters("POL", "fr"))
    assert set("çé") <= set(letters("POL", "fr"))
    assert set("éüñã") <= set(letters(None, None))
    assert len(set(letters("CHE", "it"))) == len(letters("CHE", "it"))


def test_a_letter_takes_the_place_of_its_base_by_keys_alone(
    running: Running, tab: Watched, vietnamese: int
) -> None:
    page = tab.page
    _open(running, page, vietnamese)
    page.keyboard.press("n")
    name = page.locator(".card.active [name=name]")
    expect(page.locator("#letters")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")  # behind the D
    page.keyboard.press("Alt+a")
    expect(page.locator("#letters button:focus")).to_have_text("Đ")
    page.keyboard.press("Enter")
    expect(name).to_have_value("Đang Duc Thuan")
    expect(name).to_be_focused()
    page.keyboard.press("ArrowRight")  # behind the a
    page.keyboard.press("Alt+a")
    while page.locator("#letters button:focus").text_content() != "ặ":
        page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(name).to_have_value("Đặng Duc Thuan")
    page.keyboard.press("Alt+a")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(name).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Accepted.")
    with open_store(running.path, check=False) as store:
        (row,) = store.rows(
            "SELECT name, status FROM delegates WHERE document_id = ?", [vietnamese]
        )
    assert tuple(row) == ("Đặng Duc Thuan", "approved")
    assert tab.complaints == []


def test_a_click_puts_the_letter_where_the_writing_is(
    running: Running, tab: Watched, vietnamese: int
) -> None:
    page = tab.page
    _open(running, page, vietnamese)
    page.keyboard.press("t")
    page.keyboard.press("End")
    page.locator("#letters button", has_text="ở").first.click()
    expect(page.locator(".card.active [name=title]")).to_have_value("Counsellorở")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("#letters")).to_be_hidden()  # no address has such letters
