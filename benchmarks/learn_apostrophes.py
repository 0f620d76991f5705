"""Learns to tell straight from curled apostrophes by their shape, from drawn words.

    python benchmarks/learn_apostrophes.py WORDS [--write]

WORDS is a text file with a word a line, such as Debian's ``/usr/share/dict/french`` (package
``wfrench``). They are drawn in the installed typefaces that have both signs (the more, the better:
what ships was learnt from those of forty of Debian's packages), clean, blurred, small and as
faxes, and each sign is found as on a page (``ocr.passes.second.apostrophes``). One family in six is
held back. Printed are the share of single signs and of pages told rightly, a page being so many
words of one typeface, size and quality; ``--write`` writes what ships.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.image import Grey, as_bytes
from ocr.passes.second import apostrophes
from ocr.passes.second.apostrophes import CURLED, STRAIGHT
from ocr.types import Box, Word

SIZES = (20, 24, 26, 28, 30, 33, 36, 40, 46)
"""Of print, pixels: 12 points at 200 dpi are 33."""

QUALITIES = ("clean", "scan", "scan", "fax", "small")
INNER = 24
"""Numbers between what is seen and what is told."""

DRAWN, JUDGED, PAGES = 12_000, 2_000, 300
ROUNDS, BATCH, RATE, DECAY = 60, 128, 3e-3, 2e-2
"""Of learning (Adam, Kingma and Ba 2015, with decay of the weights)."""

HELD_BACK = 6
"""One family of typefaces in so many is held back."""

ODD = ("Symbol", "Math", "Dingbats", "Initials", "Light", "Thin", "Black", "Chancery")
"""Families nobody writes letters in."""

OTHER = {STRAIGHT: CURLED, CURLED: STRAIGHT}

Weights = dict[str, NDArray[np.float32]]


class Print(NamedTuple):
    """How a page is set and worn."""

    face: str
    size: int
    quality: str


def families(*, held_back: bool) -> list[list[str]]:
    """Files of installed typefaces with both signs and French letters, by family."""
    command = ("fc-list", ":lang=fr:charset=27 2019", "file", "family")
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, list[str]] = defaultdict(list)
    for line in sorted(listed.splitlines()):
        file, _, family = line.partition(": ")
        if file.endswith((".ttf", ".otf")) and not any(odd in family for odd in ODD):
            found[family.split(",")[0]].append(file)
    return [
        files
        for number, files in enumerate(found.values())
        if (number % HELD_BACK == 0) == held_back
    ]


@lru_cache(maxsize=400)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


class Drawer:
    """Draws words with a sign in them and gives what is seen of it."""

    def __init__(self, words: list[str], seed: int, *, held_back: bool) -> None:
        self.words, self.rng = words, Random(seed)
        self.noise, self.families = np.random.default_rng(seed), families(held_back=held_back)

    def print(self) -> Print:
        """A typeface, a size and a quality."""
        rng = self.rng
        return Print(
            rng.choice(rng.choice(self.families)), rng.choice(SIZES), rng.choice(QUALITIES)
        )

    def shapes(self, sign: str, of: Print) -> Iterator[NDArray[np.float32]]:
        """What is seen of the sign in one word; nothing where it touches a letter."""
        rng = self.rng
        word = rng.choice(self.words)
        cut = rng.choice((1, 1, 1, 2, len(word)))
        text = word[:cut] + sign + (word[cut:] or "s")
        text = rng.choice((text, text.upper(), text[0].upper() + text[1:]))
        font = _font(of.face, of.size)
        left, top, right, bottom = (round(x) for x in font.getbbox(text))
        room = of.size
        paper = Image.new("L", (right - left + 2 * room, bottom - top + 2 * room), 255)
        at = (room - left, room - top)
        ImageDraw.Draw(paper).text(at, text, font=font, fill=rng.randint(0, 70))
        edge = [rng.randint(-1, 2) for _ in range(4)]
        box = Box(
            room - edge[0],
            room - edge[1],
            room + right - left + edge[2],
            room + bottom - top + edge[3],
        )
        worn = self._worn(as_bytes(np.asarray(paper)), of)
        yield from dict(apostrophes.shapes_of(worn, Word(text, box, 0.9))).values()

    def _worn(self, paper: Grey, of: Print) -> Grey:
        rng = self.rng
        light: NDArray[Any] = paper.astype(np.float32)
        if of.quality == "clean":
            return paper
        light = np.asarray(cv2.GaussianBlur(light, (0, 0), rng.uniform(0.3, 1.0) * of.size / 33))
        if of.quality == "small":
            scale, size = rng.uniform(0.6, 0.9), (light.shape[1], light.shape[0])
            small = cv2.resize(light, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            light = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR))
        light = light * rng.uniform(0.8, 1) + self.noise.normal(0, rng.uniform(1, 12), light.shape)
        if of.quality == "fax":
            light = np.where(light < rng.uniform(110, 180), 0, 255)
        result = as_bytes(np.clip(light, 0, 255).astype(np.uint8))
        if of.quality == "scan":
            quality = (int(cv2.IMWRITE_JPEG_QUALITY), rng.randint(40, 90))
            coded = cv2.imencode(".jpg", result, quality)[1]
            result = as_bytes(np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)))
        return result


def drawn(drawer: Drawer, count: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """So many shapes, and 1 for each that is curled."""
    shapes: list[NDArray[np.float32]] = []
    curled: list[float] = []
    while len(shapes) < count:
        is_curled = drawer.rng.random() < 0.5
        found = list(drawer.shapes(CURLED if is_curled else STRAIGHT, drawer.print()))
        shapes += found
        curled += [float(is_curled)] * len(found)
    return np.stack(shapes), np.asarray(curled, np.float32)


def learnt(shapes: NDArray[np.float32], curled: NDArray[np.float32]) -> Weights:
    """Weights that tell them apart: logistic loss, one inner layer."""
    draw = np.random.default_rng(1)
    wide = shapes.shape[1]
    weights: Weights = {
        "first": draw.normal(0, (2 / wide) ** 0.5, (wide, INNER)).astype(np.float32),
        "first_bias": np.zeros(INNER, np.float32),
        "last": draw.normal(0, (1 / INNER) ** 0.5, INNER).astype(np.float32),
        "last_bias": np.zeros((), np.float32),
    }
    mean = {name: np.zeros_like(value) for name, value in weights.items()}
    square = {name: np.zeros_like(value) for name, value in weights.items()}
    number = 0
    for _ in range(ROUNDS):
        order = draw.permutation(len(shapes))
        for at in range(0, len(order), BATCH):
            number += 1
            some = order[at : at + BATCH]
            for name, slope in _slopes(weights, shapes[some], curled[some]).items():
                mean[name] = 0.9 * mean[name] + 0.1 * slope
                square[name] = 0.999 * square[name] + 0.001 * slope**2
                step = mean[name] / (1 - 0.9**number)
                step /= np.sqrt(square[name] / (1 - 0.999**number)) + 1e-8
                weights[name] = weights[name] * (1 - RATE * DECAY) - RATE * step
    return {name: np.asarray(value, np.float32) for name, value in weights.items()}


def _slopes(weights: Weights, shapes: NDArray[np.float32], curled: NDArray[np.float32]) -> Weights:
    before = shapes @ weights["first"] + weights["first_bias"]
    inner = np.maximum(0, before)
    told = 1 / (1 + np.exp(-(inner @ weights["last"] + weights["last_bias"])))
    wrong = (told - curled) / len(curled)
    back = np.outer(wrong, weights["last"]) * (before > 0)
    return {
        "first": shapes.T @ back,
        "first_bias": back.sum(0),
        "last": inner.T @ wrong,
        "last_bias": np.asarray(wrong.sum(), np.float32),
    }


def _pages(drawer: Drawer, weights: Weights, signs: int) -> tuple[int, int, int]:
    """Of the signs of so many pages those told rightly, wrongly and not at all."""
    right = wrong = unsure = 0
    for _ in range(PAGES):
        sign, of = drawer.rng.choice((STRAIGHT, CURLED)), drawer.print()
        shapes = [shape for _ in range(signs) for shape in drawer.shapes(sign, of)]
        odds = apostrophes.log_odds(np.stack(shapes), weights).tolist() if shapes else []
        page = apostrophes.vote(odds)
        found = [apostrophes.told(own, page) for own in odds]
        right, wrong = right + found.count(sign), wrong + found.count(OTHER[sign])
        unsure += found.count(None)
    return right, wrong, unsure


def _tell(words: list[str], weights: Weights) -> None:
    for held_back in (False, True):
        drawer = Drawer(words, 3, held_back=held_back)
        shapes, curled = drawn(drawer, JUDGED)
        share = float(((apostrophes.log_odds(shapes, weights) > 0) == (curled > 0)).mean())
        print(f"{'held back' if held_back else 'drawn'}: single signs {share:.3f}")
        for signs in (1, 2, 3, 5, 10):
            print(
                f"  with {signs} on a page: right, wrong, unsure {_pages(drawer, weights, signs)}"
            )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    words = [w for w in options.words.read_text(encoding="utf-8").split() if 1 < len(w) < 18]
    words = [w for w in words if w.isalpha()]
    weights = learnt(*drawn(Drawer(words, 1, held_back=False), DRAWN))
    _tell(words, weights)
    if options.write:
        kept: dict[str, Any] = {name: np.float32(value) for name, value in weights.items()}
        np.savez_compressed(apostrophes.MODEL, **kept)


if __name__ == "__main__":
    main()
