"""Tesseract, through pytesseract, within the limits of ``ocr.child``.

pytesseract is given a file path and an output base in our private folder: handed an image it
would write it again as PNG (1.85 times the cost), and left alone it keeps its temporary files
outside our folder.
"""

from __future__ import annotations

import functools
import re
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from pytesseract import pytesseract

from ocr import child, scripts, tsv
from ocr.engine import Grey
from ocr.errors import ChildFailed, ToolMissing
from ocr.types import Box, Line, SecondReading

# ISO 639-1 to tesseract's names of trained data.
MODELS = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "chi_sim"}

_ERRORS = re.compile(rb"(?i)\berror\b|\bfailed\b|not enough memory")
"""What tells an error from tesseract's chatter ("Detected 12 diacritics", "Empty page!!")."""

_calling = threading.Lock()
"""pytesseract keeps the program's path in a module variable."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """What tesseract's orientation and script detection says.

    ``rotation`` is the clockwise quarter turn that puts the page upright; ``script`` is
    tesseract's name (``Latin``, ``Cyrillic``, ``Arabic``, ``Han`` ...). Both confidences are
    tesseract's own, open-ended; below 1 they mean little.
    """

    rotation: int
    rotation_confidence: float
    script: str
    script_confidence: float


def model(languages: tuple[str, ...]) -> str:
    """Tesseract's ``-l`` for ISO 639-1 codes, always with eng, but for French alone.

    The models of most languages do not know ``@``: of eight addresses on clean Spanish,
    Russian and Arabic pages none was read without eng. The French one does, and with eng
    beside it loses its accents ("a", "étre", "Ministére"): 99.1 % of the words of six French
    pages were right with fra, 97.8 % with fra+eng, which takes a quarter more time.
    """
    names = [MODELS[code] for code in languages if code in MODELS]
    if names == ["fra"]:
        return "fra"
    return "+".join(dict.fromkeys([*names, "eng"]))


@functools.cache
def version() -> str:
    """Tesseract's version, such as ``5.3.0``.

    Raises:
        ToolMissing: tesseract is not installed.
    """
    with child.private_folder() as folder:
        told = child.run(["tesseract", "--version"], child.Limits(wall_s=10), folder)
    found = re.search(rb"tesseract v?(\d+(?:\.\d+)*)", told.stdout + told.stderr)
    return found[1].decode() if found else "unknown"


@functools.cache
def installed_models() -> frozenset[str]:
    """Names of the trained data that are there (``eng``, ``osd`` ...).

    Raises:
        ToolMissing: tesseract is not installed.
    """
    with child.private_folder() as folder:
        told = child.run(["tesseract", "--list-langs"], child.Limits(wall_s=10), folder)
    return frozenset(told.stdout.decode(errors="replace").split()[1:])


class TesseractEngine:
    """The page reader, and a line reader behind the same protocol as the second reader."""

    def __init__(self, limits: child.Limits, page_mode: int = 3) -> None:
        self._limits = limits
        self._page_mode = page_mode
        self._complained = False

    @property
    def name(self) -> str:
        """``tesseract`` and its version."""
        return f"tesseract {version()}"

    @property
    def complained(self) -> bool:
        """True if a run so far wrote of an error, though it ended with code 0.

        Such as a model that cannot be loaded: tesseract goes on with the others.
        """
        return self._complained

    def page(self, image: Grey, dpi: int, languages: tuple[str, ...]) -> tuple[Line, ...]:
        """See ``PageEngine.page``."""
        text = self._run(image, dpi, model(languages), self._page_mode, "tsv")
        return scripts.tidy(tsv.parse(text))

    def strip(self, image: Grey, dpi: int, languages: tuple[str, ...]) -> tuple[Line, ...]:
        """A few lines of running text, taken as one block: a quick look at a page."""
        return tsv.parse(self._run(image, dpi, model(languages), 6, "tsv"))

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``OcrEngine.lines``; each box costs a start of tesseract."""
        return tuple(self._line(image, box, languages) for box in boxes)

    def _line(self, image: Grey, box: Box, languages: tuple[str, ...]) -> SecondReading:
        crop = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
        if not crop.size or int(crop.min()) == int(crop.max()):
            return SecondReading("", box, 0.0, self.name)
        # without white around it tesseract loses the first and last letters
        room = cv2.copyMakeBorder(crop, 16, 16, 16, 16, cv2.BORDER_CONSTANT, value=255)
        found = tsv.parse(self._run(np.asarray(room, np.uint8), 0, model(languages), 7, "tsv"))
        words = [word for line in found for word in line.words]
        confidence = sum(w.confidence for w in words) / len(words) if words else 0.0
        return SecondReading(" ".join(w.text for w in words), box, confidence, self.name)

    def orientation(self, image: Grey, dpi: int) -> Orientation | None:
        """Which way up the page is and in what script; None if there is too little print.

        Raises:
            ChildTimeout: it took too long.
        """
        try:
            text = self._run(image, dpi, "osd", 0, "osd")
        except ChildFailed:  # tesseract's answer to "Too few characters" is exit code 1
            return None
        told = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        try:
            return Orientation(
                int(told["Rotate"]) % 360,
                float(told["Orientation confidence"]),
                told["Script"],
                float(told["Script confidence"]),
            )
        except (KeyError, ValueError):
            return None

    def _run(self, image: Grey, dpi: int, models: str, mode: int, extension: str) -> str:
        with child.private_folder() as folder:
            picture = folder / "page.pgm"
            write_pgm(picture, image)
            config = f"--psm {mode}"
            if dpi:
                config += f" --dpi {dpi}"
            if extension == "tsv":
                config += " -c tessedit_create_tsv=1"
            _call(picture, folder, extension, models, config, self._limits)
            self._complained |= _ERRORS.search(child.said("tesseract", folder)) is not None
            output = folder / f"text.{extension}"
            # tesseract may end with code 0 and write nothing
            if not output.exists():
                raise ChildFailed("tesseract wrote no result.")
            return output.read_text(encoding="utf-8", errors="replace")


def write_pgm(path: Path, image: Grey) -> None:
    """Write ``image`` as binary PGM, the format tesseract opens fastest."""
    height, width = image.shape
    with path.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (width, height))
        file.write(np.ascontiguousarray(image).tobytes())


def _call(
    picture: Path, folder: Path, extension: str, models: str, config: str, limits: child.Limits
) -> None:
    place = child.launchers(("tesseract",), limits, folder)
    with _calling:
        pytesseract.tesseract_cmd = str(place / "tesseract")
        try:
            pytesseract.run_tesseract(
                str(picture),
                str(folder / "text"),
                extension,
                models,
                config,
                timeout=limits.wall_s + child.GRACE_S,
            )
        except pytesseract.TesseractError as error:
            raise child.failure("tesseract", error.status) from None
        except pytesseract.TesseractNotFoundError:
            raise ToolMissing("The program tesseract is not installed.") from None
        except (RuntimeError, subprocess.TimeoutExpired):  # pytesseract's own time-out
            raise child.failure("tesseract", 137) from None
