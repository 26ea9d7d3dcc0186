"""Which plan offers which Community Support in which county, from when until when: plans elect, sites write it down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from crosswalk.core.basics import Period, Refused
from crosswalk.core.policy.folder import Policy

_TABLE = "services/elections"


@dataclass(frozen=True, slots=True)
class Election:
    """One plan offers one service in one county for a period."""

    plan: str
    county: str
    program: str
    period: Period
    source: str
    confidence: str


@dataclass(frozen=True)
class Elections:
    """All of them. A plan and county of which nothing is written is not known, which is no “no”."""

    rows: tuple[Election, ...]

    def offered(self, plan: str, program: str, county: str, on: date) -> bool | None:
        """Whether a plan offers a service in a county on a day; None where nothing is told of that plan there."""
        if not self.tells(plan, county):
            return None
        return self.election(plan, program, county, on) is not None

    def tells(self, plan: str, county: str) -> bool:
        """Whether anything is written of a plan in a county, for any day."""
        return any(one.plan == plan and one.county == county for one in self.rows)

    def election(self, plan: str, program: str, county: str, on: date) -> Election | None:
        """The row that says so, with its source."""
        key = (plan, program, county)
        return next(
            (one for one in self.rows if (one.plan, one.program, one.county) == key and on in one.period),
            None,
        )


def elections(policy: Policy) -> Elections:
    """The elections of a policy folder. Raises Refused, with both places, where two rows speak of the same days,
    where one ends before it begins, or where a service is not one that plans elect."""
    rows, by_key = [], defaultdict(list)
    for row in policy.table(_TABLE).rows:
        program = policy.programs.get(row.cells["program"])
        if program is None or not program.elective:
            raise Refused(
                f"“{row.cells['program']}” is no service that plans elect.",
                fix="Write a code such as cs.htns.",
                place=row.place,
            )
        by_key[row.key].append(row)
        rows.append(
            Election(
                row.cells["plan"], row.cells["county"], row.cells["program"], row.period, row.cells["source"],
                row.cells["confidence"] or "verified",
            )
        )  # fmt: skip
    for same in by_key.values():
        for one, other in combinations(same, 2):
            if one.period.overlaps(other.period):
                raise Refused(
                    f"The same election is in force twice on the same days ({one.period}, and {other.period};"
                    f" the other stands at {one.place}).",
                    fix="Let the earlier one end (until) on the day on which the later begins.",
                    place=other.place,
                )
    return Elections(tuple(rows))
