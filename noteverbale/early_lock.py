"""The lock is tried before anything is imported that takes time.

Twenty starts at once on a small machine would each load the command line and the configuration,
only to hear that another run is at work. So a command that writes tries its lock first, with
nothing but what the interpreter has loaded already, and gives up at once; ``noteverbale.lock``
takes over the lock that was had. Whatever is unclear here is left to the command line proper.
"""

from __future__ import annotations

import fcntl
import os
import stat

FILE_MODE = 0o600  # read and written by the own user only
FOLDER_MODE = 0o700  # entered by the own user only
DATABASE_NAME = "noteverbale.db"
CONFIG_VARIABLE = "NOTEVERBALE_CONFIG"

RUN = ".lock"
"""Held while documents are read."""
MAILBOX = ".mailbox.lock"
"""Held while the mailbox is fetched from and nothing is read."""
SERVICES = {
    "both": (".fetcher.lock", ".reader.lock"),
    "mailbox": (".fetcher.lock",),
    "reading": (".reader.lock",),
}
"""Held by a service as long as it lives, by what it does; the first is tried early."""

_WRITING = ("process", "reprocess", "accept", "retry", "release")
_held: dict[str, int] = {}


def busy(arguments: list[str]) -> str | None:
    """The database on which another run is at work; None to go on, with the lock if it was had."""
    command = arguments[0] if arguments else ""
    if command not in (*_WRITING, "fetch", "run") or {"--help", "-h"} & set(arguments):
        return None
    try:
        database = _database(arguments)
        if command in ("fetch", "run"):
            os.makedirs(os.path.dirname(database) or ".", FOLDER_MODE, exist_ok=True)  # noqa: PTH103, PTH120
        handle = open_file(database + lock_suffix(command, arguments))
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return None
    if not acquired(handle):
        os.close(handle)
        return database
    _held[os.path.realpath(database + lock_suffix(command, arguments))] = handle
    return None


def lock_suffix(command: str, arguments: list[str]) -> str:
    """Which lock a command takes; the two halves of the work have one each."""
    half = "both"
    if "--keep-only" in arguments:
        half = "mailbox"
    elif "--no-mailbox" in arguments:
        half = "reading"
    if command == "run":
        return SERVICES[half][0]
    return MAILBOX if half == "mailbox" else RUN


def open_file(path: str) -> int:
    """The lock file, made if it is missing; nobody else may open it.

    Raises:
        OSError: it cannot be made.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)


def acquired(handle: int) -> bool:
    """Takes the lock, flock(2), or says that another has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_over(path: str) -> int | None:
    """The handle of a lock that was had early, once."""
    return _held.pop(os.path.realpath(path), None)


def _database(arguments: list[str]) -> str:
    named = _option(arguments, "--db")
    if named is not None:
        return named
    config = _option(arguments, "--config") or os.environ.get(CONFIG_VARIABLE)
    folder = "data"
    if config:
        # reading from a pipe or a device may never end; what is wrong is said where it is loaded
        handle = os.open(config, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes too long
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError("no file")
            folder = data_folder(file.read()) or folder
    return os.path.join(os.path.expanduser(folder), DATABASE_NAME)  # noqa: PTH111, PTH118


def data_folder(text: str) -> str | None:
    """``data.folder`` of a configuration; None if it is not set.

    Loading a TOML parser takes as long as starting Python, so the usual way of writing it is read
    without one. Whatever is written in another way is left to the parser.

    Raises:
        ValueError: it is no TOML.
    """
    found = None
    table = ""
    for line in text.splitlines():
        word = line.strip()
        if word.startswith("["):
            table = word.partition("#")[0].strip()
        key, _, value = word.partition("=")
        if table == "[data]" and key.strip() == "folder":
            before, folder, after = [*value.split('"'), "", "", ""][:3]
            if before.strip() or "\\" in value or after.partition("#")[0].strip():
                return _parsed_folder(text)
            found = folder
        elif not word.startswith("#") and _unusual(table, key):
            return _parsed_folder(text)
    return _parsed_folder(text) if '"""' in text or "'''" in text else found


def _unusual(table: str, key: str) -> bool:
    return "folder" in key if table == "[data]" else "data" in table + key


def _parsed_folder(text: str) -> str | None:
    import tomllib

    found = tomllib.loads(text).get("data", {}).get("folder")
    return found if isinstance(found, str) else None


def _option(arguments: list[str], name: str) -> str | None:
    for at, word in enumerate(arguments):
        if word == name:
            return arguments[at + 1] if at + 1 < len(arguments) else None
        if word.startswith(name + "="):
            return word.partition("=")[2]
    return None
