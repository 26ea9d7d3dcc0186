"""What a reviewer sees of two records: what agrees, what differs sign by sign, and the evidence as a sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.pages import words
from crosswalk.hub.people import queries
from crosswalk.hub.people.models import Card, Link, Person, Record
from crosswalk.hub.people.search import settings

#: Texts less alike than this are marked whole: single signs that agree by chance would only confuse.
_ALIKE = 0.6


@dataclass(frozen=True)
class Row:
    """One field of both records, as pieces of text of which some differ."""

    name: str
    left: tuple[tuple[str, bool], ...]
    right: tuple[tuple[str, bool], ...]
    same: bool


@dataclass(frozen=True)
class Bar:
    """One piece of evidence: its sentence, its bits, and where its bar begins and ends (per cent of the width)."""

    say: str
    weight: float
    total: float
    start: float
    width: float


@dataclass(frozen=True)
class Pair:
    """One question with everything that helps to answer it."""

    link: Link
    left: Record
    right: Record
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    asked: tuple[str, ...]
    """Why a person is asked, where a rule stopped the model."""

    @property
    def percent(self) -> int | None:
        """How many in a hundred such pairs are expected to be one person: never all, never none."""
        share = self.link.probability
        return None if share is None else max(1, min(99, round(100 * share)))

    @property
    def persons(self) -> list[str]:
        """The persons whose data this shows."""
        return list(dict.fromkeys([self.link.left_person_id, self.link.right_person_id]))


@dataclass(frozen=True)
class Unlinking:
    """A record that may not be this person, beside her other records, with what spoke for linking them."""

    person: Person
    record: Record
    others: tuple[Record, ...]
    bars: tuple[Bar, ...]


def pair(*, viewer: Viewer, link: Link) -> Pair | None:
    """One question as a reviewer sees it; None where a record is gone since."""
    left, right = queries.records_of_pair(viewer=viewer, link=link)
    if left is None or right is None:
        return None
    cards = [Card.objects.filter(source=one.source, source_id=one.source_id).first() for one in (left, right)]
    rows = (*_rows(left, right), *_numbers(*cards))
    return Pair(link, left, right, rows, evidence(link.evidence), tuple(_asked(link.evidence)))


def unlinking(*, viewer: Viewer, record_id: int) -> Unlinking | None:
    """A record of a person who has others too; None where it is her only one, or not for this viewer."""
    record = Record.objects.filter(pk=record_id).first()
    if record is None:
        return None
    everyone = queries.records(viewer=viewer, person_id=record.person_id)
    others = tuple(one for one in everyone if one.pk != record.pk)
    person = queries.person(viewer=viewer, person_id=record.person_id)
    if not others or person is None:
        return None
    here = (record.source, record.source_id)
    links = [
        link
        for one in others
        for link in queries.links_between((here, (one.source, one.source_id))).filter(decision="same")
    ]
    best = max(links, key=lambda link: link.probability or 0, default=None)
    return Unlinking(person, record, others, evidence(best.evidence) if best else ())


def _rows(left: Record, right: Record) -> Iterator[Row]:
    for name, attribute in (
        (_("First name"), "first_name"),
        (_("Last name"), "last_name"),
        (_("Born"), "born"),
        (_("Number there"), "source_id"),
        (_("Phone"), "phone"),
        (_("Address"), "address"),
    ):
        one, other = (_text(getattr(record, attribute)) for record in (left, right))
        if one or other:
            alike = one.casefold() == other.casefold()
            compared = attribute != "source_id" and one and other and not alike
            pieces = _pieces(one, other) if compared else (((one, False),), ((other, False),))
            yield Row(name, *pieces, same=bool(alike))


def _numbers(left: Card | None, right: Card | None) -> Iterator[Row]:
    """The Social Security number by its last four, with whether the whole agrees; and the sex as linkage has it."""
    if left is None or right is None:
        return
    if left.ssn4 or right.ssn4:
        same = bool(left.ssn and left.ssn == right.ssn)
        differs = bool(
            left.ssn4 and right.ssn4 and (left.ssn4 != right.ssn4 or (left.ssn and right.ssn and not same))
        )
        known = [f"***-**-{one.ssn4}" if one.ssn4 else str(_("not given")) for one in (left, right)]
        if differs and left.ssn4 == right.ssn4:
            known = [f"{one} ({_('the rest differs')})" for one in known]
        yield Row(_("Social Security number"), ((known[0], differs),), ((known[1], differs),), same=same)
    if left.sex or right.sex:
        differs = bool(left.sex and right.sex and left.sex != right.sex)
        one, other = (((card.sex or str(_("not given")), differs),) for card in (left, right))
        yield Row(_("Sex on record"), one, other, same=left.sex == right.sex)


def _text(value: Any) -> str:
    return words.day(value) if hasattr(value, "year") else str(value or "")


def _pieces(one: str, other: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
    """Both texts in pieces; True marks what the other does not have, whatever the case of its letters."""
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ((one, True),), ((other, True),)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if one[a:b]:
            left.append((one[a:b], kind != "equal"))
        if other[c:d]:
            right.append((other[c:d], kind != "equal"))
    return tuple(left), tuple(right)


def evidence(pieces: Sequence[dict[str, Any]]) -> tuple[Bar, ...]:
    """The evidence as a waterfall: each bar begins where the one before ended, the strongest first."""
    weighed = [one for one in pieces if one["field"] not in ("veto", "rule", "person")]
    prior = [one for one in weighed if one["field"] == "prior"]
    rest = sorted(
        (one for one in weighed if one["field"] != "prior"), key=lambda one: -abs(float(one["weight"]))
    )
    steps, total = [], 0.0
    for one in (*prior, *rest):
        before, total = total, total + float(one["weight"])
        steps.append((said(one["field"], one["level"]), float(one["weight"]), before, total))
    low = min((min(before, after) for _, _, before, after in steps), default=0.0)
    high = max((max(before, after) for _, _, before, after in steps), default=0.0)
    span = (high - low) or 1.0
    return tuple(
        Bar(say, weight, after, 100 * (min(before, after) - low) / span, 100 * abs(weight) / span)
        for say, weight, before, after in steps
    )


def said(field: str, level: str) -> str:
    """One grade of agreement in the language of the page, without the values that are shared."""
    own = {
        "prior": _("before any evidence: two people picked at random"),
        "year typed": _("same year of birth"),
        "month typed": _("same month and year of birth"),
        "last typed": _("the last name begins so"),
        "first typed": _("the first name begins so"),
    }
    if field in own:
        return own[field]
    language = (get_language() or "en")[:2]
    for one in (*settings().comparisons, *settings().hashed_comparisons):
        if one["name"] == field:
            for grade in one["levels"]:
                if grade["level"] == level:
                    text = str(grade.get(f"say_{language}") or grade["say"])
                    return " ".join(text.replace("{value}", "").split()).replace(" ,", ",")
    return f"{field} {level}"


def fits(piece: Mapping[str, Any]) -> str:
    """A piece of evidence in a few words, for a line of a list."""
    return said(str(piece["field"]), str(piece["level"]))


def _asked(pieces: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Why the model was not allowed to link by itself."""
    language = (get_language() or "en")[:2]
    rules = settings().decisions
    for one in pieces:
        if one["field"] in ("veto", "rule"):
            spoken = rules.get(f"vetoes_{language}", {})
            yield str(
                spoken.get(one["level"]) or rules["vetoes"].get(one["level"]) or _of_a_run(one["level"])
            )


def _of_a_run(level: str) -> str:
    """Why clustering cut a link."""
    return {
        "two_numbers_in_one_plan": _("they have two Medi-Cal numbers in one plan"),
        "possible_duplicate": _("both are persons who already have an id"),
    }.get(level, level.replace("_", " "))
