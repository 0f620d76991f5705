"""Reason codes in words a secretary understands, here and in the table ``reason_words``."""

from __future__ import annotations

import hashlib
import sqlite3

REASONS = {
    "not_a_scan": "not a scan: only scanned copies of notes verbales are accepted",
    "not_a_note_verbale": "not a note verbale",
    "encrypted": "the file asks for a password",
    "corrupt": "the file is damaged and cannot be opened",
    "too_large": "the file is too large",
    "too_many_pages": "the file has too many pages",
    "unsupported_type": "a type of file that is not read",
    "timeout": "reading took too long",
    "crashed": "reading broke off three times",
    "internal_error": "an error of the program",
    "no_parts": "the message cannot be taken apart: look at the original",
    "too_many_parts": "the message has too many parts",
    "unreadable": "it cannot be read",
    "blank": "nothing is printed on it",
    "low_ocr": "the scan is hard to read",
    "damaged_base64": "the attachment arrived damaged",
    "unsupported_container": "an archive that is not opened",
    "low_confidence": "not sure enough of the reading: compare it with the scan",
    "email_missing": "no e-mail address",
    "email_invalid": "the address is not valid",
    "email_unverified": "the address was read by one reader only",
    "email_repaired": "the address was corrected by its name",
    "email_shared": "one address for several persons",
    "email_mixed_scripts": "the address mixes alphabets",
    "several_emails": "several addresses for one person",
    "name_email_mismatch": "name and address do not fit",
    "name_odd": "does not look like a name",
    "name_without_honorific": "a name without Mr./Ms. in front",
    "accents_unsure": "the accents are hard to tell",
    "odd_signs": "a sign that does not belong there",
    "readers_disagree": "two readers read it differently",
    "title_missing": "no title or function",
    "domain_unusual": "the address's domain nearly equals another",
    "announced_number_differs": "the note announces another number of persons",
    "no_delegate_found": "no delegate was found in a nomination",
    "address_without_person": "an address that seems to belong to somebody not found",
    "post_without_person": "another post stands below; somebody may be missing",
    "row_without_name": "a table row without a name",
    "names_in_declining_note": "the note declines but names somebody",
    "kind_uncertain": "unclear whether it nominates or declines",
    "damaged_image": "the picture of a page is damaged: compare it with the scan",
    "low_resolution": "scanned too coarsely to be sure of letters: compare it with the scan",
    "undecodable": "the picture of a page cannot be decoded: ask for another copy",
    "codec_missing": "to read this coding of pictures: pip install 'noteverbale[formats]'",
    "note_uncertain": "hard to read, and perhaps no note verbale",
    "page_unread": "a page could not be read",
    "unread_print": "something printed on a page could not be read",
    "page_failed": "a page could not be read",
    "state_missing": "the sending State is unknown",
    "state_uncertain": "the sending State is uncertain",
    "state_email_mismatch": "State and mailbox do not fit",
    "date_missing": "the note's date was not found",
    "date_uncertain": "the note's date is uncertain",
    "date_impossible": "the date on the note does not exist",
    "reference_missing": "the note's number was not found",
    "meeting_unknown": "no registered meeting fits",
    "not_in_form_of_note_verbale": "a letter, not in the form of a note verbale",
    "second_note_of_state": "a second note of the same State",
    "revision_unclear": "unclear what it revises",
    "replaced_person_not_found": "the person to be replaced was not found",
    "reading_changed": "today's reading differs from what was approved",
    "declined_later": "a later note declines",
    "damaged_uuencode": "the attachment arrived damaged",
    "names_in_body": "the mail itself names people, without a scan: only scans are accepted",
    "no_attachment": "no file came with it",
    "external_body": "the file is somewhere else, the message only points to it",
    "partial_message": "one part of a message that was sent in several",
    "word_misread": "a word of the title looks misread",
    "released": "a person has laid it to rest",
    "login_refused": "the mail server refuses user name or password",
    "token_refused": "the mail server refuses the application's token",
    "mailbox_unreachable": "the mail server cannot be reached",
    "mailbox_timeout": "the mail server does not answer in time",
    "no_progress": "it hung and was ended",
    "killed": "it was ended from outside",
    "database_full": "no room is left on the disk",
    "database_locked": "another program held the database for too long",
    "smtp_unreachable": "the mail server for it cannot be reached",
    "smtp_timeout": "the mail server for it does not answer in time",
    "smtp_certificate": "the certificate of the mail server for it is not trusted",
    "smtp_login_refused": "the mail server for it refuses user name or password",
    "smtp_recipient_refused": "the mail server for it knows none of the recipients",
    "smtp_sender_refused": "the mail server for it does not take the sender",
    "smtp_refused": "the mail server for it refused it",
    "template": "a text of the house has a slip; see `noteverbale check`",
    "read_receipt": "a receipt: our own message was read",
    "filtered_recipient": "left out by [filters]: not sent to us",
    "filtered_sender": "left out by [filters]: the sender",
    "filtered_subject": "left out by [filters]: the subject",
    "filtered_date": "left out by [filters]: the date",
    "auto_reply": "an automatic reply",
    "bounce": "a delivery failure notice",
    "forgotten": "removed for good; it is not taken in again",
}

_KEY = "reasons_sha256"


def outdated(conn: sqlite3.Connection) -> bool:
    """Whether the table ``reason_words`` differs from the words above."""
    row = conn.execute("SELECT value FROM settings WHERE key = ?", [_KEY]).fetchone()
    return row is None or row[0] != _digest()


def refresh(conn: sqlite3.Connection) -> None:
    """Bring the table to the words above; run inside a transaction."""
    conn.execute("DELETE FROM reason_words")
    conn.executemany("INSERT INTO reason_words (code, words) VALUES (?, ?)", REASONS.items())
    conn.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [_KEY, _digest()])


def _digest() -> str:
    return hashlib.sha256(repr(sorted(REASONS.items())).encode()).hexdigest()
