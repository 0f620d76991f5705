"""Whatever words announce persons, and wherever they stand, nobody is missed without a word."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.language import terms
from extract.note import read_note
from extract.types import OF_FORM
from tests.extract.conftest import make_page

HEAD = ("EMBASSY OF PORTUGAL", "Ref. 17/2019", "Vienna, 12 April 2019", "")
CLOSING = "The Embassy avails itself of this opportunity to renew its highest consideration."
PERSONS = (
    ("Ms. Ana LIMA", "Judge, Court of Appeal", "ana.lima@courts.example"),
    ("Mr. Rui SILVA", "Prosecutor, Public Prosecution", "rui.silva@mp.example"),
    ("Ms. Eva NEVES", "Adviser, Ministry of Justice", "eva.neves@mj.example"),
)
FORMULAS = (
    *terms.phrases("opening", "en"),
    *terms.phrases("closing", "en"),
    *terms.phrases("declining", "en"),
    *terms.phrases("acknowledging", "en"),
    *("avails itself of this note to send", "which delights all", "as below", "see here"),
)
SENTENCES = st.lists(st.sampled_from(FORMULAS), max_size=3).map(
    lambda said: " ".join(("The Embassy of Portugal", *said)) + ":"
)


@given(SENTENCES, SENTENCES, st.integers(1, len(PERSONS)), st.integers(0, 2))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_note_with_a_list_names_somebody_or_is_marked(
    first: str, second: str, count: int, place: int
) -> None:
    listed = [line for person in PERSONS[:count] for line in (*person, "")]
    parts = [[first, ""], [second, ""], [CLOSING, ""]]
    parts.insert(place + 1, listed)
    note = read_note((make_page((*HEAD, *(line for part in parts for line in part))),))
    told = [d for d in note.doubts if d.code not in OF_FORM]
    assert told or len(note.delegates) >= count
