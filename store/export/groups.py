"""Who stands where in a list of participants: its groups, and the order within them.

As in the lists of the Conference of the States Parties: States Parties, signatories, States that
are neither, the European Union, entities and organizations. ``store/data/states.csv`` tells who is
a Party since when and who has signed, ``store/data/entities.csv`` which organizations are known.
Either is mended by adding a line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from store import sanitize
from store.db.database import Store
from store.rules.names import folded

GROUPS = {
    "party": "States Parties",
    "signatory": "Signatories",
    "observer": "Observers: States not party to the Convention",
    "union": "Regional economic integration organizations",
    "entity": "Entities and organizations",
    "unknown": "State or organization not known",
}
"""By code, in the order in which they are printed."""

OF_STATES = frozenset({"party", "signatory", "observer"})
UNKNOWN = "Not known"
_UNION = "EUN"
_RANK = {"head": 0, "alternate": 1}
_ARTICLE = re.compile(r"^the ")


@dataclass(frozen=True, slots=True)
class Standing:
    """A State on the day of a meeting: its group, and why that is not certain."""

    group: str
    doubt: str | None


def standings(store: Store, meeting: str) -> dict[str, Standing]:
    """Every State's group by its code; a meeting without a date takes today's Parties."""
    rows = store.rows(
        "SELECT s.iso3, s.party_note, s.party = 1 AND (s.party_since IS NULL OR s.party_since <="
        " coalesce(m.starts, m.deadline, m.issued, '9999-12-31')) AS party"
        " FROM states AS s JOIN meetings AS m ON m.reference = ?",
        [sanitize.text(meeting)],
    )
    return {
        row["iso3"]: Standing(_group(row["iso3"], bool(row["party"])), row["party_note"])
        for row in rows
    }


def _group(code: str, party: bool) -> str:
    if code == _UNION:
        return "union"
    if party:
        return "party"
    return "signatory" if code in _signatories() else "observer"


def mark_entities(participants: list[dict[str, object]]) -> None:
    """Puts into their group those of a note without a State that names one known entity alone.

    Somebody of a State's INTERPOL office is no delegate of INTERPOL: who stands beside somebody
    of another organization stays in the group of what is not known.
    """
    sent: dict[object, set[str | None]] = {
        row["document_id"]: set()
        for row in participants
        if row["group"] == "unknown" and row["state"] is None
    }
    asked = [row for row in participants if row["document_id"] in sent]
    for row in asked:
        sent[row["document_id"]].add(_entity(row))
    for row in asked:
        if row["group"] == "unknown" and row["state"] is None and _entity(row):
            row["group"] = "entity" if len(sent[row["document_id"]]) == 1 else "unknown"


def delegation(row: Mapping[str, object]) -> str:
    """What stands above a participant: the State, or the organization that sent it."""
    if row["state_name"] or row["state"]:
        return str(row["state_name"] or row["state"])
    return (_entity(row) if row["group"] == "entity" else None) or UNKNOWN


def _entity(row: Mapping[str, object]) -> str | None:
    return _entities().get(folded(str(row["organization"] or "")))


def place(row: Mapping[str, object]) -> tuple[int, bool, str, str, int]:
    """Sorts: group, then the English name without accents and article, then head and alternate.

    Côte d'Ivoire stands before Croatia, Türkiye before Turkmenistan.
    """
    name = delegation(row)
    codes = list(GROUPS)
    group = codes.index(str(row["group"])) if row["group"] in GROUPS else len(codes)
    rank = _RANK.get(str(row["role"]), len(_RANK))
    return group, name == UNKNOWN, _key(name), str(row["state"] or ""), rank


@lru_cache(maxsize=512)
def _key(name: str) -> str:
    """Of a State or organization."""
    return _ARTICLE.sub("", folded(name))


@cache
def _signatories() -> frozenset[str]:
    return frozenset(row["iso3"] for row in _table("states.csv") if row["signed"] == "1")


@cache
def _entities() -> dict[str, str]:
    found = {}
    for row in _table("entities.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                found[folded(name)] = row["name"]
    return found


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("store").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
