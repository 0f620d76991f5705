"""Where the program starts: the lock first, then everything else."""

from __future__ import annotations

import sys

from noteverbale.early_lock import busy


def main() -> None:
    """Runs the program and ends the process with one of ``ExitCode``."""
    database = busy(sys.argv[1:])
    if database is not None:
        sys.stderr.write(f"noteverbale: Another run is at work on {database}; try again later.\n")
        sys.exit(75)  # ExitCode.LOCKED; the enum takes longer to import than all of this
    from noteverbale.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
