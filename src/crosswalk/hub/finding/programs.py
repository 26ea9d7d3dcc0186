"""The programs as the policy says them on a day: names for lists, whole rules for the why page."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from functools import lru_cache

from crosswalk.core.finding.ranking import Ranking, ranking
from crosswalk.core.policy import Program, shipped_folder
from crosswalk.hub.pages.policy import edition, language, plainly


def programs(on: date) -> dict[str, Program]:
    """Programs by code, in the order of the policy, called as the language of the page calls them."""
    return _programs(on, language())


@lru_cache(maxsize=16)
def _programs(on: date, language: str) -> dict[str, Program]:
    assert language
    return {
        one.code: replace(
            one,
            name=plainly(one.name),
            short=plainly(one.short),
            summary=plainly(one.summary),
            note=plainly(one.note),
        )
        for one in edition(on).programs
    }


@lru_cache(maxsize=8)
def weights(on: date) -> Ranking:
    """What decides which person, and which of a person's programs, comes first on a day."""
    return ranking(edition(on))


@lru_cache(maxsize=1)
def counties() -> dict[str, str]:
    """The counties' names by the State's code, `54` → “Tulare”."""
    with (shipped_folder() / "codes" / "counties.csv").open(encoding="utf-8", newline="") as handle:
        return {row["code"]: row["name"] for row in csv.DictReader(handle)}
