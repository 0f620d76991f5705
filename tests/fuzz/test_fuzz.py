"""Mutants, bombs and cases that were found before: each ends in an outcome, within bounds.

``make fuzz`` tries mutants for as long as it is told.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import mutate
from tests.fuzz.bombs import MAKERS
from tests.fuzz.examine import MESSAGE, Input, examine
from tests.fuzz.seeds import mutant, mutators, samples, small

ROOT = Path(__file__).parents[2]
CASES = sorted(p for p in Path(__file__).with_name("cases").iterdir() if p.suffix != ".md")
SEED = 11
SLICE = 8

COSTLY = frozenset(
    {
        "deep-tree.pdf",
        "grey.png",
        "huge-fax.pdf",
        "huge-image.pdf",
        "huge.png",
        "jbig2.pdf",
        "laughing.pdf",
        "long-content.pdf",
        "twice-packed.pdf",
        "zip-bomb.eml",
    }
)
"""Bombs that take seconds to make or to end."""


def _try(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", "--lanes", "1", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_few_mutants_end_as_they_should(tmp_path: Path) -> None:
    _try("--seed", str(SEED), "--inputs", str(SLICE), "--out", str(tmp_path))


def test_cases_that_were_found_end_as_they_should() -> None:
    assert CASES
    _try("--files", *map(str, CASES))


def _made(names: list[str], folder: Path) -> list[str]:
    for name in names:
        (folder / name).write_bytes(MAKERS[name]())
    return [str(folder / name) for name in names]


def test_bombs_end_as_they_should(tmp_path: Path) -> None:
    _try("--files", *_made(sorted(MAKERS.keys() - COSTLY), tmp_path))


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_costly_bombs_end_as_they_should(tmp_path: Path) -> None:
    assert MAKERS.keys() >= COSTLY
    _try("--files", *_made(sorted(COSTLY), tmp_path))


def test_a_mutant_is_the_same_every_time() -> None:
    assert [mutant(SEED, n) for n in range(40)] == [mutant(SEED, n) for n in range(40)]
    assert mutant(SEED, 1) != mutant(SEED + 1, 1)


def test_every_kind_of_input_is_mutated() -> None:
    seeds = {item.name: item.data for item in (*samples(), *small())}
    made = [mutant(SEED, n) for n in range(200)]
    kinds = {Path(item.name).suffix for item in made}
    assert kinds == {MESSAGE, ".pdf", ".png", ".jpg", ".tif"}
    changed = [item for item in made if seeds[item.name.partition("-")[2]] != item.data]
    assert len(changed) > 180


def test_mutations_come_without_end_even_of_nothing() -> None:
    for data in (b"", b"x", b"%PDF-1.4\n" * 50):
        changed = mutate.mutations(1, data)
        assert len({next(changed) for _ in range(300)}) >= min(200, 1 + len(data))
    assert mutate.mutations in mutators(".pdf")


BAD = {
    "escaped": "def read_document(*a): raise ValueError('x')",
    "without words": (
        "from extract.types import DocumentReading\n"
        "def read_document(*a): return DocumentReading('failed', 'no_such_reason', (), None)"
    ),
    "left over": (
        "import tempfile; from extract.types import DocumentReading\n"
        "def read_document(*a):\n"
        "    tempfile.mkstemp(); return DocumentReading('failed', 'corrupt', (), None)"
    ),
    "processes left over": (
        "import subprocess; from extract.types import DocumentReading\n"
        "def read_document(*a):\n"
        "    subprocess.Popen(['sleep', '60'], start_new_session=True)\n"
        "    return DocumentReading('failed', 'corrupt', (), None)"
    ),
    "much in the log": (
        "import os; from extract.types import DocumentReading\n"
        "def read_document(*a):\n"
        "    os.write(2, b'x' * 100000); return DocumentReading('failed', 'corrupt', (), None)"
    ),
}


@pytest.mark.parametrize("complaint", BAD)
def test_what_must_not_be_is_told(
    complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The net itself, with a reader that does wrong."""
    from noteverbale import reading

    names: dict[str, object] = {}
    exec(BAD[complaint], names)  # noqa: S102 - the lines above
    monkeypatch.setattr(reading, "read_document", names["read_document"])
    verdict = examine(Input("note.pdf", b"%PDF-1.4"), tmp_path / "input")
    assert len(verdict.complaints) == 1
    assert complaint in verdict.complaints[0]


def test_a_good_input_has_no_complaint(tmp_path: Path) -> None:
    item = next(item for item in small() if item.name == f"scan{MESSAGE}")
    verdict = examine(item, tmp_path / "input")
    assert (verdict.outcome, verdict.reasons, verdict.complaints) == ("parsed", (), ())
