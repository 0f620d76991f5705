"""What the whole pipeline costs, relative to plain tesseract on the same pages in the same run.

    python benchmarks/speed.py [DIR] [--jobs N] [--engine auto|tesseract|tesserocr] [--json]

The baseline is ``tesseract PAGE out -l eng --psm 3`` on each page as a 300 dpi grey image, one
thread. Ours is compiled before, as pip installs it. Both are measured as processor seconds of all
processes (user and system) and as wall time; making the baseline's images is not counted. Peak
memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "ocr", "extract", "store", "review", "noteverbale")
REJECTED = ("not_a_scan", "encrypted")


@dataclass(frozen=True)
class Cost:
    """Processor and wall seconds, and the largest process in MiB."""

    cpu_s: float
    wall_s: float
    peak_mb: float


def measured(work: Callable[[], None]) -> Cost:
    """The cost of the child processes that ``work`` starts and waits for."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    work()
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(round(cpu, 2), round(wall, 2), round(after.ru_maxrss / 1024, 1))


def readable(folder: Path) -> list[Path]:
    """The replies that are read at all, by their truth."""
    found: list[Path] = []
    for truth in sorted((folder / "truth").glob("*.json")):
        record = json.loads(truth.read_text(encoding="utf-8"))
        if "pages" in record and record.get("reason") not in REJECTED:
            found.append(folder / record["file"])
    return found


def rasters(files: list[Path], target: Path) -> list[Path]:
    """Each page as a 300 dpi grey image."""
    from PIL import Image, ImageSequence

    made: list[Path] = []
    for file in files:
        if file.suffix == ".pdf":
            stem = target / file.stem
            subprocess.run(["pdftoppm", "-r", "300", "-gray", str(file), str(stem)], check=True)
            made.extend(sorted(target.glob(f"{file.stem}-*.pgm")))
            continue
        with Image.open(file) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                dpi = float(frame.info.get("dpi", (200, 200))[0]) or 200.0
                scale = 300 / dpi
                size = (round(frame.width * scale), round(frame.height * scale))
                place = target / f"{file.stem}-{number}.pgm"
                frame.convert("L").resize(size).save(place)
                made.append(place)
    return made


def raw_tesseract(pages: list[Path], target: Path) -> None:
    """The baseline: one page after the other, one thread."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    for page in pages:
        subprocess.run(
            ["tesseract", str(page), str(target / "out"), "-l", "eng", "--psm", "3"],
            check=True,
            env=environment,
            stderr=subprocess.DEVNULL,
        )


def pipeline(files: list[Path], database: Path, jobs: int, engine: str) -> None:
    """``noteverbale process`` on the same files, in a process of its own."""
    program = "from noteverbale.cli import main; main()"
    names = [str(f) for f in files]
    configuration = database.with_name("speed.toml")
    configuration.parent.mkdir(exist_ok=True)
    configuration.write_text(f'[ocr]\nengine = "{engine}"\n', encoding="utf-8")
    arguments = ["process", *names, "--db", str(database), "--jobs", str(jobs)]
    arguments += ["--config", str(configuration)]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"the pipeline ended with {done.returncode}")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "samples")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", choices=("auto", "tesseract", "tesserocr"), default="auto")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    files = readable(options.folder)
    subprocess.run([sys.executable, "-m", "compileall", "-q", *PACKAGES], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as name:
        target = Path(name)
        pages = rasters(files, target)
        raw = measured(lambda: raw_tesseract(pages, target))
        database = target / "a" / "n.db"
        first = measured(lambda: pipeline(files, database, options.jobs, options.engine))
        again = measured(lambda: pipeline(files, database, options.jobs, options.engine))
    result = {
        "documents": len(files),
        "pages": len(pages),
        "jobs": options.jobs,
        "engine": options.engine,
        "raw": asdict(raw),
        "pipeline": asdict(first),
        "again": asdict(again),
        "cpu_ratio": round(first.cpu_s / raw.cpu_s, 2),
        "wall_ratio": round(first.wall_s / raw.wall_s, 2),
    }
    if options.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{len(files)} documents, {len(pages)} pages, {options.jobs} jobs, {options.engine}")
    for label, cost in (("raw tesseract", raw), ("pipeline", first), ("again", again)):
        print(
            f"{label:14s} {cost.cpu_s:8.1f} s CPU {cost.wall_s:8.1f} s wall {cost.peak_mb:7.0f} MB"
        )
    print(f"CPU {result['cpu_ratio']} x raw, wall {result['wall_ratio']} x raw")


if __name__ == "__main__":
    main()
