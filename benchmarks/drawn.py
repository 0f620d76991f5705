"""Scans of notes by another hand, drawn from their words: a folder ``accuracy.py`` reads.

    python benchmarks/drawn.py NOTES.jsonl.gz DIR [--seed 1] [--only LANGUAGE]

Notes as ``foreign.py`` reads them say where each word stands, so a page can be set again and put
through the scanner of ``samples/scanner.py``. What it costs to read such a page in place of being
told its letters is the difference between the figures of the two programs. Rules of tables, stamps
and signatures are not in the file and are not drawn. Arabic notes give lines and no words; those
whose list is a table give the cells of a row as one line and are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from html import escape
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from weasyprint import HTML

from benchmarks.foreign import Foreign, advance_of, load, truth_of
from samples.packing import pack
from samples.pages import raster
from samples.scanner import DPI, JPEG_QUALITY, degrade

QUALITIES = {
    "clean": ("clean", 6),
    "scan": ("ordinary", 7),
    "poor": ("ordinary", 3),
    "fax": ("hard", 2),
    "photo": ("hard", 2),
}
"""What the scanner does to a page: the quality it counts as, and how often of twenty."""
FAMILIES = {
    "ar": (
        "DejaVu Sans",
        "Amiri",
        "Noto Naskh Arabic, DejaVu Sans",
        "Noto Sans Arabic, DejaVu Sans",
    ),
    "zh": ("Noto Serif CJK SC", "Noto Sans CJK SC"),
}
OTHER_FAMILIES = ("DejaVu Serif", "DejaVu Sans", "Liberation Serif", "Liberation Sans")
ADVANCES = {"Amiri": 0.38, "Noto Naskh Arabic, DejaVu Sans": 0.42}
OTHER_ADVANCE = 0.52
"""Width of an Arabic letter in sizes of type, as pages of this program came out."""
BASELINE = 0.78
"""Where a line's letters stand, in heights of its box from the top; so in the notes' own files."""
EM = 0.78
"""Size of type in heights of a word's box."""
ARABIC_EM = 0.62
"""The same in heights of a line of Arabic, at most: its boxes hold the space between lines too."""
PRINT_DPI = 300
TABULAR = ("table", "columns", "two_column")


def _word(text: str, left: float, top: float, right: float, bottom: float) -> str:
    """A word as wide as its box, in points."""
    tall = bottom - top
    return (
        f'<text x="{left}" y="{top + BASELINE * tall:.2f}" font-size="{EM * tall:.2f}"'
        f' textLength="{right - left:.2f}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )


def _line(text: str, left: float, top: float, size: float, room: float, margin: float) -> str:
    """A line of Arabic, which joins its letters only where it is set as text.

    One too long for the room right of its left end, both in points, ends at the margin.
    """
    place = f"left: {left}pt" if len(text) * size <= room else f"right: {margin}pt"
    style = f"{place}; top: {top}pt; font-size: {size:.2f}pt"
    return f'<div dir="rtl" style="{style}">{escape(text)}</div>'


def page_html(page: Foreign, family: str) -> str:
    """One page of its own size: each word as wide as its box, lines where only they are known."""
    width, height = page["width"], page["height"]
    words = "".join(_word(*word) for word in page["words"] if word[3] > word[1])
    advance = ADVANCES.get(family, OTHER_ADVANCE)
    widest = advance_of(page) / advance
    margin = min((x for _, x, _, _ in page["lines"]), default=0.0)
    lines = "".join(
        _line(text, x, y, min(ARABIC_EM, widest) * tall, (width - margin - x) / advance, margin)
        for text, x, y, tall in ([] if words else page["lines"])
    )
    return (
        f"<style>@page {{ size: {width}pt {height}pt; margin: 0 }} body {{ margin: 0 }}"
        f" text, div {{ font-family: {family} }} svg {{ display: block }}"
        f" div {{ position: absolute; white-space: pre; line-height: 1.4 }}</style>"
        f'<svg width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">{words}</svg>'
        f"{lines}"
    )


def scanned(note: Foreign, rng: Random) -> tuple[bytes, str]:
    """A PDF of the note as a scanner, fax or telephone gives it, and which of them it was."""
    device = rng.choices(list(QUALITIES), [share for _, share in QUALITIES.values()])[0]
    family = rng.choice(FAMILIES.get(note["language"], OTHER_FAMILIES))
    pages = []
    for page in note["pages"]:
        pdf = HTML(string=page_html(page, family)).write_pdf()
        pages += [degrade(picture, device, rng) for picture in raster(pdf, PRINT_DPI, False)]
    container = "pdf-g4" if device == "fax" else "pdf"
    return pack(pages, container, DPI[device], JPEG_QUALITY[device]), device


def draw(notes: list[Foreign], folder: Path, seed: int) -> int:
    """Write ``replies/`` and ``truth/``; the number of notes drawn."""
    for name in ("replies", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    chosen = [n for n in notes if n["language"] != "ar" or n["layout"] not in TABULAR]
    for number, note in enumerate(chosen):
        data, device = scanned(note, Random(f"{seed} {note['id']}"))
        file = f"replies/{number:03}-{note['language']}-{device}.pdf"
        (folder / file).write_bytes(data)
        truth = truth_of(note) | {
            "file": file,
            "quality": QUALITIES[device][0],
            "degradation": device,
            "pages": [],
        }
        text = json.dumps(truth, ensure_ascii=False, indent=1)
        (folder / "truth" / f"{number:03}.json").write_text(text, encoding="utf-8")
    return len(chosen)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notes", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="LANGUAGE")
    options = parser.parse_args()
    notes = [n for n in load([options.notes]) if options.only in (None, n["language"])]
    options.folder.mkdir(parents=True, exist_ok=True)
    invitation = Path(__file__).resolve().parent.parent / "samples" / "invitation.txt"
    (options.folder / "invitation.txt").write_bytes(invitation.read_bytes())
    print(f"{draw(notes, options.folder, options.seed)} notes drawn into {options.folder}")


if __name__ == "__main__":
    main()
