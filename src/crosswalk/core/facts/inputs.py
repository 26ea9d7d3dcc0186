"""What facts read: the columns of the current state that any fact uses, and empty tables where a file is absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from crosswalk.core.records import CURRENT_ANSWERS, CURRENT_EVENTS, CURRENT_MEMBERS

TEXT, WHOLE, DAY, MOMENT = "VARCHAR", "INTEGER", "DATE", "TIMESTAMP"

#: Every current table ends with where its row came from.
PROVENANCE = (("source", TEXT), ("delivery", TEXT), ("file", TEXT), ("row", WHOLE))

_STAY = (("EnrollmentID", TEXT), ("PersonalID", TEXT))

#: The HMIS columns that facts use, by table; everything else stays unread in Parquet.
HMIS_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
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

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns (name → SQL type) and rows."""

    def sql(self, text: str, values: Any = None) -> None:
        """Run one statement."""

    def fetch(self, text: str, values: Any = None) -> list[tuple[Any, ...]]:
        """The rows of one query."""

    def write_parquet(self, query: str, path: Path, values: Any = None) -> int:
        """Stream one query into a Parquet file."""


def register_inputs(engine: Engine, state: Path, tables: Iterable[str] = HMIS_COLUMNS) -> None:
    """Register in_<Table> of these HMIS tables from the folder of the current state.

    A table that was never staged is registered empty: every fact about it is then unknown. Among the clients are
    those whom workers wrote down.
    """
    for table in tables:
        path, added = state / "hmis" / f"{table}.parquet", state / "added.parquet"
        if table == "Client" and added.exists():
            engine.register("in_client", [one for one in (path, added) if one.exists()])
            continue
        _register(engine, f"in_{table.lower()}", path, (*HMIS_COLUMNS[table], *PROVENANCE))


def answer_rows(answers: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Answers as the rows that facts read; each mapping has the columns of `CURRENT_ANSWERS`."""
    return [tuple(one[name] for name, _ in CURRENT_ANSWERS) for one in answers]


def register_plan_inputs(engine: Engine, state: Path, answers: Sequence[Sequence[Any]] | None = None) -> None:
    """Register in_members, in_events and in_answers likewise; `answers` (`answer_rows`) instead of the state's."""
    _register(engine, "in_members", state / "members.parquet", CURRENT_MEMBERS)
    _register(engine, "in_events", state / "events.parquet", CURRENT_EVENTS)
    if answers is None:
        _register(engine, "in_answers", state / "answers.parquet", CURRENT_ANSWERS)
    else:
        engine.table("in_answers", dict(CURRENT_ANSWERS), answers)


def _register(engine: Engine, name: str, path: Path, columns: tuple[tuple[str, str], ...]) -> None:
    if path.exists():
        engine.register(name, path)
    else:
        engine.table(name, dict(columns), ())
