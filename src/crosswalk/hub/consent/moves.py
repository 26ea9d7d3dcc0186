"""What was signed or answered goes with its record when records are linked or un-linked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crosswalk.hub.people.grouping import Move
from crosswalk.hub.people.models import Person


def following(*models: Any) -> Callable[[Sequence[Move]], None]:
    """A mover for tables whose rows name their record by `source` and `source_id`."""

    def follow(moved: Sequence[Move]) -> None:
        persons = {one.pk: one for one in Person.objects.filter(pk__in={move.new for move in moved})}
        for move in moved:
            new = persons.get(move.new)
            if new is None:
                continue
            source, source_id = move.record
            for model in models:
                model.objects.filter(source=source, source_id=source_id).update(
                    person_id=new.pk, known_to=new.known_to, named=new.named
                )

    return follow
