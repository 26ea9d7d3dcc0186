"""Random questions, answers, requests, payments and acknowledgements, written and read, are the same records."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from crosswalk.core.formats.x12 import records as told
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.writing import write

clean = some.from_regex(r"[A-Z0-9][A-Z0-9 .,'/-]{0,12}[A-Z0-9]", fullmatch=True)
word = some.from_regex(r"[A-Z0-9]{1,6}", fullmatch=True)
maybe = some.one_of(some.just(""), word)
money = some.decimals(-99999, 99999, places=2) | some.integers(0, 9999).map(Decimal)
maybe_money = some.none() | money
day = some.dates(date(1930, 1, 1), date(2030, 12, 31))
few = {"max_size": 3}


def tuples(one: some.SearchStrategy[Any], least: int = 0, most: int = 3) -> some.SearchStrategy[Any]:
    return some.lists(one, min_size=least, max_size=most).map(tuple)


def dated(*kinds: str, spans: bool = True) -> some.SearchStrategy[Any]:
    last = some.none() | day if spans else some.none()
    return tuples(some.builds(told.Dated, some.sampled_from(kinds), day, last))


def names(*roles: str) -> some.SearchStrategy[told.Party]:
    """A party in a role, as a name and a number."""
    return some.builds(
        told.Party, some.sampled_from(roles), some.sampled_from("12"), clean, maybe, maybe, some.just(""),
        some.just(""), word, word,
    )  # fmt: skip


def ended(*parts: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
    """The elements of a segment as received, without empty ones at its end (a writer leaves those out)."""
    return some.tuples(*parts, word)


reference = some.tuples(some.sampled_from(["1K", "BLT", "D9"]), word)
valued = some.builds(told.Valued, word, money)
codes = tuples(some.tuples(word, word), 1, 3)
status = some.builds(
    told.Status, codes, some.just("20261101"), maybe, maybe_money, maybe_money,
    some.just(("", "", "", "")) | some.tuples(maybe, maybe, maybe, word), some.one_of(some.just(""), clean),
)  # fmt: skip
item = some.builds(
    told.StatusItem, some.tuples(word, word), money, maybe_money, maybe, maybe_money, tuples(status, 1, 2),
    tuples(some.tuples(some.just("FJ"), word)), dated("472"),
)  # fmt: skip
#: With a trace, as every guide asks before a status: a number without one belongs to the name before it.
level = some.builds(
    told.StatusLevel, word, word, some.sampled_from(["20", "21", "19", "22", "PT"]), some.sampled_from("01"),
    some.just(False), names("PR", "41", "85", "QC"), ended(word), tuples(status), tuples(reference),
    tuples(valued), tuples(valued), dated("472", "050"), tuples(item, 0, 2),
)  # fmt: skip
service = some.builds(
    told.AuthorizedService,
    some.sampled_from(["SV1", "SV2"]),
    ended(word, word),
    some.just(()) | ended(word, word),
)
diagnoses = some.lists(some.tuples(some.sampled_from(["BK", "BF"]), word), max_size=4).map(
    lambda found: tuple(told.Diagnosis(kind, code, not at) for at, (kind, code) in enumerate(found))
)
of_authorization: dict[str, some.SearchStrategy[Any]] = {
    "level": word, "parent": word, "children": some.sampled_from("01"), "traces": tuples(ended(word, word), 0, 2),
    "request": some.just(()) | ended(word, word, maybe), "decision": some.just(()) | ended(word),
    "dates": dated("AAH", "472"),
    "diagnoses": diagnoses, "service": some.none() | service, "notes": tuples(clean, 0, 2),
}  # fmt: skip
#: A number after a name belongs to that name, so only levels without one have numbers of their own.
authorization = some.one_of(
    some.builds(
        told.Authorization, kind=some.sampled_from(["20", "21", "22", "23"]), party=names("X3", "1P", "IL"),
        **of_authorization,
    ),
    some.builds(
        told.Authorization, kind=some.sampled_from(["EV", "SS"]), parties=tuples(names("SJ", "FA"), 0, 2),
        references=tuples(some.tuples(some.sampled_from(["BB", "NT"]), clean)),
        **of_authorization,
    ),
)  # fmt: skip
premium = some.builds(
    told.PremiumLine, ended(word, word), some.none() | names("IL", "QE"), word, word, maybe, money, maybe_money,
    tuples(some.tuples(some.sampled_from(["18", "ZZ"]), clean)), dated("582"),
    tuples(some.tuples(word, money), 0, 2),
)  # fmt: skip
element_note = some.builds(told.ElementNote, word, maybe, word, some.one_of(some.just(""), clean))
segment_note = some.builds(
    told.SegmentNote, word, word, maybe, word, tuples(ended(word), 0, 1), tuples(element_note, 0, 2)
)
set_answer = some.builds(
    told.SetAnswer,
    word,
    word,
    maybe,
    some.sampled_from("AERMWX"),
    tuples(word, 0, 5),
    tuples(segment_note, 0, 2),
)
group_answer = some.builds(
    told.GroupAnswer, word, word, maybe, some.sampled_from("AEPR"), word, word, word, tuples(word, 0, 5),
    tuples(set_answer), some.sampled_from(["999", "997"]), some.just("0001"),
)  # fmt: skip
interchange_answer = some.builds(
    told.InterchangeAnswer, some.just("000000007"), some.just("261101"), some.just("1200"), some.sampled_from("AER"),
    some.sampled_from(["000", "001", "025"]),
)  # fmt: skip


def again(records: list[Any]) -> list[Any]:
    """Records written into an envelope and read back; the envelope must agree with itself."""
    file = io.BytesIO()
    group = told.Group("HN", "HUB", "PLAN", "20261101", "1200", "1", "X", "005010")
    first = told.Interchange("ZZ", "HUB", "ZZ", "PLAN", "261101", "1200", "000000001")
    write(
        [first, group, *records, told.SetEnd("", ""), told.GroupEnd("", ""), told.InterchangeEnd("", "")],
        file,
    )
    reading = Reading(io.BytesIO(file.getvalue()))
    found = list(reading)
    assert not reading.uneven
    return found[2:-3]


@pytest.mark.parametrize("code", ["276", "277"])
@settings(max_examples=20, deadline=None)
@given(levels=some.lists(level, max_size=3), kind=some.sampled_from(["", "DG", "TH"]))
def test_claim_status_and_claim_acknowledgements_come_back(
    code: str, levels: list[told.StatusLevel], kind: str
) -> None:
    head = told.StatusBatch(code, "0001", "005010X214", "0085", "08", "R1", "20261101", "1200", kind)
    assert again([head, *levels]) == [head, *levels]


@settings(max_examples=20, deadline=None)
@given(some.lists(authorization, max_size=3), some.sampled_from(["13", "11"]))
def test_authorization_requests_and_decisions_come_back(
    levels: list[told.Authorization], purpose: str
) -> None:
    head = told.Review("0001", "005010X217", "0007", purpose, "R1", "20261101", "1200", "RU")
    assert again([head, *levels]) == [head, *levels]


@settings(max_examples=20, deadline=None)
@given(some.lists(premium, max_size=3), money, some.none() | day)
def test_premium_payments_come_back(
    lines: list[told.PremiumLine], total: Decimal, paid_on: date | None
) -> None:
    bank = ("",) * 11
    head = told.PremiumPayment("0001", "005010X218", "I", total, "C", "ACH", bank, paid_on, ("3", "T1"))
    assert again([head, *lines]) == [head, *lines]


@settings(max_examples=30, deadline=None)
@given(group_answer)
def test_acknowledgements_come_back(answer: told.GroupAnswer) -> None:
    assert again([answer]) == [answer]


@settings(max_examples=20, deadline=None)
@given(some.lists(interchange_answer, max_size=3))
def test_answers_to_interchanges_come_back(answers: list[told.InterchangeAnswer]) -> None:
    file = io.BytesIO()
    first = told.Interchange("ZZ", "HUB", "ZZ", "PLAN", "261101", "1200", "000000001")
    write([first, *answers, told.InterchangeEnd("0", "")], file)
    assert list(Reading(io.BytesIO(file.getvalue())))[1:-1] == answers
