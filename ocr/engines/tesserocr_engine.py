"""Tesseract's library, through tesserocr, in a child process that can be killed.

An optional extra (``tesserocr``). It reads like the program, at two thirds of the cost: the
trained data stay loaded, the image is handed over as it is, and the wheel's tesseract is newer
and faster than Debian 12's. Not in our own process, as it is known to crash (tesserocr#102)
and its own time-out does not stop it (tesserocr#290). The wheel has no trained data; those of
the installed tesseract are used.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from ocr.children.folders import private_folder
from ocr.children.limits import Limits
from ocr.children.resident import Resident
from ocr.engines import tesseract
from ocr.engines.protocols import Orientation
from ocr.engines.tesseract_base import ORIENTATION_MODE, TesseractReader
from ocr.errors import LACKS, ChildFailed, ChildTimeout, Unavailable
from ocr.image import Grey

server = Resident("ocr.engines.tesserocr_server")


@functools.cache
def version() -> str:
    """Versions of tesserocr and of the tesseract in it, as in ``2.13.0 (tesseract 5.5.4)``.

    Raises:
        ChildError: it cannot be loaded.
    """
    told = _ask({"job": "version"}, Limits(cpu_s=tesseract.QUESTION_S))
    return f"{told['wrapper']} ({str(told['tesseract']).splitlines()[0]})"


class TesserocrEngine(TesseractReader):
    """Tesseract's library; all the lines of a page are one request."""

    @property
    def name(self) -> str:
        """``tesserocr`` and its version, with that of the tesseract in it."""
        return f"tesserocr {version()}"

    def orientation(self, image: Grey, dpi: int) -> Orientation | None:
        """See ``PageEngine.orientation``."""
        try:
            found = self._do("orientation", (image,), dpi, "osd", ORIENTATION_MODE)["orientation"]
        except ChildFailed:  # a page is read without it, too
            return None
        if found is None:
            return None
        return Orientation(
            -found["orient_deg"] % 360,  # tesseract tells how far the page is turned
            found["orient_conf"],
            found["script_name"],
            found["script_conf"],
        )

    def _tsv(self, images: tuple[Grey, ...], dpi: int, models: str, mode: int) -> tuple[str, ...]:
        return tuple(self._do("read", images, dpi, models, mode)["tsv"])

    def _do(
        self, job: str, images: tuple[Grey, ...], dpi: int, models: str, mode: int
    ) -> dict[str, Any]:
        data = tesseract.require_models(models)
        with private_folder() as folder:
            path = folder / "images"
            with path.open("wb") as file:
                for image in images:
                    np.ascontiguousarray(image).tofile(file)
            request = {
                "job": job,
                "path": str(path),
                "sizes": [(image.shape[1], image.shape[0]) for image in images],
                "dpi": dpi,
                "data": str(data),
                "models": models,
                "mode": mode,
            }
            return _ask(request, self._limits.left())


def _ask(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    reply = server.ask(request, limits)
    if "ok" in reply:
        return dict(reply["ok"])
    if reply["error"] == "timeout":
        raise ChildTimeout(f"tesserocr was ended after {limits.whole_cpu_s} s of processor time.")
    if reply["error"] in LACKS:
        raise Unavailable("tesserocr could not do it now.", reply["error"])
    reason = "too_large" if reply["error"] == "too_large" else None
    raise ChildFailed(f"tesserocr: {reply['error']}.", reason)
