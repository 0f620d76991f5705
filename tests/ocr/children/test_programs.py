"""Children are held to their limits, and nothing of them is left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ocr.children import programs
from ocr.children.exit_status import Started
from ocr.children.folders import FOLDER_PREFIX, private_folder, sweep
from ocr.children.limits import Limits
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing

QUICK = Limits(wall_s=0.5)


def runs(pid: str) -> bool:
    """True if the process is there and does not only wait to be forgotten."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def test_a_child_over_its_time_is_ended_with_its_own_children(tmp_path: Path) -> None:
    told = tmp_path / "pids"
    script = f"sh -c 'echo $$ >> {told}; sleep 3600' & echo $$ >> {told}; sleep 3600"
    with pytest.raises(ChildTimeout):
        programs.run(["sh", "-c", script], QUICK, tmp_path)
    pids = told.read_text().split()
    assert len(pids) == 2
    assert not any(runs(pid) for pid in pids)


def test_memory_is_limited(tmp_path: Path) -> None:
    greedy = "x = bytearray(600 * 1024 * 1024); print(len(x))"
    done = programs.run([sys.executable, "-S", "-c", greedy], Limits(10, 200), tmp_path)
    assert done.returncode != 0
    assert b"MemoryError" in done.stderr


def test_file_size_is_limited(tmp_path: Path) -> None:
    programs.run(["sh", "-c", "yes > big"], Limits(5, 1024, file_mb=1), tmp_path)
    assert (tmp_path / "big").stat().st_size <= 1024 * 1024


def test_output_is_cut(tmp_path: Path) -> None:
    script = "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2"
    done = programs.run(["sh", "-c", script], Limits(5), tmp_path)
    assert len(done.stdout) == len(done.stderr) == programs.OUTPUT_CAP


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="no-such-program") as caught:
        programs.run(["no-such-program"], QUICK, tmp_path)
    assert caught.value.reason == "tool_missing"


def test_children_do_not_see_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILBOX_PASSWORD", "secret")
    done = programs.run(["env"], Limits(5), tmp_path)
    assert b"MAILBOX_PASSWORD" not in done.stdout
    assert b"OMP_THREAD_LIMIT=1" in done.stdout


def test_a_launcher_limits_programs_that_others_start(tmp_path: Path) -> None:
    limits = Limits(wall_s=0.5, memory_mb=300)
    place = programs.launchers(("sh",), limits, tmp_path)
    run = Started.now("sh", limits)
    late = subprocess.run([place / "sh", "-c", "sleep 3600"], check=False)
    assert isinstance(run.error(late.returncode), ChildTimeout)
    told = subprocess.run(
        [place / "sh", "-c", "ulimit -v; echo noise >&2; exit 3"],
        check=False,
        capture_output=True,
    )
    assert told.stdout.strip() == str(300 * 1024).encode()
    assert told.stderr == b""
    assert programs.said("sh", tmp_path) == b"noise\n"
    assert isinstance(run.error(told.returncode), ChildFailed)


def test_private_folders_of_the_dead_are_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    dead = tmp_path / f"{FOLDER_PREFIX}{gone.pid}-abc"
    dead.mkdir()
    (dead / "page.pgm").write_bytes(b"P5")
    other = tmp_path / "someone-elses"
    other.mkdir()
    with private_folder() as ours:
        assert sweep() == 1
        assert ours.exists()
    assert not dead.exists()
    assert not ours.exists()
    assert other.exists()


def test_threads_are_limited_before_libraries_are_loaded() -> None:
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
