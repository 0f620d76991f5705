"""Words that the reading of pages knows by heart; they are data, in ``words.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_DATA: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)

COMMON = {code: frozenset(words.split()) for code, words in _DATA["common"].items()}
"""Common words of the Latin languages (ISO 639-1), in small letters without accents."""

EMAIL_LABELS_AT_START = tuple(_DATA["email_labels"]["start"])
EMAIL_LABELS = tuple(_DATA["email_labels"]["anywhere"])
"""What an e-mail address stands behind: how such a word begins, and what is found in it."""

LATIN_IN_ARABIC = frozenset(_DATA["in_arabic"]["latin"])
"""Latin words of Arabic notes, as they are printed."""

END_IN_HAMZA = tuple(_DATA["in_arabic"]["end_in_hamza"])
"""Arabic words that end in a hamza behind a consonant, without article."""
