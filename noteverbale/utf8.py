"""Whatever the locale, names of files and text are UTF-8 (PEP 540).

Elsewhere a path with an accent would reach a library as something else, and a sound scan be told
damaged; names of delegates could not be printed at all.
"""

from __future__ import annotations

import io
import os
import sys

VARIABLE = "PYTHONUTF8"


def ensure() -> None:
    """Starts the program anew in Python's UTF-8 mode where the locale is another one.

    Text goes to a terminal in the terminal's own coding; what that has no sign for, as an escape.
    """
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get(VARIABLE) != "1":
        coding = getattr(sys.stdout, "encoding", None) or "ascii"
        shown = {} if coding == "ascii" else {"PYTHONIOENCODING": f"{coding}:backslashreplace"}
        environment = {**os.environ, VARIABLE: "1", **shown}
        os.execve(sys.executable, sys.orig_argv, environment)  # noqa: S606 - this very program
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
