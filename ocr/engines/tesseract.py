"""Tesseract's program, through pytesseract, within limits of ours.

pytesseract is given a file path and an output base in our private folder: handed an image it
would write it again as PNG (1.85 times the cost), and left alone it keeps its temporary files
outside our folder.
"""

from __future__ import annotations

import functools
import re
import subprocess
import threading
from pathlib import Path

import numpy as np
from pytesseract import pytesseract

from ocr.children import programs, shortages
from ocr.children.exit_status import Started
from ocr.children.folders import private_folder
from ocr.children.limits import Limits
from ocr.engines import tsv
from ocr.engines.protocols import Orientation
from ocr.engines.tesseract_base import (
    LETTER_MODELS,
    MODELS,
    ORIENTATION_MODE,
    TesseractReader,
)
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing, Unavailable
from ocr.image import Grey

_ERRORS = re.compile(rb"(?i)\berror\b|\bfailed\b|not enough memory")
"""What tells an error from tesseract's chatter ("Detected 12 diacritics", "Empty page!!")."""

_OUT_OF_MEMORY = re.compile(rb"malloc fail|bad_alloc|annot allocate memory|failed to map")
"""In leptonica's messages, once a picture could not be made (the first of very many), in those
of a program that gives up, and of the loader (ld.so(8))."""

QUESTION_S = 10
"""Processor seconds for questions about versions and models; answered in less than 0.1."""

_calling = threading.Lock()
"""pytesseract keeps the program's path in a module variable."""


@functools.cache
def version() -> str:
    """Tesseract's version, such as ``5.3.0``.

    Raises:
        ToolMissing: tesseract is not installed.
    """
    with private_folder() as folder:
        told = programs.run(["tesseract", "--version"], Limits(cpu_s=QUESTION_S), folder)
    found = re.search(rb"tesseract v?(\d+(?:\.\d+)*)", told.stdout + told.stderr)
    return found[1].decode() if found else "unknown"


@functools.cache
def installed_models() -> frozenset[str]:
    """Names of the trained data that are there (``eng``, ``osd`` ...).

    Raises:
        ToolMissing: tesseract is not installed.
    """
    return frozenset(_list_of_models().split("\n", 1)[1].split())


@functools.cache
def data_folder() -> Path:
    """The folder with the trained data; tesseract honours ``TESSDATA_PREFIX`` itself.

    Raises:
        ToolMissing: tesseract is not installed, or does not say.
    """
    named = re.search(r'"(.+)"', _list_of_models().split("\n", 1)[0])
    if named is None:
        raise ToolMissing("tesseract --list-langs does not name the folder of its data.")
    return Path(named[1])


def require_models(names: str) -> Path:
    """The folder with the trained data, once those of ``-l NAMES`` are known to be there.

    Tesseract goes on without a model it does not find, if it finds another.

    Raises:
        ToolMissing: trained data are missing.
    """
    folder = data_folder()
    for name in names.split("+"):
        if not (folder / f"{name}.traineddata").is_file():
            package = f"tesseract-ocr-{name.replace('_', '-')}"
            raise ToolMissing(f"{folder} has no {name}.traineddata; install {package}.")
    return folder


def installed_letters(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Of languages (ISO 639-1) those whose letters can be read here.

    Raises:
        ToolMissing: tesseract is not installed.
    """
    known = installed_models()
    return tuple(code for code in languages if LETTER_MODELS.get(code, MODELS.get(code)) in known)


def _list_of_models() -> str:
    """A heading that names the folder, then one model a line."""
    with private_folder() as folder:
        told = programs.run(["tesseract", "--list-langs"], Limits(cpu_s=QUESTION_S), folder)
    return told.stdout.decode(errors="replace") + "\n"


class TesseractEngine(TesseractReader):
    """Tesseract's program; each image costs a start of it."""

    @property
    def name(self) -> str:
        """``tesseract`` and its version."""
        return f"tesseract {version()}"

    def orientation(self, image: Grey, dpi: int) -> Orientation | None:
        """See ``PageEngine.orientation``."""
        try:
            text = self._run((image,), dpi, "osd", ORIENTATION_MODE, "osd")
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

    def _tsv(self, images: tuple[Grey, ...], dpi: int, models: str, mode: int) -> tuple[str, ...]:
        text = self._run(images, dpi, models, mode, "tsv")
        found = (text,) if len(images) == 1 else tsv.by_image(text, len(images))
        if found is None:
            raise ChildFailed("tesseract did not read every image.")
        return found

    def _run(
        self, images: tuple[Grey, ...], dpi: int, models: str, mode: int, extension: str
    ) -> str:
        require_models(models)
        with private_folder() as folder:
            picture = _written(images, folder)
            config = f"--psm {mode}"
            if dpi:
                config += f" --dpi {dpi}"
            if extension == "tsv":
                config += " -c tessedit_create_tsv=1"
            _call(picture, folder, extension, models, config, self._limits)
            said = programs.said("tesseract", folder)
            self._complained |= _ERRORS.search(said) is not None
            return _result(folder / f"text.{extension}", said, self._limits)


def _result(output: Path, said: bytes, limits: Limits) -> str:
    """What tesseract wrote, which may be nothing although it ended with code 0."""
    # having gone on without an image there was no room for
    if _OUT_OF_MEMORY.search(said):
        raise shortages.memory_error("tesseract", limits.memory_mb)
    if not output.exists():
        raise ChildFailed("tesseract wrote no result.")
    text = output.read_text(encoding="utf-8", errors="replace")
    if text and not text.endswith("\n"):
        raise Unavailable("There was no room for the whole result.", "no_space")
    return text


def _written(images: tuple[Grey, ...], folder: Path) -> Path:
    """What tesseract is given: the image, or a list of several, which cost one start together."""
    paths = [folder / f"page-{number}.pgm" for number in range(len(images))]
    for path, image in zip(paths, images, strict=True):
        write_pgm(path, image)
    if len(paths) == 1:
        return paths[0]
    listed = folder / "pages.txt"
    listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
    return listed


def write_pgm(path: Path, image: Grey) -> None:
    """Write ``image`` as binary PGM, the format tesseract opens fastest."""
    height, width = image.shape
    with path.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (width, height))
        file.write(np.ascontiguousarray(image).tobytes())


def _call(
    picture: Path, folder: Path, extension: str, models: str, config: str, limits: Limits
) -> None:
    limits = limits.left()
    place = programs.launchers(("tesseract",), limits, folder)
    started = Started.now("tesseract", limits)
    with _calling:
        pytesseract.tesseract_cmd = str(place / "tesseract")
        try:
            pytesseract.run_tesseract(
                str(picture),
                str(folder / "text"),
                extension,
                models,
                config,
                timeout=limits.wall_s + programs.GRACE_S,
            )
        except pytesseract.TesseractError as error:
            if _OUT_OF_MEMORY.search(programs.said("tesseract", folder)):
                raise shortages.memory_error("tesseract", limits.memory_mb) from None
            raise started.error(error.status) from None
        except pytesseract.TesseractNotFoundError:
            raise ToolMissing("The program tesseract is not installed.") from None
        except (RuntimeError, subprocess.TimeoutExpired):  # pytesseract's own time-out
            raise ChildTimeout("tesseract was ended for time.") from None
