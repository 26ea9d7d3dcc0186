"""What facts read: the columns of the current state that any fact uses, and empty tables where a file is absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.records import CURRENT_ANSWERS, CURRENT_EVENTS, CURRENT_MEMBERS

TEXT, WHOLE, DAY, MOMENT = pa.string(), pa.int32(), pa.date32(), pa.timestamp("us")
_ARROW = {"VARCHAR": TEXT, "DATE": DAY, "INTEGER": WHOLE, "BOOLEAN": pa.bool_()}

#: Every current table ends with where its row came from.
PROVENANCE = (("source", TEXT), ("delivery", TEXT), ("file", TEXT), ("row", WHOLE))

_STAY = (("EnrollmentID", TEXT), ("PersonalID", TEXT))

#: The HMIS columns that facts use, by table; everything else stays unread in Parquet.
HMIS_COLUMNS: dict[str, tuple[tuple[str, Any], ...]] = {
    "Client": (
        ("PersonalID", TEXT),
        ("DOB", DAY),
        ("DOBDataQuality", WHOLE),
        ("AmIndAKNative", WHOLE),
        ("BlackAfAmerican", WHOLE),
        ("NativeHIPacific", WHOLE),
        ("Asian", WHOLE),
        ("HispanicLatinao", WHOLE),
        ("MidEastNAfrican", WHOLE),
        ("White", WHOLE),
        ("DateUpdated", MOMENT),
    ),
    "Enrollment": (
        *_STAY,
        ("ProjectID", TEXT),
        ("HouseholdID", TEXT),
        ("EntryDate", DAY),
        ("MoveInDate", DAY),
        ("RelationshipToHoH", WHOLE),
        ("EnrollmentCoC", TEXT),
        ("LivingSituation", WHOLE),
        ("LengthOfStay", WHOLE),
        ("LOSUnderThreshold", WHOLE),
        ("PreviousStreetESSH", WHOLE),
        ("DateToStreetESSH", DAY),
        ("TimesHomelessPastThreeYears", WHOLE),
        ("MonthsHomelessPastThreeYears", WHOLE),
        ("DisablingCondition", WHOLE),
        ("TimeToHousingLoss", WHOLE),
        ("FormerWardChildWelfare", WHOLE),
        ("FormerWardJuvenileJustice", WHOLE),
    ),
    "Exit": (*_STAY, ("ExitDate", DAY), ("Destination", WHOLE)),
    "Services": (*_STAY, ("DateProvided", DAY), ("RecordType", WHOLE), ("TypeProvided", WHOLE)),
    "CurrentLivingSituation": (
        *_STAY,
        ("InformationDate", DAY),
        ("CurrentLivingSituation", WHOLE),
        ("LeaveSituation14Days", WHOLE),
        ("SubsequentResidence", WHOLE),
        ("ResourcesToObtain", WHOLE),
    ),
    "Disabilities": (
        *_STAY,
        ("InformationDate", DAY),
        ("DisabilityType", WHOLE),
        ("DisabilityResponse", WHOLE),
        ("IndefiniteAndImpairs", WHOLE),
    ),
    "HealthAndDV": (
        *_STAY,
        ("InformationDate", DAY),
        ("DomesticViolenceSurvivor", WHOLE),
        ("CurrentlyFleeing", WHOLE),
        ("PregnancyStatus", WHOLE),
        ("DueDate", DAY),
    ),
    "IncomeBenefits": (
        *_STAY,
        ("InformationDate", DAY),
        ("InsuranceFromAnySource", WHOLE),
        ("Medicaid", WHOLE),
    ),
    "Assessment": (*_STAY, ("AssessmentDate", DAY), ("PrioritizationStatus", WHOLE)),
    "Event": (*_STAY, ("EventDate", DAY), ("Event", WHOLE), ("ReferralResult", WHOLE)),
    "Project": (
        ("ProjectID", TEXT),
        ("OrganizationID", TEXT),
        ("ProjectName", TEXT),
        ("ProjectType", WHOLE),
        ("RRHSubType", WHOLE),
        ("ContinuumProject", WHOLE),
        ("OperatingStartDate", DAY),
        ("OperatingEndDate", DAY),
    ),
    "Organization": (("OrganizationID", TEXT), ("VictimServiceProvider", WHOLE)),
    "HMISParticipation": (
        ("ProjectID", TEXT),
        ("HMISParticipationType", WHOLE),
        ("HMISParticipationStatusStartDate", DAY),
        ("HMISParticipationStatusEndDate", DAY),
    ),
}


class Engine(Protocol):
    """The seam to the column engine, as far as facts need it."""

    name: str

    def register(self, name: str, source: Any) -> None:
        """Make Parquet files or an Arrow table readable under a name."""

    def sql(self, text: str, values: Any = None) -> None:
        """Run one statement."""

    def fetch(self, text: str, values: Any = None) -> list[tuple[Any, ...]]:
        """The rows of one query."""

    def write_parquet(self, query: str, path: Path, values: Any = None) -> int:
        """Stream one query into a Parquet file."""


def register_inputs(engine: Engine, state: Path) -> None:
    """Register in_members, in_events and in_<Table> from the folder of the current state.

    A table that was never staged is registered empty: every fact about it is then unknown.
    """
    _register(engine, "in_members", state / "members.parquet", _columns(CURRENT_MEMBERS))
    _register(engine, "in_events", state / "events.parquet", _columns(CURRENT_EVENTS))
    _register(engine, "in_answers", state / "answers.parquet", _columns(CURRENT_ANSWERS))
    for table, columns in HMIS_COLUMNS.items():
        path = state / "hmis" / f"{table}.parquet"
        _register(engine, f"in_{table.lower()}", path, (*columns, *PROVENANCE))


def answers_table(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Answers as the table that facts read; each row has the columns of `CURRENT_ANSWERS`."""
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(_columns(CURRENT_ANSWERS))))


def _columns(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, _ARROW[kind]) for name, kind in pairs)


def _register(engine: Engine, name: str, path: Path, columns: tuple[tuple[str, Any], ...]) -> None:
    if path.exists() and _holds(path, columns):
        engine.register(name, path)
    else:
        engine.register(name, pa.schema(list(columns)).empty_table())


def _holds(path: Path, columns: tuple[tuple[str, Any], ...]) -> bool:
    """Whether the file has rows or at least every column that facts read (an empty file may lack some)."""
    with pq.ParquetFile(path) as file:
        there = {one.lower() for one in file.schema_arrow.names}
        return file.metadata.num_rows > 0 or {one.lower() for one, _ in columns} <= there
