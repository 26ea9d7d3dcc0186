"""What a premium payment says (820): capitation and case rates, in total and for each member."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crosswalk.core.formats.x12.records.building import Kept, record
from crosswalk.core.formats.x12.records.parties import Dated, Party, Reference


@record
class PremiumPayment:
    """ST to the premium payer: one payment and for which period."""

    control: str
    version: str = ""
    handling: str = "I"
    total: Decimal | None = None
    sign: str = "C"
    method: str = "ACH"
    bank: tuple[str, ...] = ()
    paid_on: date | None = None
    trace: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    payee: Party | None = None
    payer: Party | None = None
    parties: tuple[Party, ...] = ()
    kept: tuple[Kept, ...] = ()


@record
class PremiumLine:
    """ENT or RMR: what is paid for one member or one organization."""

    entity: tuple[str, ...] = ()  # ENT, as received; empty for a further RMR of the same entity
    person: Party | None = None  # NM1
    kind: str = ""  # RMR01
    reference: str = ""  # RMR02
    action: str = ""  # RMR03
    paid: Decimal | None = None  # RMR04
    billed: Decimal | None = None  # RMR05
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    adjustments: tuple[
        tuple[str, Decimal | None], ...
    ] = ()  # ADX: reason, amount; first (amount), then reason
    kept: tuple[Kept, ...] = ()
