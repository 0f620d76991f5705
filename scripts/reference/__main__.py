"""Writes ``docs/reference`` from the code: ``python -m scripts.reference``, or ``make reference``.

``tests/docs/test_reference.py`` fails where what is committed is not what would be written, or
where something has no words.
"""

from __future__ import annotations

from scripts.reference.pages import pages

for file, text in pages().items():
    file.write_text(text, encoding="utf-8")
