"""Plans' elections: on each side of a day, what nobody told, and what is refused with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.policy.elections import Elections, elections

HEADER = "plan,county,program,from,until,source,confidence\n"


def told(folder: Path, *rows: str) -> Elections:
    """The elections of a site that wrote these rows."""
    path = folder / "local_policy" / "services" / "elections.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(f"{row},letter,plan\n" for row in rows))
    return elections(load(shipped_folder(), folder / "local_policy"))


def test_a_plan_offers_from_its_first_day_until_before_the_last(tmp_path: Path) -> None:
    made = told(tmp_path, "north,54,cs.htns,2026-01-01,2026-07-01", "north,54,cs.hd,2026-01-01,")
    assert made.offered("north", "cs.htns", "54", date(2025, 12, 31)) is False
    assert made.offered("north", "cs.htns", "54", date(2026, 1, 1)) is True
    assert made.offered("north", "cs.htns", "54", date(2026, 6, 30)) is True
    assert made.offered("north", "cs.htns", "54", date(2026, 7, 1)) is False
    assert made.offered("north", "cs.recup", "54", date(2026, 2, 1)) is False
    assert made.offered("south", "cs.htns", "54", date(2026, 2, 1)) is None, "nothing told is no no"
    assert made.offered("north", "cs.htns", "16", date(2026, 2, 1)) is None
    assert made.election("north", "cs.hd", "54", date(2026, 2, 1)).source == "letter"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            ("north,54,cs.htns,2026-01-01,2026-07-01", "north,54,cs.htns,2026-06-30,"),
            "twice on the same days",
        ),
        (("north,54,cs.htns,2026-01-01,", "north,54,cs.htns,2027-01-01,"), "twice on the same days"),
        (("north,54,cs.htns,2026-07-01,2026-01-01",), "until"),
        (("north,54,ecm,2026-01-01,",), "no service that plans elect"),
        (("north,54,cs.nothing,2026-01-01,",), "no service that plans elect"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(
    tmp_path: Path, rows: tuple[str, ...], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        told(tmp_path, *rows)
    assert says in str(refused.value)
    assert "services/elections.csv" in refused.value.place


def test_what_ships_says_nothing_of_any_plan() -> None:
    assert elections(load(shipped_folder())).rows == ()
