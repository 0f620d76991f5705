"""Files inside a PDF come out wherever they hang, each once, and never more than the limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pikepdf import Name
from PIL import Image

from ocr.enclosed import Enclosed, take_out
from ocr.errors import Rejected
from ocr.opening.pdf import embedded_files
from ocr.settings import OcrSettings
from tests.fuzz import pdfs
from tests.ocr.enclosing_pdfs import (
    PLACES,
    Put,
    enclosing,
    everywhere,
    in_the_name_tree,
    nowhere,
    portfolio,
)

PDF = "application/pdf"
INNER = b"%PDF-1.4\n% a list that came as a file of its own\n%%EOF\n"


def taken_out(path: Path, settings: OcrSettings) -> tuple[Enclosed, ...]:
    folder = path.parent / "out"
    folder.mkdir()
    return take_out(path, PDF, settings, folder)


def bytes_of(found: Enclosed) -> bytes:
    return Path(found.path).read_bytes() if found.path else b""


@pytest.mark.parametrize("put", PLACES, ids=lambda put: put.__name__)
def test_a_file_is_found_wherever_it_hangs(tmp_path: Path, settings: OcrSettings, put: Put) -> None:
    path = enclosing(tmp_path / "note.pdf", put, "annex.pdf", INNER)
    (found,) = taken_out(path, settings)
    assert (found.filename, found.media_type, found.problem) == ("annex.pdf", PDF, None)
    assert bytes_of(found) == INNER


def test_what_an_earlier_version_left_behind_does_not_count(
    tmp_path: Path, settings: OcrSettings
) -> None:
    pdf = pikepdf.open(enclosing(tmp_path / "a.pdf", in_the_name_tree, "new.pdf", INNER))
    kept = pdf.Root.Names.EmbeddedFiles.Names[1]
    with pikepdf.open(enclosing(tmp_path / "b.pdf", nowhere, "old.pdf", b"%PDF-old")) as other:
        left = [o for o in other.objects if isinstance(o, pikepdf.Stream)]
        for stream in left:
            pdf.copy_foreign(stream)
    assert kept.UF == "new.pdf"
    pdf.save(tmp_path / "both.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert [f.filename for f in taken_out(tmp_path / "both.pdf", settings)] == ["new.pdf"]


def test_archives_mail_and_pictures_inside_are_opened_like_attachments(
    tmp_path: Path, settings: OcrSettings
) -> None:
    packed, picture = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("lists/annex.pdf", INNER)
    Image.new("L", (1700, 2200), 255).save(picture, "TIFF")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "mission@example.org", "list"
    mail.set_content("attached")
    mail.add_attachment(INNER + b"%", maintype="application", subtype="pdf", filename="of mail.pdf")
    files = {"a.zip": packed.getvalue(), "b.eml": mail.as_bytes(), "c.tif": picture.getvalue()}
    found = taken_out(portfolio(tmp_path / "p.pdf", files), settings)
    assert [(f.filename, f.media_type, f.problem) for f in found] == [
        ("lists_annex.pdf", PDF, None),
        ("of mail.pdf", PDF, None),
        ("c.tif", "image/tiff", None),
    ]


def test_a_document_without_files_has_none(tmp_path: Path, settings: OcrSettings) -> None:
    assert taken_out(enclosing(tmp_path / "n.pdf", nowhere, "x", INNER), settings) == ()
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert take_out(tmp_path / "scan.png", "image/png", settings, tmp_path) == ()


def test_names_are_labels_and_never_paths(tmp_path: Path, settings: OcrSettings) -> None:
    name = "../../etc/\x1b[2J\u202efdp.exe"
    (found,) = taken_out(enclosing(tmp_path / "n.pdf", everywhere, name, INNER), settings)
    assert found.filename == "[2Jfdp.exe"
    assert Path(str(found.path)).parent == tmp_path / "out"


def test_a_file_that_unpacks_to_more_than_the_limit_is_named_and_not_unpacked(
    tmp_path: Path, settings: OcrSettings
) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    pdf = pikepdf.open(enclosing(tmp_path / "n.pdf", in_the_name_tree, "bomb.pdf", b"x"))
    stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    stream.write(packed, filter=Name.FlateDecode)
    pdf.save(tmp_path / "bomb.pdf", compress_streams=False)
    (found,) = taken_out(tmp_path / "bomb.pdf", settings)
    assert (found.filename, found.problem, found.path) == ("bomb.pdf", "too_large", None)


def test_of_a_damaged_file_what_can_be_had_is_kept(tmp_path: Path, settings: OcrSettings) -> None:
    data = bytes(range(256)) * 2000
    pdf = pikepdf.open(enclosing(tmp_path / "n.pdf", in_the_name_tree, "cut.pdf", b"x"))
    stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    stream.write(zlib.compress(data, 0)[:200_000], filter=Name.FlateDecode)
    pdf.save(tmp_path / "cut.pdf", compress_streams=False)
    (found,) = taken_out(tmp_path / "cut.pdf", settings)
    assert found.problem == "corrupt"
    assert data.startswith(bytes_of(found))
    assert len(bytes_of(found)) > 100_000


def test_an_empty_file_is_said(tmp_path: Path, settings: OcrSettings) -> None:
    (found,) = taken_out(
        enclosing(tmp_path / "n.pdf", in_the_name_tree, "annex.pdf", b""), settings
    )
    assert (found.filename, found.path, found.problem) == ("annex.pdf", None, "corrupt")


def test_more_files_than_the_limit_are_said(tmp_path: Path, settings: OcrSettings) -> None:
    files = {f"{n}.pdf": INNER + b"%d" % n for n in range(embedded_files.MOST_FILES + 7)}
    found = taken_out(portfolio(tmp_path / "p.pdf", files), settings)
    assert len(found) == embedded_files.MOST_FILES + 1
    assert found[-1].problem == "too_many_parts"


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7\nnothing more"])
def test_a_document_that_cannot_be_opened_is_rejected(
    tmp_path: Path, settings: OcrSettings, broken: bytes
) -> None:
    (tmp_path / "n.pdf").write_bytes(broken)
    with pytest.raises(Rejected):
        taken_out(tmp_path / "n.pdf", settings)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_of_a_changed_file_something_comes_out_or_it_is_rejected(
    tmp_path: Path, settings: OcrSettings, seed: int
) -> None:
    path = enclosing(tmp_path / "n.pdf", everywhere, "annex.pdf", INNER * 40)
    (tmp_path / "m.pdf").write_bytes(pdfs.mutated(path.read_bytes(), seed))
    (tmp_path / "out").mkdir(exist_ok=True)
    try:
        found = take_out(tmp_path / "m.pdf", PDF, settings, tmp_path / "out")
    except Rejected:
        return
    assert all(item.path is not None or item.problem is not None for item in found)


@given(data=st.binary(max_size=400), cut=st.integers(0, 500))
def test_unpacking_returns_a_beginning_of_what_was_packed(data: bytes, cut: int) -> None:
    packed = zlib.compress(data)
    found = embedded_files._inflated("x", packed[:cut], 1000)
    assert data.startswith(found.data)
    assert (found.problem is None) == (cut >= len(packed))
