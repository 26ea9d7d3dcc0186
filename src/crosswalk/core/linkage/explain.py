"""The evidence of a link as a sum, for machines (field, level, weight) and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crosswalk.core.linkage.model import Model
from crosswalk.core.linkage.settings import LinkageSettings

#: A shared value is called common from this share of the members up.
COMMON = 0.002
RARE = 0.00002


def evidence_sql(model: Model) -> str:
    """SQL for the evidence of a row of `decided`: the prior, each field that says something, and the veto."""
    parts = [f"{{'field': 'prior', 'level': 'before any evidence', 'weight': {model.prior!r}::DOUBLE}}"]
    for one in model.comparisons:
        names = ", ".join(f"'{level.name}'" for level in one.levels)
        parts.append(
            f"CASE WHEN g_{one.name} > 0 THEN {{'field': '{one.name}', 'level': list_extract([{names}], "
            f"g_{one.name}::INTEGER + 1), 'weight': round(w_{one.name}::DOUBLE, 2)}} END"
        )
    parts.append(
        "CASE WHEN veto IS NOT NULL THEN {'field': 'veto', 'level': veto, 'weight': 0.0::DOUBLE} END"
    )
    parts.append(
        "CASE WHEN decided_by = 'person' THEN {'field': 'person', 'level': decision, 'weight': 0.0::DOUBLE} END"
    )
    return f"list_filter([{', '.join(parts)}], lambda one: one IS NOT NULL)"


def in_words(
    evidence: Sequence[Mapping[str, Any]], settings: LinkageSettings, values: Mapping[str, str] | None = None
) -> str:
    """The evidence as one sentence: “+14.6 same date of birth, +7.0 share the surname GARCIA, −3.0 SSN differs”.

    `values` maps a field to the value both records share; give it only where the reader may see the person's data.
    """
    sentences = {
        (one["name"], level["level"]): str(level["say"])
        for one in [*settings.comparisons, *settings.hashed_comparisons]
        for level in one["levels"]
    }
    vetoes = {str(name): str(say) for name, say in settings.decisions["vetoes"].items()}
    said = []
    for piece in sorted(evidence, key=lambda one: -abs(float(one["weight"]))):
        field, level, weight = str(piece["field"]), str(piece["level"]), float(piece["weight"])
        if field == "prior":
            continue
        if field in ("veto", "rule"):
            said.append(f"asked because {vetoes.get(level, level)}")
        elif field == "person":
            said.append(f"a person said: {level}")
        else:
            shown = (values or {}).get(field, "")
            sentence = " ".join(
                sentences.get((field, level), f"{field} {level}").replace("{value}", shown).split()
            )
            said.append(f"{'+' if weight >= 0 else '−'}{abs(weight):.1f} {sentence.replace(' ,', ',')}")
    return ", ".join(said)
