"""The model that RapidOCR's wheel brings for single lines, run by onnxruntime alone.

As RapidOCR does it, sign for sign and score for score, but for its settings, its downloader and
all they import: 0.6 s of processor time and 30 MB in every process that reads. The answer is a
score for each sign in each narrow strip of the line, read greedily (CTC: Graves et al. 2006).
"""

from __future__ import annotations

import functools
import importlib.util
import math
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocr.errors import ToolMissing
from ocr.image import Grey
from ocr.threads import ONE_THREAD

NAME = "rapidocr"

NO_REPORTS = {"ORT_DISABLE_TELEMETRY": "1"}
"""What onnxruntime looks for when it is loaded.

Without it, version 1.32 writes a device id and a database into the home folder, a session file
into the temporary folder, and asks the name server for its maker's collector. Its call
``disable_telemetry_events`` comes too late for all of these, and is made all the same.
"""

os.environ.update(NO_REPORTS)

_HEIGHT = 48
"""Pixels to which a line is scaled: what the model was trained with."""

_NARROWEST = 128
"""Pixels of width to which a crop is filled up; RapidOCR's own 320 wastes time on words."""

_DIGITS = 5
"""Of a score, as RapidOCR gives it."""

RIVAL, RIVAL_BARE = 0.1, 0.25
"""Score from which a second letter may be the printed one; and if it is but the first without its
accent, as accents are lost oftener than seen. Of 1,268 Latin words of names on scans by four hands,
which the page reader read alike, 15 had such a rival, of which 9 were wrong; of the others 7."""


_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is printed, the mean score of its signs, and its words with a sign that has a rival."""

    text: str
    score: float
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A model and its signs, the first of which stands for none."""

    session: Any
    signs: tuple[str, ...]

    def __call__(self, crop: Grey) -> Recognised:
        """What is printed on a crop of one line."""
        (source,) = self.session.get_inputs()
        scores = self.session.run(None, {source.name: _prepared(crop)})[0][0]
        best = scores.argmax(axis=1)
        told = best != 0
        told[1:] &= best[1:] != best[:-1]
        sure = [round(float(score), _DIGITS) for score in scores.max(axis=1)[told].tolist()]
        text = "".join(self.signs[number] for number in best[told])
        if not text.strip():
            return Recognised("", 0.0)
        rivals = self._with_rivals(scores, best, np.flatnonzero(told))
        unsure = [w[0] for w in _WORD.finditer(text) if any(rivals[w.start() : w.end()])]
        return Recognised(text, round(float(np.mean(sure)), _DIGITS), tuple(unsure))

    def _with_rivals(
        self, scores: NDArray[np.float32], best: NDArray[np.int64], starts: NDArray[np.int64]
    ) -> list[bool]:
        """Of each sign whether another letter is nearly as likely where it is surest."""
        found = []
        for start in starts.tolist():
            stop = start + 1
            while stop < len(best) and best[stop] == best[start]:
                stop += 1
            surest = scores[start + int(scores[start:stop, best[start]].argmax())]
            others = np.flatnonzero(surest >= RIVAL).tolist()
            sign = self.signs[best[start]]
            found.append(any(_is_rival(self.signs[n], sign, float(surest[n])) for n in others))
        return found


def _is_rival(other: str, sign: str, score: float) -> bool:
    """Whether another letter, and not the same one in another size, may be the printed one."""
    if not other.isalnum() or other.casefold() == sign.casefold():
        return False
    plain = unicodedata.normalize("NFD", sign)[0]
    return score >= (RIVAL_BARE if other.casefold() == plain.casefold() else RIVAL)


@functools.cache
def recogniser() -> Recogniser:
    """The model of RapidOCR's wheel, loaded once a process (0.3 s).

    Raises:
        ImportError: the extra is not installed.
        ToolMissing: there is no model in its wheel.
    """
    return load(shipped())


def load(model: Path) -> Recogniser:
    """A model for lines that names its signs, one a line, as ``character``.

    Raises:
        ImportError: the extra is not installed.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    options.intra_op_num_threads = int(ONE_THREAD["OMP_NUM_THREADS"])
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(model), sess_options=options, providers=["CPUExecutionProvider"]
    )
    signs = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return Recogniser(session, ("", *signs, " "))


def shipped() -> Path:
    """The newest model for lines in RapidOCR's package, which is not imported for it."""
    found = importlib.util.find_spec(NAME)
    places = (found.submodule_search_locations or ()) if found else ()
    models = [m for place in places for m in Path(place, "models").glob("*_rec_*.onnx")]
    if not models:
        raise ToolMissing("The package rapidocr has no model for lines.")
    return max(models)


def _prepared(crop: Grey) -> NDArray[np.float32]:
    """The crop as the model takes it: equal colours from -1 to 1, 0 behind its end."""
    import cv2

    height, width = crop.shape
    ratio = width / height
    whole = int(_HEIGHT * max(_NARROWEST / _HEIGHT, ratio))
    scaled = cv2.resize(crop, (min(whole, math.ceil(_HEIGHT * ratio)), _HEIGHT))
    light = scaled.astype(np.float32) / 255
    light -= 0.5
    light /= 0.5
    result = np.zeros((1, 3, _HEIGHT, whole), dtype=np.float32)
    result[:, :, :, : light.shape[1]] = light
    return result
