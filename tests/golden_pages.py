"""Takes the samples' pages out of a database into ``tests/golden/pages``.

    python -m tests.golden_pages data/noteverbale.db

The golden notes are made of these pages, so that a change of rules shows on every machine and in
seconds. Take them anew when the page reader has changed (``make run`` fills the database), then
``make golden``. A file is one page as the database keeps it: JSON, deflated (``store.db.codec``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlite_utils import Database

from ocr.types import Page
from store.db import codec

FOLDER = Path(__file__).parent / "golden" / "pages"
SUFFIX = ".page"


def samples() -> tuple[str, ...]:
    """Names of the samples whose pages are kept, without suffix."""
    return tuple(sorted({file.name.rsplit(".", 2)[0] for file in FOLDER.glob(f"*{SUFFIX}")}))


def pages_of(sample: str) -> tuple[Page, ...]:
    """The kept pages of a sample, in order."""
    files = sorted(FOLDER.glob(f"{sample}.*{SUFFIX}"))
    return tuple(codec.page_from_bytes(file.read_bytes()) for file in files)


def take(database: Path) -> int:
    """Write the pages of every sample in a database; the number of pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"*{SUFFIX}"):
        old.unlink()
    query = (
        "SELECT d.filename, p.number, p.body FROM pages p JOIN documents d ON d.id = p.document_id"
        " WHERE d.filename GLOB '[0-9][0-9][0-9]-*' ORDER BY d.id, p.number"
    )
    taken = 0
    for row in Database(database).query(query):
        name = f"{Path(row['filename']).stem}.{row['number']}{SUFFIX}"
        (FOLDER / name).write_bytes(row["body"])
        taken += 1
    return taken


if __name__ == "__main__":
    sys.stdout.write(f"{take(Path(sys.argv[1]))} pages\n")
