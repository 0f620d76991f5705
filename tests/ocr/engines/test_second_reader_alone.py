"""The second reader's runtime is imported in one place, where its reports are switched off."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ("ingest", "ocr", "extract", "store", "review", "noteverbale")


def test_only_the_second_reader_imports_it() -> None:
    importing = re.compile(r"^\s*(?:import|from) (?:rapidocr|onnxruntime)\b", re.MULTILINE)
    found = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if importing.search(path.read_text(encoding="utf-8"))
    }
    assert found == {f"ocr/engines/rapid{part}.py" for part in ("", "_detector", "_recogniser")}


def test_reports_are_off_before_the_runtime_is_loaded() -> None:
    """In a fresh process, whichever of the modules comes first."""
    for name in ("rapid", "rapid_detector", "rapid_recogniser"):
        module = f"ocr.engines.{name}"
        code = (
            f"import os, sys, {module}; from ocr.engines import rapid\n"
            "assert 'onnxruntime' not in sys.modules\n"
            "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'\n"
            "assert rapid.reports_are_off()\n"
            "os.environ['ORT_DISABLE_TELEMETRY'] = '0'\n"
            "assert not rapid.reports_are_off()\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
