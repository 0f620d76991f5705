"""The text of an outgoing invitation: plain text, PDF or DOCX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ingest import magic
from ingest.errors import NoteVerbaleError

if TYPE_CHECKING:
    from ocr.settings import OcrSettings

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class InvitationUnreadable(NoteVerbaleError):  # noqa: N818 - says what is so
    """The invitation's file holds no text we can get at."""

    reason = "usage"


def text_of(file: Path, settings: OcrSettings) -> str:
    """The text of an invitation's file; a scanned PDF is read like a reply.

    Raises:
        InvitationUnreadable: the file's type is unknown or it cannot be read.
    """
    kind = magic.media_type(file.read_bytes(), file.name)
    if kind == magic.PDF:
        return _of_pdf(file, settings)
    if kind == DOCX:
        return _of_docx(file)
    if kind.startswith("text/"):
        return file.read_text(encoding="utf-8", errors="replace")
    raise InvitationUnreadable(f"{file.name}: an invitation is a text, PDF or DOCX file")


def _of_pdf(file: Path, settings: OcrSettings) -> str:
    from ocr.opening.text_layer import text_layer

    text = text_layer(file, settings)
    if len(text.split()) >= 20:
        return text
    from extract.types import DocumentReading
    from noteverbale import reading

    info = reading.inspect_document(file, magic.PDF, settings, accept=True)
    if isinstance(info, DocumentReading):
        raise InvitationUnreadable(f"{file.name}: the PDF cannot be read ({info.reason})")
    pages = [reading.read_one_page(file, number, settings) for number in range(1, info.pages + 1)]
    return "\n\n".join(page.text for page in pages)


def _of_docx(file: Path) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise InvitationUnreadable(f"{file.name}: the DOCX file is damaged") from error
    return "\n\n".join(paragraph.text for paragraph in document.paragraphs)
