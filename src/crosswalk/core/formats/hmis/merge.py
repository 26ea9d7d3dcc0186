"""Lays one delivery over what is held: newer rows win, full exports replace, deleted rows step aside and can return.

The rules, per source and key (`reference/hmis.md` §1.5 and §3.2, cases in `shared/hmis/samples/importer-cases`):

* a row changed on a later day (DateUpdated) wins; the same day, the later arrival wins, unless it comes from an
  older export and is itself older or would undo a deletion;
* a full export replaces everything held from older exports for its projects and days: what it no longer names is
  gone, what it names counts even with an older DateUpdated; an older delivery that arrives late adds nothing there;
* a delta or other export adds and changes; absence in it says nothing;
* DateDeleted sets a row, and what hangs on it, aside; a later row without it brings all of it back;
* a row that was rejected still says that its key exists: the version held before stays;
* a person leaves only when a newer full export does not name them and no enrollment of theirs is left.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.engine import DuckEngine, literal
from crosswalk.core.formats.hmis.layout import Layout, Table
from crosswalk.core.formats.hmis.owners import ORDER
from crosswalk.core.formats.hmis.table import schema_of

#: Tables that others are judged by, even when they have no rows.
_OWNING = ("Client", "Enrollment", "Exit", "Assessment")


@dataclass(frozen=True)
class Delivered:
    """One staged export: where it lies, from whom, made when, for which days, and whether it replaces.

    `present` are the tables that were really in it; a missing file proves nothing about what it would say.
    """

    id: str
    folder: Path
    source: str
    exported: datetime
    is_full: bool
    start: date | None = None
    end: date | None = None
    present: frozenset[str] = field(default_factory=frozenset)


def merge(
    engine: DuckEngine,
    canonical: Layout,
    delivered: Delivered,
    before: Sequence[Delivered],
    current: Path | None,
    into: Path,
) -> None:
    """Write the new state of every table to `into` (a folder `hmis`): live rows, and those set aside in `aside/`.

    `before` are the deliveries merged so far, `current` the `hmis` folder that holds them (None: nothing yet).
    """
    _Merge(engine, canonical, delivered, before, current, into).run()


class _Merge:
    """One merge. Views: held_<T> (this source), new_<T>; tables: gone_<T> (keys), taken_<T> (rows)."""

    def __init__(
        self,
        engine: DuckEngine,
        canonical: Layout,
        new: Delivered,
        before: Sequence[Delivered],
        current: Path | None,
        into: Path,
    ) -> None:
        self.engine, self.tables, self.new = engine, canonical.tables, new
        self.current, self.into = current, into
        own = [one for one in before if one.source == new.source]
        self.is_first = not own
        self.newer = [one for one in own if one.is_full and one.exported > new.exported]
        self.values = {"source": new.source, "delivery": new.id, "exported": new.exported.isoformat(" ")}
        made = [*own, new]
        engine.register(
            "made",
            pa.table(
                {
                    "delivery": pa.array([one.id for one in made], pa.string()),
                    "exported": pa.array([one.exported for one in made], pa.timestamp("us")),
                    "is_full": pa.array([one.is_full for one in made], pa.bool_()),
                }
            ),
        )
        engine.register("rejected", new.folder / "rejected.parquet")

    def run(self) -> None:
        (self.into / "aside").mkdir(parents=True)
        for name in ORDER:
            if name in _OWNING or self._has_rows(name):
                self._lay_out(self.tables[name])
        if not self.is_first:
            self._decide_all()
        for name in ("Client", "Enrollment", "Assessment"):
            self._find_dead(self.tables[name])
        for name in ORDER:
            self._write(self.tables[name])
        self._write_kept()

    def _decide_all(self) -> None:
        for number, full in enumerate([self.new, *self.newer]):
            self._reach(number, full)
        for name in ORDER:
            if name not in ("Client", "Export"):
                self._decide(self.tables[name])
        self._decide_persons(self.tables["Client"])
        self._decide_export()

    def _sql(self, text: str, **values: date | str | None) -> None:
        self.engine.sql(text, {**self.values, **values})

    def _lay_out(self, table: Table) -> None:
        name = table.name
        self.engine.register(f"new_{name}", self.new.folder / f"{name}.parquet")
        if self.current:
            self.engine.register(f"live_{name}", self.current / f"{name}.parquet")
            self.engine.register(f"aside_{name}", self.current / "aside" / f"{name}.parquet")
        else:
            for state in ("live", "aside"):
                self._sql(f"CREATE OR REPLACE TEMP VIEW {state}_{name} AS FROM new_{name} WHERE FALSE")
        self._sql(
            f"CREATE OR REPLACE TEMP VIEW held_{name} AS FROM (FROM live_{name} UNION ALL FROM aside_{name})"
            " WHERE source = :source"
        )

    # --- what a full export speaks for -------------------------------------------------------------

    def _reach(self, number: int, full: Delivered) -> None:
        """The projects and enrollments that a full export speaks for: active in its days, in its projects."""
        self.engine.register(f"projects_{number}", full.folder / "Project.parquet")
        self._sql(
            f"""CREATE OR REPLACE TEMP TABLE stays_{number} AS
            SELECT DISTINCT e.EnrollmentID
            FROM (FROM held_Enrollment UNION ALL FROM new_Enrollment) e
            LEFT JOIN (FROM held_Exit UNION ALL FROM new_Exit) x USING (EnrollmentID)
            WHERE e.ProjectID IN (SELECT ProjectID FROM projects_{number})
              AND coalesce(e.EntryDate <= :end, TRUE) AND coalesce(x.ExitDate >= :start, TRUE)""",
            start=full.start,
            end=full.end,
        )

    def _within(self, table: Table, number: int, full: Delivered) -> str:
        """Whether row `t` of a table is something that a full export speaks for; SQL."""
        if table.name not in full.present:
            return "FALSE"
        if "EnrollmentID" in table.by_canonical:
            days = [column.name for column in table.columns if column.type == "D" and not column.nullable]
            until = f' AND coalesce(t."{days[0]}" <= {literal(full.end)}, TRUE)' if days and full.end else ""
            return f"(t.EnrollmentID IN (SELECT EnrollmentID FROM stays_{number}){until})"
        if "ProjectID" in table.by_canonical and table.name != "Project":
            return f"(t.ProjectID IN (SELECT ProjectID FROM projects_{number}))"
        return "FALSE"

    # --- who wins ----------------------------------------------------------------------------------

    def _decide(self, table: Table, spared: str = "FALSE", late: str = "FALSE") -> None:
        """Fill taken_<T> with the new rows that count and gone_<T> with the held keys that no longer do.

        `spared`: SQL of held rows `t` that an absence does not remove; `late`: of new rows `t` that come too late.
        """
        name, key = table.name, f'"{table.key}"'
        if not self._has_rows(name):
            for made in ("taken", "gone"):
                self._sql(f"CREATE OR REPLACE TEMP TABLE {made}_{name} (row INTEGER, known_as VARCHAR)")
            return
        spoken_for = [self._within(table, i, full) for i, full in enumerate(self.newer, start=1)]
        too_late = " OR ".join([late, *spoken_for])
        self._sql(
            f"""CREATE OR REPLACE TEMP TABLE taken_{name} AS
            SELECT t.row, t.{key} AS known_as
            FROM new_{name} t LEFT JOIN (SELECT * FROM held_{name} JOIN made USING (delivery)) h ON h.{key} = t.{key}
            WHERE ({_newer("t", "h")}) AND NOT (h.{key} IS NULL AND ({too_late}))""",
            is_full=str(self.new.is_full),
        )
        self._sql(
            f"""CREATE OR REPLACE TEMP TABLE gone_{name} AS
            SELECT h.{key} AS known_as FROM held_{name} h SEMI JOIN taken_{name} ON known_as = h.{key}"""
        )
        if self.new.is_full and name in self.new.present:
            within = "TRUE" if name == "Client" else self._within(table, 0, self.new)
            self._sql(
                f"""INSERT INTO gone_{name}
                SELECT t.{key} FROM (SELECT * FROM held_{name} JOIN made USING (delivery)) t
                ANTI JOIN new_{name} n ON n.{key} = t.{key}
                ANTI JOIN (SELECT key FROM rejected WHERE "table" = '{name}') r ON r.key = t.{key}
                WHERE t.exported < CAST(:exported AS TIMESTAMP) AND {within} AND NOT ({spared})"""
            )

    def _decide_persons(self, table: Table) -> None:
        """People follow their enrollments: nobody leaves, or comes back late, while one of theirs is there."""
        self._sql(f"CREATE OR REPLACE TEMP VIEW remaining AS {self._merged('Enrollment')}")
        enrolled = "t.PersonalID IN (SELECT PersonalID FROM remaining)"
        self._decide(table, spared=enrolled, late=f"NOT {enrolled}" if self.newer else "FALSE")

    def _decide_export(self) -> None:
        """One row of Export.csv a source: that of its newest export."""
        newest = all(one.exported <= self.new.exported for one in self.newer) and not self.engine.fetch(
            "SELECT 1 FROM held_Export JOIN made USING (delivery) WHERE made.exported > CAST(:e AS TIMESTAMP)",
            {"e": self.values["exported"]},
        )
        which = "TRUE" if newest else "FALSE"
        self._sql(f"CREATE OR REPLACE TEMP TABLE taken_Export AS SELECT row FROM new_Export WHERE {which}")
        self._sql(
            f"CREATE OR REPLACE TEMP TABLE gone_Export AS SELECT ExportID AS known_as FROM held_Export WHERE {which}"
        )

    def _merged(self, name: str) -> str:
        if self.is_first:
            return f"(FROM new_{name})"
        key = f'"{self.tables[name].key}"'
        return (
            f"(SELECT h.* FROM held_{name} h ANTI JOIN gone_{name} ON known_as = h.{key}"
            f" UNION ALL SELECT t.* FROM new_{name} t SEMI JOIN taken_{name} USING (row))"
        )

    # --- live and aside ----------------------------------------------------------------------------

    def _find_dead(self, table: Table) -> None:
        """dead_<T>: keys of deleted owners, and of owners whose own owner is deleted."""
        self._sql(
            f"""CREATE OR REPLACE TEMP TABLE dead_{table.name} AS
            SELECT t."{table.key}" FROM {self._merged(table.name)} t WHERE NOT ({self._alive(table)})"""
        )

    def _alive(self, table: Table) -> str:
        tests = ["t.DateDeleted IS NULL"] if "DateDeleted" in table.by_canonical else ["TRUE"]
        for owner in ("Client", "Enrollment", "Assessment"):
            key = self.tables[owner].key
            if key in table.by_canonical and owner != table.name:
                tests.append(f"coalesce(t.{key} NOT IN (SELECT {key} FROM dead_{owner}), TRUE)")
        return " AND ".join(tests)

    def _write(self, table: Table) -> None:
        name = table.name
        empty = schema_of(table).empty_table()
        if not self._has_rows(name):
            for folder in (self.into, self.into / "aside"):
                pq.write_table(empty, folder / f"{name}.parquet")
            return
        if self._is_all_new(table):
            os.link(self.new.folder / f"{name}.parquet", self.into / f"{name}.parquet")
            pq.write_table(empty, self.into / "aside" / f"{name}.parquet")
            return
        self._write_state(name, "live", self._alive(table), self.into)
        self._write_state(name, "aside", f"NOT ({self._alive(table)})", self.into / "aside")

    def _is_all_new(self, table: Table) -> bool:
        """Whether the state of a table is exactly what the delivery says: then the file itself is the state."""
        name = table.name
        new, held = self._rows("", name), self._rows("live", name) + self._rows("aside", name)
        taken, gone = new, 0
        if not self.is_first:
            counted = f"SELECT (SELECT count(*) FROM taken_{name}), (SELECT count(*) FROM gone_{name})"
            taken, gone = self.engine.fetch(counted)[0]
        if taken != new or gone != held:
            return False
        dead = f"SELECT count(*) FROM new_{name} t WHERE NOT ({self._alive(table)})"
        return int(self.engine.fetch(dead)[0][0]) == 0

    def _write_state(self, name: str, state: str, test: str, folder: Path) -> None:
        self.engine.write_parquet(
            f"SELECT t.* FROM {self._merged(name)} t WHERE {test}"
            f" UNION ALL SELECT * FROM {state}_{name} WHERE source <> :source",
            folder / f"{name}.parquet",
            self.values,
        )

    def _rows(self, where: str, name: str) -> int:
        """Rows of a table in the new delivery (""), live or aside."""
        folder = {
            "": self.new.folder,
            "live": self.current,
            "aside": self.current and self.current / "aside",
        }[where]
        return int(pq.read_metadata(folder / f"{name}.parquet").num_rows) if folder else 0

    def _has_rows(self, name: str) -> bool:
        """Whether a table has a row anywhere; most exports leave several files empty."""
        return any(self._rows(where, name) for where in ("", "live", "aside"))

    def _write_kept(self) -> None:
        """Columns that FY2026 dropped: kept beside the table for the rows that are live."""
        for name in ORDER:
            file = f"Kept2024_{name}.parquet"
            parts = []
            if self.current and (self.current / file).exists():
                self.engine.register("kept_before", self.current / file)
                parts.append("SELECT * FROM kept_before")
            if (self.new.folder / file).exists():
                self.engine.register("kept_now", self.new.folder / file)
                parts.append(
                    'SELECT :source AS source, :delivery AS delivery, row, key, "column", value FROM kept_now'
                )
            if parts:
                self.engine.register("live_now", self.into / f"{name}.parquet")
                self.engine.write_parquet(
                    f"SELECT * FROM ({' UNION ALL '.join(parts)}) SEMI JOIN live_now USING (delivery, row)",
                    self.into / file,
                    self.values,
                )


def _newer(new: str, held: str) -> str:
    """Whether a new row counts against the held row of its key; SQL. True where nothing is held."""

    def changed(row: str, made: str) -> str:
        return f"coalesce({row}.DateUpdated, {row}.DateCreated, {made})"

    made, was = "CAST(:exported AS TIMESTAMP)", f"{held}.exported"
    now, then = changed(new, made), changed(held, was)
    return f"""{held}.delivery IS NULL OR CASE
        WHEN :is_full = 'True' AND {made} > {was} THEN TRUE
        WHEN {held}.is_full AND {was} > {made} THEN FALSE
        WHEN CAST({now} AS DATE) <> CAST({then} AS DATE) THEN CAST({now} AS DATE) > CAST({then} AS DATE)
        ELSE NOT ({made} < {was} AND ({now} < {then}
            OR ({held}.DateDeleted IS NOT NULL AND {new}.DateDeleted IS NULL))) END"""
