"""The organizations that the files speak of: those that sent them, those that run projects, those that serve."""

from __future__ import annotations

from typing import Any

from crosswalk.cli.store import Store
from crosswalk.core.engine import DuckEngine
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.roles import Kind
from crosswalk.hub.finding.why import sources_of
from crosswalk.hub.intake.known import know_deliveries


def meet(store: Store) -> list[Organization]:
    """Make an organization for each sender of files, each HMIS organization and each provider that is not there yet.

    Deliveries that the command line staged show on their senders' pages from then on.
    """
    made: list[Organization] = []
    with DuckEngine(memory="256MB", threads=1, scratch=store.scratch) as engine:
        senders = {source for one in store.deliveries() for source in sources_of(one)}
        for source in sorted(senders):
            kind, _, name = source.partition(":")
            words = name.replace("_", " ").title() + (" Health Plan" if kind == "plan" else " HMIS")
            made += _known(words, Kind.PLAN if kind == "plan" else Kind.COC, source=source)
        hmis, events = store.current / "hmis" / "Organization.parquet", store.current / "events.parquet"
        names: set[str] = set()
        if hmis.exists():
            engine.register("organization", hmis)
            names |= {row[0] for row in engine.fetch("SELECT OrganizationName FROM organization") if row[0]}
        if events.exists():
            engine.register("events", events)
            given = engine.fetch(
                "SELECT DISTINCT value FROM events WHERE kind = 'enrollment' AND value IS NOT NULL"
            )
            names |= {row[0] for row in given}
    for name in sorted(names):
        made += _known(name, Kind.ECM_PROVIDER, hmis_name=name)
    know_deliveries(store)
    return made


def _known(name: str, kind: Any, *, source: str = "", hmis_name: str = "") -> list[Organization]:
    there = (
        Organization.objects.filter(source=source)
        if source
        else Organization.objects.filter(hmis_name=hmis_name)
    )
    if there.exists():
        return []
    return [Organization.objects.create(name=name, kind=kind, source=source, hmis_name=hmis_name)]
