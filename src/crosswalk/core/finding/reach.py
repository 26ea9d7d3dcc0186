"""How far help reaches: likely eligible against served, as an interval, with what cannot be known said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.finding.programs import Decision

METHOD = (
    "Low end: everybody whose answer is still open is counted as eligible. High end: none of them is. "
    "People who are served count as eligible. People in HMIS who are not linked to a member are open."
)


@dataclass(frozen=True)
class Reach:
    """One benefit (or any of a group): people served, likely eligible for sure, and open, and the interval.

    `low` and `high` are the shares reached, 0 to 1; None where nobody is eligible.
    """

    benefit: str
    name: str
    among: str
    served: int
    eligible: int
    open: int

    @property
    def low(self) -> float | None:
        """The share reached if every open answer turned out to be yes."""
        return self.served / (self.eligible + self.open) if self.eligible + self.open else None

    @property
    def high(self) -> float | None:
        """The share reached if every open answer turned out to be no."""
        return self.served / self.eligible if self.eligible else None

    def as_dict(self) -> dict[str, Any]:
        """The shape in the summary."""
        return {**asdict(self), "low": _rounded(self.low), "high": _rounded(self.high), "method": METHOD}


@dataclass(frozen=True)
class Funnel:
    """People of the homeless response system on their way to help; each count is part of the one before."""

    hmis: int
    linked: int
    to_decide: int
    """HMIS people who are not linked but have a pair that waits for a person's answer."""
    covered: int
    eligible: int
    in_hand: dict[str, int]
    """Of the eligible: `served`, `approved`, `requested` with one of these programs, or `nothing`."""
    members_elsewhere: int
    """Likely eligible members whom HMIS does not know."""

    @property
    def match_rate(self) -> tuple[float, float] | None:
        """Share of HMIS people linked to a member: as it is, and if every open pair were the same person."""
        if not self.hmis:
            return None
        return self.linked / self.hmis, (self.linked + self.to_decide) / self.hmis

    def as_dict(self) -> dict[str, Any]:
        """The shape in the summary."""
        rate = self.match_rate
        return {**asdict(self), "match_rate": [_rounded(one) for one in rate] if rate else None}


def measure_reach(engine: DuckEngine, programs: Sequence[Decision]) -> list[Reach]:
    """The reach of ECM, of any Community Support and of each benefit, among everybody and in HMIS.

    Needs the tables that a sweep leaves behind, and `person_source`.
    """
    benefits = sorted({program.benefit for program in programs})
    supports = tuple(one for one in benefits if one.startswith("cs."))
    groups: list[tuple[str, str, tuple[str, ...]]] = []
    if "ecm" in benefits:
        groups.append(("ecm", "Enhanced Care Management", ("ecm",)))
    if supports:
        groups.append(("cs", "Any Community Support", supports))
    for program in programs:
        if program.benefit != "ecm":
            groups.append((program.benefit, program.program.name, (program.benefit,)))
    counts = ", ".join(_counts(programs, among) for _, _, among in groups)
    rows = engine.fetch(f"""
        SELECT coalesce(s.hmis, FALSE), {counts}
        FROM pattern_keys AS k LEFT JOIN ({_SIDES}) AS s USING (person_id) GROUP BY ALL""")
    found = []
    for among, wanted in (("everybody", (True, False)), ("people in HMIS", (True,))):
        sums = [sum(row[1 + at] for row in rows if row[0] in wanted) for at in range(3 * len(groups))]
        for at, (benefit, name, _) in enumerate(groups):
            served, eligible, open_ = sums[3 * at : 3 * at + 3]
            found.append(Reach(benefit, name, among, int(served), int(eligible), int(open_)))
    return found


_SIDES = """
SELECT person_id, bool_or(source LIKE 'hmis:%') AS hmis, bool_or(source LIKE 'plan:%') AS plan
FROM person_source GROUP BY person_id"""


def _counts(programs: Sequence[Decision], benefits: tuple[str, ...]) -> str:
    at = [index for index, program in enumerate(programs) if program.benefit in benefits]
    met = " OR ".join(f"a{index} IS TRUE" for index in at)
    open_ = " OR ".join(f"a{index} IS NULL" for index in at)
    served = " OR ".join(f"h{index} = 1" for index in at)
    return (
        f"count(*) FILTER ({served}), count(*) FILTER (({served}) OR ({met})), "
        f"count(*) FILTER (NOT ({served}) AND NOT ({met}) AND ({open_}))"
    )


def measure_funnel(engine: DuckEngine, programs: Sequence[Decision], to_decide: int) -> Funnel:
    """The funnel of HMIS people, for ECM and Community Supports (the community health worker benefit, open to
    nearly everybody, is left out). `to_decide`: unlinked HMIS people with a pair that a person must answer."""
    every = [index for index, program in enumerate(programs) if program.program.kind != "benefit"]
    eligible = " OR ".join(f"a{index} IS TRUE" for index in every) or "FALSE"
    states = ", ".join(f"CASE WHEN a{index} AND h{index} > 0 THEN h{index} END" for index in every) or "NULL"
    rows = engine.fetch(f"""
        SELECT s.hmis, s.plan, coalesce(f.mcp_enrolled, FALSE), ({eligible}), least({states}), count(*)
        FROM pattern_keys AS k
        JOIN ({_SIDES}) AS s USING (person_id) JOIN fact_table AS f USING (person_id)
        GROUP BY ALL""")
    hmis = [row for row in rows if row[0]]
    chosen = [row for row in hmis if row[1] and row[2] and row[3]]
    in_hand = {"served": 1, "approved": 2, "requested": 3, "nothing": None}
    return Funnel(
        hmis=sum(row[5] for row in hmis),
        linked=sum(row[5] for row in hmis if row[1]),
        to_decide=to_decide,
        covered=sum(row[5] for row in hmis if row[1] and row[2]),
        eligible=sum(row[5] for row in chosen),
        in_hand={name: sum(row[5] for row in chosen if row[4] == state) for name, state in in_hand.items()},
        members_elsewhere=sum(row[5] for row in rows if not row[0] and row[3]),
    )


def count_to_decide(engine: DuckEngine, links: str) -> int:
    """HMIS people without a member among their records, but with a pair marked `ask`; `links` is a view."""
    rows = engine.fetch(f"""
        WITH sides AS ({_SIDES})
        SELECT count(DISTINCT p.person_id)
        FROM {links} AS l
        JOIN person_source AS p ON p.source = l.left_source AND p.source_id = l.left_id
        JOIN sides AS s ON s.person_id = p.person_id
        WHERE l.decision = 'ask' AND s.hmis AND NOT s.plan AND l.right_source LIKE 'plan:%'""")
    return int(rows[0][0])


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
