"""The tutorial and the walk-through are walked: every command, in order, on real sample replies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.walk import ROOT, Walker, matches, walk


@pytest.mark.parametrize(
    ("page", "commands", "shown", "leaves"),
    [
        ("tutorial.md", 18, 13, ("participants.xlsx", "participants.docx")),
        ("review-with-sqlite-utils.md", 35, 12, ("participants.docx",)),
    ],
)
def test_golden_walk_every_command_works_and_prints_what_is_shown(
    page: str,
    commands: int,
    shown: int,
    leaves: tuple[str, ...],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    write = bool(request.config.getoption("--golden-write"))
    found = walk(ROOT / "docs" / page, Walker.in_folder(tmp_path), write=write)
    assert found[0] >= commands
    assert found[1] >= shown
    for name in leaves:
        assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a b", "a b", True),
        ("a b", "a", False),
        ("a …", "a b c", True),
        ("… c", "a b c", True),
        ("a … c", "a c", True),
        ("a … c", "a b", False),
        ("… b …", "a c", False),
    ],
)
def test_dots_stand_for_any_lines_and_nothing_else(shown: str, printed: str, same: bool) -> None:
    assert matches(shown.split(), printed.split()) is same
