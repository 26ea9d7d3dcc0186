"""Named measurements of people, one SQL text each, every value with the rows that show it."""

from crosswalk.core.facts.catalogue import Fact, catalogue, named
from crosswalk.core.facts.inputs import answers_table
from crosswalk.core.facts.measure import Measured, evidence, measure, reads, write
from crosswalk.core.facts.prepare import prepare, prepare_people, prepare_views

__all__ = [
    "Fact",
    "Measured",
    "answers_table",
    "catalogue",
    "evidence",
    "measure",
    "named",
    "prepare",
    "prepare_people",
    "prepare_views",
    "reads",
    "write",
]
