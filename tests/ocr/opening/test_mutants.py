"""Whatever happened to a file: pixels, or a reason, within the limits of the child."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from PIL import Image

from ocr.document import inspect
from ocr.errors import OcrError
from ocr.opening import formats, page_source
from ocr.settings import OcrSettings
from tests.fuzz.pictures import mutations
from tests.ocr.opening.test_damaged_pages import image_pdf
from tests.ocr.picture_files import BLACK, KINDS, PAGE, pillow, tiff

FILES = {
    "jpeg": pillow(PAGE, "JPEG"),
    "png": pillow(PAGE, "PNG"),
    "tiff": tiff(PAGE, compression="lzw", rowsperstrip=64)(),
    "fax": pillow(BLACK, "TIFF", compression="group4"),
    "old jpeg": KINDS["tiff old JPEG"](),
    "gif": pillow(PAGE, "GIF"),
    "webp": pillow(PAGE, "WEBP"),
    "jp2": pillow(PAGE, "JPEG2000"),
    "avif": pillow(PAGE, "AVIF"),
    "heic": (Path(__file__).parents[1] / "pictures" / "turned.heic").read_bytes(),
    "pdf": image_pdf(pillow(PAGE, "JPEG"), "/DCTDecode", objects_packed=True),
}
REASONS = {
    "shown",
    "corrupt",
    "undecodable",
    "codec_missing",
    "encrypted",
    "not_a_scan",
    "too_large",
    "too_many_pages",
    "unsupported_type",
    "child_failed",
    "timeout",
}


def outcome(path: Path, limits: OcrSettings) -> str:
    """What becomes of the file's last page; anything but our own errors comes through."""
    try:
        found = inspect(path, formats.type_of(path), limits)
        pixels = page_source.load(path, found.pages, limits).picture.pixels
    except OcrError as error:
        return error.reason
    return "shown" if pixels.size else "nothing"


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_mutant_is_shown_or_has_a_reason(tmp_path: Path, data: bytes) -> None:
    limits = OcrSettings(max_pixels=20_000_000, page_timeout_s=60)
    path = tmp_path / "mutant"
    for mutant in itertools.islice(mutations(17, data), 12):
        path.write_bytes(mutant)
        assert outcome(path, limits) in REASONS


def test_the_same_seed_gives_the_same_mutants() -> None:
    buffer = io.BytesIO()
    Image.fromarray(PAGE[:50, :50]).save(buffer, "PNG")
    first, again, other = (
        list(itertools.islice(mutations(seed, buffer.getvalue()), 30)) for seed in (4, 4, 5)
    )
    assert first == again != other
    assert list(itertools.islice(mutations(1, b""), 3)) == [b"", b"", b""]
