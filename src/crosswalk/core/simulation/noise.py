"""What desks and forms do to a true identity: half a number, a nickname, a swapped day and month.

Rates: hmis.md 4.3 (step 5) and record-linkage.md 2.1.
"""

from __future__ import annotations

import string
from datetime import date

from crosswalk.core.simulation import names
from crosswalk.core.simulation.chance import Chance, Odds
from crosswalk.core.simulation.people import Identity

_SSN = Odds({"full": 78.0, "last four": 9.0, "none": 10.5, "digit": 1.7, "someone else's": 0.8})
_FIRST = Odds({"": 89.0, "nickname": 7.0, "typo": 2.2, "street name": 0.7, "middle": 0.6, "initial": 0.5})
_LAST = Odds({"": 95.0, "typo": 2.2, "spacing": 0.8, "former": 2.0})
_DOB = Odds({"": 95.8, "swap": 1.8, "year off": 1.0, "digit": 1.0, "january": 0.9, "missing": 0.4})
_SURNAMES = Odds({"first": 58.0, "both": 20.0, "hyphen": 11.0, "second": 8.0, "run together": 3.0})


def as_client(
    chance: Chance, who: Identity, *, clean: bool, stranger_ssn: str
) -> tuple[dict[str, object], str]:
    """The Client columns as an intake desk writes them, and what was done to them (empty: nothing).

    `clean` people are written down as they are. `stranger_ssn` is a number of somebody else.
    """
    if clean:
        return _written(who.first, who.middle, who.last, who, who.ssn, 1, who.dob, 1), ""
    done: list[str] = []
    first, middle = _first(chance, who, _FIRST.draw(chance), done)
    last = _surname(chance, who, done)
    if chance.often(0.01):
        first, last = last, first
        done.append("names swapped")
    ssn, ssn_quality = _number(chance, who, stranger_ssn, done)
    born, dob_quality = _birth(chance, who.dob, done)
    row = _written(first, middle if chance.often(0.6) else "", last, who, ssn, ssn_quality, born, dob_quality)
    if "street name" in done:
        row["NameDataQuality"] = 2
    return row, ", ".join(done)


def _written(
    first: str,
    middle: str,
    last: str,
    who: Identity,
    ssn: str | None,
    ssn_quality: int,
    born: date | None,
    dob_quality: int,
) -> dict[str, object]:
    return {
        "FirstName": first, "MiddleName": middle, "LastName": last, "NameSuffix": who.suffix,
        "NameDataQuality": 1, "SSN": ssn, "SSNDataQuality": ssn_quality, "DOB": born,
        "DOBDataQuality": dob_quality, "Sex": 0 if who.sex == "F" else 1,
    }  # fmt: skip


def _first(chance: Chance, who: Identity, kind: str, done: list[str]) -> tuple[str, str]:
    first = who.first
    if kind == "nickname" and first in names.SHORT:
        first = names.SHORT[first]
    elif kind == "typo":
        first = misspelled(chance, first)
    elif kind == "street name":
        first = chance.choice(names.STREET_NAMES)
    elif kind == "middle" and who.middle:
        first = who.middle
    elif kind == "initial":
        first = first[0]
    if first != who.first:
        done.append(kind)
    return first, who.middle


def _surname(chance: Chance, who: Identity, done: list[str]) -> str:
    last = who.last
    if who.second_last:
        form = _SURNAMES.draw(chance)
        last = {
            "first": who.last, "both": who.legal_last, "hyphen": f"{who.last}-{who.second_last}",
            "second": who.second_last, "run together": who.last + who.second_last.lower(),
        }[form]  # fmt: skip
        if form != "first":
            done.append(f"surnames: {form}")
    kind = _LAST.draw(chance)
    if kind == "typo":
        last = misspelled(chance, last)
    elif kind == "former" and who.former_last:
        last = who.former_last
    elif kind == "spacing":
        last = f"{last} {who.suffix}".strip() if who.suffix else last.replace("-", " ")
    else:
        return last
    if last != who.last:
        done.append(f"last name: {kind}")
    return last


def _number(chance: Chance, who: Identity, stranger: str, done: list[str]) -> tuple[str | None, int]:
    kind = _SSN.draw(chance)
    if kind != "full":
        done.append(f"ssn: {kind}")
    if kind == "last four":
        return f"xxxxx{who.ssn[5:]}", 2
    if kind == "none":
        return None, chance.choice((8, 9, 9, 99))
    if kind == "digit":
        return other_digit(chance, who.ssn), 1
    if kind == "someone else's":
        return stranger, 1
    return who.ssn, 1


def _birth(chance: Chance, born: date, done: list[str]) -> tuple[date | None, int]:
    kind = _DOB.draw(chance)
    told: date | None = born
    if kind == "swap" and born.day < born.month:
        told = born.replace(month=born.day, day=born.month)
    elif kind == "year off":
        told = born.replace(year=born.year - 1, day=min(born.day, 28))
    elif kind == "digit":
        told = born.replace(day=1 + (born.day + 9) % 28)
    elif kind == "january":
        told = date(born.year, 1, 1)
    elif kind == "missing":
        told = None
    if told != born:
        done.append(f"dob: {kind}")
    if told is None:
        return None, chance.choice((8, 9, 99))
    return told, 2 if kind == "january" else 1


def as_member(chance: Chance, who: Identity, *, clean: bool) -> tuple[str, str, str | None, date, str]:
    """First name, last name, SSN and birth date as the plan has them, and what was done to them."""
    if clean:
        return who.first, who.legal_last, who.ssn, who.dob, ""
    done = ""
    first, last, ssn, born = who.first, who.legal_last, who.ssn, who.dob
    roll = chance.random()
    if roll < 0.01:
        first = misspelled(chance, first) if roll < 0.008 else first[0]
        done = "plan first name: typo" if roll < 0.008 else "plan first name: initial"
    elif roll < 0.022:
        last = misspelled(chance, last)
        done = "plan last name: typo"
    elif roll < 0.028:
        born = born.replace(day=1 + (born.day + 9) % 28)
        done = "plan dob: digit"
    elif roll < 0.031:
        ssn = other_digit(chance, ssn)
        done = "plan ssn: digit"
    elif who.second_last and roll < 0.7:
        last = who.last
    if chance.random() < 0.07:
        return first, last, None, born, f"{done}, plan ssn: none".lstrip(", ")
    return first, last, ssn, born, done


def misspelled(chance: Chance, name: str) -> str:
    """One letter doubled, dropped, changed, or two of them swapped."""
    if len(name) < 4:
        return name + "e"
    at = chance.randrange(1, len(name) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return name[:at] + name[at] + name[at:]
    if kind == 1:
        return name[:at] + name[at + 1 :]
    if kind == 2:
        return name[:at] + chance.choice(string.ascii_lowercase) + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def other_digit(chance: Chance, number: str) -> str:
    """The number with one of its last six digits changed."""
    at = chance.randrange(3, 9)
    digit = str((int(number[at]) + chance.randrange(1, 9)) % 10)
    return number[:at] + digit + number[at + 1 :]
