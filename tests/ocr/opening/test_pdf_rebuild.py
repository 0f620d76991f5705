"""PDFs that lost their cross-reference table are found together again."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.opening.pdf.rebuild import is_cut_short, rebuilt, with_page_tree
from ocr.opening.pdf.scan import PdfProblem, open_pdf


def pages_of(count: int, *, packed: bool) -> bytes:
    pdf = pikepdf.new()
    for number in range(count):
        pdf.add_blank_page(page_size=(100 + number, 200))
    buffer = io.BytesIO()
    modes = pikepdf.ObjectStreamMode
    pdf.save(buffer, object_stream_mode=modes.generate if packed else modes.disable)
    return buffer.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_all_pages_come_back_without_the_table(tmp_path: Path, packed: bool) -> None:
    whole = pages_of(3, packed=packed)
    end = whole.rindex(b"/Type /XRef") if packed else whole.rindex(b"\nxref")
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[:end])
    with open_pdf(path) as pdf:
        assert [float(page.mediabox[2]) for page in pdf.pages] == [100, 101, 102]
    assert is_cut_short(path)


def test_pages_are_found_without_the_tree_over_them(tmp_path: Path) -> None:
    """A linearized file that did not arrive whole."""
    pdf = pikepdf.open(io.BytesIO(pages_of(3, packed=False)))
    buffer = io.BytesIO()
    pdf.save(buffer, linearize=True)
    whole = buffer.getvalue()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: re.search(rb"\d+ 0 obj\s*<<[^>]*/Type /Pages", whole).start()])  # type: ignore[union-attr]
    with open_pdf(path) as found:
        assert len(found.pages) >= 1


def test_a_sound_file_is_not_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "whole.pdf"
    path.write_bytes(pages_of(1, packed=True) + b"\r\n" * 20)
    assert not is_cut_short(path)


def test_a_packed_bomb_is_not_unpacked_whole() -> None:
    bomb = zlib.compress(b"1 0 " + bytes(200_000_000), 9)
    data = b"1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + bomb
    assert len(rebuilt(data)) < 70_000_000


@given(st.binary(max_size=600))
def test_any_bytes_can_be_asked(data: bytes) -> None:
    assert rebuilt(data).startswith(data)
    assert with_page_tree(data).startswith(data)


@given(st.binary(max_size=200), st.integers(0, 10**7), st.integers(0, 10**9))
def test_any_object_stream_can_be_unpacked(text: bytes, count: int, first: int) -> None:
    facts = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode >>" % (count, first)
    data = b"7 0 obj\n" + facts + b"\nstream\n" + zlib.compress(text) + b"\nendstream\nendobj\n"
    assert rebuilt(data).startswith(data)


def test_rubbish_stays_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n")
    with pytest.raises(PdfProblem, match="corrupt"):
        open_pdf(path)
