"""Whether names keep their letters: notes of States whose languages have more than English has.

    python benchmarks/letters.py --seed 7 [--notes 1] [--states VNM,TUR] [--cache DIR] [--json F]
    python benchmarks/letters.py --seed 7 --no-third-reader

The names are those of ``letters.toml``; what stands round them is drawn as in ``samples.make``.
Of each State ``--notes`` notes of four persons are made a degradation. A name is exact when the
record has it letter by letter; it is silent when it is wrong and nothing marks the row. With
``--cache DIR`` the scans are kept there, so that another run reads the same.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from benchmarks.scoring import score
from ingest.magic import media_type
from noteverbale.reading import read_document
from ocr.children import cpu_time
from ocr.settings import OcrSettings
from samples.lists import LAYOUTS
from samples.plan import Plan, stable_seed
from samples.produce import make_reply
from samples.wording import load

NAMES = Path(__file__).with_suffix(".toml")
DEVICES = {"clean": "pdf-g4", "scan": "pdf-jpeg", "fax": "tiff-g4", "poor": "jpeg"}
PERSONS = 4
_LAYOUTS = [name for name in LAYOUTS if name not in ("any", "unknown")]


@dataclass(frozen=True, slots=True)
class Result:
    """One note: names wanted, exact, silently wrong; the same of those beyond English letters."""

    state: str
    device: str
    names: int
    exact: int
    foreign: int
    foreign_exact: int
    silent: int
    marked: int
    titles: int
    titles_exact: int
    pages: int
    cpu_s: float
    wrong: tuple[tuple[str, str, bool], ...]


def plans(seed: int, notes: int, states: tuple[str, ...]) -> list[Plan]:
    """``notes`` of each State for each device."""
    found: list[Plan] = []
    for state, entry in _table().items():
        for device, container in DEVICES.items():
            for number in range(notes if state in states or not states else 0):
                own = stable_seed(seed, state, device, number)
                layout = _LAYOUTS[own % len(_LAYOUTS)]
                stem = f"{state}-{device}-{number}".lower()
                found.append(
                    Plan(
                        stem,
                        own,
                        entry["note"],
                        layout,
                        device,
                        container,
                        state=state,
                        count=PERSONS,
                    )
                )
    return found


def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(NAMES.read_text(encoding="utf-8"))


def _teach() -> None:
    """Puts the States and their names before those of the samples."""
    for state, entry in _table().items():
        load("names")[state] = entry
        load(entry["note"])["states"].insert(0, {"iso": state, "names": state, **entry})


def one(plan: Plan, folder: Path, settings: OcrSettings) -> Result:
    """Make a scan, unless it is there, and read it; runs in a worker."""
    scan, told = folder / plan.filename, folder / f"{plan.stem}.json"
    if not told.exists():
        _teach()
        made = make_reply(plan)
        scan = folder / made.filename
        scan.write_bytes(made.data)
        told.write_text(json.dumps({**made.truth, "file": scan.name}), encoding="utf-8")
    truth = json.loads(told.read_text(encoding="utf-8"))
    data = scan.read_bytes()
    before = cpu_time.processor_time()
    reading = read_document(scan, media_type(data, scan.name), settings)
    spent = cpu_time.processor_time() - before
    scored = score(truth, reading, None, spent)
    name = scored.fields["name"]
    bad = [e for e in scored.errors if e.what.endswith(("name", "missed"))]
    wrong = {e.expected: (e.got or "", e.silent) for e in bad if e.expected}
    people = reading.note.delegates if reading.note else ()
    foreign = [d["name"] for d in truth["delegates"] if not d["name"].isascii()]
    return Result(
        plan.state or "",
        plan.degradation,
        name.wanted,
        name.right,
        len(foreign),
        sum(n not in wrong for n in foreign),
        sum(silent for _, silent in wrong.values()),
        sum(any(d.field == "name" for d in p.doubts) for p in people),
        scored.fields["title"].wanted,
        scored.fields["title"].right,
        len(reading.pages),
        spent,
        tuple((want or "", got, silent) for want, (got, silent) in wrong.items()),
    )


def show(results: list[Result], list_errors: bool) -> None:
    """Print names by State and by what the scanner did."""
    rows = []
    for state in dict.fromkeys(r.state for r in results):
        own = [r for r in results if r.state == state]
        cells = [_share([r for r in own if r.device == d]) for d in DEVICES]
        rows.append((state, *cells, _share(own), sum(r.silent for r in own)))
    cells = [_share([r for r in results if r.device == d]) for d in DEVICES]
    rows.append(("all", *cells, _share(results), sum(r.silent for r in results)))
    print(tabulate(rows, ("names beyond English", *DEVICES, "all", "silent")))
    sums = Counter[str]()
    for r in results:
        sums.update({k: v for k, v in asdict(r).items() if isinstance(v, int)})
    print(
        f"\nnames exact {sums['exact']} of {sums['names']}, titles {sums['titles_exact']} of "
        f"{sums['titles']}, names marked {sums['marked']}, "
        f"silently wrong {sums['silent']}, "
        f"CPU s a page {sum(r.cpu_s for r in results) / max(1, sums['pages']):.2f}"
    )
    for r in results if list_errors else ():
        for want, got, silent in r.wrong:
            print(f"  {'SILENT' if silent else '      '} {r.state} {r.device} {want} -> {got}")


def _share(results: list[Result]) -> str:
    wanted = sum(r.foreign for r in results)
    return f"{sum(r.foreign_exact for r in results)}/{wanted}" if wanted else ""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--notes", type=int, default=1, help="notes a State and degradation")
    parser.add_argument("--states", default="", help="comma-separated; all without it")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="folder in which the scans are kept")
    parser.add_argument("--no-third-reader", action="store_true")
    parser.add_argument("--list-errors", action="store_true")
    parser.add_argument("--json", type=Path, help="write the results there")
    options = parser.parse_args()
    states = tuple(filter(None, options.states.split(",")))
    settings = OcrSettings(third_reader=not options.no_third_reader)
    with TemporaryDirectory() as temporary:
        folder = options.cache or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        work = partial(one, folder=folder, settings=settings)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(options.jobs, mp_context=context) as pool:
            results = list(pool.map(work, plans(options.seed, options.notes, states)))
    show(results, options.list_errors)
    if options.json:
        options.json.write_text(json.dumps([asdict(r) for r in results], ensure_ascii=False))


if __name__ == "__main__":
    main()
