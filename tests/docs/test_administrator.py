"""The administrator's guide: its backup is made and put back, and what it quotes is said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.docs.walk import ROOT, Walker, walk

GUIDE = ROOT / "docs" / "administrator.md"
PLACE = "…"


def _section(title: str) -> str:
    return GUIDE.read_text(encoding="utf-8").split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_a_backup_is_made_and_put_back_as_the_guide_says(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    walker = Walker.in_folder(home)
    scan = "samples/replies/001-ken-numbered.pdf"
    assert walker.type(f"noteverbale process {scan} --jobs 1")[0] == 0
    backup = tmp_path / "backup.md"
    backup.write_text(_section("Backup"), encoding="utf-8")
    assert walk(backup, walker)[0] == 5
    names = "sqlite-utils {} 'select name from delegation_list' --csv"
    places = ("data/noteverbale.db", "monday/noteverbale.db", "restored/noteverbale.db")
    first, copied, again = (walker.type(names.format(db)) for db in places)
    assert first == copied == again
    assert len(first[1]) == 4


def _said(folder: Path) -> set[str]:
    """Every text in the code of a folder, with ``…`` for what is put in when it is said."""
    found = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else PLACE for p in node.values)
                found.add("".join(str(part) for part in parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_what_check_says_of_a_log_in_is_quoted_as_it_is_said() -> None:
    quoted = re.findall(r"^\| `(.+?)` \|", _section("When the log-in fails"), re.MULTILINE)
    assert len(quoted) >= 9
    assert set(quoted) - _said(ROOT / "ingest") == set()


def test_what_may_go_wrong_is_quoted_as_it_is_said() -> None:
    quoted = re.findall(r'"(.+?)"', _section("What may go wrong"))
    said = _said(ROOT / "noteverbale")
    assert len(quoted) >= 2
    assert [words for words in quoted if not any(words in text for text in said)] == []
