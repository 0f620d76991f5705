"""Draws the printed list for ``docs/images``: ``python -m scripts.list_pictures``.

Fills a database with the invented list of the tests, makes both documents and has LibreOffice
print them (``apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils``). What
comes out is to be looked at.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from store.export import files
from store.export.files import Choices
from store.export.names import Style
from store.opening import open_store
from tests.store.export import lists, rendering
from tests.store.replies import MEETING

IMAGES = Path(__file__).parents[1] / "docs" / "images"
AS_OF = date(2026, 11, 28)
DPI = 72
GREYS = 16
SHOWN = {"docx": "Jordan", "xlsx": "Russian Federation"}
"""Whose page stands beside the first."""
GAP = 12
"""Pixels between two pages."""


def main() -> None:
    """The document's first page beside one with three scripts, and the sheet's first and last."""
    choices = Choices(as_of=AS_OF, style=Style("both", "family"))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "n.db") as store:
        lists.fill(store)
        for format_ in ("docx", "xlsx"):
            file = Path(folder) / f"{format_}.{format_}"
            file.write_bytes(files.make(store, MEETING, format_, choices).content)
            pdf = rendering.to_pdf(file)
            pages = rendering.pages(pdf)
            chosen = 1 + next(n for n, page in enumerate(pages) if SHOWN[format_] in page)
            drawn = [rendering.picture(pdf, page, DPI) for page in (1, chosen)]
            _save(drawn, IMAGES / f"list-{format_}.png", beside=format_ == "docx")


def _save(drawn: list[Path], to: Path, *, beside: bool) -> None:
    """Pages beside or below each other, in a few greys."""
    pages = [Image.open(file).convert("L") for file in drawn]
    width, height = pages[0].size
    step = (width + GAP, 0) if beside else (0, height + GAP)
    whole = Image.new("L", (width + step[0], height + step[1]), 128)
    for number, page in enumerate(pages):
        whole.paste(page, (step[0] * number, step[1] * number))
    whole.quantize(GREYS).save(to, optimize=True)


if __name__ == "__main__":
    main()
