"""Which rules made a record: changes whenever rules, lexicon or measured confidences change."""

from __future__ import annotations

import hashlib
from importlib.resources import files

RULES = "2"


def _data_digest() -> str:
    folder = files("extract").joinpath("lexicon")
    digest = hashlib.sha256()
    items = [p for p in folder.iterdir() if p.is_file()]
    items += [p for p in folder.joinpath("languages").iterdir() if p.is_file()]
    learnt = (("judging", "calibration.toml"), ("judging", "structure.toml"))
    for folder_name, name in (*learnt, ("opinion", "structure.crfsuite")):
        items.append(files(f"extract.{folder_name}").joinpath(name))
    for item in sorted(items, key=lambda p: p.name):
        digest.update(item.name.encode())
        digest.update(item.read_bytes())
    return digest.hexdigest()[:12]


settings_version = f"rules-{RULES}-{_data_digest()}"
