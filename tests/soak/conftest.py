"""The figures of the long runs, told at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tell = Callable[[str], None]

_told: list[str] = []


@pytest.fixture(autouse=True)
def _as_the_program_makes_them(made_anew: None) -> None:
    """A run may be killed while it makes its database."""


@pytest.fixture
def tell() -> Tell:
    """Takes a line for the report."""
    return _told.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Writes the lines."""
    if _told:
        terminalreporter.section("soak")
        for line in _told:
            terminalreporter.write_line(line)
