"""One thread a process: two threads on two cores cost tesseract 2.4 times the processor time.

OpenBLAS and OpenMP read this when they are loaded, so it is the first thing that is done when
anything of ``ocr`` is imported.
"""

from __future__ import annotations

import os

ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""The environment of this process and of every child."""

os.environ.update(ONE_THREAD)
