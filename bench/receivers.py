"""Ranking receivers for one person among 2,000 services; the goal is 150 ms.

python bench/receivers.py
"""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta

from crosswalk.core.journeys.receivers import Need, Weights, lost_by, ranked
from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.records.network import Receiver, Room, Spot, Term

SERVICES, TIMES, GOAL_MS = 2000, 20, 150
ON = date(2026, 11, 22)


def services(chance: random.Random) -> list[Receiver]:
    """Invented services that differ in everything that the ranking looks at."""
    zips = [f"932{n:02d}" for n in range(40)]
    made = []
    for n in range(SERVICES):
        told = datetime(2026, 11, 22, tzinfo=UTC) - timedelta(days=chance.randrange(90))
        places = Room(
            chance.randrange(4), None, chance.choice((None, 3)), told, "Intake", f"Org {n // 4}", "page"
        )
        made.append(
            Receiver(
                service_id=n, organization_id=n // 4, organization=f"Org {n // 4}", kind="ecm_provider",
                privacy="covered", provider_types=(), referral_email="", program="ecm", name=f"Service {n}",
                modes=tuple(chance.sample(("street", "site", "remote"), 2)),
                populations=tuple(chance.sample([f"ecm.{k}" for k in ("1a", "1b", "2", "3", "9")], 2)),
                languages=tuple(chance.sample(("en", "es", "hmn", "pa"), 2)), expertise=(), minimum_age=None,
                maximum_age=None, hours=(), hours_note="", how_to_apply="", starts=ON, ends=None,
                reach={str(county): tuple(chance.sample(zips, 10)) for county in chance.sample(range(58), 4)},
                spots=(Spot("Site", "", "", chance.choice(zips), "54", None, None),), lines=(),
                terms=tuple(
                    Term(plan, "ecm", str(county), ON, None, chance.choice(("credentialed", "in_progress")), None)
                    for plan in ("north", "south") for county in chance.sample(range(58), 4)
                ),
                room=chance.choice((None, places, places)), served=None,
            )
        )  # fmt: skip
    return made


def main() -> None:
    """Rank for one person, over and over, and say how long it took."""
    chance = random.Random(7)
    weights = Weights.of(load(shipped_folder()).as_of(ON))
    offered = services(chance)
    answers = {n: (chance.random() * 5, chance.randrange(9)) for n in range(SERVICES // 4)}
    need = Need(ON, "north", True, "5", "93204", "ecm.1a", 44, "es", "street", answers=answers)
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        order = ranked(offered, need, weights)
        told = [lost_by(order[0], other) for other in order[1:]]
        took.append((time.perf_counter() - begun) * 1000)
    assert len(order) == SERVICES
    assert len(told) == SERVICES - 1
    took.sort()
    print("| What | Services | Median | Slowest | Goal |\n|---|---|---|---|---|")
    print(
        f"| rank, with why each lost to the first | {SERVICES} | {took[TIMES // 2]:.0f} ms | {took[-1]:.0f} ms |"
        f" {GOAL_MS} ms |"
    )


if __name__ == "__main__":
    main()
