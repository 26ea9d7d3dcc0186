"""The raw records of each source under the same column names, before anything is cleaned."""

from __future__ import annotations

from pathlib import Path

from crosswalk.core.basics import Refused
from crosswalk.core.engine import DuckEngine, literal

#: Columns of a raw view, in order, with their types.
RAW = {
    "source": "VARCHAR",
    "source_id": "VARCHAR",
    "first": "VARCHAR",
    "middle": "VARCHAR",
    "last": "VARCHAR",
    "suffix": "VARCHAR",
    "name_quality": "INTEGER",
    "ssn": "VARCHAR",
    "dob": "DATE",
    "dob_quality": "INTEGER",
    "sex": "VARCHAR",
    "phone": "VARCHAR",
    "zip": "VARCHAR",
    "cin": "VARCHAR",
    "alias": "VARCHAR",
    "household": "VARCHAR",
    "tradition": "VARCHAR",
}

_SEX_OF_CODE = "CASE sex WHEN 0 THEN 'F' WHEN 1 THEN 'M' END"

#: The two-file form of `crosswalk link --left --right`: columns of bench/make_linkage_data.py.
_LEFT_FILE = {
    "source": "'hmis'",
    "source_id": "personal_id",
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "name_quality": "name_dq",
    "dob_quality": "dob_dq",
    "sex": _SEX_OF_CODE,
    "cin": "medi_cal_id",
    "household": "NULL",
    "tradition": "CASE hispanic WHEN 1 THEN 'Hispanic' END",
}
_RIGHT_FILE = {
    "source": "'members'",
    "source_id": "member_id",
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "name_quality": "NULL",
    "dob_quality": "NULL",
    "alias": "NULL",
    "household": "case_id",
    "tradition": """CASE ethnicity WHEN 'HISPANIC' THEN 'Hispanic' WHEN 'WHITE/BLACK' THEN 'White/Black'
        WHEN 'ASIAN/PI' THEN 'Asian/PI' WHEN 'OTHER' THEN 'Other' END""",
}
_HMIS_CLIENT = {
    "source_id": '"PersonalID"',
    "first": '"FirstName"',
    "middle": '"MiddleName"',
    "last": '"LastName"',
    "suffix": '"NameSuffix"',
    "name_quality": '"NameDataQuality"',
    "ssn": '"SSN"',
    "dob": '"DOB"',
    "dob_quality": '"DOBDataQuality"',
    "sex": """CASE "Sex" WHEN 0 THEN 'F' WHEN 1 THEN 'M' END""",
    "phone": "NULL",
    "zip": "NULL",
    "cin": "NULL",
    "alias": "NULL",
    "household": "NULL",
    "tradition": """CASE WHEN "HispanicLatinao" = 1 THEN 'Hispanic' WHEN "Asian" = 1 OR "NativeHIPacific" = 1
        THEN 'Asian/PI' WHEN "White" = 1 OR "BlackAfAmerican" = 1 THEN 'White/Black'
        WHEN "AmIndAKNative" = 1 OR "MidEastNAfrican" = 1 THEN 'Other' END""",
}
#: People written down by workers are compared as clients are, and may carry what a client never does.
_ADDED_CLIENT = {
    **dict.fromkeys(
        ("middle", "suffix", "name_quality", "ssn", "sex", "alias", "household", "tradition"), "NULL"
    ),
    "source_id": '"PersonalID"',
    "first": '"FirstName"',
    "last": '"LastName"',
    "dob": '"DOB"',
    "dob_quality": '"DOBDataQuality"',
    "phone": '"Phone"',
    "zip": '"ZIP"',
    "cin": '"CIN"',
}
_MEMBER = {
    "source_id": "cin",
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "name_quality": "NULL",
    "dob_quality": "NULL",
    "alias": "preferred_name",
    "household": "CASE WHEN address <> '' THEN upper(address) || '|' || coalesce(zip, '') END",
    "tradition": """CASE WHEN race_ethnicity ILIKE '%hispan%' OR race_ethnicity ILIKE '%latin%' THEN 'Hispanic'
        WHEN race_ethnicity ILIKE '%asian%' OR race_ethnicity ILIKE '%pacific%' THEN 'Asian/PI'
        WHEN race_ethnicity ILIKE '%white%' OR race_ethnicity ILIKE '%black%' THEN 'White/Black'
        WHEN race_ethnicity <> '' THEN 'Other' END""",
}
_NEEDED = {
    "left": ("personal_id", "first_name", "last_name", "ssn", "dob"),
    "right": ("member_id", "first_name", "last_name", "ssn", "dob"),
}


def register_file(engine: DuckEngine, path: Path, side: str, name: str) -> None:
    """Make one of the two files of `link --left --right` readable as raw records; `side` is left or right.

    Raises Refused when it is not Parquet or lacks a needed column.
    """
    text = literal(str(path))
    try:
        there = {str(row[0]) for row in engine.fetch(f"DESCRIBE SELECT * FROM read_parquet({text})")}
    except Exception as problem:
        raise Refused(
            f"The --{side} file cannot be read as Parquet.", fix="Give a Parquet file.", place=path.name
        ) from problem
    missing = [column for column in _NEEDED[side] if column not in there]
    if missing:
        raise Refused(
            f"The --{side} file lacks the columns {', '.join(missing)}.",
            fix="Columns are those that bench/make_linkage_data.py writes.",
            place=path.name,
        )
    spelled = _LEFT_FILE if side == "left" else _RIGHT_FILE
    engine.sql(f"CREATE OR REPLACE TEMP VIEW {name} AS {_raw(spelled, there, f'read_parquet({text})')}")


def register_state(
    engine: DuckEngine, current: Path, *, hmis: str, members: str
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Make the clients and members of the current state readable as raw records, under the names given.

    Clients are those of HMIS and those whom workers wrote down. A member has one record however many coverage spans:
    the newest span's, of the newest delivery. Returns the files read for each, any of which may be missing.
    """
    clients, added = current / "hmis" / "Client.parquet", current / "added.parquet"
    text = f"read_parquet({literal(str(clients))})" if clients.exists() else None
    query = _raw({"source": "source", **_HMIS_CLIENT}, None, text)
    if added.exists():
        written = _raw({"source": "source", **_ADDED_CLIENT}, None, f"read_parquet({literal(str(added))})")
        query = f"{query} UNION ALL {written}"
    engine.sql(f"CREATE OR REPLACE TEMP VIEW {hmis} AS {query}")
    path = current / "members.parquet"
    newest = None
    if path.exists():
        newest = f"""(SELECT * FROM read_parquet({literal(str(path))})
            QUALIFY row_number() OVER (PARTITION BY plan, cin ORDER BY in_newest DESC, coverage_from DESC NULLS LAST,
                                       coverage_end DESC NULLS FIRST, delivery DESC, file, row DESC) = 1)"""
    engine.sql(
        f"CREATE OR REPLACE TEMP VIEW {members} AS {_raw({'source': 'source', **_MEMBER}, None, newest)}"
    )
    return (clients, added), (path,)


def _raw(spelled: dict[str, str], there: set[str] | None, table: str | None) -> str:
    """The query that gives raw records; without a table, one of no rows; a column that is not there is null."""
    columns = []
    for column, kind in RAW.items():
        text = spelled.get(column, column)
        if there is not None and text.isidentifier() and text not in there:
            text = "NULL"
        if there is not None and column in ("sex", "tradition") and not _present(text, there):
            text = "NULL"
        columns.append(f"TRY_CAST({'NULL' if table is None else text} AS {kind}) AS {column}")
    return f"SELECT {', '.join(columns)}" + (f" FROM {table}" if table else " WHERE false")


def _present(text: str, there: set[str]) -> bool:
    return any(word.strip('"') in there for word in text.split())


def named_records(engine: DuckEngine, current: Path, text: str) -> list[tuple[str, str]]:
    """Records of the current state whose id, or source/id, is `text`, each once."""
    tables = [
        (current / "hmis" / "Client.parquet", '"PersonalID"'),
        (current / "added.parquet", '"PersonalID"'),
        (current / "members.parquet", "cin"),
    ]
    found: list[tuple[str, str]] = []
    for path, column in tables:
        if path.exists():
            found += [
                (str(source), str(record))
                for source, record in engine.fetch(
                    f"""SELECT DISTINCT source, {column} FROM read_parquet({literal(str(path))})
                    WHERE {column} = :text OR {column} = upper(:text) OR source || '/' || {column} = :text
                    ORDER BY ALL""",
                    {"text": text},
                )
            ]
    return found
