"""Services as claims (837P): grouped by claim number, each line with its pair of code and modifiers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from crosswalk.core.basics import Refused
from crosswalk.core.billing.checks import address, amount, check_provider, cin_of, diagnosis, written
from crosswalk.core.billing.codes import Codes
from crosswalk.core.billing.services import Bill, Payer, Provider, Service
from crosswalk.core.formats.x12.records import (
    BillingProvider,
    Claim,
    ClaimBatch,
    Contact,
    Diagnosis,
    Party,
    Procedure,
    ServiceLine,
    Subscriber,
)

#: What an 837P takes at most: lines of a claim, diagnoses of a claim, characters of a claim number.
MOST_LINES, MOST_DIAGNOSES, LONGEST_NUMBER = 50, 12, 20
_ONE_OF_A_CLAIM = ("member", "place", "authorization", "rendering", "frequency", "payer_claim")


def batch_of(bill: Bill) -> ClaimBatch:
    """The head of the batch: who submits, who receives."""
    provider, payer = bill.provider, bill.payer
    desk = Contact(
        "IC",
        written(provider.contact) or "BILLING",
        (("TE", _digits(provider.phone)),) if provider.phone else (),
    )
    if not provider.phone:
        raise Refused(
            "The billing provider's telephone is missing.", place="provider.phone", code="billing.missing"
        )
    submitter = payer.sender_id or provider.npi
    return ClaimBatch(
        "", reference=bill.number, kind=bill.kind,
        submitter=Party("41", "2", written(provider.name), id_kind="46", id=submitter, contacts=(desk,)),
        receiver=Party("40", "2", written(payer.name), id_kind="46", id=payer.receiver_id or payer.id),
    )  # fmt: skip


def claims_of(bill: Bill, codes: Codes) -> list[Claim]:
    """The claims of a bill, members together. Refused, with the place, where a claim would not be paid as it is."""
    check_provider(bill.provider, "provider", bills=True)
    level = billing_level(bill.provider)
    numbers = {id(service): at for at, service in enumerate(bill.services)}
    together = sorted(bill.services, key=lambda one: (one.member.cin, one.claim, numbers[id(one)]))
    seen: set[str] = set()
    claims = []
    for (_, claim), services in groupby(together, key=lambda one: (one.member.cin, one.claim)):
        lines = list(services)
        place = f"services[{numbers[id(lines[0])]}]"
        if claim in seen or not 0 < len(claim) <= LONGEST_NUMBER:
            raise Refused(
                f"A claim number has 1 to {LONGEST_NUMBER} characters and belongs to one member.",
                place=f"{place}.claim", code="billing.claim",
            )  # fmt: skip
        seen.add(claim)
        claims.append(_claim(claim, lines, bill, level, codes, place))
    return claims


def billing_level(provider: Provider) -> BillingProvider:
    """The billing provider as the level above its members."""
    party = Party(
        "85", "1" if provider.first_name else "2", written(provider.name), written(provider.first_name), id_kind="XX",
        id=provider.npi, address=address(provider.home), references=(("EI", provider.tax_id),),
    )  # fmt: skip
    return BillingProvider("", party, ("BI", "PXC", provider.taxonomy) if provider.taxonomy else ())


def subscriber_of(service: Service, payer: Payer, provider: Provider, place: str) -> Subscriber:
    """The member, who in Medi-Cal is always the subscriber, and the plan."""
    member = service.member
    party = Party(
        "IL", "1", written(member.last_name), written(member.first_name), id_kind="MI", id=cin_of(member, place),
        address=address(member.home) or address(provider.home), birth=member.birth,
        sex=member.sex if member.sex in ("F", "M") else "U",
    )  # fmt: skip
    if member.birth is None:
        raise Refused(
            "The member's birth date is missing.", place=f"{place}.member.birth", code="billing.missing"
        )
    plan = Party("PR", "2", written(payer.name), id_kind="PI", id=payer.id)
    return Subscriber("", filing="MC", person=party, payer=plan)


def _claim(
    number: str, services: list[Service], bill: Bill, level: BillingProvider, codes: Codes, place: str
) -> Claim:
    first = services[0]
    for name in _ONE_OF_A_CLAIM:
        if any(getattr(one, name) != getattr(first, name) for one in services):
            raise Refused(
                f"The lines of one claim differ in “{name}”.", fix="Give them claim numbers of their own.",
                place=f"{place}.{name}", code="billing.claim",
            )  # fmt: skip
    _check_whole(first, len(services), place)
    diagnoses = _diagnoses(services, place)
    lines = tuple(_line(at, one, codes, diagnoses, place) for at, one in enumerate(services, 1))
    return Claim(
        number, charge=amount(sum((one.charge for one in services), Decimal(0))), place=first.place,
        frequency=first.frequency, signature="Y", assignment="A", benefits="Y", release="Y",
        diagnoses=tuple(Diagnosis("ABF" if at else "ABK", code, not at) for at, code in enumerate(diagnoses)),
        authorization=first.authorization, payer_claim=first.payer_claim, record_number=first.member.record_number,
        rendering=_rendering(first, bill.provider, place), provider=level,
        subscriber=subscriber_of(first, bill.payer, bill.provider, place), lines=lines,
    )  # fmt: skip


def _check_whole(first: Service, lines: int, place: str) -> None:
    if lines > MOST_LINES:
        raise Refused(
            f"A claim takes {MOST_LINES} lines.", fix="Split it.", place=place, code="billing.claim"
        )
    if len(first.place) != 2:
        raise Refused(
            "The place of service is missing.", fix="Two digits: 12 home, 27 street, 04 shelter …",
            place=f"{place}.place", code="billing.missing",
        )  # fmt: skip
    if first.frequency not in ("1", "7", "8"):
        raise Refused(
            "A claim is original (1), a replacement (7) or a void (8).",
            place=f"{place}.frequency",
            code="billing.claim",
        )
    if (first.frequency != "1") != bool(first.payer_claim):
        raise Refused(
            "A replacement or void names the payer's number of the earlier claim, and an original has none.",
            fix="It stands in the remittance or the acknowledgement.", place=f"{place}.payer_claim",
            code="billing.claim",
        )  # fmt: skip


def _diagnoses(services: Iterable[Service], place: str) -> list[str]:
    """The diagnoses of all lines, each once, the principal one first."""
    found = list(dict.fromkeys(diagnosis(text, place) for one in services for text in one.diagnoses))
    if not 0 < len(found) <= MOST_DIAGNOSES:
        raise Refused(
            f"A claim has 1 to {MOST_DIAGNOSES} diagnoses.", fix="Such as Z59.02, without a home, unsheltered.",
            place=f"{place}.diagnoses", code="billing.diagnosis",
        )  # fmt: skip
    return found


def _rendering(service: Service, billing: Provider, place: str) -> Party | None:
    one = service.rendering
    if one is None or one.npi == billing.npi:
        return None
    check_provider(one, f"{place}.rendering", bills=False)
    specialty = ("PE", "PXC", one.taxonomy) if one.taxonomy else ()
    return Party(
        "82", "1" if one.first_name else "2", written(one.name), written(one.first_name), id_kind="XX", id=one.npi,
        specialty=specialty,
    )  # fmt: skip


def _line(at: int, one: Service, codes: Codes, diagnoses: list[str], place: str) -> ServiceLine:
    code, modifiers = codes.of(one, place)
    own = [diagnoses.index(diagnosis(text, place)) + 1 for text in one.diagnoses] or [1]
    if one.charge < 0 or one.units <= 0:
        raise Refused(
            "A line has units above 0 and a charge of 0 or more.",
            place=f"{place}.units",
            code="billing.amount",
        )
    if one.until is not None and one.until < one.day:
        raise Refused("The last day lies before the first.", place=f"{place}.until", code="billing.days")
    return ServiceLine(
        str(at), Procedure("HC", code, modifiers), amount(one.charge), "UN", amount(one.units),
        pointers=tuple(str(number) for number in own[:4]), first_day=one.day,
        last_day=one.until if one.until != one.day else None, control=one.line or f"{one.claim}-{at}",
    )  # fmt: skip


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
