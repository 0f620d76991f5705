"""What hands add to the sheet: signatures, round stamps, received marks, fax headers."""

from __future__ import annotations

import math
import subprocess
from functools import lru_cache
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.pages import Pixels

BLUE, RED, VIOLET, BLACK = (28, 48, 150), (178, 28, 40), (90, 40, 140), (30, 30, 34)


@lru_cache(maxsize=8)
def _font_path(family: str) -> str:
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", family], check=True, capture_output=True, text=True
    )
    return found.stdout


def _font(family: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_font_path(family), size)


def lay(
    page: Pixels, mask: Pixels, x: int, y: int, colour: tuple[int, int, int], strength: float
) -> None:
    """Multiply ink of ``colour`` through ``mask`` (255 = full) onto ``page``, in place."""
    h, w = mask.shape
    x, y = max(0, min(x, page.shape[1] - w)), max(0, min(y, page.shape[0] - h))
    region = page[y : y + h, x : x + w]
    amount = mask.astype(np.float32) / 255 * strength
    tint = np.array(colour if page.ndim == 3 else [sum(colour) / 3], dtype=np.float32) / 255
    factor = 1 - amount[..., None] * (1 - tint)
    if page.ndim == 2:
        factor = factor[..., 0]
    region[:] = (region * factor).astype(np.uint8)


def _uneven(mask: Pixels, rng: Random, least: float = 0.35) -> Pixels:
    noise = np.random.default_rng(rng.randrange(2**32)).random(
        (mask.shape[0] // 14 + 2, mask.shape[1] // 14 + 2)
    )
    field = cv2.resize(
        noise.astype(np.float32), (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_CUBIC
    )
    return np.asarray(mask * np.clip(least + field * 0.9, 0, 1), dtype=np.uint8)


def signature(rng: Random, dpi: int) -> Pixels:
    """A scribble some 45 mm wide."""
    width, height = int(dpi * 1.9), int(dpi * 0.8)
    canvas = np.zeros((height, width), np.uint8)
    for _ in range(rng.choice([1, 2, 2, 3])):
        x, points = rng.uniform(0.05, 0.35) * width, []
        phase, speed = rng.uniform(0, 6.3), rng.uniform(0.35, 0.8)
        for i in range(rng.randrange(14, 34)):
            x += width * rng.uniform(0.006, 0.032)
            swing = math.sin(phase + i * speed * 2) * rng.uniform(0.1, 0.36)
            points.append((min(x, width - 5), height * (0.5 + swing)))
        fine = np.array(points, np.float32)
        t, s = np.arange(len(fine)), np.linspace(0, len(fine) - 1, len(fine) * 14)
        curve = np.stack([np.interp(s, t, fine[:, k]) for k in (0, 1)], axis=1)
        curve = np.stack(
            [np.convolve(curve[:, k], np.ones(21) / 21, "valid") for k in (0, 1)], axis=1
        )
        cv2.polylines(canvas, [curve.astype(np.int32)], False, 255, max(2, dpi // 75), cv2.LINE_AA)
    return canvas


def round_stamp(rng: Random, dpi: int, words: tuple[str, str]) -> Pixels:
    """A round seal, 34 mm across: words along the ring, a star in the middle."""
    size = int(dpi * rng.uniform(1.25, 1.45))
    image = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(image)
    c = size / 2
    for radius, width in ((0.485, 5), (0.46, 2), (0.3, 2)):
        r = size * radius
        draw.ellipse([c - r, c - r, c + r, c + r], outline=255, width=max(1, width * dpi // 300))
    font = _font(
        "Noto Sans CJK SC" if any("一" <= x <= "鿿" for x in words[0]) else "DejaVu Sans",
        int(size * 0.085),
    )
    text = f"{words[0]} ★ "
    for i, letter in enumerate(text):
        tile = Image.new("L", (size, size), 0)
        ImageDraw.Draw(tile).text((c, c - size * 0.38), letter, font=font, fill=255, anchor="mm")
        turned = tile.rotate(
            -360 * i / len(text), center=(c, c), resample=Image.Resampling.BILINEAR
        )
        image = Image.fromarray(np.maximum(np.asarray(image), np.asarray(turned)))
    draw = ImageDraw.Draw(image)
    star = [
        (c + size * r * math.sin(math.pi * i / 5), c - size * r * math.cos(math.pi * i / 5))
        for i in range(10)
        for r in ((0.19 if i % 2 == 0 else 0.08),)
    ]
    draw.polygon(star, outline=255, width=max(2, dpi // 100))
    draw.text(
        (c, c + size * 0.24),
        words[1],
        font=_font("DejaVu Sans", int(size * 0.06)),
        fill=255,
        anchor="mm",
    )
    turned = image.rotate(rng.uniform(-25, 25), resample=Image.Resampling.BICUBIC)
    return _uneven(np.array(turned), rng)


def received_mark(rng: Random, dpi: int, day: str) -> Pixels:
    """The registry's rectangular mark with date and number."""
    width, height = int(dpi * 2.1), int(dpi * 0.95)
    image = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(image)
    draw.rectangle([4, 4, width - 5, height - 5], outline=255, width=max(2, dpi // 80))
    big, small = _font("DejaVu Sans", int(dpi * 0.19)), _font("DejaVu Sans Mono", int(dpi * 0.15))
    draw.text(
        (width / 2, height * 0.24),
        rng.choice(["RECEIVED", "UNODC REGISTRY", "RECEIVED BY CEB"]),
        font=big,
        fill=255,
        anchor="mm",
    )
    draw.text((width / 2, height * 0.52), day, font=small, fill=255, anchor="mm")
    draw.text(
        (width / 2, height * 0.78),
        f"No. {rng.randrange(1000, 9999)}  Action: {rng.choice(['CEB', 'CSS', 'DTA'])}",
        font=small,
        fill=255,
        anchor="mm",
    )
    turned = image.rotate(rng.uniform(-7, 7), expand=True, resample=Image.Resampling.BICUBIC)
    return _uneven(np.array(turned), rng, 0.45)


def fax_header(page: Pixels, text: str, dpi: int) -> None:
    """The sender's line a fax machine prints along the top edge, in place."""
    image = Image.fromarray(page)
    ImageDraw.Draw(image).text(
        (dpi * 0.3, dpi * 0.12), text, font=_font("DejaVu Sans Mono", int(dpi * 0.115)), fill=0
    )
    page[:] = np.asarray(image)
