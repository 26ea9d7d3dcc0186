"""What one line of a list may show of each person, by the table of disclosure.

Who it is, and what was found, may be shown where one of those who know the person may tell it; the plan and the place
where somebody was seen have one holder each. What is not shown says what would open it. What decides is read in the
statement of the rows themselves (`along`), so that a list costs no statement more.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from crosswalk.core.consent import Decision, Signed, decide, said_with
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.queries import sources_of
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.models import Answer, Consent
from crosswalk.hub.consent.queries import as_signed
from crosswalk.hub.consent.sharing import asked_for, found_as, one_may, own_places, purpose_of
from crosswalk.hub.consent.words import table
from crosswalk.hub.coverage.models import Span
from crosswalk.hub.coverage.queries import covered
from crosswalk.hub.people.models import Person

#: Those who know a person, what the person signed or asked, and the spans of coverage, as one JSON value of a row.
_DECIDES = """(SELECT json_build_array(
(SELECT json_agg(json_build_object('id', o.id, 'kind', o.kind, 'source', o.source, 'hmis_name', o.hmis_name,
  'contracted', EXISTS (SELECT FROM network_contract AS k WHERE k.organization_id = %s
    AND 'plan:' || k.plan = o.source AND k.starts <= %s AND (k.ends IS NULL OR k.ends > %s))
  )) FROM access_organization AS o WHERE o.id = ANY ({table}.known_to)),
(SELECT json_agg(json_build_object('id', c.id, 'answer', c.answer, 'form', c.form, 'holders', c.holders,
  'recipients', c.recipients, 'categories', c.categories, 'purposes', c.purposes, 'signed_on', c.signed_on,
  'expires_on', c.expires_on, 'revoked_on', c.revoked_on) ORDER BY c.id DESC)
  FROM consent_consent AS c WHERE c.person_id = {table}.{person} AND c.answer <> '{refused}'),
(SELECT json_agg(json_build_object('plan', s.plan, 'starts', s.starts, 'ends', s.ends, 'sure', s.sure,
  'told_on', s.told_on) ORDER BY s.starts DESC, s.plan)
  FROM coverage_span AS s WHERE s.person_id = {table}.{person})))"""
_DAYS = ("signed_on", "expires_on", "revoked_on", "starts", "ends", "told_on")


@dataclass(frozen=True)
class Line:
    """The decision for each part of a line; `plan` and `seen` are None where there is nothing to show."""

    who: Decision
    found: Decision
    county: Decision
    plan: Decision | None
    seen: Decision | None

    @property
    def listed(self) -> bool:
        """Whether somebody may stand on a work list: it says who it is and what was found."""
        return self.who.shown and self.found.shown

    @property
    def missing(self) -> Decision:
        """Of a person who may not stand on it, the decision that says what is needed."""
        return self.who if not self.who.shown else self.found

    def parts(self) -> dict[str, Decision]:
        """Those parts of a line that may be closed where the line is open, as the journal calls them."""
        named = {"county": self.county, "plan": self.plan, "last seen": self.seen}
        return {name: part for name, part in named.items() if part}


def along(rows: QuerySet[Any], viewer: Viewer, person: str = "person_id") -> QuerySet[Any]:
    """Rows about persons, with what decides about their lines as `decides`; `person`: the column that says who."""
    text = _DECIDES.format(table=rows.model._meta.db_table, person=person, refused=Answer.REFUSED)
    return rows.annotate(decides=RawSQL(text, (viewer.organization_id, viewer.on, viewer.on)))


class Lines:
    """Decides for one viewer and the people of one page, whose rows were read with `along`."""

    def __init__(self, viewer: Viewer, rows: Iterable[tuple[Person, Any, str]]) -> None:
        """`rows`: each person with the `decides` of their row, and the plan that the row names, or nothing."""
        self._viewer, self._table, self._purpose = viewer, table(), purpose_of(viewer)
        self._decided: dict[tuple[Any, ...], Decision] = {}
        self._organizations: dict[int, Organization] = {}
        self._contracted: set[int] = set()
        self._coverage: dict[str, Callable[[str], Decision]] = {}
        self._lines = {person.pk: self._line(person, decides, plan) for person, decides, plan in rows}

    def __getitem__(self, person_id: str) -> Line:
        return self._lines[person_id]

    def coverage(self, person_id: str, plan: str) -> Decision:
        """Whether it may be said of a person what this plan told."""
        return self._coverage[person_id](plan)

    def needs(self, persons: Iterable[str]) -> list[tuple[Decision, int]]:
        """What would put those of these persons on a list who are not, with how many each, the most first."""
        lines = (self._lines[one] for one in dict.fromkeys(persons))
        return Counter(one.missing for one in lines if not one.listed).most_common()

    def basis(self, basis: str, persons: Iterable[str]) -> str:
        """A basis for the journal, with the rules and consents by which the lines of these persons are shown."""
        lines = [self._lines[one] for one in persons]
        parts = [part for one in lines for part in (one.who, one.found, *one.parts().values())]
        return "; ".join(one for one in (basis, said_with(parts)) if one)

    def closed(self, persons: Iterable[str]) -> list[tuple[str, Decision, int]]:
        """Which parts of the lines of these persons are not shown, what would open them, and of how many people."""
        parts = [each for one in persons for each in self._lines[one].parts().items()]
        found = Counter((name, part) for name, part in parts if name != "county" and not part.shown)
        return [(name, part, many) for (name, part), many in found.most_common()]

    def withheld(self, persons: Iterable[str]) -> dict[str, list[str]]:
        """Part of a line → those of these persons of whom it is not shown."""
        found: dict[str, list[str]] = defaultdict(list)
        for person in persons:
            for name, part in self._lines[person].parts().items():
                if not part.shown:
                    found[name].append(person)
        return dict(found)

    def _line(self, person: Person, decides: Any, plan: str) -> Line:
        read = json.loads(decides) if isinstance(decides, str) else decides
        knows, signed, spans = (each or () for each in read)
        organizations = self._known(knows)
        cover = covered([Span(**_with_days(one)) for one in spans], self._viewer.on)
        forms = [as_signed(Consent(**_with_days(one)), self._table) for one in signed]
        may = partial(self._may, medi_cal=cover.state == "active", signed=[one for one in forms if one])

        def one_of_them(category: Callable[[Organization | None], str]) -> Decision:
            return one_may(person, organizations, lambda one: may(category(one), one))

        def coverage(plan: str) -> Decision:
            return may("coverage", organizations.get(f"plan:{plan}"))

        self._coverage[person.pk] = coverage
        return Line(
            who=one_of_them(lambda _: "identity"),
            found=one_of_them(found_as),
            county=one_of_them(lambda _: "contact"),
            plan=coverage(plan) if plan else None,
            seen=self._seen(person, organizations, may) if person.seen_on else None,
        )

    def _known(self, rows: Iterable[dict[str, Any]]) -> dict[str, Organization]:
        """Source → organization, of those who know a person."""
        found: dict[str, Organization] = {}
        for row in rows:
            if row["contracted"]:
                self._contracted.add(row["id"])
            if row["id"] not in self._organizations:
                named = {name: value for name, value in row.items() if name != "contracted"}
                self._organizations[row["id"]] = Organization(**named)
            found |= sources_of(self._organizations[row["id"]])
        return found

    def _seen(
        self, person: Person, organizations: dict[str, Organization], may: Callable[..., Decision]
    ) -> Decision:
        own = self._organizations.get(self._viewer.organization_id)
        told_by_own = person.seen_by in own_places(own)
        holder = own if told_by_own else organizations.get(person.seen_source)
        return may(self._table.category("living_situation", ""), holder)

    def _may(
        self, category: str, holder: Organization | None, *, medi_cal: bool, signed: Sequence[Signed]
    ) -> Decision:
        # Most people signed nothing: for all of them each question is decided once.
        key = (category, holder.pk if holder else 0, medi_cal, *(one.id for one in signed))
        if key not in self._decided:
            contracted = holder is not None and holder.pk in self._contracted
            asked = asked_for(
                self._viewer, category, holder, self._purpose, medi_cal=medi_cal, contracted=contracted
            )
            self._decided[key] = decide(self._table, asked, signed, self._viewer.on)
        return self._decided[key]


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if value and name in _DAYS else value for name, value in row.items()
    }


class OfPersons:
    """The lines of persons themselves, for the rooms before this one (`people.showing`)."""

    def along(self, persons: QuerySet[Person], viewer: Viewer) -> QuerySet[Person]:
        """Persons, with what decides read along."""
        return along(persons, viewer, "id")

    def lines(self, viewer: Viewer, persons: Iterable[Person]) -> Lines:
        """The lines of persons who were read so."""
        return Lines(viewer, ((one, one.decides, "") for one in persons))
