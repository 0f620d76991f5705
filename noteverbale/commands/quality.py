"""quality: how right the readings are here, what review costs, and how many errors are silent."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.reports.quality import Line, Quality
    from store.rules.experience.intervals import Share

NAMES = {"row": "whole row", "reviewed": "name, title, address", "email": "e-mail"}
GROUPS = {
    "marked": "Marked or not",
    "language": "Language of the note",
    "layout": "Way of listing",
    "quality": "Quality of the page (mean confidence)",
    "way": "How the row came to be decided",
    "week": "Week of the decision",
    "version": "Version of the rules",
}
COLUMNS = ("row", "name", "title", "email")


@click.command()
@click.option("--meeting", help="Reference of the meeting, however typed; all without it.")
@options.database
@options.as_json
def quality(
    meeting: str | None,
    db: Path | None,
    config_path: Path | None,
    json_: bool,
) -> None:
    """How good the readings are here, by rows that people approved, corrected or added.

    A share stands with its interval of 95 %; of fewer than 30 rows only the interval counts.
    """
    from store.reports import quality as report

    _, path = options.load(config_path, db)
    with options.opened(path, must_exist=True) as store:
        found = report.quality(store, options.any_meeting(store, meeting))
    if json_:
        click.echo(json.dumps(_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo(_text(found))


def _data(found: Quality) -> dict[str, object]:
    return {
        "meeting": found.meeting,
        "decided": found.decided,
        "right": found.right,
        "wrong": found.wrong,
        "missed": found.missed,
        "nobody": found.nobody,
        "fields": _of(found.fields),
        "groups": {
            name: {line.value: _of(line.shares) for line in lines}
            for name, lines in found.groups.items()
        },
        "meetings": {line.value: _of(line.shares) for line in found.meetings},
        "calibration": {
            name: [{"chance": round(b.chance, 4), **_share(b.right)} for b in bins]
            for name, bins in found.bins.items()
        },
        "cost": dataclasses.asdict(found.cost),
        "silent_errors": _share(found.silent) | {"wrong": found.silent.count},
        "audits": [{**dataclasses.asdict(a), "waiting": a.waiting} for a in found.audits],
        "agreement": _of(found.agreement),
        "calibrated_by": found.version,
    }


def _of(shares: Mapping[str, Share]) -> dict[str, object]:
    return {name: _share(share) for name, share in shares.items()}


def _share(share: Share) -> dict[str, object]:
    ratio = share.share
    return {
        "count": share.count,
        "of": share.of,
        "share": None if ratio is None else round(ratio, 5),
        "low": round(share.low, 5),
        "high": round(share.high, 5),
    }


def _text(found: Quality) -> str:
    from noteverbale.terminal_tables import table
    from store.reports.quality import in_words, silent_in_words

    parts = [
        f"{found.decided} rows decided: {found.right} right as read, {found.wrong} not,"
        f" {found.missed} missed, {found.nobody} no person."
    ]
    if found.cost.looked_at:
        parts.append(_cost(found))
    parts.append("Silent errors. " + silent_in_words(found.audits, found.silent))
    if found.fields:
        rows = [
            {"right as read": NAMES.get(name, name), "share": in_words(share)}
            for name, share in found.fields.items()
        ]
        parts.append(table(rows, ("right as read", "share")))
    for name, lines in found.groups.items():
        if lines and (len(lines) > 1 or name == "marked"):
            parts.append(_group(GROUPS[name], lines))
    if len(found.meetings) > 1:
        parts.append(_group("Meeting", found.meetings))
    if found.bins["row"]:
        rows = [
            {"confidence": f"{b.chance:.2f}", "right": in_words(b.right)} for b in found.bins["row"]
        ]
        parts.append("Confidence of the row\n" + table(rows, ("confidence", "right")))
    if found.agreement:
        rows = [
            {"two people agree": NAMES.get(name, name), "share": in_words(share)}
            for name, share in found.agreement.items()
        ]
        parts.append(table(rows, ("two people agree", "share")))
    return "\n\n".join(parts)


def _group(heading: str, lines: Iterable[Line]) -> str:
    from noteverbale.terminal_tables import table
    from store.reports.quality import in_short

    rows = [
        {
            "": line.value or "unknown",
            **{c: in_short(line.shares[c]) for c in COLUMNS if c in line.shares},
        }
        for line in lines
    ]
    return f"{heading}, percent right (95 %)\n" + table(rows, ("", *COLUMNS))


def _cost(found: Quality) -> str:
    cost = found.cost
    said = f"Looked at {cost.looked_at} rows; {cost.corrections:.2f} corrections a row"
    if cost.seconds is None or cost.hours is None:
        return said + "."
    return (
        f"{said}; {cost.seconds:.0f} s a row by {cost.timed} of them, some {cost.hours:.1f} hours"
        " in all."
    )
