"""What a provider did and for whom, in the provider's own words: the input of every claim, invoice and request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Home:
    """Where somebody can be written to. A member without a home is written to the provider's address."""

    street: str = ""
    city: str = ""
    state: str = "CA"
    zip: str = ""


@dataclass(frozen=True)
class Member:
    """A member of a plan, named as the plan names them. `cin` is the Client Index Number: 8 digits and a letter."""

    cin: str
    last_name: str
    first_name: str
    birth: date | None = None
    sex: str = "U"  # F, M, U
    home: Home | None = None
    homeless: str = ""  # yes, no, empty = unknown
    record_number: str = ""  # the provider's own number of the person


@dataclass(frozen=True)
class Provider:
    """Who bills or who gave the service. With `first_name` it is a person, and `name` the last name."""

    name: str
    npi: str
    first_name: str = ""
    tax_id: str = ""  # 9 digits
    taxonomy: str = ""
    home: Home | None = None
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Payer:
    """The plan, and the number under which it takes claims."""

    name: str
    id: str
    sender_id: str = ""  # our number at the plan (submitter)
    receiver_id: str = ""  # the plan's number in files


@dataclass(frozen=True)
class Service:
    """One service line. The code is named, or found by `program`, `activity`, `mode` and `staff`.

    `day` and `until` are the first and last day, both included. `authorization` is the plan's number. `claim` groups
    lines: one claim has one member, place, authorization, renderer and frequency.
    """

    member: Member
    day: date
    charge: Decimal
    claim: str  # our number of the claim, up to 20 characters
    program: str = ""  # ecm, cs.htns …
    code: str = ""
    modifiers: tuple[str, ...] = ()
    activity: str = "service"  # or outreach
    mode: str = "in_person"  # or telehealth
    staff: str = ""  # clinical, non_clinical
    until: date | None = None
    units: Decimal = Decimal(1)
    place: str = ""  # place of service: 12 home, 27 street …
    diagnoses: tuple[str, ...] = ()  # ICD-10-CM, with or without dot; the first is the principal one
    authorization: str = ""
    rendering: Provider | None = None
    line: str = ""  # our number of the line
    frequency: str = "1"  # 1 original, 7 replacement, 8 void
    payer_claim: str = ""  # the payer's number of the claim that is replaced or voided


@dataclass(frozen=True)
class Bill:
    """Everything of one batch of claims, or of one invoice."""

    provider: Provider
    payer: Payer
    services: tuple[Service, ...]
    number: str = ""  # batch or invoice number
    kind: str = "CH"  # CH to be paid, RP encounters only


@dataclass(frozen=True)
class Question:
    """One question of coverage: is this member covered on that day?"""

    member: Member
    day: date
    trace: str = ""  # our number of the question


@dataclass(frozen=True)
class Wish:
    """One request for authorization: a service for a member, from a day to a day."""

    member: Member
    program: str
    day: date
    until: date
    trace: str
    units: Decimal = Decimal(1)
    place: str = "12"
    diagnoses: tuple[str, ...] = ()
    code: str = ""
    modifiers: tuple[str, ...] = ()
    service_provider: Provider | None = None
    urgent: bool = False
    kind: str = "I"  # I first request, R renewal, E extension, S revision, 3 cancellation
    earlier: str = ""  # number of the earlier authorization
