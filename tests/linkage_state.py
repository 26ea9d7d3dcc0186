"""A small current state for linkage tests: clients and members as the staging commands leave them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

TEXT = ("PersonalID", "FirstName", "MiddleName", "LastName", "NameSuffix", "SSN")
CODES = (
    "NameDataQuality",
    "SSNDataQuality",
    "DOBDataQuality",
    "Sex",
    "AmIndAKNative",
    "Asian",
    "BlackAfAmerican",
)
MORE_CODES = ("HispanicLatinao", "MidEastNAfrican", "NativeHIPacific", "White")
CLIENT = pa.schema(
    [(one, pa.string()) for one in TEXT]
    + [("DOB", pa.date32())]
    + [(one, pa.int32()) for one in (*CODES, *MORE_CODES)]
    + [("source", pa.string()), ("delivery", pa.string()), ("file", pa.string()), ("row", pa.int32())]
)
MEMBER = pa.schema(
    [(one, pa.string()) for one in ("plan", "cin", "last_name", "first_name", "middle_name", "suffix")]
    + [("preferred_name", pa.string()), ("dob", pa.date32()), ("sex", pa.string()), ("ssn", pa.string())]
    + [(one, pa.string()) for one in ("race_ethnicity", "address", "zip", "phone")]
    + [("coverage_from", pa.date32()), ("coverage_end", pa.date32()), ("in_newest", pa.bool_())]
    + [("source", pa.string()), ("delivery", pa.string()), ("file", pa.string()), ("row", pa.int32())]
)


def client(personal_id: str, first: str, last: str, dob: date, **more: Any) -> dict[str, Any]:
    """One current HMIS client."""
    row = {
        "PersonalID": personal_id,
        "FirstName": first,
        "LastName": last,
        "DOB": dob,
        "source": "hmis:CA-999",
    }
    return row | {"delivery": "hmis-1", "file": "Client.csv", "row": 1} | more


def plan_member(plan: str, cin: str, first: str, last: str, dob: date, **more: Any) -> dict[str, Any]:
    """One current member span."""
    row = {
        "plan": plan,
        "cin": cin,
        "first_name": first,
        "last_name": last,
        "dob": dob,
        "source": f"plan:{plan}",
    }
    row |= {
        "coverage_from": date(2026, 1, 1),
        "in_newest": True,
        "delivery": "members-1",
        "file": "m.csv",
        "row": 1,
    }
    return row | more


def state(data: Path, clients: list[dict[str, Any]], members: list[dict[str, Any]]) -> Path:
    """Make these the current state of a data folder."""
    current = data / "current"
    (current / "hmis").mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(clients, schema=CLIENT), current / "hmis" / "Client.parquet")
    pq.write_table(pa.Table.from_pylist(members, schema=MEMBER), current / "members.parquet")
    return data


def persons(data: Path) -> dict[tuple[str, str], str]:
    """The newest person of every record."""
    rows = pq.read_table(data / "latest" / "persons.parquet").to_pylist()
    return {(row["source"], row["source_id"]): row["person_id"] for row in rows}


def table(data: Path, name: str) -> list[dict[str, Any]]:
    """The newest rows of an output."""
    return list(pq.read_table(data / "latest" / f"{name}.parquet").to_pylist())
