"""Plans' elections as the site wrote them down: which plan offers which Community Support in which county."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.policy.elections import Elections
from crosswalk.core.policy.elections import elections as read
from crosswalk.hub.pages.policy import edition

_HEADER = "plan,county,program,from,until,source,confidence"


def elections() -> Elections:
    """All elections, read anew when the site's file has changed. Raises Refused where the file cannot be used."""
    local: Path | None = settings.SITE.local_policy
    file = local / "services" / "elections.csv" if local else None
    return _read(local, file.stat().st_mtime_ns if file and file.exists() else 0)


def is_elected(program: str, on: date) -> bool:
    """Whether plans choose to offer it at all: Transitional Rent, and all that is no Community Support, they do not."""
    return any(one.elective for one in edition(on).programs if one.code == program)


@lru_cache(maxsize=2)
def _read(local: Path | None, changed: int) -> Elections:
    return read(load(shipped_folder(), local if changed else None))


def elections_of_the_demo(folder: Path, first: date) -> None:
    """Write what the invented plans elected, where the demo has none yet."""
    path = folder / "local_policy" / "services" / "elections.csv"
    if path.exists():
        return
    offers = {
        "sequoia": ["htns", "hd", "htss", "recup", "stphh", "mtm", "asthma", "sober", "dayhab"],
        "valley_oak": ["htns", "hd", "htss", "recup", "mtm", "sober"],
    }
    lines = [
        f"{plan},54,cs.{code},{first},,Invented for the demo,unverified"
        for plan, codes in offers.items()
        for code in codes
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([_HEADER, *lines]) + "\n", encoding="utf-8")
