"""Lines over a scale of powers of ten, as SVG without a script: the pictures of ``scale.py``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDE, HIGH = 640, 340
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 54, 44
"""Units of a picture, and those kept free around its lines; names of lines stand to their right."""

COLOURS = ("#1b5e8c", "#b3541e", "#3d7a3d", "#6a4a8c")
STYLE = "font-family: sans-serif; font-size: 12px"

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines by name; ``below`` and ``beside`` tell what their points are, with the unit.

    ``powers`` if the scale below has powers of ten; ``limit`` is a line across, and its name.
    """

    title: str
    below: str
    beside: str
    lines: dict[str, Points]
    powers: bool = True
    limit: tuple[float, str] | None = None

    def svg(self) -> str:
        """The picture."""
        points = [point for line in self.lines.values() for point in line]
        xs = [x for x, _ in points]
        most = max([y for _, y in points] + [self.limit[0] if self.limit else 0.0])
        step = _step(most)
        top = step * math.ceil(most / step)
        low, high = self._at(min(xs)), self._at(max(xs))

        def across(x: float) -> float:
            share = (self._at(x) - low) / ((high - low) or 1.0)
            return round(LEFT + share * (WIDE - LEFT - RIGHT), 1)

        def up(y: float) -> float:
            return round(HIGH - BOTTOM - y / top * (HIGH - BOTTOM - TOP), 1)

        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img"'
            f' style="{STYLE}"><title>{escape(self.title)}</title>',
            f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
            _text(LEFT, 20, self.title, "start", "font-weight: bold"),
            _text((LEFT + WIDE - RIGHT) / 2, HIGH - 8, self.below, "middle"),
        ]
        for n in range(round(top / step) + 1):
            y = up(n * step)
            parts.append(_line(LEFT, y, WIDE - RIGHT, y, "#ddd"))
            parts.append(_text(LEFT - 6, y + 4, f"{n * step:g}", "end"))
        parts.append(_text(LEFT - 6, TOP - 8, self.beside, "start"))
        for x in sorted(set(xs)):
            parts.append(_text(across(x), HIGH - BOTTOM + 16, f"{x:,.0f}", "middle"))
        if self.limit is not None:
            y = up(self.limit[0])
            parts.append(_line(LEFT, y, WIDE - RIGHT, y, "#a00", "4 3"))
            parts.append(_text(WIDE - RIGHT + 6, y + 4, self.limit[1], "start"))
        for (name, line), colour in zip(self.lines.items(), COLOURS, strict=False):
            found = [(across(x), up(y)) for x, y in sorted(line)]
            path = " ".join(f"{x},{y}" for x, y in found)
            parts.append(
                f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            )
            parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in found]
            parts.append(
                _text(found[-1][0] + 8, found[-1][1] + 4, name, "start", f"fill: {colour}")
            )
        return "\n".join([*parts, "</svg>", ""])

    def _at(self, x: float) -> float:
        return math.log10(x) if self.powers else x


def _step(most: float) -> float:
    """A round number of which four to ten reach the top."""
    power = 10.0 ** math.floor(math.log10(most or 1.0))
    return next(
        power * part for part in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if most <= 6 * power * part
    )


def _text(x: float, y: float, text: str, anchor: str, style: str = "") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" style="{style}">{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str = "") -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"'
        f' stroke-dasharray="{dashes}"/>'
    )


def draw(figures: Path, folder: Path) -> None:
    """Writes the pictures of what ``scale.py`` measured; the latest figure of each size counts."""
    found = [json.loads(line) for line in figures.read_text(encoding="ascii").splitlines()]

    def points(part: str, value: str, by: str = "documents", **only: object) -> Points:
        rows = [row for row in found if row["part"] == part and value in row]
        rows = [row for row in rows if all(row[key] == told for key, told in only.items())]
        return sorted({row[by]: row[value] for row in rows}.items())

    charts = {
        "cost": Chart(
            "Processor time a document of kept pages",
            "documents in the database",
            "ms",
            {
                "in all": points("cost", "processor_ms"),
                "coordinator": points("cost", "coordinator_ms"),
            },
        ),
        "writing": Chart(
            "Documents a second that one coordinator writes",
            "documents in the database",
            "a second of processor",
            {"written": points("write", "a_second_of_processor")},
            limit=(500.0, "asked for"),
        ),
        "memory": Chart(
            "Memory of the coordinator",
            "documents that wait",
            "MB",
            {"at most": points("memory", "coordinator_mb")},
        ),
        "starting": Chart(
            "Processor time of commands",
            "documents in the database",
            "s",
            {
                "nothing new": points("cost", "nothing_new_s"),
                "status": points("cost", "status_s"),
            },
        ),
        "cores": Chart(
            "Documents a second, from kept pages",
            "workers",
            "a second",
            {
                where: points("cores", "a_second", "cores", where=where)
                for where in ("this machine", "Dask")
            },
            powers=False,
        ),
    }
    for name, chart in charts.items():
        if all(chart.lines.values()):
            (folder / f"scaling-{name}.svg").write_text(chart.svg(), encoding="utf-8")


def table(rows: Iterable[dict[str, object]]) -> str:
    """Figures as a table of Markdown."""
    found = list(rows)
    names = list(found[0])
    lines = [names, ["---:"] * len(names)]
    lines += [[_told(row[name]) for name in names] for row in found]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _told(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
