"""The schematic map: one field a ZIP code, in the order of the codes. It shows no distances and no borders.

The hub ships no geometry of ZIP codes or counties, and draws none that it does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswalk.core.records.network import Receiver
from crosswalk.hub.network.assets import Cell, Grid, cell, reaching

#: Fields in a row, their width and height, and the gap between them, in the drawing's own units.
ACROSS, WIDE, HIGH, GAP = 4, 150, 104, 8


@dataclass(frozen=True)
class Field:
    """One ZIP code on the map: its place in the drawing, what reaches it, how many sites stand in it."""

    zip: str
    town: str
    x: int
    y: int
    cell: Cell
    sites: int
    shade: int
    """0 nobody, 1 to 4 ever more services."""

    @property
    def dots(self) -> list[int]:
        """Where its sites are dotted, along the lower edge."""
        return [self.x + 14 + 12 * number for number in range(min(self.sites, 10))]


def fields(found: Sequence[Receiver], known: Grid, county: str) -> list[Field]:
    """Every ZIP code that the network names in a county, with what these services do there."""
    cells = {zip: cell(reaching(found, county, zip)) for zip in known.zips}
    counts = [one.services for one in cells.values() if one.services]
    sites = [
        {(spot.name, spot.address, spot.zip) for one in found for spot in one.spots if spot.zip == zip}
        for zip in known.zips
    ]
    return [
        Field(
            zip=zip,
            town=known.towns[zip],
            x=(number % ACROSS) * (WIDE + GAP),
            y=(number // ACROSS) * (HIGH + GAP),
            cell=cells[zip],
            sites=len(sites[number]),
            shade=_shade(cells[zip].services, counts),
        )
        for number, zip in enumerate(known.zips)
    ]


def _shade(services: int, counts: Sequence[int]) -> int:
    """Between the least and the most that any field has; where all have the same, none stands out."""
    if not services:
        return 0
    least, most = min(counts), max(counts)
    return 2 if least == most else 1 + round(3 * (services - least) / (most - least))


def size(made: Sequence[Field]) -> tuple[int, int]:
    """Width and height of the drawing."""
    rows = -(-len(made) // ACROSS)
    return ACROSS * (WIDE + GAP) - GAP, max(1, rows) * (HIGH + GAP) - GAP
