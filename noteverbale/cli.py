"""The command line. Commands are imported when they are called, so that ``--help`` is instant."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import click

from ingest.errors import NoteVerbaleError
from noteverbale import logs, utf8
from noteverbale.exit_codes import ExitCode

DEBUG_VARIABLE = "NOTEVERBALE_DEBUG"

COMMANDS = {
    "process": ("process", "Read scans, messages or folders of them; no mailbox needed."),
    "read": ("read", "What a page says, to standard output; no database."),
    "fetch": ("mail", "One poll of the configured mailbox and scanner folder."),
    "run": ("mail", "The unattended service: polls on the schedule until told to stop."),
    "reprocess": ("reprocess", "Read kept originals again with today's code."),
    "meeting": ("meeting", "Register and list invitations."),
    "status": ("show", "What came in, what waits, what failed, who has not answered."),
    "chase": ("chase", "Whom to write to before a meeting, about what, and where."),
    "confirm": ("confirm", "Have missions confirm their lists: drafts, and what came back."),
    "changes": ("changes", "Who is new, changed, replaced or withdrawn since a moment."),
    "delegations": ("delegations", "The table of delegations, or what needs review."),
    "history": ("history", "Who changed what and when, in words, a State at a time."),
    "quality": ("quality", "How good the readings are here, by what people decided."),
    "calibrate": ("calibrate", "Fit the confidences to what people decided."),
    "undo": ("undo", "Take back the last edit, whichever tool it was made with."),
    "export": ("export", "The list of participants of a meeting, for print and other programs."),
    "review": ("review", "The review page: the scan beside its record."),
    "search": ("search", "People and pages by any word of theirs."),
    "persons": ("learnt", "Who is known from approved rows; who is not to be learnt from."),
    "words": ("learnt", "Posts, bodies and addresses that people confirmed, by State."),
    "explain": ("show", "Which rule made which value from which words."),
    "accept": ("process", "Overrule a rejection: the document is read after all."),
    "retry": ("process", "Try messages again that were set aside."),
    "release": ("mail", "Close a message that was set aside: nobody is asked about it again."),
    "backup": ("backup", "Copy database and originals, while everything runs."),
    "restore": ("backup", "Put a backup back into an empty folder."),
    "forget": ("forget", "Remove a person, a meeting or what is old, for good."),
    "check": ("check", "What is installed and configured, and the way to mend what is not."),
}


class LazyGroup(click.Group):
    """Lists all commands without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table above."""
        del ctx
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; of a misspelt one, the nearest is offered."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0].lower(), COMMANDS, 3)
            meant = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{meant}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"noteverbale.commands.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table alone."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="noteverbale")
def cli() -> None:
    """Reads governments' scanned notes verbales into a table of delegations."""
    logs.for_command()


def main() -> NoReturn:
    """Runs the program and ends the process with one of ``ExitCode``."""
    utf8.ensure()
    sys.exit(run(sys.argv[1:], own_process=True))


def run(arguments: list[str], own_process: bool = False) -> int:
    """Runs one command; the only place where errors become exit codes.

    With ``own_process`` the process ends with the command: it may give up what it does not need.
    """
    try:
        result = cli.main(
            arguments, prog_name="noteverbale", standalone_mode=False, obj=own_process
        )
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        if error.format_message().startswith("Usage:"):  # nothing was asked: the help is the answer
            click.echo(error.format_message(), err=True)
            return ExitCode.USAGE
        _say(_usage(error))
        return ExitCode.USAGE
    except BrokenPipeError:
        # Whoever read our output has enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except click.Abort:
        click.echo("Stopped.", err=True)
        return ExitCode.SOME_FAILED
    except NoteVerbaleError as error:
        _say(str(error))
        return _code(error)
    except Exception as error:  # one line for people; the rest on request
        if os.environ.get(DEBUG_VARIABLE):
            raise
        _say(_unexpected(error))
        return ExitCode.SOME_FAILED
    return int(result) if isinstance(result, int) else ExitCode.OK


def _say(text: str) -> None:
    """What went wrong, on one line; it may quote the name of a stranger's file."""
    from store.sanitize import visible

    click.echo(f"noteverbale: {visible(text)}", err=True)


def _usage(error: click.ClickException) -> str:
    """What was wrong with the command line, on one line, and where to read on."""
    said = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{said.rstrip('.')} (see {context.command_path} --help)" if context else said


def _unexpected(error: Exception) -> str:
    """An error that no stage foresaw: the system's word about a file, else its kind and place."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(place.filename).name} line {place.lineno}"
    return f"an error of the program, {where}; {DEBUG_VARIABLE}=1 shows all of it"


def _code(error: NoteVerbaleError) -> ExitCode:
    if error.reason == "locked":
        return ExitCode.LOCKED
    usage = ("configuration", "usage", "source_unreadable", "unknown_record")
    return ExitCode.USAGE if error.reason in usage else ExitCode.SOME_FAILED
