"""Files as LibreOffice prints them: pages as text, and as pictures."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice")


def prints(folder: Path, media: str) -> bool:
    """Whether the LibreOffice that is here prints such files: Writer and Calc come apart."""
    if SOFFICE is None:
        return False
    plain = folder / f"plain-{media}.{media}"
    plain.write_text("one,two\n", encoding="utf-8")
    return to_pdf(plain).exists()


def to_pdf(file: Path) -> Path:
    """The document printed beside the file, with settings that nobody has touched."""
    profile = file.parent / "office-profile"
    subprocess.run(
        [
            SOFFICE or "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            *("--convert-to", "pdf", "--outdir", str(file.parent), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return file.with_suffix(".pdf")


def pages(pdf: Path) -> list[str]:
    """What stands on each page, as it is laid out."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.split("\f")[:-1]


Word = tuple[str, float, float, float, float]
"""A word and its box on the page: left, top, right, bottom, in points from the top left corner."""

_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


def words(pdf: Path) -> list[list[Word]]:
    """The words of each page with their boxes."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return [
        [(text, *map(float, box)) for *box, text in _WORD.findall(page)]
        for page in done.stdout.split("<page ")[1:]
    ]


def picture(pdf: Path, page: int, dpi: int) -> Path:
    """A page as PNG, beside the file."""
    stem = pdf.with_name(f"{pdf.stem}-{page}")
    span = ["-f", str(page), "-l", str(page), "-singlefile"]
    command = ["pdftoppm", "-png", "-r", str(dpi), *span, str(pdf), str(stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return stem.with_suffix(".png")
