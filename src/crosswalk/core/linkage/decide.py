"""From evidence to an answer: same, ask or different. A human answer always wins; a veto sends a pair to a person."""

from __future__ import annotations

from collections.abc import Sequence

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.model import Model
from crosswalk.core.linkage.settings import LinkageSettings

#: A human “same” outranks every other candidate of the record.
CERTAIN = 1000.0


def decide(
    engine: DuckEngine, model: Model, settings: LinkageSettings, *, left: str, right: str, within: bool
) -> None:
    """Turn `scored` and `judged` (l, r, answer) into `decided`: scored and decision, decided_by, veto.

    `left` and `right` are the standardised records. Between two files the best candidate must lead the next
    different person by `gap` bits; within one file every pair stands for itself. Source: reference §3.4.
    """
    rules = settings.decisions
    same, ask, gap = float(rules["same_from"]), float(rules["ask_from"]), float(rules["gap"])
    _rank(engine, left=left, right=right, within=within)
    vetoes = " ".join(
        f"WHEN {condition} THEN '{name}'"
        for name, condition in veto_conditions(model, float(rules["ssn_outweighed_from"])).items()
        if name in rules["vetoes"]
    )
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE decided AS
        WITH vetoed AS (SELECT *, CASE {vetoes} END AS veto_found FROM ranked)
        SELECT * EXCLUDE (answer, standing, claimed, best, is_best, lead, veto_found),
               CASE WHEN answer IS NOT NULL THEN answer
                    WHEN weight >= {same} AND is_best AND lead >= {gap} AND veto_found IS NULL THEN 'same'
                    WHEN weight >= {ask} AND (is_best OR weight > best - {gap}) THEN 'ask'
                    ELSE 'different' END AS decision,
               CASE WHEN answer IS NOT NULL THEN 'person'
                    WHEN weight >= {same} AND is_best AND lead >= {gap} AND veto_found IS NOT NULL THEN 'rule'
                    ELSE 'model' END AS decided_by,
               CASE WHEN answer IS NULL AND weight >= {same} AND is_best THEN veto_found END AS veto
        FROM vetoed"""
    )


def veto_conditions(model: Model, ssn_outweighed_from: float) -> dict[str, str]:
    """What stops a pair from being linked without a person, as SQL over the graded pair."""

    def at(comparison: str, *levels: str) -> str:
        numbers = ", ".join(str(one) for one in model.grade(comparison, *levels))
        return f"g_{comparison} IN ({numbers})"

    not_same_ssn = f"NOT {at('ssn', 'exact')}"
    unlike = at("first", "middle_initial", "alike", "else")
    return {
        "twin": f"{at('ssn', 'one_digit', 'two_digits')} AND {at('dob', 'exact')} AND {unlike}",
        "first_differs": at("first", "middle_initial", "else"),
        "dob_differs": at("dob", "two_digits", "near_year", "else"),
        "first_missing": f"{at('first', 'empty')} AND {not_same_ssn}",
        "dob_missing": f"{at('dob', 'empty')} AND {not_same_ssn}",
        "ssn_differs": f"{at('ssn', 'else')} AND weight < {ssn_outweighed_from}",
        "suffix": "suffix_conflict",
        "claimed": "claimed",
    }


def _rank(engine: DuckEngine, *, left: str, right: str, within: bool) -> None:
    """Add to each pair: the human answer, whether it is the record's best candidate, and by how much it leads."""
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE standings AS
        SELECT s.*, j.answer, CASE j.answer WHEN 'same' THEN {CERTAIN} WHEN 'different' THEN -{CERTAIN}
                              ELSE weight END AS standing
        FROM scored AS s LEFT JOIN judged AS j ON j.l = s.l AND j.r = s.r"""
    )
    if within:
        engine.sql(
            """CREATE OR REPLACE TEMP TABLE ranked AS
            SELECT *, standing AS best, true AS is_best, 1e9 AS lead, false AS claimed FROM standings"""
        )
        return
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE ranked AS
        WITH named AS (
          SELECT s.*, r.source_id, r.first, r.dob, r.tok1, r.tok2, r.ssn, r.suffix
          FROM standings AS s JOIN {right} AS r ON r.rid = s.r),
        compared AS (
          SELECT *, first_value(struct_pack(r, first, dob, tok1, tok2, ssn, suffix, standing))
                    OVER (PARTITION BY l ORDER BY standing DESC, source_id) AS top
          FROM named),
        grouped AS (
          SELECT *, top.standing AS best,
                 r = top.r OR coalesce(
                   first = top.first AND dob = top.dob AND coalesce(suffix, '') = coalesce(top.suffix, '')
                   AND (tok1 = top.tok1 OR tok1 = top.tok2 OR tok2 = top.tok1 OR ssn = top.ssn), false) AS is_best
          FROM compared),
        led AS (
          SELECT *, best - coalesce(max(CASE WHEN NOT is_best THEN standing END) OVER (PARTITION BY l), -1e9) AS lead
          FROM grouped)
        SELECT l.* EXCLUDE (source_id, first, dob, tok1, tok2, ssn, suffix, top), c.l IS NOT NULL AS claimed
        FROM led AS l LEFT JOIN ({_claims(left)}) AS c ON c.l = l.l AND c.r = l.r"""
    )


def _claims(left: str) -> str:
    """Pairs whose member already goes, with more evidence, to another and clearly different HMIS person."""
    return f"""
      SELECT w.l, w.r FROM (
        SELECT s.l, s.r, b.source_id, b.first, b.dob, standing,
               first_value(struct_pack(source_id := b.source_id, first := b.first, dob := b.dob))
               OVER (PARTITION BY s.r ORDER BY s.standing DESC, b.source_id) AS top
        FROM standings AS s JOIN {left} AS b ON b.rid = s.l WHERE standing > 0) AS w
      WHERE w.source_id <> w.top.source_id AND w.first <> w.top.first AND w.dob <> w.top.dob"""


def decided_again(engine: DuckEngine, cut: Sequence[tuple[str, str, str, str, str]]) -> None:
    """Turn links that clustering had to cut (four ids and the reason) from same into a question, in `links`."""
    engine.sql(
        "CREATE OR REPLACE TEMP TABLE cut (ls VARCHAR, li VARCHAR, rs VARCHAR, ri VARCHAR, reason VARCHAR)"
    )
    if cut:
        engine.connection.executemany("INSERT INTO cut VALUES (?, ?, ?, ?, ?)", [list(one) for one in cut])
    engine.sql(
        """UPDATE links SET decision = 'ask', decided_by = 'rule',
             evidence = list_append(evidence, {'field': 'rule', 'level': cut.reason, 'weight': 0.0::DOUBLE})
        FROM cut WHERE left_source = ls AND left_id = li AND right_source = rs AND right_id = ri"""
    )
