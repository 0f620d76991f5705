"""The page of commands and options, from click."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from noteverbale import cli, config
from scripts.reference.markdown import MADE, as_table, slug


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, commands of commands included."""
    context = click.Context(cli.cli, info_name="noteverbale")
    for name in cli.COMMANDS:
        command = cli.cli.get_command(context, name)
        assert command is not None  # noqa: S101 - a line of cli.COMMANDS that leads nowhere
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in command.commands.items())
        else:
            yield name, command


def option_words(option: click.Option) -> str:
    """An option's help, with its choices, range and default."""
    words = [option.help or ""]
    if isinstance(option.type, click.Choice):
        words.append(" or ".join(f"`{choice}`" for choice in option.type.choices) + ".")
    if option.multiple:
        words.append("May be given several times.")
    if option.required:
        words.append("Required.")
    if option.show_default and option.default is not None:
        words.append(f"Default `{option.default}`.")
    return " ".join(word for word in words if word)


def commands_page() -> str:
    """Every command and its options."""
    found = list(commands())
    parts = [
        f"# Commands\n\n{MADE}\n",
        "`noteverbale COMMAND --help` says the same on the screen. Data goes to standard output,"
        " logs and what went wrong to standard error.\n\n",
        as_table(
            ("command", "does"),
            [(f"[`{name}`](#{slug(name)})", _sentence(command)) for name, command in found],
        ),
        "\nExit codes: 0 all done; 1 some documents failed, were rejected or wait for what the"
        " machine lacks (room, memory, a program), each named on standard error and in the"
        " database; 2 wrong usage or configuration; 75 another run holds the lock.\n",
        "\nWithout `--db` the database is `noteverbale.db` in the folder `data.folder` of the"
        f" [configuration](configuration.md#data). `{config.CONFIG_VARIABLE}` names the"
        f" configuration where `--config` does not. `{cli.DEBUG_VARIABLE}=1` shows an error of the"
        " program with all its lines.\n",
    ]
    for name, command in found:
        context = click.Context(command, info_name=name)
        usage = " ".join(command.collect_usage_pieces(context))
        rows = [
            (", ".join(f"`{o}`" for o in option.opts), option_words(option))
            for option in command.params
            if isinstance(option, click.Option)
        ]
        text = re.sub(r"(?<!`)(--[a-z-]+(?: [A-Z]+)?)(?!`)", r"`\1`", _paragraphs(command.help))
        parts.append(
            f"\n## {name}\n\n`noteverbale {name} {usage}`\n\n{text}\n\n"
            + as_table(("option", "means"), rows)
        )
    return "".join(parts)


def _sentence(command: click.Command) -> str:
    return _paragraphs(command.help).split("\n\n")[0].rstrip(".")


def _paragraphs(text: str | None) -> str:
    """A docstring's paragraphs, each on one line."""
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))
