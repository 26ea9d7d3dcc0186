"""What only shows within whole rows and across files: columns that belong to some rows only, and stays that cannot be.

Runs in the column engine on the settled tables. Conditions are data of the layout; one scan counts them all, and only
those that are broken somewhere are looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crosswalk.core.formats.hmis.conditions import Condition
from crosswalk.core.formats.hmis.layout import Column, Layout, Table
from crosswalk.core.formats.hmis.owners import ORDER, Owners
from crosswalk.core.formats.hmis.remarks import remark
from crosswalk.core.formats.hmis.table import Counts

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

#: Days on which something was, or happened: none of them can lie after the day on which the export was made.
_PAST = {
    "Client": ("DOB",),
    "Enrollment": ("EntryDate", "MoveInDate", "DateOfEngagement", "DateToStreetESSH"),
    "Exit": ("ExitDate",),
    "Services": ("DateProvided",),
    "CurrentLivingSituation": ("InformationDate",),
    "HealthAndDV": ("InformationDate",),
    "Disabilities": ("InformationDate",),
    "IncomeBenefits": ("InformationDate",),
    "Assessment": ("AssessmentDate",),
    "Event": ("EventDate",),
}


@dataclass
class CrossCheck:
    """One delivery, exported `on` a day, under check: owners and repeats first, then conditions and stays."""

    layout: Layout
    owners: Owners
    on: date

    def run(self, counts: Mapping[str, Counts]) -> None:
        """Settle every table, write findings, complete the counts."""
        owners = self.owners
        tables = [self.layout.tables[name] for name in ORDER if name in owners.read]
        for table in tables:
            owners.settle(table, counts[table.name])
        owners.engine.write_parquet("FROM rejected", owners.into / "checked_rejected")
        for table in tables:
            if counts[table.name].accepted:
                self._conditions(table)
                self._past(table)
        if {"Enrollment", "Exit", "Client"} <= set(owners.read):
            for name, code, column, query in _STAYS:
                owners.say(self.layout.tables[name], column, query, remark(code))

    def _past(self, table: Table) -> None:
        """Days of things that happened which lie after the day of the export."""
        for column in _PAST.get(table.name, ()):
            query = f"""SELECT row FROM "{table.name}" WHERE {column} > DATE '{self.on.isoformat()}'"""
            self.owners.say(table, column, query, remark("in_future", column=column))

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
            self.owners.engine.fetch(f"SELECT {counted} FROM {source}")[0], tests, strict=True
        ):
            if n:
                self.owners.say(
                    table, column.name, f"SELECT t.row FROM {source} WHERE {test} ORDER BY ALL", said
                )

    def _place(self, table: Table, name: str) -> str | None:
        """The SQL of a column that a condition names, or None when it is not among the canonical columns."""
        owner, _, inner = name.rpartition(".")
        if owner == "Project":
            linked = "ProjectID" in table.by_canonical or "Enrollment" in self.owners.read
            return f'p."{inner}"' if linked and "Project" in self.owners.read else None
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
