"""Words found on pages against the words that are there: recall and precision.

    python benchmarks/pages.py DIR [--rapid] [--no-second-reader] [--json] [--list-words] [--only X]

DIR holds pages as PAGE.png, .jpg, .tif or .pdf, each with its true text as PAGE.txt; order and
line breaks of the text do not matter. Words are compared as a multiset, upper and lower case
as printed, signs at their ends stripped; what has no letter or digit in it is no word. In the
same run plain tesseract (``-l eng --psm 3``) reads the same pages and, with ``--rapid``,
RapidOCR reads each page whole. A page's kind is its name up to the last hyphen. Pages on which
we find fewer words than plain tesseract are named. ``real.py`` does the same for real pages.
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
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from tabulate import tabulate

from noteverbale.reading import NO_HINTS, hints_from, inspect_document, read_one_page
from ocr.document import ScanInfo
from ocr.settings import OcrSettings
from ocr.types import Page

OURS, PLAIN = "noteverbale", "tesseract"
BEHIND = 0.02
"""Share of a page's words by which a reader is behind another: an edge of a scan has as many."""

SUFFIXES = (".png", ".jpg", ".tif", ".pdf")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Result:
    """One reader on one page; seconds are processor time, children included."""

    page: str
    kind: str
    reader: str
    right: int
    found: int
    wanted: int
    seconds: float
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    outcome: str = ""


def words(text: str) -> Counter[str]:
    """The words of a text and how often each stands there."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    bare = (_bare(token) for token in folded.split())
    return Counter(word for word in bare if word)


def _bare(token: str) -> str:
    start, stop = 0, len(token)
    while start < stop and not token[start].isalnum():
        start += 1
    while stop > start and not token[stop - 1].isalnum():
        stop -= 1
    return token[start:stop]


def _cpu() -> float:
    use = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in use)


def _measure(path: Path, reader: str, read: Callable[[Path], tuple[str, str]]) -> Result:
    start = _cpu()
    text, outcome = read(path)
    seconds = _cpu() - start
    expected = words(path.with_suffix(".txt").read_text(encoding="utf-8"))
    got = words(text)
    return Result(
        path.stem,
        path.stem.rpartition("-")[0] or path.stem,
        reader,
        (expected & got).total(),
        got.total(),
        expected.total(),
        seconds,
        tuple((expected - got).elements()),
        tuple((got - expected).elements()),
        outcome,
    )


def ours(settings: OcrSettings) -> Callable[[Path], tuple[str, str]]:
    """What ``noteverbale read`` prints."""

    def read(path: Path) -> tuple[str, str]:
        kinds = {".png": "image/png", ".jpg": "image/jpeg", ".tif": "image/tiff"}
        kind = kinds.get(path.suffix, "application/pdf")
        info = inspect_document(path, kind, settings, accept=True)
        if not isinstance(info, ScanInfo):
            return "", f"{info.outcome} {info.reason}"
        pages: list[Page] = []
        for number in range(1, info.pages + 1):
            hints = hints_from(pages[0]) if pages else NO_HINTS
            pages.append(read_one_page(path, number, settings, hints))
        told = " ".join(f"{p.outcome} {p.reason or ''}".strip() for p in pages)
        return "\n".join(page.text for page in pages), told

    return read


def _pictures(path: Path, folder: str) -> list[str]:
    if path.suffix != ".pdf":
        return [str(path)]
    subprocess.run(["pdftoppm", "-r", "300", "-gray", str(path), f"{folder}/p"], check=True)
    return sorted(str(p) for p in Path(folder).glob("p-*"))


def tesseract(path: Path) -> tuple[str, str]:
    """Plain tesseract on the picture as it is; a PDF rendered at 300 dpi first."""
    with tempfile.TemporaryDirectory() as folder:
        told = [
            subprocess.run(
                ["tesseract", picture, "-", "-l", "eng", "--psm", "3"],
                capture_output=True,
                check=True,
            ).stdout.decode(errors="replace")
            for picture in _pictures(path, folder)
        ]
    return "\n".join(told), ""


def rapid() -> Callable[[Path], tuple[str, str]]:
    """RapidOCR with all its defaults on the whole page."""
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def read(path: Path) -> tuple[str, str]:
        with tempfile.TemporaryDirectory() as folder:
            found = [engine(picture).txts or () for picture in _pictures(path, folder)]
        return "\n".join(line for lines in found for line in lines), ""

    return read


def table(results: Iterable[Result], *, by_page: bool = False) -> str:
    """Recall and precision by kind (or page) and reader, and of all."""
    results = list(results)
    readers = list(dict.fromkeys(r.reader for r in results))
    kinds = [*sorted({r.page if by_page else r.kind for r in results}), "all"]
    rows = []
    for kind in kinds:
        row: list[object] = [kind]
        for reader in readers:
            chosen = [r for r in results if r.reader == reader and kind in {r.kind, r.page, "all"}]
            right, found, wanted = (
                sum(getattr(r, name) for r in chosen) for name in ("right", "found", "wanted")
            )
            row += [right / max(1, wanted), right / max(1, found), sum(r.seconds for r in chosen)]
        rows.append(row)
    for name in ("mean of pages",):
        row = [name]
        for reader in readers:
            chosen = [r for r in results if r.reader == reader]
            row.append(sum(r.right / max(1, r.wanted) for r in chosen) / len(chosen))
            row.append(sum(r.right / max(1, r.found) for r in chosen) / len(chosen))
            row.append(sum(r.seconds for r in chosen) / len(chosen))
        rows.append(row)
    head = ["", *(f"{r} {f}" for r in readers for f in ("recall", "precision", "CPU s"))]
    return tabulate(rows, head, floatfmt=".3f")


def behind(results: Iterable[Result]) -> list[str]:
    """Pages on which we find clearly fewer words than plain tesseract, with both recalls."""
    recall = {(r.page, r.reader): r.right / max(1, r.wanted) for r in results}
    return [
        f"{page} {ours_:.3f}/{plain:.3f}"
        for (page, reader), ours_ in recall.items()
        if reader == OURS and (plain := recall.get((page, PLAIN), 0.0)) - ours_ > BEHIND
    ]


def options_of(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """What the command line says, the options of the comparison included."""
    parser.add_argument("--rapid", action="store_true", help="RapidOCR on the whole page, too")
    parser.add_argument("--no-second-reader", action="store_true", help="tesseract alone for us")
    parser.add_argument("--ours-only", action="store_true", help="no other reader")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--list-words", action="store_true", help="missed and invented words")
    parser.add_argument("--list", action="store_true", help="every page")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def compare(folder: Path, options: argparse.Namespace) -> None:
    """Read the pages of a folder with every reader asked for, and print."""
    pages = sorted(
        p
        for p in folder.iterdir()
        if p.suffix in SUFFIXES and p.with_suffix(".txt").exists() and options.only in p.name
    )
    if not pages:
        raise SystemExit(f"{folder}: no pages with a true text")
    settings = OcrSettings(second_reader=not options.no_second_reader)
    readers: dict[str, Callable[[Path], tuple[str, str]]] = {OURS: ours(settings)}
    if not options.ours_only:
        readers[PLAIN] = tesseract
    if options.rapid:
        readers["rapidocr"] = rapid()
    started = time.strftime("%H:%M")
    results = [_measure(p, name, read) for p in pages for name, read in readers.items()]
    if options.json:
        print(json.dumps([asdict(r) for r in results], ensure_ascii=False, indent=1))
        return
    for result in results if options.list_words else ():
        print(f"{result.page} {result.reader} {result.outcome}")
        print("  missed  ", *result.missed)
        print("  invented", *result.invented)
    print(f"{len(pages)} pages, started {started}")
    print(table(results, by_page=options.list))
    print("outcomes:", *(f"{r.page}={r.outcome}" for r in results if r.outcome not in {"", "read"}))
    if PLAIN in readers:
        print(f"more than {BEHIND} behind tesseract:", *(behind(results) or ["none"]), sep="\n  ")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    options = options_of(parser)
    compare(options.folder, options)


if __name__ == "__main__":
    main()
