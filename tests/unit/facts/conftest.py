"""One invented county with everybody of every case, measured once for all tests of this folder."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import Measured, evidence, prepare
from crosswalk.core.rules import FactUse
from fact_cases import ON, Case, county
from fact_cases.every import every

MAPS = Path(__file__).resolve().parents[3] / "policy" / "codes" / "maps"


def codes(name: str) -> list[dict[str, str]]:
    """One code map of the shipped policy."""
    with (MAPS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@dataclass
class County:
    """The engine in which everybody's facts can be asked."""

    engine: DuckEngine
    folder: Path
    cases: list[Case]
    keys: dict[str, int]

    def ask(
        self, fact: str, person: str, months: int | None = None, days: int | None = None
    ) -> Measured | None:
        """What a fact says about one person; None when there is no row."""
        found = evidence(self.engine, FactUse(fact, months=months, days=days), ON, [self.keys[person]])
        return found[0] if found else None


@pytest.fixture(scope="session")
def folk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """Everybody of every case."""
    cases = every()
    folder = county(cases, tmp_path_factory.mktemp("county"))
    with DuckEngine(threads=1) as engine:
        prepare(engine, folder, folder / "persons.parquet", ON, codes=codes)
        keys = {person: key for key, person in engine.fetch("SELECT person_id, person FROM person_key")}
        yield County(engine, folder, cases, keys)
