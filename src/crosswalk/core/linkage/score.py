"""How much evidence each pair carries: the model's levels and weights, in one stream, keeping what may matter."""

from __future__ import annotations

import re

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.model import SHARED_TOKEN, Model

#: Columns that are not stored but follow from stored ones; made for the few records that occur in a pair.
DERIVED = {"dob_t": "strftime(dob, '%Y%m%d')", "zip3": "left(zip, 3)"}


def columns_of(model: Model, side: str) -> list[str]:
    """The columns of one side (`l` or `r`) that the model's conditions read."""
    text = " ".join(level.sql for one in model.comparisons for level in one.levels) + SHARED_TOKEN
    return sorted(set(re.findall(rf"\b(\w+)_{side}\b", text)) | {"suffix"})


def score(
    engine: DuckEngine,
    model: Model,
    *,
    left: str,
    right: str,
    frequencies: str,
    keep_from: float,
    hashed: bool,
) -> None:
    """Turn the table `pairs` into `scored`: l, r, weight, and per comparison its grade g_ and weight w_.

    `left` and `right` are record files or tables; `frequencies` the member file's. Pairs under `keep_from` bits are
    dropped on the way. Only right records that occur in a pair are gathered.
    """
    _gather_left(engine, left, frequencies, columns_of(model, "l"), hashed)
    _gather_right(engine, right, columns_of(model, "r"), hashed)
    grades = ", ".join(f"{one.grade_sql()} AS g_{one.name}" for one in model.comparisons)
    weights = ", ".join(f"({one.weight_sql()})::FLOAT AS w_{one.name}" for one in model.comparisons)
    total = " + ".join(f"w_{one.name}" for one in model.comparisons)
    names = [f"{kind}_{one.name}" for one in model.comparisons for kind in "gw"]
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE scored AS
        WITH graded AS (
          SELECT p.l, p.r, a.*, b.*, {grades}
          FROM pairs AS p JOIN left_side AS a ON a.rid_l = p.l JOIN right_side AS b ON b.rid_r = p.r),
        weighed AS (SELECT *, {weights} FROM graded)
        SELECT l, r, ({model.prior!r} + {total})::FLOAT AS weight, {", ".join(names)},
               (suffix_l <> suffix_r AND (suffix_l = 'JR' OR suffix_r = 'JR' OR suffix_l = 'SR' OR suffix_r = 'SR'))
               IS TRUE AS suffix_conflict
        FROM weighed WHERE {model.prior!r} + {total} >= {keep_from!r}"""
    )
    engine.sql("DROP TABLE left_side")
    engine.sql("DROP TABLE right_side")


def _gather_left(engine: DuckEngine, left: str, frequencies: str, columns: list[str], hashed: bool) -> None:
    """The left records that occur in a pair, with how common their names and ZIP are among members."""
    renamed = ", ".join(f"{DERIVED.get(one, 'a.' + one)} AS {one}_l" for one in columns)
    secret = ", a.ssn_hash AS ssn_hash_l" if hashed else ""
    joins = " ".join(
        f"LEFT JOIN {frequencies} AS {name} ON {name}.column_name = '{kind}' AND {name}.value = a.{column}"
        for name, kind, column in (
            ("f1", "first", "first"),
            ("f2", "last_c", "last_c"),
            ("f3", "zip", "zip"),
            ("f6", "zip3", "zip[:3]"),
            ("f4", "token", "tok1"),
            ("f5", "token", "tok2"),
        )
    )
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE left_side AS
        SELECT a.rid::INTEGER AS rid_l, {renamed}{secret}, f1.share AS tf_first, f2.share AS tf_last_c,
               f3.share AS tf_zip, f6.share AS tf_zip3, f4.share AS tf_tok1, f5.share AS tf_tok2
        FROM {left} AS a {joins} WHERE a.rid IN (SELECT l FROM pairs)"""
    )


def _gather_right(engine: DuckEngine, right: str, columns: list[str], hashed: bool) -> None:
    """The right records that occur in a pair; for hashed exports the full SSN stands in where its hash agrees."""
    renamed = ", ".join(f"{DERIVED.get(one, one)} AS {one}_r" for one in columns)
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE right_side AS
        SELECT rid::INTEGER AS rid_r, {renamed} FROM {right} WHERE rid IN (SELECT DISTINCT r FROM pairs)"""
    )
    if hashed:
        engine.sql(
            """CREATE OR REPLACE TEMP TABLE right_hashes AS
            SELECT sha256(lpad(ssn_r, 9, 'x')) AS ssn_hash, any_value(ssn_r) AS ssn FROM right_side
            WHERE ssn_r IS NOT NULL GROUP BY 1"""
        )
        engine.sql(
            """UPDATE left_side SET ssn_l = h.ssn FROM right_hashes AS h WHERE h.ssn_hash = left_side.ssn_hash_l"""
        )
