"""The plans' rosters: who is a member since when, as the plan's file says it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType

from crosswalk.core.records import EVENT_COLUMNS, MEMBER_COLUMNS
from crosswalk.core.simulation import names, network, noise
from crosswalk.core.simulation.care import Event
from crosswalk.core.simulation.chance import Chance, Odds
from crosswalk.core.simulation.people import COUNTY, Identity, Numbers, home, person

#: Two invented plans: short name and share of the county's members.
PLANS = ("sequoia", "valley_oak")
_PLAN = Odds({"sequoia": 0.58, "valley_oak": 0.42})
_SIZES = Odds({1: 0.42, 2: 0.17, 3: 0.15, 4: 0.14, 5: 0.08, 6: 0.04})
_CHILD_AID = Odds(
    {"M5": 0.62, "T2": 0.2, "M9": 0.05, "38": 0.08, "42": 0.006, "4A": 0.006, "03": 0.004, "20": 0.03}
)
_ADULT_AID = Odds({"M1": 0.62, "M3": 0.25, "60": 0.08, "20": 0.03, "4M": 0.004, "M7": 0.02})
_OLD_AID = Odds({"10": 0.4, "1H": 0.35, "60": 0.15, "17": 0.1})
_OLD_MEDICARE = Odds({"ffs": 0.5, "ma": 0.2, "dsnp_eae": 0.14, "dsnp_other": 0.05, "none": 0.08, "": 0.03})
_NPIS = tuple(network.npi(700 + n) for n in range(len(network.CLINICS)))


@dataclass(slots=True)
class Membership:
    """What a plan knows of a member besides the name: coverage (first day, last day or None), aid code, flags."""

    plan: str
    cin: str
    spans: list[tuple[date, date | None]]
    aid_code: str = "M1"
    share_of_cost: str = "none"
    medicare: str = "none"
    homeless: str = ""
    race: str | None = None
    guardian: str = ""
    former_cin: str = ""
    events: list[Event] = field(default_factory=list)


def membership(
    chance: Chance, who: Identity, numbers: Numbers, i: int, on: date, *, homeless: bool
) -> Membership:
    """An ordinary membership: an aid code and Medicare that fit the age, one stretch of coverage or two."""
    age = (on - who.dob).days // 365
    aid = (_CHILD_AID if age < 19 else _OLD_AID if age >= 65 else _ADULT_AID).draw(chance)
    started = max(who.dob, on - timedelta(days=chance.randrange(40, 2900))).replace(day=1)
    spans: list[tuple[date, date | None]] = [(started, None)]
    roll = chance.random()
    if roll < 0.05 and (on - started).days > 500:
        gap = started + timedelta(days=200)
        spans = [(started, gap.replace(day=28)), ((gap + timedelta(days=120)).replace(day=1), None)]
    elif roll < 0.08 and (on - started).days > 90:
        spans = [(started, on - timedelta(days=chance.randrange(1, 60)))]
    return Membership(
        plan=_PLAN.draw(chance),
        cin=numbers.cin(i),
        spans=spans,
        aid_code=aid,
        share_of_cost="other" if aid == "17" else "none",
        medicare=_OLD_MEDICARE.draw(chance)
        if age >= 65
        else "ffs"
        if aid == "20" and chance.often(0.4)
        else "none",
        homeless=("yes" if chance.often(0.35) else "") if homeless else ("no" if chance.often(0.9) else ""),
        guardian="Parent or guardian" if age < 18 else "",
    )


class PlanFiles:
    """The four files of two plans, written row by row as people are made up."""

    def __init__(self, out: Path, on: date) -> None:
        self.on = on
        self.members: dict[str, int] = dict.fromkeys(PLANS, 0)
        self.events: dict[str, int] = dict.fromkeys(PLANS, 0)
        self._open = []
        self._pens = {}
        for plan in PLANS:
            for kind, columns in (("members", MEMBER_COLUMNS), ("events", EVENT_COLUMNS)):
                handle = (out / f"{kind}_{plan}.csv").open(
                    "w", encoding="utf-8", newline="", buffering=1 << 20
                )
                self._open.append(handle)
                self._pens[kind, plan] = csv.writer(handle, lineterminator="\n")
                self._pens[kind, plan].writerow([column.name for column in columns])

    def __enter__(self) -> PlanFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in self._open:
            handle.close()

    def add(self, chance: Chance, who: Identity, has: Membership, *, clean: bool = False) -> str:
        """Write one member (a row for each span of coverage) and the member's events; what was done to the row."""
        first, last, ssn, born, done = noise.as_member(chance, who, clean=clean)
        pen = self._pens["members", has.plan]
        general = has.homeless == "yes" and not clean and chance.random() < 0.4
        clinic = chance.randrange(len(_NPIS))
        for since, until in has.spans:
            self.members[has.plan] += 1
            pen.writerow(
                (
                    has.plan, has.cin, f"{has.plan[:2].upper()}{has.cin[1:8]}", last, first, who.middle, who.suffix, "",
                    born, who.sex, ssn or "", who.language, who.race if has.race is None else has.race,
                    "GENERAL DELIVERY" if general else who.address, who.city, "CA", who.zip, COUNTY, who.phone, "",
                    since, until or "", has.aid_code, has.share_of_cost, has.medicare,
                    f"{self.on.year + 1}-{1 + int(has.cin[7]):02d}", has.homeless,
                    network.CLINICS[clinic], _NPIS[clinic], has.guardian, who.phone if has.guardian else "",
                )
            )  # fmt: skip
        self._write_events(has)
        return done

    def _write_events(self, has: Membership) -> None:
        pen = self._pens["events", has.plan]
        for event in has.events:
            self.events[has.plan] = n = self.events[has.plan] + 1
            pen.writerow(
                (
                    has.plan, has.cin, f"{has.plan[:2].upper()}-{n:08d}", event.kind, event.code, event.day,
                    event.until or "", event.value, event.by, "",
                )
            )  # fmt: skip


def neighbours(
    seed: int, numbers: Numbers, start: int, count: int, on: date
) -> Iterator[tuple[Chance, Identity]]:
    """Ordinary members in their households, `count` of them, whom the response system has never seen."""
    made = 0
    while made < count:
        chance = Chance(seed, "neighbours", start + made)
        for _ in range(2000):
            size = min(_SIZES.draw(chance), count - made)
            tradition = names.MEMBERS.draw(chance)
            where, shared = home(chance), None
            for nth in range(size):
                age = _age(chance, nth, size)
                one = person(
                    chance, numbers, start + made, key=f"M{start + made:08d}", on=on, age=age,
                    sex="F" if chance.random() < 0.53 else "M", tradition=tradition, where=where,
                    family=shared if nth and chance.random() < 0.9 else None,
                )  # fmt: skip
                shared = shared or (one.last, one.second_last)
                yield chance, one
                made += 1
            if made >= count:
                return


def _age(chance: Chance, nth: int, size: int) -> int:
    if nth == 0:
        return chance.randrange(19, 90) if size == 1 else chance.randrange(20, 62)
    if nth == 1 and size > 2:
        return chance.randrange(20, 62)
    return chance.randrange(0, 19) if chance.random() < 0.85 else chance.randrange(19, 75)
