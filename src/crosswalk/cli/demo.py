"""`crosswalk demo`: an invented county from its first file to the list, through the same doors as a real one."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk import __version__
from crosswalk.cli.shared import AsJson, note, say, the_day
from crosswalk.cli.simulate import DAY, make
from crosswalk.core.basics import Refused

#: Whom the commands at the end speak about: the man of the story, else anybody who qualifies.
STORY = "four_years_on_the_street"
_MARK = "demo.json"


def register(app: typer.Typer) -> None:
    """Add `demo`."""
    app.command("demo", help="Try everything on an invented county: simulate, stage, link, find, report.")(
        demo
    )


def demo(
    people: Annotated[
        int, typer.Option("--people", min=1, help="People whom the response system knows.")
    ] = 400,
    seed: Annotated[int, typer.Option("--seed", help="Another number is another county.")] = 7,
    data: Annotated[Path, typer.Option("--data", help="Folder for the county and its results.")] = Path(
        "demo"
    ),
    on: Annotated[str, typer.Option("--on", help="The day to decide for, YYYY-MM-DD.")] = DAY.isoformat(),
    opens: Annotated[
        bool | None,
        typer.Option("--open/--no-open", help="Open the report (default: where there is a display)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make up a county, take its files in, link people, find who qualifies, and show the report."""
    day = the_day(on)
    called = {"people": people, "seed": seed, "on": day.isoformat(), "code_version": __version__}
    _make_room(data, called)
    county, report = data / "county", data / "report.html"
    steps = _Steps(data)
    made = steps.take(
        "Making up a county", lambda: make(county, people=people, members=None, seed=seed, on=day)
    )
    staged = [steps.command("Taking in the HMIS export", "stage", "hmis", county / "hmis.zip")]
    for plan in sorted(made["members"]):
        for family in ("members", "events"):
            words = ("stage", family, county / f"{family}_{plan}.csv", "--layout", "canonical")
            staged.append(steps.command(f"Taking in the {family} of {plan}", *words))
    linked = steps.command("Linking people", "link", "--on", day)
    found = steps.command("Finding who qualifies", "find", "--on", day, "--html", report)
    person = _somebody(data, county)
    summary = {
        "county": made,
        "staged": staged,
        "link": linked,
        "find": found,
        "found": _answers(data, day),
        "report": str(report),
        "person": person,
        "next": _next(data, day, person),
        "seconds": round(steps.seconds, 1),
    }
    say(summary, as_json, lambda: _in_words(summary))
    if opens or (opens is None and _has_display()):
        _open(report)


class _Steps:
    """Runs one step after the other, tells on standard error which one it is, and adds up the time."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.seconds = 0.0

    def take(self, sentence: str, step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """One step and what it gave."""
        began = time.monotonic()
        given = step()
        spent = time.monotonic() - began
        self.seconds += spent
        note(f"{sentence}: {spent:.1f} s")
        return given

    def command(self, sentence: str, *words: object) -> dict[str, Any]:
        """One command of `crosswalk`, as a person would call it; its JSON summary."""
        from crosswalk.cli.app import application

        def step() -> dict[str, Any]:
            said = io.StringIO()
            with redirect_stdout(said):
                called = [str(word) for word in (*words, "--data", self.data, "--json")]
                application(called)(called, standalone_mode=False)
            return dict(json.loads(said.getvalue()))

        return self.take(sentence, step)


def _make_room(data: Path, called: dict[str, Any]) -> None:
    """Start afresh over an earlier demo that was called otherwise; never touch a folder that is not a demo's."""
    mark = data / _MARK
    if data.exists() and not data.is_dir():
        raise Refused(f"{data} is a file.", fix="Name a folder with --data.")
    if mark.exists():
        if json.loads(mark.read_text()) != called:
            shutil.rmtree(data)
    elif data.exists() and any(data.iterdir()):
        raise Refused(f"{data} holds something that is not a demo.", fix="Name another folder with --data.")
    data.mkdir(parents=True, exist_ok=True)
    mark.write_text(json.dumps(called, indent=1))


def _answers(data: Path, day: date) -> dict[str, Any]:
    """What was found, in counts of people: by program, in ECM as a whole, and how many one answer would settle."""
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.policy import load, shipped_folder

    short = {program.code: program.short for program in load(shipped_folder()).as_of(day).programs}
    with DuckEngine(memory="1GB") as engine:
        engine.register("findings", Store(data).newest("findings", otherwise="Run `crosswalk find`."))
        programs = engine.fetch(
            """
            SELECT program, count(*) FILTER (answer = 'met'), count(*) FILTER (answer = 'unknown')
            FROM findings GROUP BY program ORDER BY 2 DESC, program
            """
        )
        ((qualify, unserved, one_answer),) = engine.fetch(
            """
            SELECT
              count(*) FILTER (qualifies), count(*) FILTER (qualifies AND NOT served),
              count(*) FILTER (one_answer AND NOT qualifies)
            FROM (
              SELECT
                person_id, bool_or(answer = 'met') AS qualifies, bool_or(held_by IS NOT NULL) AS served,
                bool_or(answer = 'unknown' AND len(questions) = 1) AS one_answer
              FROM findings WHERE program LIKE 'ecm.%' GROUP BY person_id
            ) AS one
            """
        )
    return {
        "qualify_for_ecm": qualify,
        "of_them_without_ecm": unserved,
        "one_answer_away_from_ecm": one_answer,
        "programs": [
            {"program": program, "short": short[program], "met": met, "unknown": unknown}
            for program, met, unknown in programs
        ],
    }


def _somebody(data: Path, county: Path) -> str:
    """The person_id of the man of the story; where the county is too small for him, of the first who qualifies."""
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine

    store = Store(data)
    with DuckEngine(memory="1GB") as engine:
        engine.register("persons", store.newest("persons", otherwise="Run `crosswalk link`."))
        engine.register("findings", store.newest("findings", otherwise="Run `crosswalk find`."))
        found = engine.fetch(
            """
            SELECT person_id FROM (
              SELECT person_id, 0 AS place, 0 AS rank FROM persons
              JOIN read_csv(:truth, header = true, all_varchar = true) AS truth USING (source, source_id)
              WHERE truth."case" = :story
              UNION ALL
              SELECT person_id, 1 AS place, rank FROM findings WHERE answer = 'met'
            ) AS somebody
            ORDER BY place, rank NULLS LAST, person_id
            LIMIT 1
            """,
            {"truth": str(county / "truth.csv"), "story": STORY},
        )
    return str(found[0][0])


def _next(data: Path, day: date, person: str) -> list[str]:
    where = f"--data {data}"
    return [
        f"crosswalk why {person} --on {day} {where}",
        f"crosswalk facts ed_visits --on {day} {where}",
        f"crosswalk policy show ecm.1a --on {day}",
    ]


def _in_words(summary: dict[str, Any]) -> str:
    county, found = summary["county"], summary["found"]

    def most(start: str) -> str:
        some = [one for one in found["programs"] if one["program"].startswith(start)]
        return "; ".join(f"{one['short']} {one['met']:,}" for one in some[:3])

    return "\n".join(
        [
            f"An invented county: {county['people']:,} people whom HMIS knows, members of two plans in "
            f"{sum(county['members'].values()):,} rows.",
            f"{found['qualify_for_ecm']:,} people qualify for Enhanced Care Management; "
            f"{found['of_them_without_ecm']:,} of them do not get it yet.",
            f"For {found['one_answer_away_from_ecm']:,} more, a single answer decides.",
            f"Most often: {most('ecm.')}.",
            f"Community Supports, most often: {most('cs.')}.",
            f"The report: {summary['report']}",
            f"Done in {summary['seconds']:.0f} seconds. Try next:",
            *(f"  {command}" for command in summary["next"]),
        ]
    )


def _has_display() -> bool:
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _open(report: Path) -> None:
    import webbrowser

    if not webbrowser.open(report.resolve().as_uri()):
        note(f"No browser could be opened; the report is {report}.")
