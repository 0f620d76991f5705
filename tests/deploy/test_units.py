"""The systemd units are valid, shut off from the machine, and start what exists."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from noteverbale import cli, credentials

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
MOST_EXPOSED = 2.5

systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def _unit(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (ROOT / "deploy" / name).read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def test_there_are_three_units() -> None:
    assert [u.name for u in UNITS] == [
        "noteverbale-fetch.service",
        "noteverbale-read.service",
        "noteverbale.service",
    ]


@systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.stem)
def test_systemd_finds_nothing_wrong(unit: Path, tmp_path: Path) -> None:
    program = tmp_path / "noteverbale"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text().replace("/opt/noteverbale/bin/noteverbale", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if unit.name in line]
    assert (done.returncode, said) == (0, [])


@systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.stem)
def test_the_exposure_is_low(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    level = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert level is not None, done.stdout + done.stderr
    assert float(level[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.stem)
def test_the_command_is_one_of_the_programs(unit: Path) -> None:
    (line,) = _unit(unit.name)["ExecStart"]
    words = shlex.split(line)
    command = cli.cli.get_command(None, words[1])  # type: ignore[arg-type]
    assert command is not None
    known = {option for p in command.params for option in p.opts}
    assert {w for w in words[2:] if w.startswith("--")} <= known


def test_the_half_that_opens_files_has_no_network_and_no_credentials() -> None:
    unit = _unit("noteverbale-read.service")
    assert "--no-mailbox" in unit["ExecStart"][0]
    assert unit["PrivateNetwork"] == ["yes"]
    assert unit["RestrictAddressFamilies"] == ["AF_UNIX"]
    assert "LoadCredential" not in unit
    assert "-/run/credentials" in unit["InaccessiblePaths"]
    assert "--keep-only" in _unit("noteverbale-fetch.service")["ExecStart"][0]


def test_readers_of_the_service_that_has_network_may_give_it_up() -> None:
    unit = _unit("noteverbale.service")
    assert "PrivateNetwork" not in unit
    assert unit["RestrictNamespaces"] == ["user net"]


def test_the_one_service_and_the_two_halves_stop_each_other() -> None:
    halves = ["noteverbale-fetch.service", "noteverbale-read.service"]
    assert _unit("noteverbale.service")["Conflicts"] == [" ".join(halves)]
    for half in halves:
        assert _unit(half)["Conflicts"] == ["noteverbale.service"]


def test_credentials_have_the_names_the_program_asks_for() -> None:
    asked = {
        credentials.CREDENTIAL,
        credentials.SECRET,
        credentials.CERTIFICATE,
        credentials.SMTP_CREDENTIAL,
    }
    for name in ("noteverbale-fetch.service", "noteverbale.service"):
        text = (ROOT / "deploy" / name).read_text()
        assert set(re.findall(r"^#?LoadCredential=([\w-]+):", text, re.MULTILINE)) == asked


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.stem)
def test_systemd_waits_longer_than_the_program_does(unit: Path) -> None:
    from noteverbale.notify import LONGEST_PING_S
    from noteverbale.service_config import ServiceConfig

    found = _unit(unit.name)
    assert found["Type"] == ["notify"]
    assert float(found["TimeoutStopSec"][0]) > ServiceConfig().stop_s
    assert float(found["WatchdogSec"][0]) >= 3 * LONGEST_PING_S
    assert found["RestartPreventExitStatus"] == ["2 75"]
