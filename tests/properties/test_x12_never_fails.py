"""Whatever comes, there is a verdict; and money is never made or lost on the way."""

from __future__ import annotations

import io
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from crosswalk.core.formats.x12 import balance
from crosswalk.core.formats.x12.checking import check
from crosswalk.core.formats.x12.findings import VERDICTS
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Adjustment, Claim, PaidClaim, PaidLine, ServiceLine

HEAD = (
    b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *261101*1200*^*00501*000000001*0*T*:~"
    b"GS*HC*A*B*20261101*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20261101*1200*CH~"
)
pieces = st.sampled_from(
    b"HL*1**20*1~ HL*2*1*22*0~ CLM*A*10***12:B:1*Y*A*Y*Y~ LX*1~ SV1*HC:G9012*10*UN*1***1~ SE*5*0001~ GE*1*1~ "
    b"DTP*472*D8*20261001~ IEA*1*000000001~ ST*835*0002~ CLP*A*1*10*5~ SVC*HC:X*10*5~ CAS*CO*45*5~ EB*1~ TA1*1~ "
    b"PLB*1*20261231*WO:1*5~ INS*Y*18*021~ HD*021**HMO~ STC*A1:19~ AK1*HC*1~ AK2*837*1~ BIN*5*a~b*c~ ~ \r\n".split(
        b" "
    )
)
money = st.decimals(min_value=-10_000, max_value=10_000, places=2)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(pieces, st.binary(max_size=12)), max_size=25), st.integers(30, 400))
def test_anything_after_a_good_beginning_gets_a_verdict(parts: list[bytes], chunk: int) -> None:
    text = HEAD + b"".join(parts)
    found = check(io.BytesIO(text), chunk=chunk)
    assert found.verdict in VERDICTS.values()
    claims = [record for record in Reading(io.BytesIO(text)) if isinstance(record, Claim | PaidClaim)]
    assert found.claims == len(claims)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_at_all_get_a_verdict(text: bytes) -> None:
    assert check(io.BytesIO(text)).verdict in VERDICTS.values()


@given(st.lists(money, min_size=1, max_size=6), money)
def test_a_claim_balances_exactly_when_its_total_is_the_sum(charges: list[Decimal], other: Decimal) -> None:
    lines = tuple(ServiceLine(str(at), charge=charge) for at, charge in enumerate(charges))
    total = sum(charges, Decimal(0))
    assert list(balance.of_claim(Claim("A", total, lines=lines))) == []
    assert bool(list(balance.of_claim(Claim("A", total + other, lines=lines)))) == (other != 0)


@given(st.lists(st.tuples(money, money), max_size=4), money, money)
def test_a_paid_claim_balances_exactly_when_everything_is_accounted_for(
    amounts: list[tuple[Decimal, Decimal]], own: Decimal, wrong: Decimal
) -> None:
    lines = tuple(
        PaidLine(charge=charge, paid=charge - less, adjustments=(Adjustment("CO", "45", less),))
        for charge, less in amounts
    )
    charge = sum((line.charge or Decimal(0) for line in lines), Decimal(0))
    paid = sum((line.paid or Decimal(0) for line in lines), Decimal(0)) - own
    told = (Adjustment("PR", "1", own),)
    assert (
        list(balance.of_paid_claim(PaidClaim("A", charge=charge, paid=paid, lines=lines, adjustments=told)))
        == []
    )
    broken = PaidClaim("A", charge=charge, paid=paid + wrong, lines=lines, adjustments=told)
    assert bool(list(balance.of_paid_claim(broken))) == (wrong != 0)
