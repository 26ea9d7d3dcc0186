"""The words of a rule, its two readings (a SQL expression; reasons for one person) and the rule as prose."""

from crosswalk.core.rules.parse import parse
from crosswalk.core.rules.prose import MARKS, Above, prose, sentence, words_of
from crosswalk.core.rules.questions import Change, changes, deciding_single, questions
from crosswalk.core.rules.reading import Reading, reading_of
from crosswalk.core.rules.reasons import (
    Reason,
    carrying,
    reasons,
    reasons_from_leaves,
    tested,
    truth_from_leaves,
)
from crosswalk.core.rules.sql import as_sql, as_sql_leaf
from crosswalk.core.rules.tree import CONFIDENCE, Clause, FactUse, Group, Leaf, Rule, Source, Test, leaves

__all__ = [
    "CONFIDENCE",
    "MARKS",
    "Above",
    "Change",
    "Clause",
    "FactUse",
    "Group",
    "Leaf",
    "Reading",
    "Reason",
    "Rule",
    "Source",
    "Test",
    "as_sql",
    "as_sql_leaf",
    "carrying",
    "changes",
    "deciding_single",
    "leaves",
    "parse",
    "prose",
    "questions",
    "reading_of",
    "reasons",
    "reasons_from_leaves",
    "sentence",
    "tested",
    "truth_from_leaves",
    "words_of",
]
