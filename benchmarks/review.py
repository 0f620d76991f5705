"""The review page measured: keys a delegate, time to the next reply, many documents, many hands.

A robot that knows the truth reviews the sample replies with a real browser and its keyboard
alone, as a person would: Enter where all is right, otherwise the field's letter, the right
words, Enter. It looks at each reply for ``LOOK_S`` before it touches a key, as nobody reads
faster; the next reply is fetched meanwhile.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.review_large import fill, timed
from benchmarks.review_load import work_together
from store.rules.names import likeness
from tests.browser import CHROMIUM, FLAGS

ROOT = Path(__file__).parents[1]
LOOK_S = 1.5
KEYS = {"honorific": "h", "name": "n", "title": "t", "organization": "o", "email": "e"}

WATCH = """
  window.shown = [];
  addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
  addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (!node.matches?.("main.reply")) continue;
      const began = window.pressed, image = node.querySelector("img");
      const painted = () => requestAnimationFrame(() => setTimeout(
        () => window.shown.push(performance.now() - began)));
      if (!image || image.complete) painted(); else image.addEventListener("load", painted);
    }
  }).observe(document.body, { childList: true }));
"""

STATE = """() => ({
  reply: document.querySelector("main.reply")?.dataset.reply,
  file: [...document.querySelectorAll(".facts dd bdi")].map((b) => b.textContent),
  cards: [...document.querySelectorAll(".card.delegate.waits")].map((card) => ({
    id: card.id, active: card.classList.contains("active"),
    values: Object.fromEntries([...card.querySelectorAll(".field input")].map(
      (input) => [input.name, input.value])),
    readings: Object.fromEntries([...card.querySelectorAll(".field")].map((f) =>
      [f.dataset.field, [...f.querySelectorAll(".choice")].map((b) => b.dataset.value)])),
  })),
})"""


@dataclass(slots=True)
class Count:
    """Presses of one delegate, without the letters of words that were typed."""

    wrong: int
    keys: int
    typed: int


@dataclass(slots=True)
class Tally:
    """What the robot did."""

    counts: list[Count] = field(default_factory=list)
    replies: int = 0
    surplus: int = 0
    missing: int = 0
    confirmations: int = 0
    shown_ms: list[float] = field(default_factory=list)


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """The real command in a process of its own; the address it prints."""
    command = [sys.executable, "-c", "from noteverbale.cli import main; main()", "review"]
    process = subprocess.Popen(
        [*command, "--db", str(database), "--port", "0", "--who", "robot"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        if process.stdout is None:
            raise RuntimeError("no output")
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(20)


def cookie(address: str) -> dict[str, str]:
    """A session of its own."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:  # noqa: ANN401
            return None

    try:
        urllib.request.build_opener(Stay).open(address)
    except urllib.error.HTTPError as answer:
        return {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}
    raise RuntimeError("not let in")


def keyboard(database: Path, truths: dict[str, dict[str, Any]], replies: int) -> Tally:
    """Review so many replies of the queue, from its top."""
    tally = Tally()
    with serving(database) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.add_init_script(WATCH)
        page.goto(address)
        page.keyboard.press("Enter")  # begin with the first
        page.wait_for_selector("main.reply")
        while tally.replies < replies and page.locator("main.reply").count():
            review_one(page, truths, tally)
        tally.shown_ms = page.evaluate("() => window.shown || []")
        browser.close()
    return tally


def review_one(page: Page, truths: dict[str, dict[str, Any]], tally: Tally) -> None:
    """The reply on the screen, up to the next one."""
    time.sleep(LOOK_S)
    state = page.evaluate(STATE)
    reply = state["reply"]
    truth = next((truths[name] for name in state["file"] if name in truths), None)
    people = list(truth["delegates"]) if truth else []
    tally.replies += 1
    pairs = _pairs(state["cards"], people)
    tally.missing += len(people) - sum(person is not None for person in pairs.values())
    while (state := page.evaluate(STATE))["reply"] == reply and state["cards"]:
        card = next(c for c in state["cards"] if c["active"])
        person = pairs.get(card["id"])
        if person is None:
            page.keyboard.press("x")
            tally.surplus += 1
        else:
            tally.counts.append(_mend(page, card, person))
            page.keyboard.press("Enter")
        _settled(page, reply, card["id"])
    if page.evaluate(STATE)["reply"] == reply:  # the note as a whole has doubts
        page.keyboard.press("Enter")
        tally.confirmations += 1
        _settled(page, reply, "note")


def _settled(page: Page, reply: str, card: str) -> None:
    page.wait_for_function(
        """([reply, card]) => document.querySelector("main.reply")?.dataset.reply !== reply ||
           (document.querySelector(".card.active") &&
            document.querySelector(".card.active").id !== card)""",
        arg=[reply, card],
    )


def _mend(page: Page, card: dict[str, Any], person: dict[str, Any]) -> Count:
    """Put right what is wrong; the Enter that follows is counted here."""
    count = Count(0, 1, 0)
    first = next((name for name, found in card["readings"].items() if found), None)
    for name, key in KEYS.items():
        right = _right(person, name)
        if card["values"][name] in right:
            continue
        count.wrong += 1
        wanted = right[0]
        readings = card["readings"][name]
        if wanted in readings and name == first and count.wrong == 1:
            page.keyboard.press(str(readings.index(wanted) + 1))
            count.keys += 1
            continue
        if count.wrong > 1 or count.keys > 1:
            page.keyboard.press("Escape")
            count.keys += 1
        page.keyboard.press(key)
        count.keys += 1
        if wanted in readings:
            page.keyboard.press(f"Alt+Digit{readings.index(wanted) + 1}")
            count.keys += 2
        elif wanted:
            page.keyboard.insert_text(wanted)
            count.typed += len(wanted)
        else:
            page.keyboard.press("Delete")
            count.keys += 1
    return count


def _right(person: dict[str, Any], name: str) -> list[str]:
    others = person.get(f"{name}_alternatives") or []
    return [value or "" for value in (person.get(name), *others)]


def _pairs(cards: list[dict[str, Any]], people: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each card's person, by likeness of the name or the same address."""
    scored = sorted(
        (
            (
                likeness(card["values"]["name"], person["name"])
                + (card["values"]["email"] == (person.get("email") or "-")),
                -c,
                -p,
            )
            for c, card in enumerate(cards)
            for p, person in enumerate(people)
        ),
        reverse=True,
    )
    found: dict[str, dict[str, Any]] = {}
    taken: set[int] = set()
    for score, c, p in scored:
        if score >= 0.5 and cards[-c]["id"] not in found and -p not in taken:
            found[cards[-c]["id"]] = people[-p]
            taken.add(-p)
    return found


def _print_keyboard(tally: Tally) -> None:
    print(f"{tally.replies} replies, {len(tally.counts)} delegates, by keyboard alone")
    for name, chosen in (
        ("all right", [c for c in tally.counts if c.wrong == 0]),
        ("one field wrong", [c for c in tally.counts if c.wrong == 1]),
        ("several wrong", [c for c in tally.counts if c.wrong > 1]),
    ):
        if chosen:
            keys = [c.keys for c in chosen]
            typed = statistics.mean(c.typed for c in chosen)
            print(
                f"  {name}: {len(chosen)} delegates, keys mean {statistics.mean(keys):.2f},"
                f" most {max(keys)}; letters typed {typed:.1f}"
            )
    print(
        f"  rejected with one key: {tally.surplus}; persons the page had and nobody read:"
        f" {tally.missing}; replies with doubts confirmed with one key: {tally.confirmations}"
    )
    shown = sorted(tally.shown_ms)
    if shown:
        print(
            f"  next reply shown after: median {statistics.median(shown):.0f} ms,"
            f" slowest {shown[-1]:.0f} ms, within 100 ms {sum(s <= 100 for s in shown)}"
            f" of {len(shown)}"
        )


def _read_samples(folder: Path) -> Path:
    """A database of the samples, made with the program's own commands."""
    from noteverbale.cli import run

    database = folder / "noteverbale.db"
    run(["meeting", "add", str(ROOT / "samples/invitation.txt"), "--db", str(database)])
    run(["process", str(ROOT / "samples/replies"), "--db", str(database)])
    return database


def main() -> None:
    """See the module's text; without ``--part`` all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=["keys", "large", "load"], action="append")
    parser.add_argument("--replies", type=int, default=20)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--db", type=Path, help="samples read before; it is changed")
    chosen = parser.parse_args()
    parts = chosen.part or ["keys", "large", "load"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "keys" in parts:
            truths = {
                Path(truth["file"]).name: truth
                for path in sorted((ROOT / "samples/truth").glob("*.json"))
                if "file" in (truth := json.loads(path.read_text(encoding="utf-8")))
            }
            database = chosen.db or _read_samples(folder / "samples")
            _print_keyboard(keyboard(database, truths, chosen.replies))
        if "large" in parts:
            database = folder / "large" / "noteverbale.db"
            fill(database, chosen.documents)
            with serving(database) as address:
                timed(address, cookie(address), chosen.documents)
        if "load" in parts:
            database = folder / "load" / "noteverbale.db"
            fill(database, 100)
            with serving(database) as address:
                url = address.split("/start")[0]
                cookies = [cookie(address), cookie(address)]
                end = time.monotonic() + chosen.seconds
                result = work_together(database, url, cookies, lambda _: time.monotonic() < end)
            print(
                f"{chosen.seconds:.0f} s, two reviewers and the pipeline: edits {result.edits},"
                f" collisions told {result.collisions}, readings saved {result.readings},"
                f" slowest edit {result.slowest_s * 1000:.0f} ms;"
                f" errors {len(result.errors)} {result.errors[:3]}, lost edits {len(result.lost)}"
            )


if __name__ == "__main__":
    main()
