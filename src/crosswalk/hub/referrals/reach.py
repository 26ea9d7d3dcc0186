"""What a page of numbers is about: days, and if somebody narrowed it, one kind of help, one provider, one plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from crosswalk.core.basics import back

#: Without other days asked for, so many months before the first of this one; as the field’s own chart was drawn.
MONTHS = 8
#: Nothing is looked up that lies further back.
YEARS = 10


@dataclass(frozen=True)
class Reach:
    """Referrals made from `first` to `last`, both included; `service`, `provider`, `plan` empty are all of them."""

    first: date
    last: date
    service: str = ""
    provider: int | None = None
    plan: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str], on: date) -> Reach:
        """What an address asks for; of what cannot be read the default."""
        try:
            days = [date.fromisoformat(asked[key]) for key in ("from", "to")]
        except (KeyError, ValueError):
            days = [months_before(on, MONTHS), on]
        provider = asked.get("provider", "")
        days = [min(max(day, months_before(on, 12 * YEARS)), on) for day in days]
        return cls(
            min(days), max(days), asked.get("service", ""),
            int(provider) if provider.isdecimal() and len(provider) < 10 else None, asked.get("plan", ""),
        )  # fmt: skip

    def address(self, **also: str) -> str:
        """The end of an address that asks for the same, and for what is named besides."""
        said = {
            "from": self.first.isoformat(), "to": self.last.isoformat(), "service": self.service,
            "provider": str(self.provider or ""), "plan": self.plan, **also,
        }  # fmt: skip
        return "?" + urlencode({key: value for key, value in said.items() if value})

    def begin(self) -> datetime:
        """The moment from which referrals are in it."""
        return midnight(self.first)

    def end(self) -> datetime:
        """The moment from which they are not in it any more."""
        return midnight(self.last + timedelta(days=1))

    def narrowed(self) -> Q:
        """Only this help, this provider, this plan; of any day."""
        asked = {"service": self.service, "receiver_id": self.provider, "plan": self.plan}
        return Q(**{key: value for key, value in asked.items() if value})

    def told(self) -> dict[str, Any]:
        """The same for a statement of our own: `first`, `end`, `service`, `provider`, `plan`."""
        return {"first": self.begin(), "end": self.end(), "service": self.service, "provider": self.provider,
                "plan": self.plan}  # fmt: skip


#: The condition of `Reach.told` on `r`, a row of `referrals_referral`.
NARROWED = """(%(service)s = '' OR r.service = %(service)s) AND (%(plan)s = '' OR r.plan = %(plan)s)
    AND (%(provider)s::int IS NULL OR r.receiver_id = %(provider)s::int)"""


def midnight(day: date) -> datetime:
    """The beginning of a day where the hub is."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())


def months_before(day: date, count: int) -> date:
    """The first of the month so many months before a day’s own."""
    return back(day.replace(day=1), months=count)


def firsts(first: date, last: date) -> list[date]:
    """The first day of each month from one day to another, both included."""
    start = first if first.day == 1 else months_before(first, -1)
    count = (last.year - start.year) * 12 + last.month - start.month
    return [months_before(start, -number) for number in range(count + 1)]
