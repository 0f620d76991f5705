from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.db import originals as originals_module
from store.db.originals import Originals
from store.errors import OriginalUnusable


def test_bytes_come_back_and_lie_under_their_digest(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    sha256 = originals.put(b"scan")
    assert originals.get(sha256) == b"scan"
    assert originals.path(sha256).relative_to(tmp_path / "originals").parts == (
        sha256[:2],
        sha256[2:4],
        sha256,
    )


def test_keeping_the_same_bytes_twice_keeps_one_file(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    assert originals.put(b"scan") == originals.put(b"scan")
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_a_truncated_original_is_written_again(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha256 = originals.put(b"scan")
    originals.path(sha256).write_bytes(b"sc")
    originals.put(b"scan")
    assert originals.get(sha256) == b"scan"


def test_a_changed_original_is_refused(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha256 = originals.put(b"scan")
    originals.path(sha256).write_bytes(b"nacs")
    with pytest.raises(OriginalUnusable, match="changed on the disk"):
        originals.get(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_a_name_that_is_no_digest_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OriginalUnusable):
        Originals(tmp_path).path(name)


def test_a_missing_original_says_so(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    assert not originals.has("0" * 64)
    with pytest.raises(OriginalUnusable, match="cannot be read"):
        originals.get("0" * 64)


def test_leftovers_of_a_killed_write_are_swept(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"scan").hexdigest()
    # the folders are there already, so that the first fsync is the file's own
    script = (
        "import os, pathlib, signal, sys\n"
        "from store.db.originals import Originals\n"
        "originals = Originals(pathlib.Path(sys.argv[1]))\n"
        "originals.path(sys.argv[2]).parent.mkdir(parents=True)\n"
        "(originals.folder / '.incoming').mkdir()\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n"
        "originals.put(b'scan')\n"
    )
    folder = tmp_path / "originals"
    done = subprocess.run([sys.executable, "-c", script, str(folder), sha256], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list((folder / ".incoming").iterdir())) == 1
    originals = Originals(folder)
    assert not originals.has(sha256)
    assert originals.sweep() == 1
    assert originals.sweep() == 0
    assert originals.put(b"scan") == sha256


def test_a_file_being_written_is_not_swept(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    incoming = tmp_path / ".incoming"
    incoming.mkdir()
    handle, temporary = originals_module._create_locked(incoming)
    try:
        assert originals.sweep() == 0
        assert temporary.exists()
    finally:
        os.close(handle)
    assert originals.sweep() == 1
