"""Money in equals money accounted for: claim and lines, remittance and adjustments, payment and all of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from crosswalk.core.formats.x12.records import Claim, PaidClaim, PaidLine

ZERO = Decimal(0)


class Uneven(NamedTuple):
    """Two sums that should be one: a code, the element that says the first, the two amounts, the line (from 1)."""

    code: str
    segment: str
    element: str
    said: Decimal
    found: Decimal
    line: int = 0


def of_claim(claim: Claim) -> Iterator[Uneven]:
    """CLM02 is the sum of the lines' charges (837P and 837I)."""
    if claim.charge is None or not claim.lines:
        return
    found = ZERO
    for line in claim.lines:
        if line.charge is None:
            return
        found += line.charge
    if found != claim.charge:
        yield Uneven("claim_total", "CLM", "2", claim.charge, found)


def adjusted(claim: PaidClaim | PaidLine) -> Decimal:
    """The sum of the adjustments of a claim or of a line, without those of its lines."""
    return sum((adjustment.amount for adjustment in claim.adjustments), ZERO)


def of_paid_claim(claim: PaidClaim) -> Iterator[Uneven]:
    """Charge less all adjustments is what was paid, for each line and for the claim (835).

    A forwarded or predetermined claim (status 25, or no lines and no adjustments) has nothing to balance against
    but itself.
    """
    everything = adjusted(claim)
    for number, line in enumerate(claim.lines, 1):
        less = adjusted(line)
        everything += less
        if line.charge is not None and line.paid is not None and line.charge - less != line.paid:
            yield Uneven("line_balance", "SVC", "3", line.paid, line.charge - less, number)
    if claim.charge is None or claim.paid is None:
        return
    if claim.charge - everything != claim.paid:
        yield Uneven("paid_claim_balance", "CLP", "4", claim.paid, claim.charge - everything)


def of_remittance(total: Decimal | None, paid: Decimal, outside: Decimal) -> Iterator[Uneven]:
    """The payment is the sum of the claims' payments less the provider adjustments (835)."""
    if total is not None and paid - outside != total:
        yield Uneven("payment_balance", "BPR", "2", total, paid - outside)
