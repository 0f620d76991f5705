"""The page of configuration keys: dataclasses, and the words of ``config.example.toml``."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from noteverbale import config
from scripts.reference.markdown import MADE, as_table, slug

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


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
        parts.append(as_table(("key", "default", "takes", "means"), rows))
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
    words = re.sub(r"(?<!\w)\[([a-z][a-z0-9.]+)\]", lambda m: f"[{m[1]}](#{slug(m[1])})", words)
    return re.sub(r'("[^"]*"|(?<!\w)\'[^\']*\'(?!\w))', r"`\1`", words)
