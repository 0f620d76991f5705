"""From a clean page image to what an office scanner, a fax or a telephone makes of it.

Every function takes and returns grey (2-D) or RGB (3-D) arrays; pages come in at 300 dpi.
"""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import numpy.typing as npt

from samples.pages import Pixels

DPI = {
    "clean": 300,
    "scan": 300,
    "stamp": 300,
    "fax": 200,
    "poor": 200,
    "photo": 200,
    "upside_down": 300,
    "sideways": 300,
}
JPEG_QUALITY = {
    "clean": 70,
    "scan": 60,
    "stamp": 58,
    "poor": 38,
    "photo": 62,
    "upside_down": 58,
    "sideways": 58,
    "fax": 60,
}


def _random(rng: Random) -> np.random.Generator:
    return np.random.default_rng(rng.randrange(2**32))


def skew(page: Pixels, angle: float, paper: int) -> Pixels:
    """Turned by ``angle`` degrees about the middle; corners filled with paper."""
    h, w = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1.0)
    border = (paper,) * (3 if page.ndim == 3 else 1)
    return np.asarray(
        cv2.warpAffine(page, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=border), np.uint8
    )


def _tone(page: Pixels, paper: int, ink: int) -> Pixels:
    table = np.linspace(ink, paper, 256).astype(np.uint8)
    return np.asarray(cv2.LUT(page, table), np.uint8)


def _grain(page: Pixels, rng: Random, sigma: float) -> Pixels:
    grain = np.zeros(page.shape[:2], np.int16)
    cv2.setRNGSeed(rng.randrange(2**31))
    cv2.randn(grain, np.zeros(1), np.full(1, sigma))
    if page.ndim == 3:
        grain = np.repeat(grain[..., None], 3, axis=2)
    return np.asarray(np.clip(page.astype(np.int16) + grain, 0, 255), np.uint8)


def _light(page: Pixels, field: npt.NDArray[np.float32]) -> Pixels:
    full = cv2.resize(field, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_CUBIC)
    if page.ndim == 3:
        full = full[..., None]
    return np.asarray(np.clip(page * full, 0, 255), np.uint8)


def _specks(page: Pixels, rng: Random, count: int) -> None:
    h, w = page.shape[:2]
    for _ in range(count):
        shade = rng.randrange(40, 190)
        colour = (shade,) * (3 if page.ndim == 3 else 1)
        cv2.circle(
            page, (rng.randrange(w), rng.randrange(h)), rng.choice([1, 1, 1, 2, 3]), colour, -1
        )


def _resize(page: Pixels, scale: float) -> Pixels:
    return np.asarray(
        cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )


def scan(page: Pixels, rng: Random) -> Pixels:
    """A decent office scanner: slight skew, paper tone, a little grain, an edge shadow."""
    paper = rng.randrange(240, 251)
    page = _tone(page, paper, rng.randrange(18, 55))
    page = skew(page, rng.uniform(-0.75, 0.75), paper)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), rng.uniform(0.6, 0.95)), np.uint8)
    field = np.ones((2, rng.choice([24, 48, 70])), np.float32)
    field[:, -1 if rng.random() < 0.5 else 0] = rng.uniform(0.72, 0.97)
    page = _grain(_light(page, field), rng, rng.uniform(1.2, 2.6))
    _specks(page, rng, rng.randrange(0, 14))
    return page


def fax(page: Pixels, rng: Random) -> Pixels:
    """Fine-mode fax: 200 dpi bilevel, speckle, shifted and dropped rows."""
    random = _random(rng)
    page = _resize(skew(page, rng.uniform(-0.5, 0.5), 255), 2 / 3)
    page = _grain(page, rng, 22)
    page = np.where(page > rng.randrange(140, 165), 255, 0).astype(np.uint8)
    specks = random.random(page.shape) < rng.uniform(0.0002, 0.0008)
    page[specks] = 0
    for _ in range(rng.randrange(2, 6)):
        y = rng.randrange(page.shape[0] - 3)
        page[y : y + rng.choice([1, 1, 2])] = 255
    for _ in range(rng.randrange(1, 4)):
        y = rng.randrange(page.shape[0] - 60)
        page[y : y + 40] = np.roll(page[y : y + 40], rng.choice([-2, 1, 2]), axis=1)
    return page


def poor(page: Pixels, rng: Random) -> Pixels:
    """An old copier at 200 dpi: uneven light, skew of one or two degrees, blur."""
    page = _tone(page, 236, 50)
    page = skew(page, rng.choice([-1, 1]) * rng.uniform(0.9, 1.9), 236)
    page = np.asarray(
        cv2.GaussianBlur(_resize(page, 2 / 3), (0, 0), rng.uniform(0.5, 0.75)), np.uint8
    )
    field = _random(rng).uniform(0.78, 1.0, (3, 3)).astype(np.float32)
    page = _grain(_light(page, field), rng, 3.0)
    _specks(page, rng, rng.randrange(20, 70))
    return page


def photo(page: Pixels, rng: Random) -> Pixels:
    """A telephone's picture of the sheet on a desk: perspective, shadow, warm light."""
    if page.ndim == 2:
        page = np.asarray(cv2.cvtColor(page, cv2.COLOR_GRAY2RGB), np.uint8)
    page = _resize(_tone(page, 238, 35), 0.72)
    h, w = page.shape[:2]
    pad = int(w * 0.07)
    size = (w + 2 * pad, h + 2 * pad)
    move = [pad + rng.uniform(-0.6, 0.6) * pad for _ in range(8)]
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    target = np.array(
        [
            [move[0], move[1]],
            [size[0] - move[2], move[3]],
            [size[0] - move[4], size[1] - move[5]],
            [move[6], size[1] - move[7]],
        ],
        np.float32,
    )
    desk = np.zeros((size[1], size[0], 3), np.uint8)
    desk[:] = rng.choice([(122, 92, 66), (92, 96, 102), (148, 120, 90)])
    grain = _random(rng).uniform(0.8, 1.1, (size[1] // 24, 6)).astype(np.float32)
    desk = _light(desk, grain)
    matrix = cv2.getPerspectiveTransform(source, target)
    warped = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((h, w), 255, np.uint8), matrix, size)
    soft = cv2.GaussianBlur(np.roll(mask, 9, (0, 1)), (0, 0), 11).astype(np.float32) / 255
    desk = np.asarray(desk * (1 - 0.45 * soft[..., None]), np.uint8)
    out = np.where(mask[..., None] > 127, warped, desk).astype(np.uint8)
    field = np.ones((4, 4), np.float32) * 0.98
    corner = rng.choice([(0, 0), (0, 3), (3, 0), (3, 3)])
    field[corner] = 0.55
    field[1:3, 1:3] = rng.uniform(0.85, 1.0)
    out = _light(out, field)
    warm = np.array([1.0, 0.975, 0.92], np.float32)
    out = np.asarray(np.clip(cv2.GaussianBlur(out, (0, 0), 0.7) * warm, 0, 255), np.uint8)
    return _grain(out, rng, 2.0)


def degrade(page: Pixels, kind: str, rng: Random) -> Pixels:
    """``page`` as the named device delivers it."""
    if kind == "clean":
        return page
    if kind == "fax":
        return fax(page, rng)
    if kind == "poor":
        return poor(page, rng)
    if kind == "photo":
        return photo(page, rng)
    page = scan(page, rng)
    if kind == "upside_down":
        return np.ascontiguousarray(page[::-1, ::-1])
    if kind == "sideways":
        return np.ascontiguousarray(np.rot90(page, rng.choice([1, 3])))
    return page
