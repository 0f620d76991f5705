"""The child process that holds tesseract's library: ``python -m ocr.engines.tesserocr_server``.

Requests come and answers go as ``children.serving`` says. Trained data are loaded before the fork
and kept, so that no page waits for them (0.07 to 0.2 s each); the page is read after it. So a
crash costs one page and no loaded data, and no page leaves anything in the memory of the next.
"""

from __future__ import annotations

import contextlib
import resource
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

import tesserocr

from ocr.children import serving, shortages
from ocr.children.serving import Answer, Request

_MOST_KEPT = 12
"""Sets of trained data, of pages and of names: eleven take 120 MB, loading one 0.05 to 0.12 s."""

_BYTES_A_PIXEL = 4
"""Of the largest copies that tesseract makes of an image."""

_SMALL_THINGS = 16 * 1024 * 1024
"""Bytes for all that is not an image. Chosen on the safe side: a page that might have lacked room
is read again alone, and not told as read."""

_kept: OrderedDict[tuple[str, str], tesserocr.PyTessBaseAPI] = OrderedDict()


def _loaded(request: Request) -> tesserocr.PyTessBaseAPI:
    """Tesseract with the trained data asked for, the longest unused one leaving for it.

    Raises:
        RuntimeError: the data cannot be loaded.
    """
    key = (request["data"], request["models"])
    if key not in _kept:
        while len(_kept) >= _MOST_KEPT:
            _kept.popitem(last=False)[1].End()
        _kept[key] = tesserocr.PyTessBaseAPI(path=key[0], lang=key[1], psm=request["mode"])
    _kept.move_to_end(key)
    return _kept[key]


def ready(request: Request) -> None:
    """Load the trained data; that it failed is found again, and told, after the fork."""
    if "models" in request:
        with contextlib.suppress(RuntimeError):
            _loaded(request)


def version(request: Request) -> Answer:
    """Versions of the wrapper and of the tesseract in it."""
    del request
    return {"wrapper": tesserocr.__version__, "tesseract": tesserocr.tesseract_version()}


def read(request: Request) -> Answer:
    """TSV of each image.

    Raises:
        MemoryError: memory ran short, or may have.
        RuntimeError: tesseract failed.
    """
    texts: list[str] = []
    for api in _shown(request):
        text = api.GetTSVText(0)
        if not text.startswith("1\t"):
            # the row of the page itself is there even if the page is empty
            raise RuntimeError("tesseract gave no result")
        texts.append(text)
    _require_memory(request)
    return {"tsv": texts}


def orientation(request: Request) -> Answer:
    """Orientation and script of an image; None if there is too little print.

    Raises:
        RuntimeError: tesseract failed.
    """
    return {"orientation": next(_shown(request)).DetectOrientationScript()}


def _require_memory(request: Request) -> None:
    """Tesseract goes on without an image it found no room for, and reads less than is there.

    Raises:
        MemoryError: so little was left at some time that such an image may have been refused.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    peak_kb = int(status.partition("VmPeak:")[2].split()[0])
    largest = max(width * height for width, height in request["sizes"])
    needed = peak_kb * 1024 + _BYTES_A_PIXEL * largest + _SMALL_THINGS
    if needed > resource.getrlimit(resource.RLIMIT_AS)[0]:
        raise MemoryError


def _shown(request: Request) -> Iterator[tesserocr.PyTessBaseAPI]:
    """Tesseract with one image of the request after the other before it."""
    api = _loaded(request)
    api.SetPageSegMode(request["mode"])  # of this fork alone
    api.SetVariable("user_defined_dpi", str(request["dpi"]))
    with Path(request["path"]).open("rb") as file:
        for width, height in request["sizes"]:
            api.SetImageBytes(file.read(width * height), width, height, 1, width)
            yield api


JOBS: dict[str, Callable[[Request], Answer]] = {
    "version": version,
    "read": read,
    "orientation": orientation,
}


def answer(request: Request) -> Answer:
    """Do one request; every failure becomes an error code."""
    try:
        return {"ok": JOBS[request["job"]](request)}
    except MemoryError:
        return {"error": shortages.memory_reason(request["limits"]["memory_mb"])}
    except RuntimeError:
        return {"error": "failed"}


if __name__ == "__main__":
    serving.serve(answer, ready)
