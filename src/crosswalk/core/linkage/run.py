"""One linkage run: standardise what changed, look at pairs, weigh, decide, and write links.

`link_files` compares two files; `link_state` compares everything staged, within each side and across, and founds
or keeps persons. Both return the summary that the command prints.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import sources
from crosswalk.core.linkage.block import Blocked, block
from crosswalk.core.linkage.decide import decide
from crosswalk.core.linkage.explain import evidence_sql
from crosswalk.core.linkage.judgements import Judgement
from crosswalk.core.linkage.model import Model, prior_bits
from crosswalk.core.linkage.score import score
from crosswalk.core.linkage.settings import BlockingRule, LinkageSettings
from crosswalk.core.linkage.standardise import StandardFile, standardise

LINKS = """left_source VARCHAR, left_id VARCHAR, right_source VARCHAR, right_id VARCHAR, probability DOUBLE,
 decision VARCHAR, decided_by VARCHAR, evidence STRUCT(field VARCHAR, level VARCHAR, weight DOUBLE)[], weight DOUBLE"""

Note = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One comparison of a run: two standardised files (or one with itself) and what is expected of them."""

    name: str
    left: StandardFile
    right: StandardFile
    frequencies: Path
    rules: Sequence[BlockingRule]
    expected: float

    @property
    def within(self) -> bool:
        """Whether a file is compared with itself."""
        return self.left == self.right


def prepare_links(engine: DuckEngine) -> None:
    """An empty table `links`."""
    engine.sql(f"CREATE OR REPLACE TEMP TABLE links ({LINKS})")


def run_job(
    engine: DuckEngine, job: Job, settings: LinkageSettings, judgements: Sequence[Judgement]
) -> dict[str, Any]:
    """Compare one pair of files and add the outcome to `links`; what blocking gave, as part of the summary."""
    caps = settings.blocking["caps"]
    left, right = f"read_parquet('{job.left.records}')", f"read_parquet('{job.right.records}')"
    blocked = block(
        engine,
        f"read_parquet('{job.left.keys}')",
        job.right.keys,
        job.rules,
        holders=int(caps["holders"]),
        per_record=int(caps["per_record"]),
        within=job.within,
    )
    model = model_for(settings, job)
    score(
        engine,
        model,
        left=left,
        right=right,
        frequencies=f"read_parquet('{job.frequencies}')",
        keep_from=float(settings.decisions["write_from"]),
        hashed=bool(job.left.hashed or job.right.hashed),
    )
    pairs = int(engine.fetch("SELECT count(*) FROM pairs")[0][0])
    judged(engine, judgements, left=left, right=right)
    decide(engine, model, settings, left=left, right=right, within=job.within)
    _write_links(engine, model, left=left, right=right)
    return {
        "pairs": pairs,
        "rules_left_out": [one.rule for one in blocked if one.dropped],
        "common": common(blocked),
    }


def model_for(settings: LinkageSettings, job: Job) -> Model:
    """The trained model with the prior that fits this file's size."""
    rows = job.right.rows if not job.within else max(job.right.rows // 2, 1)
    return Model.of(
        settings, prior=prior_bits(job.expected, rows), hashed=bool(job.left.hashed or job.right.hashed)
    )


def common(blocked: Sequence[Blocked]) -> int:
    """How many key values were held by too many records to be evidence."""
    return sum(one.common_values for one in blocked)


def judged(engine: DuckEngine, judgements: Sequence[Judgement], *, left: str, right: str) -> None:
    """The table `judged` (l, r, answer): human answers about pairs of this job, whichever way round they were given."""
    engine.sql(
        "CREATE OR REPLACE TEMP TABLE judgement (ls VARCHAR, li VARCHAR, rs VARCHAR, ri VARCHAR, answer VARCHAR)"
    )
    rows = []
    for one in judgements:
        rows.append([one.left_source, one.left_id, one.right_source, one.right_id, one.answer])
        rows.append([one.right_source, one.right_id, one.left_source, one.left_id, one.answer])
    if rows:
        engine.connection.executemany("INSERT INTO judgement VALUES (?, ?, ?, ?, ?)", rows)
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE judged AS
        SELECT a.rid::INTEGER AS l, b.rid::INTEGER AS r, any_value(answer) AS answer FROM judgement AS j
        JOIN {left} AS a ON a.source = ls AND a.source_id = li
        JOIN {right} AS b ON b.source = rs AND b.source_id = ri
        GROUP BY 1, 2"""
    )


def _write_links(engine: DuckEngine, model: Model, *, left: str, right: str) -> None:
    engine.sql(
        f"""INSERT INTO links
        SELECT a.source, a.source_id, b.source, b.source_id, 1 / (1 + pow(2, -weight::DOUBLE)), decision, decided_by,
               {evidence_sql(model)}, weight
        FROM decided AS d JOIN {left} AS a ON a.rid = d.l JOIN {right} AS b ON b.rid = d.r"""
    )


def add_judged_links(engine: DuckEngine, judgements: Sequence[Judgement]) -> None:
    """Human answers about pairs that no rule brought together: they too are links, without evidence of the model."""
    engine.sql(
        "CREATE OR REPLACE TEMP TABLE answered (ls VARCHAR, li VARCHAR, rs VARCHAR, ri VARCHAR, answer VARCHAR)"
    )
    rows = [[one.left_source, one.left_id, one.right_source, one.right_id, one.answer] for one in judgements]
    if rows:
        engine.connection.executemany("INSERT INTO answered VALUES (?, ?, ?, ?, ?)", rows)
    engine.sql(
        """INSERT INTO links
        SELECT ls, li, rs, ri, NULL, answer, 'person',
               [{'field': 'person', 'level': answer, 'weight': 0.0::DOUBLE}], NULL
        FROM answered AS a WHERE NOT EXISTS (
          SELECT 1 FROM links AS k WHERE (k.left_source, k.left_id, k.right_source, k.right_id) = (ls, li, rs, ri)
             OR (k.left_source, k.left_id, k.right_source, k.right_id) = (rs, ri, ls, li))"""
    )


def save_links(engine: DuckEngine, path: Path) -> int:
    """Write `links` in a fixed order, in the columns that design/files.md promises; the number of links."""
    return engine.write_parquet(
        """SELECT left_source, left_id, right_source, right_id, probability, decision, decided_by, evidence FROM links
        ORDER BY left_source, left_id, probability DESC NULLS FIRST, right_source, right_id""",
        path,
    )


def standard_file(
    engine: DuckEngine,
    raw: str,
    folder: Path,
    settings: LinkageSettings,
    on: date,
    groups: Sequence[str] = ("rules", "hashed", "within_members"),
) -> StandardFile:
    """Standardise the view `raw` with the keys of the named groups of rules."""
    rules: dict[str, BlockingRule] = {}
    for group in groups:
        rules |= {rule.name: rule for rule in settings.rules(group)}
    return standardise(engine, raw, folder, settings, on=on, rules=list(rules.values()))


def link_files(
    engine: DuckEngine,
    *,
    left: Path,
    right: Path,
    scratch: Path,
    out: Path,
    settings: LinkageSettings,
    on: date,
    note: Note = lambda _: None,
) -> dict[str, Any]:
    """Compare a file of HMIS records with a file of members; writes `links.parquet` into `out`."""
    sources.register_file(engine, left, "left", "raw_left")
    sources.register_file(engine, right, "right", "raw_right")
    note("Standardising the records")
    lefts = standard_file(engine, "raw_left", scratch / "left", settings, on, ("rules", "hashed"))
    rights = standard_file(engine, "raw_right", scratch / "right", settings, on, ("rules", "hashed"))
    note("Comparing")
    prepare_links(engine)
    job = across(settings, lefts, rights)
    result = run_job(engine, job, settings, ())
    save_links(engine, out / "links.parquet")
    return {**result, **counts(engine), "left_records": lefts.rows, "right_records": rights.rows}


def across(settings: LinkageSettings, left: StandardFile, right: StandardFile) -> Job:
    """HMIS records against members."""
    rules = settings.rules("rules")
    if left.hashed or right.hashed:
        rules += settings.rules("hashed")
    return Job(
        "across", left, right, right.frequencies, rules, float(settings.decisions["expected"]["across"])
    )


def counts(engine: DuckEngine) -> dict[str, Any]:
    """Links by decision and by who decided, and how many records wait for a person."""
    by = {"same": 0, "ask": 0, "different": 0} | dict(
        engine.fetch("SELECT decision, count(*) FROM links GROUP BY decision ORDER BY decision")
    )
    who = dict(engine.fetch("SELECT decided_by, count(*) FROM links GROUP BY decided_by ORDER BY decided_by"))
    reviews = engine.fetch("SELECT count(DISTINCT (left_source, left_id)) FROM links WHERE decision = 'ask'")[
        0
    ][0]
    wrong = engine.fetch(
        "SELECT coalesce(sum(1 - probability), 0) FROM links WHERE decision = 'same' AND decided_by <> 'person'"
    )[0][0]
    return {
        "decisions": by,
        "decided_by": who,
        "reviews": int(reviews),
        "candidates": sum(by.values()),
        "expected_false_among_same": round(float(wrong), 1),
    }
