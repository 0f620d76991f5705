from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.db.database import Store
from store.opening import open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data" / "noteverbale.db") as opened:
        yield opened
