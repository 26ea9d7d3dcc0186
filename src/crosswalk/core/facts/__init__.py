"""Named measurements of people, one SQL text each, every value with the rows that show it."""

from crosswalk.core.facts.catalogue import Fact, catalogue, named
from crosswalk.core.facts.inputs import answer_rows
from crosswalk.core.facts.measure import Measured, evidence, evidence_of_each, reads, write
from crosswalk.core.facts.prepare import prepare, prepare_people, prepare_views
from crosswalk.core.facts.whom import whom

__all__ = [
    "Fact",
    "Measured",
    "answer_rows",
    "catalogue",
    "evidence",
    "evidence_of_each",
    "named",
    "prepare",
    "prepare_people",
    "prepare_views",
    "reads",
    "whom",
    "write",
]
