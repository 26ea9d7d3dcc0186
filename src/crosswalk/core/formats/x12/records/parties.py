"""The building blocks that several transactions share: parties, addresses, dates, amounts, procedures, adjustments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from crosswalk.core.formats.x12.records.building import record

#: (kind, value): the qualifier and the text of a REF, in the order received.
Reference = tuple[str, str]


@record
class Address:
    """N3 and N4. `area` is the county or region that N405 and N406 name (`CY` = county)."""

    lines: tuple[str, ...] = ()  # N301, N302
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    area_kind: str = ""
    area: str = ""


@record
class Contact:
    """PER: a desk, and how it is reached, as (kind, number) pairs: TE telephone, EM e-mail, FX fax …"""

    role: str = ""
    name: str = ""
    ways: tuple[tuple[str, str], ...] = ()


@record
class Party:
    """A person or an organization in a role: NM1 or N1 and the segments that belong to it.

    `role` is the code received (85 billing provider, IL insured, QC patient, PR payer, 82 rendering …); `kind` is
    1 for a person, 2 for an organization; an organization's name is in `last`.
    """

    role: str
    kind: str = ""
    last: str = ""
    first: str = ""
    middle: str = ""
    prefix: str = ""
    suffix: str = ""
    id_kind: str = ""  # XX National Provider Identifier, MI member number, PI payer number, 46 …
    id: str = ""
    address: Address | None = None
    birth: date | None = None
    sex: str = ""
    specialty: tuple[str, ...] = ()  # PRV as received: role, code list, taxonomy code
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()


class Dated(NamedTuple):
    """DTP or DTM with a meaning of its own: `last` only where a span was sent. `format` D8, RD8 …"""

    kind: str
    first: date
    last: date | None = None


class Valued(NamedTuple):
    """AMT or QTY: what is measured, and the exact amount."""

    kind: str
    amount: Decimal


@record
class Procedure:
    """A procedure as billed: code list (HC = HCPCS), code, up to four modifiers."""

    list: str
    code: str
    modifiers: tuple[str, ...] = ()
    description: str = ""


class Adjustment(NamedTuple):
    """CAS, one reason: group (CO, OA, PI, PR, CR), reason code, exact amount, and the units if they changed.

    `starts` is true for the first reason of a CAS segment, so that the same segments can be written again.
    """

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None
    starts: bool = True
