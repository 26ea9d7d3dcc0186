"""One linkage run: standardise what changed, look at pairs, weigh, decide, and write links.

`link_files` compares two files; `link_state` compares everything staged, within each side and across, and founds
or keeps persons. Both return the summary that the command prints.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import sources
from crosswalk.core.linkage.block import Blocked, Search, block
from crosswalk.core.linkage.decide import decide
from crosswalk.core.linkage.explain import evidence_sql
from crosswalk.core.linkage.judgements import Judgement
from crosswalk.core.linkage.memory import Job, Memory
from crosswalk.core.linkage.model import Model, prior_bits
from crosswalk.core.linkage.score import score
from crosswalk.core.linkage.settings import BlockingRule, LinkageSettings
from crosswalk.core.linkage.standardise import StandardFile, standardise
from crosswalk.core.linkage.tradition import tradition_table

LINKS = """left_source VARCHAR, left_id VARCHAR, right_source VARCHAR, right_id VARCHAR, probability DOUBLE,
 decision VARCHAR, decided_by VARCHAR, evidence STRUCT(field VARCHAR, level VARCHAR, weight DOUBLE)[], weight DOUBLE"""

Note = Callable[[str], None]


def prepare_links(engine: DuckEngine) -> None:
    """An empty table `links`."""
    engine.sql(f"CREATE OR REPLACE TEMP TABLE links ({LINKS})")


def run_job(
    engine: DuckEngine,
    job: Job,
    settings: LinkageSettings,
    judgements: Sequence[Judgement] = (),
    memory: Memory | None = None,
) -> dict[str, Any]:
    """Compare one pair of files and add the outcome to `links`; how many pairs were weighed, as part of the summary.

    With a `memory` only pairs with a new or changed record are weighed; the decisions are the same.
    """
    job = memory.settled(job) if memory else job
    left, right = f"read_parquet('{job.left.records}')", f"read_parquet('{job.right.records}')"
    recalled = memory.recall(engine, job) if memory else None
    blocked = look(engine, job, settings, recalled)
    model = weigh(engine, job, settings)
    if recalled is not None:
        engine.sql(
            "INSERT INTO scored BY NAME FROM kept AS k ANTI JOIN scored AS s ON s.l = k.l AND s.r = k.r"
        )
    judged(engine, judgements, left=left, right=right)
    known = {}
    for side, records in (("left", left), ("right", right)):
        # What decisions and links say about the few records in a pair is read from a big file once.
        known[side] = f"known_{side}"
        engine.sql(
            f"""CREATE OR REPLACE TEMP TABLE {known[side]} AS
            SELECT rid::INTEGER AS rid, source, source_id, mark, first, dob, tok1, tok2, ssn, suffix
            FROM {records} WHERE rid IN (SELECT {side[0]} FROM scored)"""
        )
    decide(engine, model, settings, **known, within=job.within)
    _write_links(engine, model, job, **known)
    weighed = int(engine.fetch("SELECT count(*) FROM pairs")[0][0])
    left_out = sorted({one.rule for one in blocked if one.dropped} | set(recalled or ()))
    common = sum(one.common_values for one in blocked)
    return {
        "pairs": weighed,
        "rules_left_out": left_out,
        "common_values": common,
        "again": recalled is not None,
    }


def look(
    engine: DuckEngine, job: Job, settings: LinkageSettings, recalled: frozenset[str] | None
) -> list[Blocked]:
    """Fill `pairs`: all of them, or (after `recall`) those with a new or changed record on either side."""
    caps = settings.blocking["caps"]
    search = Search(
        job.left.keys,
        job.right.keys,
        holders=int(caps["holders"]),
        per_record=int(caps["per_record"]),
        within=job.within,
        left_out=recalled or frozenset(),
    )
    rules = rules_of(settings, job)
    if recalled is None:
        return block(engine, search, rules)
    blocked = block(engine, search, rules, only_left="fresh_left")
    if not job.within and engine.fetch("SELECT count(*) FROM fresh_right")[0][0]:
        blocked += block(engine, search, rules, only_right="fresh_right", add=True)
    return blocked


def weigh(engine: DuckEngine, job: Job, settings: LinkageSettings) -> Model:
    """Turn `pairs` into `scored`; the model as it was used."""
    model = model_for(settings, job)
    score(
        engine,
        model,
        left=f"read_parquet('{job.left.records}')",
        right=f"read_parquet('{job.right.records}')",
        frequencies=f"read_parquet('{job.frequencies}')",
        keep_from=float(settings.decisions["write_from"]),
        hashed=job.hashed,
    )
    return model


def rules_of(settings: LinkageSettings, job: Job) -> list[BlockingRule]:
    """The blocking rules of a job; those for hashed exports only where there is one."""
    return settings.rules(job.rules) + (settings.rules("hashed") if job.hashed else [])


def model_for(settings: LinkageSettings, job: Job) -> Model:
    """The trained model with the prior that fits this file's size."""
    rows = job.rights if not job.within else max(job.rights // 2, 1)
    return Model.of(settings, prior=prior_bits(job.expected, rows), hashed=job.hashed)


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


def _write_links(engine: DuckEngine, model: Model, job: Job, *, left: str, right: str) -> None:
    """Add `decided` to `links`. Within one file the record that sorts first is the left one, whatever its number."""
    turned = "(b.source, b.source_id) < (a.source, a.source_id)" if job.within else "false"
    ends = ", ".join(
        f"CASE WHEN {turned} THEN {there} ELSE {here} END"
        for here, there in (
            ("a.source", "b.source"),
            ("a.source_id", "b.source_id"),
            ("b.source", "a.source"),
            ("b.source_id", "a.source_id"),
        )
    )
    engine.sql(
        f"""INSERT INTO links
        SELECT {ends}, 1 / (1 + pow(2, -weight::DOUBLE)), decision, decided_by, {evidence_sql(model)}, weight
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
    *,
    members: bool = False,
    sounds: bool = False,
) -> StandardFile:
    """Standardise the view `raw`; `members` adds the keys for the member file against itself."""
    rules = settings.rules("rules") + settings.rules("hashed")
    rules += settings.rules("within_members") if members else []
    return standardise(engine, raw, folder, settings, on=on, rules=rules, sounds=sounds)


def link_files(
    engine: DuckEngine,
    *,
    left: Path,
    right: Path,
    memory: Memory,
    out: Path,
    run: str,
    on: date,
    note: Note = lambda _: None,
) -> dict[str, Any]:
    """Compare a file of HMIS records with a file of members; writes `links.parquet` into `out`."""
    settings = memory.settings
    sources.register_file(engine, left, "left", "raw_left")
    sources.register_file(engine, right, "right", "raw_right")
    note("Standardising the records")
    lefts, rights = both_files(
        engine, memory, ("raw_left", (left,)), ("raw_right", (right,)), on, within=False
    )
    note("Comparing")
    prepare_links(engine)
    job = across(settings, lefts, rights)
    result = run_job(engine, job, settings, memory=memory)
    kept = memory.keep(engine, memory.settled(job), run, result["rules_left_out"])
    save_links(engine, out / "links.parquet")
    summary = {**result, **counts(engine), **tradition_table(engine, lefts, rights)}
    memory.finish({job.name: kept})
    return {**summary, "left_records": lefts.rows, "right_records": rights.rows}


def both_files(
    engine: DuckEngine,
    memory: Memory,
    left: tuple[str, Sequence[Path]],
    right: tuple[str, Sequence[Path]],
    on: date,
    *,
    within: bool,
) -> tuple[StandardFile, StandardFile]:
    """The two standardised files (raw view and files of each), from memory where the content is known."""

    def clean(raw: str, members: bool, sounds: bool) -> Callable[[Path], StandardFile]:
        return lambda folder: standard_file(
            engine, raw, folder, memory.settings, on, members=members, sounds=sounds
        )

    lefts = memory.standard("left", left[1], "", clean(left[0], False, False))
    sounds = bool(lefts.hashed)
    variant = f"{'within' if within else ''} {'sounds' if sounds else ''}"
    return lefts, memory.standard("right", right[1], variant, clean(right[0], within, sounds))


def across(settings: LinkageSettings, left: StandardFile, right: StandardFile) -> Job:
    """HMIS records against members."""
    expected = float(settings.decisions["expected"]["across"])
    return Job("across", left, right, right.frequencies, "rules", expected, right.rows)


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
