"""Every process that reads has one thread, whatever of ``ocr`` it imports first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ocr.threads import ONE_THREAD

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("module", ["ocr.types", "noteverbale.tasks", "ocr.children.limits"])
def test_the_limit_is_set_before_numpy_is_loaded(module: str) -> None:
    code = (
        "import os, sys, importlib.abc\n"
        "class Watch(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name in ('numpy', 'cv2') and 'OMP_THREAD_LIMIT' not in os.environ:\n"
        "            sys.exit('too late')\n"
        "sys.meta_path.insert(0, Watch())\n"
        f"import {module}, ocr.prepare, cv2\n"
        "assert cv2.getNumThreads() == 1\n"
        "print(*(os.environ[name] for name in sys.argv[1:]))"
    )
    env = {name: value for name, value in os.environ.items() if name not in ONE_THREAD}
    done = subprocess.run(
        [sys.executable, "-c", code, *ONE_THREAD],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
    )
    assert done.stdout.split() == [b"1"] * len(ONE_THREAD)
