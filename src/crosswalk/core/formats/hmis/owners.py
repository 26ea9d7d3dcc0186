"""Whose each row is: rows whose owner is missing, rows of one person in another's stay, and rows that repeat a key.

Each table is surveyed in one query; only where something is wrong are the rows looked up one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.hmis.findings import Findings
from crosswalk.core.formats.hmis.layout import Column, Table
from crosswalk.core.formats.hmis.remarks import remark
from crosswalk.core.formats.hmis.table import Counts

#: Parents before children, so that a row falls with its owner.
ORDER = (
    "Export",
    "User",
    "Organization",
    "Project",
    "Funder",
    "ProjectCoC",
    "Inventory",
    "Affiliation",
    "HMISParticipation",
    "CEParticipation",
    "Client",
    "Enrollment",
    "Exit",
    "IncomeBenefits",
    "HealthAndDV",
    "EmploymentEducation",
    "Disabilities",
    "Services",
    "CurrentLivingSituation",
    "Event",
    "YouthEducationStatus",
    "Assessment",
    "AssessmentQuestions",
    "AssessmentResults",
)

_BATCH = 100_000

#: A row of another person than the stay it names.
_OTHERS = '"o_EnrollmentID".PersonalID <> t.PersonalID'


@dataclass
class Owners:
    """The tables of one delivery, parents first: after `settle(table)` the engine knows the table by its name.

    `read` maps each table to its Parquet; settled tables lie in `into`. `held` gives Parquet files that may also hold
    a parent (what is known from earlier deliveries of `source`), so that an update of changed rows only is not taken
    for a heap of orphans.
    """

    engine: DuckEngine
    read: Mapping[str, Path]
    into: Path
    export_id: str
    source: str
    findings: Findings
    held: Mapping[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.engine.sql('CREATE OR REPLACE TEMP TABLE rejected ("table" VARCHAR, key VARCHAR)')

    def say(self, table: Table, column: str, query: str, said: tuple[str, str, str, str]) -> None:
        """One finding for each row that the query names."""
        found = self.engine.connection.execute(query)
        while rows := found.fetchmany(_BATCH):
            self.findings.add(table.file, (row for (row,) in rows), column, said)

    def settle(self, table: Table, counts: Counts) -> None:
        """Take out the rows that cannot stay, say why, and count them."""
        path = self.into / f"{table.name}.parquet"
        if counts.accepted:
            self.engine.register("reading", self.read[table.name])
        if counts.accepted and self._survey(table):
            self._tell(table, counts)
            self.engine.write_parquet(
                "SELECT * FROM reading ANTI JOIN leaving USING (row) ORDER BY row", path
            )
            self.read[table.name].unlink()
        else:
            self.read[table.name].rename(path)
        self.engine.register(table.name, path)
        self._known(table)

    def _known(self, table: Table) -> None:
        """The view owner_<T>: every row that may own others, of this export and of what is held."""
        keys = [f'"{table.key}"', *(["PersonalID"] if table.name == "Enrollment" else [])]
        known = f'SELECT {", ".join(keys)} FROM "{table.name}"'
        if table.name in self.held:
            self.engine.register(f"held_{table.name}", self.held[table.name])
            known += (
                f" UNION ALL SELECT {', '.join(keys)} FROM held_{table.name} h"
                f' WHERE source = :source AND h."{table.key}" NOT IN (SELECT "{table.key}" FROM "{table.name}")'
            )
        self.engine.sql(
            f'CREATE OR REPLACE TEMP VIEW "owner_{table.name}" AS {known}', {"source": self.source}
        )

    def _survey(self, table: Table) -> bool:
        """Whether rows of the table must leave; they are then in the engine's table `leaving` (row, why, place)."""
        if table.name == "Export":
            return self._other_exports(table)
        owned = [one for one in table.columns if one.foreign_key and one.foreign_key[0] in self.read]
        owned = [one for one in owned if one.orphan != "note"]
        in_stay = any(one.name == "EnrollmentID" for one in owned)
        # A row in a known stay of the same person has a known person: the stay was settled before.
        people = [one for one in owned if in_stay and one.name == "PersonalID"]
        surveyed = [one for one in owned if one not in people]
        counted = [f"count(*) FILTER ({_lonely(one)})" for one in surveyed]
        counted.append(f"count(*) FILTER ({_OTHERS})" if in_stay else "0")
        # Different hashes prove different keys, in a fraction of the memory; equal ones are looked at closely.
        counted.append(f'count(*) - count(DISTINCT hash(t."{table.key}"))')
        source = "reading t" + "".join(_joined(one) for one in surveyed)
        *lonely, others, repeated = map(
            int, self.engine.fetch(f"SELECT {', '.join(counted)} FROM {source}")[0]
        )
        if not (any(lonely) or others or repeated):
            return False
        self.engine.sql("CREATE OR REPLACE TEMP TABLE leaving (row INTEGER, why VARCHAR, place VARCHAR)")
        self.engine.sql("CREATE OR REPLACE TEMP TABLE doubtful (row INTEGER)")
        for column, n in [*((one, 1) for one in people), *zip(surveyed, lonely, strict=True)]:
            if n:
                self._orphans(table, column)
        if others:
            self.engine.sql(
                "INSERT INTO leaving SELECT t.row, 'other_persons_enrollment', 'EnrollmentID'"
                f' FROM reading t JOIN "owner_Enrollment" "o_EnrollmentID" USING (EnrollmentID) WHERE {_OTHERS}'
            )
        if repeated:
            self._repeats(table)
        return bool(self.engine.fetch("SELECT count(*) FROM leaving")[0][0])

    def _orphans(self, table: Table, column: Column) -> None:
        query = f"SELECT t.row FROM reading t{_joined(column)} WHERE {_lonely(column)}"
        if column.orphan == "reject":
            query += " AND t.row NOT IN (SELECT row FROM leaving)"
            self.engine.sql(f"INSERT INTO leaving SELECT row, 'orphan', '{column.name}' FROM ({query})")
        else:
            parent = column.foreign_key[0] if column.foreign_key else ""
            said = remark("orphan_kept", column=column.name, parent=parent)
            query += " AND t.row NOT IN (SELECT row FROM leaving)"
            self.say(table, column.name, f"{query} ORDER BY ALL", said)
            self.engine.sql(f"INSERT INTO doubtful {query}")

    def _repeats(self, table: Table) -> None:
        """Of several rows with one key one stays: the best attached, then the newest, then the first."""
        key = table.key
        said = ", ".join(f'"{name}"' for name in table.by_canonical)
        self.engine.sql(
            f"""INSERT INTO leaving
            WITH staying AS (FROM reading ANTI JOIN leaving USING (row)),
            several AS (SELECT "{key}" FROM staying GROUP BY ALL HAVING count(*) > 1)
            SELECT row, CASE WHEN said = kept THEN 'duplicate_row' ELSE 'duplicate_key' END, '{key}'
            FROM (
              SELECT row, hash({said}) AS said, first_value(hash({said})) OVER best AS kept,
                     row_number() OVER best AS place
              FROM staying SEMI JOIN several USING ("{key}")
              WINDOW best AS (
                PARTITION BY "{key}"
                ORDER BY row IN (SELECT row FROM doubtful), DateUpdated DESC NULLS LAST, row)
            ) WHERE place > 1"""
        )

    def _other_exports(self, table: Table) -> bool:
        """Keep the one row of Export.csv that this export is; the others are repeats of no consequence."""
        self.engine.sql(
            f"""CREATE OR REPLACE TEMP TABLE leaving AS
            SELECT row, 'duplicate_export' AS why, '{table.key}' AS place FROM (
              SELECT row, row_number() OVER (ORDER BY ExportID = :id DESC, ExportDate DESC NULLS LAST, row) AS place
              FROM reading) WHERE place > 1""",
            {"id": self.export_id},
        )
        return bool(self.engine.fetch("SELECT count(*) FROM leaving")[0][0])

    def _tell(self, table: Table, counts: Counts) -> None:
        parents = {one.name: one.foreign_key[0] for one in table.columns if one.foreign_key}
        found = self.engine.fetch(
            "SELECT why, place, count(DISTINCT row) FROM leaving GROUP BY ALL ORDER BY ALL"
        )
        for why, column, _ in found:
            if why != "duplicate_export":
                said = remark(why, column=column, parent=parents.get(column, ""))
                query = f"SELECT row FROM leaving WHERE why = '{why}' AND place = '{column}' ORDER BY row"
                self.say(table, column, query, said)
        self.engine.sql(
            f"INSERT INTO rejected SELECT DISTINCT '{table.name}', \"{table.key}\""
            " FROM reading SEMI JOIN (FROM leaving WHERE why NOT LIKE 'duplicate%') USING (row)"
        )
        gone = int(self.engine.fetch("SELECT count(DISTINCT row) FROM leaving")[0][0])
        counts.duplicate = sum(n for why, _, n in found if why.startswith("duplicate"))
        counts.rejected += gone - counts.duplicate
        counts.accepted -= gone


def _joined(column: Column) -> str:
    parent, key = column.foreign_key or ("", "")
    return (
        f' LEFT JOIN "owner_{parent}" "o_{column.name}" ON "o_{column.name}"."{key}" = t."{column.becomes}"'
    )


def _lonely(column: Column) -> str:
    key = column.foreign_key[1] if column.foreign_key else ""
    return f't."{column.becomes}" IS NOT NULL AND "o_{column.name}"."{key}" IS NULL'
