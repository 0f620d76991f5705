"""The scan out of a PDF looks as poppler shows the page; what is no plain scan is rendered."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import img2pdf
import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from pdf2image import convert_from_path
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, TiffImagePlugin

from ocr.children.folders import private_folder
from ocr.document import page_image
from ocr.errors import Rejected
from ocr.opening import decoder_client, page_source
from ocr.opening.picture import Picture
from ocr.prepare.page_image import prepared
from ocr.settings import OcrSettings

Pixels = NDArray[np.uint8]
ScannedPdf = Callable[..., Path]
WIDTH, HEIGHT = 200, 283


def sample(channels: int = 1) -> Pixels:
    """Four different quarters, so that every turn and mirror image shows."""
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    page[20:120, 20:90] = 0
    page[20:60, 120:180] = 90
    page[180:260, 30:60] = 160
    if channels == 1:
        return page
    colour = np.stack([page, np.roll(page, 30, axis=1), page // 2 + 100], axis=2)
    return colour.astype(np.uint8)


def image(
    pixels: Pixels, space: object = Name.DeviceGray, **entries: object
) -> Callable[[Pdf], Stream]:
    def make(pdf: Pdf) -> Stream:
        return Stream(
            pdf,
            zlib.compress(pixels.tobytes()),
            Type=Name.XObject,
            Subtype=Name.Image,
            Filter=Name.FlateDecode,
            Width=pixels.shape[1],
            Height=pixels.shape[0],
            ColorSpace=space,
            BitsPerComponent=8,
            **entries,
        )

    return make


def stored(path: Path, settings: OcrSettings, tmp_path: Path) -> Picture | dict[str, object]:
    return decoder_client.pixels(path, "application/pdf", 1, settings, tmp_path)


def difference(path: Path, settings: OcrSettings) -> float:
    """Mean difference in grey levels between our pixels and poppler's."""
    ours = page_source.load(path, 1, settings).picture.pixels
    (shown,) = convert_from_path(path, dpi=72)
    theirs = np.asarray(shown.convert("L"), dtype=np.uint8)
    grey = ours if ours.ndim == 2 else cv2.cvtColor(ours, cv2.COLOR_RGB2GRAY)
    same = cv2.resize(grey, theirs.shape[::-1], interpolation=cv2.INTER_AREA)
    return float(np.abs(same.astype(int) - theirs.astype(int)).mean())


@pytest.mark.parametrize(
    ("matrix", "rotate"),
    [
        ("595 0 0 842 0 0", 0),
        ("595 0 0 842 0 0", 90),
        ("595 0 0 842 0 0", 180),
        ("595 0 0 842 0 0", -90),
        ("-595 0 0 842 595 0", 0),
        ("595 0 0 -842 0 842", 0),
        ("-595 0 0 -842 595 842", 90),
        ("0 842 -595 0 595 0", 0),
        ("0 -842 595 0 0 842", 0),
        ("0 842 595 0 0 0", 180),
    ],
)
def test_turns_and_mirror_images_are_honoured(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path, matrix: str, rotate: int
) -> None:
    path = scanned_pdf(f"q {matrix} cm /Im0 Do Q", {"/Im0": image(sample())}, Rotate=rotate)
    assert isinstance(stored(path, settings, tmp_path), Picture)
    assert difference(path, settings) < 4


def test_the_resolution_follows_from_the_size_on_the_page(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path
) -> None:
    path = scanned_pdf("q 595 0 0 842 0 0 cm /Im0 Do Q", {"/Im0": image(sample())})
    found = stored(path, settings, tmp_path)
    assert isinstance(found, Picture)
    assert found.dpi_x == pytest.approx(WIDTH / 595 * 72)


def test_a_scan_inside_a_form_is_taken_out(
    scanned_pdf: ScannedPdf, settings: OcrSettings, tmp_path: Path
) -> None:
    def form(pdf: Pdf) -> Stream:
        inside = Dictionary(XObject=Dictionary({"/Im0": image(sample())(pdf)}))
        return Stream(
            pdf,
            b"q 1 0 0 1 0 0 cm /Im0 Do Q",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 1, 1]),
            Matrix=Array([595, 0, 0, 842, 0, 0]),
            Resources=inside,
        )

    path = scanned_pdf("/Fm0 Do", {"/Fm0": form})
    assert isinstance(stored(path, settings, tmp_path), Picture)
    assert difference(path, settings) < 4


@pytest.mark.parametrize("compression", ["jpeg", "group4", "colour"])
def test_scanners_usual_codings_are_taken_out(
    settings: OcrSettings, tmp_path: Path, compression: str
) -> None:
    page, buffer = Image.fromarray(sample(3 if compression == "colour" else 1)), io.BytesIO()
    if compression == "group4":
        page.point(lambda v: 255 * (v > 128)).convert("1").save(
            buffer, "TIFF", compression="group4", dpi=(24, 24)
        )
    else:
        page.save(buffer, "JPEG", quality=95, dpi=(24, 24))
    path = tmp_path / "scan.pdf"
    path.write_bytes(img2pdf.convert(buffer.getvalue()))
    found = stored(path, settings, tmp_path)
    assert isinstance(found, Picture)
    assert found.bilevel == (compression == "group4")
    assert difference(path, settings) < 6


def test_a_huge_page_is_scaled_down_not_refused(
    scanned_pdf: ScannedPdf, settings: OcrSettings
) -> None:
    path = scanned_pdf("0 0 m 14000 14000 l S", {}, MediaBox=Array([0, 0, 14400, 14400]))
    source = page_source.load(path, 1, settings)
    assert max(source.picture.pixels.shape) <= settings.max_side_pixels


def test_an_error_of_poppler_marks_the_page(scanned_pdf: ScannedPdf, settings: OcrSettings) -> None:
    path = scanned_pdf("0 0 m 100 100 l S /Missing Do /Cs9 cs (", {})
    assert page_source.load(path, 1, settings).odd


def test_a_page_over_the_pixel_limit_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    Image.fromarray(np.zeros((400, 400), np.uint8)).save(path)
    with pytest.raises(Rejected) as caught:
        page_image(path, 1, OcrSettings(max_pixels=100_000))
    assert caught.value.reason == "too_large"


def test_a_phone_picture_is_turned_by_its_exif_data(tmp_path: Path, settings: OcrSettings) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned clockwise by 90 degrees
    path = tmp_path / "phone.jpg"
    Image.fromarray(np.rot90(sample()).copy()).save(path, exif=exif, quality=95)
    shown = page_source.load(path, 1, settings).picture.pixels
    assert shown.shape == sample().shape
    assert np.abs(shown.astype(int) - sample().astype(int)).mean() < 5


def test_each_page_of_a_fax_keeps_its_own_resolution(tmp_path: Path, settings: OcrSettings) -> None:
    path = tmp_path / "fax.tif"
    fine = Image.fromarray(sample()).convert("1")
    coarse = fine.resize((WIDTH, HEIGHT // 2))
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[282], info[283], info[296] = 204.0, 98.0, 2
    with TiffImagePlugin.AppendingTiffWriter(str(path), True) as writer:
        fine.save(writer, "TIFF", dpi=(204, 196))
        writer.newFrame()
        coarse.save(writer, "TIFF", tiffinfo=info)
    first, second = (page_source.load(path, n, settings).picture for n in (1, 2))
    assert (first.dpi_x, first.dpi_y) == pytest.approx((204, 196))
    assert (second.dpi_x, second.dpi_y) == pytest.approx((204, 98))
    assert second.bilevel


def test_a_fax_measured_in_centimetres_is_understood(tmp_path: Path, settings: OcrSettings) -> None:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[282], info[283], info[296] = 80.3, 38.5, 3
    path = tmp_path / "fax.tif"
    fax = Image.fromarray(sample()).convert("1").resize((1728, 1145))
    fax.save(path, "TIFF", tiffinfo=info, compression="group3")
    source = page_source.load(path, 1, settings).picture
    assert (source.dpi_x, source.dpi_y) == pytest.approx((204, 98), abs=0.3)
    done = prepared(source, settings)
    height, width = done.image.shape
    assert height / width == pytest.approx(297 / 210, rel=0.04)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_grey_or_rgb_on_white(
    tmp_path: Path, settings: OcrSettings, mode: str
) -> None:
    grey = sample()
    path = tmp_path / ("page.tif" if mode == "CMYK" else "page.png")
    if mode == "I;16":
        Image.fromarray(grey.astype(np.uint16) * 257).save(path)
    elif mode in {"RGBA", "LA"}:
        see_through = Image.fromarray(np.stack([grey * 0, 255 - grey], axis=2), "LA")
        see_through.convert(mode).save(path)
    else:
        Image.fromarray(grey).convert("RGB").convert(mode).save(path)
    pixels = page_source.load(path, 1, settings).picture.pixels
    shown = pixels if pixels.ndim == 2 else pixels.max(axis=2)
    assert np.abs(shown.astype(int) - grey.astype(int)).mean() < 3


def test_no_private_folder_is_left(scanned_pdf: ScannedPdf, settings: OcrSettings) -> None:
    path = scanned_pdf("0 0 m 100 100 l S", {})
    with private_folder() as ours:
        page_source.load(path, 1, settings)
        mine = [p for p in ours.parent.glob(f"{ours.name.rsplit('-', 1)[0]}-*")]
        assert mine == [ours]


def test_pikepdf_is_the_library_that_wrote_these(scanned_pdf: ScannedPdf) -> None:
    with pikepdf.open(scanned_pdf("", {})) as pdf:
        assert len(pdf.pages) == 1
