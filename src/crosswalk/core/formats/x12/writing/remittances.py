"""Writing remittances (835): the payment, each claim's decision, money outside claims."""

from __future__ import annotations

from collections.abc import Sequence

from crosswalk.core.formats.x12.records import (
    Adjustment,
    PaidClaim,
    PaidLine,
    PremiumPayment,
    ProviderAdjustment,
    Remittance,
)
from crosswalk.core.formats.x12.writing.parties import (
    adjustments,
    contact,
    days,
    party,
    procedure,
    ranked,
    references,
    valued,
)
from crosswalk.core.formats.x12.writing.pen import Element, Raw, Segment, raws

_NAMES = ("QC", "IL", "74", "82", "TT", "PR", "GB")


def payment(one: Remittance | PremiumPayment) -> list[Segment]:
    """BPR and TRN, which 835 and 820 share."""
    bank = [Raw(text) if text else "" for text in (*one.bank, *[""] * 11)[:11]]
    told: Sequence[Element] = (one.handling, one.total, one.sign, one.method, *bank, one.paid_on)
    money: list[Segment] = [("BPR", *told)] if any(part not in ("", None) for part in told) else []
    return [*money, ("TRN", *raws(one.trace))] if one.trace else money


def head(one: Remittance) -> list[Segment]:
    """ST to the payee."""
    return [
        ("ST", "835", one.control, one.version), *payment(one), *references(one.references), *days(one.dates),
        *party(one.payer, short=True), *party(one.payee, short=True),
    ]  # fmt: skip


def group(one: PaidClaim) -> list[Segment]:
    """The LX before a claim, with the sums that came with it."""
    if not one.group and not one.summary:
        return []
    return [("LX", one.group), *(raws(segment) for segment in one.summary)]


def claim(one: PaidClaim) -> list[Segment]:
    """CLP and what follows it up to the first line."""
    numbers = ranked(
        [(kind, (kind, text)) for kind, text in one.references],
        [("G1", ("G1", one.authorization))] if one.authorization else [],
        ("1L", "CE", "EA", "F8", "G1", "G3", "IG", "SY"),
    )
    known = [(other.role, other) for other in (one.patient, one.rendering) if other]
    names = ranked([(other.role, other) for other in one.parties], known, _NAMES)
    return [
        ("CLP", one.id, one.status, one.charge, one.paid, one.patient_owes, one.filing, one.payer_claim, one.place,
         one.frequency),
        *adjustments(one.adjustments), *(segment for name in names for segment in party(name)),
        *references(numbers), *days(one.dates), *map(contact, one.contacts), *valued("AMT", one.amounts),
        *valued("QTY", one.quantities),
    ]  # fmt: skip


def line(one: PaidLine) -> list[Segment]:
    """SVC and what follows it."""
    numbers = ranked(
        [(kind, (kind, text)) for kind, text in one.references],
        [("6R", ("6R", one.control))] if one.control else [],
        ("LU", "1S", "APC", "BB", "E9", "G1", "G3", "6R"),
    )
    served: list[Segment] = [("DTM", one.day_kind, one.first_day)] if one.first_day else []
    if one.last_day:
        served.append(("DTM", "151", one.last_day))
    return [
        ("SVC", procedure(one.procedure), one.charge, one.paid, one.revenue, one.units, procedure(one.billed_as),
         one.billed_units),
        *served, *days(one.dates), *adjustments(one.adjustments), *references(numbers),
        *valued("AMT", one.amounts), *(("LQ", *remark) for remark in one.remarks),
    ]  # fmt: skip


def provider_adjustments(together: Sequence[ProviderAdjustment]) -> Segment:
    """PLB: the reasons of one segment."""
    pairs: list[Element] = []
    for one in together:
        pairs += [(one.reason, one.reference), one.amount]
    return ("PLB", together[0].provider, together[0].fiscal_day, *pairs)


def accounted(one: PaidClaim) -> list[Adjustment]:
    """Every adjustment of a claim, its lines' included: what stands between charge and payment."""
    return [*one.adjustments, *(reason for paid in one.lines for reason in paid.adjustments)]
