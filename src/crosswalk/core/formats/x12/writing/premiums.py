"""Writing premium payments (820)."""

from __future__ import annotations

from crosswalk.core.formats.x12.records import PremiumLine, PremiumPayment
from crosswalk.core.formats.x12.writing.parties import days, party, references
from crosswalk.core.formats.x12.writing.pen import Segment, raws
from crosswalk.core.formats.x12.writing.remittances import payment


def head(one: PremiumPayment) -> list[Segment]:
    """ST to the payer."""
    names = [name for name in (one.payee, one.payer, *one.parties) if name]
    return [
        ("ST", "820", one.control, one.version), *payment(one), *references(one.references), *days(one.dates),
        *(segment for name in names for segment in party(name, short=True)),
    ]  # fmt: skip


def line(one: PremiumLine) -> list[Segment]:
    """ENT and its first RMR, or a further RMR."""
    told = (one.kind, one.reference, one.action, one.paid, one.billed)
    paid: list[Segment] = [("RMR", *told)] if any(part not in ("", None) for part in told) else []
    return [
        *([("ENT", *raws(one.entity))] if one.entity else []), *party(one.person), *paid,
        *references(one.references), *days(one.dates),
        *(("ADX", amount, reason) for reason, amount in one.adjustments),
    ]  # fmt: skip
