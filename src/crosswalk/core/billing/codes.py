"""Which procedure code and modifiers name a service on a day, from the dated table `policy/billing/codes.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crosswalk.core.basics import Refused
from crosswalk.core.billing.services import Service
from crosswalk.core.policy.tables import Row, Table


@dataclass(frozen=True)
class ServiceCode:
    """One row of the table: the pair of code and modifiers, what it means, what one unit is, and how sure that is."""

    program: str
    code: str
    modifiers: tuple[str, ...]
    activity: str
    mode: str
    staff: str
    unit: str
    say: str
    source: str
    confidence: str


class Codes:
    """The codes in force on any day. A code alone never names a service: only code and modifiers together do."""

    def __init__(self, table: Table) -> None:
        self._rows = table.rows

    def on(self, day: date) -> list[ServiceCode]:
        """The rows in force on a day."""
        return [_code(row) for row in self._rows if day in row.period]

    def meaning(self, code: str, modifiers: tuple[str, ...], day: date) -> ServiceCode | None:
        """What a billed pair means; None when the table has no such pair on that day.

        Modifiers that the table does not know of (a plan may ask for more) do not matter, their order neither.
        """
        given = set(modifiers)
        found = [one for one in self.on(day) if one.code == code and set(one.modifiers) <= given]
        return max(found, key=lambda one: len(one.modifiers), default=None)

    def of(self, service: Service, place: str) -> tuple[str, tuple[str, ...]]:
        """The pair to bill for a service: the one named, or the only one that fits its words. Refused otherwise."""
        if service.code:
            known = self.meaning(service.code, service.modifiers, service.day)
            if known is None:
                raise Refused(
                    "This code with these modifiers means no service that we know of on that day.",
                    fix="Take a pair of policy/billing/codes.csv, or add the plan's own row in your policy folder.",
                    place=f"{place}.code", code="billing.code",
                )  # fmt: skip
            if service.program and known.program and known.program != service.program:
                raise Refused(
                    f"This code with these modifiers means {known.say}, not {service.program}.",
                    fix="Correct the program or the modifiers.", place=f"{place}.code", code="billing.code",
                )  # fmt: skip
            return service.code, service.modifiers
        found = [one for one in self.on(service.day) if _fits(one, service)]
        if len(found) != 1:
            pairs = ", ".join(sorted(" ".join((one.code, *one.modifiers)) for one in found))
            raise Refused(
                "More than one code fits this service." if found else "No code fits this service on that day.",
                fix=f"Name one: {pairs}." if found else "Name program, activity, mode and staff, or the code.",
                place=f"{place}.program", code="billing.code",
            )  # fmt: skip
        return found[0].code, found[0].modifiers


def _fits(one: ServiceCode, service: Service) -> bool:
    return (
        one.program == service.program
        and one.activity == service.activity
        and one.mode in ("", service.mode)
        and one.staff in ("", service.staff)
    )


def _code(row: Row) -> ServiceCode:
    cells = row.cells
    return ServiceCode(
        cells["program"], cells["code"], tuple(cells["modifiers"].split()), cells["activity"], cells["mode"],
        cells["staff"], cells["unit"], cells["say"], cells["source"], cells["confidence"] or "verified",
    )  # fmt: skip
