"""What a library writes to standard error while it decodes: complaints it tells nobody else.

libtiff says ``Fax4Decode: Bad code word`` there and goes on. Runs inside the decoder's child
process only, which has one thread.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2  # file descriptor


class Captured:
    """Whether anything was said; known once the ``with`` block has ended."""

    anything = False


@contextmanager
def captured_stderr() -> Iterator[Captured]:
    """Listen to standard error, the file descriptor and not ``sys.stderr``."""
    heard = Captured()
    before, ear = os.dup(_STDERR), os.memfd_create("complaints")
    os.dup2(ear, _STDERR)
    try:
        yield heard
    finally:
        os.dup2(before, _STDERR)
        heard.anything = os.fstat(ear).st_size > 0
        os.close(ear)
        os.close(before)
