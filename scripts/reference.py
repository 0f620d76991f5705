"""Writes ``docs/reference`` from the code: ``python -m scripts.reference``.

Commands and options come from click, configuration keys from the dataclasses and the words beside
them in ``config.example.toml``, views and tables from a new database, their words from
``docs/metadata.yml``, reasons from the table ``reason_words``. ``tests/docs/test_reference.py``
fails where what is committed is not what would be written, or where something has no words.
"""

from __future__ import annotations

import re
import tempfile
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click
import yaml

from noteverbale import cli, config
from store.db.database import Store
from store.opening import open_store

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
EXAMPLE = ROOT / "config.example.toml"
METADATA = ROOT / "docs" / "metadata.yml"
MADE = "<!-- Written by `python -m scripts.reference`; change the code, not this page. -->\n"
PROMISED = ("delegation_list", "documents_list", "pages_list", "messages_list", "coverage")
"""The views that scripts may rely on, and the table beside them."""
PROMISED_TABLE = "corrections"

Described = dict[str, Any]


def pages() -> dict[str, str]:
    """File name to text, of every page of the reference."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "n.db") as store:
        return {
            "commands.md": commands_page(),
            "configuration.md": configuration_page(),
            "database.md": database_page(store),
            "reasons.md": reasons_page(store),
        }


# -- commands -------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, commands of commands included."""
    context = click.Context(cli.cli, info_name="noteverbale")
    for name in cli.COMMANDS:
        command = cli.cli.get_command(context, name)
        assert command is not None  # noqa: S101 - a line of cli.COMMANDS that leads nowhere
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in command.commands.items())
        else:
            yield name, command


def option_words(option: click.Option) -> str:
    """An option's help, with its choices, range and default."""
    words = [option.help or ""]
    if isinstance(option.type, click.Choice):
        words.append(" or ".join(f"`{choice}`" for choice in option.type.choices) + ".")
    if option.multiple:
        words.append("May be given several times.")
    if option.required:
        words.append("Required.")
    if option.show_default and option.default is not None:
        words.append(f"Default `{option.default}`.")
    return " ".join(word for word in words if word)


def commands_page() -> str:
    """Every command and its options."""
    found = list(commands())
    parts = [
        f"# Commands\n\n{MADE}\n",
        "`noteverbale COMMAND --help` says the same on the screen. Data goes to standard output,"
        " logs and what went wrong to standard error.\n\n",
        _table(
            ("command", "does"),
            [(f"[`{name}`](#{_slug(name)})", _sentence(command)) for name, command in found],
        ),
        "\nExit codes: 0 all done; 1 some documents failed, were rejected or wait for what the"
        " machine lacks (room, memory, a program), each named on standard error and in the"
        " database; 2 wrong usage or configuration; 75 another run holds the lock.\n",
        "\nWithout `--db` the database is `noteverbale.db` in the folder `data.folder` of the"
        f" [configuration](configuration.md#data). `{config.CONFIG_VARIABLE}` names the"
        f" configuration where `--config` does not. `{cli.DEBUG_VARIABLE}=1` shows an error of the"
        " program with all its lines.\n",
    ]
    for name, command in found:
        context = click.Context(command, info_name=name)
        usage = " ".join(command.collect_usage_pieces(context))
        rows = [
            (", ".join(f"`{o}`" for o in option.opts), option_words(option))
            for option in command.params
            if isinstance(option, click.Option)
        ]
        text = re.sub(r"(?<!`)(--[a-z-]+(?: [A-Z]+)?)(?!`)", r"`\1`", _paragraphs(command.help))
        parts.append(
            f"\n## {name}\n\n`noteverbale {name} {usage}`\n\n{text}\n\n"
            + _table(("option", "means"), rows)
        )
    return "".join(parts)


def _sentence(command: click.Command) -> str:
    return _paragraphs(command.help).split("\n\n")[0].rstrip(".")


def _paragraphs(text: str | None) -> str:
    """A docstring's paragraphs, each on one line."""
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


# -- configuration --------------------------------------------------------------------------------


def example_words(text: str) -> dict[str, str]:
    """Full name of a key, or ``[table]``, to what stands beside it in the example file.

    A comment goes on in the lines below that hold nothing else.
    """
    found: dict[str, str] = {}
    table, last = "", ""
    for line in text.splitlines():
        head = re.match(r"\[([\w.]+)\]\s*(?:#\s*(.*))?$", line)
        key = re.match(
            r"(?:# )?(\w+) = (?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\S+)\s*(?:#\s*(.*))?$", line
        )
        more = re.match(r"#?\s+#\s+(.*)$", line)
        if head:
            table = head[1]
            last = f"[{table}]"
            found[last] = head[2] or ""
        elif key and table:
            last = f"{table}.{key[1]}"
            found[last] = key[2] or ""
        elif more and last:
            found[last] = f"{found[last]} {more[1]}".strip()
        elif not line.strip():
            last = ""
    return found


def keys() -> Iterator[tuple[str, str, object, object]]:
    """Of every configuration key its table, name, type and default."""
    yield from _keys("", config.Config)


def _keys(table: str, kind: type[Any]) -> Iterator[tuple[str, str, object, object]]:
    hints = typing.get_type_hints(kind)
    defaults = kind()
    inner: list[tuple[str, type[Any]]] = []
    for field in fields(kind):
        name, hint = field.name.rstrip("_"), hints[field.name]
        if is_dataclass(hint):
            inner.append((f"{table}.{name}".lstrip("."), typing.cast("type[Any]", hint)))
        else:
            yield table, name, hint, getattr(defaults, field.name)
    for name, hint in inner:
        yield from _keys(name, hint)


def configuration_page() -> str:
    """Every key with its default, table by table."""
    words = example_words(EXAMPLE.read_text(encoding="utf-8"))
    tables: dict[str, list[tuple[str, ...]]] = {}
    for table, key, hint, default in keys():
        full = f"{table}.{key}"
        tables.setdefault(table, []).append(
            (f"`{key}`", _value(default), _allowed(full, hint), _prose(words.get(full, "")))
        )
    parts = [
        f"# Configuration\n\n{MADE}\n",
        "The file is TOML; [config.example.toml](../../config.example.toml) has the same keys to"
        " copy. No key is required, and `noteverbale process` needs no file. An unknown key is an"
        " error that names the nearest known one. Passwords are never written here. Units are in"
        " the keys' names: `_s` seconds, `_mb` MiB. `noteverbale check` tries what is set.\n",
    ]
    for table, rows in tables.items():
        intro = _prose(words.get(f"[{table}]", ""))
        parts.append(f"\n## {table}\n\n" + (f"{intro[0].upper()}{intro[1:]}.\n\n" if intro else ""))
        parts.append(_table(("key", "default", "takes", "means"), rows))
    return "".join(parts)


def _value(default: object) -> str:
    if default is None:
        return "–"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, str | Path):
        return f'`"{default}"`'
    return "`[]`" if default == () else f"`{default}`"


def _allowed(name: str, hint: object) -> str:
    options = [o for o in typing.get_args(hint) if o is not type(None)]
    if typing.get_origin(hint) is typing.Literal:
        return ", ".join(f'`"{o}"`' for o in options)
    if typing.get_origin(hint) is tuple:
        return "a list of texts"
    kind = options[0] if options else hint
    known: Mapping[object, str] = {
        str: "text",
        bool: "`true` or `false`",
        int: "a whole number",
        float: "a number",
        Path: "a path",
    }
    table, _, key = name.partition(".")
    if table == "limits":
        least, most = config.LIMIT_RANGES[key]
        return f"{least:,} to {most:,}"
    return known.get(kind, "a day, like `2027-05-31`")


def _prose(words: str) -> str:
    """Words of the example file; of tables of it that they name, a link to each."""
    words = re.sub(r"(?<!\w)\[([a-z][a-z0-9.]+)\]", lambda m: f"[{m[1]}](#{_slug(m[1])})", words)
    return re.sub(r'("[^"]*"|(?<!\w)\'[^\']*\'(?!\w))', r"`\1`", words)


# -- database -------------------------------------------------------------------------------------


def described() -> dict[str, Described]:
    """Of every table and view what ``docs/metadata.yml`` says."""
    metadata = yaml.safe_load(METADATA.read_text(encoding="utf-8"))
    found: dict[str, Described] = metadata["databases"]["noteverbale"]["tables"]
    return found


def columns_of(store: Store, name: str) -> list[tuple[str, str]]:
    """Column names and their types, which computed columns of views do not have."""
    rows = store.rows("SELECT name, type FROM pragma_table_info(?)", [name])
    return [(row["name"], row["type"].lower()) for row in rows]


def names(store: Store, kind: str) -> list[str]:
    """Tables or views, as ``sqlite_master`` has them, inner tables of search indexes left out."""
    rows = store.rows("SELECT name, sql FROM sqlite_master WHERE type = ? ORDER BY name", [kind])
    searched = [row["name"] for row in rows if "USING fts5" in (row["sql"] or "")]
    return [
        row["name"]
        for row in rows
        if not any(row["name"].startswith(f"{index}_") for index in searched)
    ]


def database_page(store: Store) -> str:
    """The views with their columns, the tables, and how they hang together."""
    words = described()
    views = [name for name in words if name in names(store, "view") and "columns" in words[name]]
    tables = names(store, "table")
    parts = [
        f"# The database\n\n{MADE}\n",
        "One SQLite file. The views marked with a star, and the table `corrections`, are a promise"
        " to scripts; all else may change with the program. How to read and edit them is shown in"
        " [review-with-sqlite-utils.md](../review-with-sqlite-utils.md). Days are ISO 8601, moments"
        " UTC, pages count from 1. A JSON list without entries is `[]`.\n\n",
        _table(
            ("view", "one row"),
            [
                (f"[`{v}`](#{_slug(v)}){' ★' if v in PROMISED else ''}", words[v]["description"])
                for v in views
            ],
        ),
    ]
    for name in (*views, PROMISED_TABLE):
        columns = words[name]["columns"]
        rows = [(f"`{c}`", kind or "–", columns.get(c, "")) for c, kind in columns_of(store, name)]
        parts.append(f"\n## {name}\n\n{words[name]['description']}.\n\n")
        parts.append(_table(("column", "type", "means"), rows))
    listed = [(f"`{t}`", words.get(t, {}).get("description", "")) for t in tables]
    parts.append(
        "\n## Tables\n\nThe program's own. Edits go to `delegates`, `documents` and `reviewer`, or"
        " through the views above. The whole schema stands in"
        " [tests/golden/schema.sql](../../tests/golden/schema.sql).\n\n"
    )
    parts.append(_table(("table", "holds"), listed))
    parts.append(f"\n## How they hang together\n\n```mermaid\n{_diagram(store, tables)}```\n")
    return "".join(parts)


def _diagram(store: Store, tables: Sequence[str]) -> str:
    """Foreign keys as a diagram: ``many }o--|| one``, a bar of its own where null is allowed."""
    lines = ["erDiagram"]
    for name in tables:
        needed = {
            row["name"]
            for row in store.rows(
                'SELECT name FROM pragma_table_info(?) WHERE "notnull" = 1 OR pk > 0', [name]
            )
        }
        keys = store.rows(
            'SELECT "table" AS other, "from" AS mine FROM pragma_foreign_key_list(?) ORDER BY 2',
            [name],
        )
        for key in keys:
            end = "||" if key["mine"] in needed else "o|"
            lines.append(f'    {name} }}o--{end} {key["other"]} : "{key["mine"]}"')
    return "\n".join(lines) + "\n"


# -- reasons --------------------------------------------------------------------------------------


def reasons_page(store: Store) -> str:
    """Every code with its sentence."""
    rows = store.rows("SELECT code, words FROM reason_words ORDER BY code")
    return (
        f"# Reasons\n\n{MADE}\n"
        "Why something was not processed, or why a person should look: the codes that stand in"
        " `reason` and `reasons`, and what people see instead. What a reviewer does about each"
        " doubt stands in [reviewer.md](../reviewer.md#what-each-doubt-means).\n\n"
    ) + _table(("code", "words"), [(f"`{row['code']}`", row["words"]) for row in rows])


# -- Markdown -------------------------------------------------------------------------------------


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )


def _slug(heading: str) -> str:
    """The anchor GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
