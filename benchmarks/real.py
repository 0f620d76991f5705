"""Real pages: a local copy of scribeocr/ocr-benchmark, read beside tesseract and RapidOCR.

    git clone --depth 1 https://github.com/scribeocr/ocr-benchmark
    python benchmarks/real.py ocr-benchmark --rapid [--list] [--only X] [--list-words] [--json]

The copy has pictures in ``img/`` and, as hOCR, their true words in ``ground_truth/``: court
filings, depositions, forms, tables, columns, slides, a receipt. None of it is in this
repository. Words are compared as by ``pages.py``; a page's kind is its name up to the number.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import pages

WORD_CLASS = "ocrx_word"


class HocrWords(HTMLParser):
    """The words of an hOCR file, in its order (hOCR 1.2, ``ocrx_word``)."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A word begins, or a mark within it such as ``<em>``."""
        if tag == "span":
            self._inside = WORD_CLASS in (dict(attrs).get("class") or "")
            if self._inside:
                self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        """A word ends."""
        if tag == "span":
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Letters, of a word or between two."""
        if self._inside:
            self.words[-1] += data


def laid_out(copy: Path, folder: Path) -> int:
    """Link every picture with a truth into ``folder``, its words beside it; how many they are."""
    count = 0
    for truth in sorted((copy / "ground_truth").glob("*.hocr")):
        name = truth.name.split(".")[0]
        for picture in (copy / "img").glob(f"{name}.*"):
            parser = HocrWords()
            parser.feed(truth.read_text(encoding="utf-8"))
            kind, _, number = name.rpartition("_")
            page = folder / f"{kind}-{number}{picture.suffix}"
            page.symlink_to(picture.resolve())
            page.with_suffix(".txt").write_text("\n".join(parser.words), encoding="utf-8")
            count += 1
    return count


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("copy", type=Path, help="folder with img/ and ground_truth/")
    options = pages.options_of(parser)
    with tempfile.TemporaryDirectory() as folder:
        if not laid_out(options.copy, Path(folder)):
            raise SystemExit(f"{options.copy}: no pictures with a truth in img/ and ground_truth/")
        pages.compare(Path(folder), options)


if __name__ == "__main__":
    main()
