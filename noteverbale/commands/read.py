"""read: what a page says, to standard output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode
from noteverbale.reason_words import in_words

if TYPE_CHECKING:
    from ocr.settings import OcrSettings
    from ocr.types import Page


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "hocr"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@options.database
def read(file: Path, format_: str, db: Path | None, config_path: Path | None) -> int:
    """The words of a scan in reading order; with boxes and confidences in json and hocr."""
    del db  # taken like everywhere else; nothing is read from it or written to it
    from extract.types import DocumentReading
    from ingest import isolation
    from ingest.magic import media_type
    from noteverbale import pipeline, reading
    from noteverbale.config import load_config, require_engine

    if not file.is_file():
        raise click.UsageError(f"{file}: there is no such file")
    config = load_config(config_path)
    require_engine(config)
    if click.get_current_context().obj:  # what is read here needs no network
        isolation.cut_off()
    settings = pipeline.ocr_settings(config)
    kind = media_type(file.read_bytes(), file.name)
    info = reading.inspect_document(file, kind, settings)
    _name_enclosed(file, kind, settings)
    if isinstance(info, DocumentReading):
        click.echo(f"{file.name}: {info.outcome}, {in_words(info.reason)}", err=True)
        return ExitCode.SOME_FAILED
    pages: list[Page] = []
    for number in range(1, info.pages + 1):
        hints = reading.hints_from(pages[0]) if pages else reading.NO_HINTS
        pages.append(reading.read_one_page(file, number, settings, hints))
    click.echo(_formatted(tuple(pages), format_))
    failed = [p for p in pages if p.outcome == "failed"]
    for page in failed:
        click.echo(f"page {page.number}: failed, {in_words(page.reason)}", err=True)
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _name_enclosed(file: Path, kind: str, settings: OcrSettings) -> None:
    """Files inside this one are not read here, and not passed over in silence."""
    from noteverbale import reading
    from ocr.children.folders import private_folder

    with private_folder() as folder:
        for found in reading.enclosed_files(file, kind, settings, folder):
            what = in_words(found.problem) if found.problem else "`noteverbale process` reads it"
            click.echo(f"{file.name} holds a file, {found.filename}: {what}", err=True)


def _formatted(pages: tuple[Page, ...], format_: str) -> str:
    if format_ == "json":
        from noteverbale.page_formats import as_records

        return json.dumps(as_records(pages), ensure_ascii=False, indent=1)
    if format_ == "hocr":
        from noteverbale.page_formats import as_hocr

        return as_hocr(pages)
    return "\n\f\n".join(page.text for page in pages)
