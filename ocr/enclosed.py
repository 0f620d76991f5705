"""Files that a PDF encloses: portfolios, embedded files, attachment annotations.

Each is a document of its own that came with the first. They are taken out in the decoder's child
process (``opening.pdf.embedded_files``) and handed over as files, since they may be as large as a
message.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.magic import PDF
from ocr.opening import decoder_client
from ocr.settings import OcrSettings


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file from inside a document.

    ``filename`` is a label. ``path`` is where its bytes lie, None where there are none;
    ``problem`` as in ``ingest.types.Attachment``.
    """

    filename: str
    media_type: str
    path: str | None
    problem: str | None = None


def take_out(
    path: Path, media_type: str, settings: OcrSettings, folder: Path
) -> tuple[Enclosed, ...]:
    """The files inside a document, written to a folder; those inside archives and mail among them.

    Args:
        path: the document, not to be trusted.
        media_type: what its bytes look like.
        settings: the limits.
        folder: exists, and is empty.

    Raises:
        Rejected: the files could not be taken out: encrypted, corrupt, too_large or timeout.
    """
    if media_type != PDF or path.stat().st_size > settings.max_file_bytes:
        return ()
    return tuple(
        Enclosed(
            str(item["name"]),
            str(item["media_type"]),
            str(folder / item["file"]) if item["file"] else None,
            item["problem"],
        )
        for item in decoder_client.enclosed(path.resolve(), settings, folder)
    )
