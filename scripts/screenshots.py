"""Takes the pictures of ``docs/images`` anew: ``python -m scripts.screenshots DATABASE``.

The database is the one ``make run`` makes; a copy of it is opened, so that nothing is edited.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import CHROMIUM, FLAGS

IMAGES = Path(__file__).parents[1] / "docs" / "images"
REPLY = "001-ken-numbered.pdf"
IN_HAND = re.compile(r"\bactive\b")


def main(database: Path) -> None:
    """Queue, reply and overview, as a reviewer has them on a small screen."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(database.parent, copy)
        command = ["review", "--db", str(copy / database.name), "--port", "0", "--who", "amal"]
        with subprocess.Popen(
            [sys.executable, "-m", "noteverbale", *command], stdout=subprocess.PIPE, text=True
        ) as served:
            try:
                assert served.stdout is not None  # noqa: S101 - a pipe was asked for
                _take(served.stdout.readline().strip())
            finally:
                served.terminate()


def _take(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        _save(page, "review-queue.png")
        page.locator("tr", has_text=REPLY).get_by_role("link").first.click()
        for place in range(2):
            expect(page.locator(".card.delegate").nth(place)).to_have_class(IN_HAND)
            page.keyboard.press("Enter")
        expect(page.locator(".card.delegate").nth(2)).to_have_class(IN_HAND)
        page.keyboard.press("Tab")
        _save(page, "review-reply.png")
        page.get_by_role("link", name="Overview").click()
        _save(page, "review-overview.png")
        browser.close()


def _save(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
