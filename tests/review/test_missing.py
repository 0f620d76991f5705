"""Who may be missing: the form comes filled with what the doubt speaks of."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from extract.types import Doubt
from ocr.types import Box, Line, Word
from store.opening import open_store
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person


def _orphan(running: Running) -> int:
    """One delegate; below, a line of somebody whom nobody found."""
    words = ("Flo", "SEVEN,", "Judge,", "flo@example.org")
    line = Line(
        tuple(Word(w, Box(80 + 150 * n, 300, 210 + 150 * n, 324), 0.9) for n, w in enumerate(words))
    )
    nobody = (person(1, name="Ed Five")[0], line)
    with open_store(running.path, check=False) as store:
        return mailed(
            store,
            b"orphan",
            nobody,
            filename="orphan.pdf",
            state="UGA",
            doubts=(Doubt("address_without_person", None, "flo@example.org"),),
        )


def _values(page: Page) -> dict[str, str]:
    names = ("honorific", "name", "title", "email")
    return {name: page.locator(f"#add-{name}").input_value() for name in names}


SEVEN = {"honorific": "", "name": "Flo SEVEN", "title": "Judge", "email": "flo@example.org"}


def test_a_adds_whom_the_doubt_speaks_of(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/reply/{_orphan(running)}")
    expect(page.locator(".card.active")).to_have_count(1)
    page.keyboard.press("a")
    expect(page.locator("#add")).to_be_visible()
    assert _values(page) == SEVEN
    expect(page.locator("#add [data-line]")).to_contain_text("Flo SEVEN, Judge, flo@example.org")
    expect(page.locator("rect.hit.doubt")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".card.delegate")).to_have_count(2)
    expect(page.locator(".card.delegate").last).to_contain_text("Flo SEVEN")
    page.keyboard.press("a")
    expect(page.locator("#add-email")).to_have_value("")  # the next one is somebody else
    assert tab.complaints == []


def test_without_script_a_link_brings_the_filled_form(running: Running, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running.door)
    page.goto(f"{running.url}/reply/{_orphan(running)}")
    page.get_by_role("link", name="Add this person").click()
    assert _values(page) == SEVEN
    with page.expect_navigation():
        page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".card.delegate")).to_have_count(2)
    page.get_by_role("link", name="Add a delegate").click()
    expect(page.locator("#add-name")).to_have_value("")
    context.close()


def test_what_was_typed_for_a_new_row_is_not_lost_when_it_is_refused(
    running: Running, tab: Watched
) -> None:
    page = tab.page
    page.goto(f"{running.url}/reply/2")
    expect(page.locator(".card.active")).to_have_count(1)
    page.keyboard.press("a")
    page.locator("#add-title").fill("Judge")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Name must not be empty")
    expect(page.locator("#add-name")).to_be_focused()
    expect(page.locator("#add-name")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#add-title")).to_have_value("Judge")
    page.keyboard.type("Eve Six")
    page.keyboard.press("Enter")
    expect(page.locator(".card.delegate")).to_have_count(3)
