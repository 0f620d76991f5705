"""The scanner folder: files are taken when they are whole, and never lost."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import SourceUnreadable
from ingest.limits import ParseLimits
from ingest.scanner import ScannerFolder, delete, is_whole, move
from tests.ingest.source_contract import MESSAGES, Filled, MessageSourceContract

PDF = b"%PDF-1.4\n" + b"x" * 5000 + b"\n%%EOF\n"


def _old(path: Path, data: bytes, age_s: float = 3600) -> Path:
    """A file whose contents are so old; its entry is as new as it is."""
    path.write_bytes(data)
    when = time.time() - age_s
    os.utime(path, (when, when))
    return path


def _later(folder: Path, seconds: float = 3600, **keys: object) -> ScannerFolder:
    """The folder as it looks after so many seconds."""
    return ScannerFolder(folder, 10, clock=lambda: time.time() + seconds, **keys)  # type: ignore[arg-type]


def _names(source: ScannerFolder) -> list[str]:
    keys = source.keys()
    return [Path(key.folder).name for key in keys]


class FilledFolder(Filled):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for number, data in enumerate(MESSAGES):
            (folder / f"{number}.eml").write_bytes(data)
        self.source = _later(folder)

    def remove(self, index: int) -> None:
        (self.folder / f"{index}.eml").unlink()

    def snapshot(self) -> object:
        return [
            (p.name, p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(self.folder.iterdir())
        ]


class TestScannerFolder(MessageSourceContract):
    @pytest.fixture
    def filled(self, tmp_path: Path) -> Filled:
        return FilledFolder(tmp_path)


def test_a_file_is_taken_only_when_it_has_been_left_alone(tmp_path: Path) -> None:
    _old(tmp_path / "scan.pdf", PDF, age_s=0)
    assert _names(_later(tmp_path, 0)) == []
    assert _names(_later(tmp_path, 9)) == []
    assert _names(_later(tmp_path, 11)) == ["scan.pdf"]
    # a copy that keeps the time of the original is no older than its entry in the folder
    _old(tmp_path / "scan.pdf", PDF, age_s=86400)
    assert _names(_later(tmp_path, 5)) == []


def test_hidden_and_unfinished_files_and_links_are_left_alone_and_told(tmp_path: Path) -> None:
    for name in (".hidden.pdf", "a.pdf.part", "b.tmp", "c.pdf.crdownload", "d.pdf~"):
        (tmp_path / name).write_bytes(PDF)
    (tmp_path / "link.pdf").symlink_to(tmp_path / ".hidden.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "scan.pdf").write_bytes(PDF)
    source = _later(tmp_path)
    assert _names(source) == ["scan.pdf"]
    assert sorted(p.reason for p in source.passed_over()) == [
        "hidden",
        "link",
        "no_file",
        *["unfinished"] * 4,
    ]


def test_files_of_every_type_are_taken_and_empty_ones_in_the_end(tmp_path: Path) -> None:
    for name, data in (("notes.txt", b"x"), ("replies.zip", b"PK\x03\x04"), ("a.xyz", b"\x00\x01")):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "empty.pdf").touch()
    assert _names(_later(tmp_path, 50)) == ["a.xyz", "notes.txt", "replies.zip"]
    assert _names(_later(tmp_path, 150)) == ["a.xyz", "empty.pdf", "notes.txt", "replies.zip"]


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise((300, 400), 50)
    options = {"save_all": True, "append_images": [image, image]} if kind == "TIFF" else {}
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PDF", "TIFF", "JPEG", "PNG"])
def test_a_scan_cut_short_is_waited_for_and_taken_in_the_end(tmp_path: Path, kind: str) -> None:
    whole = PDF if kind == "PDF" else _picture(kind)
    half = whole[: len(whole) // 2]
    assert is_whole(io.BytesIO(whole), len(whole))
    assert not is_whole(io.BytesIO(half), len(half))
    (tmp_path / "scan").write_bytes(half)
    assert _names(_later(tmp_path, 50)) == []
    assert _names(_later(tmp_path, 150)) == ["scan"]
    (tmp_path / "scan").write_bytes(whole)
    assert _names(_later(tmp_path, 50)) == ["scan"]


def test_a_chain_of_tiff_directories_that_runs_in_a_circle_ends() -> None:
    data = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 8)
    assert is_whole(io.BytesIO(data), len(data))


def test_a_file_that_changes_between_listing_and_reading_waits(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(PDF)
    source = _later(tmp_path)
    keys = source.keys()
    (tmp_path / "scan.pdf").write_bytes(PDF + b"more")
    assert list(source.items(keys)) == []


def test_a_file_over_the_limit_is_named_and_a_missing_folder_too(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-" + b"x" * 1_500_000)
    source = _later(tmp_path, limits=ParseLimits(max_message_mb=1))
    (item,) = source.items(source.keys())
    assert (item.filename, item.problem) == ("scan.pdf", "too_large")
    assert len(item.data) < 100_000
    with pytest.raises(SourceUnreadable, match=r"scanner\.folder"):
        _later(tmp_path / "nowhere").keys()


def test_only_the_very_file_that_was_kept_is_deleted_or_moved(tmp_path: Path) -> None:
    done = tmp_path / "done"
    done.mkdir()
    path = tmp_path / "scan.pdf"
    path.write_bytes(PDF)
    source = _later(tmp_path, apart=done)
    (key,) = source.keys()
    file, sha256 = source.file(key), hashlib.sha256(PDF).hexdigest()
    stamp = path.stat().st_mtime_ns
    path.write_bytes(PDF[:-5] + b"other")
    assert not delete(file, sha256)
    os.utime(path, ns=(stamp, stamp))  # same size, same time, other bytes
    assert not delete(file, sha256)
    assert not move(file, sha256, done)
    assert path.exists()
    assert not delete(replace(file, path=tmp_path / "gone.pdf"), sha256)


def test_a_moved_file_never_replaces_another_and_a_second_try_makes_no_second_copy(
    tmp_path: Path,
) -> None:
    done = tmp_path / "done"
    done.mkdir()
    (done / "scan.pdf").write_bytes(b"%PDF-an earlier one")
    path = tmp_path / "scan.pdf"
    path.write_bytes(PDF)
    source = _later(tmp_path, apart=done)
    (key,) = source.keys()
    file, sha256 = source.file(key), hashlib.sha256(PDF).hexdigest()
    assert move(file, sha256, done)
    path.write_bytes(PDF)  # killed after the copy, before the original was taken away
    os.utime(path, ns=(file.changed_ns, file.changed_ns))
    assert move(file, sha256, done)
    assert not path.exists()
    assert sorted(p.name for p in done.iterdir()) == [f"scan-{sha256[:12]}.pdf", "scan.pdf"]
    assert _names(_later(tmp_path, apart=done)) == []
    path.write_bytes(PDF)
    os.utime(path, ns=(file.changed_ns, file.changed_ns))
    with pytest.raises(SourceUnreadable, match=r"scanner\.move_to"):
        move(file, sha256, tmp_path / "nowhere")
    assert path.exists()
