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


def test_every_file_of_a_folder_is_an_item_in_order(tmp_path: Path) -> None:
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
        ("scan", "README.md"),
        ("scan", "a.tif"),
        ("scan", "note.pdf"),
        ("scan", "c.docx"),
        ("message", None),
        ("scan", "notes.txt"),
        ("scan", "truth.json"),
    ]
    assert [(p.key.folder, p.reason) for p in source.passed_over()] == [
        (str(tmp_path / ".hidden.pdf"), "hidden")
    ]
    assert {item.received_at for item in items} == {None}


def test_a_file_is_the_same_item_in_its_folder_and_named(tmp_path: Path) -> None:
    zipped = b"PK\x03\x04" + bytes(26) + b"note.pdf"
    for name, data in (
        ("a.xyz", b"\x00\x01nothing we know"),
        ("b.pdf", b""),
        ("c.pdf", b"\x00\x01no pdf"),
        ("d.zip", zipped),
        ("e.tif.gz", b"\x1f\x8b\x08" + bytes(20)),
    ):
        (tmp_path / name).write_bytes(data)
        source = FolderSource((tmp_path / name,))
        (named,) = source.items(source.keys())
        whole = FolderSource((tmp_path,))
        in_folder = next(i for i in whole.items(whole.keys()) if i.key == named.key)
        assert in_folder == named
        assert named.kind == ("message" if name in ("d.zip", "e.tif.gz") else "scan")


def test_links_are_never_followed_out_of_a_folder_and_are_told(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    (inside / "deep").mkdir(parents=True)
    (tmp_path / "outside.pdf").write_bytes(PDF + b"outside")
    (inside / "deep" / "up").symlink_to(tmp_path)
    (inside / "deep" / "gone").symlink_to(tmp_path / "nowhere")
    (inside / "deep" / "out.pdf").symlink_to(tmp_path / "outside.pdf")
    (inside / "note.pdf").write_bytes(PDF)
    source = FolderSource((inside,))
    assert [item.data for item in source.items(source.keys())] == [PDF]
    left = [(Path(p.key.folder).name, p.reason) for p in source.passed_over()]
    assert left == [("gone", "link"), ("out.pdf", "link"), ("up", "link")]
    assert contents(inside / "deep" / "out.pdf") == [PDF + b"outside"]  # named by a person


def test_a_link_put_in_place_of_a_file_after_listing_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "note.pdf").write_bytes(PDF)
    (tmp_path / "secret").write_bytes(b"secret")
    source = FolderSource((tmp_path / "in",))
    keys = source.keys()
    (tmp_path / "in" / "note.pdf").unlink()
    (tmp_path / "in" / "note.pdf").symlink_to(tmp_path / "secret")
    assert list(source.items(keys)) == []
    assert [p.reason for p in source.passed_over()] == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Thumbs.db", "litter"),
        ("DESKTOP.INI", "litter"),
        (".DS_Store", "litter"),
        ("._note.pdf", "litter"),
        ("~$Note.docx", "litter"),
        (".~lock.Note.odt#", "litter"),
        ("note.pdf.part", "unfinished"),
        ("SCAN.TMP", "unfinished"),
        ("note.crdownload", "unfinished"),
        (".note.pdf", "hidden"),
    ],
)
def test_what_is_left_out_by_its_name_is_told(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_bytes(PDF)
    source = FolderSource((tmp_path,))
    assert source.keys() == ()
    assert [(p.key.folder, p.reason) for p in source.passed_over()] == [
        (str(tmp_path / name), reason)
    ]
    assert contents(tmp_path / name) == [PDF]  # named by a person, it is taken


def test_what_lies_in_a_maildir_beside_its_messages_is_an_item_too(tmp_path: Path) -> None:
    filled = FilledMaildir(tmp_path / "Maildir")
    (tmp_path / "Maildir" / "note.pdf").write_bytes(PDF)
    (tmp_path / "Maildir" / "dovecot-uidlist").write_bytes(b"3 V1")
    (tmp_path / "Maildir" / ".Sent").mkdir()
    items = list(filled.source.items(filled.source.keys()))
    assert [(item.kind, item.filename) for item in items][-1] == ("scan", "note.pdf")
    assert len(items) == len(MESSAGES) + 1
    assert [p.reason for p in filled.source.passed_over()] == ["hidden"]


def test_a_named_path_that_is_not_there_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"missing\.pdf"):
        FolderSource((tmp_path / "missing.pdf",)).keys()


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    source = FolderSource((tmp_path,))
    assert source.keys() == ()
    assert [p.reason for p in source.passed_over()] == ["no_file"]
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
    mail, scan = source.items(source.keys())
    assert (mail.data, mail.problem) == (header, "too_large")
    assert (scan.filename, scan.problem) == ("large.pdf", "too_large")
    assert PDF in scan.data
    assert len(scan.data) < 100_000
    assert source.passed_over() == ()


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
        ("sheet.xls", "scan"),
    ]
