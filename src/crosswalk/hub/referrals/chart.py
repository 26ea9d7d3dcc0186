"""The bars of the coordinator’s chart: where each stands in the drawing, and what is written at it."""

from __future__ import annotations

from dataclasses import dataclass

from crosswalk.hub.referrals.growth import Mark

#: The drawing’s own units: its size, and the room above the bars for figures and beneath them for months.
WIDE, HIGH, ABOVE, BELOW = 720, 300, 40, 62
#: With more bars than this, only the first and the last carry their figure.
ALL_TOLD = 13


@dataclass(frozen=True)
class Bar:
    """One bar: its mark, its place and height, and whether it carries its figure, its month and its year."""

    mark: Mark
    x: float
    y: float
    width: float
    height: float
    told: bool
    named: bool
    year: bool
    last: bool

    @property
    def middle(self) -> float:
        """Where what is written at it stands."""
        return self.x + self.width / 2


def bars(marks: tuple[Mark, ...]) -> list[Bar]:
    """A bar for each mark, from zero; the last is the one that stands out."""
    most = max((one.standing for one in marks), default=0) or 1
    step = WIDE / len(marks)
    width = min(step * 0.72, 90)
    every = -(-len(marks) // ALL_TOLD)
    made = []
    for number, mark in enumerate(marks):
        height = (HIGH - ABOVE - BELOW) * mark.standing / most
        ends = number in (0, len(marks) - 1)
        made.append(
            Bar(
                mark, number * step + (step - width) / 2, HIGH - BELOW - height, width, height,
                told=ends or len(marks) <= ALL_TOLD, named=ends or number % every == 0,
                year=ends or mark.day.month == 1, last=number == len(marks) - 1,
            )
        )  # fmt: skip
    return made
