"""`crosswalk accept` and `crosswalk reject`: decide about a delivery that was staged with `--wait`."""

from __future__ import annotations

from typing import Annotated

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, say, working
from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused

DeliveryId = Annotated[str, typer.Argument(metavar="DELIVERY", help="The id that staging gave it.")]


def register(app: typer.Typer) -> None:
    """Add `accept` and `reject`."""
    app.command("accept", help="Let a waiting delivery in: from now on it counts.")(accept)
    app.command("reject", help="Forget a waiting delivery and its file.")(reject)


def accept(delivery: DeliveryId, data: DataFolder = DATA, as_json: AsJson = False) -> None:
    """Let a waiting delivery in and merge it; one that is in already changes nothing."""
    from crosswalk.cli.deliveries import let_in

    with working("Laying the delivery over what holds …"):
        found = let_in(Store(data), delivery)
    summary = {"delivery": found.id, "kind": found.kind}
    say(summary, as_json, lambda: f"{found.id} is in. Next: crosswalk link, crosswalk find.")


def reject(delivery: DeliveryId, data: DataFolder = DATA, as_json: AsJson = False) -> None:
    """Forget a waiting delivery; one that was let in cannot be taken out, only followed by a newer one."""
    store = Store(data)
    if store.waiting_delivery(delivery) is None:
        raise Refused(
            f"No delivery “{delivery}” waits.", fix="One that is in is corrected by a newer delivery."
        )
    with store.locked():
        store.discard(delivery)
    say({"delivery": delivery, "rejected": True}, as_json, lambda: f"{delivery} was rejected and forgotten.")
