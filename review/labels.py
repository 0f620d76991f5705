"""Codes of the database in words of the page."""

from __future__ import annotations

LABELS = {
    "honorific": "Honorific",
    "name": "Name",
    "name_latin": "In Latin letters",
    "title": "Title",
    "organization": "Organization",
    "email": "E-mail",
    "phone": "Telephone",
    "role": "Role",
    "state": "State",
    "meeting": "Meeting",
    "note_reference": "Note number",
    "note_date": "Note date",
    "kind": "Kind",
    "revision": "Revision",
    "status": "Status",
    "seq": "Order",
    "current": "Still comes",
    "outcome": "Outcome",
    "supersedes": "Replaces document",
    "same_as": "Same note as document",
    "needs_review": "To be looked at",
    "document_id": "Note",
    "accepted": "Accepted after all",
    "reason": "Reason",
    "language": "Language",
}

KEYS = {
    "honorific": "h",
    "name": "n",
    "title": "t",
    "organization": "o",
    "email": "e",
    "phone": "p",
    "role": "r",
}
"""The key that goes to a field of a delegate."""

STATUSES = {
    "new": "not looked at",
    "needs_review": "to check",
    "approved": "accepted",
    "corrected": "edited",
    "rejected": "rejected",
}

KINDS = {
    "nomination": "nominates",
    "revision": "revises",
    "decline": "declines",
    "acknowledgement": "acknowledges",
    "extension_request": "asks for more time",
    "other": "says something else",
}

REVISIONS = {
    "replaces": "replaces the earlier note",
    "adds": "adds to it",
    "substitutes": "puts one person in another's place",
}

ROLES = ("head", "alternate", "member", "adviser", "observer")

ANSWERS = {
    "nominated": "nominated",
    "declined": "declined",
    "acknowledged": "acknowledged only",
    "extension": "asked for more time",
    "other": "other answer",
    "none": "no answer",
}

SOURCES = {
    "now": "stored",
    "read": "as read",
    "first": "page reader",
    "second": "second reader",
    "third": "reader of the State's letters",
    "before_repair": "before repair",
    "yours": "yours",
    "theirs": "in the database now",
    "meant": "is this meant?",
    "known": "approved before",
}

ORDERS = {
    "certainty": "least certain first",
    "state": "State",
    "received": "longest here first",
    "newest": "newest first",
    "delegates": "most to check first",
}

LATIN_SOURCES = {
    "note": "as the note prints it",
    "address": "as the address spells it",
    "address_and_table": "in part as the address spells it",
    "known_person": "as in an approved reply of this State",
    "table": "by the standard table",
    "typed": "written by a person",
}
"""Where the Latin letters of a name are from."""

CHANGES = {"same": "unchanged", "changed": "changed", "new": "new", "gone": "not in the later note"}
