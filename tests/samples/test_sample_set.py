"""The committed samples are complete, listed, and what their truth files say they are."""

from __future__ import annotations

import hashlib
import json
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest
from PIL import Image

from extract.types import Kind, Role

SAMPLES = Path(__file__).parents[2] / "samples"
REPLY_KEYS = {
    "file", "language", "layout", "quality", "degradation", "outcome", "reason", "kind", "state",
    "meeting", "note_reference", "note_date", "delegates", "pages", "purpose",
}  # fmt: skip
DELEGATE_KEYS = {
    "seq", "honorific", "name", "title", "organization", "email", "phone", "role",
}  # fmt: skip
LAYOUTS = {
    "numbered_list", "bulleted_roles", "labelled_blocks", "ruled_table", "unruled_columns",
    "prose", "stack", "annex", "role_headings",
}  # fmt: skip


def load(pattern: str) -> list[tuple[Path, dict[str, Any]]]:
    files = sorted((SAMPLES / "truth").glob(pattern))
    return [(p, json.loads(p.read_text(encoding="utf-8"))) for p in files]


REPLIES = load("[0-9]*.json")
MAILS = load("mail-*.json")


def test_set_is_large_enough_and_small_enough() -> None:
    files = [p for p in SAMPLES.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert len(REPLIES) >= 36
    assert len(MAILS) >= 6
    assert sum(p.stat().st_size for p in files) < 15_000_000


def test_every_file_has_one_truth_file_and_a_line_in_the_readme() -> None:
    files = {
        f"{p.parent.name}/{p.name}" for d in ("replies", "mail") for p in (SAMPLES / d).iterdir()
    }
    told = [truth["file"] for _, truth in REPLIES + MAILS]
    assert sorted(told) == sorted(files)
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines()
    for _, truth in REPLIES + MAILS:
        lines = [x for x in readme if x.startswith(f"| `{truth['file']}` |")]
        assert len(lines) == 1, truth["file"]
        assert truth["purpose"]
        assert truth["purpose"] in lines[0]


@pytest.mark.parametrize(("path", "truth"), REPLIES, ids=[p.stem for p, _ in REPLIES])
def test_truth_of_a_reply_is_complete(path: Path, truth: dict[str, Any]) -> None:
    assert truth.keys() >= REPLY_KEYS
    assert Path(truth["file"]).stem == path.stem
    assert truth["layout"] in LAYOUTS
    assert truth["quality"] in ("clean", "ordinary", "hard")
    rejected = truth["outcome"] == "rejected"
    assert (truth["reason"] is not None) == rejected
    assert (truth["kind"] is None) == rejected
    assert rejected or truth["kind"] in get_args(Kind)
    assert rejected or (truth["state"] and re.fullmatch(r"2019-\d\d-\d\d", truth["note_date"]))
    named = truth["kind"] in ("nomination", "revision")
    assert bool(truth["delegates"]) == named


@pytest.mark.parametrize(("path", "truth"), REPLIES, ids=[p.stem for p, _ in REPLIES])
def test_delegates_follow_the_conventions(path: Path, truth: dict[str, Any]) -> None:
    text = " ".join(re.sub(r"\s+", "", p["text"]) for p in truth["pages"])
    for seq, person in enumerate(truth["delegates"], 1):
        assert person.keys() >= DELEGATE_KEYS
        assert person["seq"] == seq
        assert person["name"]
        assert person["role"] is None or person["role"] in get_args(Role)
        assert person["phone"] is None or re.fullmatch(r"\+\d{7,15}", person["phone"])
        if person["email"] is not None:
            assert re.fullmatch(r"[a-z0-9._-]+@[a-z0-9.-]+\.[a-z]{2,3}", person["email"])
            assert person["email"] in text
        for key in ("honorific", "title"):
            assert person[key] is None or re.sub(r"\s+", "", person[key]) in text, key


def test_the_set_covers_languages_layouts_qualities_and_kinds() -> None:
    scans = [t for _, t in REPLIES if t["outcome"] == "processed"]
    assert {t["language"] for t in scans} == {"en", "fr", "es", "ru", "ar", "zh"}
    assert {t["layout"] for t in scans} == LAYOUTS
    assert {t["degradation"] for t in scans} >= {
        "clean", "scan", "fax", "poor", "stamp", "photo", "upside_down", "sideways",
    }  # fmt: skip
    assert {t["kind"] for t in scans} == {
        "nomination", "revision", "decline", "acknowledgement", "extension_request",
    }  # fmt: skip
    assert {t.get("revision") for t in scans} == {None, "replaces", "adds", "substitutes"}
    reasons = {t["reason"] for _, t in REPLIES if t["outcome"] == "rejected"}
    assert reasons == {"not_a_scan", "not_a_note_verbale", "encrypted"}
    assert any(t["meeting"] is None for t in scans)
    roles = {d["role"] for t in scans for d in t["delegates"]}
    assert roles >= {None, "head", "alternate", "member", "adviser"}


def _filters(path: Path) -> set[str]:
    with pikepdf.open(path) as pdf:
        streams = [x for x in pdf.objects if isinstance(x, pikepdf.Stream)]
        packed = [x.get("/Filter") for x in streams if x.get("/Subtype") == "/Image"]
        return {str(f[0] if isinstance(f, pikepdf.Array) else f) for f in packed}


def test_the_set_covers_the_formats_scanners_write() -> None:
    suffixes = {p.suffix for p in (SAMPLES / "replies").iterdir()}
    assert suffixes == {".pdf", ".tif", ".jpg", ".png"}
    inside: set[str] = set()
    for _, truth in REPLIES:
        path = SAMPLES / truth["file"]
        if path.suffix == ".pdf" and truth["reason"] is None:
            inside |= _filters(path)
    assert inside == {"/DCTDecode", "/CCITTFaxDecode"}


def test_page_counts_agree_with_the_truth() -> None:
    for _, truth in REPLIES:
        path = SAMPLES / truth["file"]
        if truth["reason"] == "encrypted":
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(path)
            continue
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                pages = len(pdf.pages)
        else:
            with Image.open(path) as image:
                pages = getattr(image, "n_frames", 1)
        assert pages == len(truth["pages"]), path.name


@pytest.mark.parametrize(("path", "truth"), MAILS, ids=[p.stem for p, _ in MAILS])
def test_messages_carry_the_scans_their_truth_names(path: Path, truth: dict[str, Any]) -> None:
    data = (SAMPLES / truth["file"]).read_bytes()
    message = message_from_bytes(data, policy=default)
    assert message["Message-ID"] == truth["message_id"]
    assert str(message["Subject"]) == truth["subject"]
    carried = [p for p in message.walk() if p.get_content_disposition() == "attachment"]
    payloads = [p.get_payload(decode=True) for p in carried if not p.is_multipart()]
    found = {hashlib.sha256(x).hexdigest() for x in payloads if isinstance(x, bytes)}
    assert found == {a["sha256"] for a in truth["attachments"]}
    for attachment in truth["attachments"]:
        file = SAMPLES / attachment["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == attachment["sha256"]


def test_messages_cover_late_duplicate_forwarded_and_automatic_ones() -> None:
    attachments = [a for _, t in MAILS for a in t["attachments"]]
    assert {a["outcome"] for a in attachments} == {"processed", "duplicate", "rejected"}
    assert {a["late"] for a in attachments} >= {0, 1}
    assert any(t["outcome"] == "skipped" for _, t in MAILS)
    assert any(t["dropped"] for _, t in MAILS)
