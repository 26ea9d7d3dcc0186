"""Writing down what was read: the causes of a delivery, and deliveries that came in by the command line."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crosswalk.cli.deliveries.looking import causes
from crosswalk.cli.deliveries.taking_in import sources
from crosswalk.cli.store import Store
from crosswalk.core.policy import shipped_folder
from crosswalk.hub.access.itself import as_the_hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.intake.arriving import incoming
from crosswalk.hub.intake.models import Cause, Delivery, State

_A_DAY = 86_400


def keep_causes(one: Delivery, found: Sequence[Mapping[str, Any]]) -> None:
    """The causes of a delivery, instead of those of an earlier reading."""
    one.causes.all().delete()
    Cause.objects.bulk_create(
        Cause(delivery=one, organization_id=one.organization_id, place=place, **cause)
        for place, cause in enumerate(found)
    )


def know_deliveries(store: Store) -> int:
    """Show what the command line staged on the pages of its senders too; how many deliveries that were."""
    with as_the_hub():
        live = Delivery.objects.exclude(state__in=[State.REFUSED, State.REJECTED])
        known = set(live.values_list("organization_id", "sha256"))
        senders = {one.source: one.pk for one in Organization.objects.exclude(source="")}
        made = 0
        for staged in store.deliveries():
            for organization in {senders[name] for name in sources(staged) if name in senders}:
                if (organization, staged.facts["sha256"]) in known:
                    continue
                known.add((organization, staged.facts["sha256"]))
                raw = store.root / "raw" / staged.facts["sha256"]
                one = Delivery.objects.create(
                    organization_id=organization,
                    name=staged.facts["file"],
                    size=raw.stat().st_size if raw.exists() else 0,
                    sha256=staged.facts["sha256"],
                    arrived_at=datetime.fromisoformat(staged.facts["staged_at"]),
                    in_at=datetime.fromisoformat(staged.facts["staged_at"]),
                    state=State.IN,
                    staged=staged.id,
                    kind=staged.kind,
                    layout=staged.facts.get("layout", ""),
                    sources=sources(staged),
                    order=staged.facts["order"],
                    summary=staged.facts["summary"],
                )
                keep_causes(one, causes(store, staged, [shipped_folder()]))
                made += 1
    return made


def sweep() -> None:
    """Delete files that arrived and that no delivery asks for: a page that failed after its file was there."""
    with as_the_hub():
        wanted = set(Delivery.objects.exclude(kept="").values_list("kept", flat=True))
    for folder in incoming().iterdir():
        if folder.name not in wanted and time.time() - folder.stat().st_mtime > _A_DAY:
            shutil.rmtree(folder, ignore_errors=True)
