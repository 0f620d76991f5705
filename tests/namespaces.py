"""Whether this machine lets a process give up its network, asked of util-linux and not of us."""

from __future__ import annotations

import functools
import os
import subprocess


@functools.cache
def allowed() -> bool:
    """True where unshare(1) can make a network namespace."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-current-user"]
    done = subprocess.run(["unshare", *user, "--net", "true"], capture_output=True, check=False)
    return done.returncode == 0
