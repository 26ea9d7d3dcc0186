"""What the plans know happened: visits, stays, diagnoses, programs, releases, authorizations, outreach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crosswalk.core.simulation import network
from crosswalk.core.simulation.chance import Chance, Odds


@dataclass(frozen=True, slots=True)
class Event:
    """One row of events.csv; `until` is the last day, inclusive, or None."""

    kind: str
    code: str
    day: date
    until: date | None = None
    value: str = ""
    by: str = ""


#: ICD-10-CM codes by condition, as they come up in claims.
CODES = {
    5: ("M54.50", "S72.001D", "G82.20", "M17.11"),
    6: ("F70", "F84.0", "Q90.9"),
    7: ("E11.65", "E11.9", "I10", "J44.9", "I50.9", "N18.30", "J45.909", "B18.2", "E66.9"),
    8: ("B20",),
    9: ("F20.9", "F33.1", "F31.9", "F43.10", "F41.1", "F25.0"),
    10: ("F11.20", "F10.20", "F15.20", "F14.20", "F19.20"),
}
_EVERYDAY = Odds(
    {
        "I10": 14, "E11.9": 9, "E78.5": 8, "J45.909": 6, "E66.9": 6, "F41.1": 5, "F32.A": 4, "M54.50": 6, "J06.9": 9,
        "K21.9": 4, "N39.0": 3, "R07.9": 3, "F11.20": 0.6, "F10.20": 0.9, "F15.20": 0.8, "F20.9": 0.5, "F31.9": 0.7,
        "J44.9": 1.2, "I50.9": 0.8, "N18.30": 0.8, "C50.919": 0.3, "B20": 0.1, "G40.909": 0.5, "Z59.41": 0.8,
    }
)  # fmt: skip
_CHILDHOOD = Odds(
    {
        "J06.9": 30,
        "J45.909": 10,
        "H66.90": 14,
        "F90.9": 3,
        "L20.9": 5,
        "F84.0": 1.2,
        "Q21.0": 0.3,
        "F43.10": 0.6,
    }
)
_KNOWN = Odds({"avoidable": 52, "": 33, "not_avoidable": 15})
_PLANNED = Odds({"unplanned": 66, "": 20, "planned": 14})
_SERVICES = Odds(
    {
        "htns": 34,
        "htss": 16,
        "hd": 9,
        "mtm": 14,
        "recup": 7,
        "dayhab": 4,
        "asthma": 3,
        "pchs": 5,
        "trent": 3,
        "stphh": 3,
    }
)


def of_member(chance: Chance, age: int, sex: str, on: date) -> list[Event]:
    """Two years of an ordinary member's care: mostly nothing or a visit or two."""
    found: list[Event] = []
    roll = chance.random()
    visits = 0 if roll < 0.68 else 1 if roll < 0.86 else 2 if roll < 0.94 else 3 + chance.count(1.2)
    if roll > 0.996:
        visits = chance.randrange(8, 28)
    for _ in range(visits):
        found.append(_visit(chance, on))
    if chance.random() < 0.55:
        found.append(_diagnosis(chance, (_CHILDHOOD if age < 18 else _EVERYDAY).draw(chance), on))
        if age > 40 and chance.random() < 0.6:
            found.append(_diagnosis(chance, _EVERYDAY.draw(chance), on))
    if chance.random() < (0.03 if age < 45 else 0.09):
        found.extend(_stay(chance, on))
    _rare(chance, age, sex, on, found)
    return found


def _rare(chance: Chance, age: int, sex: str, on: date, found: list[Event]) -> None:
    """Things that happen to a few in a hundred, drawn with one roll so that most members cost nothing."""
    roll = chance.random()
    if roll > 0.16:
        return
    since = on - timedelta(days=chance.randrange(20, 900))
    if roll < 0.018:
        found.append(Event("program", "smhs", since))
    elif roll < 0.024:
        found.append(Event("program", chance.choice(("dmc_ods", "dmc", "fsp")), since))
    elif roll < 0.030:
        found.append(Event("program", "regional_center", since))
    elif roll < 0.045 and sex == "F" and 15 <= age <= 44:
        ended = since + timedelta(days=chance.randrange(60, 270))
        found.append(Event("pregnancy", "", since, ended if ended <= on else None))
    elif roll < 0.055 and age < 21:
        found.append(Event("program", "ccs", since))
    elif roll < 0.062 and age < 21:
        kind = chance.choice(("placement", "placement", "family_maintenance", "adoption_assistance"))
        ended = since + timedelta(days=chance.randrange(90, 700))
        found.append(Event("foster_care", kind, since, ended if ended < on else None, "CA"))
    elif roll < 0.075 and age >= 60:
        found.append(
            Event("program", chance.choice(("ihss", "ihss", "ihss", "cbas", "hospice", "waiver_mssp")), since)
        )
    elif roll < 0.080 and age >= 60:
        found.append(Event("level_of_care", chance.choice(("nf_resident", "snf", "lower_acuity")), since))
    elif roll < 0.086 and 18 <= age < 60:
        found.append(Event("custody_release", "jail", on - timedelta(days=chance.randrange(10, 700))))
    elif roll < 0.104:
        found.extend(_served(chance, on))
    elif roll < 0.107:
        found.append(Event("program", "ccm", since))
    elif roll < 0.116:
        found.append(Event("attestation", "food_insecure", since, value=chance.choice(("yes", "no", "no"))))


def of_client(chance: Chance, age: int, sex: str, conditions: dict[int, int], on: date) -> list[Event]:
    """Two years of care of somebody who has been homeless: more visits, stays and diagnoses than others."""
    found: list[Event] = []
    often = chance.random()
    mean = 1.2 if often < 0.55 else 4.0 if often < 0.93 else 16.0
    for _ in range(chance.count(mean if age >= 18 else 0.7)):
        found.append(_visit(chance, on))
        if 10 in conditions and chance.often(0.4):
            found.append(Event("diagnosis", chance.choice(CODES[10]), found[-1].day))
    for kind in conditions:
        if chance.often(0.7):
            found.append(_diagnosis(chance, chance.choice(CODES[kind]), on))
    if chance.often(0.25):
        found.append(_diagnosis(chance, chance.choice(("Z59.00", "Z59.01", "Z59.02", "Z59.811")), on))
    for _ in range(chance.count(0.35 if age >= 18 else 0.05)):
        found.extend(_stay(chance, on))
    if 9 in conditions and chance.often(0.3):
        found.append(Event("program", "smhs", on - timedelta(days=chance.randrange(30, 800))))
    if 10 in conditions and chance.often(0.2):
        found.append(Event("program", "dmc_ods", on - timedelta(days=chance.randrange(30, 800))))
    if age >= 18 and chance.often(0.1):
        found.append(Event("custody_release", "jail", on - timedelta(days=chance.randrange(10, 700))))
    if sex == "F" and 15 <= age <= 44 and chance.often(0.06):
        since = on - timedelta(days=chance.randrange(30, 600))
        ended = since + timedelta(days=chance.randrange(60, 270))
        found.append(Event("pregnancy", "", since, ended if ended <= on else None))
    if age < 18 and chance.often(0.06):
        found.append(
            Event("foster_care", "placement", on - timedelta(days=400), on - timedelta(days=90), "CA")
        )
    if chance.often(0.16 if conditions else 0.04):
        found.extend(_served(chance, on))
    if age >= 18 and chance.often(0.5):
        found.extend(_answers(chance, on))
    return found


def _answers(chance: Chance, on: date) -> list[Event]:
    """What a care team that met the person wrote down; seldom everything."""
    day = on - timedelta(days=chance.randrange(5, 330))
    return [
        Event("attestation", name, day, value="yes" if chance.often(0.85) else "no", by="Care team")
        for name, share in (
            ("cannot_self_manage", 0.8),
            ("coordination_would_help", 0.85),
            ("food_insecure", 0.4),
            ("primary_care_is_emergency", 0.2),
        )
        if chance.often(share)
    ]


def _visit(chance: Chance, on: date) -> Event:
    day = on - timedelta(days=chance.randrange(1, 730))
    return Event("ed_visit", chance.choice(network.HOSPITALS), day, value=_KNOWN.draw(chance))


def _diagnosis(chance: Chance, code: str, on: date) -> Event:
    return Event("diagnosis", code, on - timedelta(days=chance.randrange(3, 700)))


def _stay(chance: Chance, on: date) -> list[Event]:
    hospital = chance.choice(network.HOSPITALS)
    came = on - timedelta(days=chance.randrange(8, 730))
    left = came + timedelta(days=chance.days(4, 0.8))
    kind = _PLANNED.draw(chance)
    found = [Event("inpatient_stay", hospital, came, left if left < on else None, kind)]
    if kind == "unplanned" and chance.often(0.7):
        found.append(Event("ed_visit", hospital, came, value="not_avoidable" if chance.often(0.4) else ""))
    if chance.often(0.06) and left < on:
        found.append(
            Event("snf_stay", "Orange Bend Care Center", left, min(on, left + timedelta(days=21)), "short")
        )
    return found


def _served(chance: Chance, on: date) -> list[Event]:
    """Somebody who has, had or asked for ECM or a Community Support."""
    code = "ecm" if chance.often(0.5) else f"cs.{_SERVICES.draw(chance)}"
    asked = on - timedelta(days=chance.randrange(3, 500))
    ended = asked + timedelta(days=365 if code == "ecm" else 180)
    roll = chance.random()
    if roll < 0.12:
        return [Event("authorization", code, asked, value="requested")]
    if roll < 0.18:
        return [Event("authorization", code, asked, value="denied")]
    over = ended < on
    found = _need(chance, on) if code == "ecm" and not over else []
    found.append(Event("authorization", code, asked, ended, "ended" if over else "approved"))
    start = asked + timedelta(days=chance.randrange(3, 30))
    found.append(
        Event("outreach", "phone", asked + timedelta(days=2), value=chance.choice(("reached", "not_reached")))
    )
    if chance.often(0.8) and start < on:
        found.append(
            Event("enrollment", code, start, ended if over else None, "Crossroads Housing Partnership")
        )
    return found


def _need(chance: Chance, on: date) -> list[Event]:
    """Why somebody got ECM: many emergency visits, or an illness of mind or use that the streets made worse."""
    if chance.often(0.5):
        visits = (_visit(chance, on) for _ in range(6))
        return [
            Event(one.kind, one.code, on - timedelta(days=chance.randrange(2, 175)), value="avoidable")
            for one in visits
        ]
    day = on - timedelta(days=chance.randrange(20, 300))
    return [
        Event("program", "smhs", day - timedelta(days=90)),
        Event("diagnosis", chance.choice(CODES[9]), day),
        Event("attestation", "food_insecure", day, value="yes", by="Care team"),
        Event("attestation", "primary_care_is_emergency", day, value="yes", by="Care team"),
    ]
