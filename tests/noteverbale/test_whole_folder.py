"""Every file of a folder given to the program gets its row, or a line that says why not."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlite_utils

from noteverbale import cli
from noteverbale.exit_codes import ExitCode

GARBAGE = bytes(range(256)) * 40
FILES = {
    "README.md": b"# Notes\n",
    "blob.xyz": b"\x00\x01",
    "cut.tif.gz": gzip.compress(GARBAGE)[:-20],
    "empty.pdf": b"",
    "garbage.pdf": GARBAGE,
    "picture.jpg": b"\x00" + GARBAGE,
    "truth.json": b"{}",
}
OUTCOMES = {
    "README.md": ("rejected", "not_a_scan"),
    "blob.xyz": ("rejected", "unsupported_type"),
    "cut.tif": ("failed", "corrupt"),
    "empty.pdf": ("rejected", "corrupt"),
    "garbage.pdf": ("rejected", "corrupt"),
    "picture.jpg": ("rejected", "corrupt"),
    "truth.json": ("rejected", "not_a_scan"),
}


def _process(*paths: Path, database: Path) -> int:
    return cli.run(["process", *map(str, paths), "--db", str(database), "--jobs", "1"])


def _outcomes(database: Path) -> dict[str, tuple[str, str | None]]:
    db = sqlite_utils.Database(database)
    rows = list(db["documents_list"].rows)
    db.close()
    found = {row["filename"]: (row["outcome"], row["reason"]) for row in rows}
    assert len(found) == len(rows)
    return found


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _mail(files: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"] = "mission@example.org"
    message["Subject"] = "Files"
    message.set_content("See attached.")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="x", filename=name)
    return message.as_bytes()


def test_a_folder_an_archive_and_a_mail_say_the_same_of_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    (tmp_path / "all.zip").write_bytes(_zip(FILES))
    (tmp_path / "reply.eml").write_bytes(_mail(FILES))
    for given in ("folder", "all.zip", "reply.eml"):
        database = tmp_path / f"data of {given}" / "n.db"
        assert _process(tmp_path / given, database=database) == ExitCode.SOME_FAILED
        assert _outcomes(database) == OUTCOMES
        said = capsys.readouterr().err
        assert all(f" {name}: " in said for name in OUTCOMES)


def test_an_archive_in_which_nothing_is_found_is_a_document_under_its_own_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.zip").write_bytes(_zip({}))
    (tmp_path / "in" / "litter.zip").write_bytes(_zip({"Thumbs.db": b"x"}))
    (tmp_path / "in" / "broken.zip").write_bytes(_zip({"a.pdf": GARBAGE})[:500])
    (tmp_path / "in" / "bomb.pdf.gz").write_bytes(gzip.compress(bytes(3_000_000)))
    assert _process(tmp_path / "in", database=tmp_path / "n.db") == ExitCode.SOME_FAILED
    assert _outcomes(tmp_path / "n.db") == {
        "empty.zip": ("rejected", "nothing_inside"),
        "litter.zip": ("rejected", "nothing_inside"),
        "broken.zip": ("failed", "corrupt"),
        "bomb.pdf": ("rejected", "too_large"),
    }
    assert "empty.zip: rejected, an archive with no file" in capsys.readouterr().err


def test_a_file_over_the_limit_gets_its_row_and_is_read_when_the_limit_is_raised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "large.pdf").write_bytes(b"%PDF-1.4\n" + bytes(1_100_000))
    (tmp_path / "in" / "large.eml").write_bytes(b"From: a@example.org\n\n" + b"x" * 1_100_000)
    small = tmp_path / "small.toml"
    small.write_text("[limits]\nmax_message_mb = 1\n")
    database = tmp_path / "n.db"
    arguments = ["process", str(tmp_path / "in"), "--db", str(database)]
    assert cli.run([*arguments, "--config", str(small)]) == ExitCode.SOME_FAILED
    said = capsys.readouterr().err
    assert "document 1 large.pdf: rejected, the file is too large" in said
    assert "message 1 large.eml: set aside, the file is too large" in said
    assert _outcomes(database) == {"large.pdf": ("rejected", "too_large")}
    assert cli.run(arguments) == ExitCode.SOME_FAILED
    db = sqlite_utils.Database(database)
    rows = [tuple(row) for row in db.execute("SELECT outcome, reason FROM documents ORDER BY id")]
    db.close()
    assert rows == [("rejected", "too_large"), ("rejected", "corrupt")]


def test_what_is_left_out_is_said_and_its_names_cannot_touch_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    evil = "evil\x1b[2J\nnoteverbale: all well\u202efdp"
    (folder / evil).symlink_to("/")
    os.mkfifo(folder / f"pipe{evil}")
    (folder / f".{evil}").write_bytes(b"x")
    (folder / f"{evil}.pdf").write_bytes(b"\x00\x01")
    for number in range(7):
        (folder / f"{number}.tmp").write_bytes(b"x")
    assert _process(folder, database=tmp_path / "n.db") == ExitCode.SOME_FAILED
    said = capsys.readouterr().err
    assert not {"\x1b", "\u202e"} & set(said)
    lines = said.splitlines()
    assert sum("only a link" in line for line in lines) == 1
    assert sum("neither a file nor a folder" in line for line in lines) == 1
    assert sum(line.startswith("8 left out: 1 hidden (.evil") for line in lines) == 1
    assert "7 named like a file that is still being written (0.tmp, 1.tmp, " in said
    assert r"evil\x1b[2J noteverbale: all well\u202efdp: not taken in" in said
    assert not any(line.startswith("noteverbale: all well") for line in lines)


def test_the_programs_own_database_and_originals_are_not_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    (folder / "data").mkdir(parents=True)
    (folder / "note.pdf").write_bytes(GARBAGE)
    database = folder / "data" / "n.db"
    for _ in range(2):
        _process(folder, database=database)
        assert _outcomes(database) == {"note.pdf": ("rejected", "corrupt")}
    assert "of this program's own (" in capsys.readouterr().err


def test_a_folder_of_files_left_out_by_their_names_alone_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Thumbs.db").write_bytes(b"x")
    assert _process(tmp_path / "in", database=tmp_path / "n.db") == ExitCode.OK
    assert "1 left out: 1 put there by a system or office program (Thumbs.db)" in (
        capsys.readouterr().err
    )
