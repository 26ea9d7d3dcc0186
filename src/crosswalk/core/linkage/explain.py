"""The evidence of a link as a sum, for machines (field, level, weight) and in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine, literal
from crosswalk.core.linkage.cluster import Record
from crosswalk.core.linkage.model import Model
from crosswalk.core.linkage.settings import LinkageSettings
from crosswalk.core.linkage.standardise import StandardFile

#: A shared name held by at least this share of the members is called common.
COMMON = 0.002


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
    evidence: Sequence[Mapping[str, Any]],
    settings: LinkageSettings,
    values: Mapping[str, str] | None = None,
    common: Collection[str] = (),
) -> str:
    """The evidence as one sentence: “+14.6 same date of birth, +7.0 share the surname GARCIA, −3.0 SSN differs”.

    `values` maps a field to the value both records share; give it only where the reader may see the person's data.
    `common` names the fields whose shared value many members have (COMMON).
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
            often = " (common)" if field in common else ""
            said.append(
                f"{'+' if weight >= 0 else '−'}{abs(weight):.1f} {sentence.replace(' ,', ',')}{often}"
            )
    return ", ".join(said)


def pair_in_words(
    engine: DuckEngine,
    settings: LinkageSettings,
    links: Path,
    files: Sequence[StandardFile],
    pair: Sequence[Record],
) -> dict[str, Any] | None:
    """What the newest run thought of two records: decision, decided_by, probability, words with the shared values.

    `files` are the standardised files that hold the records; the values are for somebody who may see both records.
    None where the run never weighed the two.
    """
    one, other = pair
    found = engine.fetch(
        f"""SELECT decision, decided_by, probability, evidence FROM read_parquet({literal(str(links))})
        WHERE (left_source, left_id, right_source, right_id) IN ((:a, :b, :c, :d), (:c, :d, :a, :b))""",
        {"a": one[0], "b": one[1], "c": other[0], "d": other[1]},
    )
    if not found:
        return None
    decision, decided_by, probability, evidence = found[0]
    values, common = _shared_values(engine, files, one, other)
    return {
        "decision": decision,
        "decided_by": decided_by,
        "probability": probability,
        "words": in_words(evidence, settings, values, common),
    }


def _shared_values(
    engine: DuckEngine, files: Sequence[StandardFile], one: Record, other: Record
) -> tuple[dict[str, str], set[str]]:
    """What two records have in common, field by field, and which of it many members have."""
    listed = ", ".join(literal(str(file.records)) for file in files)
    rows = engine.arrow(
        f"""SELECT first, last_c, tok1, tok2, dob, zip FROM read_parquet([{listed}])
        WHERE (source, source_id) IN ((:a, :b), (:c, :d))""",
        {"a": one[0], "b": one[1], "c": other[0], "d": other[1]},
    ).to_pylist()
    if len(rows) < 2:
        return {}, set()
    here, there = rows[0], rows[-1]
    tokens = {here["tok1"], here["tok2"]} & {there["tok1"], there["tok2"]} - {None}
    last = here["last_c"] if here["last_c"] == there["last_c"] else min(tokens, default=None)
    same = {field: here[field] for field in ("first", "dob", "zip") if here[field] == there[field]}
    values = {field: str(value) for field, value in {**same, "last": last}.items() if value is not None}
    columns = {
        "first": "first",
        "last": "last_c" if here["last_c"] == there["last_c"] else "token",
        "zip": "zip",
    }
    common = set()
    for field in columns.keys() & values.keys():
        share = engine.fetch(
            f"""SELECT max(share) FROM read_parquet({literal(str(files[-1].frequencies))})
            WHERE column_name = :column AND value = :value""",
            {"column": columns[field], "value": values[field]},
        )[0][0]
        if share is not None and share >= COMMON:
            common.add(field)
    return values, common
