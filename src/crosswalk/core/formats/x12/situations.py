"""What a claim must have in its situation: a diagnosis, a number to replace, a day, a diagnosis for each pointer."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from crosswalk.core.formats.x12.records import Claim, Dated, PaidClaim
from crosswalk.core.policy.folder import shipped_folder

REPLACES = ("7", "8")


class Remark(NamedTuple):
    """One thing about a claim: level and code, the place, what it stops, the words, the line (from 1)."""

    level: str
    code: str
    segment: str
    element: str
    stops: str
    sentence: str
    fix: str
    line: int = 0
    value: str = ""


def _remark(code: str, place: str, sentence: str, fix: str, *, line: int = 0, stops: str = "claim") -> Remark:
    segment, _, element = place.partition(" ")
    return Remark("situation", code, segment, element, stops, sentence, fix, line)


def of_claim(claim: Claim) -> Iterator[Remark]:
    """The situational rules of a claim that this field meets, and the codes that depend on the day of service."""
    professional = claim.facility_list != "A"
    if not claim.diagnoses and professional and not any(kept.elements[:1] == ("HI",) for kept in claim.kept):
        yield _remark(
            "diagnosis_missing", "HI", "The claim has no diagnosis.",
            "Add at least one ICD-10-CM code, without its dot; a Z code such as homelessness is one.",
        )  # fmt: skip
    if claim.frequency in REPLACES and not claim.payer_claim:
        yield _remark(
            "replaced_claim_missing", "REF", "A replacement or void does not name the claim that it changes.",
            "Add the payer's claim number from the remittance (REF*F8).",
        )  # fmt: skip
    if claim.charge is not None and claim.charge < 0:
        yield _remark(
            "negative_charge", "CLM 2", "The claim charges less than nothing.", "Void the claim instead."
        )
    if not claim.lines:
        yield _remark(
            "no_lines", "CLM", "The claim has no service line.", "Add the services that are billed."
        )
    known = len(claim.diagnoses)
    for number, line in enumerate(claim.lines, 1):
        if known and not _points(line.pointers, known):
            yield _remark(
                "pointer_without_diagnosis", "SV1 7", "A line points to a diagnosis that the claim does not have.",
                "Point to a position in the claim's list of diagnoses.", line=number,
            )  # fmt: skip
        last = line.last_day
        if last is not None and line.first_day is not None and last < line.first_day:
            yield _remark("days_reversed", "DTP 3", "The service ends before it begins.", "Turn the two days round.",
                          line=number)  # fmt: skip
        quantity = line.quantity
        if quantity is not None and quantity <= 0 and professional:
            yield _remark("no_units", "SV1 4", "A line has no units.", "Bill at least one unit.", line=number)
    yield from _codes(claim)


@lru_cache(1000)
def _points(pointers: tuple[str, ...], known: int) -> bool:
    """Whether each pointer names one of so many diagnoses."""
    return all(p.isdigit() and 1 <= int(p[:4]) <= known for p in pointers if p)


def _codes(claim: Claim) -> Iterator[Remark]:
    """Places and diagnoses against the lists of the day of service. Unknown codes are remarked, never refused."""
    days = [line.first_day for line in claim.lines if line.first_day is not None]
    on = min(days) if days else None
    if claim.facility_list != "A" and claim.place and not known_place(claim.place, on):
        yield Remark(
            "codes", "place_unknown", "CLM", "5:1", "nothing",
            "The place of service is not in the list of the day of service.",
            "Check the two digits; a new or local code may be right.", 0, claim.place,
        )  # fmt: skip
    splits = diagnoses_split()
    for _, code, _ in claim.diagnoses:
        split = splits.get(code)
        if split is not None and on is not None and on >= split[0]:
            yield Remark(
                "codes", "diagnosis_not_precise", "HI", "", "",
                "A diagnosis code has been replaced by more precise ones on the day of service.",
                f"Use one of {split[1]} (the day of the change is unverified).",
            )  # fmt: skip


def of_paid_claim(claim: PaidClaim) -> Iterator[Remark]:
    """What a remitted claim must say in its situation."""
    if claim.status == "22" and claim.paid is not None and claim.paid > 0:
        yield _remark(
            "reversal_positive", "CLP 4", "A reversal pays money instead of taking it back.",
            "Ask the payer: the signs of a reversal are turned.", stops="nothing",
        )  # fmt: skip
    if claim.status == "4" and claim.paid:
        yield _remark("denied_but_paid", "CLP 2", "The claim is marked denied, yet something was paid.",
                      "Ask the payer which of the two is right.", stops="nothing")  # fmt: skip


def days_of(claim: Claim | PaidClaim, kind: str) -> Dated | None:
    """The first date of a kind."""
    return next((dated for dated in claim.dates if dated.kind == kind), None)


@lru_cache(4000)
def known_place(code: str, on: date | None) -> bool:
    """Whether a place of service code was in the list on a day (on any day, when the day is not known)."""
    told = places().get(code)
    if told is None:
        return False
    start, end = told
    return on is None or ((start is None or start <= on) and (end is None or on < end))


@cache
def places() -> Mapping[str, tuple[date | None, date | None]]:
    """Place of service codes with the days between which they hold."""
    return {row["code"]: (_day(row["from"]), _day(row["until"])) for row in _rows("places.csv")}


@cache
def diagnoses_split() -> Mapping[str, tuple[date, str]]:
    """ICD-10-CM codes that stopped being precise enough: from which day, and what to use instead."""
    return {
        row["code"]: (date.fromisoformat(row["until"]), row["instead"])
        for row in _rows("diagnoses_split.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (shipped_folder() / "codes" / "x12" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
