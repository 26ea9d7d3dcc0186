"""Settling who is who: same or different, later, taken back, a record un-linked, a person restricted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people import grouping, naming, queries
from crosswalk.hub.people.grouping import Pair, pair_of
from crosswalk.hub.people.models import Judgement, Link, Person, Record, Restriction
from crosswalk.hub.people.storing import store_judgements

ANSWERS = ("same", "different")


def answer(*, by: Viewer, at: datetime, link_id: int, said: str, because: str = "") -> Judgement:
    """Keep a person's answer about two records; every run from now on holds to it. Undone by `undo`."""
    may = acts.review_links(by)
    link = queries.open_link(viewer=by, link_id=link_id)
    if not may or link is None or said not in ANSWERS:
        raise LookupError
    (judged,) = _judge(by, at, [pair_of(link)], said, because, uuid4())
    act(
        by,
        f"say {said}",
        subject=f"link:{link.pk}",
        why=because,
        basis=may.basis,
        persons=[link.left_person_id, link.right_person_id],
        before={"persons": sorted({link.left_person_id, link.right_person_id})},
        after={"persons": sorted(_persons_of([pair_of(link)], by)), "answer": said, "at": at},
    )
    return judged


def later(*, by: Viewer, at: datetime, link_id: int) -> None:
    """Put a question off: it comes after all others."""
    may = acts.review_links(by)
    link = queries.open_link(viewer=by, link_id=link_id)
    if not may or link is None:
        raise LookupError
    Link.objects.filter(pk=link.pk).update(later=at)
    act(
        by,
        "put off link",
        subject=f"link:{link.pk}",
        basis=may.basis,
        persons=[link.left_person_id, link.right_person_id],
    )


def undo(*, by: Viewer, at: datetime) -> list[Judgement]:
    """Take one's own last answer back, within the hub and for every later run; the persons are as they were."""
    may = acts.review_links(by)
    last = queries.last_act(viewer=by)
    if not may or not last:
        raise LookupError
    pairs = [pair_of(one) for one in last]
    persons = _persons_of(pairs, by)
    taken = _judge(by, at, pairs, "undo", last[0].because, uuid4(), back_to=last[0].before)
    act(
        by,
        "take answer back",
        subject=f"act:{last[0].act}",
        basis=may.basis,
        persons=sorted(persons),
        before={"persons": sorted(persons), "answer": last[0].answer},
        after={"persons": sorted(_persons_of(pairs, by)), "at": at},
    )
    return taken


def unlink(*, by: Viewer, at: datetime, record_id: int, because: str) -> list[Judgement]:
    """Say that a record is not this person: different from each of her other records, now and in every later run."""
    may = acts.review_links(by)
    record = Record.objects.filter(pk=record_id).first()
    others = list(Record.objects.filter(person_id=record.person_id).exclude(pk=record_id)) if record else []
    if not may or record is None or not others:
        raise LookupError
    if not because.strip():
        raise Refused(_("Un-linking needs a reason."), fix=_("Say in a sentence how you know."))
    here = (record.source, record.source_id)
    pairs = [_ordered(here, (one.source, one.source_id)) for one in others]
    judged = _judge(by, at, pairs, "different", because.strip(), uuid4())
    persons = _persons_of(pairs, by) | {record.person_id}
    act(
        by,
        "un-link record",
        subject=f"person:{record.person_id}",
        why=because.strip(),
        basis=may.basis,
        persons=sorted(persons),
        before={"persons": [record.person_id]},
        after={"persons": sorted(persons), "at": at},
    )
    return judged


def restrict(
    *,
    by: Viewer,
    at: datetime,
    person_id: str,
    workers: Sequence[int],
    because: str,
    address: str = "",
    seen: Collection[str] = (),
) -> Restriction:
    """Let only the named workers, and whoever restricts, find and open a person; or change who is named.

    `address`: of the work of one more who is not listed. `seen`: the ties that the warning showed; raises CutOff where
    somebody else would lose sight of the person too. Raises Refused without a reason. Lifted by `lift`.
    """
    may, asked = acts.restrict_person(by), naming.naming(viewer=by, person_id=person_id, address=address)
    if not may or asked is None or not asked.may_change:
        raise LookupError
    if not because.strip():
        raise Refused(
            _("Restricting needs a reason."),
            fix=_("Say in a sentence why; it goes into the journal."),
            place="because",
        )
    chosen = asked.with_address(workers)
    # Worker 0 is the hub itself: its nightly run must see everybody.
    named = sorted({0, by.worker_id, *chosen, *asked.kept})
    cut = asked.cut_by(named)
    if {one.key for one in cut} - set(seen):
        raise naming.CutOff(cut)
    made = _keep(by, at, asked, named, because.strip())
    act(
        by,
        "change restriction" if asked.restriction else "restrict person",
        subject=f"person:{person_id}",
        why=because.strip(),
        basis=may.basis,
        persons=[person_id],
        before={"named": asked.person.named},
        after={
            "named": named,
            "elsewhere": asked.elsewhere(named, by.organization_id),
            "cut off": [one.key for one in cut],
        },
    )
    _name(by, person_id, named)
    for one in naming.afterwards:
        one(by, at, person_id, frozenset(named))
    return made


def _keep(by: Viewer, at: datetime, asked: naming.Naming, named: list[int], because: str) -> Restriction:
    """A change keeps who began it, when and why; what changed and for which reason is in the journal."""
    there = asked.restriction
    if there is None:
        return Restriction.objects.create(
            person=asked.person, named=named, by=by.name, because=because, at=at, known_to=asked.person.known_to,
            organizations=[by.organization_id], keepers=[by.worker_id],
        )  # fmt: skip
    there.named = named
    there.organizations = sorted({*there.organizations, by.organization_id})
    there.keepers = sorted({by.worker_id, *(set(there.keepers) & set(named))})
    there.save(update_fields=["named", "organizations", "keepers"])
    return there


def lift(*, by: Viewer, at: datetime, person_id: str) -> None:
    """End a restriction: the person is again there for everybody whose organization knows of her."""
    may, asked = acts.restrict_person(by), naming.naming(viewer=by, person_id=person_id)
    if not may or asked is None or asked.restriction is None or not asked.may_change:
        raise LookupError
    named = asked.restriction.named
    asked.restriction.delete()
    act(
        by,
        "lift restriction",
        subject=f"person:{person_id}",
        basis=may.basis,
        persons=[person_id],
        before={"named": named},
        after={"named": None, "at": at},
    )
    _name(by, person_id, None)


def _name(by: Viewer, person_id: str, named: list[int] | None) -> None:
    """Write who may see a person into every row about her, of whatever room."""
    with grouping.as_the_hub(by):
        Person.objects.filter(pk=person_id).update(named=named)
        for model in grouping.walled():
            model.objects.filter(person_id=person_id).update(named=named)
        Link.objects.filter(Q(left_person_id=person_id) | Q(right_person_id=person_id)).update(named=named)


def _judge(
    by: Viewer,
    at: datetime,
    pairs: Sequence[Pair],
    said: str,
    because: str,
    one_act: UUID,
    back_to: Mapping[str, str] | None = None,
) -> list[Judgement]:
    """Write judgements about these pairs, put them into effect, and let the store have them after the commit."""
    with grouping.as_the_hub(by):
        holders = {
            (one.source, one.source_id): one
            for one in Record.objects.filter(person_id__in=_persons_of(pairs))
        }
        before = {"/".join(record): kept.person_id for record, kept in holders.items()}
        made = [
            Judgement(
                left_source=left[0], left_id=left[1], right_source=right[0], right_id=right[1], answer=said,
                by=by.name, worker_id=by.worker_id, organization_id=by.organization_id, because=because, at=at,
                act=one_act, before=before, known_to=holders[left].known_to, known_to_too=holders[right].known_to,
                named=holders[left].named or holders[right].named,
            )
            for left, right in pairs
        ]  # fmt: skip
        Judgement.objects.bulk_create(made)
        for pair in pairs:
            queries.links_between(pair).update(answered="" if said == "undo" else said, later=None)
        grouping.regroup(pairs, at=at, back_to=back_to)
    transaction.on_commit(store_judgements, robust=True)
    return made


def _persons_of(pairs: Sequence[Pair], viewer: Viewer | None = None) -> set[str]:
    """The persons of these records, as far as the open rows show them."""
    assert viewer is None or viewer.sees
    found: set[str] = set()
    for source, record in {record for pair in pairs for record in pair}:
        found |= set(
            Record.objects.filter(source=source, source_id=record).values_list("person_id", flat=True)
        )
    return found


def _ordered(one: tuple[str, str], other: tuple[str, str]) -> Pair:
    first, second = sorted([one, other])
    return first, second
