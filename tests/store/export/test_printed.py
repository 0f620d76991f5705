"""The list on paper: what LibreOffice makes of both documents. Needs its Writer and Calc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from store.export import files
from store.export.docx_file import ROLES
from store.export.files import Choices
from store.export.names import Style
from store.opening import open_store
from tests.store.export import lists, rendering
from tests.store.replies import MEETING

RUNNING = "Provisional list of participants, as of 28 November 2026"
FOOT = re.compile(r"CU 2019/59/\(A\)/DTA/CEB/CSS +Page (\d+) of (\d+)")
OVER = 0.35  # of a word's height: boxes of neighbouring lines touch, letters do not


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both documents as PDF."""
    folder = tmp_path_factory.mktemp("printed")
    if not all(rendering.prints(folder, media) for media in ("txt", "csv")):
        pytest.skip("LibreOffice's Writer and Calc are not both installed")
    choices = Choices(as_of=date(2026, 11, 28), style=Style("both", "family"))
    found = {}
    with open_store(folder / "n.db") as store:
        lists.fill(store)
        for format_ in ("docx", "xlsx"):
            file = folder / f"{format_}.{format_}"
            file.write_bytes(files.make(store, MEETING, format_, choices).content)
            found[format_] = rendering.to_pdf(file)
    return found


def lines(pdf: Path) -> Iterator[list[str]]:
    """The lines of each page without what stands above and below all of them."""
    for number, text in enumerate(rendering.pages(pdf), start=1):
        found = [line.strip() for line in text.splitlines() if line.strip()]
        if number > 1:
            assert found.pop(0) == RUNNING
        foot = FOOT.fullmatch(found.pop())
        assert foot is not None
        assert int(foot[1]) == number
        yield found


def test_the_document_keeps_persons_and_headings_together(printed: dict[str, Path]) -> None:
    pages = list(lines(printed["docx"]))
    assert len(pages) > 3
    headings = {"Algeria", "Brazil", "Côte d'Ivoire", "Kenya", "States Parties", "Signatories"}
    below = {*ROLES.values(), *(text for post in lists.POSTS for text in post)}
    assert headings <= {line for page in pages for line in page}
    for page in pages:
        assert page[-1] not in headings
        assert page[0] not in below
    states = [line for page in pages for line in page if line in headings]
    assert states == [
        *("States Parties", "Algeria", "Brazil", "Côte d'Ivoire", "Kenya"),
        "Signatories",
    ]
    assert pages[-1][-6].startswith("141 participants of 43 States and 2 organizations")


def test_names_stand_on_a_line_of_their_own(printed: dict[str, Path]) -> None:
    found = [line for page in lines(printed["docx"]) for line in page]
    assert "OUYANG Mingyuan" in found
    assert "欧阳明远先生" in found
    assert "г-н ВЕРЕСОВ Игорь Павлович" in found
    assert sum(line == "Head of delegation" for line in found) >= 20
    names = re.compile(r"(?:Mr\.|Ms\.|Dr\.|H\.E\. Mr\.) \S+ [A-Z]+")
    assert sum(names.fullmatch(line) is not None for line in found) > 120


def test_nothing_lies_over_anything_else(printed: dict[str, Path]) -> None:
    for format_ in ("docx", "xlsx"):
        for page in rendering.words(printed[format_]):
            assert page
            over = [
                (one[0], two[0])
                for one, two in combinations(page, 2)
                if min(one[3], two[3]) - max(one[1], two[1]) > 1
                and min(one[4], two[4]) - max(one[2], two[2]) > OVER * (one[4] - one[2])
            ]
            assert over == []


def test_the_sheet_prints_its_header_on_every_page(printed: dict[str, Path]) -> None:
    pages = rendering.pages(printed["xlsx"])
    assert 3 < len(pages) < 10
    for number, page in enumerate(pages, start=1):
        assert re.search(r"Group +State or organization +Name +Name as written +Role", page)
        assert RUNNING in page
        assert f"Page {number} of {len(pages)}" in page
        assert "141 participants of 43 States and 2 organizations" in page
        assert "approved" not in page  # columns for the screen stay there
