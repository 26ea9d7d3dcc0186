"""The asset map as plain values: which services reach which ZIP code, where there are gaps, and what changed between
two days. No table is read here; everything is made from the receivers of a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crosswalk.core.records.network import Receiver


@dataclass(frozen=True)
class Cell:
    """How many services reach a place, how many places they have left as far as that was told."""

    services: int
    free: int

    @property
    def is_gap(self) -> bool:
        """Nobody comes here."""
        return self.services == 0


@dataclass(frozen=True)
class Grid:
    """Programs down, ZIP codes across. `towns`: ZIP → town, as the sites there say it."""

    zips: tuple[str, ...]
    towns: Mapping[str, str]
    rows: Mapping[str, Mapping[str, Cell]]
    whole: Mapping[str, Cell]

    @property
    def gaps(self) -> dict[str, list[str]]:
        """Program → the ZIP codes that none of its services reaches; only programs that have such a gap."""
        found = {code: [zip for zip in self.zips if row[zip].is_gap] for code, row in self.rows.items()}
        return {code: zips for code, zips in found.items() if zips}


@dataclass(frozen=True)
class Change:
    """One thing that differs between two days: `new`, `gone`, `wider`, `narrower`, `contract`, `contract_ended`."""

    kind: str
    service: Receiver
    day: date | None = None
    said: tuple[str, ...] = ()
    """ZIP codes or counties added or given up; the plan of a contract."""


def reaching(found: Iterable[Receiver], county: str, zip: str = "") -> list[Receiver]:
    """The services that serve people in a county, or in one part of it."""
    return [one for one in found if one.reaches(county, zip)]


def grid(found: Sequence[Receiver], county: str, programs: Iterable[str] = ()) -> Grid:
    """What reaches which ZIP code of a county. ZIP codes are those that the network itself names there.

    `programs`: rows that must be there even where no service of theirs is.
    """
    towns: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        for zip in one.reach.get(county, ()):
            towns[zip].update(())
        for spot in one.spots:
            if spot.county == county and spot.zip:
                towns[spot.zip][spot.city] += 1
    zips = tuple(sorted(towns))
    by_program: dict[str, list[Receiver]] = {code: [] for code in programs}
    for one in found:
        if county in one.reach:
            by_program.setdefault(one.program, []).append(one)
    return Grid(
        zips=zips,
        towns={zip: (names.most_common(1)[0][0] if names else "") for zip, names in towns.items()},
        rows={
            code: {zip: cell(reaching(some, county, zip)) for zip in zips}
            for code, some in by_program.items()
        },
        whole={code: cell(some) for code, some in by_program.items()},
    )


def cell(found: Sequence[Receiver]) -> Cell:
    """Services counted, and the places that they said are left."""
    return Cell(len(found), sum(one.room.free for one in found if one.room))


def difference(before: Sequence[Receiver], after: Sequence[Receiver]) -> list[Change]:
    """What differs between the network of two days: services first, then how far they reach, then contracts."""
    old, new = ({one.service_id: one for one in some} for some in (before, after))
    changes = [Change("new", one, one.starts) for key, one in new.items() if key not in old]
    changes += [Change("gone", one, one.ends) for key, one in old.items() if key not in new]
    for key in old.keys() & new.keys():
        changes += _reach_changes(old[key], new[key])
        changes += _contract_changes(old[key], new[key])
    order = ("new", "gone", "wider", "narrower", "contract", "contract_ended")
    return sorted(
        changes,
        key=lambda one: (
            order.index(one.kind),
            one.day or date.max,
            one.service.organization,
            one.service.name,
        ),
    )


def _reach_changes(old: Receiver, new: Receiver) -> list[Change]:
    wider = _beyond(new, old)
    narrower = _beyond(old, new)
    return [Change(kind, new, said=said) for kind, said in (("wider", wider), ("narrower", narrower)) if said]


def _beyond(one: Receiver, other: Receiver) -> tuple[str, ...]:
    """The counties and ZIP codes that one reaches and the other does not."""
    found = []
    for county, zips in one.reach.items():
        if county not in other.reach or (not zips and other.reach[county]):
            found.append(county)
        elif other.reach[county]:
            found += sorted(set(zips) - set(other.reach[county]))
    return tuple(found)


def _contract_changes(old: Receiver, new: Receiver) -> list[Change]:
    then = {(one.plan, one.county): one for one in old.terms}
    now = {(one.plan, one.county): one for one in new.terms}
    begun = [Change("contract", new, one.starts, key) for key, one in now.items() if key not in then]
    ended = [Change("contract_ended", new, one.ends, key) for key, one in then.items() if key not in now]
    return begun + ended
