"""The configuration: every key documented, defaults true, mistakes named in one line."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.config import Config, load_config, parse_config, parse_every
from noteverbale.config_reader import ConfigError

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_is_the_default_configuration() -> None:
    assert load_config(EXAMPLE) == Config()


def test_every_key_stands_in_the_example() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for table in fields(Config):
        section = text.split(f"[{table.name}]")[1].split("\n[")[0]
        documented = set(re.findall(r"^#? ?(\w+) = ", section, re.MULTILINE))
        known = set(asdict(Config())[table.name])
        assert documented == known


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    with pytest.raises(ConfigError, match=r"mailbox\.hots.*mailbox\.host"):
        parse_config('[mailbox]\nhots = "x"\n')


@pytest.mark.parametrize(
    "text",
    [
        '[mailbox]\ntls = "none"\nhost = "mail.example.org"\n',
        "[limits]\nmax_pages = 0\n",
        "[limits]\nmax_pages = true\n",
        '[schedule]\nevery = "2s"\n',
        '[schedule]\nevery = "10m"\ncron = "* * * * *"\n',
        "[mailbox\n",
        '[ocr]\nengine = "other"\n',
    ],
)
def test_wrong_values_are_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_config(text)


def test_durations_have_a_unit() -> None:
    assert parse_every("90s").total_seconds() == 90
    assert parse_every("1h").total_seconds() == 3600


def test_a_wrong_configuration_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.toml"
    file.write_text("[ocr]\njob = 2\n")
    assert cli.run(["status", "--config", str(file)]) == 2
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    assert "ocr.jobs" in said
