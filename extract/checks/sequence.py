"""The checks in their order, each a component. A new one is a module and a line in ``CHECKS``."""

from __future__ import annotations

from extract.checks.absence import settle_missing_addresses
from extract.checks.accents import doubt_accents
from extract.checks.agreement import agree_on_kind, doubt_announced
from extract.checks.boundaries import weigh_boundaries
from extract.checks.claims import claim_words
from extract.checks.context import Check
from extract.checks.continuations import doubt_continuations
from extract.checks.domains import doubt_domains
from extract.checks.left_over import doubt_left_over
from extract.checks.likeness import compare_entries, share_fate
from extract.checks.lost_accents import doubt_lost_accents
from extract.checks.overlooked import doubt_nameless, doubt_outside, doubt_overlooked
from extract.checks.second_opinion import ask_tagger
from extract.checks.unlikeness import weigh_words
from extract.checks.unread import doubt_unread

CHECKS: tuple[Check, ...] = (
    # values
    settle_missing_addresses,
    doubt_accents,
    doubt_domains,
    doubt_lost_accents,
    doubt_continuations,
    # the entries
    claim_words,
    compare_entries,
    ask_tagger,
    weigh_words,
    weigh_boundaries,
    share_fate,
    # the note
    agree_on_kind,
    doubt_nameless,
    doubt_announced,
    doubt_overlooked,
    doubt_outside,
    doubt_left_over,
    doubt_unread,
)
