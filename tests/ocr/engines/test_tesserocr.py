"""The child that holds tesseract's library: whatever becomes of it, the next page is read."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ocr.children.limits import Limits
from ocr.engines import selection, tesseract, tesserocr_engine
from ocr.engines.tesserocr_engine import TesserocrEngine, server
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing
from ocr.image import Grey
from tests.ocr.conftest import ENGLISH

pytestmark = pytest.mark.skipif(
    not selection.is_installed("tesserocr"), reason="the extra tesserocr is not installed"
)
Draw = Callable[..., Grey]


def read(image: Grey, limits: Limits | None = None) -> tuple[str, ...]:
    lines = TesserocrEngine(limits or Limits()).page(image, 200, ("en",))
    return tuple(line.text for line in lines)


def noise() -> Grey:
    """A page on which every speck may be a letter; takes minutes."""
    return np.random.default_rng(0).integers(0, 2, (2300, 1650)).astype(np.uint8) * 255


def running() -> int:
    """Process id of the server, started if need be."""
    assert (
        tesserocr_engine.TesserocrEngine(Limits()).strip(
            np.full((60, 200), 255, np.uint8), 200, ("en",)
        )
        == ()
    )
    assert server.pid is not None
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    while children.read_text():  # the one that has just answered
        time.sleep(0.01)
    return server.pid


@contextlib.contextmanager
def meeting(do: Callable[[int], None]) -> Iterator[None]:
    """Calls ``do`` with the process that reads the page, once there is one."""

    def wait(parent: int) -> None:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        while not (found := children.read_text().split()):
            time.sleep(0.01)
        do(int(found[0]))

    waiting = threading.Thread(target=wait, args=(running(),))
    waiting.start()
    yield
    waiting.join()


def signalled(which: signal.Signals) -> contextlib.AbstractContextManager[None]:
    """Sends a signal to the process that reads the page."""
    return meeting(lambda reader: os.kill(reader, which))


def alive_in_group(group: int) -> list[int]:
    """Process ids of a group, without those that only wait to be forgotten."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, of, *_ = stat.read_text().rpartition(")")[2].split()
            if int(of) == group and state not in "ZX":
                found.append(int(stat.parent.name))
    return found


def test_the_library_stays_loaded_from_page_to_page(draw_page: Draw) -> None:
    first = running()
    assert read(draw_page(ENGLISH)) == read(draw_page(ENGLISH)) == ENGLISH
    assert server.pid == first


def test_a_crash_costs_one_page_only(draw_page: Draw) -> None:
    with signalled(signal.SIGSEGV), pytest.raises(ChildFailed):
        read(noise())
    assert read(draw_page(ENGLISH)) == ENGLISH


def test_a_page_reader_that_hangs_is_ended_and_replaced(draw_page: Draw) -> None:
    before = running()
    with signalled(signal.SIGSTOP), pytest.raises(ChildTimeout):
        read(noise(), Limits(wall_s=1.0))
    assert not Path(f"/proc/{before}").exists()
    assert read(draw_page(ENGLISH)) == ENGLISH
    assert server.pid != before


def test_a_server_that_was_killed_is_started_again(draw_page: Draw) -> None:
    before = running()
    os.kill(before, signal.SIGSEGV)
    time.sleep(0.1)
    assert read(draw_page(ENGLISH)) == ENGLISH
    assert server.pid != before


def test_no_page_process_outlives_its_time() -> None:
    server_id = running()
    with pytest.raises(ChildTimeout):
        read(noise(), Limits(wall_s=0.5))
    while alive_in_group(server_id):  # the kernel ends it; if not, the test's time is up
        time.sleep(0.05)


def test_processor_time_is_limited() -> None:
    with pytest.raises(ChildTimeout, match="after 1 s of processor time"):
        read(np.tile(noise(), (2, 2)), Limits(cpu_s=1, wall_s=300))


def test_the_process_that_reads_a_page_has_its_limits() -> None:
    seen: dict[str, str] = {}

    def look(reader: int) -> None:
        for _ in range(8):  # the limits are set some time past the fork
            time.sleep(0.05)
            for line in Path(f"/proc/{reader}/limits").read_text().splitlines():
                name, soft = re.split(r"  +", line)[:2]
                seen[name] = soft
            if seen["Max address space"] != "unlimited":
                break

    with meeting(look), pytest.raises(ChildTimeout):
        read(noise(), Limits(0.6, 700, 3, wall_s=0.6))
    assert seen["Max address space"] == str(700 * 1024 * 1024)
    assert seen["Max file size"] == str(3 * 1024 * 1024)
    assert seen["Max cpu time"] == "1"
    assert seen["Max core file size"] == "0"


def test_missing_trained_data_are_named(
    draw_page: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "eng.traineddata").symlink_to(tesseract.data_folder() / "eng.traineddata")
    monkeypatch.setattr(tesseract, "data_folder", lambda: tmp_path)
    engine = TesserocrEngine(Limits())
    assert engine.page(draw_page(ENGLISH), 200, ("en",))
    with pytest.raises(ToolMissing, match=r"rus\.traineddata; install tesseract-ocr-rus"):
        engine.page(draw_page(ENGLISH), 200, ("ru",))


def test_more_languages_than_are_kept_loaded_are_read(draw_page: Draw) -> None:
    engine = TesserocrEngine(Limits())
    image = draw_page(ENGLISH[:1])
    for languages in (("en",), ("fr",), ("es",), ("ru",), ("ar",), ("en", "fr"), ("en",)):
        assert "compliments" in engine.page(image, 200, languages)[0].text
    assert server.pid is not None
    status = Path(f"/proc/{server.pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    assert int(resident.split()[1]) < 300 * 1024  # kB
