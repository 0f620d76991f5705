"""``docs/reference`` is what the code would write today, and nothing in it is without words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from scripts.reference import modules
from scripts.reference.commands import commands
from scripts.reference.configuration import EXAMPLE, example_words, keys
from scripts.reference.database import PROMISED, PROMISED_TABLE, columns_of, described, names
from scripts.reference.pages import ARCHITECTURE, FOLDER, pages
from store.db.database import Store
from store.opening import open_store

ROOT = Path(__file__).parents[2]
WRITE = "make reference"
COMMANDS = dict(commands())
KEYS = {f"{table}.{key}" for table, key, _, _ in keys()}
WORDS = described()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("reference") / "n.db") as found:
        yield found


def _committed(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_what_is_committed_is_what_would_be_written() -> None:
    written = pages()
    assert set(FOLDER.iterdir()) == {file for file in written if file.parent == FOLDER}
    old = [file.name for file, text in written.items() if file.read_text("utf-8") != text]
    assert old == [], WRITE
    assert "`noteverbale/commands/`" in written[ARCHITECTURE]


def test_every_command_has_its_section_and_every_option_its_line() -> None:
    sections = dict(
        re.findall(r"^## ([a-z ]+)\n(.*?)(?=^## |\Z)", _committed("commands.md"), re.M | re.S)
    )
    assert set(sections) == set(COMMANDS)
    assert len(COMMANDS) >= 18
    for name, command in COMMANDS.items():
        told = set(re.findall(r"^\| `(--[a-z-]+)`", sections[name], re.M))
        context = click.Context(command)
        options = [o for o in command.get_params(context) if isinstance(o, click.Option)]
        assert told | {"--help"} == {name for o in options for name in o.opts if name[:2] == "--"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_is_for(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    silent = [o.name for o in command.params if isinstance(o, click.Option) and not o.help]
    assert silent == []


def test_every_key_of_the_configuration_is_told_and_no_other() -> None:
    text = _committed("configuration.md")
    told = {
        f"{table}.{key}"
        for table, section in re.findall(r"^## ([\w.]+)\n(.*?)(?=^## |\Z)", text, re.M | re.S)
        for key in re.findall(r"^\| `(\w+)` \|", section, re.M)
    }
    assert told == KEYS
    assert len(KEYS) > 60
    words = example_words(EXAMPLE.read_text(encoding="utf-8"))
    assert [key for key in sorted(KEYS) if not words.get(key)] == []


def test_words_beside_a_key_go_on_below_it_and_end_there() -> None:
    lines = (
        "[t]  # of a table",
        'a = "x # y"  # one',
        "         # two",
        "# b = 1",
        "# c = []  # 3",
        "",
        "d = 4",
    )
    told = example_words("\n".join(lines))
    assert told == {"[t]": "of a table", "t.a": "one two", "t.b": "", "t.c": "3", "t.d": ""}


def test_every_view_and_column_is_told_and_no_other(store: Store) -> None:
    views = names(store, "view")
    assert set(WORDS) <= {*views, *names(store, "table")}
    for name in views:
        assert WORDS[name]["description"], name
        assert WORDS[name].get("hidden") or "columns" in WORDS[name], name
    for name, told in WORDS.items():
        if "columns" in told:
            assert list(told["columns"]) == [c for c, _ in columns_of(store, name)], name
            assert all(told["columns"].values()), name
    assert {*PROMISED, PROMISED_TABLE} <= {n for n in WORDS if "columns" in WORDS[n]}


def test_every_table_is_told(store: Store) -> None:
    assert [t for t in names(store, "table") if not WORDS.get(t, {}).get("description")] == []


def test_every_reason_is_told_with_its_sentence(store: Store) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", _committed("reasons.md"), re.M)
    stored = store.rows("SELECT code, words FROM reason_words")
    assert dict(rows) == {row["code"]: row["words"].replace("|", "\\|") for row in stored}
    assert len(rows) > 100


def test_every_doubt_of_the_reading_is_in_the_reviewers_guide(store: Store) -> None:
    """The codes that rules write; other reasons are the administrator's."""
    guide = (ROOT / "docs" / "reviewer.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)`", guide, re.M))
    known = {row["code"] for row in store.rows("SELECT code FROM reason_words")}
    assert told <= known
    written: set[str] = set()
    for file in (ROOT / "extract").rglob("*.py"):
        words = re.findall(r'"([a-z]+(?:_[a-z]+)+)"', file.read_text(encoding="utf-8"))
        written |= set(words) & known
    assert len(written) > 20
    assert written - told == set()


def test_every_dependency_is_told_with_its_why() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra, packages in project["optional-dependencies"].items():
        wanted += [] if extra in ("test", "bench", "samples") else packages
    page = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    told = set(
        re.findall(
            r"[\w-]+",
            " ".join(line.split("|")[1] for line in page.splitlines() if line[:2] == "| "),
        )
    )
    assert {re.split(r"[<>=\[]", name)[0] for name in wanted} <= told


def test_every_module_is_told_with_what_it_holds() -> None:
    told = _committed("modules.md")
    files = [file for folder in modules.folders() for file in modules.modules(folder)]
    assert len(files) > 250
    silent = [
        str(file.relative_to(ROOT))
        for stage in modules.STAGES
        for file in (ROOT / stage).rglob("*.py")
        if file.name != "__init__.py" and not modules.first_line(file)
    ]
    assert silent == []
    assert all(f"| `{file.name}` |" in told for file in files)
