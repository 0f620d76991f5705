"""Children are held to their limits, and nothing of them is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ocr import child
from ocr.endings import Started
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing

QUICK = child.Limits(wall_s=0.5)


def test_a_child_over_its_time_is_ended_with_its_own_children(tmp_path: Path) -> None:
    mark = tmp_path / "grandchild"
    script = f"sh -c 'sleep 2; touch {mark}' & sleep 20"
    started = time.monotonic()
    with pytest.raises(ChildTimeout):
        child.run(["sh", "-c", script], QUICK, tmp_path)
    assert time.monotonic() - started < 2
    time.sleep(2)
    assert not mark.exists()


def test_memory_is_limited(tmp_path: Path) -> None:
    greedy = "x = bytearray(600 * 1024 * 1024); print(len(x))"
    done = child.run([sys.executable, "-S", "-c", greedy], child.Limits(10, 200), tmp_path)
    assert done.returncode != 0
    assert b"MemoryError" in done.stderr


def test_file_size_is_limited(tmp_path: Path) -> None:
    child.run(["sh", "-c", "yes > big"], child.Limits(5, 1024, file_mb=1), tmp_path)
    assert (tmp_path / "big").stat().st_size <= 1024 * 1024


def test_output_is_cut(tmp_path: Path) -> None:
    script = "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2"
    done = child.run(["sh", "-c", script], child.Limits(5), tmp_path)
    assert len(done.stdout) == len(done.stderr) == child.OUTPUT_CAP


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="no-such-program") as caught:
        child.run(["no-such-program"], QUICK, tmp_path)
    assert caught.value.reason == "tool_missing"


def test_children_do_not_see_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILBOX_PASSWORD", "secret")
    done = child.run(["env"], child.Limits(5), tmp_path)
    assert b"MAILBOX_PASSWORD" not in done.stdout
    assert b"OMP_THREAD_LIMIT=1" in done.stdout


def test_a_launcher_limits_programs_that_others_start(tmp_path: Path) -> None:
    limits = child.Limits(wall_s=0.5, memory_mb=300)
    place = child.launchers(("sh",), limits, tmp_path)
    started = time.monotonic()
    run = Started.now("sh", limits)
    late = subprocess.run([place / "sh", "-c", "sleep 20"], check=False)
    assert time.monotonic() - started < 3
    assert isinstance(run.error(late.returncode), ChildTimeout)
    told = subprocess.run(
        [place / "sh", "-c", "ulimit -v; echo noise >&2; exit 3"],
        check=False,
        capture_output=True,
    )
    assert told.stdout.strip() == str(300 * 1024).encode()
    assert told.stderr == b""
    assert child.said("sh", tmp_path) == b"noise\n"
    assert isinstance(run.error(told.returncode), ChildFailed)


def test_private_folders_of_the_dead_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    dead = tmp_path / f"{child.FOLDER_PREFIX}{gone.pid}-abc"
    dead.mkdir()
    (dead / "page.pgm").write_bytes(b"P5")
    other = tmp_path / "someone-elses"
    other.mkdir()
    with child.private_folder() as ours:
        assert child.sweep() == 1
        assert ours.exists()
    assert not dead.exists()
    assert not ours.exists()
    assert other.exists()


def test_threads_are_limited_before_libraries_are_loaded() -> None:
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
