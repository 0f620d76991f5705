"""calibrate: confidences fitted to decided rows; told, written, withdrawn."""

from __future__ import annotations

import dataclasses
import getpass
import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.types import FloatParamType

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode

if TYPE_CHECKING:
    from store.db.database import Store
    from store.reports.calibrating import Calibrating
    from store.rules.experience.doubted import Doubted
    from store.rules.experience.trial import Promise

NAMES = {"row": "whole row", "reviewed": "name, title and address"}


class Error(FloatParamType):
    """A share that one accepts: ``1/500``, ``0.002`` or ``0.2%``."""

    name = "share"

    def convert(
        self,
        value: Any,  # noqa: ANN401  as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """The share.

        Raises:
            click.BadParameter: it is none, or not between 0 and 1.
        """
        text = str(value).strip()
        try:
            share = Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is no share like 1/500", param, ctx)
        if not 0 < share < 1:
            self.fail(f"{value!r} is not between 0 and 1", param, ctx)
        return float(share)


@click.command()
@click.option("--write", is_flag=True, help="Let it hold from now on; else it is only told.")
@click.option("--undo", is_flag=True, help="Withdraw what was written last.")
@click.option(
    "--accept-error",
    type=Error(),
    help="Set the threshold so that at most this share of unmarked rows is wrong, like 1/500.",
)
@click.option("--who", help="Your name in the record; else your name on this machine.")
@options.database
@options.as_json
def calibrate(
    write: bool,
    undo: bool,
    accept_error: float | None,
    who: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> int:
    """Fit the confidences to what people decided, and tell what would change.

    Few decided rows change little: the shipped tables count as more rows beside them. The errors
    told are of notes that the fit had not seen. Nothing that a person decided is touched.
    """
    from store.learn import calibrations
    from store.reports.calibrating import calibrating

    if undo and (write or accept_error is not None):
        raise click.UsageError("--undo goes alone")
    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        if undo:
            return _undo(store, json_)
        found = calibrating(store, accept_error)
        version = None
        if write and found.refusal is None:
            name = who or getpass.getuser()
            version = calibrations.write(store, name, found.office, found.rows)
    if json_:
        click.echo(json.dumps(_data(found, version), ensure_ascii=False, indent=2))
    else:
        _tell(found, version)
    if write and version is None:
        click.echo(f"noteverbale: not written: {found.refusal}", err=True)
        return ExitCode.SOME_FAILED
    return ExitCode.OK


def _undo(store: Store, json_: bool) -> int:
    from store.learn import calibrations

    version = calibrations.withdraw(store)
    holds = calibrations.active(store).version
    if json_:
        click.echo(json.dumps({"withdrawn": version, "holds": holds}))
    elif version is None:
        click.echo("Nothing was written: the tables that ship hold.", err=True)
    else:
        now = f"version {holds} holds" if holds else "the tables that ship hold"
        click.echo(f"Version {version} is withdrawn; {now}.")
    return ExitCode.OK


def _data(found: Calibrating, version: int | None) -> dict[str, object]:
    promise = found.promise
    return {
        "rows": found.rows,
        "notes": found.notes,
        "unmarked": found.unmarked,
        "errors": [dataclasses.asdict(one) for one in found.tried],
        "waiting": found.waiting,
        "marked_in_addition": found.marked,
        "marked_no_longer": found.freed,
        "promise": promise and {**dataclasses.asdict(promise), "kept": promise.kept},
        "doubted_rows": dataclasses.asdict(found.doubted) | {"left_alone": found.doubted.holds},
        "holds": found.holds if version is None else version,
        "written": version,
        "refusal": found.refusal,
        "switched_off": found.off,
    }


def _tell(found: Calibrating, version: int | None) -> None:
    from noteverbale.terminal_tables import table

    rows = "row" if found.rows == 1 else "rows"
    of = f"{found.notes} note" if found.notes == 1 else f"{found.notes} notes"
    click.echo(f"{found.rows} decided {rows} of {of}; {found.unmarked} of them were not marked.")
    if found.tried:
        click.echo("\nError of the confidences, 0 to 1, on notes that the fit had not seen:")
        lines = [
            {
                "of": NAMES.get(t.what, t.what),
                "values": t.values,
                "as shipped": f"{t.before:.3f}",
                "fitted": f"{t.after:.3f}",
            }
            for t in found.tried
        ]
        click.echo(table(lines, ("of", "values", "as shipped", "fitted")))
    if found.promise is not None:
        click.echo("\n" + _promised(found.promise))
    click.echo("\n" + _doubted(found.doubted))
    click.echo(
        f"\nOf {found.waiting} rows that nobody has decided, {found.marked} more would be marked"
        f" and {found.freed} would be marked no longer."
    )
    if version is not None:
        click.echo(f"Written as version {version}; `noteverbale calibrate --undo` withdraws it.")
    if found.off:
        click.echo("It is not applied: [learning] calibration = false.")


def _doubted(found: Doubted) -> str:
    tried = f"{found.wrong} wrong of {found.tried}"
    accepted = f"1 in {round(1 / (1 - found.least)):,}"
    if not found.holds:
        return (
            f"Of rows that doubts alone mark, those that {accepted} would be wrong of were {tried},"
            " on notes that the fit\nhad not seen: too little to leave any of them alone."
        )
    return (
        f"Rows that doubts alone mark are left alone where {accepted} would be wrong: {tried}, on"
        " notes that the fit had not\nseen. The doubts stay said; the first such row that is found"
        " wrong ends it until the next --write."
    )


def _promised(promise: Promise) -> str:
    accepted = f"1 in {round(1 / promise.accepted):,}"
    if promise.threshold is None:
        return f"No row is so likely right that {accepted} would be wrong: all would be marked."
    rows = f"{promise.rows:,} of the others were looked at, {promise.wrong} of them wrong"
    said = (
        f"That {accepted} unmarked rows is wrong at most: rows below {promise.threshold:.3f} are"
        f" marked.\nExpected of the others: {promise.expected:.2%} wrong. {rows}"
    )
    if promise.kept:
        return f"{said}: borne out (95 %)."
    best = f"at most {promise.bound:.1%} wrong" if promise.rows else "nothing"
    return (
        f"{said}.\nThis is no promise: it bears out {best} (95 %). To bear it out takes"
        f" {promise.needed:,} rows without an error; audits give them."
    )
