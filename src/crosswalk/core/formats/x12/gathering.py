"""Segments that any record may carry, gathered: dates, numbers, amounts, notes, parties; the others are kept."""

from __future__ import annotations

from typing import Any

from crosswalk.core.formats.x12.records.building import Kept
from crosswalk.core.formats.x12.records.parties import (
    Address,
    Adjustment,
    Contact,
    Dated,
    Party,
    Reference,
    Valued,
)
from crosswalk.core.formats.x12.values import Values, adjustments_of, dated_of, valued_of

#: Segments that belong to the party before them.
OF_A_PARTY = frozenset({"N3", "N4", "PRV", "PER", "REF", "DMG", "N2"})


def party_of(elements: list[str]) -> dict[str, Any] | None:
    """NM1 as the beginning of a party; None when it says more than a party can hold."""
    e = elements + [""] * (10 - len(elements))
    if len(e) > 10:
        return None
    return {
        "role": e[1], "kind": e[2], "last": e[3], "first": e[4], "middle": e[5], "prefix": e[6], "suffix": e[7],
        "id_kind": e[8], "id": e[9],
    }  # fmt: skip


class Gathering:
    """Takes the segments of one record, one after the other. What it cannot hold exactly goes to `kept`."""

    def __init__(self, values: Values, *, attach: bool = True) -> None:
        self.values = values
        self.attach = attach
        self.dates: list[Dated] = []
        self.references: list[Reference] = []
        self.amounts: list[Valued] = []
        self.quantities: list[Valued] = []
        self.notes: list[tuple[str, str]] = []
        self.adjustments: list[Adjustment] = []
        self.contacts: list[Contact] = []
        self.kept: list[Kept] = []
        self._parties: list[dict[str, Any]] = []

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties met so far, each with the segments that followed it."""
        return tuple(Party(**told) for told in self._parties)

    def named(self, role: str) -> Party | None:
        """The first party of a role, taken out of the others."""
        for told in self._parties:
            if told["role"] == role:
                self._parties.remove(told)
                return Party(**told)
        return None

    def keep(self, place: int, elements: list[str], *, instead: bool = False) -> None:
        """Keep a segment as received."""
        self.kept.append(Kept(place, tuple(elements), instead))

    def take(self, place: int, elements: list[str]) -> None:
        """Take one segment: into a field when all of it fits, otherwise into `kept`."""
        taker = getattr(self, "_" + elements[0].lower(), None) if elements[0] in TAKEN else None
        if taker is None or not taker(elements):
            self.keep(place, elements)

    def take_held(self, place: int, elements: list[str], unheld: tuple[str, ...]) -> None:
        """Take one segment; keep it when it went where the record has no field (`unheld` names the lists)."""
        self.take(place, elements)
        for name in unheld:
            if found := getattr(self, name):
                self.keep(place, elements)
                found.clear()

    def close(self) -> None:
        """What follows belongs to the record, not to the last party."""
        self.attach = False

    def open(self) -> None:
        """What follows the next party belongs to it again."""
        self.attach = True

    def _owner(self) -> dict[str, Any] | None:
        return self._parties[-1] if self.attach and self._parties else None

    def _nm1(self, e: list[str]) -> bool:
        told = party_of(e)
        if told is None or len(e) < 2:
            return False
        self._parties.append(told)
        return True

    def _n1(self, e: list[str]) -> bool:
        if not 2 <= len(e) <= 5:
            return False
        e = e + [""] * (5 - len(e))
        self._parties.append({"role": e[1], "last": e[2], "id_kind": e[3], "id": e[4]})
        return True

    def _n3(self, e: list[str]) -> bool:
        owner = self._owner()
        if owner is None or len(e) not in (2, 3) or "address" in owner or not all(e):
            return False
        owner["address"] = Address(lines=tuple(e[1:]))
        return True

    def _n4(self, e: list[str]) -> bool:
        owner = self._owner()
        if owner is None or len(e) > 7 or owner.get("_located"):
            return False
        e = e + [""] * (7 - len(e))
        before: Address | None = owner.get("address")
        if before is not None and (before.city or before.state or before.zip):
            return False
        owner["address"] = Address(before.lines if before else (), e[1], e[2], e[3], e[4], e[5], e[6])
        return any(e[1:])

    def _prv(self, e: list[str]) -> bool:
        owner = self._owner()
        if owner is None or "specialty" in owner or len(e) != 4:
            return False
        owner["specialty"] = tuple(e[1:])
        return True

    def _dmg(self, e: list[str]) -> bool:
        owner = self._owner()
        born = self.values.days[e[2]] if len(e) in (3, 4) and e[1] == "D8" else None
        if owner is None or born is None or "birth" in owner:
            return False
        owner["birth"] = born
        owner["sex"] = e[3] if len(e) == 4 else ""
        return True

    def _per(self, e: list[str]) -> bool:
        ways = tuple(zip(e[3::2], e[4::2], strict=False))
        if len(e) > 9 or len(e) < 3 or len(e) % 2 == 0 or not all(kind and said for kind, said in ways):
            return False
        contact = Contact(e[1], e[2], ways)
        owner = self._owner()
        if owner is None:
            self.contacts.append(contact)
        else:
            owner["contacts"] = (*owner.get("contacts", ()), contact)
        return True

    def _ref(self, e: list[str]) -> bool:
        if len(e) != 3 or not e[2]:
            return False
        owner = self._owner()
        if owner is None:
            self.references.append((e[1], e[2]))
        else:
            owner["references"] = (*owner.get("references", ()), (e[1], e[2]))
        return True

    def _dtp(self, e: list[str]) -> bool:
        found = dated_of(e, self.values) if len(e) > 1 else None
        if found is not None:
            self.dates.append(found)
        return found is not None

    _dtm = _dtp

    def _amt(self, e: list[str]) -> bool:
        found = valued_of(e, self.values)
        if found is not None:
            self.amounts.append(found)
        return found is not None

    def _qty(self, e: list[str]) -> bool:
        found = valued_of(e, self.values)
        if found is not None:
            self.quantities.append(found)
        return found is not None

    def _nte(self, e: list[str]) -> bool:
        if len(e) != 3 or not e[2]:
            return False
        self.notes.append((e[1], e[2]))
        return True

    def _cas(self, e: list[str]) -> bool:
        found = adjustments_of(e, self.values) if len(e) > 3 else None
        self.adjustments.extend(found or ())
        return found is not None


#: The segments that `take` knows; everything else is kept.
TAKEN = frozenset(
    {"NM1", "N1", "N3", "N4", "PRV", "DMG", "PER", "REF", "DTP", "DTM", "AMT", "QTY", "NTE", "CAS"}
)
