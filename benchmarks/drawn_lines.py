"""Lines of print in one script as scanners and faxes give them, with what is on them.

A script (``line_scripts.py``) says which texts are drawn in which of the installed typefaces. Some
typefaces are held back: what is read in one that was never seen is measured on these.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random

import cv2
import numpy as np
from bidi.algorithm import get_display
from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageDraw, ImageFont

from benchmarks.line_scripts import Script
from ocr.image import Grey, as_bytes

HEIGHT = 48
"""Pixels of a line, as the model takes it."""

SIZES = (20, 24, 28, 32, 36, 40, 46, 52)
SMALL = (14, 22)
"""Sizes of print, pixels: 12 points at 200 dpi are 33; small print and faxes."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture 48 pixels high, and the numbers (from 1) of its signs from the left."""

    picture: Grey
    label: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its file, the signs it has, how often it is drawn."""

    file: str
    signs: frozenset[int]
    weight: float


def faces(script: Script, held_back: bool) -> list[Face]:
    """The installed typefaces with the script, those held back or the others."""
    command = ("fc-list", f":lang={script.language}", "file", "family", "style")
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = []
    for line in sorted(listed.splitlines()):
        file, _, name = line.partition(": ")
        is_held = any(held in name for held in script.held_back)
        if (
            not file.endswith((".ttf", ".otf"))
            or is_held != held_back
            or any(x in name for x in script.left_out)
        ):
            continue
        try:
            signs = frozenset(TTFont(file, lazy=True).getBestCmap() or ())
        except (TTLibError, OSError):
            continue
        if signs.issuperset(map(ord, script.needed)):
            of_name = (w for part, w in script.weights.items() if part in name)
            weight = next(of_name, script.other_weight)
            found.append(Face(file, signs, weight))
    return found


@lru_cache(maxsize=600)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)


class Lines:
    """Draws lines one after the other; the same seed draws the same ones."""

    def __init__(self, script: Script, seed: int, *, held_back: bool = False) -> None:
        self.script = script
        self.rng = Random(seed)
        self.noise = np.random.default_rng(seed)
        self.texts = script.texts(self.rng)
        self.faces = faces(script, held_back)
        self.weights = [face.weight for face in self.faces]

    def one(self, widest: int) -> Drawn:
        """The next line no wider than so many pixels."""
        while True:
            text = self.texts.one()
            (face,) = self.rng.choices(self.faces, self.weights)
            if text and face.signs.issuperset(ord(c) for c in text if c != " "):
                try:
                    drawn = self._drawn(text, face, widest)
                except (OSError, ValueError):  # a typeface that cannot be set in this size
                    continue
                if drawn is not None:
                    return drawn

    def _drawn(self, text: str, face: Face, widest: int) -> Drawn | None:
        small = self.rng.random() < 0.25
        size = self.rng.randint(*SMALL) if small else self.rng.choice(SIZES)
        sheet, box = self._sheet(text, _font(face.file, size), size)
        if sheet is None:
            return None
        picture = self._worn(self._turned(sheet), self._crop(box, sheet.shape, size), size)
        high, wide = picture.shape
        step, signs = self.script.step, self.script.signs
        width = max(step * 4, round(HEIGHT * wide / high * self.rng.uniform(0.9, 1.12)))
        printed = get_display(text, base_dir="R") if self._from_right(text) else text
        label = tuple(signs.index(c) + 1 for c in printed)
        needed = len(label) + sum(a == b for a, b in pairwise(label))
        if width > widest or needed >= width // step:
            return None
        way = cv2.INTER_AREA if high > HEIGHT else cv2.INTER_LINEAR
        return Drawn(as_bytes(cv2.resize(picture, (width, HEIGHT), interpolation=way)), label, text)

    def _sheet(
        self, text: str, font: ImageFont.FreeTypeFont, size: int
    ) -> tuple[Grey | None, tuple[int, int, int, int]]:
        """The text with what else may stand by it, and its box: left, top, right, bottom."""
        here = any(c in self.script.letters for c in text)
        language = self.script.language if here else "en"
        way = ("rtl" if self._from_right(text) else "ltr", language)
        shown = self.script.marked(self.rng, text)
        left, top, right, bottom = (
            round(x) for x in font.getbbox(shown, direction=way[0], language=way[1])
        )
        wide, high = right - left, bottom - top
        if not (4 < wide < 3000 and high > 4):
            return None, (0, 0, 0, 0)
        paper = Image.new("L", (wide + 2 * size, high + 2 * size), 255)
        pen, ink = ImageDraw.Draw(paper), self.rng.randint(0, 70)
        x, y = size - left, size - top
        pen.text((x, y), shown, font=font, fill=ink, direction=way[0], language=way[1])
        draw = self.rng.random()
        if draw < 0.15:  # the line above or below
            off = round(size * self.rng.uniform(1.35, 1.7)) * self.rng.choice((-1, 1))
            other = (x + self.rng.randint(-20, 20), y + off)
            common = self.texts.common()
            turned = "rtl" if self._from_right(common) else "ltr"
            pen.text(other, common, font=font, fill=ink, direction=turned)
        elif draw < 0.2:  # a rule below
            under = size + high + self.rng.randint(1, 5)
            pen.line((0, under, paper.width, under), fill=ink, width=self.rng.randint(1, 2))
        elif draw < 0.23:  # a cell's wall
            gap = self.rng.randint(4, 10)
            wall = self.rng.choice((size - gap, size + wide + gap))
            pen.line((wall, 0, wall, paper.height), fill=ink, width=self.rng.randint(1, 2))
        return as_bytes(np.asarray(paper)), (size, size, size + wide, size + high)

    def _from_right(self, text: str) -> bool:
        return self.script.from_right and any(c in self.script.letters for c in text)

    def _turned(self, sheet: Grey) -> Grey:
        """Half of the lines are a little askew or slanted."""
        if self.rng.random() < 0.5:
            return sheet
        high, wide = sheet.shape
        degrees, slant = self.rng.gauss(0, 0.7), self.rng.gauss(0, 0.03)
        if abs(np.tan(np.radians(degrees))) * wide / 2 >= 0.12 * high:
            return sheet
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
        matrix[0, 1] += slant
        matrix[0, 2] -= slant * high / 2
        return as_bytes(cv2.warpAffine(sheet, matrix, (wide, high), borderValue=(255,)))

    def _crop(
        self, box: tuple[int, int, int, int], shape: tuple[int, ...], size: int
    ) -> tuple[slice, slice]:
        """The line with as much white round it as boxes of words leave, or a little less."""
        left, top, right, bottom = box
        high = bottom - top
        least = -0.03 if self.rng.random() < 0.1 else 0.0

        def room(of: int, low: float, most: float) -> int:
            return round(of * self.rng.uniform(low, most))

        rows = slice(
            max(0, top - room(high, least, 0.3)), min(shape[0], bottom + room(high, least, 0.3))
        )
        columns = slice(
            max(0, left - room(size, 0, 0.45)), min(shape[1], right + room(size, 0, 0.45))
        )
        return rows, columns

    def _worn(self, sheet: Grey, crop: tuple[slice, slice], size: int) -> Grey:
        """What resolution, ink, light, a fax's two tones and JPEG do to it."""
        rng, picture, scale = self.rng, sheet[crop], 1.0
        if rng.random() < 0.35 and size > SMALL[1]:
            scale = rng.uniform(max(0.42, 12 / size), 1)
            across = scale * rng.uniform(0.93, 1.07)
            picture = as_bytes(
                cv2.resize(picture, None, fx=across, fy=scale, interpolation=cv2.INTER_AREA)
            )
        if rng.random() < 0.15:
            kernel = np.ones((2, 2) if rng.random() < 0.6 else (1, 2), np.uint8)
            change = cv2.erode if rng.random() < 0.5 else cv2.dilate
            picture = as_bytes(change(picture, kernel))
        light = picture.astype(np.float32)
        if rng.random() < 0.7:
            blur = rng.uniform(0.3, 1.1) * max(0.5, min(1.4, size * scale / 30))
            light = cv2.GaussianBlur(light, (0, 0), blur).astype(np.float32)
        if rng.random() < 0.6:
            light *= np.float32(rng.uniform(190, 255) / 255)
            if rng.random() < 0.4:
                shade = np.linspace(rng.uniform(-25, 25), 0, light.shape[1], dtype=np.float32)
                light += shade[None]
        if rng.random() < 0.7:
            light += self.noise.normal(0, rng.uniform(1, 18), light.shape).astype(np.float32)
        if rng.random() < 0.22:
            light = self._two_tones(light)
        result = as_bytes(np.clip(light, 0, 255).astype(np.uint8))
        if rng.random() < 0.35:
            quality = (int(cv2.IMWRITE_JPEG_QUALITY), rng.randint(25, 85))
            coded = cv2.imencode(".jpg", result, quality)[1]
            result = as_bytes(np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)))
        return result

    def _two_tones(self, light: np.ndarray) -> np.ndarray:
        ink = light <= self.rng.uniform(90, 185) * (float(light.max()) / 255)
        result = np.where(ink, 0, 255).astype(np.float32)
        if self.rng.random() < 0.5:
            specks = self.noise.random(result.shape)
            result[specks < 0.004] = 0
            result[specks > 0.994] = 255
        return result
