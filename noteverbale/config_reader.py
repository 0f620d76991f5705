"""From a TOML document to frozen dataclasses, with errors a person can act on."""

from __future__ import annotations

import difflib
import math
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from ingest.errors import NoteVerbaleError

T = TypeVar("T")


class ConfigError(NoteVerbaleError):
    """The configuration cannot be used; the message names the key and what to write."""

    reason = "configuration"


def read_tables(root: type[T], document: Mapping[str, Any]) -> T:
    """``document`` as ``root``, a dataclass of dataclasses, one a table.

    Raises:
        ConfigError: unknown table or key, or a value of the wrong type.
    """
    hints = typing.get_type_hints(root)
    known = dict.fromkeys(key for table, kind in hints.items() for key in keys_of(table, kind))
    tables: dict[str, Any] = {}
    for table, content in document.items():
        if table not in hints:
            keys = [f"{table}.{key}" for key in content] if isinstance(content, dict) else []
            raise _unknown((keys or [table])[0], [*known, *hints])
        if not isinstance(content, dict):
            raise ConfigError(f"{table} is a table: write [{table}] on a line of its own")
        tables[table] = _read_table(hints[table], table, content, list(known))
    return root(**tables)


def check_ranges(table: str, values: object, ranges: Mapping[str, tuple[float, float]]) -> None:
    """Each key of ``ranges`` must lie between its two bounds.

    Raises:
        ConfigError: one does not.
    """
    for key, (least, most) in ranges.items():
        value = getattr(values, key)
        if value is not None and not least <= value <= most:
            raise ConfigError(f"{table}.{key} = {value} must lie between {least} and {most}")


def keys_of(table: str, kind: type[Any]) -> Iterator[str]:
    """The full names of a table's keys, those of tables inside it among them."""
    for key, hint in typing.get_type_hints(kind).items():
        name = f"{table}.{key.rstrip('_')}"
        if is_dataclass(hint):
            yield from keys_of(name, typing.cast("type[Any]", hint))
        else:
            yield name


def _read_table(kind: type[Any], table: str, content: dict[str, Any], known: list[str]) -> Any:  # noqa: ANN401  whichever dataclass ``kind`` is
    hints = typing.get_type_hints(kind)
    fields = {key.rstrip("_"): key for key in hints}  # "from" is a word of Python's own
    values = {}
    for written, raw in content.items():
        name = f"{table}.{written}"
        key = fields.get(written)
        if key is None:
            raise _unknown(name, known)
        if not is_dataclass(hints[key]):
            values[key] = _convert(name, hints[key], raw)
        elif isinstance(raw, dict):
            values[key] = _read_table(hints[key], name, raw, known)
        else:
            raise ConfigError(f"{name} is a table: write [{name}] on a line of its own")
    return kind(**values)


def _unknown(name: str, known: list[str]) -> ConfigError:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if not near:  # the right key in the wrong table
        last = name.rpartition(".")[2]
        near = [k for k in known if k.rpartition(".")[2] == last]
    hint = f"; did you mean {near[0]}?" if near else "; see config.example.toml"
    return ConfigError(f"unknown key {name}{hint}")


def _convert(name: str, hint: Any, raw: object) -> object:  # noqa: ANN401  a type hint
    options = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        (inner,) = (o for o in options if o is not type(None))
        return _convert(name, inner, raw)
    if typing.get_origin(hint) is Literal:
        if raw not in options:
            choices = " or ".join(repr(o) for o in options)
            raise ConfigError(f"{name} = {raw!r} must be {choices} in this version")
        return raw
    if typing.get_origin(hint) is tuple:
        return _convert_list(name, hint, raw)
    return _convert_plain(name, hint, raw)


def _convert_list(name: str, hint: Any, raw: object) -> object:  # noqa: ANN401  a type hint
    if not isinstance(raw, list):
        raise ConfigError(f'{name} = {raw!r} must be a list: ["…", "…"]')
    inner = typing.get_args(hint)[0]
    return tuple(_convert_plain(name, inner, item) for item in raw)


def _convert_plain(name: str, hint: type, raw: object) -> object:
    if hint is Path and isinstance(raw, str) and raw:
        return Path(raw).expanduser()
    if hint is bool and isinstance(raw, bool):
        return raw
    if hint is date and type(raw) is date:  # a moment is a date, too
        return raw
    if hint in (int, float) and not isinstance(raw, bool) and isinstance(raw, int | float):
        if not 0 < raw < math.inf:  # not a number is neither
            raise ConfigError(f"{name} = {raw} must be greater than 0")
        if hint is float or isinstance(raw, int):
            return hint(raw)
    if hint is str and isinstance(raw, str) and raw.strip():
        return raw
    wanted = {Path: "a path in quotes", bool: "true or false", int: "a whole number"}
    wanted[date] = "a day without quotes: 2019-05-31"
    what = wanted.get(hint, "a number" if hint is float else "text in quotes")
    raise ConfigError(f"{name} = {raw!r} must be {what}")
