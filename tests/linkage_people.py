"""Invented people on both sides of a linkage, small enough to read: `hmis(…)` and `member(…)` rows, and a crowd."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.memory import Memory
from crosswalk.core.linkage.run import link_files
from crosswalk.core.linkage.settings import LinkageSettings

ON = date(2026, 11, 1)
ROOT = Path(__file__).resolve().parents[1]

LEFT = pa.schema(
    [(one, pa.string()) for one in ("personal_id", "first_name", "middle_name", "last_name", "suffix")]
    + [("name_dq", pa.int16()), ("ssn", pa.string()), ("ssn_dq", pa.int16()), ("dob", pa.date32())]
    + [("dob_dq", pa.int16()), ("sex", pa.int16()), ("hispanic", pa.int16()), ("phone", pa.string())]
    + [("zip", pa.string()), ("medi_cal_id", pa.string()), ("alias", pa.string())]
)
RIGHT = pa.schema(
    [("member_id", pa.int64()), ("cin", pa.string()), ("case_id", pa.string()), ("ssn", pa.string())]
    + [(one, pa.string()) for one in ("first_name", "middle_name", "last_name", "suffix")]
    + [("dob", pa.date32()), ("sex", pa.string()), ("ethnicity", pa.string())]
    + [("address", pa.string()), ("zip", pa.string()), ("phone", pa.string())]
)


@cache
def settings() -> LinkageSettings:
    """The shipped linkage policy."""
    return LinkageSettings.load(ROOT / "policy" / "linkage")


def hmis(personal_id: str, first: str, last: str, dob: date | None, **more: Any) -> dict[str, Any]:
    """One HMIS record in the columns of `link --left`."""
    row = {
        "personal_id": personal_id,
        "first_name": first,
        "last_name": last,
        "dob": dob,
        "name_dq": 1,
        "dob_dq": 1,
    }
    return row | more


def member(member_id: int, first: str, last: str, dob: date | None, **more: Any) -> dict[str, Any]:
    """One member in the columns of `link --right`."""
    row = {
        "member_id": member_id,
        "cin": f"9{member_id:07d}A",
        "first_name": first,
        "last_name": last,
        "dob": dob,
    }
    return row | more


def write(path: Path, rows: list[dict[str, Any]], schema: pa.Schema) -> Path:
    """The rows as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


FIRST = [
    *("JOSE", "MARIA", "LUIS", "ANA", "JUAN", "ROSA", "MICHAEL", "LINDA"),
    *("DAVID", "TERESA", "MINH", "LINH", "OMAR", "FATIMA", "KEVIN", "BRENDA"),
]
LAST = [
    *("GARCIA", "LOPEZ", "SMITH", "NGUYEN", "JOHNSON", "CRUZ", "LEE", "PATEL"),
    *("BROWN", "RAMIREZ", "TRAN", "FLORES", "KIM", "REYES", "DAVIS", "CHAVEZ"),
]
RARE = [
    *(
        "VONTRAPINI",
        "QUEZALTI",
        "BRANDLEWICK",
        "OYELARANMI",
        "ZUBIZARRETA",
        "THISTLEWORTH",
        "MKRTCHUKYAN",
        "HALVERSTAM",
    ),
]


def crowd(people: int, seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """HMIS records and members: most people are on both sides, with the usual errors; some only on one."""
    chance = random.Random(seed)
    lefts: list[dict[str, Any]] = []
    rights: list[dict[str, Any]] = []
    for number in range(people):
        first = chance.choice(FIRST)
        last = chance.choice(LAST if chance.random() < 0.7 else RARE)
        second = chance.choice(LAST)
        dob = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
        ssn = f"{chance.randrange(100, 660):03d}{chance.randrange(1, 99):02d}{chance.randrange(1, 9999):04d}"
        sex = chance.randrange(2)
        if chance.random() < 0.9:
            full = f"{last} {second}" if chance.random() < 0.3 else last
            rights.append(
                member(
                    number,
                    first,
                    full,
                    dob,
                    ssn=ssn,
                    sex="FM"[sex],
                    zip=f"9{number % 40 + 1000:04d}",
                    ethnicity="HISPANIC",
                )
            )
        if chance.random() < 0.5:
            wrong = chance.random()
            seen = date(dob.year, 1, 1) if wrong < 0.1 else dob
            name = chance.choice([last, second, f"{last}-{second}"]) if wrong > 0.8 else last
            known = ssn if wrong < 0.4 else f"xxxxx{ssn[5:]}" if wrong < 0.5 else None
            lefts.append(
                hmis(
                    f"H{number:05d}",
                    first.title(),
                    name.title(),
                    seen,
                    ssn=known,
                    sex=sex,
                    hispanic=1,
                    middle_name="",
                )
            )
    return lefts, rights


def linked(
    folder: Path, lefts: list[dict[str, Any]], rights: list[dict[str, Any]], **memory: Path
) -> list[dict[str, Any]]:
    """The links between these rows, as `crosswalk link --left --right` writes them; `memory=` keeps earlier work."""
    left, right = write(folder / "left.parquet", lefts, LEFT), write(folder / "right.parquet", rights, RIGHT)
    out = folder / f"out-{random.getrandbits(64):x}"
    out.mkdir()
    with DuckEngine() as engine:
        link_files(
            engine,
            left=left,
            right=right,
            memory=Memory(memory.get("memory", out / "memory"), settings()),
            out=out,
            run=out.name,
            on=ON,
        )
    return list(pq.read_table(out / "links.parquet").to_pylist())


def answers(links: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[str, float]]:
    """Decision and probability of each pair."""
    return {
        (one["left_id"], one["right_id"]): (one["decision"], round(one["probability"], 6)) for one in links
    }
