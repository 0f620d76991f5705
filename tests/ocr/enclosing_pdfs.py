"""PDFs with files inside, in each of the places where a program may have put them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Put = Callable[[Pdf, pikepdf.Object], None]


def specification(pdf: Pdf, name: str, data: bytes, **entries: object) -> pikepdf.Object:
    """A file specification with its embedded file, deflated as programs do."""
    stream = pdf.make_stream(data)
    stream.Type = Name.EmbeddedFile
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String(name), UF=String(name), EF=Dictionary(F=stream, UF=stream)
        )
    )


def in_the_name_tree(pdf: Pdf, found: pikepdf.Object) -> None:
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), found])))


def in_a_nested_name_tree(pdf: Pdf, found: pikepdf.Object) -> None:
    leaf = pdf.make_indirect(Dictionary(Names=Array([String("a"), found])))
    branch = pdf.make_indirect(Dictionary(Kids=Array([leaf])))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Kids=Array([branch])))


def in_a_portfolio(pdf: Pdf, found: pikepdf.Object) -> None:
    in_the_name_tree(pdf, found)
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)


def associated_with_the_document(pdf: Pdf, found: pikepdf.Object) -> None:
    pdf.Root.AF = Array([found])


def associated_with_the_page(pdf: Pdf, found: pikepdf.Object) -> None:
    pdf.pages[0].obj.AF = Array([found])


def as_an_annotation(pdf: Pdf, found: pikepdf.Object) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=found
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def everywhere(pdf: Pdf, found: pikepdf.Object) -> None:
    for put in (in_a_portfolio, associated_with_the_document, as_an_annotation):
        put(pdf, found)


def nowhere(pdf: Pdf, found: pikepdf.Object) -> None:
    """Left behind by an earlier version of the document: nothing refers to it."""
    pdf.make_indirect(Dictionary(Left=found))


PLACES: tuple[Put, ...] = (
    in_the_name_tree,
    in_a_nested_name_tree,
    in_a_portfolio,
    associated_with_the_document,
    associated_with_the_page,
    as_an_annotation,
    everywhere,
)


def enclosing(path: Path, put: Put, name: str, data: bytes, **entries: object) -> Path:
    """A blank page with one file inside it."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    put(pdf, specification(pdf, name, data, **entries))
    pdf.save(path)
    return path


def portfolio(path: Path, files: dict[str, bytes], cover: Pdf | None = None) -> Path:
    """A portfolio: a cover of one page, and the files behind it."""
    pdf = cover or pikepdf.new()
    if not len(pdf.pages):
        pdf.add_blank_page()
    names = Array()
    for name, data in files.items():
        names.append(String(name))
        names.append(specification(pdf, name, data))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)
    pdf.save(path)
    return path
