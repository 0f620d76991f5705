"""persons, words: what was learnt from review, shown, taken out and put back."""

from __future__ import annotations

import dataclasses
import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from noteverbale.commands import options

if TYPE_CHECKING:
    from store.db.database import Store
    from store.learn.taken_out import KnownWord

T = TypeVar("T")

_STATE = click.option("--state", help="Only this State: a code like KEN, or its English name.")
_WHO = click.option("--who", help="Your name in the record; else your name on this machine.")


@click.group(invoke_without_command=True)
@click.option("--search", default="", help="Only whose name or address has these words.")
@_STATE
@options.database
@options.as_json
@click.pass_context
def persons(
    ctx: click.Context,
    search: str,
    state: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> None:
    """Who is known from rows that people approved: witnesses of what is read later.

    What is read again as approved is confirmed, what is a letter away is doubted. It is looked up
    in the rows themselves: one that is rejected, corrected or forgotten is no witness any more.
    """
    if ctx.invoked_subcommand is not None:
        return
    from store.learn import taken_out

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        found = taken_out.persons(store, options.one_state(store, state), search)
    _show([dataclasses.asdict(person) for person in found], json_, ("name", "title", "email"))


@persons.command("remove")
@click.argument("number", type=options.ROW)
@_WHO
@options.database
@click.pass_context
def remove_person(
    ctx: click.Context, number: int, who: str | None, db: Path | None, config_path: Path | None
) -> None:
    """Learn from a person no more, by the number in the list; the approved rows stay."""
    from store.learn import taken_out

    with _opened(ctx, db, config_path) as store:
        rows = taken_out.remove_person(store, who or getpass.getuser(), number)
    click.echo(f"Taken out: {_rows(rows)}. `noteverbale persons restore {number}` puts it back.")


@persons.command("restore")
@click.argument("number", type=options.ROW)
@_WHO
@options.database
@click.pass_context
def restore_person(
    ctx: click.Context, number: int, who: str | None, db: Path | None, config_path: Path | None
) -> None:
    """Learn from a person again that was taken out."""
    from store.learn import taken_out

    with _opened(ctx, db, config_path) as store:
        rows = taken_out.restore_person(store, who or getpass.getuser(), number)
    click.echo(f"Put back: {_rows(rows)}.")


@click.group(invoke_without_command=True)
@_STATE
@options.database
@options.as_json
@click.pass_context
def words(
    ctx: click.Context,
    state: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> None:
    """Posts, bodies and addresses that people confirmed, a State at a time.

    What one note says is a hint; what several say is evidence and answers doubts. The lexicon
    stays as it is.
    """
    if ctx.invoked_subcommand is not None:
        return
    from store.learn import taken_out

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        found = taken_out.words(store, options.one_state(store, state))
    _show([dataclasses.asdict(word) for word in found], json_, ("word",))


@words.command("export")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; else stdout.")
@_STATE
@options.database
@click.pass_context
def export(
    ctx: click.Context,
    out: Path | None,
    state: str | None,
    db: Path | None,
    config_path: Path | None,
) -> None:
    """All words as CSV, with the number of notes that confirm them."""
    import io

    from store.learn import taken_out
    from store.spreadsheet import write_csv

    with _opened(ctx, db, config_path) as store:
        found = taken_out.words(store, options.one_state(store, _given(ctx, "state", state)))
    columns = tuple(field.name for field in dataclasses.fields(taken_out.KnownWord))
    text = io.StringIO()
    write_csv([dataclasses.asdict(word) for word in found], columns, text)
    content = text.getvalue().encode("utf-8-sig")  # without the mark Excel takes another coding
    if out is not None:
        out.write_bytes(content)
        click.echo(f"{out}: {len(found)} words", err=True)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


@words.command("remove")
@click.argument("texts", metavar="WORD...", nargs=-1, required=True)
@_STATE
@_WHO
@options.database
@click.pass_context
def remove_words(
    ctx: click.Context,
    texts: tuple[str, ...],
    state: str | None,
    who: str | None,
    db: Path | None,
    config_path: Path | None,
) -> None:
    """Learn words of a State no more: `words remove --state KEN "Wali of the Region"`."""
    from store.learn import taken_out

    with _opened(ctx, db, config_path) as store:
        code = _state(ctx, store, state)
        chosen = taken_out.remove_words(store, who or getpass.getuser(), code, texts)
    click.echo(f"Taken out: {_named(chosen)}.")


@words.command("restore")
@click.argument("texts", metavar="WORD...", nargs=-1, required=True)
@_STATE
@_WHO
@options.database
@click.pass_context
def restore_words(
    ctx: click.Context,
    texts: tuple[str, ...],
    state: str | None,
    who: str | None,
    db: Path | None,
    config_path: Path | None,
) -> None:
    """Learn words of a State again that were taken out."""
    from store.learn import taken_out

    with _opened(ctx, db, config_path) as store:
        code = _state(ctx, store, state)
        chosen = taken_out.restore_words(store, who or getpass.getuser(), code, texts)
    click.echo(f"Put back: {_named(chosen)}.")


def _given(ctx: click.Context, name: str, value: T | None) -> T | None:
    """An option of the command, or the one that was given before its name."""
    before = ctx.parent.params.get(name) if ctx.parent else None
    return value if value is not None else before


@contextmanager
def _opened(ctx: click.Context, db: Path | None, config_path: Path | None) -> Iterator[Store]:
    _, path = options.load(_given(ctx, "config_path", config_path), _given(ctx, "db", db))
    with options.opened(path, must_exist=True) as store:
        yield store


def _state(ctx: click.Context, store: Store, state: str | None) -> str:
    code = options.one_state(store, _given(ctx, "state", state))
    if code is None:
        raise click.UsageError("Whose words? Name the State with --state.")
    return code


def _named(chosen: list[KnownWord]) -> str:
    return ", ".join(f"{word.kind} “{word.word}”" for word in chosen)


def _rows(rows: list[int]) -> str:
    return "1 approved row" if len(rows) == 1 else f"{len(rows)} approved rows"


def _show(records: list[dict[str, object]], json_: bool, spare: tuple[str, ...]) -> None:
    if json_:
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    from noteverbale.terminal_tables import table

    columns = tuple(records[0]) if records else ()
    click.echo(table(records, columns, spare=spare) if records else "Nothing has been learnt yet.")
