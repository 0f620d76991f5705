"""The Containerfile copies what is there and installs what the program needs.

It cannot be built here, for want of a container engine.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from noteverbale import cli
from noteverbale.config import Config

ROOT = Path(__file__).parents[2]
TEXT = re.sub(r"\\\n", " ", (ROOT / "deploy" / "Containerfile").read_text())
LINES = [line for line in TEXT.splitlines() if line and not line.startswith("#")]
INSTRUCTIONS = {
    "FROM", "RUN", "COPY", "ENV", "USER", "WORKDIR", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD",
}  # fmt: skip


def _packages(name: str) -> set[str]:
    found = re.search(
        rf"^{name}=\((.*?)^\)",
        (ROOT / "scripts" / "packages").read_text(),
        re.MULTILINE | re.DOTALL,
    )
    assert found is not None
    return set(found[1].split())


def _project() -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = tomllib.loads(
        (ROOT / "pyproject.toml").read_text()
    )
    return found


def test_every_line_is_an_instruction() -> None:
    assert {line.split()[0] for line in LINES} == INSTRUCTIONS


def test_what_it_copies_is_there_and_all_packages_are_copied() -> None:
    copied = [
        word
        for line in LINES
        if line.startswith("COPY") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    assert copied
    assert [word for word in copied if not (ROOT / word).exists()] == []
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert set(wheel["targets"]["wheel"]["packages"]) <= set(copied)
    assert {"pyproject.toml", "README.md", "LICENSE"} <= set(copied)


def test_the_last_stage_installs_the_packages_that_the_scripts_do() -> None:
    last = TEXT.rsplit("\nFROM ", 1)[1]
    installed = re.search(r"--no-install-recommends(.*?)&&", last, re.DOTALL)
    assert installed is not None
    words = set(installed[1].split())
    assert words >= _packages("run_packages")
    assert words - _packages("run_packages") == {"python3", "tini", "ca-certificates"}


def test_the_extras_exist() -> None:
    extras = re.search(r"/src\[([\w,-]+)\]", TEXT)
    assert extras is not None
    assert set(extras[1].split(",")) <= set(_project()["project"]["optional-dependencies"])


def test_it_runs_the_service_as_nobody_in_particular() -> None:
    by_name = {line.split()[0]: line.split(maxsplit=1)[1] for line in LINES}
    assert json.loads(by_name["ENTRYPOINT"])[-1] == "noteverbale"
    assert json.loads(by_name["CMD"])[0] in cli.COMMANDS
    assert by_name["USER"].isdecimal()
    assert int(by_name["USER"]) > 0
    # `podman exec … noteverbale status` starts in the same folder, with the same variables
    place = Path(by_name["WORKDIR"]) / Config().database
    assert place.parent == Path(by_name["VOLUME"])
    assert "--db" not in json.loads(by_name["CMD"])
    assert "NOTEVERBALE_CONFIG=/etc/noteverbale/config.toml" in by_name["ENV"]
