"""``docs/reference`` is what the code would write today, and nothing in it is without words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import click
import pytest

from scripts import reference
from store.db.database import Store
from store.opening import open_store

WRITE = "python -m scripts.reference"
COMMANDS = dict(reference.commands())
KEYS = {f"{table}.{key}" for table, key, _, _ in reference.keys()}  # noqa: SIM118 - no dict
WORDS = reference.described()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("reference") / "n.db") as found:
        yield found


def _committed(name: str) -> str:
    return (reference.FOLDER / name).read_text(encoding="utf-8")


def test_what_is_committed_is_what_would_be_written() -> None:
    written = reference.pages()
    assert {p.name for p in reference.FOLDER.iterdir()} == set(written)
    assert [name for name, text in written.items() if _committed(name) != text] == [], WRITE


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
    words = reference.example_words(reference.EXAMPLE.read_text(encoding="utf-8"))
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
    told = reference.example_words("\n".join(lines))
    assert told == {"[t]": "of a table", "t.a": "one two", "t.b": "", "t.c": "3", "t.d": ""}


def test_every_view_and_column_is_told_and_no_other(store: Store) -> None:
    views = reference.names(store, "view")
    assert set(WORDS) <= {*views, *reference.names(store, "table")}
    for name in views:
        assert WORDS[name]["description"], name
        assert WORDS[name].get("hidden") or "columns" in WORDS[name], name
    for name, told in WORDS.items():
        if "columns" in told:
            assert list(told["columns"]) == [c for c, _ in reference.columns_of(store, name)], name
            assert all(told["columns"].values()), name
    assert {*reference.PROMISED, reference.PROMISED_TABLE} <= {
        n for n in WORDS if "columns" in WORDS[n]
    }


def test_every_table_is_told(store: Store) -> None:
    assert [
        t for t in reference.names(store, "table") if not WORDS.get(t, {}).get("description")
    ] == []


def test_every_reason_is_told_with_its_sentence(store: Store) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", _committed("reasons.md"), re.M)
    stored = store.rows("SELECT code, words FROM reason_words")
    assert dict(rows) == {row["code"]: row["words"].replace("|", "\\|") for row in stored}
    assert len(rows) > 100


def test_every_doubt_of_the_reading_is_in_the_reviewers_guide(store: Store) -> None:
    """The codes that rules write; other reasons are the administrator's."""
    guide = (reference.ROOT / "docs" / "reviewer.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)`", guide, re.M))
    known = {row["code"] for row in store.rows("SELECT code FROM reason_words")}
    assert told <= known
    written: set[str] = set()
    for file in (reference.ROOT / "extract").rglob("*.py"):
        words = re.findall(r'"([a-z]+(?:_[a-z]+)+)"', file.read_text(encoding="utf-8"))
        written |= set(words) & known
    assert len(written) > 20
    assert written - told == set()


def test_every_dependency_is_told_with_its_why() -> None:
    project = tomllib.loads((reference.ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    wanted = [*project["dependencies"]]
    for extra, packages in project["optional-dependencies"].items():
        wanted += [] if extra in ("test", "bench", "samples") else packages
    page = (reference.ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    told = set(
        re.findall(
            r"[\w-]+",
            " ".join(line.split("|")[1] for line in page.splitlines() if line[:2] == "| "),
        )
    )
    assert {re.split(r"[<>=\[]", name)[0] for name in wanted} <= told
