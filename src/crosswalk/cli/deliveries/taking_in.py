"""A file that came in, step by step: known already? else read aside; then it waits, or is let in and merged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosswalk.cli.deliveries import hmis, plan_files
from crosswalk.cli.deliveries.wish import Wish
from crosswalk.cli.store import Delivery, Store, sha256
from crosswalk.core.basics import Refused


@dataclass(frozen=True)
class Taken:
    """The delivery that a file is, and whether it was known before."""

    delivery: Delivery
    is_repeated: bool

    def summary(self) -> dict[str, Any]:
        """What a command says of it; `repeated` and `waiting` only where it is so."""
        said = {"repeated": self.is_repeated, "waiting": self.delivery.is_waiting}
        return {**self.delivery.facts["summary"], **{word: True for word, so in said.items() if so}}


def take_in(store: Store, file: Path, wish: Wish) -> Taken:
    """Read a file and keep it: waiting where the wish says so, else let in. Raises Refused; nothing is kept then.

    Call it with the store locked. A file that is in changes nothing; one that waits is not read again.
    """
    kind = hmis if wish.kind == "hmis" else plan_files
    name = kind.delivery_id(file, wish)
    known = store.delivery(name) or store.waiting_delivery(name)
    if known is not None:
        wish.check_sender(sources(known), file.name)
        _same_day(known, wish, file.name)
    is_repeated = known is not None
    if known is None:
        known = _read(store, file, wish, name)
    if not wish.wait and known.is_waiting:
        known = store.let_in(name)
    if not known.is_waiting:
        bring_up_to_date(store, wish.kind)
    return Taken(known, is_repeated)


def _read(store: Store, file: Path, wish: Wish, name: str) -> Delivery:
    kind = hmis if wish.kind == "hmis" else plan_files
    with store.aside() as scratch:
        built = scratch / "delivery"
        built.mkdir()
        facts = kind.build(store, file, wish, built, name)
        facts |= {"delivery": name, "sha256": sha256(file), "file": file.name}
        wish.check_sender(_listed(facts["source"]), file.name)
        store.keep_raw(file)
        return store.add_delivery(built, facts, waiting=wish.wait)


def let_in(store: Store, name: str) -> Delivery:
    """Accept a waiting delivery: from now on it counts. One that is in already is only merged where it was not."""
    if store.delivery(name) is None and store.waiting_delivery(name) is None:
        raise Refused(f"There is no delivery “{name}”.", fix="It was rejected, or never came.", place=name)
    with store.locked():
        found = store.delivery(name) or store.let_in(name)
        bring_up_to_date(store, found.kind)
    return found


def bring_up_to_date(store: Store, kind: str) -> None:
    """Merge the deliveries of a kind that are in and that the current state lacks."""
    if kind == "hmis":
        hmis.bring_up_to_date(store)
    else:
        plan_files.bring_up_to_date(store, kind)


def sources(delivery: Delivery) -> list[str]:
    """Whom a delivery speaks for: `hmis:…`, or one or more `plan:…`."""
    return _listed(delivery.facts["source"])


def _listed(source: str | list[str]) -> list[str]:
    return [source] if isinstance(source, str) else list(source)


def _same_day(known: Delivery, wish: Wish, place: str) -> None:
    if wish.as_of and known.facts["order"] != wish.as_of.isoformat():
        raise Refused(
            f"This file was staged before, as of {known.facts['order']}.",
            fix="Leave --as-of away, or name that day.",
            place=place,
        )
