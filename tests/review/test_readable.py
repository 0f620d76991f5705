"""Contrast (WCAG 2.2, 1.4.3), widths, and scripts from right to left."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from store.opening import open_store
from store.records import meetings
from tests.review.conftest import Running, Watched
from tests.review.replies import WIDTH, mailed, person
from tests.store.replies import INVITATION

PAGES = (
    "/queue",
    "/reply/1",
    "/reply/3",
    "/overview",
    "/chase",
    "/changes",
    "/history",
    "/list",
    "/quality",
    "/audit/1",
    "/compare/1",
    "/certain/1",
    "/unread",
    "/original/1",
    "/nowhere",
)

PALE = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(e).backgroundColor);
      if (a > 0.9) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("body *:not(script):not(option):not(svg *)")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!(own || element.matches("input")) || !element.checkVisibility()) continue;
    const one = light(numbers(getComputedStyle(element).color)), two = light(behind(element));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) found.push(`${element.tagName} ${element.className} ${ratio.toFixed(2)}`);
  }
  return found;
}"""


def test_all_text_has_enough_contrast(running: Running, tab: Watched) -> None:
    for path in PAGES:
        tab.page.goto(running.url + path)
        assert tab.page.evaluate(PALE) == [], path
    tab.page.goto(f"{running.url}/queue")
    tab.page.evaluate("() => document.documentElement.style.setProperty('--soft', '#bbb')")
    assert tab.page.evaluate(PALE) != []


NARROW = ("/chase", "/changes?since=2019-01-01", "/history", "/history?state=KEN")
"""Lists that are read at 200 % on a screen of 1280 (WCAG 2.2, 1.4.10)."""


def test_lists_are_read_at_twice_the_size_without_moving_sideways(
    running: Running, tab: Watched
) -> None:
    with open_store(running.path, check=False) as store, store.writing("amal") as conn:
        conn.execute("UPDATE delegates SET title = 'Minister' WHERE id = 1")
    tab.page.set_viewport_size({"width": 640, "height": 400})
    for path in NARROW:
        tab.page.goto(running.url + path)
        assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= 640, path


def test_all_text_has_enough_contrast_in_the_dark(running: Running, tab: Watched) -> None:
    tab.page.emulate_media(color_scheme="dark")
    for path in PAGES:
        tab.page.goto(running.url + path)
        assert tab.page.evaluate(PALE) == [], path
    ground = "() => getComputedStyle(document.documentElement).backgroundColor"
    assert tab.page.evaluate(ground) == "rgb(18, 22, 27)"


def test_the_scan_is_dimmed_in_the_dark_by_choice(running: Running, tab: Watched) -> None:
    page = tab.page
    page.emulate_media(color_scheme="dark")
    page.goto(f"{running.url}/reply/1")
    expect(page.locator(".card.active")).to_have_count(1)
    filtered = "e => getComputedStyle(e).filter"
    image = page.locator(".sheet img").first
    assert image.evaluate(filtered) == "none"
    page.keyboard.press("?")
    page.get_by_label("Dim the scan").check()
    assert image.evaluate(filtered) == "brightness(0.72)"
    page.emulate_media(color_scheme="light")
    assert image.evaluate(filtered) == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 640])
def test_axe_finds_nothing(
    running: Running, tab: Watched, width: int, scheme: Literal["light", "dark"]
) -> None:
    """https://github.com/dequelabs/axe-core, every rule that it has by default."""
    page = tab.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(running.url + path)
        page.wait_for_load_state("load")
        if path.startswith("/reply"):
            expect(page.locator(".card.active")).to_have_count(1)
            page.keyboard.press("c" if path.endswith("3") else "n")
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], path
    page.evaluate("() => { document.documentElement.lang = '' }")
    assert Axe().run(page).response["violations"] != []


def test_a_reply_is_printed_on_one_sheet(running: Running, tab: Watched, tmp_path: Path) -> None:
    page = tab.page
    page.goto(f"{running.url}/reply/1")
    expect(page.locator(".card.active")).to_have_count(1)
    printed = tmp_path / "reply.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert text.count("\f") == 1
    for words in ("Kenya", "Ada One", "ada@example.org", "Bo Two", "Registrar", "Page 1"):
        assert words in text
    for words in ("Accept", "Undo", "Merge", "SHA-256"):
        assert words not in text
    images = subprocess.run(
        ["pdfimages", "-list", printed], check=True, capture_output=True, text=True
    ).stdout
    assert str(WIDTH) in images
    page.emulate_media(media="print")
    scan, record = (page.locator(part).bounding_box() for part in (".sheet img", "#record"))
    assert scan is not None
    assert record is not None
    assert scan["x"] + scan["width"] <= record["x"]  # beside each other


@pytest.mark.parametrize("width", [1280, 1024, 683, 640])
def test_nothing_is_wider_than_the_screen(running: Running, tab: Watched, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 720 if width > 700 else 384})
    for path in PAGES:
        tab.page.goto(running.url + path)
        assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= width, path
    tab.page.goto(f"{running.url}/reply/1")
    expect(tab.page.locator(".card.active button[value=accept]")).to_be_in_viewport()


def test_right_to_left_and_latin_do_not_mix(running: Running, tab: Watched) -> None:
    names = ("محمود الزعبيري", "عبد الرحيم الحمصاني")
    with open_store(running.path, check=False) as store:
        meetings.add(store, INVITATION)
        people = [person(n, 0.1, name=name, title="مدير") for n, name in enumerate(names, 1)]
        document = mailed(store, b"ara", *people, state="JOR")
    tab.page.goto(f"{running.url}/queue")
    row = tab.page.locator("tbody tr").first.locator(".name")
    left, right = (row.nth(n).bounding_box() for n in (0, 1))
    assert left is not None
    assert right is not None
    assert left["x"] < right["x"]  # a list goes from left to right, each name within itself
    tab.page.goto(f"{running.url}/reply/{document}")
    direction = "e => getComputedStyle(e).direction"
    field = tab.page.locator(".card.active [name=name]")
    assert field.evaluate(direction) == "rtl"
    assert tab.page.locator(".card.active [name=email]").evaluate(direction) == "ltr"
