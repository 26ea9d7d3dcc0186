"""A restriction follows its person: whoever she turns out to be stays hidden, and so does a part of her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crosswalk.hub.people.grouping import Move
from crosswalk.hub.people.models import Restriction


def narrower(one: Iterable[int] | None, other: Iterable[int], keepers: Iterable[int] = ()) -> list[int]:
    """The workers whom both restrictions name; all of them where they have nobody but the hub itself in common.

    `keepers`: those who restricted, the one time or the other. They stay: whom both name may work elsewhere, and
    somebody must be able to change and to lift it.
    """
    first, second = set(one or other), set(other)
    both = first & second
    return sorted((both if both - {0} else first | second) | set(keepers))


def carried(
    named: Mapping[str, Sequence[int]],
    leads: Iterable[tuple[str, str]],
    keepers: Mapping[str, Sequence[int]] | None = None,
) -> dict[str, list[int]]:
    """Person → the workers named, after these ids (old, new) have led on in this order; `keepers` by person too."""
    after = {person: list(workers) for person, workers in named.items()}
    kept = {person: set(workers) for person, workers in (keepers or {}).items()}
    for old, new in leads:
        if old in after:
            kept[new] = kept.get(new, set()) | kept.get(old, set())
            after[new] = narrower(after.get(new), after[old], kept[new])
    return after


def follow(moved: Sequence[Move]) -> None:
    """Write the restriction of the old person for the new one too; it ends with the old person, where she does."""
    restricted = {
        one.person_id: one for one in Restriction.objects.filter(person_id__in={one.old for one in moved})
    }
    for old, new in dict.fromkeys((one.old, one.new) for one in moved if one.old in restricted):
        there = restricted[old]
        also = Restriction.objects.filter(person_id=new).first()
        keepers = sorted({*there.keepers, *(also.keepers if also else ())})
        Restriction.objects.update_or_create(
            person_id=new,
            defaults={
                "named": narrower(also and also.named, there.named, keepers),
                "by": there.by,
                "because": there.because,
                "at": there.at,
                "organizations": sorted({*there.organizations, *(also.organizations if also else ())}),
                "keepers": keepers,
                "known_to": there.known_to,
            },
        )
    Restriction.objects.filter(person_id__in={one.old for one in moved if one.whole}).delete()
