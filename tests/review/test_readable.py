"""Contrast (WCAG 2.2, 1.4.3), widths, and scripts from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from store.opening import open_store
from store.records import meetings
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person
from tests.store.replies import INVITATION

PAGES = (
    "/queue",
    "/reply/1",
    "/reply/3",
    "/overview",
    "/chase",
    "/changes",
    "/list",
    "/compare/1",
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


@pytest.mark.parametrize("width", [1280, 1024])
def test_nothing_is_wider_than_the_screen(running: Running, tab: Watched, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 720})
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
