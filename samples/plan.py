"""What is to be made: one plan for every file, fixed or drawn at random."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from random import Random
from typing import Any

from samples.occasions import FIRST, Occasion

MEETING = FIRST.reference
CONTAINERS = {"pdf-jpeg": "pdf", "pdf-g4": "pdf", "tiff-g4": "tif", "jpeg": "jpg", "png": "png"}
QUALITY = {
    "clean": "clean",
    "scan": "ordinary",
    "stamp": "ordinary",
    "fax": "hard",
    "poor": "hard",
    "photo": "hard",
    "upside_down": "hard",
    "sideways": "hard",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One reply to make.

    ``meeting`` is False for a reply to another invitation than that to ``occasion``. ``revision``
    is ``replaces``, ``adds`` or ``substitutes``; ``earlier`` the stem of the note it changes.
    ``reason`` is the contract's code when the file must be rejected.
    """

    stem: str
    seed: int
    language: str
    layout: str
    degradation: str
    container: str
    kind: str = "nomination"
    state: str | None = None
    sender: str | None = None
    count: int = 2
    flags: tuple[str, ...] = ()
    meeting: bool = True
    revision: str | None = None
    earlier: str | None = None
    reason: str | None = None
    day: int | None = None
    purpose: str = ""
    occasion: Occasion = FIRST

    @property
    def filename(self) -> str:
        """Name of the file in ``replies/``."""
        return f"{self.stem}.{CONTAINERS[self.container]}"


def stable_seed(*parts: object) -> int:
    """A number that depends on ``parts`` alone, the same in every run and on every machine."""
    return zlib.crc32("/".join(map(str, parts)).encode())


def from_catalogue(entries: list[dict[str, Any]], seed: int) -> list[Plan]:
    """The fixed list of ``data/catalogue.toml``."""
    plans = []
    for number, raw in enumerate(entries, 1):
        entry = dict(raw)
        slug = entry.pop("slug")
        entry["flags"] = tuple(entry.get("flags", ()))
        own = entry.pop("seed", 0)
        plans.append(Plan(stem=f"{number:03}-{slug}", seed=stable_seed(seed, slug, own), **entry))
    return plans


_LAYOUTS = {
    "numbered_list": 24,
    "ruled_table": 20,
    "prose": 14,
    "labelled_blocks": 12,
    "bulleted_roles": 8,
    "unruled_columns": 7,
    "stack": 6,
    "annex": 5,
    "role_headings": 6,
}
_KINDS = {
    "nomination": 80,
    "decline": 4,
    "acknowledgement": 4,
    "extension_request": 3,
    "replaces": 3,
    "adds": 3,
    "substitutes": 3,
}
_DEGRADATIONS = {
    "clean": 26,
    "scan": 36,
    "stamp": 14,
    "fax": 8,
    "poor": 8,
    "photo": 5,
    "upside_down": 2,
    "sideways": 1,
}
_LANGUAGES = {"en": 40, "fr": 20, "es": 18, "ru": 8, "ar": 8, "zh": 6}
_CONTAINERS = {
    "clean": ["pdf-jpeg", "pdf-g4", "png", "tiff-g4"],
    "scan": ["pdf-jpeg", "pdf-jpeg", "jpeg"],
    "stamp": ["pdf-jpeg", "pdf-jpeg", "jpeg"],
    "fax": ["pdf-g4", "tiff-g4"],
    "poor": ["pdf-jpeg", "jpeg"],
    "photo": ["jpeg", "pdf-jpeg"],
    "upside_down": ["pdf-jpeg"],
    "sideways": ["pdf-jpeg"],
}


def _draw(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _flags(rng: Random) -> tuple[str, ...]:
    flags = []
    if rng.random() < 0.25:
        flags.append("contact" if rng.random() < 0.75 else "contact_is_delegate")
    if rng.random() < 0.12:
        flags.append("bare")
    if rng.random() < 0.25:
        flags.append("phones")
    if rng.random() < 0.05:
        flags.append("no_mail")
    if rng.random() < 0.25:
        flags.append("signatory")
    return tuple(flags)


def at_random(
    seed: int,
    count: int,
    languages: tuple[str, ...],
    degradations: tuple[str, ...] = tuple(_DEGRADATIONS),
) -> list[Plan]:
    """``count`` plans drawn over language, layout, quality, kind and furniture."""
    plans = []
    weights = {k: v for k, v in _LANGUAGES.items() if k in languages}
    devices = {k: v for k, v in _DEGRADATIONS.items() if k in degradations}
    for number in range(1, count + 1):
        rng = Random(stable_seed(seed, "plan", number))
        language, layout, kind = _draw(rng, weights), _draw(rng, _LAYOUTS), _draw(rng, _KINDS)
        degradation = _draw(rng, devices)
        revision = kind if kind in ("replaces", "adds", "substitutes") else None
        flags = _flags(rng)
        if revision:
            kind = "revision"
            layout = (
                "prose"
                if revision == "substitutes"
                else "numbered_list"
                if layout in ("prose", "annex")
                else layout
            )
        elif kind != "nomination":
            layout = "prose"
            flags = tuple(f for f in flags if f != "contact_is_delegate")
        elif rng.random() < 0.03 and layout not in ("prose", "annex"):
            flags = (*flags, "letter", "signatory")
        container = rng.choice(_CONTAINERS[degradation])
        if layout == "annex" and container in ("jpeg", "png"):
            container = "pdf-jpeg"
        people = rng.choices([1, 2, 3, 4, 5, 6, 8], [18, 28, 22, 14, 9, 6, 3])[0]
        if layout == "prose":
            people = min(people, 4)
        if layout in ("role_headings", "bulleted_roles"):
            people = max(people, 2)
        what = revision or (layout if kind == "nomination" else kind)
        plans.append(
            Plan(
                stem=f"{number:03}-{language}-{what}-{degradation}".replace("_", "-"),
                seed=stable_seed(seed, "note", number),
                language=language,
                layout=layout,
                degradation=degradation,
                container=container,
                kind=kind,
                count=people,
                flags=flags,
                revision=revision,
                meeting=rng.random() > 0.05,
                purpose="drawn at random",
            )
        )
    return plans
