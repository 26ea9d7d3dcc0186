"""How kinds, states and sizes of deliveries are said to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crosswalk.core.formats.hmis.owners import ORDER
from crosswalk.hub.intake.models import Delivery
from crosswalk.hub.pages.words import count, day


@dataclass(frozen=True)
class Rows:
    """What became of the rows of a delivery, by table and together; given = accepted + rejected + duplicate."""

    tables: list[tuple[str, dict[str, Any]]]
    given: int
    accepted: int
    rejected: int
    duplicate: int
    warnings: int


def rows_of(one: Delivery) -> Rows | None:
    """The rows of a delivery that was read; None before."""
    said = one.summary
    if not said:
        return None
    tables = said["tables"] if "tables" in said else {kind_words(one.kind): said["rows"]}
    order = {name: place for place, name in enumerate(ORDER)}  # the database keeps no order of keys
    filled = [(name, counts) for name, counts in tables.items() if counts["in"]]
    filled.sort(key=lambda one: order.get(one[0], len(order)))

    def together(what: str) -> int:
        return sum(counts[what] for _name, counts in filled)

    return Rows(
        filled,
        together("in"),
        together("accepted"),
        together("rejected"),
        together("duplicate"),
        said["problems"]["warning"],
    )


def day_of(order: str) -> str:
    """The day for which a delivery speaks."""
    return day(date.fromisoformat(order[:10]))


def kind_words(kind: str) -> str:
    """What a delivery is."""
    return {
        "hmis": _("HMIS export"),
        "members": _("Member file"),
        "events": _("Event file"),
    }.get(kind, _("File"))


def state_words(state: str) -> str:
    """What became of it."""
    return {
        "reading": _("is being read"),
        "failed": _("could not be read: our fault"),
        "refused": _("cannot be used"),
        "waiting": _("waits for your answer"),
        "rejected": _("rejected"),
        "accepted": _("is being laid over what holds"),
        "in": _("in"),
    }[state]


def size_words(size: int) -> str:
    """“166 MB”."""
    if size < 1000:
        return _("%(n)s bytes") % {"n": size}
    if size < 1_000_000:
        return f"{count(round(size / 1000))} kB"
    return f"{count(round(size / 1_000_000))} MB"
