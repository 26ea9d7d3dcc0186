"""Makes up a county: its homeless response system, two plans, their members, and the truth about all of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.simulation import care, hmis_rows, journeys, names, network, noise, people, roster
from crosswalk.core.simulation.chance import Chance
from crosswalk.core.simulation.defects import Defects
from crosswalk.core.simulation.export import HmisExport
from crosswalk.core.simulation.hmis_rows import Registrar
from crosswalk.core.simulation.journeys import Client
from crosswalk.core.simulation.people import Identity, Numbers
from crosswalk.core.simulation.planting import plant
from crosswalk.core.simulation.roster import PlanFiles
from crosswalk.core.simulation.truth import Truth, truth_of_defects

#: Share of homeless people whom the plans' files hold (hmis.md 4.3: 78 to 83 %).
ENROLLED = 0.79
#: People who were given a second PersonalID by another desk, and members with a second CIN (record-linkage.md 2.1).
SECOND_RECORD, SECOND_CIN = 0.06, 0.003


@dataclass(frozen=True, slots=True)
class County:
    """What was made: people whom HMIS knows, their client records, rows by plan and by table, what was planted."""

    people: int
    client_records: int
    members: dict[str, int]
    events: dict[str, int]
    tables: dict[str, int]
    planted: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """The counts for a summary."""
        return asdict(self)


class Making:
    """The files that are open while a county is being made."""

    def __init__(self, seed: int, on: date, export: HmisExport, plans: PlanFiles, truth: Truth) -> None:
        self.seed, self.on = seed, on
        self.export, self.plans, self.truth = export, plans, truth
        self.numbers = Numbers(seed)
        self.registrar = Registrar()
        self.persons = self.clients = self.cins = 0
        self.records = 0

    def take_ids(self, count: int) -> tuple[str, ...]:
        """The next PersonalIDs."""
        self.clients += count
        return tuple(self.numbers.client(self.clients - 1 - n) for n in range(count))

    def take_cin(self) -> int:
        """The number of the next CIN."""
        self.cins += 1
        return self.cins - 1

    def write_client(
        self, chance: Chance, client: Client, *, clean: bool, told: dict[str, str] | None = None
    ) -> None:
        """The Client rows of a person, one for each PersonalID, and who that is."""
        for personal in client.ids:
            stranger = self.numbers.ssn(max(0, self.persons - 2 - chance.randrange(40)))
            row, done = noise.as_client(chance, client.who, clean=clean, stranger_ssn=stranger)
            self.export.add([hmis_rows.client(client, {"PersonalID": personal} | row | (told or {}))])
            source = f"hmis:{self.export.implementation}"
            self.truth.who(client.who.key, source, personal, client.case, "told otherwise" if told else done)
            self.records += 1

    def write_member(
        self, chance: Chance, who: Identity, has: roster.Membership, case: str, *, clean: bool
    ) -> None:
        """The roster rows of a person and who that is."""
        done = self.plans.add(chance, who, has, clean=clean)
        self.truth.who(who.key, f"plan:{has.plan}", has.cin, case, done)


def make_county(
    out: Path,
    *,
    layout: Path,
    people_wanted: int,
    members_wanted: int,
    seed: int,
    on: date,
    defects: bool = False,
) -> County:
    """Write hmis.zip, two member files, two event files, the truth and a README into `out` (an empty folder).

    `layout` is the HMIS layout whose columns are written (policy/layouts/hmis/2026.csv). The same arguments give
    the same bytes. Memory does not grow with the county.
    """
    mistakes = Defects(seed) if defects else None
    with (
        HmisExport(out / ".rows", layout, seed=seed, on=on, defects=mistakes) as export,
        PlanFiles(out, on) as plans,
        Truth(out) as truth,
    ):
        export.add(network.rows())
        making = Making(seed, on, export, plans, truth)
        planted = plant(making, people_wanted)
        _clients(making, people_wanted - planted.in_hmis)
        _neighbours(making, members_wanted - sum(plans.members.values()))
        export.pack(out / "hmis.zip")
    if mistakes:
        truth_of_defects(out, mistakes.rows())
    (out / "README.txt").write_text(_readme(people_wanted, seed, on, mistakes), encoding="utf-8")
    return County(people_wanted, making.records, plans.members, plans.events, export.rows, planted.as_dict())


def _clients(making: Making, wanted: int) -> None:
    made = nth = 0
    while made < wanted:
        chance = Chance(making.seed, "household", nth)
        nth += 1
        kind = people.HOUSEHOLDS.draw(chance)
        family = people.household(
            chance, making.numbers, making.persons, on=making.on, kind=kind, room=wanted - made
        )
        making.persons += len(family)
        made += len(family)
        _household(making, chance, kind, family)


def _household(making: Making, chance: Chance, kind: str, family: list[tuple[Identity, int]]) -> None:
    on = making.on
    insured = chance.often(ENROLLED)
    members: list[tuple[Client, int]] = []
    for who, relation in family:
        age = (on - who.dob).days // 365
        mine = insured if chance.often(0.93) else not insured
        client = Client(who, journeys.health(chance, age, who.sex, mine))
        client.ids = making.take_ids(2 if chance.often(SECOND_RECORD) else 1)
        if who.sex == "F" and age > 22 and chance.often(0.15):
            who.former_last = names.surname(chance, names.ANGLO)
        making.write_client(chance, client, clean=False)
        if mine:
            _enroll(making, chance, client, age)
        members.append((client, relation))
    takes = {"family": "families", "youth": "youth"}.get(kind, "anyone")
    for order, stay in enumerate(journeys.walk(chance, members, takes, on)):
        making.export.add(making.registrar.stay(stay, on, chance, order))


def _enroll(making: Making, chance: Chance, client: Client, age: int) -> None:
    who = client.who
    has = roster.membership(chance, who, making.numbers, making.take_cin(), making.on, homeless=True)
    has.events = care.of_client(chance, age, who.sex, client.health.conditions, making.on)
    making.write_member(chance, who, has, "", clean=False)
    if chance.often(SECOND_CIN):
        again = roster.membership(chance, who, making.numbers, making.take_cin(), making.on, homeless=True)
        making.write_member(chance, who, again, "", clean=False)


def _neighbours(making: Making, wanted: int) -> None:
    if wanted <= 0:
        return
    for chance, who in roster.neighbours(making.seed, making.numbers, making.persons, wanted, making.on):
        has = roster.membership(chance, who, making.numbers, making.take_cin(), making.on, homeless=False)
        has.events = care.of_member(chance, (making.on - who.dob).days // 365, who.sex, making.on)
        making.write_member(chance, who, has, "", clean=False)


def _readme(people_wanted: int, seed: int, on: date, mistakes: Defects | None) -> str:
    planted = len(mistakes.planted) if mistakes else 0
    return f"""An invented county
==================
Made by: crosswalk simulate county --people {people_wanted} --seed {seed} --on {on}
Nobody here is real. Names come from short lists, phone numbers are fictitious (555-01xx), Social Security numbers
lie in areas that were never given out before 2011. The county is written with the code of Tulare (54).

hmis.zip                HMIS CSV export, FY2026, unhashed; {planted} mistakes planted on purpose
members_<plan>.csv      members of a plan, layout canonical, one row a member and coverage span
events_<plan>.csv       what the plan knows happened to them, layout canonical
truth.csv               who is who: one row a source record (an HMIS PersonalID, or a CIN of a plan) with the key of
                        the person behind it; changed says what the noise channel did to the record
truth_eligibility.csv   planted answers: person, program, met | not_met | unknown, the fact to be asked about, why
truth_facts.csv         planted values of named measurements, with their window
truth_defects.csv       only with --defects: file, row (1 = first data row), column and kind of each mistake

People whose key begins with P belong to a planted story; H lives in a homeless household; M is an ordinary member.
"""
