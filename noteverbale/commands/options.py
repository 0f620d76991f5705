"""Options that commands share, and what they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.types import IntParamType

if TYPE_CHECKING:
    from noteverbale.config import Config
    from store.db.database import Store

LARGEST = 2**63 - 1
"""The largest number that a row of SQLite can have."""


class RowNumber(IntParamType):
    """The number of a row; a range in the help would tell nobody anything."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401  as click has it
        """The number.

        Raises:
            click.BadParameter: it is none, or no row can have it.
        """
        number: int = super().convert(value, param, ctx)
        if not 0 <= number <= LARGEST:
            self.fail(f"{value!r} is no number of a row", param, ctx)
        return number


ROW = RowNumber()

F = TypeVar("F", bound=Callable[..., Any])


def database(command: F) -> F:
    """``--db F`` and ``--config F``."""
    for option in (
        click.option(
            "--db",
            type=click.Path(path_type=Path),
            help="The database; else noteverbale.db in data.folder.",
        ),
        click.option(
            "--config",
            "config_path",
            type=click.Path(path_type=Path),
            help="The configuration (TOML); else what NOTEVERBALE_CONFIG names, else defaults.",
        ),
    ):
        command = option(command)
    return command


def workers(command: F) -> F:
    """``--jobs N`` and ``--cluster ADDRESS``."""
    for option in (
        click.option(
            "--cluster",
            metavar="ADDRESS",
            help="A Dask scheduler whose workers read the pages (tcp://host:8786); else"
            " cluster.address, else this machine reads them.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 256),
            help="Worker processes; else ocr.jobs, else one for each processor.",
        ),
    ):
        command = option(command)
    return command


def as_json(command: F) -> F:
    """``--json``."""
    return click.option("--json", "json_", is_flag=True, help="Machine-readable output.")(command)


def load(config_path: Path | None, db: Path | None) -> tuple[Config, Path]:
    """The configuration and the database it or ``--db`` names; secrets leave the environment."""
    from noteverbale import credentials
    from noteverbale.config import load_config

    config = load_config(config_path)
    credentials.take(config)
    return config, db or config.database


@contextmanager
def writing(
    config_path: Path | None, db: Path | None, suffix: str = ".lock"
) -> Iterator[tuple[Config, Path]]:
    """Like ``load``, with the lock held; what a command imports is imported inside.

    A start in vain then ends at once, however big the program is.

    Raises:
        ConfigError: the page reader that was chosen is not installed.
        Locked: another run is at work.
    """
    from noteverbale.config import require_engine
    from noteverbale.lock import run_lock

    config, path = load(config_path, db)
    require_engine(config)
    with run_lock(path, suffix):
        yield config, path


def with_workers(config: Config, jobs: int | None, cluster: str | None) -> Config:
    """The configuration with ``--jobs`` and ``--cluster`` in it.

    Raises:
        ConfigError: the cluster's address cannot be used.
    """
    from noteverbale.service_config import check_cluster

    if jobs is not None:
        config = replace(config, ocr=replace(config.ocr, jobs=jobs))
    if cluster is not None:
        config = replace(config, cluster=replace(config.cluster, address=cluster))
        check_cluster(config.cluster)
    return config


def one_meeting(store: Store, asked: str | None) -> str:
    """The reference of the meeting that was asked for, or of the only one that is registered.

    Raises:
        click.UsageError: there is none, or several and none was named.
        UnknownRecord: there is no such meeting; the message lists what there is.
    """
    from store.records import meetings

    if asked is not None:
        return meetings.find(store, asked)
    known = [meeting.reference for meeting in meetings.all(store)]
    if len(known) == 1:
        return known[0]
    if not known:
        raise click.UsageError("No meeting is registered: `noteverbale meeting add INVITATION`.")
    raise click.UsageError(f"Which --meeting? Registered: {'; '.join(known)}")


def any_meeting(store: Store, asked: str | None) -> str | None:
    """The reference of the meeting that was asked for, None where none was: all of them.

    Raises:
        UnknownRecord: there is no such meeting; the message lists what there is.
    """
    from store.records import meetings

    return None if asked is None else meetings.find(store, asked)


def one_state(store: Store, asked: str | None) -> str | None:
    """The code of the State that was asked for, by code or name; None where none was.

    Raises:
        UnknownRecord: there is no such State; the message names the nearest.
    """
    from store.records.missions import known_state

    return None if asked is None else known_state(store, asked)


@contextmanager
def opened(path: Path, *, must_exist: bool = False, whole: bool = False) -> Iterator[Store]:
    """The database, closed afterwards; ``whole``: a large one is checked, too.

    Raises:
        click.UsageError: it must exist and does not.
    """
    from store.opening import open_store

    if must_exist and not path.exists():
        raise click.UsageError(f"There is no database {path}; `noteverbale process` makes one.")
    store = open_store(path, whole=whole)
    try:
        _tell_of_orphans(store)
        yield store
    finally:
        store.close()


def _tell_of_orphans(store: Store) -> None:
    """An empty database beside kept originals is one that was lost: not to be passed over."""
    from store.intake.orphans import of_lost_database

    count = of_lost_database(store)
    if count:
        click.echo(
            f"{store.path} is empty, but {count} kept originals lie beside it: put back the"
            " database and its -wal file, or take them in again by `noteverbale process --kept`",
            err=True,
        )
