"""A page of print for the steps of preparation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.ocr.conftest import ENGLISH

Pixels = NDArray[np.uint8]
Draw = Callable[..., Pixels]


@pytest.fixture
def page(draw_page: Draw) -> Pixels:
    return draw_page(ENGLISH, dpi=200)
