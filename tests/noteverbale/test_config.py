"""The configuration: every key documented, defaults true, mistakes named in one line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.config import Config, load_config, parse_config, parse_every
from noteverbale.config_reader import ConfigError, keys_of

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_is_the_default_configuration() -> None:
    assert load_config(EXAMPLE) == Config()


def test_every_key_stands_in_the_example() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    documented = {
        f"{section}.{key}"
        for section, body in re.findall(r"^\[([\w.]+)\](.*?)(?=^\[|\Z)", text, re.DOTALL | re.M)
        for key in re.findall(r"^#? ?(\w+) = ", body, re.MULTILINE)
    }
    known = {
        key for f in fields(Config) for key in keys_of(f.name, type(getattr(Config(), f.name)))
    }
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
        "[limits]\npage_timeout_s = inf\n",
        "[limits]\npage_timeout_s = nan\n",
        "[limits]\ndocument_timeout_s = 1e9\n",
        "[limits]\nmemory_mb = 1\n",
        "[limits]\nmax_pixels = 10\n",
        "[ocr]\njobs = 100000\n",
        "[digest]\ntimeout_s = inf\n",
        '[schedule]\nevery = "2s"\n',
        '[schedule]\nevery = "10m"\ncron = "* * * * *"\n',
        "[mailbox\n",
        '[ocr]\nengine = "other"\n',
        '[mailbox]\nafter = "move"\n',
        '[mailbox]\nafter = "move"\nmove_to = "INBOX"\n',
        '[mailbox]\nafter = "delete"\n',
        '[mailbox]\nkeyword = "\\\\Deleted"\n',
        '[mailbox]\nkeyword = "two words"\n',
        '[mailbox]\nauth = "oauth2"\n',
        '[mailbox]\nauth = "oauth2"\noauth2.client_id = "x"\n',
        '[mailbox]\nauth = "oauth2"\noauth2 = {client_id = "x", authority = "http://x.example"}\n',
        '[mailbox]\noauth2 = "x"\n',
        '[mailbox.oauth2]\nexpires = "tomorrow"\n',
        "[mailbox.oauth2]\nexpires = 2019-01-01T00:00:00Z\n",
        '[filters]\nonly_to = "uncac@*"\n',
        "[filters]\nonly_to = [1]\n",
        '[filters]\nonly_to = ["' + "x" * 300 + '"]\n',
        "[filters]\nsince = 2019-02-01\nuntil = 2019-01-01\n",
        '[scanner]\nafter = "delete"\n',
        '[scanner]\nfolder = "a"\nafter = "move"\n',
        '[scanner]\nfolder = "a"\nmove_to = "a"\n',
    ],
)
def test_wrong_values_are_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_config(text)


def test_a_table_inside_a_table_is_read_and_its_keys_are_known() -> None:
    config = parse_config(
        '[mailbox]\nhost = "localhost"\n[mailbox.oauth2]\ntenant = "t"\nexpires = 2027-05-31\n'
        '[filters]\nonly_to = ["a@*", "b@*"]\n'
    )
    assert config.mailbox.oauth2.expires == date(2027, 5, 31)
    assert config.filters.only_to == ("a@*", "b@*")
    with pytest.raises(ConfigError, match=r"mailbox\.oauth2\.tenat.*mailbox\.oauth2\.tenant"):
        parse_config('[mailbox.oauth2]\ntenat = "x"\n')


def test_a_pipe_or_device_is_no_configuration(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "c.toml")  # nobody writes to it: opening it would wait for ever
    (tmp_path / "d.toml").symlink_to("/dev/zero")
    for name in ("c.toml", "d.toml"):
        with pytest.raises(ConfigError, match="is no file"):
            load_config(tmp_path / name)


@pytest.mark.parametrize("command", ["process", "fetch", "status"])
def test_a_command_with_a_pipe_as_its_configuration_ends(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "c.toml")
    told = subprocess.run(
        [sys.executable, "-m", "noteverbale", command, "--config", str(tmp_path / "c.toml")]
        + [str(tmp_path)] * (command == "process"),
        env={**os.environ, "PYTHONPATH": str(EXAMPLE.parent)},
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert told.returncode == 2
    assert "is no file" in told.stderr


def test_a_limit_out_of_range_says_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"limits\.memory_mb = 1 must lie between 256 and"):
        parse_config("[limits]\nmemory_mb = 1\n")


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
