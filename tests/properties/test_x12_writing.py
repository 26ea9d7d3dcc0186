"""Random records, written and read, are the same records; data that holds a separating sign never shifts anything."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from crosswalk.core.basics import Refused
from crosswalk.core.formats.x12 import claim_parts, values
from crosswalk.core.formats.x12 import records as told
from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.writing import usual, write

SIGNS = Delimiters()
#: Clean text does not begin or end with a blank: some senders pad, and readers disagree about blanks.
clean = some.from_regex(r"[A-Z0-9][A-Z0-9 .,'/-]{0,12}[A-Z0-9]", fullmatch=True)
word = some.from_regex(r"[A-Z0-9]{1,6}", fullmatch=True)
maybe = some.one_of(some.just(""), clean)
money = some.decimals(-99999, 99999, places=2) | some.integers(0, 9999).map(Decimal)
day = some.dates(date(1930, 1, 1), date(2030, 12, 31))
dated = some.builds(told.Dated, some.sampled_from(["435", "096", "304"]), day, some.none() | day)
a_day = some.builds(told.Dated, some.sampled_from(["232", "233", "050"]), day, some.none())
pair = some.tuples(some.sampled_from(["D9", "9F", "P4"]), clean)
few = {"max_size": 3}
procedure = some.builds(
    told.Procedure,
    some.just("HC"),
    word,
    some.lists(word, max_size=4).map(tuple),
    some.one_of(some.just(""), clean),
)
adjustment = some.builds(
    told.Adjustment, some.sampled_from(["CO", "PR"]), word, money, some.none() | money, some.just(True)
)


def names(role: str) -> some.SearchStrategy[told.Party]:
    """A party of a role, with any of what may belong to it."""
    home = some.builds(told.Address, some.lists(clean, min_size=1, max_size=2).map(tuple), clean, word, word)
    return some.builds(
        told.Party,
        some.just(role),
        some.sampled_from("12"),
        clean,
        maybe,
        maybe,
        maybe,
        maybe,
        word,
        word,
        address=some.none() | home,
        references=some.lists(some.tuples(word, clean), **few).map(tuple),
    )


line = some.builds(
    told.ServiceLine,
    word,
    procedure,
    money,
    word,
    money,
    maybe,
    some.lists(word, min_size=1, max_size=4).map(tuple),
    day,
    some.none() | day,
    word,
    references=some.lists(pair, **few).map(tuple),
    authorizations=some.lists(word, max_size=2).map(tuple),
    dates=some.lists(dated, max_size=1).map(tuple),
    notes=some.lists(some.tuples(word, clean), max_size=1).map(tuple),
    parties=some.lists(names("DQ"), max_size=1).map(tuple),
)
plain_line = some.builds(
    told.ServiceLine,
    word,
    procedure,
    money,
    word,
    money,
    maybe,
    some.lists(word, min_size=1, max_size=4).map(tuple),
    day,
    some.none() | day,
    word,
)
provider = some.builds(
    told.BillingProvider, some.just("1"), names("85"), some.just(("BI", "PXC", "251B00000X"))
)
member = some.builds(
    told.Subscriber,
    word,
    some.just("1"),
    some.just("0"),
    some.just("P"),
    some.just("18"),
    maybe,
    maybe,
    some.just(""),
    some.just("MC"),
    names("IL"),
    names("PR"),
)
codes = some.lists(some.tuples(some.sampled_from(["ABF", "ABK"]), word), min_size=1, max_size=12).map(
    lambda found: tuple(told.Diagnosis(kind, code, not at) for at, (kind, code) in enumerate(found))
)
claim = some.builds(
    told.Claim,
    clean,
    money,
    word,
    some.just("B"),
    word,
    word,
    word,
    word,
    word,
    some.just(""),
    codes,
    maybe,
    maybe,
    maybe,
    some.none() | names("82"),
    provider,
    member,
    some.none(),
    some.lists(some.one_of(plain_line, line), max_size=3).map(tuple),
    dates=some.lists(dated, max_size=2).map(tuple),
    references=some.lists(pair, **few).map(tuple),
    amounts=some.lists(some.builds(told.Valued, word, money), **few).map(tuple),
)
paid_line = some.builds(
    told.PaidLine,
    procedure,
    money,
    money,
    maybe,
    some.none() | money,
    some.none() | procedure,
    some.none() | money,
    day,
    adjustments=some.lists(adjustment, **few).map(tuple),
    control=maybe,
    remarks=some.lists(some.tuples(some.just("HE"), word), **few).map(tuple),
)
paid_claim = some.builds(
    told.PaidClaim,
    word,
    word,
    money,
    money,
    some.none() | money,
    word,
    word,
    word,
    word,
    some.none() | names("QC").map(lambda one: replace(one, address=None, references=())),
    some.none(),
    some.lists(adjustment, **few).map(tuple),
    some.lists(paid_line, max_size=2).map(tuple),
    maybe,
    dates=some.lists(a_day, **few).map(tuple),
)
asked = some.builds(
    told.Inquiry,
    word,
    word,
    some.just("22"),
    word,
    names("IL"),
    some.lists(some.tuples(word, word), max_size=2).map(tuple),
    dates=some.lists(some.builds(told.Dated, some.just("291"), day, some.none()), max_size=1).map(tuple),
    requests=some.lists(
        some.builds(told.Request, some.lists(word, min_size=1, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
)
coverage = some.builds(told.Coverage, word, word, maybe, maybe, some.none() | day, some.none() | day)
enrolled = some.builds(
    told.Member,
    word,
    word,
    word,
    word,
    word,
    some.just(()),
    word,
    maybe,
    person=names("IL").map(lambda one: replace(one, references=())),
    coverages=some.lists(coverage, max_size=3).map(tuple),
)


def file_of(head: Any, records: list[Any]) -> list[Any]:
    """Records in an envelope."""
    return [
        told.Interchange("ZZ", "HUB", "ZZ", "PLAN", "261101", "1200", "000000001"),
        told.Group("HC", "HUB", "PLAN", "20261101", "1200", "1", "X", "005010X222A1"), head, *records,
        told.SetEnd("", ""), told.GroupEnd("", ""), told.InterchangeEnd("", ""),
    ]  # fmt: skip


def written(records: list[Any], **how: Any) -> bytes:
    file = io.BytesIO()
    write(records, file, **how)
    return file.getvalue()


def inner(content: bytes) -> list[Any]:
    """The records inside the set; its envelope must agree with itself."""
    reading = Reading(io.BytesIO(content))
    found = list(reading)
    assert not reading.uneven
    return found[3:-3]


@settings(max_examples=20, deadline=None)
@given(some.lists(claim, max_size=3))
def test_claims_come_back_as_they_were(claims: list[told.Claim]) -> None:
    assert inner(written(file_of(told.ClaimBatch("0001", "005010X222A1"), claims))) == claims


@settings(max_examples=20, deadline=None)
@given(some.lists(paid_claim, max_size=3))
def test_remittances_come_back_as_they_were(claims: list[told.PaidClaim]) -> None:
    assert inner(written(file_of(told.Remittance("0001", total=Decimal(0)), claims))) == claims


@settings(max_examples=20, deadline=None)
@given(some.lists(asked, max_size=3))
def test_questions_of_coverage_come_back_as_they_were(questions: list[told.Inquiry]) -> None:
    assert inner(written(file_of(told.EligibilityBatch("270", "0001"), questions))) == questions


@settings(max_examples=20, deadline=None)
@given(some.lists(enrolled, max_size=3))
def test_members_come_back_as_they_were(members: list[told.Member]) -> None:
    assert inner(written(file_of(told.EnrollmentBatch("0001"), members))) == members


@settings(max_examples=20, deadline=None)
@given(
    claim,
    some.sampled_from("*:^~\n\x00|"),
    some.sampled_from(["id", "authorization", "name", "member", "line", "code"]),
)
def test_a_separating_sign_in_data_is_refused_or_replaced_and_never_shifts(
    one: told.Claim, sign: str, where: str
) -> None:
    if where in ("line", "code") and not one.lines:
        return
    spoilt = _spoilt(one, "A" + sign + "B", where)
    records = file_of(told.ClaimBatch("0001"), [spoilt])
    if sign == "|":
        assert inner(written(records)) == [spoilt]
        return
    with pytest.raises(Refused) as refused:
        written(records)
    assert refused.value.code == "x12.delimiter_in_data"
    assert "record 4" in refused.value.place
    assert "AB" not in str(refused.value)
    assert inner(written(records, replacement=" ")) == [_spoilt(one, "A B", where)]


def _spoilt(one: told.Claim, text: str, where: str) -> told.Claim:
    assert one.provider is not None
    assert one.subscriber is not None
    if where == "name":
        return replace(one, provider=replace(one.provider, provider=told.Party("85", "2", text, id="1")))
    if where == "member":
        return replace(one, subscriber=replace(one.subscriber, person=told.Party("IL", "1", text, id="1")))
    if where == "line":
        return replace(one, lines=(replace(one.lines[0], control=text), *one.lines[1:]))
    if where == "code":
        return replace(
            one, lines=(replace(one.lines[0], procedure=told.Procedure("HC", text)), *one.lines[1:])
        )
    return replace(one, **{where: text})


@settings(max_examples=20, deadline=None)
@given(some.lists(claim, max_size=2), some.permutations("|>!&;#"))
def test_any_signs_will_do(claims: list[told.Claim], signs: list[str]) -> None:
    delimiters = Delimiters(*signs[:4])
    content = written(file_of(told.ClaimBatch("0001"), claims), delimiters=delimiters)
    assert inner(content) == claims


def test_reading_drafts_only_what_writing_at_once_knows() -> None:
    for draft, fields in (
        (claim_parts._Claim, usual.CLAIM_FIELDS),
        (claim_parts._Line, usual.LINE_FIELDS),
        (values.named, usual.NAME_FIELDS),
    ):
        assert draft.__code__.co_varnames[: draft.__code__.co_argcount] == fields
