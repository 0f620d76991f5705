"""All pages of ``docs/reference``, and the table of files in ARCHITECTURE.md."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from scripts.reference.commands import commands_page
from scripts.reference.configuration import configuration_page
from scripts.reference.database import database_page, reasons_page
from scripts.reference.modules import modules_page, names_table
from store.opening import open_store

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
FILES = re.compile(
    r"(?<=<!-- files: written by `make reference` -->\n).*?(?=<!-- end of files)", re.S
)


def pages() -> dict[Path, str]:
    """File to text, of every page that is written."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "n.db") as store:
        return {
            FOLDER / "commands.md": commands_page(),
            FOLDER / "configuration.md": configuration_page(),
            FOLDER / "database.md": database_page(store),
            FOLDER / "modules.md": modules_page(),
            FOLDER / "reasons.md": reasons_page(store),
            ARCHITECTURE: FILES.sub(lambda _: names_table(), ARCHITECTURE.read_text("utf-8")),
        }
