"""The tables of ``samples/README.md``: every file with what it shows, from the truth files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

START, END = "<!-- listing: written by samples/make.py -->", "<!-- end of listing -->"


def _truths(folder: Path) -> list[dict[str, Any]]:
    files = sorted((folder / "truth").glob("*.json"))
    return [json.loads(p.read_text(encoding="utf-8")) for p in files]


def listing(folder: Path) -> str:
    """Two Markdown tables: scans, then messages."""
    truths = _truths(folder)
    out = ["| file | language | layout | quality | shows |", "| --- | --- | --- | --- | --- |"]
    for t in truths:
        if t["file"].startswith("replies/"):
            quality = f"{t['quality']} ({t['degradation']})"
            out.append(
                f"| `{t['file']}` | {t['language']} | {t['layout']} | {quality} | {t['purpose']} |"
            )
    out += ["", "| message | shows |", "| --- | --- |"]
    out += [f"| `{t['file']}` | {t['purpose']} |" for t in truths if t["file"].startswith("mail/")]
    return "\n".join(out)


def write_listing(folder: Path) -> None:
    """Put the tables between their marks in ``folder/README.md``, if there is one."""
    readme = folder / "README.md"
    if not readme.exists():
        return
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    readme.write_text(f"{before}{START}\n\n{listing(folder)}\n\n{END}{after}", encoding="utf-8")
