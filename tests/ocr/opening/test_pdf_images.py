"""Every way a scanner stores a page in a PDF gives the pixels poppler shows."""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from ocr.opening import decoder_client, page_source
from ocr.opening.picture import Picture
from ocr.settings import OcrSettings

Pixels = NDArray[np.uint8]
ScannedPdf = Callable[..., Path]
Make = Callable[[Pdf], Stream]

WIDTH, HEIGHT = 200, 283
FULL = "q 595 0 0 842 0 0 cm /Im0 Do Q"
SMALL_DIFFERENCE = 2.0
"""Grey levels between ours and poppler's, which has other edges of pixels."""


def grey() -> Pixels:
    """Four different quarters, so that every turn and mirror image shows."""
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    page[20:120, 20:90] = 0
    page[20:60, 120:180] = 90
    page[180:260, 30:60] = 160
    return page


def colour() -> Pixels:
    page = grey()
    return np.stack([page, np.roll(page, 30, axis=1), page // 2 + 100], axis=2)


def bits() -> Pixels:
    return np.packbits(grey() > 128, axis=1)


def nibbles() -> Pixels:
    page = grey()
    return np.asarray((page[:, ::2] >> 4 << 4) | (page[:, 1::2] >> 4), np.uint8)


def stored(pixels: Pixels | NDArray[np.uint16], **entries: object) -> Make:
    """An image XObject of these samples; an entry of None is left out."""
    data = pixels.astype(">u2") if pixels.dtype == np.uint16 else pixels
    return coded(zlib.compress(data.tobytes()), Filter=Name.FlateDecode, **entries)


def coded(data: bytes, **entries: object) -> Make:
    usual = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": WIDTH,
        "Height": HEIGHT,
        "ColorSpace": Name.DeviceGray,
        "BitsPerComponent": 8,
    }
    wanted = {key: value for key, value in {**usual, **entries}.items() if value is not None}
    return lambda pdf: Stream(pdf, data, **wanted)


def by_pillow(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def cmyk() -> Image.Image:
    return Image.fromarray(colour()).convert("CMYK")


def stencil(pixels: Pixels, **entries: object) -> Make:
    return stored(pixels, BitsPerComponent=1, ColorSpace=None, ImageMask=True, **entries)


def with_mask(key: str, image: Make, mask: Make) -> Make:
    def make(pdf: Pdf) -> Stream:
        made = image(pdf)
        made[f"/{key}"] = pdf.make_indirect(mask(pdf))
        return made

    return make


def jbig2() -> bytes:
    """A page of one immediate generic region in MMR coding (ITU-T T.88, 7.2 and 7.4.6)."""
    black_is_one = Image.fromarray(grey()).point(lambda v: 255 * (v > 128)).convert("1")
    tiff = by_pillow(black_is_one, "TIFF", compression="group4", tiffinfo={278: HEIGHT})
    with Image.open(io.BytesIO(tiff)) as opened:
        (start,), (length,) = opened.tag_v2[273], opened.tag_v2[279]  # type: ignore[attr-defined]
    region = struct.pack(">IIIIBB", WIDTH, HEIGHT, 0, 0, 0, 1) + tiff[start : start + length]
    page = struct.pack(">IIIIBH", WIDTH, HEIGHT, 0, 0, 0, 0)
    segments = ((0, 48, page), (1, 38, region))
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
        for number, kind, data in segments
    )


PALETTE = Array(
    [Name.Indexed, Name.DeviceRGB, 255, bytes(v for i in range(256) for v in (i, 255 - i, 100))]
)
SIXTEEN = Array([Name.Indexed, Name.DeviceGray, 15, bytes(range(0, 256, 17))])

TAKEN: dict[str, Make] = {
    "grey": stored(grey()),
    "colour": stored(colour(), ColorSpace=Name.DeviceRGB),
    "4 bits": stored(nibbles(), BitsPerComponent=4),
    "16 bits": stored(grey().astype(np.uint16) * 257, BitsPerComponent=16),
    "16 bits colour": stored(
        colour().astype(np.uint16) * 257, BitsPerComponent=16, ColorSpace=Name.DeviceRGB
    ),
    "black and white": stored(bits(), BitsPerComponent=1),
    "white for black": stored(bits(), BitsPerComponent=1, Decode=Array([1, 0])),
    "negative": stored(grey(), Decode=Array([1, 0])),
    "decode that does nothing": stored(grey(), Decode=Array([0, 1])),
    "stencil": stencil(bits()),
    "negative stencil": stencil(255 - bits(), Decode=Array([1, 0])),
}

RENDERED: dict[str, Make] = {
    "half the contrast": stored(grey(), Decode=Array([0.2, 0.8])),
    "soft mask": with_mask("SMask", stored(grey()), stored(255 - grey() // 2)),
    "hard mask": with_mask("Mask", stored(colour(), ColorSpace=Name.DeviceRGB), stencil(bits())),
    "CMYK": stored(np.asarray(cmyk()), ColorSpace=Name.DeviceCMYK),
    "CMYK JPEG": coded(
        by_pillow(cmyk(), "JPEG", quality=92), Filter=Name.DCTDecode, ColorSpace=Name.DeviceCMYK
    ),
    "CMYK JPEG as Photoshop inverts it": coded(
        by_pillow(Image.fromarray(255 - np.asarray(cmyk()), "CMYK"), "JPEG", quality=92),
        Filter=Name.DCTDecode,
        ColorSpace=Name.DeviceCMYK,
        Decode=Array([1, 0] * 4),
    ),
    "palette": stored(grey(), ColorSpace=PALETTE),
    "palette of 16": stored(nibbles(), BitsPerComponent=4, ColorSpace=SIXTEEN),
    "Lab": stored(
        colour(),
        ColorSpace=Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))]),
    ),
    "JPEG 2000": coded(
        by_pillow(Image.fromarray(colour()), "JPEG2000"),
        Filter=Name.JPXDecode,
        ColorSpace=None,
        BitsPerComponent=None,
    ),
    "JBIG2": coded(jbig2(), Filter=Name.JBIG2Decode, BitsPerComponent=1),
}


def difference(path: Path, settings: OcrSettings) -> float:
    """Mean difference in grey levels between our pixels and poppler's, and not odd."""
    source = page_source.load(path, 1, settings)
    assert not source.odd
    ours = source.picture.pixels
    target = path.with_suffix("")
    options = ["-r", "72", "-cropbox", "-singlefile"]
    subprocess.run(["pdftoppm", *options, str(path), str(target)], check=True)
    theirs = np.asarray(Image.open(target.with_suffix(".ppm")).convert("L"), dtype=np.uint8)
    one = ours if ours.ndim == 2 else cv2.cvtColor(ours, cv2.COLOR_RGB2GRAY)
    assert one.shape[1] / one.shape[0] == pytest.approx(
        theirs.shape[1] / theirs.shape[0], rel=0.025
    )
    same = cv2.resize(one, theirs.shape[::-1], interpolation=cv2.INTER_AREA)
    return float(np.abs(same.astype(int) - theirs.astype(int)).mean())


def is_taken(path: Path, settings: OcrSettings, folder: Path) -> bool:
    return isinstance(decoder_client.pixels(path, "application/pdf", 1, settings, folder), Picture)


@pytest.mark.parametrize("kind", TAKEN)
def test_what_is_simple_is_taken_out(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path, kind: str
) -> None:
    path = scanned_pdf(FULL, {"/Im0": TAKEN[kind]})
    assert is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


@pytest.mark.parametrize("kind", RENDERED)
def test_what_is_not_is_rendered(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path, kind: str
) -> None:
    path = scanned_pdf(FULL, {"/Im0": RENDERED[kind]})
    assert not is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


def in_strips(count: int, gap: float = 0.0) -> tuple[str, dict[str, Make]]:
    """The page cut into strips from the top down, painted from the bottom up."""
    content, images, page = "", {}, grey()
    for number in reversed(range(count)):
        top, bottom = HEIGHT * number // count, HEIGHT * (number + 1) // count
        height, y = 842 * (bottom - top) / HEIGHT - gap, 842 - 842 * bottom / HEIGHT
        content += f"q 595 0 0 {height:.3f} 0 {y:.3f} cm /Im{number} Do Q "
        images[f"/Im{number}"] = stored(page[top:bottom], Height=bottom - top)
    return content, images


@pytest.mark.parametrize(("count", "rotate"), [(2, 0), (7, 0), (30, 90), (7, 180)])
def test_strips_that_make_up_the_page_are_joined(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path, count: int, rotate: int
) -> None:
    path = scanned_pdf(*in_strips(count), Rotate=rotate)
    assert is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


def test_strips_with_gaps_between_them_are_rendered(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path
) -> None:
    path = scanned_pdf(*in_strips(5, gap=12))
    assert not is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


@pytest.mark.parametrize(
    ("content", "entries"),
    [
        (FULL, {"CropBox": Array([50, 60, 500, 700])}),
        (FULL, {"CropBox": Array([10, 10, 555, 842]), "Rotate": 90}),
        (FULL, {"CropBox": Array([-100, -100, 900, 1000])}),
        ("q 595 0 0 842 100 50 cm /Im0 Do Q", {"MediaBox": Array([100, 50, 695, 892])}),
        ("q 700 0 0 990 -50 -70 cm /Im0 Do Q", {}),
        ("q 565 0 0 812 0 30 cm /Im0 Do Q", {}),
        (
            "q 297.5 0 0 421 0 0 cm /Im0 Do Q",
            {"UserUnit": 2, "MediaBox": Array([0, 0, 297.5, 421])},
        ),
        (f"q 0 0 595 842 re W n {FULL} Q", {}),
    ],
    ids=["crop", "crop and turn", "crop too large", "origin", "beyond", "margin", "unit", "clip"],
)
def test_only_what_the_page_shows_of_the_image_is_taken(
    scanned_pdf: ScannedPdf,
    settings: OcrSettings,
    tmp_path: Path,
    content: str,
    entries: dict[str, object],
) -> None:
    path = scanned_pdf(content, {"/Im0": stored(grey())}, **entries)
    assert is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


@pytest.mark.parametrize(
    "content",
    [
        f"q 0 0 595 400 re W n {FULL} Q",
        "q 595 40 0 800 0 0 cm /Im0 Do Q",
        f"{FULL} 1 0 0 rg 100 100 300 300 re f",
        f"/OC /Hidden BDC {FULL} EMC",
        f"{FULL} q 595 0 0 842 0 0 cm /Im1 Do Q",
    ],
    ids=["clipped", "slanted", "painted over", "layer", "two images"],
)
def test_images_that_do_not_show_as_they_are_are_rendered(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path, content: str
) -> None:
    path = scanned_pdf(content, {"/Im0": stored(grey()), "/Im1": stored(255 - grey())})
    assert not is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


def test_a_stencil_in_colour_is_rendered(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path
) -> None:
    path = scanned_pdf(f"0.9 0.2 0.2 rg {FULL}", {"/Im0": stencil(bits())})
    assert not is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


@pytest.mark.parametrize("state", [{"ca": 0.4}, {"BM": Name.Multiply}], ids=["pale", "blended"])
def test_an_image_painted_see_through_is_rendered(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path, state: dict[str, object]
) -> None:
    path = scanned_pdf(f"/See gs {FULL}", {"/Im0": stored(grey())})
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        states = Dictionary(
            {"/See": Dictionary({f"/{key}": value for key, value in state.items()})}
        )
        pdf.pages[0].Resources.ExtGState = states
        pdf.save(path)
    assert not is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


def test_a_turn_is_inherited_from_the_tree_of_pages(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path
) -> None:
    path = scanned_pdf(FULL, {"/Im0": stored(grey())})
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Pages.Rotate = 270
        pdf.save(path)
    assert is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE


def test_an_annotation_is_seen(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path
) -> None:
    square = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=Array([300, 300, 500, 500]),
        IC=Array([0, 0, 0]),
        F=4,
    )
    path = scanned_pdf(FULL, {"/Im0": stored(grey())}, Annots=Array([square]))
    assert not is_taken(path, settings, tmp_path)
    assert difference(path, settings) < SMALL_DIFFERENCE
    shown = page_source.load(path, 1, settings).picture.pixels
    height, width = shown.shape[:2]
    assert shown[round(height * 0.52), round(width * 0.67)].max() < 50


def test_a_page_rendered_in_larger_units_has_its_real_resolution(
    scanned_pdf: ScannedPdf, settings: OcrSettings
) -> None:
    half = {"UserUnit": 2, "MediaBox": Array([0, 0, 297.5, 421])}
    image = {"/Im0": stored(grey(), ColorSpace=PALETTE)}
    path = scanned_pdf("q 297.5 0 0 421 0 0 cm /Im0 Do Q", image, **half)
    source = page_source.load(path, 1, settings)
    assert not source.odd
    assert source.picture.dpi_x == pytest.approx(settings.read_dpi)
    assert source.picture.pixels.shape[1] == pytest.approx(595 / 72 * settings.read_dpi, abs=2)


def test_a_page_of_three_hundred_metres_is_no_single_pixel(
    scanned_pdf: ScannedPdf, settings: OcrSettings
) -> None:
    box = Array([0, 0, 1_000_000, 1_414_000])
    image = {"/Im0": stored(grey(), ColorSpace=PALETTE)}
    path = scanned_pdf("q 1000000 0 0 1414000 0 0 cm /Im0 Do Q", image, MediaBox=box)
    pixels = page_source.load(path, 1, settings).picture.pixels
    assert settings.max_side_pixels * 0.95 < max(pixels.shape) <= settings.max_side_pixels
    assert pixels.std() > 20
