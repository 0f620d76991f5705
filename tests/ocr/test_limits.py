"""Hostile pages and programs that misbehave end in an outcome, in time, and leave nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from ocr.children import programs
from ocr.children.limits import Limits
from ocr.errors import ChildTimeout
from ocr.opening import page_source
from ocr.reader import read_page
from ocr.settings import OcrSettings
from tests.ocr.conftest import ENGLISH
from tests.work import at_most

Draw = Callable[..., NDArray[np.uint8]]
Save = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def program(settings: OcrSettings) -> OcrSettings:
    """Pages are read by tesseract's program, before which a script can be put."""
    return replace(settings, engine="tesseract")


@pytest.fixture
def put_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Put a script in front of a program; ``REAL`` in it stands for the program."""

    def put(name: str, script: str) -> None:
        real = shutil.which(name)
        assert real is not None
        place = tmp_path / "bin"
        place.mkdir(exist_ok=True)
        (place / name).write_text("#!/bin/sh\n" + script.replace("REAL", real) + "\n")
        (place / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{place}:{os.environ['PATH']}")

    return put


def test_a_noisy_tesseract_that_ends_well_makes_a_warned_page(
    draw_page: Draw, save: Save, program: OcrSettings, put_before: Callable[[str, str], None]
) -> None:
    put_before("tesseract", 'echo "Failed loading language \'eng\'" >&2; exec REAL "$@"')
    page = read_page(save(draw_page(ENGLISH), "a.png"), 1, program, ("en",))
    assert (page.outcome, page.reason) == ("warned", "reader_warning")
    assert page.text.startswith(ENGLISH[0])


def test_tesseracts_chatter_is_no_warning(
    draw_page: Draw, save: Save, program: OcrSettings, put_before: Callable[[str, str], None]
) -> None:
    put_before("tesseract", 'echo "Detected 12 diacritics" >&2; exec REAL "$@"')
    page = read_page(save(draw_page(ENGLISH), "a.png"), 1, program, ("en",))
    assert page.outcome == "read"


def test_a_program_that_writes_errors_without_end_is_read_up_to_the_cap(
    tmp_path: Path, put_before: Callable[[str, str], None]
) -> None:
    put_before("pdftoppm", "yes 'Syntax Error: again' >&2")
    place = programs.launchers(("pdftoppm",), Limits(5, 1024, file_mb=2), tmp_path)
    subprocess.run([place / "pdftoppm"], check=False)
    assert len(programs.said("pdftoppm", tmp_path)) == programs.OUTPUT_CAP
    assert (tmp_path / "pdftoppm.stderr").stat().st_size <= 2 * 1024 * 1024


def test_grandchildren_in_a_crowd_are_ended_with_the_child(tmp_path: Path) -> None:
    mark = "3141.59"
    brood = f"for i in 1 2 3 4 5 6 7 8; do (sleep {mark} & sleep {mark}) & done; sleep {mark}"
    with pytest.raises(ChildTimeout):
        programs.run(["sh", "-c", brood], Limits(wall_s=0.7), tmp_path)
    left = subprocess.run(["ps", "-eo", "args"], check=True, capture_output=True, text=True)
    assert f"sleep {mark}" not in left.stdout


def test_children_share_the_time_of_the_page(tmp_path: Path) -> None:
    limits = Limits(wall_s=1.0).from_now()
    programs.run(["sleep", "0.6"], limits, tmp_path)
    assert limits.left().wall_s < 0.4
    with pytest.raises(ChildTimeout):
        programs.run(["sleep", "3600"], limits, tmp_path)
    with pytest.raises(ChildTimeout):
        limits.left()


def test_a_page_that_is_read_again_and_again_ends_in_time(
    draw_page: Draw, save: Save, program: OcrSettings, put_before: Callable[[str, str], None]
) -> None:
    work = "i=0; while [ $i -lt 2000000 ]; do i=$((i+1)); done"  # a second or more
    put_before("tesseract", f'{work}; exec REAL "$@"')
    upside_down = np.rot90(draw_page(ENGLISH), 2).copy()
    with at_most(cpu_s=3 + 2):  # whole seconds, and what our own code needs
        page = read_page(save(upside_down, "a.png"), 1, replace(program, page_timeout_s=3))
    assert (page.outcome, page.reason) == ("failed", "timeout")


def test_who_sleeps_uses_no_time(
    draw_page: Draw, save: Save, program: OcrSettings, put_before: Callable[[str, str], None]
) -> None:
    image = save(draw_page(ENGLISH), "a.png")
    at_once = read_page(image, 1, program, ("en",))
    put_before("tesseract", 'sleep 2; exec REAL "$@"')
    assert read_page(image, 1, replace(program, page_timeout_s=4), ("en",)) == at_once


def test_children_share_the_processor_time_of_the_page(tmp_path: Path) -> None:
    limits = Limits(cpu_s=1.5).from_now()
    busy = [sys.executable, "-S", "-c", "import time\nwhile time.process_time() < 1: pass"]
    programs.run(busy, limits, tmp_path)
    assert limits.left().cpu_s < 0.6
    with pytest.raises(ChildTimeout):
        programs.run([*busy[:-1], "while True: pass"], limits, tmp_path)
    with pytest.raises(ChildTimeout):
        limits.left()


def test_twelve_kilobytes_that_become_a_gigabyte(tmp_path: Path, settings: OcrSettings) -> None:
    """A page of 100,000 by 100,000 white pixels: one bit a row in Group 4 coding."""
    side = 100_000
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    image = Stream(
        pdf,
        b"\xff" * (side // 8) + b"\x00\x10\x01",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
        Filter=Name.CCITTFaxDecode,
        DecodeParms=Dictionary(K=-1, Columns=side, Rows=side),
    )
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary({"/Im0": image}))
    pdf.pages[0].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    path = tmp_path / "mono.pdf"
    pdf.save(path)
    assert path.stat().st_size < 14_000
    with at_most(cpu_s=3 + 2):
        page = read_page(path, 1, OcrSettings(page_timeout_s=3))
    assert (page.outcome, page.reason) == ("failed", "timeout")


def test_a_raster_that_is_not_what_the_page_promised_is_drawn_by_another_and_marked(
    scanned_pdf: Callable[..., Path],
    settings: OcrSettings,
    put_before: Callable[[str, str], None],
) -> None:
    path = scanned_pdf("0 0 m 500 500 l S", {}, MediaBox=Array([0, 0, 595, 842]))
    whole = page_source.load(path, 1, settings).picture
    put_before("pdftoppm", 'exec REAL -x 0 -y 0 -W 1 -H 1 "$@"')
    found = page_source.load(path, 1, settings).picture
    assert not whole.damaged
    assert found.damaged
    assert found.pixels.shape == whole.pixels.shape


def test_what_a_killed_process_leaves_is_swept_at_the_next_start(tmp_path: Path) -> None:
    code = (
        "import sys, time; from ocr.children.folders import private_folder\n"
        "with private_folder() as folder:\n"
        "    (folder / 'page.pgm').write_bytes(b'P5'); print(folder, flush=True); time.sleep(60)"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE)
    assert process.stdout is not None
    left = Path(process.stdout.readline().decode().strip())
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert (left / "page.pgm").exists()
    sweep = "from ocr.children.folders import sweep; print(sweep())"
    done = subprocess.run([sys.executable, "-c", sweep], env=env, check=True, capture_output=True)
    assert done.stdout.strip() == b"1"
    assert not left.exists()
