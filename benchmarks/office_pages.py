"""Invented pages like those in an archive of offices, scanned, each with its true text.

    python benchmarks/office_pages.py --seed 1 --out DIR

Writes one page of every kind in ``office_kinds`` as KIND-DEVICE.png and .txt; the devices
(clean, scan, fax, poor) go round with the seed, so that four seeds give every pair.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from PIL import Image
from weasyprint import HTML

from benchmarks.office_kinds import KINDS
from samples.pages import raster
from samples.scanner import DPI, degrade

DEVICES = ("scan", "fax", "poor", "clean")


def make(kind: str, device: str, seed: int, out: Path) -> Path:
    """One page of ``kind`` as ``device`` delivers it; gives the picture's path."""
    rng = Random(f"{seed} {kind}")
    body, style = KINDS[kind](rng)
    pdf = HTML(string=f"<html lang=en><style>{style}</style><body>{body}</body></html>").write_pdf()
    name = out / f"{kind}-{device}.png"
    page = np.ascontiguousarray(raster(pdf, 300, colour=device != "fax")[0])
    seen = degrade(page, device, rng)
    dpi = (DPI[device], DPI[device])
    if device == "fax":
        Image.fromarray(seen).convert("1").save(name, dpi=dpi)
    else:
        Image.fromarray(seen).save(name, dpi=dpi)
    name.with_suffix(".txt").write_text(_printed(pdf), encoding="utf-8")
    return name


def _printed(pdf: bytes) -> str:
    """The first page's text row by row, as the PDF has it."""
    told = subprocess.run(
        ["pdftotext", "-layout", "-l", "1", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return told.stdout.decode().replace("\f", "")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for number, kind in enumerate(KINDS):
        device = DEVICES[(number + options.seed) % len(DEVICES)]
        print(make(kind, device, options.seed, options.out))


if __name__ == "__main__":
    main()
