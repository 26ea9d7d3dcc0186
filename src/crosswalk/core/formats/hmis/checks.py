"""What only shows when the files of an export are laid side by side: owners, repeats, conditions, stays.

Runs in the column engine on the Parquet that reading left behind. Rows that fail are named by their number; a table
is written anew only when rows must leave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.hmis.conditions import Condition
from crosswalk.core.formats.hmis.findings import Findings
from crosswalk.core.formats.hmis.layout import Column, Layout, Table
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
_STAY = (
    'FROM "Enrollment" e LEFT JOIN "Exit" x USING (EnrollmentID)'
    ' LEFT JOIN "Client" c ON c.PersonalID = e.PersonalID'
)

#: Findings about stays: table, code, column, and a query for the rows concerned.
_STAYS = (
    ("Exit", "exit_before_entry", "ExitDate", f"SELECT x.row {_STAY} WHERE x.ExitDate < e.EntryDate"),
    (
        "Enrollment",
        "move_in_outside_stay",
        "MoveInDate",
        f"SELECT e.row {_STAY} WHERE e.MoveInDate < e.EntryDate OR e.MoveInDate > x.ExitDate",
    ),
    ("Enrollment", "entry_before_birth", "EntryDate", f"SELECT e.row {_STAY} WHERE e.EntryDate < c.DOB"),
    (
        "Enrollment",
        "household_in_two_projects",
        "HouseholdID",
        'SELECT row FROM "Enrollment" SEMI JOIN (SELECT HouseholdID FROM "Enrollment" GROUP BY HouseholdID'
        " HAVING count(DISTINCT ProjectID) > 1) USING (HouseholdID)",
    ),
    (
        "Enrollment",
        "household_heads",
        "RelationshipToHoH",
        'SELECT min(row) AS row FROM "Enrollment" WHERE HouseholdID IS NOT NULL GROUP BY ProjectID, HouseholdID'
        " HAVING count(*) FILTER (RelationshipToHoH = 1) <> 1",
    ),
)


@dataclass
class CrossCheck:
    """One delivery under check. `read` maps each table to its Parquet; checked tables end up in `into`.

    `held` gives Parquet files that may also hold a parent (what is known from earlier deliveries of `source`), so
    that an update of changed rows only is not taken for a heap of orphans.
    """

    engine: DuckEngine
    layout: Layout
    read: Mapping[str, Path]
    into: Path
    export_id: str
    source: str
    findings: Findings
    held: Mapping[str, Path] = field(default_factory=dict)

    def run(self, counts: Mapping[str, Counts]) -> None:
        """Check every table, write findings, settle the counts."""
        tables = [self.layout.tables[name] for name in ORDER if name in self.read]
        self.engine.sql('CREATE OR REPLACE TEMP TABLE rejected ("table" VARCHAR, key VARCHAR)')
        for table in tables:
            if counts[table.name].accepted:
                self._rows_that_leave(table)
                self._settle(table, counts[table.name])
            else:
                self.read[table.name].rename(self.into / f"{table.name}.parquet")
                self.engine.register(table.name, self.into / f"{table.name}.parquet")
        for table in tables:
            if counts[table.name].accepted:
                self._conditions(table)
        self.engine.write_parquet("FROM rejected", self.into / "checked_rejected")
        if {"Enrollment", "Exit", "Client"} <= set(self.read):
            for name, code, column, query in _STAYS:
                self._say(self.layout.tables[name], column, query, remark(code))

    def _say(self, table: Table, column: str, query: str, said: tuple[str, str, str, str]) -> None:
        found = self.engine.connection.execute(query)
        while rows := found.fetchmany(_BATCH):
            self.findings.add(table.file, (row for (row,) in rows), column, said)

    def _number(self, query: str, **values: str) -> int:
        return int(self.engine.fetch(query, values)[0][0])

    # --- owners and repeats ------------------------------------------------------------------------

    def _rows_that_leave(self, table: Table) -> None:
        """Fill the engine's table `leaving` with the rows that cannot stay: (row, why, place)."""
        self.engine.register("reading", self.read[table.name])
        self.engine.sql("CREATE OR REPLACE TEMP TABLE leaving (row INTEGER, why VARCHAR, place VARCHAR)")
        if table.name == "Export":
            self._other_exports()
            return
        owned = [one for one in table.columns if one.foreign_key and one.foreign_key[0] in self.read]
        for column in sorted(owned, key=lambda one: one.orphan != "reject"):
            self._owner(table, column)
        if table.name != "Enrollment" and "Enrollment" in self.read and "EnrollmentID" in table.by_canonical:
            self.engine.sql(
                "INSERT INTO leaving SELECT t.row, 'other_persons_enrollment', 'EnrollmentID'"
                ' FROM reading t JOIN "Enrollment" e USING (EnrollmentID) WHERE t.PersonalID <> e.PersonalID'
            )
        self._repeats(table)

    def _owner(self, table: Table, column: Column) -> None:
        parent, key = column.foreign_key or ("", "")
        if parent == "Export":
            n = self._number("SELECT count(*) FROM reading WHERE ExportID <> :id", id=self.export_id)
            if n:
                self.findings.add(table.file, [0], column.name, remark("export_id", n=n))
            return
        known = f'SELECT "{key}" AS parent_key FROM "{parent}"'
        if parent in self.held:
            self.engine.register("held", self.held[parent])
            known += f' UNION ALL SELECT "{key}" FROM held WHERE source = :source'
        orphans = f'FROM reading ANTI JOIN ({known}) ON "{column.becomes}" = parent_key'
        orphans += f' ANTI JOIN leaving USING (row) WHERE "{column.becomes}" IS NOT NULL'
        self.engine.sql(
            f"CREATE OR REPLACE TEMP TABLE lonely AS SELECT reading.row {orphans}", {"source": self.source}
        )
        if column.orphan == "reject":
            self.engine.sql(f"INSERT INTO leaving SELECT row, 'orphan', '{column.name}' FROM lonely")
        elif column.orphan == "keep":
            said = remark("orphan_kept", column=column.name, parent=parent)
            self._say(table, column.name, "SELECT row FROM lonely ORDER BY row", said)
        elif n := self._number("SELECT count(*) FROM lonely"):
            self.findings.add(table.file, [0], column.name, remark("unknown_user", n=n))

    def _repeats(self, table: Table) -> None:
        """Of several rows with one key the newest stays; the others are repeats, equal or not."""
        key = table.key
        self.engine.sql(
            f'CREATE OR REPLACE TEMP TABLE repeated AS SELECT "{key}" FROM reading ANTI JOIN leaving USING (row)'
            " GROUP BY ALL HAVING count(*) > 1"
        )
        if not self._number("SELECT count(*) FROM repeated"):
            return
        said = ", ".join(f'"{name}"' for name in table.by_canonical)
        self.engine.sql(
            f"""INSERT INTO leaving
            SELECT row, CASE WHEN said = kept THEN 'duplicate_row' ELSE 'duplicate_key' END, '{key}'
            FROM (
              SELECT row, hash({said}) AS said, first_value(hash({said})) OVER newest AS kept,
                     row_number() OVER newest AS place
              FROM reading ANTI JOIN leaving USING (row) SEMI JOIN repeated USING ("{key}")
              WINDOW newest AS (PARTITION BY "{key}" ORDER BY DateUpdated DESC NULLS LAST, row)
            ) WHERE place > 1"""
        )

    def _other_exports(self) -> None:
        """Keep the one row of Export.csv that this export is; the others are repeats of no consequence."""
        self.engine.sql(
            """INSERT INTO leaving SELECT row, 'duplicate_export', '' FROM (
              SELECT row, row_number() OVER (ORDER BY ExportID = :id DESC, ExportDate DESC NULLS LAST, row) AS place
              FROM reading) WHERE place > 1""",
            {"id": self.export_id},
        )

    def _settle(self, table: Table, counts: Counts) -> None:
        """Write what leaving rows are told, take them out of the table, and count them."""
        found = self.engine.fetch(
            "SELECT why, place, count(DISTINCT row) FROM leaving GROUP BY ALL ORDER BY ALL"
        )
        parents = {one.name: one.foreign_key[0] for one in table.columns if one.foreign_key}
        for why, column, _ in found:
            if why != "duplicate_export":
                said = remark(why, column=column, parent=parents.get(column, ""))
                query = f"SELECT row FROM leaving WHERE why = '{why}' AND place = '{column}' ORDER BY row"
                self._say(table, column, query, said)
        self.engine.sql(
            f"INSERT INTO rejected SELECT DISTINCT '{table.name}', \"{table.key}\""
            " FROM reading SEMI JOIN (FROM leaving WHERE why NOT LIKE 'duplicate%') USING (row)"
        )
        path = self.into / f"{table.name}.parquet"
        if found:
            self.engine.write_parquet(
                "SELECT * FROM reading ANTI JOIN leaving USING (row) ORDER BY row", path
            )
            self.read[table.name].unlink()
        else:
            self.read[table.name].rename(path)
        self.engine.register(table.name, path)
        counts.duplicate = sum(n for why, _, n in found if why.startswith("duplicate"))
        gone = self._number("SELECT count(DISTINCT row) FROM leaving")
        counts.rejected += gone - counts.duplicate
        counts.accepted -= gone

    # --- conditions --------------------------------------------------------------------------------

    def _conditions(self, table: Table) -> None:
        """Columns that belong only to some rows, must be filled in some, or draw their list from another column."""
        tests: list[tuple[Column, str, tuple[str, str, str, str]]] = []
        source = f'"{table.name}" t'
        for column in table.by_canonical.values():
            for code, text in (("only_if", column.only_if), ("required_if", column.required_if)):
                if not text:
                    continue
                condition = Condition(text)
                if any(self._place(table, name) is None for name in condition.columns):
                    continue
                true = condition.sql(lambda name: self._place(table, name) or "")
                test = f"IS NOT NULL AND NOT ({true})" if code == "only_if" else f"IS NULL AND ({true})"
                said = remark(code, column=column.name, condition=text)
                tests.append((column, f't."{column.becomes}" {test}', said))
                if any(name.startswith("Project.") for name in condition.columns):
                    source = self._with_project(table)
            tests += self._lists_by(table, column)
        if not tests:
            return
        counted = ", ".join(f"count(*) FILTER ({test})" for _, test, _ in tests)
        for n, (column, test, said) in zip(
            self.engine.fetch(f"SELECT {counted} FROM {source}")[0], tests, strict=True
        ):
            if n:
                self._say(table, column.name, f"SELECT t.row FROM {source} WHERE {test} ORDER BY ALL", said)

    def _place(self, table: Table, name: str) -> str | None:
        """The SQL of a column that a condition names, or None when it is not among the canonical columns."""
        owner, _, inner = name.rpartition(".")
        if owner == "Project":
            linked = "ProjectID" in table.by_canonical or "Enrollment" in self.read
            return f'p."{inner}"' if linked and "Project" in self.read else None
        column = table.by_name.get(inner.lower())
        return f't."{column.becomes}"' if column and column.becomes else None

    def _with_project(self, table: Table) -> str:
        if "ProjectID" in table.by_canonical:
            return f'"{table.name}" t LEFT JOIN "Project" p ON p.ProjectID = t.ProjectID'
        return (
            f'"{table.name}" t LEFT JOIN "Enrollment" e ON e.EnrollmentID = t.EnrollmentID'
            ' LEFT JOIN "Project" p ON p.ProjectID = e.ProjectID'
        )

    def _lists_by(self, table: Table, column: Column) -> list[tuple[Column, str, tuple[str, str, str, str]]]:
        choices = {code: name for code, name in column.list_by.items() if code}
        if not choices:
            return []
        by = self._place(table, column.list_by[""]) or ""
        named = ", ".join(code for code in choices if code != "*")
        found: list[tuple[Column, str, tuple[str, str, str, str]]] = []
        for code, name in choices.items():
            codes = ", ".join(sorted(self.layout.lists[name]))
            where = f"{by} NOT IN ({named})" if code == "*" else f"{by} = {code}"
            said = remark("not_in_list", list=name, version=f"FY{self.layout.version}")
            found.append((column, f'{where} AND t."{column.becomes}" NOT IN ({codes})', said))
        return found
