"""Invented counties as current-state Parquet, made quickly: nothing in them is anybody's, and nothing is realistic
beyond the sizes. Members, their events, HMIS clients with enrollments, and persons.parquet."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts.inputs import HMIS_COLUMNS

#: How many events of each kind there are for each member.
EVENTS_PER_MEMBER = {
    "ed_visit": 0.8,
    "inpatient_stay": 0.12,
    "snf_stay": 0.02,
    "diagnosis": 4.0,
    "custody_release": 0.01,
    "pregnancy": 0.02,
    "foster_care": 0.01,
    "program": 0.1,
    "level_of_care": 0.01,
    "authorization": 0.04,
    "enrollment": 0.03,
    "outreach": 0.05,
    "attestation": 0.08,
}
_CODES = {
    "diagnosis": "['I10','E11.9','J45.909','F33.1','F11.20','Z59.02','M54.5','R07.9','J06.9','K21.9','Z00.00','N39.0']",
    "custody_release": "['jail','prison','youth']",
    "foster_care": "['placement','aged_out','adoption_assistance','family_maintenance']",
    "program": "['smhs','dmc_ods','ihss','ccs','cbas','ccm','hospice','waiver_alw','regional_center','tcm']",
    "level_of_care": "['snf','lower_acuity','nf_resident']",
    "authorization": "['ecm','cs.htns','cs.hd','cs.mtm']",
    "enrollment": "['ecm','cs.htns','cs.recup','cs.mtm']",
    "attestation": "['complex_need','food_insecure','cannot_self_manage','coordination_would_help']",
}
_VALUES = {
    "ed_visit": "['avoidable','not_avoidable',NULL,NULL]",
    "inpatient_stay": "['planned','unplanned',NULL]",
    "snf_stay": "['short','long']",
    "authorization": "['requested','approved','approved','denied']",
    "outreach": "['reached','not_reached']",
    "attestation": "['yes','yes','no']",
}
_OPEN_ENDED = {"inpatient_stay": 5, "snf_stay": 40, "pregnancy": 270, "foster_care": 300, "program": 700}
_DAYS = {**_OPEN_ENDED, "level_of_care": 365, "authorization": 365, "enrollment": 365}
_TODAY = "DATE '2026-10-31'"


def make(folder: Path, members: int, clients: int) -> None:
    """Write state/ and persons.parquet into `folder`."""
    state = folder / "state"
    (state / "hmis").mkdir(parents=True, exist_ok=True)
    with DuckEngine(memory="16GB") as engine:
        db = engine.connection
        db.execute(_PICKS)
        _members(db, state, members)
        _events(db, state, members)
        _hmis(db, state, clients)
        _persons(engine, folder, members, clients)


_PICKS = """
CREATE MACRO chance(n, salt) AS (hash(n * 1000 + salt) % 1000000) / 1000000.0;
CREATE MACRO pick(list, n, salt) AS list[1 + CAST(hash(n * 1000 + salt) % len(list) AS INTEGER)];
CREATE MACRO some_day(n, salt, days) AS DATE '2026-10-31' - CAST(hash(n * 1000 + salt) % days AS INTEGER);
CREATE MACRO plan_of(n) AS CASE WHEN n % 2 = 0 THEN 'north' ELSE 'south' END;
CREATE MACRO cin_of(n) AS lpad(CAST(n AS VARCHAR), 8, '0') || 'A';
"""


def _members(db: duckdb.DuckDBPyConnection, state: Path, members: int) -> None:
    db.execute(f"""
    COPY (
      SELECT plan_of(n) AS plan, cin_of(n) AS cin, 'Name' AS last_name, 'First' AS first_name,
        some_day(n, 1, 29000) AS dob, pick(['F','M'], n, 2) AS sex,
        pick(['Hispanic','White','Black','Asian','Unknown',NULL], n, 3) AS race_ethnicity,
        pick(['10','16','54'], n, 4) AS county, some_day(n, 5, 1500) AS coverage_from,
        CASE WHEN chance(n, 6) < 0.05 THEN some_day(n, 7, 200) END AS coverage_end,
        pick(['M1','M3','30','3N','4M','42','03'], n, 8) AS aid_code, 'none' AS share_of_cost,
        pick(['none','none','none','ffs','dsnp_other'], n, 9) AS medicare,
        CASE WHEN chance(n, 10) < 0.02 THEN 'yes' END AS homeless_indicator,
        'plan:' || plan_of(n) AS source, TRUE AS in_newest, 'members-0123456789ab' AS delivery,
        'members.csv' AS file, CAST(n AS INTEGER) AS "row"
      FROM range({members}) AS t(n) ORDER BY plan, cin
    ) TO '{state}/members.parquet' (FORMAT parquet, COMPRESSION zstd)""")


def _events(db: duckdb.DuckDBPyConnection, state: Path, members: int) -> None:
    parts = []
    for salt, (kind, rate) in enumerate(EVENTS_PER_MEMBER.items()):
        code, value = _CODES.get(kind, "['place']"), _VALUES.get(kind, "[NULL]")
        length = _DAYS.get(kind)
        end = (
            f"CASE WHEN chance(n, {salt + 51}) > 0.1 THEN from_day + {length} END"
            if length
            else "from_day + 1"
        )
        parts.append(f"""
        SELECT '{kind}-' || n AS event_id, '{kind}' AS kind,
          CAST(hash(n * 1000 + {salt + 60}) % {members} AS BIGINT) AS member, pick({code}, n, {salt + 20}) AS code,
          some_day(n, {salt + 30}, 1000) AS from_day, {end} AS end_day,
          CAST(pick({value}, n, {salt + 40}) AS VARCHAR) AS value
        FROM range({int(members * rate)}) AS t(n)""")
    db.execute(f"""
    COPY (
      SELECT plan_of(member) AS plan, cin_of(member) AS cin, event_id, kind, code, from_day, end_day, value,
        'somebody' AS "by", CAST(NULL AS VARCHAR) AS note, 'plan:' || plan_of(member) AS source,
        'events-0123456789ab' AS delivery, 'events.csv' AS file,
        CAST(row_number() OVER () AS INTEGER) AS "row"
      FROM ({" UNION ALL ".join(parts)}) AS e ORDER BY plan, cin, from_day
    ) TO '{state}/events.parquet' (FORMAT parquet, COMPRESSION zstd)""")


def _hmis(db: duckdb.DuckDBPyConnection, state: Path, clients: int) -> None:
    stays = f"SELECT n, 'C' || (n % {clients}) AS PersonalID, 'E' || n AS EnrollmentID, some_day(n, 1, 1400) AS d FROM"
    two = f"{stays} range({clients * 2}) AS t(n)"
    many = two.replace(" AS d FROM", " AS d, CAST(k AS INTEGER) AS k FROM") + ", range(6) AS u(k)"
    yes_no = "pick([0,1,99], n, 5)"
    rows = {
        "Client": f"SELECT 'C' || n AS PersonalID, some_day(n, 1, 29000) AS DOB, 1 AS DOBDataQuality,"
        f" 0 AS AmIndAKNative, CAST(n % 4 = 0 AS INTEGER) AS BlackAfAmerican, 0 AS NativeHIPacific, 0 AS Asian,"
        f" 0 AS HispanicLatinao, 0 AS MidEastNAfrican, CAST(n % 4 > 0 AS INTEGER) AS White,"
        f" TIMESTAMP '2026-10-01' AS DateUpdated FROM range({clients}) AS t(n)",
        "Enrollment": "SELECT *, 'P' || CAST(hash(n) % 40 AS INTEGER) AS ProjectID, 'H' || n AS HouseholdID,"
        " d AS EntryDate, CASE WHEN n % 5 = 0 THEN d + 40 END AS MoveInDate, 1 AS RelationshipToHoH,"
        " 'CA-514' AS EnrollmentCoC, pick([116,101,302,204,336,435], n, 2) AS LivingSituation,"
        " pick([2,3,4,5,10,11], n, 3) AS LengthOfStay, 1 AS LOSUnderThreshold, 1 AS PreviousStreetESSH,"
        " d - 200 AS DateToStreetESSH, pick([1,2,4], n, 4) AS TimesHomelessPastThreeYears,"
        " pick([101,108,112,113], n, 5) AS MonthsHomelessPastThreeYears,"
        f" {yes_no} AS DisablingCondition, NULL AS TimeToHousingLoss, NULL AS FormerWardChildWelfare,"
        f" NULL AS FormerWardJuvenileJustice FROM ({two})",
        "Exit": "SELECT *, d + 1 + CAST(hash(n) % 300 AS INTEGER) AS ExitDate,"
        f" pick([116,101,435,410,24,30,206], n, 6) AS Destination FROM ({two}) WHERE n % 3 > 0",
        "Services": "SELECT *, d + k * 3 AS DateProvided, 200 AS RecordType, 200 AS TypeProvided"
        f" FROM ({many})",
        "CurrentLivingSituation": "SELECT *, d + k * 20 AS InformationDate,"
        " pick([116,101,435,336], n, 7) AS CurrentLivingSituation, NULL AS LeaveSituation14Days,"
        f" NULL AS SubsequentResidence, NULL AS ResourcesToObtain FROM ({many})",
        "Disabilities": "SELECT *, d AS InformationDate, 5 + k AS DisabilityType,"
        " CAST(hash(n * 6 + k) % 3 = 0 AS INTEGER) AS DisabilityResponse, 1 AS IndefiniteAndImpairs"
        f" FROM ({many})",
        "HealthAndDV": "SELECT *, d AS InformationDate, CAST(n % 4 = 0 AS INTEGER) AS DomesticViolenceSurvivor,"
        " CASE WHEN n % 4 = 0 THEN CAST(n % 8 = 0 AS INTEGER) END AS CurrentlyFleeing, NULL AS PregnancyStatus,"
        f" NULL AS DueDate FROM ({two})",
        "IncomeBenefits": "SELECT *, d AS InformationDate, 1 AS InsuranceFromAnySource,"
        f" CAST(n % 5 > 0 AS INTEGER) AS Medicaid FROM ({two})",
        "Assessment": f"SELECT *, d AS AssessmentDate, pick([1,2], n, 8) AS PrioritizationStatus FROM ({two})",
        "Event": f"SELECT *, d AS EventDate, pick([7,10,14], n, 9) AS Event, 1 AS ReferralResult FROM ({two})",
        "Project": "SELECT 'P' || n AS ProjectID, 'O1' AS OrganizationID, 'Project ' || n AS ProjectName,"
        " [0,1,2,3,4,8,12,13,14,0][1 + n % 10] AS ProjectType, 2 AS RRHSubType, 1 AS ContinuumProject,"
        " DATE '2015-01-01' AS OperatingStartDate, NULL AS OperatingEndDate FROM range(40) AS t(n)",
        "Organization": "SELECT 'O1' AS OrganizationID, 0 AS VictimServiceProvider",
        "HMISParticipation": "SELECT 'P' || n AS ProjectID, 1 AS HMISParticipationType,"
        " DATE '2015-01-01' AS HMISParticipationStatusStartDate, NULL AS HMISParticipationStatusEndDate"
        " FROM range(40) AS t(n)",
    }
    for table, query in rows.items():
        columns = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in HMIS_COLUMNS[table])
        db.execute(
            f"COPY (SELECT {columns}, 'hmis:CA-514' AS source, 'hmis-0123456789ab' AS delivery,"
            f" '{table}.csv' AS file, CAST(row_number() OVER () AS INTEGER) AS \"row\" FROM ({query}) AS q)"
            f" TO '{state}/hmis/{table}.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )


def _persons(engine: DuckEngine, folder: Path, members: int, clients: int) -> None:
    linked = clients * 4 // 5
    engine.write_parquet(
        f"""
        SELECT 'P' || upper(substr(md5('m' || n), 1, 16)) AS person_id, 'plan:' || plan_of(n) AS source,
          cin_of(n) AS source_id FROM range({members}) AS t(n)
        UNION ALL
        SELECT 'P' || upper(substr(md5(CASE WHEN n < {linked} THEN 'm' ELSE 'h' END || n), 1, 16)) AS person_id,
          'hmis:CA-514' AS source, 'C' || n AS source_id FROM range({clients}) AS t(n)
        ORDER BY ALL""",
        folder / "persons.parquet",
        looked_up=True,
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
