"""Invented people for testing facts: each case is one person, said in a few rows, and what one fact must answer.

All cases of a run share one invented county, so that every fact is measured once for everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.facts.inputs import HMIS_COLUMNS, PROVENANCE
from crosswalk.core.records import CURRENT_EVENTS, CURRENT_MEMBERS

#: The day all cases are about. Six months back begin on 2026-05-01, twelve on 2025-11-01.
ON = date(2026, 10, 31)
NORTH, SILENT = "north", "silent"
UNKNOWN = None

_ARROW = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "INTEGER": pa.int32(),
    "BOOLEAN": pa.bool_(),
    "TIMESTAMP": pa.timestamp("us"),
}
_PROJECTS = {kind: f"P{kind}" for kind in (0, 1, 2, 3, 4, 6, 8, 9, 10, 12, 13, 14)}


@dataclass(frozen=True)
class Piece:
    """One row of one table, still without its person."""

    table: str
    row: dict[str, Any]


@dataclass
class Case:
    """One person and the answer of one fact about them."""

    fact: str
    sentence: str
    expected: Any
    pieces: tuple[Piece, ...]
    months: int | None = None
    days: int | None = None
    plan: str | None = ""
    household: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    @property
    def person(self) -> str:
        """The public id of the person."""
        return f"P{self.key}"


def day(text: str) -> date:
    """A day from text."""
    return date.fromisoformat(text)


def event(kind: str, code: str = "", start: str = "", end: str = "", value: str = "") -> Piece:
    """One event of a member; `end` is the last day, and single-day kinds end on their day."""
    one_day = kind in ("ed_visit", "diagnosis", "custody_release", "outreach", "attestation")
    last = day(end) if end else (day(start) if one_day else None)
    row = {
        "kind": kind,
        "code": code or None,
        "from_day": day(start),
        "end_day": last + timedelta(days=1) if last else None,
        "value": value or None,
        "by": "somebody",
    }
    return Piece("events", row)


def member(**columns: Any) -> Piece:
    """What the member record says beyond the ordinary; dates as text."""
    return Piece("members", {k: day(v) if k in _MEMBER_DAYS and v else v for k, v in columns.items()})


_MEMBER_DAYS = ("dob", "coverage_from", "coverage_end")


def says(fact: str, value: str, on: str) -> Piece:
    """Somebody attests a fact."""
    return event("attestation", fact, on, value=value)


def dx(code: str, on: str) -> Piece:
    """A diagnosis."""
    return event("diagnosis", code, on)


def ed(on: str, value: str = "") -> Piece:
    """An emergency visit."""
    return event("ed_visit", "general", on, value=value)


def stay(start: str, end: str = "", value: str = "") -> Piece:
    """A hospital stay; without an end it is still open."""
    return event("inpatient_stay", "general", start, end, value)


def snf(start: str, end: str = "", value: str = "") -> Piece:
    """A nursing facility stay."""
    return event("snf_stay", "valley", start, end, value)


def enrolled(kind: int, entry: str, leaves: str = "", destination: int = 99, **columns: Any) -> Piece:
    """An HMIS enrollment in a project of a type, with its exit if it has one."""
    return Piece(
        "stay", {"kind": kind, "entry": entry, "leaves": leaves, "destination": destination, **columns}
    )


def hmis(table: str, **columns: Any) -> Piece:
    """Any other HMIS row; it belongs to the person's last enrollment."""
    return Piece(
        table, {k: day(v) if isinstance(v, str) and k.endswith("Date") else v for k, v in columns.items()}
    )


def cls(on: str, code: int, **columns: Any) -> Piece:
    """A current living situation."""
    return hmis("CurrentLivingSituation", InformationDate=day(on), CurrentLivingSituation=code, **columns)


def night(on: str) -> Piece:
    """A bed night."""
    return hmis("Services", DateProvided=day(on), RecordType=200, TypeProvided=200)


def disability(kind: int, answer: int, on: str, lasting: int = 1) -> Piece:
    """An HMIS answer about one kind of disability."""
    return hmis(
        "Disabilities",
        InformationDate=day(on),
        DisabilityType=kind,
        DisabilityResponse=answer,
        IndefiniteAndImpairs=lasting,
    )


def client(**columns: Any) -> Piece:
    """What the HMIS client record says beyond the ordinary."""
    return Piece("Client", {k: day(v) if k == "DOB" and v else v for k, v in columns.items()})


def who(sentence: str, expected: Any, *pieces: Piece, **how: Any) -> Case:
    """Somebody who …: the sentence, the answer, and the person's rows; `about` says of which fact."""
    return Case("", sentence, expected, pieces, **how)


def about(fact: str, *people: Case, plan: str | None = NORTH) -> list[Case]:
    """The people of one fact, members of `plan` (None: in HMIS only) where they do not say otherwise."""
    return [replace(one, fact=fact, plan=plan if one.plan == "" else one.plan) for one in people]


def county(cases: list[Case], folder: Path) -> Path:
    """Write the state and persons of all cases; the folder."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    persons = []
    for number, case in enumerate(cases):
        case.key = f"{number:04d}"
        persons += list(_person(case, number, rows))
    rows["events"] += [row | _home("events", 0) for row in _speaking_plan()]
    rows["Project"] = [_project(kind, name) for kind, name in _PROJECTS.items()]
    rows["Organization"] = [
        {"OrganizationID": "O1", "VictimServiceProvider": 0, **_hmis_home("Organization", 1)}
    ]
    rows["HMISParticipation"] = [
        {
            "ProjectID": name,
            "HMISParticipationType": 1,
            "HMISParticipationStatusStartDate": day("2010-01-01"),
            **_hmis_home("HMISParticipation", 1),
        }
        for name in _PROJECTS.values()
    ]
    _write(folder / "members.parquet", rows["members"], CURRENT_MEMBERS)
    _write(folder / "events.parquet", rows["events"], CURRENT_EVENTS)
    for table, columns in HMIS_COLUMNS.items():
        _write(folder / "hmis" / f"{table}.parquet", rows[table], [*columns, *PROVENANCE])
    text = "VARCHAR"
    _write(folder / "persons.parquet", persons, [("person_id", text), ("source", text), ("source_id", text)])
    return folder


def _speaking_plan() -> Iterator[dict[str, Any]]:
    """The plan `north` sends every kind of event, about somebody else."""
    for kind in ("ed_visit", "inpatient_stay", "snf_stay", "authorization", "enrollment", "program"):
        yield {
            "plan": NORTH,
            "cin": "00000000Z",
            "kind": kind,
            "code": "x",
            "from_day": day("2020-01-01"),
            "end_day": day("2020-01-02"),
        }


def _person(case: Case, number: int, rows: dict[str, list[dict[str, Any]]]) -> Iterator[dict[str, str]]:
    cin, personal = f"{90000000 + number}A", f"C{number}"
    if case.plan:
        own: dict[str, Any] = {
            "dob": day("1980-05-17"),
            "coverage_from": day("2020-01-01"),
            "in_newest": True,
        }
        for piece in case.pieces:
            own |= piece.row if piece.table == "members" else {}
        rows["members"].append(
            {"plan": case.plan, "cin": cin, **own, **_home("members", number + 1, case.plan)}
        )
        yield {"person_id": case.person, "source": f"plan:{case.plan}", "source_id": cin}
    if any(piece.table not in ("members", "events") for piece in case.pieces):
        yield {"person_id": case.person, "source": "hmis:X", "source_id": personal}
        base: dict[str, Any] = {"DOBDataQuality": 99, "DateUpdated": datetime(2026, 10, 1)}  # noqa: DTZ001 - HMIS has no time zones
        for piece in case.pieces:
            base |= piece.row if piece.table == "Client" else {}
        rows["Client"].append({"PersonalID": personal, **base, **_hmis_home("Client", number + 1)})
    for place, piece in enumerate(case.pieces):
        _add(case, piece, cin, personal, place, rows)


def _add(
    case: Case, piece: Piece, cin: str, personal: str, place: int, rows: dict[str, list[dict[str, Any]]]
) -> None:
    at = len(rows[piece.table]) + 1
    if piece.table == "events":
        rows["events"].append(
            {
                "plan": case.plan,
                "cin": cin,
                "event_id": f"{cin}{place}",
                **piece.row,
                **_home("events", at, case.plan),
            }
        )
    elif piece.table == "stay":
        _add_stay(case, piece.row, personal, place, rows)
    elif piece.table not in ("members", "Client"):
        last = [at for at, one in enumerate(case.pieces[:place]) if one.table == "stay"]
        enrollment = f"{personal}E{last[-1]}" if last else f"{personal}none"
        ids = {"PersonalID": personal, "EnrollmentID": enrollment}
        rows[piece.table].append({**ids, **piece.row, **_hmis_home(piece.table, at)})


def _add_stay(
    case: Case, said: dict[str, Any], personal: str, place: int, rows: dict[str, list[dict[str, Any]]]
) -> None:
    ids = {"PersonalID": personal, "EnrollmentID": f"{personal}E{place}"}
    own = {k: v for k, v in said.items() if k not in ("kind", "entry", "leaves", "destination")}
    own = {k: day(v) if isinstance(v, str) and ("Date" in k) else v for k, v in own.items()}
    rows["Enrollment"].append(
        {
            **ids,
            "ProjectID": _PROJECTS[said["kind"]],
            "HouseholdID": case.household or f"H{personal}{place}",
            "EntryDate": day(said["entry"]),
            "RelationshipToHoH": 1,
            "EnrollmentCoC": "CA-514",
            **own,
            **_hmis_home("Enrollment", len(rows["Enrollment"]) + 1),
        }
    )
    if said["leaves"]:
        exit_row = {"ExitDate": day(said["leaves"]), "Destination": said["destination"]}
        rows["Exit"].append({**ids, **exit_row, **_hmis_home("Exit", len(rows["Exit"]) + 1)})


def _project(kind: int, name: str) -> dict[str, Any]:
    return {
        "ProjectID": name,
        "OrganizationID": "O1",
        "ProjectName": f"Project {kind}",
        "ProjectType": kind,
        "RRHSubType": 2 if kind == 13 else None,
        "ContinuumProject": 1,
        "OperatingStartDate": day("2010-01-01"),
        **_hmis_home("Project", 1),
    }


def _home(kind: str, row: int, plan: str = NORTH) -> dict[str, Any]:
    return {"source": f"plan:{plan}", "delivery": f"{kind}-1", "file": f"{kind}.csv", "row": row}


def _hmis_home(table: str, row: int) -> dict[str, Any]:
    return {"source": "hmis:X", "delivery": "hmis-1", "file": f"{table}.csv", "row": row}


def _write(path: Path, rows: list[dict[str, Any]], columns: Sequence[tuple[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = [pa.array([row.get(name) for row in rows], _ARROW[kind]) for name, kind in columns]
    pq.write_table(pa.Table.from_arrays(arrays, names=[name for name, _ in columns]), path)
