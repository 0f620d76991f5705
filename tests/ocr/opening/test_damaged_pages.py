"""A page that is damaged says so, one that does not decode fails, and neither counts as blank."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
import pytest

from ocr.document import inspect
from ocr.errors import Rejected
from ocr.opening import formats, page_source
from ocr.reader import read_page
from ocr.settings import OcrSettings
from tests.ocr.conftest import ENGLISH, Grey, draw
from tests.ocr.picture_files import BLACK, COLOUR, PAGE, pillow, tiff, with_dnl

Save = Callable[..., Path]
JPEG = pillow(PAGE, "JPEG", quality=90)
FINE = draw(ENGLISH, dpi=200)


def written(folder: Path, data: bytes, name: str = "page") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def cut(data: bytes, share: float = 0.7) -> bytes:
    return data[: int(len(data) * share)]


def flipped(data: bytes, at: float = 0.3) -> bytes:
    mutant = bytearray(data)
    mutant[int(len(data) * at)] ^= 0x10
    return bytes(mutant)


def image_pdf(data: bytes, coding: str, *, objects_packed: bool = False) -> bytes:
    """One page that is one grey image, its coded bytes as given."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    image = pikepdf.Stream(
        pdf,
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=PAGE.shape[1],
        Height=PAGE.shape[0],
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray,
        Filter=pikepdf.Name(coding),
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
    pdf.pages[0].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
    buffer = io.BytesIO()
    modes = pikepdf.ObjectStreamMode
    pdf.save(buffer, object_stream_mode=modes.generate if objects_packed else modes.disable)
    return buffer.getvalue()


def head_is_there(pixels: Grey) -> bool:
    """True if the upper part of the page, where the print is, came out."""
    grey = pixels if pixels.ndim == 2 else pixels.min(axis=2)
    scale = PAGE.shape[0] / grey.shape[0]
    step = max(1, round(1 / scale))
    upper = grey[::step, ::step][: PAGE.shape[0] * 2 // 5, : PAGE.shape[1]]
    return bool((upper < 128).mean() > 0.5 * (PAGE[: len(upper)] < 128).mean())


STRIPS = tiff(PAGE, compression="lzw", rowsperstrip=64)()
RAW = tiff(PAGE)()
DAMAGED: dict[str, bytes] = {
    "jpeg cut": cut(JPEG),
    "png cut": cut(pillow(COLOUR, "PNG")),
    "png flipped": flipped(pillow(COLOUR, "PNG"), 0.8),
    "gif cut": cut(pillow(PAGE, "GIF"), 0.8),
    "tiff strips cut": cut(STRIPS, 0.9),
    "tiff raw cut": cut(RAW, 0.8),
    "fax flipped": flipped(pillow(BLACK, "TIFF", compression="group4"), 0.5),
    "pdf jpeg cut": image_pdf(cut(JPEG), "/DCTDecode"),
    "pdf deflate cut": image_pdf(cut(zlib.compress(PAGE.tobytes())), "/FlateDecode"),
    "pdf deflate flipped": image_pdf(flipped(zlib.compress(PAGE.tobytes()), 0.8), "/FlateDecode"),
    "pdf fax flipped": flipped(img2pdf.convert(pillow(BLACK, "TIFF", compression="group4")), 0.5),
    "pdf cut": cut(image_pdf(JPEG, "/DCTDecode"), 0.85),
    "pdf without its table": image_pdf(JPEG, "/DCTDecode").partition(b"\nxref")[0],
    "pdf of packed objects cut": image_pdf(JPEG, "/DCTDecode", objects_packed=True)[:-60],
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_is_left_of_a_damaged_page_is_shown_and_marked(
    tmp_path: Path, data: bytes, settings: OcrSettings
) -> None:
    path = written(tmp_path, data)
    assert inspect(path, formats.type_of(path), settings).pages >= 1
    picture = page_source.load(path, 1, settings).picture
    assert picture.damaged
    assert head_is_there(picture.pixels)


SOUND: dict[str, bytes] = {
    "jpeg": JPEG,
    "png": pillow(COLOUR, "PNG"),
    "fax": pillow(BLACK, "TIFF", compression="group4"),
    "strips": STRIPS,
    "pdf jpeg": image_pdf(JPEG, "/DCTDecode"),
    "pdf jpeg height told late": image_pdf(with_dnl(JPEG), "/DCTDecode"),
    "pdf deflate": image_pdf(zlib.compress(PAGE.tobytes()), "/FlateDecode"),
    "pdf fax": img2pdf.convert(pillow(BLACK, "TIFF", compression="group4")),
    "pdf behind rubbish": b"from the gateway\r\n" * 20 + image_pdf(JPEG, "/DCTDecode"),
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_a_sound_page_is_not_marked(tmp_path: Path, data: bytes, settings: OcrSettings) -> None:
    source = page_source.load(written(tmp_path, data), 1, settings)
    assert not source.odd
    assert not source.picture.damaged
    assert head_is_there(source.picture.pixels)


def test_the_rows_that_are_missing_are_white(tmp_path: Path, settings: OcrSettings) -> None:
    pixels = page_source.load(written(tmp_path, cut(JPEG, 0.4)), 1, settings).picture.pixels
    assert (pixels[-50:] == 255).all()


def test_words_of_a_damaged_page_are_read_and_the_page_is_warned(
    tmp_path: Path, settings: OcrSettings
) -> None:
    page = read_page(written(tmp_path, cut(pillow(FINE, "JPEG", quality=90), 0.8)), 1, settings)
    assert (page.outcome, page.reason) == ("warned", "damaged_image")
    assert "MWANGI" in page.text


@pytest.mark.parametrize("share", [0.02, 0.2])
def test_a_page_of_which_nothing_is_left_fails(
    tmp_path: Path, share: float, settings: OcrSettings
) -> None:
    lower = np.vstack([np.full((500, PAGE.shape[1]), 250, np.uint8), PAGE])
    page = read_page(written(tmp_path, cut(pillow(lower, "PNG"), share)), 1, settings)
    assert (page.outcome, page.reason) == ("failed", "undecodable")


def test_an_image_nobody_decodes_fails_its_page(tmp_path: Path, settings: OcrSettings) -> None:
    path = written(tmp_path, image_pdf(b"\xff\xd8\xff\xe0 no picture at all", "/DCTDecode"))
    page = read_page(path, 1, settings)
    assert (page.outcome, page.reason) == ("failed", "undecodable")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "WEBP"])
def test_white_paper_is_blank(tmp_path: Path, kind: str, settings: OcrSettings) -> None:
    page = read_page(written(tmp_path, pillow(0 * PAGE + 250, kind)), 1, settings)
    assert (page.outcome, page.reason) == ("warned", "blank")


def test_a_white_page_of_a_pdf_is_blank(tmp_path: Path, settings: OcrSettings) -> None:
    data = image_pdf(pillow(0 * PAGE + 250, "JPEG"), "/DCTDecode")
    page = read_page(written(tmp_path, data), 1, settings)
    assert (page.outcome, page.reason) == ("warned", "blank")


def test_a_later_page_that_cannot_be_reached_is_a_page_that_fails(
    tmp_path: Path, settings: OcrSettings
) -> None:
    from PIL import Image

    image = Image.fromarray(PAGE)
    whole = pillow(image, "TIFF", save_all=True, append_images=[image])
    (first,) = struct.unpack_from("<I", whole, 4)
    (entries,) = struct.unpack_from("<H", whole, first)
    (second,) = struct.unpack_from("<I", whole, first + 2 + 12 * entries)
    path = written(tmp_path, whole[: second + 1])
    assert inspect(path, "image/tiff", settings).pages == 2
    assert read_page(path, 2, settings).outcome == "failed"


def test_a_decoder_that_crashes_is_left_out(
    tmp_path: Path, settings: OcrSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ocr.opening import decoder_client
    from ocr.opening.decoder_client import Crashed

    asked: list[int] = []
    real = decoder_client._ask

    def ask(request: dict[str, object], *rest: object) -> dict[str, object]:
        asked.append(int(str(request.get("skip", 0))))
        if not request.get("skip"):
            raise Crashed
        return real(request, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(decoder_client, "_ask", ask)
    path = written(tmp_path, STRIPS)
    assert not page_source.load(path, 1, settings).picture.damaged
    assert asked == [0, 1]
    with pytest.raises(Rejected):
        page_source.load(written(tmp_path, image_pdf(JPEG, "/DCTDecode")), 1, settings)
