"""Files as a source: .eml, mbox, Maildir, bare scans, folders of these."""

from __future__ import annotations

import mailbox
import os
from pathlib import Path

import pytest

from ingest.errors import SourceUnreadable
from ingest.folder import FolderSource
from ingest.limits import ParseLimits
from tests.ingest.office_files import compound, outlook, outlook_tree
from tests.ingest.source_contract import MESSAGES, Filled, MessageSourceContract

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


class FilledFolder(Filled):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.files = [folder / f"{n}.eml" for n in range(len(MESSAGES))]
        for path, data in zip(self.files, MESSAGES, strict=True):
            path.write_bytes(data)
        self.source = FolderSource((folder,))

    def remove(self, index: int) -> None:
        self.files[index].unlink()

    def snapshot(self) -> object:
        return sorted(
            (str(p), p.stat().st_mtime_ns, p.read_bytes() if p.is_file() else b"")
            for p in self.folder.rglob("*")
        )


class FilledMaildir(FilledFolder):
    def __init__(self, folder: Path) -> None:
        for name in ("new", "cur", "tmp"):
            (folder / name).mkdir(parents=True)
        self.folder = folder
        self.files = [folder / "new" / "1.a", folder / "cur" / "2.b:2,S", folder / "cur" / "3.c:2,"]
        for path, data in zip(self.files, MESSAGES, strict=True):
            path.write_bytes(data)
        (folder / "tmp" / "half").write_bytes(b"From: half a mess")
        self.source = FolderSource((folder,))


class TestFolderOfMessages(MessageSourceContract):
    @pytest.fixture
    def filled(self, tmp_path: Path) -> Filled:
        return FilledFolder(tmp_path / "mail")


class TestMaildir(MessageSourceContract):
    @pytest.fixture
    def filled(self, tmp_path: Path) -> Filled:
        return FilledMaildir(tmp_path / "Maildir")


def contents(*paths: Path) -> list[bytes]:
    source = FolderSource(paths)
    return [item.data for item in source.items(source.keys())]


def test_a_maildir_message_keeps_its_key_when_it_is_marked_as_read(tmp_path: Path) -> None:
    filled = FilledMaildir(tmp_path / "Maildir")
    before = filled.source.keys()
    filled.files[0].rename(tmp_path / "Maildir" / "cur" / "1.a:2,RS")
    assert set(filled.source.keys()) == set(before)


def test_mbox_messages_are_numbered_from_one_and_cut_exactly(tmp_path: Path) -> None:
    path = tmp_path / "export"
    box = mailbox.mbox(path)
    for data in MESSAGES:
        box.add(data.replace(b"\r\n", b"\n"))
    box.close()
    source = FolderSource((path,))
    keys = source.keys()
    assert [key.uid for key in keys] == [1, 2, 3]
    items = list(source.items(keys))
    assert [item.data for item in items] == [m.replace(b"\r\n", b"\n") for m in MESSAGES]


def test_a_line_of_prose_that_begins_with_from_does_not_split_a_message(tmp_path: Path) -> None:
    first = b"From: a@example.org\n\nDear all,\n\nFrom Monday on we meet at 10:00 sharp.\nYours\n"
    second = b"From: b@example.org\n\nFrom Vienna\n"
    path = tmp_path / "export.mbox"
    path.write_bytes(
        b"From a@example.org Mon Apr  1 10:00:00 2019\n" + first + b"\nFrom \n" + second
    )
    assert contents(path) == [first, second]


def test_mbox_with_crlf_and_with_a_message_that_begins_without_header(tmp_path: Path) -> None:
    path = tmp_path / "export.mbox"
    path.write_bytes(
        b"From - Mon Apr 01 10:00:00 2019\r\n" + MESSAGES[0] + b"\r\n"
        b"From - Mon Apr 01 10:00:01 2019\r\n" + MESSAGES[1]
    )
    assert contents(path) == [MESSAGES[0], MESSAGES[1]]


def test_an_mbox_rewritten_after_listing_loses_nothing_silently(tmp_path: Path) -> None:
    path = tmp_path / "export.mbox"
    path.write_bytes(b"From - 10:00\n" + MESSAGES[0] + b"\nFrom - 10:01\n" + MESSAGES[1])
    source = FolderSource((path,))
    keys = source.keys()
    path.write_bytes(b"From - 10:00\n" + MESSAGES[0])
    assert [item.data for item in source.items(keys)] == [MESSAGES[0]]
    assert [passed.key.uid for passed in source.passed_over()] == [2]


def test_folders_yield_mail_and_scans_in_order_and_leave_the_rest(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "note.pdf").write_bytes(PDF)
    (tmp_path / "a.tif").write_bytes(b"II*\x00rest")
    (tmp_path / "c.docx").write_bytes(
        b"PK\x03\x04"
        + b"0" * 26
        + b"[Content_Types].xml"
        + b"PK\x03\x04"
        + b"0" * 26
        + b"word/document.xml"
    )
    (tmp_path / "d.eml").write_bytes(MESSAGES[0])
    for name in ("truth.json", "README.md", ".hidden.pdf", "notes.txt"):
        (tmp_path / name).write_bytes(b"{}")
    source = FolderSource((tmp_path,))
    items = list(source.items(source.keys()))
    assert [(i.kind, i.filename) for i in items] == [
        ("scan", "a.tif"),
        ("scan", "note.pdf"),
        ("scan", "c.docx"),
        ("message", None),
    ]
    assert {item.received_at for item in items} == {None}


def test_a_file_of_unknown_type_is_an_item_only_if_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.xyz"
    path.write_bytes(b"\x00\x01nothing we know")
    assert contents(tmp_path) == []
    assert contents(path) == [path.read_bytes()]


def test_links_that_run_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "up").symlink_to(tmp_path)
    (tmp_path / "deep" / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "note.pdf").write_bytes(PDF)
    source = FolderSource((tmp_path,))
    assert [item.data for item in source.items(source.keys())] == [PDF]


def test_a_named_path_that_is_not_there_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"missing\.pdf"):
        FolderSource((tmp_path / "missing.pdf",)).keys()


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert contents(tmp_path) == []
    with pytest.raises(SourceUnreadable):
        FolderSource((tmp_path / "pipe.pdf",)).keys()


def test_a_name_that_is_no_utf8_still_has_a_storable_key(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/nota_espa\xf1a.pdf"))
    path.write_bytes(PDF)
    source = FolderSource((tmp_path,))
    (item,) = source.items(source.keys())
    assert item.key.folder.encode().endswith(rb"nota_espa\xf1a.pdf")
    assert item.filename == "nota_espaa.pdf"


def test_what_is_over_the_limit_is_recorded_not_loaded(tmp_path: Path) -> None:
    header = b"From: a@example.org\r\nSubject: large\r\n\r\n"
    (tmp_path / "large.eml").write_bytes(header + b"x" * 1_000_001)
    (tmp_path / "large.pdf").write_bytes(PDF + b"x" * 1_000_001)
    source = FolderSource((tmp_path,), ParseLimits(max_message_mb=1))
    (item,) = source.items(source.keys())
    assert (item.data, item.problem) == (header, "too_large")
    assert [passed.reason for passed in source.passed_over()] == ["too_large"]


def test_a_message_saved_from_outlook_is_mail_in_a_folder_too(tmp_path: Path) -> None:
    large = compound({"first": bytes(200_000), **outlook_tree(("note.pdf", b"%PDF-1.7"))})
    (tmp_path / "Reply.msg").write_bytes(outlook(("note.pdf", b"%PDF-1.7")))
    (tmp_path / "large.MSG").write_bytes(large)
    (tmp_path / "sheet.xls").write_bytes(compound({"Workbook": b"x"}))
    source = FolderSource((tmp_path,))
    items = list(source.items(source.keys()))
    assert [(Path(item.key.folder).name, item.kind) for item in items] == [
        ("Reply.msg", "message"),
        ("large.MSG", "message"),
    ]
