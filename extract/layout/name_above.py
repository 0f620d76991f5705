"""Persons side by side of whom one has more lines: the other's are set to the middle of its own.

``Ms. X`` then stands alone above ``Judge`` | ``Mr. Y``. Works on word boxes, in pixels.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.layout.row_signs import is_led
from extract.layout.rows import in_columns
from extract.layout.streams import CLOSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.rows import Row
    from extract.layout.streams import Region


def with_name_above(items: Sequence[Row], region: Region, after: int) -> Region:
    """The region with the row above it, where a person begins there in one column alone.

    The region's first row has a person in another column, and goes on in that one. Rows before
    ``after`` belong to another region.
    """
    if region.first <= after:
        return region
    above, row = items[region.first - 1], items[region.first]
    height = max(w.box.height for w in above.words)
    name = in_columns(above, region.borders)
    beside = in_columns(row, region.borders)
    if len(name) != 1 or row.middle - above.middle > CLOSE * height:
        return region
    ((column, words),) = name.items()
    led = [c for c, own in beside.items() if is_led(own)]
    if not is_led(words) or not led or column in led or column not in beside:
        return region
    return replace(region, first=region.first - 1)
