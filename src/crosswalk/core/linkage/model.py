"""The trained model as Splink saves it, read and turned into our own SQL.

Each comparison is a list of levels; the first level whose condition holds gives its weight of evidence, log2(m/u)
bits, where m is how often true pairs are at this level and u how often random pairs are. A level with a frequency
column weighs a shared value by how common it is: log2(m / share of the records that hold it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Any

from crosswalk.core.linkage.settings import LinkageSettings

#: A value rarer than this is not given more weight: in a big file such a share is chance, and in a small one a typo.
RAREST = 1e-6


@dataclass(frozen=True)
class Level:
    """One grade of agreement: its condition, its weight in bits, and the column whose frequency adjusts it."""

    name: str
    sql: str
    m: float
    u: float
    frequency: str | None = None
    tokens: bool = False
    is_empty: bool = False

    @property
    def weight(self) -> float:
        """Bits of evidence for (or, below zero, against) the same person."""
        return 0.0 if self.is_empty else log2(self.m / self.u)


@dataclass(frozen=True)
class Comparison:
    """One field compared, its levels in order."""

    name: str
    levels: tuple[Level, ...]

    def grade_sql(self) -> str:
        """SQL for the number of the first level that holds."""
        whens = " ".join(
            f"WHEN {level.sql} THEN {number}"
            for number, level in enumerate(self.levels)
            if level.sql != "ELSE"
        )
        return f"CASE {whens} ELSE {len(self.levels) - 1} END::UTINYINT"

    def weight_sql(self) -> str:
        """SQL for the weight, given the grade `g_<name>` and the left record's frequencies `tf_<column>`."""
        whens = []
        for number, level in enumerate(self.levels):
            weight = f"{level.weight!r}"
            if level.frequency:
                weight = f"coalesce(log2({level.m!r} / greatest(tf_{level.frequency}, {RAREST})), {weight})"
            elif level.tokens:
                weight = f"coalesce(log2({level.m!r} / greatest({SHARED_TOKEN}, {RAREST})), {weight})"
            whens.append(f"WHEN {number} THEN {weight}")
        return f"CASE g_{self.name} {' '.join(whens)} END"


#: The share of the records that hold the rarest surname the two have in common.
SHARED_TOKEN = """least(CASE WHEN tok1_l = tok1_r OR tok1_l = tok2_r THEN tf_tok1 END,
 CASE WHEN tok2_l = tok1_r OR tok2_l = tok2_r THEN tf_tok2 END)"""


@dataclass(frozen=True)
class Model:
    """Comparisons in order, and the prior as bits before any evidence."""

    comparisons: tuple[Comparison, ...]
    prior: float

    @classmethod
    def of(cls, settings: LinkageSettings, *, prior: float, hashed: bool = False) -> Model:
        """Read the saved Splink model; `prior` in bits replaces the one it was trained with (reference §3.2)."""
        tokens = {
            (one["name"], level["level"])
            for one in settings.comparisons
            for level in one["levels"]
            if level.get("token_frequency")
        }
        comparisons = [_comparison(one, tokens) for one in settings.model["comparisons"]]
        if hashed:
            comparisons += [_hand_made(one) for one in settings.hashed_comparisons]
        return cls(tuple(comparisons), prior)

    def comparison(self, name: str) -> Comparison:
        """One comparison by its name."""
        return next(one for one in self.comparisons if one.name == name)

    def grade(self, comparison: str, *levels: str) -> list[int]:
        """The numbers of the named levels."""
        names = [level.name for level in self.comparison(comparison).levels]
        return [names.index(level) for level in levels]

    def with_prior(self, prior: float) -> Model:
        """The same model for a file of another size."""
        return replace(self, prior=prior)


def prior_bits(share: float, rights: int) -> float:
    """Bits before any evidence: `share` of the left records are expected to have a partner among `rights`.

    Recomputed for every file, since a pair picked at random is less likely to be one person in a bigger file.
    """
    odds = min(share / max(rights, 1), 0.5)
    return log2(odds / (1 - odds))


def _comparison(saved: Mapping[str, Any], tokens: set[tuple[str, str]]) -> Comparison:
    name = str(saved["output_column_name"])
    levels: list[Level] = []
    for one in saved["comparison_levels"]:
        label = str(one["label_for_charts"])
        levels.append(
            Level(
                name=label,
                sql=str(one["sql_condition"]),
                m=float(one.get("m_probability") or 1.0),
                u=float(one.get("u_probability") or 1.0),
                frequency=one.get("tf_adjustment_column"),
                tokens=(name, label) in tokens,
                is_empty=bool(one.get("is_null_level")),
            )
        )
    return Comparison(name, tuple(levels))


def _hand_made(one: Mapping[str, Any]) -> Comparison:
    levels = [Level("empty", str(one["empty"]), 1.0, 1.0, is_empty=True)]
    for level in one["levels"]:
        levels.append(Level(level["level"], level.get("sql", "ELSE"), float(level["m"]), float(level["u"])))
    return Comparison(one["name"], tuple(levels))


def splink_settings(settings: LinkageSettings, *, link_type: str = "link_only") -> dict[str, Any]:
    """The comparisons and blocking rules of the policy in Splink's own form, with their start values."""
    comparisons = []
    for one in settings.comparisons:
        levels: list[dict[str, Any]] = [
            {"sql_condition": one["empty"], "label_for_charts": "empty", "is_null_level": True}
        ]
        for level in one["levels"]:
            held = level.get("hold", ())
            saved: dict[str, Any] = {
                "sql_condition": level.get("sql", "ELSE"),
                "label_for_charts": level["level"],
                "m_probability": level["m"],
                "u_probability": level["u"],
                "fix_m_probability": "m" in held,
                "fix_u_probability": "u" in held,
            }
            if level.get("frequency"):
                saved |= {"tf_adjustment_column": level["frequency"], "tf_adjustment_weight": 1.0}
                saved |= {"tf_minimum_u_value": RAREST}
            levels.append(saved)
        comparisons.append(
            {
                "output_column_name": one["name"],
                "comparison_description": one["words"],
                "comparison_levels": levels,
            }
        )
    return {
        "link_type": link_type,
        "unique_id_column_name": "rid",
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "probability_two_random_records_match": 1e-6,
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": splink_rule(settings, rule.left, rule.right), "sql_dialect": "duckdb"}
            for rule in settings.rules("rules")
        ],
    }


def splink_rule(settings: LinkageSettings, left: Sequence[str], right: Sequence[str]) -> str:
    """One blocking rule as the join condition that Splink reads."""
    pairs = zip(left, right, strict=True)
    return " AND ".join(f"{settings.part(one, 'l')} = {settings.part(other, 'r')}" for one, other in pairs)
