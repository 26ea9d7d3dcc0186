"""Who the invented people truly are: names, birth dates, numbers and the households they live in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from crosswalk.core.simulation import names
from crosswalk.core.simulation.chance import Chance, Odds, Scattered
from crosswalk.core.simulation.names import Tradition, words

#: An invented county written with the code of Tulare (54); its towns are invented too.
COUNTY = "54"
TOWNS = (
    ("Alder Grove", "93291"), ("Cotton Flat", "93274"), ("Rio Manso", "93257"), ("Sierra Gate", "93286"),
    ("Orange Bend", "93247"), ("Kaweah Ford", "93277"), ("Dry Creek", "93221"), ("Mill Slough", "93230"),
)  # fmt: skip
STREETS = words(
    """
    Almond Olive Plum Citrus Mooney Houston Walnut Ash Center Acequia Willis Encina Cedar Laspina
    """
)
KINDS = ("St", "Ave", "Ct", "Dr", "Way")
AREA_CODES = words(
    """
    209 213 279 310 323 341 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714
    """
)

#: SSN areas that were never given out before numbers were drawn at random (June 2011), and pass validation.
_SSN_AREAS = (*range(734, 750), *range(773, 900))
_CIN_LETTERS = "ACDEFGHJKLMNPRSTUVWX"


@dataclass(slots=True)
class Identity:
    """What is true of one person, before any form is filled in."""

    key: str
    first: str
    middle: str
    last: str
    second_last: str
    suffix: str
    dob: date
    sex: str
    ssn: str
    race: str
    language: str
    address: str
    city: str
    zip: str
    phone: str
    former_last: str = ""

    @property
    def legal_last(self) -> str:
        """The surname on the card: both surnames where the family keeps both."""
        return f"{self.last} {self.second_last}" if self.second_last else self.last


@dataclass(slots=True)
class Home:
    """Where a household gets its mail, and the phone it answers."""

    address: str
    city: str
    zip: str
    phone: str


@dataclass(slots=True)
class Numbers:
    """Identifiers of one county: every one is given out once."""

    seed: int
    _ssn: Scattered = field(init=False)
    _cin: Scattered = field(init=False)
    _client: Scattered = field(init=False)

    def __post_init__(self) -> None:
        self._ssn = Scattered(self.seed, "ssn", len(_SSN_AREAS) * 99 * 4999)
        self._cin = Scattered(self.seed, "cin", 10_000_000)
        self._client = Scattered(self.seed, "client", 9_000_000)

    def ssn(self, i: int, neighbour: int = 0) -> str:
        """A nine-digit number nobody else has; `neighbour` 1 is the next serial, as twins often have."""
        area, rest = divmod(self._ssn[i], 99 * 4999)
        group, serial = divmod(rest, 4999)
        return f"{_SSN_AREAS[area]:03d}{group + 1:02d}{serial * 2 + 1 + neighbour:04d}"

    def cin(self, i: int) -> str:
        """A Client Index Number: 9, seven digits, a letter."""
        letter, number = divmod(i, self._cin.size)
        return f"9{self._cin[number]:07d}{_CIN_LETTERS[letter]}"

    def client(self, i: int) -> str:
        """A PersonalID as an HMIS gives them out."""
        return str(1_000_000 + self._client[i])


def home(chance: Chance) -> Home:
    """An address and a fictitious phone number (555-01xx)."""
    street = chance.choice(STREETS)
    city, zip_code = chance.choice(TOWNS)
    return Home(
        f"{chance.randrange(100, 9900)} {chance.choice('NSEW')} {street} {chance.choice(KINDS)}",
        city,
        zip_code,
        f"{chance.choice(AREA_CODES)}55501{chance.randrange(100):02d}",
    )


def birth_date(chance: Chance, on: date, age: int) -> date:
    """A birth date that makes the person `age` whole years old on the day, never within a week of a birthday."""
    return date(on.year - age, on.month, 15) - timedelta(days=25 + chance.randrange(300))


def person(
    chance: Chance,
    numbers: Numbers,
    i: int,
    *,
    key: str,
    on: date,
    age: int,
    sex: str,
    tradition: Tradition,
    where: Home,
    family: tuple[str, str] | None = None,
) -> Identity:
    """One true identity. `family` is the surnames (first, second) shared with the household."""
    last, second = family or (names.surname(chance, tradition), "")
    if tradition.two_surnames and not second and chance.often(0.55):
        second = names.surname(chance, tradition)
    first = names.given_name(chance, tradition, sex)
    middle = names.given_name(chance, tradition, sex) if chance.often(0.55) else ""
    return Identity(
        key=key,
        first=first,
        middle="" if middle == first else middle,
        last=last,
        second_last=second if tradition.two_surnames else "",
        suffix="",
        dob=birth_date(chance, on, age),
        sex=sex,
        ssn=numbers.ssn(i),
        race=tradition.race.draw(chance),
        language=tradition.languages.draw(chance),
        address=where.address,
        city=where.city,
        zip=where.zip,
        phone=where.phone,
    )


#: Sizes of homeless households by kind (hmis.md 4.3: 71 to 88 % of one person).
HOUSEHOLDS = Odds({"single": 0.76, "couple": 0.05, "family": 0.15, "youth": 0.04})


def household(
    chance: Chance, numbers: Numbers, start: int, *, on: date, kind: str, room: int
) -> list[tuple[Identity, int]]:
    """People who are homeless together, with RelationshipToHoH (1 self, 2 child, 3 partner); at most `room`."""
    tradition = names.CLIENTS.draw(chance)
    where = home(chance)
    ages = _ages(chance, kind)[:room]
    people: list[tuple[Identity, int]] = []
    for n, (age, relation) in enumerate(ages):
        sex = (
            "F"
            if chance.often(0.62 if kind == "family" and relation == 1 else 0.36 + 0.14 * (relation != 1))
            else "M"
        )
        shared = None
        if relation == 2 and people:
            head = people[0][0]
            shared = (head.last, head.second_last)
        one = person(
            chance, numbers, start + n, key=f"H{start + n:07d}", on=on, age=age, sex=sex,
            tradition=tradition, where=where, family=shared,
        )  # fmt: skip
        people.append((one, relation))
    _twins(chance, numbers, start, people)
    _junior(chance, people)
    return people


def _ages(chance: Chance, kind: str) -> list[tuple[int, int]]:
    if kind == "youth":
        return [(chance.randrange(18, 25), 1)]
    if kind == "family":
        head = min(max(round(chance.gauss(32, 8)), 18), 60)
        partner = [(min(max(head + chance.randrange(-6, 7), 18), 65), 3)] if chance.often(0.3) else []
        youngest = min(17, max(0, head - 17))
        children = [(chance.randrange(0, youngest + 1), 2) for _ in range(1 + chance.count(0.9))]
        return [(head, 1), *partner, *children[:5]]
    head = min(max(round(chance.gauss(45, 13)), 18), 84)
    if kind == "couple":
        return [(head, 1), (min(max(head + chance.randrange(-8, 9), 18), 84), 3)]
    return [(head, 1)]


def _twins(chance: Chance, numbers: Numbers, start: int, people: list[tuple[Identity, int]]) -> None:
    children = [n for n, (_, relation) in enumerate(people) if relation == 2]
    if len(children) > 1 and chance.often(0.04):
        older, younger = children[0], children[1]
        people[younger][0].dob = people[older][0].dob
        people[younger][0].ssn = numbers.ssn(start + older, neighbour=1)


def _junior(chance: Chance, people: list[tuple[Identity, int]]) -> None:
    head = people[0][0]
    for child, relation in people[1:]:
        if relation == 2 and child.sex == "M" and head.sex == "M" and chance.often(0.15):
            child.first, child.suffix = head.first, "Jr"
            return
