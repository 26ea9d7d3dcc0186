"""`crosswalk compare`: what two runs of find say differently, and because of what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, LocalPolicy, say, the_policy
from crosswalk.core.basics import Refused

if TYPE_CHECKING:
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.finding.difference import Run

_MOST = 20
_CAUSES = {"rule": "the rule itself", "holder": "who holds it", "link": "which records are this person",
           "time": "the day alone"}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add `compare`."""
    app.command("compare", help="Say what is new, lost and changed between two runs of find, and why.")(
        compare
    )


def compare(
    before: Annotated[str, typer.Argument(help="The earlier run, such as find-1.")],
    after: Annotated[str, typer.Argument(help="The later run, such as find-2.")],
    data: DataFolder = DATA,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Compare two runs of find: new, lost, changed, and because of which fact, rule or delivery."""
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.finding.difference import compare as compare_runs
    from crosswalk.core.finding.difference import values_of

    store = Store(data)
    was, now = _run(store, before), _run(store, after)
    aliases = store.latest / "aliases.parquet"
    with store.locked(), store.aside() as built:
        with DuckEngine(scratch=store.scratch) as engine:
            summary = compare_runs(engine, was, now, aliases if aliases.exists() else None, built)
            people = {one["person_id"] for one in summary["first"]}
            kept = values_of(engine, was, people), values_of(engine, now, people)
        with DuckEngine(scratch=store.scratch) as engine:
            rows = _rows(store, engine, now, summary, local_policy)
        for one in summary["first"]:
            one["facts"] = _facts(one, kept[0].get(one["person_id"]), kept[1].get(one["person_id"]), rows)
        run, _ = store.publish_run(built, "compare", {"inputs": [before, after], "summary": summary})
    summary = {"run": run, **summary}
    say(summary, as_json, lambda: in_words(summary))


def _run(store: Store, name: str) -> Run:
    """One run of find; refuses another kind of run."""
    from crosswalk.core.finding.difference import run_at

    folder = store.run(name)
    if folder.name.rpartition("-")[0] != "find":
        raise Refused(f"“{name}” is not a run of find.", fix="Name two runs such as find-1 and find-2.")
    return run_at(folder)


def _rows(
    store: Store, engine: DuckEngine, now: Run, summary: dict[str, Any], local_policy: Path | None
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The rows behind each changed fact of the people told one by one, if the state is still the run's own."""
    from datetime import date

    from crosswalk.cli.find import inputs
    from crosswalk.core.facts import evidence
    from crosswalk.core.finding.run import set_table
    from crosswalk.core.finding.sweep import uses_of_column

    wanted = sorted({
        (cause.partition(":")[2], one["person_id"])
        for one in summary["first"] for cause in one["because"] if cause.startswith("fact:")
    })  # fmt: skip
    if not wanted or now.facts["inputs"] != inputs(store):
        return {}
    edition = the_policy(local_policy).as_of(date.fromisoformat(now.facts["on"]))
    people = sorted({person for _, person in wanted})
    set_table(
        engine,
        edition,
        state=store.current,
        persons=(store.latest / "persons.parquet") if now.facts["linked"] else None,
        only=people,
    )
    names = dict(engine.fetch("SELECT person_id, person FROM person_key"))
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for column in sorted({column for column, _ in wanted}):
        for one in evidence(engine, uses_of_column(column), edition.day, list(names)):
            found[names[one.person_id], column] = [dict(row) for row in one.evidence[:3]]
    return found


def _facts(
    one: dict[str, Any],
    was: dict[str, Any] | None,
    now: dict[str, Any] | None,
    rows: dict[tuple[str, str], list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """Each changed fact with its value before and after, and the rows that show the newer one."""
    told = []
    for cause in one["because"]:
        kind, _, column = cause.partition(":")
        if kind == "fact":
            told.append(
                {
                    "fact": column,
                    "before": was.get(column) if was else None,
                    "after": now.get(column) if now else None,
                    "rows": rows.get((one["person_id"], column), []),
                }
            )
    return [fact for fact in told if fact["before"] != fact["after"]] or told


def in_words(summary: dict[str, Any]) -> str:
    """The difference as a person reads it."""
    from crosswalk.core.finding.spoken import TITLES, row_words, value_words

    lines = [
        f"{summary['before']} ({summary['on'][0]}) and {summary['after']} ({summary['on'][1]}): "
        f"{summary['new']:,} new, {summary['lost']:,} lost, {summary['changed']:,} changed otherwise.",
    ]
    if summary["deliveries_added"]:
        lines.append(f"Deliveries since: {', '.join(summary['deliveries_added'])}.")
    if summary["policy"][0] != summary["policy"][1]:
        lines.append(f"Policy {summary['policy'][0]} → {summary['policy'][1]}.")
    if summary["rules_changed"]:
        lines.append(f"Rules that differ: {', '.join(summary['rules_changed'])}.")
    titles = {**TITLES, "absent": "not there"}
    for one in summary["first"][:_MOST]:
        lines += ["", f"{one['change'].capitalize()}: {one['person_id']}, {one['program']}: "
                  f"{titles[one['before']].lower()} → {titles[one['after']].lower()}"]  # fmt: skip
        for fact in one["facts"]:
            name = fact["fact"].replace("__", " in ").replace("_", " ")
            lines.append(f"    {name}: {value_words(fact['before'])} → {value_words(fact['after'])}")
            for row in fact["rows"][:1]:
                fresh = "new delivery: " if row["delivery"] in summary["deliveries_added"] else ""
                lines.append(f"        {fresh}{row_words(row)}")
        others = [_CAUSES[cause] for cause in one["because"] if cause in _CAUSES]
        if others:
            lines.append(f"    because of {' and '.join(others)}")
    told = min(_MOST, len(summary["first"]))
    rest = summary["new"] + summary["lost"] + summary["changed"] - told
    if rest > 0:
        lines += ["", f"and {rest:,} more in changes.parquet of {summary['run']}."]
    return "\n".join(lines)
