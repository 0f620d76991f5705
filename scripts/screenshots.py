"""Takes the pictures of ``docs/images`` anew: ``python -m scripts.screenshots DATABASE``.

The database is the one ``make run`` makes; a copy of it is opened, so that nothing is edited.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import CHROMIUM, FLAGS

IMAGES = Path(__file__).parents[1] / "docs" / "images"
REPLY = "001-ken-numbered.pdf"
WIDTH, HEIGHT = 1280, 800
"""Of a small screen, in CSS pixels."""
COLOURS = 256
"""Of a picture, which is then half as large; the rarest are kept, such as a red mark."""
IN_HAND = re.compile(r"\bactive\b")


def main(database: Path) -> None:
    """Queue, reply and overview, as a reviewer has them on a small screen."""
    with opened(database) as page:
        save(page, "review-queue.png")
        page.locator("tr", has_text=REPLY).get_by_role("link").first.click()
        for place in range(2):
            expect(page.locator(".card.delegate").nth(place)).to_have_class(IN_HAND)
            page.keyboard.press("Enter")
        expect(page.locator(".card.delegate").nth(2)).to_have_class(IN_HAND)
        page.keyboard.press("Tab")
        save(page, "review-reply.png")
        page.get_by_role("link", name="Overview").click()
        save(page, "review-overview.png")


@contextmanager
def opened(
    database: Path, before: Callable[[Path], None] | None = None, config: str = ""
) -> Iterator[Page]:
    """The review page of a copy of the database, to which ``before`` was done."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(database.parent, copy)
        if before is not None:
            before(copy / database.name)
        (Path(folder) / "n.toml").write_text(config)
        command = ["review", "--db", str(copy / database.name), "--port", "0", "--who", "amal"]
        command += ["--config", str(Path(folder) / "n.toml")]
        with subprocess.Popen(
            [sys.executable, "-m", "noteverbale", *command], stdout=subprocess.PIPE, text=True
        ) as served:
            try:
                assert served.stdout is not None  # noqa: S101 - a pipe was asked for
                yield from _page(served.stdout.readline().strip())
            finally:
                served.terminate()


def _page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address)
        yield page
        browser.close()


def save(page: Page, name: str, height: int = HEIGHT) -> None:
    """What the screen shows from its top, in CSS pixels, as a picture of the documents."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / name, clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
    Image.open(IMAGES / name).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
        IMAGES / name, optimize=True
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
