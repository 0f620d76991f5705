"""``noteverbale review``: where it listens and for whom, and the page image it shows."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from extract.types import DocumentReading
from noteverbale import cli
from noteverbale.commands.review import review
from noteverbale.config import Config, parse_config
from noteverbale.page_images import PageImages, original_of
from ocr.errors import OcrError
from ocr.reader import read_page
from ocr.settings import OcrSettings
from ocr.types import Page
from store.errors import OriginalUnusable, UnknownRecord
from store.opening import open_store
from store.records import saving
from tests.store.replies import scan

ROOT = Path(__file__).parents[2]
UPSIDE_DOWN = ROOT / "samples" / "replies" / "024-nor-upside-down.pdf"
SETTINGS = OcrSettings(second_reader=False)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "noteverbale.db"
    open_store(path).close()
    return path


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 - refused
def test_other_addresses_need_users(
    database: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["review", "--db", str(database), "--bind", address]) == 2
    assert "needs users" in capsys.readouterr().err


def test_every_address_needs_a_name_to_be_reached_by(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "a long password\na long password\n"
    added = CliRunner().invoke(review, ["--db", str(database), "--add-user", "noor"], input=typed)
    assert added.exit_code == 0, added.output
    assert "long" not in (database.parent / "review-users").read_text()
    assert cli.run(["review", "--db", str(database), "--bind", "0.0.0.0"]) == 2  # noqa: S104
    assert "--name" in capsys.readouterr().err


@pytest.fixture
def address(database: Path) -> Iterator[str]:
    """What the command prints, while it runs in a process of its own."""
    code = "from noteverbale.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "review", "--db", str(database), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors
    assert process.returncode in (0, -15)


def test_the_printed_address_lets_its_reader_in(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(address, timeout=20) as answer:
        assert b"Nothing waits" in answer.read()
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        urllib.request.urlopen(address.split("/start")[0] + "/queue", timeout=20)  # noqa: S310
    refused.value.close()


@pytest.fixture(scope="module")
def page() -> Page:
    """A page that was scanned upside down, as read."""
    found = read_page(UPSIDE_DOWN, 1, SETTINGS, ("en",))
    assert found.rotation == 180
    return found


@pytest.fixture
def turned(database: Path, page: Page) -> tuple[Path, int, Page]:
    """The same, saved."""
    with open_store(database) as store:
        document = scan(store, UPSIDE_DOWN.read_bytes())
        saving.save_reading(
            store, document, DocumentReading("processed", None, (page,), None), None, "1"
        )
    return database, document, page


def test_words_stand_where_their_boxes_are_on_the_image_shown(
    turned: tuple[Path, int, Page],
) -> None:
    database, document, page = turned
    images = PageImages(database, SETTINGS)
    shown = cv2.imdecode(np.frombuffer(images(document, 1), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert shown is not None
    assert shown.shape == (page.height, page.width)
    boxes = [word.box for line in page.lines for word in line.words]
    inked = [shown[b.top : b.bottom, b.left : b.right].min() < 128 for b in boxes]
    turned_over = shown[::-1, ::-1]
    by_chance = [turned_over[b.top : b.bottom, b.left : b.right].min() < 128 for b in boxes]
    assert np.mean(inked) > 0.98
    assert np.mean(by_chance) < 0.7


def test_a_page_is_also_shown_in_its_own_tones_in_the_same_place(database: Path) -> None:
    paper = np.full((1000, 700), 150, np.uint8)  # grey paper is evened out for reading
    cv2.putText(paper, "NOTE VERBALE", (60, 500), cv2.FONT_HERSHEY_SIMPLEX, 2, 20, 5)
    with open_store(database) as store:
        document = scan(store, cv2.imencode(".png", paper)[1].tobytes(), "grey.png")
    images = PageImages(database, SETTINGS)
    treated, own = (
        cv2.imdecode(np.frombuffer(images(document, 1, tones), np.uint8), cv2.IMREAD_GRAYSCALE)
        for tones in (False, True)
    )
    assert treated is not None
    assert own is not None
    assert treated.shape == own.shape
    assert np.median(treated) > 200
    assert abs(np.median(own) - 150) < 10
    assert images(document, 1, True) != images(document, 1)  # each is kept by itself


def test_the_file_as_it_was_sent_is_given_only_by_the_configuration() -> None:
    assert not Config().review.download_originals
    assert parse_config("[review]\ndownload_originals = true").review.download_originals


def test_the_file_as_it_was_sent(database: Path) -> None:
    with open_store(database) as store:
        document = scan(store, b"%PDF-1.4 locked", "locked.pdf")
    assert original_of(database, document) == ("locked.pdf", b"%PDF-1.4 locked")
    with pytest.raises(UnknownRecord):
        original_of(database, 99)


def test_a_page_that_cannot_be_shown_costs_its_time_once(database: Path) -> None:
    with open_store(database) as store:
        document = scan(store, b"%PDF-1.4 cut short", "bad.pdf")
        row = store.one("SELECT sha256 FROM documents")
        assert row is not None
        original = store.originals.path(row["sha256"])
    images = PageImages(database, SETTINGS)
    with pytest.raises(OcrError) as first:
        images(document, 1)
    original.write_bytes(UPSIDE_DOWN.read_bytes())  # would be told from the first, if it were read
    with pytest.raises(OcrError) as second:
        images(document, 1)
    assert second.value is first.value
    assert PageImages(database, SETTINGS)(document, 1)


def test_page_images_are_kept_for_their_owner_only(turned: tuple[Path, int, Page]) -> None:
    database, document, _ = turned
    images = PageImages(database, SETTINGS)
    first = images(document, 1)
    (kept,) = [p for p in (database.parent / "page-images").rglob("*") if p.is_file()]
    assert kept.stat().st_mode & 0o777 == 0o600
    assert images(document, 1) == first == kept.read_bytes()
    with pytest.raises(UnknownRecord):
        images(document, 2)
    with open_store(database) as store:
        row = store.one("SELECT sha256 FROM documents")
        assert row is not None
        store.originals.path(row["sha256"]).unlink()
    with pytest.raises(OriginalUnusable):  # an image must not outlive what it shows
        images(document, 1)
