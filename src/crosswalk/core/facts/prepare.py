"""Setting the table for a run: persons as dense numbers, and the views that fact texts read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from crosswalk.core.basics import back
from crosswalk.core.engine import DuckEngine, bind, literal
from crosswalk.core.facts.inputs import (
    HMIS_COLUMNS,
    TEXT,
    WHOLE,
    Engine,
    register_inputs,
    register_plan_inputs,
)

Rows = Iterable[Mapping[str, Any]]
#: Gives the rows in force of one code map by its name, such as `icd10_conditions`.
Codes = Callable[[str], Rows]

#: The views in the order in which they build on each other.
VIEWS = (
    "plan_member",
    "member_now",
    "plan_event",
    "plan_reports",
    "reported",
    "hospital_stay",
    "nursing_stay",
    "custody_release",
    "pregnancy",
    "foster_care",
    "program",
    "level_of_care",
    "service_authorization",
    "service_enrollment",
    "service_had",
    "ed_visit",
    "condition_shown",
    "attested",
    "birth_date",
    "project_stay",
    "contact",
    "bed_night",
    "disability_answer",
    "moved_in_now",
    "situation",
    "living_now",
    "housing_sign",
    "institution_stay",
    "housing_day",
    "household_member",
    "lsa_stay",
    "lsa_bed_night",
)

#: The code maps (policy/codes/maps) and the columns that views use.
MAPS: dict[str, dict[str, str]] = {
    "icd10_conditions": {"prefix": TEXT, "condition": TEXT},
    "living_situations": {"code": WHOLE, "group": TEXT, "clause": TEXT, "meaning": TEXT},
    "aid_codes": {"aid_code": TEXT, "meaning": TEXT},
    "race_words": {"word": TEXT, "race": TEXT},
}

#: The type of a proof: where a value comes from and what that row says.
PROOF = 'STRUCT(delivery VARCHAR, file VARCHAR, "row" INTEGER, day DATE, says VARCHAR)'


class View(NamedTuple):
    """One shared step on the way from the current state to the facts."""

    name: str
    says: str
    kept: bool
    text: str


@cache
def views() -> dict[str, View]:
    """The shared steps by name, in the order in which they are made."""
    folder = resources.files("crosswalk.core.facts").joinpath("views")
    found = {}
    for name in VIEWS:
        head, _, query = folder.joinpath(f"{name}.sql").read_text(encoding="utf-8").partition("\n\n")
        keys = {key: value for key, _, value in (line[3:].partition(": ") for line in head.splitlines())}
        found[name] = View(name, keys["says"], keys["kept"] == "yes", query.strip())
    return found


def prepare(
    engine: Engine,
    state: Path,
    persons: Path | Sequence[Path] | None,
    on: date,
    *,
    codes: Codes,
    only: Iterable[str] | None = None,
    report_start: date | None = None,
    proofs: bool = True,
    answers: Any = None,
) -> None:
    """Make everything that facts read, in `engine`, as it was known on the day `on`.

    `state`: the folder of the current state. `persons`: persons.parquet, or None when nothing is linked yet
    (then every source record is its own person). `codes`: the code maps by name. `only`: public person ids;
    their rows, and those of people who share an HMIS household with them, are read, and no others.
    `report_start`: first day of the report year of chronic_history (default: one year before `on`).
    `proofs`: False leaves out where each row came from, which bulk measurement does not need. `answers`: rows
    (`answer_rows`) of what workers answered since, instead of the answers that the state holds.
    """
    prepare_people(engine, state, persons, only=only, answers=answers)
    prepare_views(
        engine, state, on, codes=codes, few=only is not None, report_start=report_start, proofs=proofs
    )


def prepare_people(
    engine: Engine,
    state: Path,
    persons: Path | Sequence[Path] | None,
    *,
    only: Iterable[str] | None = None,
    answers: Any = None,
) -> None:
    """The first half of `prepare`: the plans' files, and who is whom (person_key, person_source).

    `persons`, `only`, `answers`: as there. No policy is read, so a caller may read that meanwhile.
    """
    register_plan_inputs(engine, state, answers)
    register_inputs(engine, state, _FIRST)
    _persons(engine, persons, only)


#: The HMIS tables that say who is whom.
_FIRST = ("Client", "Enrollment")


def prepare_views(
    engine: Engine,
    state: Path,
    on: date,
    *,
    codes: Codes,
    few: bool,
    wanted: Iterable[str] | None = None,
    report_start: date | None = None,
    proofs: bool = True,
) -> None:
    """The second half of `prepare`: what facts read, of the people that `prepare_people` set.

    `few`: they are a few, not the county. `wanted`: only these views and HMIS tables are read, so only these and
    what they are built from are made (default: all).
    """
    made = _built_from(wanted)
    tables = [table for table in HMIS_COLUMNS if _step(table) in made]
    for name, kinds in MAPS.items():
        rows = ([_typed(row[key], kind) for key, kind in kinds.items()] for row in codes(name))
        engine.table(name, kinds, rows)
    register_inputs(engine, state, [table for table in tables if table not in _FIRST])
    steps = {_step(table): [_hmis(table, [name for name, _ in HMIS_COLUMNS[table]])] for table in tables}
    values = parameters(on, report_start)
    for view in views().values():
        if view.name in made:
            steps[view.name] = [bind(text, values) for text in _made(view, proofs or few)]
    if few and isinstance(engine, DuckEngine):
        _side_by_side(engine, steps)
    else:
        for several in steps.values():
            for text in several:
                engine.sql(text)
    SILENT[engine] = _silent(engine, made) if few else frozenset()


def _side_by_side(engine: DuckEngine, steps: dict[str, list[str]]) -> None:
    """Make the steps of a few people, those of a layer at once."""
    if "plan_reports" in steps:
        steps["plan_reports"] = [_reports_of_few(engine)]
    for number, layer in enumerate(_layers(steps)):
        # Only the first layer reads the county's files; the tables of a few people need no plan.
        engine.fetch_each([text for name in layer for text in steps[name]], plan=number == 0)


def _step(table: str) -> str:
    """What facts call an HMIS table."""
    return f"hmis_{table.lower()}"


def _layers(texts: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The steps in layers: each reads only what stands in the layers before it."""
    depth: dict[str, int] = {}
    for name, several in texts.items():
        read = frozenset().union(*map(words, several)) - {name}
        depth[name] = max((depth[one] + 1 for one in read if one in depth), default=0)
    return [
        [name for name in depth if depth[name] == layer]
        for layer in range(max(depth.values(), default=-1) + 1)
    ]


def _built_from(wanted: Iterable[str] | None) -> frozenset[str]:
    """These views and HMIS tables, and all that they are built from; everything when nothing is named."""
    everything = frozenset([*VIEWS, *map(_step, HMIS_COLUMNS)])
    if wanted is None:
        return everything
    found: set[str] = set()
    ahead = [name for name in wanted if name in everything]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += (
                [word for word in words(views()[name].text) if word in everything] if name in views() else []
            )
    return frozenset(found)


def words(text: str) -> frozenset[str]:
    """The words of a SQL text, small: among them the names of the views that it reads."""
    return frozenset(re.findall(r"[a-z_]+", text))


#: For an engine prepared for a few people: the views without any row. A fact that reads no other has no answer.
SILENT: WeakKeyDictionary[Engine, frozenset[str]] = WeakKeyDictionary()


def _silent(engine: Engine, made: frozenset[str]) -> frozenset[str]:
    """Views and HMIS tables that hold nothing about the people prepared for."""
    if not made:
        return frozenset()
    text = " UNION ALL ".join(f"(SELECT '{name}' AS name FROM {name} LIMIT 1)" for name in sorted(made))
    return made - {name for (name,) in engine.fetch(text)}


def _reports_of_few(engine: DuckEngine) -> str:
    """plan_reports for the plans of a few people: looks for one event of each kind instead of reading all."""
    kinds = {
        "emergency_visits": "ed_visit",
        "hospital_stays": "inpatient_stay",
        "nursing_stays": "snf_stay",
        "authorizations": "authorization",
        "enrollments": "enrollment",
    }

    def of_plan(source: str) -> str:
        found = (
            f"(SELECT count(*) FROM (SELECT 1 FROM in_events WHERE source = {literal(source)}"
            f" AND kind = {literal(kind)} LIMIT 1)) = 1 AS {column}"
            for column, kind in kinds.items()
        )
        return f"SELECT {literal(source)} AS source, {', '.join(found)}"

    plans = engine.fetch("SELECT DISTINCT source FROM person_source WHERE source LIKE 'plan:%'")
    # Without a plan the table has no row.
    listed = " UNION ALL ".join(of_plan(source) for (source,) in plans) or f"{of_plan('')} LIMIT 0"
    return f"CREATE OR REPLACE TABLE plan_reports AS {listed}"


def parameters(on: date, report_start: date | None = None) -> dict[str, date]:
    """The days that views and facts take: `on`, `report_start` (one year before), `lookback` (seven years more)."""
    start = report_start or back(on, months=12) + timedelta(days=1)
    return {"on": on, "report_start": start, "lookback": back(start, months=84)}


def _typed(value: Any, kind: str) -> int | str:
    return int(value) if kind == WHOLE else str(value)


def _persons(engine: Engine, persons: Path | Sequence[Path] | None, only: Iterable[str] | None) -> None:
    """person_key (dense number and public id) and person_source (which source records are whom)."""
    if persons is not None:
        engine.register("in_persons", persons)
    else:
        engine.sql(
            "CREATE OR REPLACE VIEW in_persons AS"
            " SELECT DISTINCT source || '|' || source_id AS person_id, source, source_id FROM ("
            "SELECT source, PersonalID AS source_id FROM in_client"
            " UNION ALL SELECT source, cin AS source_id FROM in_members) AS one"
        )
    known = "in_persons" if only is None else _circle(engine, only)
    engine.sql(
        "CREATE OR REPLACE TABLE person_key AS SELECT CAST(row_number() OVER (ORDER BY person) AS INTEGER)"
        f" AS person_id, person FROM (SELECT DISTINCT person_id AS person FROM {known}) AS one"
    )
    engine.sql(
        "CREATE OR REPLACE TABLE person_source AS SELECT k.person_id, p.source, p.source_id"
        f" FROM {known} AS p JOIN person_key AS k ON k.person = p.person_id"
    )


def _circle(engine: Engine, only: Iterable[str]) -> str:
    """The records of the people asked for, and of everybody who shares an HMIS household with them."""
    people = sorted(only)
    # For one person a plain equality lets the reader pass over the parts of the file without them.
    chosen = f"= {literal(people[0])}" if len(people) == 1 else "IN (SELECT person FROM asked_for)"
    if len(people) != 1:
        engine.table("asked_for", {"person": TEXT}, [[one] for one in people])
    engine.sql(
        "CREATE OR REPLACE TABLE asked AS SELECT p.person_id, p.source, p.source_id"
        f" FROM in_persons AS p WHERE p.person_id {chosen}"
    )
    engine.sql(
        "CREATE OR REPLACE TABLE near AS SELECT DISTINCT o.source, o.PersonalID AS source_id"
        " FROM in_enrollment AS o JOIN ("
        "SELECT DISTINCT e.source, e.HouseholdID FROM in_enrollment AS e"
        " JOIN asked AS a ON a.source_id = e.PersonalID AND a.source = e.source"
        ") AS h ON h.HouseholdID = o.HouseholdID AND h.source = o.source"
        " WHERE NOT EXISTS (SELECT 1 FROM asked AS a WHERE a.source_id = o.PersonalID AND a.source = o.source)"
    )
    if engine.fetch("SELECT count(*) FROM near") == [(0,)]:
        return "asked"
    engine.sql(
        "CREATE OR REPLACE TABLE near_person AS SELECT DISTINCT p.person_id FROM in_persons AS p"
        " JOIN near AS n ON n.source_id = p.source_id AND n.source = p.source"
        " UNION SELECT person_id FROM asked"
    )
    engine.sql(
        "CREATE OR REPLACE TABLE circle AS SELECT p.person_id, p.source, p.source_id FROM in_persons AS p"
        " WHERE p.person_id IN (SELECT person_id FROM near_person)"
    )
    return "circle"


def _hmis(table: str, columns: list[str]) -> str:
    """hmis_<table>: the columns facts use, with the person where the row belongs to one."""
    listed = ", ".join(f"t.{column}" for column in [*columns, "source", "delivery", "file", '"row"'])
    if "PersonalID" not in columns:
        return f"CREATE OR REPLACE VIEW {_step(table)} AS SELECT {listed} FROM in_{table.lower()} AS t"
    return (
        f"CREATE OR REPLACE TABLE {_step(table)} AS SELECT s.person_id, {listed} FROM in_{table.lower()} AS t"
        " JOIN person_source AS s ON s.source_id = t.PersonalID AND s.source = t.source"
    )


def _made(view: View, proofs: bool) -> list[str]:
    """The statements that make one step."""
    if not view.kept:
        return [f"CREATE OR REPLACE VIEW {view.name} AS {view.text}"]
    if proofs or " AS proof" not in view.text or view.name in _SMALL:
        return [f"CREATE OR REPLACE TABLE {view.name} AS {view.text}"]
    bare = f"SELECT * EXCLUDE (proof) FROM ({view.text}) AS whole"
    return [
        f"CREATE OR REPLACE TABLE bare_{view.name} AS {bare}",
        f"CREATE OR REPLACE VIEW {view.name} AS SELECT *, CAST(NULL AS {PROOF}) AS proof FROM bare_{view.name}",
    ]


#: HMIS steps keep their proofs always: they are few, and later steps order by them.
_SMALL = frozenset(VIEWS[VIEWS.index("project_stay") :])
