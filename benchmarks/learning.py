"""What the office learns between two meetings, switched on and off for measuring."""

from __future__ import annotations

from collections.abc import Collection

from store.db.database import Store
from store.learn import calibrations, switches
from store.reports.calibrating import calibrating

KINDS = ("calibration", "known_persons", "words")
"""Keys of the configuration's ``[learning]``."""


def switch(store: Store, wanted: Collection[str]) -> None:
    """Learn these and no others from now on."""
    switches.switch(store, {"known_persons": "known_persons" in wanted, "words": "words" in wanted})
    calibrations.switch_off(store, frozenset({"calibration"} - set(wanted)))


def between(store: Store, wanted: Collection[str]) -> None:
    """What is done by command after a meeting: ``noteverbale calibrate --write``."""
    if "calibration" in wanted:
        found = calibrating(store, None)
        if found.refusal is None:
            calibrations.write(store, "reviewer", found.office, found.rows)
