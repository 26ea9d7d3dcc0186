"""The words in which a planted story is told: people, their stays, what happened, and the answer that must come out.

Days are written from the day of the county: "25d" ago, "13m", "4y", "-20d" ahead.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a plan's file."""

    kind: str
    code: str
    since: str
    until: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact in HMIS: a living situation code on a day; `leaves` within 14 days, `nothing_next` to go to."""

    day: str
    code: int
    leaves: int | None = None
    nothing_next: bool = False


@dataclass(frozen=True, slots=True)
class Stayed:
    """One stay of the household in a project of a kind (network.TYPES); empty `left` is still open."""

    kind: str
    entered: str
    left: str = ""
    prior: int = 116
    length: int = 2
    before_street: bool = False
    since: str = ""
    times: int = 1
    months: int = 101
    moved_in: str = ""
    destination: int = 30
    seen: tuple[Contact, ...] = ()
    nights: tuple[str, ...] = ()
    listed: bool | None = None
    referred: int | None = None
    days_to_loss: int | None = None
    takes: str = "anyone"


@dataclass(frozen=True, slots=True)
class Answer:
    """What must come out for a program: met, not_met or unknown; `asks` names the fact to be asked about."""

    program: str
    answer: str
    why: str
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Someone:
    """One person of a story. `plan` False: not in any member file. `told` False: not in HMIS."""

    age: int
    sex: str = "M"
    relation: int = 1
    name: tuple[str, str] = ("", "")
    second_last: str = ""
    race: str | None = None
    events: tuple[Happened, ...] = ()
    answers: tuple[Answer, ...] = ()
    facts: tuple[tuple[str, str, object], ...] = ()
    conditions: tuple[int, ...] = ()
    disabling: int | None = None
    fleeing: int | None = None
    pregnant: bool = False
    former_foster: int | None = None
    income: str = ""
    plan: bool = True
    told: bool = True
    aid_code: str = ""
    share_of_cost: str = "none"
    medicare: str = "none"
    covered: tuple[str, str] = ("26m", "")
    homeless: str = ""
    as_client: tuple[tuple[str, str], ...] = ()
    last_four_only: bool = False
    records: int = 1
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A planted story: its key, one sentence, the people and their stays together."""

    key: str
    story: str
    people: tuple[Someone, ...]
    stays: tuple[Stayed, ...] = ()
    twins: bool = False

    @property
    def in_hmis(self) -> int:
        """How many of the people the response system knows."""
        return sum(one.told for one in self.people) if self.stays else 0


def met(program: str, why: str) -> Answer:
    """Planted to qualify."""
    return Answer(program, "met", why)


def not_met(program: str, why: str) -> Answer:
    """Planted not to qualify."""
    return Answer(program, "not_met", why)


def unknown(program: str, asks: str, why: str) -> Answer:
    """Planted so that one named question decides."""
    return Answer(program, "unknown", why, asks)


def visit(day: str, known: str = "avoidable") -> Happened:
    """An emergency visit."""
    return Happened("ed_visit", "Rio Manso General", day, value=known)


def inpatient(came: str, left: str, known: str = "unplanned") -> Happened:
    """A hospital stay."""
    return Happened("inpatient_stay", "Rio Manso General", came, left, known)


def snf(came: str, left: str, known: str = "short") -> Happened:
    """A nursing facility stay."""
    return Happened("snf_stay", "Orange Bend Care Center", came, left, known)


def diagnosis(code: str, day: str = "60d") -> Happened:
    """A diagnosis in a claim."""
    return Happened("diagnosis", code, day)


def program(code: str, since: str = "14m") -> Happened:
    """A program held, still open."""
    return Happened("program", code, since)


def attests(fact: str, value: str = "yes", day: str = "20d") -> Happened:
    """Somebody said so."""
    return Happened("attestation", fact, day, value=value)


def approved(code: str, since: str = "30d", until: str = "-150d") -> Happened:
    """An authorization that holds now."""
    return Happened("authorization", code, since, until, "approved")


def enrolled(code: str, since: str, until: str = "") -> Happened:
    """A service that is (or was) given."""
    return Happened("enrollment", code, since, until, "Crossroads Housing Partnership")
