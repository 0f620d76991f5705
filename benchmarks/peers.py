"""What reading costs, and how right it is, beside OCRmyPDF on the same pages in the same run.

    python benchmarks/peers.py [DIR] [--jobs N] [--engine NAME] [--ocrmypdf PATH] [--json]

DIR is a folder as ``speed.py`` takes it; only English, French and Spanish scans are read.
OCRmyPDF is run in two ways, both with ``--rotate-pages --deskew -l eng+fra+spa --force-ocr``:

- file by file, as scans come, writing the PDF/A that it writes unless told otherwise;
- at its cheapest: all pages in one PDF, so that its start is paid once, and no PDF to write but
  the text alone (``--output-type none``).

``OMP_THREAD_LIMIT=1`` is set for it, too. Left alone it takes two threads for a file of one page,
which waste processor time on each other: that would flatter us by a factor of three.

Images are wrapped as PDF beforehand, with the resolution of an A4 page where they tell none.
Ours is ``noteverbale process`` on the files as they are: opening, reading in the right language,
second reader, extraction and database. All are measured as processor seconds of all processes.

The text of a page is compared with the true text in two ways: character error rate (reading
order counts) and words as a multiset (it does not), see ``compare``.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import img2pdf
import pikepdf
from PIL import Image
from rapidfuzz.distance import Levenshtein
from tabulate import tabulate

from benchmarks.scoring import folded
from benchmarks.speed import ROOT, Cost, measured, pipeline, readable

LANGUAGES = ("en", "fr", "es")
A4_INCHES = 8.27

Key = tuple[str, int]
"""A page: file name and number from 1."""

Texts = dict[Key, str]
RATES = ("cer", "recall", "precision")


@dataclass(frozen=True, slots=True)
class Match:
    """A page's text beside the truth: characters wrong and there; words right, found and there."""

    group: str
    distance: int
    characters: int
    right: int
    found: int
    wanted: int


def words(text: str) -> Counter[str]:
    """The words of a text, signs at their ends stripped; what has no letter or digit is none."""
    bare = (_bare(token) for token in (folded(text) or "").split())
    return Counter(word for word in bare if word)


def _bare(token: str) -> str:
    inside = [place for place, sign in enumerate(token) if sign.isalnum()]
    return token[inside[0] : inside[-1] + 1] if inside else ""


def compare(truth: str, text: str, group: str) -> Match:
    """One page; white space is folded and Unicode composed (NFC), nothing else is forgiven."""
    expected, got = folded(truth) or "", folded(text) or ""
    there, seen = words(truth), words(text)
    return Match(
        group,
        Levenshtein.distance(expected, got),
        len(expected),
        (there & seen).total(),
        seen.total(),
        there.total(),
    )


def true_pages(folder: Path) -> tuple[list[Path], dict[Key, tuple[str, str]]]:
    """The files to read, and each page's true text with the kind of scan it is."""
    wanted = set(readable(folder))
    files: list[Path] = []
    pages: dict[Key, tuple[str, str]] = {}
    for place in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(place.read_text(encoding="utf-8"))
        file = folder / truth["file"]
        if file not in wanted or truth["language"] not in LANGUAGES:
            continue
        files.append(file)
        kind = truth.get("degradation") or truth["quality"]
        for page in truth["pages"]:
            pages[file.name, page["number"]] = (page["text"], kind)
    if not pages:
        raise SystemExit(f"{folder}: no scans in {', '.join(LANGUAGES)} with their true text")
    return files, pages


def in_one_pdf(files: Iterable[Path], target: Path) -> list[Key]:
    """All pages as one PDF; returns which they are, in order."""
    order: list[Key] = []
    with pikepdf.new() as whole:
        for file in files:
            data = io.BytesIO(file.read_bytes() if file.suffix == ".pdf" else _wrapped(file))
            with pikepdf.open(data) as pdf:
                whole.pages.extend(pdf.pages)
                order += [(file.name, number) for number in range(1, len(pdf.pages) + 1)]
        whole.save(target)
    return order


def _wrapped(file: Path) -> bytes:
    """An image as a PDF page of the right size."""
    with Image.open(file) as image:
        told, across = image.info.get("dpi", (0, 0))[0], min(image.size)
    # A resolution that makes the page larger than A3 or smaller than a postcard is none.
    if told and 4 < across / float(told) < 12:
        return bytes(img2pdf.convert(file, rotation=img2pdf.Rotation.ifvalid))
    layout = img2pdf.get_fixed_dpi_layout_fun((across / A4_INCHES, across / A4_INCHES))
    return bytes(img2pdf.convert(file, layout_fun=layout, rotation=img2pdf.Rotation.ifvalid))


def one_by_one(program: Path, files: list[Path], target: Path, jobs: int) -> None:
    """OCRmyPDF on each PDF, as a user would start it."""
    for file in files:
        out = target / f"out-{file.name}"
        _ocrmypdf(program, [str(file), str(out)], out.with_suffix(".txt"), jobs)


def cheapest(program: Path, pdf: Path, target: Path, jobs: int) -> None:
    """OCRmyPDF on one PDF for its text alone."""
    arguments = ["--output-type", "none", str(pdf), "-"]
    _ocrmypdf(program, arguments, target / f"out-{pdf.stem}.txt", jobs)


def _ocrmypdf(program: Path, arguments: list[str], sidecar: Path, jobs: int) -> None:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    asked = ["--rotate-pages", "--deskew", "-l", "eng+fra+spa", "--force-ocr"]
    asked += ["--jobs", str(jobs), "--sidecar", str(sidecar)]
    command = [str(program), *asked, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise SystemExit(f"{program} ended with {done.returncode}: {said[-1] if said else ''}")


def sidecar_texts(sidecar: Path, order: list[Key]) -> Texts:
    """The pages of OCRmyPDF's text; form feeds are between them."""
    parts = sidecar.read_text(encoding="utf-8").split("\f")
    if len(parts) < len(order):
        raise SystemExit(f"OCRmyPDF gave {len(parts)} pages of {len(order)}")
    return dict(zip(order, parts, strict=False))


def database_texts(database: Path) -> Texts:
    """The pages that ``noteverbale process`` has read."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT filename, page_number, text FROM pages_list")
        return {(name, number): text or "" for name, number, text in rows}


def figures(matches: list[Match], cost: Cost | None = None) -> dict[str, float]:
    """Rates over all pages, and the cost."""
    total = {
        name: sum(getattr(m, name) for m in matches)
        for name in ("distance", "characters", "right", "found", "wanted")
    }
    rates = {
        "cer": total["distance"] / max(1, total["characters"]),
        "recall": total["right"] / max(1, total["wanted"]),
        "precision": total["right"] / max(1, total["found"]),
    }
    return {**({} if cost is None else asdict(cost)), **rates}


def found_program(given: Path | None) -> Path:
    """OCRmyPDF: as given, on PATH, or beside the interpreter."""
    beside = Path(sys.executable).with_name("ocrmypdf")
    on_path = shutil.which("ocrmypdf")
    place = given or (Path(on_path) if on_path else beside)
    if not place.exists():
        raise SystemExit(
            "OCRmyPDF is not installed: pip install '.[bench]', or name it (--ocrmypdf)"
        )
    return place


OURS, PLAIN, CHEAPEST = "noteverbale", "OCRmyPDF, file by file", "OCRmyPDF, at its cheapest"


def read_all(options: argparse.Namespace, files: list[Path]) -> dict[str, tuple[Cost, Texts]]:
    """Every reader on the same files, one after the other: cost and texts."""
    program, jobs = found_program(options.ocrmypdf), options.jobs
    with tempfile.TemporaryDirectory() as name:
        target = Path(name)
        database, whole = target / "n" / "n.db", target / "whole.pdf"
        pdfs = {target / f"{n:03d}.pdf": file for n, file in enumerate(files)}
        order = in_one_pdf(files, whole)
        orders = {pdf: in_one_pdf([file], pdf) for pdf, file in pdfs.items()}
        cost = {
            OURS: measured(lambda: pipeline(files, database, jobs, options.engine)),
            PLAIN: measured(lambda: one_by_one(program, list(pdfs), target, jobs)),
            CHEAPEST: measured(lambda: cheapest(program, whole, target, jobs)),
        }
        plain: Texts = {}
        for pdf, pages in orders.items():
            plain |= sidecar_texts(target / f"out-{pdf.stem}.txt", pages)
        texts = {
            OURS: database_texts(database),
            PLAIN: plain,
            CHEAPEST: sidecar_texts(target / "out-whole.txt", order),
        }
    return {reader: (cost[reader], texts[reader]) for reader in cost}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Cost and rates of all readers."""
    files, truth = true_pages(options.folder)
    readers = read_all(options, files)
    matches = {
        reader: [compare(text, texts.get(key, ""), kind) for key, (text, kind) in truth.items()]
        for reader, (_cost, texts) in readers.items()
    }
    ours = readers[OURS][0].cpu_s
    return {
        "documents": len(files),
        "pages": len(truth),
        "jobs": options.jobs,
        "engine": options.engine,
        "readers": {
            reader: {**figures(found, readers[reader][0]), "cpu": readers[reader][0].cpu_s / ours}
            for reader, found in matches.items()
        },
        "by_kind": {
            kind: {
                reader: figures([m for m in found if m.group == kind])
                for reader, found in matches.items()
            }
            for kind in sorted({kind for _text, kind in truth.values()})
        },
    }


def show(result: dict[str, Any]) -> None:
    """Print the figures as tables."""
    facts = "{documents} documents, {pages} pages, {jobs} jobs, {engine}".format_map(result)
    readers, kinds = result["readers"], result["by_kind"]
    head = ("", "CPU s", "x ours", "wall s", "CER %", "words recall %", "precision %")
    rows = [
        (reader, f["cpu_s"], f["cpu"], f["wall_s"], *(100 * f[name] for name in RATES))
        for reader, f in readers.items()
    ]
    print(facts, tabulate(rows, head, floatfmt=".2f"), sep="\n")
    by = [
        (kind, *(100 * of[reader][name] for reader in (OURS, CHEAPEST) for name in RATES))
        for kind, of in kinds.items()
    ]
    columns = [f"{who} {name}" for who in ("ours", "OCRmyPDF") for name in RATES]
    print("", tabulate(by, ("%", *columns), floatfmt=".2f"), sep="\n")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "samples")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", choices=("auto", "tesseract", "tesserocr"), default="auto")
    parser.add_argument("--ocrmypdf", type=Path, help="the program; else from PATH")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    options = parser.parse_args()
    result = run(options)
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        show(result)


if __name__ == "__main__":
    main()
