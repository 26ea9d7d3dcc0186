"""Writing down somebody whom no file holds: found at once, kept by every run, linked when a file brings them.

What is written down is one more record, from the source `hub:` and the number of the organization. The table keeps
it; each run reads it beside the clients of HMIS, and a run that did not know of it yet takes nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.core.basics.identifiers import read_cin
from crosswalk.core.linkage.cluster import founding_id
from crosswalk.core.linkage.lookup import GROUPS
from crosswalk.core.linkage.standardise import OLDEST
from crosswalk.core.linkage.typed import DAY, typed
from crosswalk.hub.access import acts
from crosswalk.hub.access.queries import HERE
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people import grouping, queries, search, written
from crosswalk.hub.people.models import Added, Card, Person, Record
from crosswalk.hub.people.showing import those_to_show

#: What other rooms do with somebody who was just written down: `(viewer, person id)`.
afterwards: list[Callable[[Viewer, str], None]] = []
#: What the runs and this room keep about a person goes with the person; all else was done by somebody.
_GOES_WITH = ("people", "finding")


@dataclass(frozen=True)
class Said:
    """What is known of somebody new; only one of the two names is needed."""

    first_name: str = ""
    last_name: str = ""
    born: date | None = None
    phone: str = ""
    zip: str = ""
    cin: str = ""
    language: str = ""
    county: str = ""


class Known(Refused):
    """Somebody who is known already may be meant: `likely`, the likeliest first."""

    def __init__(self, likely: Sequence[search.Likely]) -> None:
        self.likely = likely
        super().__init__(
            _("Somebody who is known already may be meant."),
            fix=_("Look at them first; if it is none of them, say so and keep."),
            code="person.alike",
        )


def begun(text: str, on: date) -> Said:
    """What a search (or a request) already says of somebody: nobody types it twice. `on`: today."""
    asked = typed(text, on=on)
    words = [one.title() for one in asked.words]
    last = [one.title() for one in asked.before_comma] or words[1:][-1:]
    first = words if asked.before_comma else words[: max(len(words) - len(last), 1)]
    return Said(
        first_name=" ".join(first),
        last_name=" ".join(last),
        born=asked.born if asked.exact == DAY else None,
        phone=asked.phone or "",
        cin=asked.cin or "",
    )


def add(*, by: Viewer, at: datetime, said: Said, anyway: bool = False) -> Person:
    """Write somebody down. Raises Refused where something cannot be, and Known where somebody else may be meant.

    `anyway`: the worker has looked at those, and it is none of them.
    """
    may = acts.add_person(by)
    if not may:
        raise LookupError
    cin = _checked(by, said)
    if not anyway and (likely := _alike(by, said)):
        raise Known(likely)
    source, source_id = f"{HERE}:{by.organization_id}", uuid4().hex[:12].upper()
    added = Added.objects.create(
        person_id=founding_id((source, source_id)), source=source, source_id=source_id,
        first_name=said.first_name, last_name=said.last_name, born=said.born, phone=said.phone, zip=said.zip,
        cin=cin, language=said.language, county=said.county, worker_id=by.worker_id,
        organization_id=by.organization_id, at=at, known_to=[by.organization_id],
    )  # fmt: skip
    _keep_record([added])
    person = Person.objects.get(pk=added.person_id)
    act(by, "add person", subject=f"person:{person.pk}", basis=may.basis, persons=[person.pk],
        after={"source": source, "at": at})  # fmt: skip
    for one in afterwards:
        one(by, person.pk)
    return person


def may_take_back(*, viewer: Viewer, records: Sequence[Any]) -> bool:
    """Whether somebody with these records is there only because the viewer's own organization wrote them down."""
    own = f"{HERE}:{viewer.organization_id}"
    return bool(acts.add_person(viewer)) and [one.source for one in records] == [own]


def take_back(*, by: Viewer, at: datetime, person_id: str) -> None:
    """Undo that somebody was written down. Refuses once anything was done for them, which would hang in the air."""
    may = acts.add_person(by)
    records = queries.records(viewer=by, person_id=person_id)
    if not may or not may_take_back(viewer=by, records=records):
        raise LookupError
    with grouping.as_the_hub(by):
        rows = [(model, model.objects.filter(**{column: person_id})) for model, column in _hanging()]
        if any(of.exists() for model, of in rows if model._meta.app_label not in _GOES_WITH):
            raise Refused(
                _("Something was done for this person already."),
                fix=_("Close what is open; whoever was written down then stays."),
            )
        for _model, of in rows:
            of.delete()
        Person.objects.filter(pk=person_id).delete()
    act(by, "take person back", subject=f"person:{person_id}", basis=may.basis, persons=[person_id],
        after={"at": at})  # fmt: skip


def _hanging() -> Iterator[tuple[Any, str]]:
    """Every table of whatever room whose rows point to a person, and the column that does."""
    for one in Person._meta.get_fields(include_hidden=True):
        if one.auto_created and not one.concrete:
            yield one.related_model, one.field.attname


def _alike(viewer: Viewer, said: Said) -> Sequence[search.Likely]:
    """Those whom the viewer may see, and who may be the one that is to be written down; the likeliest first."""
    found, _lines = those_to_show(
        viewer, search.found(viewer=viewer, text=" ".join(_clues(said)), on=viewer.on)
    )
    return [one for one in found.likely if one.grade in ("certain", "likely")]


def keep_what_runs_did_not_know() -> None:
    """After a run is in: whoever was written down since it began is there as before. Needs `open_everything`."""
    records, cards = (
        set(model.objects.filter(source__startswith=f"{HERE}:").values_list("source_id", flat=True))
        for model in (Record, Card)
    )
    _keep_record(list(Added.objects.exclude(source_id__in=records & cards).order_by("pk")))


def _checked(by: Viewer, said: Said) -> str:
    """The Medi-Cal number as it is written. Raises Refused, with the place, for what cannot be."""
    if not said.first_name and not said.last_name:
        raise Refused(
            _("The name is missing."),
            fix=_("Write at least one name; a first name is enough."),
            place="first_name",
        )
    if said.born and not OLDEST <= said.born <= by.on:
        raise Refused(_("Nobody alive was born on that day."), fix=_("Look at the year."), place="born")
    if by.counties and said.county not in by.counties:
        raise Refused(
            _("Your access is for some counties only."), fix=_("Choose one of them."), place="county"
        )
    if not said.cin:
        return ""
    read = read_cin(said.cin)
    if read.value is None:
        raise Refused(
            _("This is no Medi-Cal number."),
            fix=_("It has eight digits and one letter at the end; leave it empty where it is not known."),
            place="cin",
        )
    return read.value


def _clues(said: Said) -> Iterable[str]:
    """What is known, as somebody would type it into the search."""
    yield from (said.first_name, said.last_name)
    if said.born:
        yield said.born.isoformat()
    yield said.cin


def _keep_record(rows: Sequence[Added]) -> None:
    """The person, the record and the card of each, where they are not there."""
    for one in rows:
        walls = {"known_to": one.known_to, "named": one.named}
        person, _new = Person.objects.get_or_create(
            id=one.person_id,
            defaults={
                "name": f"{one.first_name} {one.last_name}".strip(), "born": one.born, "language": one.language,
                "county": one.county, **walls,
            },
        )  # fmt: skip
        key = {"source": one.source, "source_id": one.source_id}
        Record.objects.get_or_create(
            **key,
            defaults={
                "person": person, "first_name": one.first_name, "last_name": one.last_name, "born": one.born,
                "phone": one.phone, "address": one.zip, "delivery": written.delivery(one.organization_id),
                "file": "added", "row": one.pk, "holders": [one.organization_id], **walls,
            },
        )  # fmt: skip
        cleaned = search.cleaned(_raw(one), one.at.date())
        kept = {name: cleaned[name] for name in cleaned if name in _CARD}
        keys = search.lookup(1).kept_under(cleaned, *GROUPS)
        Card.objects.get_or_create(**key, defaults={**kept, "person": person, "keys": keys, **walls})


_CARD = {field.attname for field in Card._meta.fields} - {"id", "person_id", "source", "source_id", "keys"}


def _raw(one: Added) -> Mapping[str, Any]:
    return {
        "first": one.first_name or None, "last": one.last_name or None, "dob": one.born, "phone": one.phone or None,
        "zip": one.zip or None, "cin": one.cin or None, "source_id": one.source_id,
        "dob_quality": written.birth_quality(one),
    }  # fmt: skip
