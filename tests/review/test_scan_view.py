"""What the pane shows of the scan, and where the buttons are: neither jumps, and nothing is cut."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from store.opening import open_store
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person


def _open(running: Running, page: Page, document: int) -> None:
    page.goto(f"{running.url}/reply/{document}")
    expect(page.locator(".card.active")).to_have_count(1)


def _wide(running: Running) -> int:
    """Two persons in lines that take most of the page's width, and one of few words."""
    with open_store(running.path, check=False) as store:
        return mailed(
            store,
            b"wide",
            person(1, name="Ada One", title="Counsellor, " + "x" * 60, email="a@example.org"),
            person(2, 0.4, name="Bo Two", title="Registrar", email="bo.two@example.org"),
            person(3, name="Cy Three"),
            filename="wide.pdf",
            state="UGA",
        )


def _boxes(page: Page) -> tuple[float, float, float, float]:
    """Left and right of the pane, and of all boxes of the row in hand."""
    pane = page.locator(".viewport").bounding_box()
    assert pane is not None
    found = [box for box in (r.bounding_box() for r in page.locator("rect.near").all()) if box]
    assert found
    left, right = min(b["x"] for b in found), max(b["x"] + b["width"] for b in found)
    return pane["x"], pane["x"] + pane["width"], left, right


def test_the_rows_fill_the_pane_and_no_column_is_cut_off(running: Running, tab: Watched) -> None:
    document = _wide(running)
    _open(running, tab.page, document)
    first = tab.page.locator(".sheet").bounding_box()
    tab.page.locator("h2", has_text="Ada One").click()
    left, right, row_left, row_right = _boxes(tab.page)
    assert left <= row_left
    assert row_right <= right
    assert row_right - row_left > 0.85 * (right - left)
    for key in ("e", "Escape", "ArrowDown", "t", "Escape"):
        tab.page.keyboard.press(key)
    assert tab.page.locator(".sheet").bounding_box()["width"] == first["width"]  # type: ignore[index]
    assert tab.complaints == []


def test_what_fills_the_pane_is_chosen_once(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 2)
    pressed = page.locator("[data-view][aria-pressed=true]")
    expect(pressed).to_have_text("Rows")
    pane = page.locator(".viewport").bounding_box()
    assert pane is not None
    page.keyboard.press("0")
    expect(pressed).to_have_text("Width")
    assert abs(page.locator(".sheet").bounding_box()["width"] - pane["width"]) < 20  # type: ignore[index]
    page.keyboard.press("0")
    expect(pressed).to_have_text("Page")
    assert page.locator(".sheet").bounding_box()["height"] <= pane["height"]  # type: ignore[index]
    _open(running, page, 3)
    expect(pressed).to_have_text("Page")
    page.locator("[data-view=rows]").click()
    expect(pressed).to_have_text("Rows")


def test_v_shows_the_page_as_it_was_scanned(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 2)
    image = page.locator(".sheet img").first
    page.keyboard.press("v")
    expect(image).to_have_attribute("src", "/page/2/1.png?tones=own")
    expect(page.locator("[data-tones]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("v")
    expect(image).to_have_attribute("src", "/page/2/1.png")


def test_accept_stands_in_one_place(running: Running, tab: Watched) -> None:
    page = tab.page
    places = set()
    for document in (1, 2, _wide(running)):
        _open(running, page, document)
        for key in ("ArrowUp", "ArrowDown", "c"):
            page.keyboard.press(key)
            box = page.locator(".card.active .primary").bounding_box()
            assert box is not None
            places.add((box["x"], box["y"]))
    assert len(places) == 1
