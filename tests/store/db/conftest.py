from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _as_the_program_makes_them(made_anew: None) -> None:
    """How a database is made is what is tried here."""
