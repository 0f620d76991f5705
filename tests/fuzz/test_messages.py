"""A few hundred mutations of messages at every run; ``make fuzz`` goes on."""

from __future__ import annotations

import random
from itertools import islice

from ingest.errors import IngestError
from ingest.mime import parse_message
from tests.fuzz import messages
from tests.ingest import faults

SCAN = b"%PDF-1.4\n1 0 obj\n" + random.Random(5).randbytes(2000) + b"\n%%EOF\n"


def test_what_chance_does_to_a_message_ends_in_an_outcome() -> None:
    raw = faults.message(faults.part(SCAN))
    for changed in islice(messages.mutations(2026, raw), 300):
        try:
            parse_message(changed)
        except IngestError:
            continue


def test_a_mangled_message_yields_its_scan_or_says_that_it_does_not() -> None:
    for names, raw in islice(messages.mangled(2026, SCAN), 300):
        parsed = parse_message(raw)
        kept = [found for found in parsed.attachments if found.dropped is None]
        assert kept or parsed.problem, names
