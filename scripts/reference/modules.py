"""Where a line lives: the page of modules by their first lines, and the table of their names."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from scripts.reference.markdown import MADE, as_table

ROOT = Path(__file__).parents[2]
STAGES = ("ingest", "ocr", "extract", "store", "review", "noteverbale")


def folders() -> list[Path]:
    """The folders that hold modules, stage by stage."""
    return [
        folder
        for stage in STAGES
        for folder in sorted({file.parent for file in (ROOT / stage).rglob("*.py")})
        if modules(folder)
    ]


def modules(folder: Path) -> list[Path]:
    """The modules in a folder that hold something."""
    return [file for file in sorted(folder.glob("*.py")) if first_line(file)]


@cache
def first_line(file: Path) -> str:
    """The first sentence of a module's docstring; of an ``__init__`` that says nothing none."""
    words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(words.split("\n\n")[0].split()).replace("``", "`")


def names_table() -> str:
    """Every folder with the names of its modules, for ARCHITECTURE.md."""
    rows = [
        (
            f"`{folder.relative_to(ROOT)}/`",
            " ".join(f.stem for f in modules(folder) if f.stem[:2] != "__"),
        )
        for folder in folders()
    ]
    return as_table(("folder", "files"), [row for row in rows if row[1]])


def modules_page() -> str:
    """Every folder with its modules and what each is for."""
    parts = [
        f"# Where a line lives\n\n{MADE}\n",
        "Every module with the first line of its docstring, floor by floor as"
        " [ARCHITECTURE.md](../../ARCHITECTURE.md#floors) draws them.\n",
    ]
    for folder in folders():
        rows = [(f"`{file.name}`", first_line(file)) for file in modules(folder)]
        parts.append(f"\n## {folder.relative_to(ROOT)}/\n\n" + as_table(("file", "holds"), rows))
    return "".join(parts)
