"""The benchmark of rules leaves out what a layout's rules are called in the pipeline."""

from __future__ import annotations

from benchmarks.rules import WRITTEN_FOR, score_plan
from extract.pipeline.reading import pipeline
from samples.lists import LAYOUTS
from samples.plan import at_random


def test_every_layout_but_the_drawn_ones_names_the_component_written_for_it() -> None:
    assert set(WRITTEN_FOR) == set(LAYOUTS) - {"any", "unknown"}
    assert set(WRITTEN_FOR.values()) <= set(pipeline().pipe_names)


def test_a_table_is_read_worse_without_the_rules_of_tables() -> None:
    plans = [p for p in at_random(7, 40, ("en",)) if p.layout == "ruled_table"][:4]
    whole = [sum(score_plan(p, w).whole.right for p in plans) for w in ((), ("grid",))]
    assert whole[0] > whole[1]
