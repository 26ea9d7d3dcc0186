"""Why, told for one person and program from the files themselves, as far as the viewer may see each source.

The answer is computed by the same code as the list (`core.finding.why`). A fact is shown with its answer, value
and rows only when the disclosure table or a consent allows every row of it at this moment; otherwise the page says
whose it is and what would open it, and not what it says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from crosswalk.cli.store import Delivery, Store
from crosswalk.core.basics import Truth
from crosswalk.core.consent import Decision
from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import answer_rows, catalogue, prepare_people
from crosswalk.core.finding.sentences import questions_of
from crosswalk.core.finding.spoken import value_words
from crosswalk.core.finding.why import Explained, FactTold, ProgramWhy, explain
from crosswalk.core.policy import shipped_folder
from crosswalk.core.rules import Clause, Group, Leaf, Reason
from crosswalk.core.rules.prose import heading, sentence
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.answers.models import Answer
from crosswalk.hub.answers.queries import as_row, delivery, standing
from crosswalk.hub.consent.sharing import Sharing
from crosswalk.hub.finding.models import Run
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.pages.words import day
from crosswalk.hub.people import written


@dataclass(frozen=True)
class RowShown:
    """One source row behind a fact."""

    says: str
    day: date | None
    where: str


@dataclass(frozen=True)
class HiddenFact:
    """Whose the rows behind a fact are that may not be shown, and what would open them."""

    holder: str
    decision: Decision


@dataclass(frozen=True)
class PartShown:
    """One part of the rule: its sentence, its answer, what shows it, and the parts below it."""

    say: str
    answer: str
    heading: str
    value: str
    rows: tuple[RowShown, ...]
    hidden: HiddenFact | None
    source: str
    confidence: str
    parts: tuple[PartShown, ...]

    @property
    def open(self) -> bool:
        """Whether to show the parts below at first: where something carries the answer or is missing."""
        return self.answer != "no"


@dataclass(frozen=True)
class Question:
    """What is missing, as a question about the person, and the words to read aloud to them in their language."""

    about: str
    aloud: str
    language: str
    fact: str
    can_be_answered: bool
    """Whether a worker's word counts; what is counted from files does not become true by being said."""


@dataclass(frozen=True)
class AnsweredShown:
    """An answer that was given here and counts in this program; empty parts are not shown to this viewer."""

    id: int
    about: str
    value: str
    day: date | None
    by: str
    organization: str
    own: bool


@dataclass(frozen=True)
class WhyShown:
    """Everything on the why page."""

    why: ProgramWhy
    whole: PartShown
    questions: tuple[Question, ...]
    answered: tuple[AnsweredShown, ...]
    changes: tuple[tuple[tuple[tuple[str, str], ...], str], ...]
    """What else would have to be so (the rule's sentence, and what it would be), and the answer it would lead to."""
    on: date
    release: str


@lru_cache(maxsize=256)
def _explained(
    data: Path, run: str, person_id: str, program: str, on: date, answers: tuple[tuple[Any, ...], ...]
) -> Explained:
    """The explanation of one person and program; kept until the next `run` or answer, since nothing else changes it."""
    assert run
    store = Store(data)
    links = store.latest / "links.parquet"
    with (
        tempfile.TemporaryDirectory(prefix="why-") as aside,
        DuckEngine(memory="512MB", threads=1, scratch=store.scratch) as engine,
    ):
        state, persons = written.beside(
            store.current, store.latest / "persons.parquet", person_id=person_id, folder=Path(aside)
        )
        prepare_people(
            engine,
            state,
            persons,
            only=[person_id],
            answers=answer_rows(dict(one) for one in answers),
        )
        return explain(
            engine,
            edition(on),
            state=state,
            links=links if links.exists() else None,
            person_id=person_id,
            program=program,
        )


def day_of(run: Run, answers: Sequence[Answer]) -> date:
    """The day a person is decided for: that of the run, or of a newer answer."""
    return max([run.on, *(one.day for one in answers)])


def explained(*, viewer: Viewer, run: Run, person_id: str, program: str) -> Explained:
    """One program explained for one person, with every answer that stands. Raises Refused for none in force."""
    answers = standing(viewer=viewer, person_id=person_id)
    rows = tuple(tuple(as_row(one).items()) for one in answers)
    return _explained(settings.SITE.data.resolve(), run.id, person_id, program, day_of(run, answers), rows)


def why(
    *, viewer: Viewer, run: Run, person_id: str, program: str, sharing: Sharing, language: str = "en"
) -> WhyShown:
    """The why page's content; `language` is the person's. Raises Refused for a program that was not in force."""
    told = explained(viewer=viewer, run=run, person_id=person_id, program=program)
    one = told.programs[0]
    source = str(one.decision.program.source)
    shown = _Shown(told.facts, _holders(), sharing).part(one.reason, source, one.decision.program.confidence)
    uses = {use.name for use in one.decision.uses()}
    answered = standing(viewer=viewer, person_id=person_id)
    # The program's own answer may be shown wherever its list may; what carries it may not always.
    shown = replace(shown, answer=one.reason.truth.value)
    return WhyShown(
        why=one,
        whole=shown,
        questions=_questions(one, language),
        answered=tuple(_answered(answer, viewer, sharing) for answer in answered if answer.fact in uses),
        changes=_changes(one),
        on=told.on,
        release=told.release,
    )


def _questions(one: ProgramWhy, language: str) -> tuple[Question, ...]:
    """The open questions, each with how it is asked aloud where the policy has words for that."""
    sentences = questions_of(one.decision, _asked())
    aloud, facts = _aloud(language), catalogue()
    names = {sentences[use]: use.name for use in reversed(one.answered.asked)}
    return tuple(
        Question(said, aloud.get(names[said], ""), language, names[said], facts[names[said]].attestable)
        for said in one.questions
    )


def _answered(one: Answer, viewer: Viewer, sharing: Sharing) -> AnsweredShown:
    """An answer as this viewer may see it: whoever may not is told only whose it is."""
    seen = sharing.may(sharing.table.category("attestation", one.fact), one.organization).shown
    return AnsweredShown(
        id=one.pk,
        about=catalogue()[one.fact].question,
        value=one.value if seen else "",
        day=one.day if seen else None,
        by=one.worker.name if seen else "",
        organization=one.organization.name,
        own=one.organization_id == viewer.organization_id,
    )


@lru_cache(maxsize=1)
def _asked() -> dict[str, str]:
    return {name: fact.question for name, fact in catalogue().items()}


@lru_cache(maxsize=4)
def _aloud(language: str) -> dict[str, str]:
    """Questions to read aloud, by fact, in one of the languages of the policy."""
    path = shipped_folder() / "words" / f"{language}.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]) if path.exists() else {}


def _changes(one: ProgramWhy) -> tuple[tuple[tuple[tuple[str, str], ...], str], ...]:
    """What would change the answer, said with the rule's own sentences instead of the names of facts."""
    says = {node.test.use: sentence(node) for node in one.decision.rule.walk() if isinstance(node, Leaf)}
    return tuple(
        (
            tuple((says.get(part.use, part.use.words), part.words) for part in change.suppositions),
            change.becomes.answer,
        )
        for change in (one.decides or one.would_change)
    )


def sources_of(delivery: Delivery) -> tuple[str, ...]:
    """The sources that one delivery speaks for: one HMIS, or each plan in a file."""
    source = delivery.facts["source"]
    return (source,) if isinstance(source, str) else tuple(source)


def _holders() -> dict[str, tuple[Organization | None, ...]]:
    """Whose each delivery is, by delivery id; None for a source that no organization has."""
    everybody = list(Organization.objects.all())
    by_source = {one.source: one for one in everybody if one.source}
    told: dict[str, tuple[Organization | None, ...]] = {
        name(one.pk): (one,) for one in everybody for name in (delivery, written.delivery)
    }
    return told | {
        one.id: tuple(by_source.get(source) for source in sources_of(one))
        for one in Store(settings.SITE.data).deliveries()
    }


class _Shown:
    """Turns the answered rule into what this viewer is shown of it."""

    def __init__(
        self,
        facts: Mapping[str, FactTold],
        holders: Mapping[str, tuple[Organization | None, ...]],
        sharing: Sharing,
    ) -> None:
        self.facts, self.holders, self.sharing = facts, holders, sharing

    def part(self, reason: Reason, above: str, sure_above: str) -> PartShown:
        """One part with everything below it; a page or confidence that was said above is not said again."""
        rule, source = reason.rule, str(reason.source or "") or above
        told = self.facts.get(reason.use.column) if reason.use else None
        hidden = self._hidden(told) if isinstance(rule, Leaf) else None
        group = rule if isinstance(rule, Group) else None
        children = reason.children
        if (
            isinstance(rule, Clause)
            and children
            and isinstance(children[0].rule, Group)
            and not children[0].rule.say
        ):
            group, children = children[0].rule, children[0].children
        leaf = isinstance(rule, Leaf)
        sure = str(reason.confidence or "")
        parts = tuple(self.part(child, source, sure or sure_above) for child in children)
        return PartShown(
            say=reason.say if leaf or isinstance(rule, Clause) or rule.say else "",
            answer="hidden" if hidden or _tells(group, parts, reason.truth) else reason.truth.value,
            heading=heading(group) if group else "",
            value="" if hidden or not leaf else _value(told),
            rows=() if hidden or told is None or not leaf else tuple(_rows(told)),
            hidden=hidden,
            source="" if source == above else source,
            confidence="" if sure == sure_above else sure,
            parts=parts,
        )

    def _hidden(self, told: FactTold | None) -> HiddenFact | None:
        """The first row behind a fact that may not be shown; one such row hides the value and all rows."""
        if told is None:
            return None
        for row in told.rows:
            for holder in self.holders.get(str(row.get("delivery")), (None,)):
                for category in self._categories(row, told.use.name):
                    decision = self.sharing.may(category, holder)
                    if not decision.shown:
                        return HiddenFact(holder.name if holder else "?", decision)
        return None

    def _categories(self, row: Mapping[str, Any], fact: str) -> tuple[str, ...]:
        """What a row shows: its own category, and that of the fact where the fact says more than the row alone.

        An event says its kind and code first, an answer its fact; the rest is HMIS.
        """
        table, says = self.sharing.table, str(row.get("says") or "")
        by_fact = table.category("attestation", fact)
        strict = () if by_fact == "health" else (by_fact,)
        if says.startswith("member record"):
            return ("coverage", *strict)
        for kind in sorted({kind for kind, _, _ in table.kinds}):
            told = kind.replace("_", " ")
            if says == told or says.startswith(f"{told} "):
                return (table.category(kind, says[len(told) + 1 :].split(" ")[0]), *strict)
        return strict or (("health",) if row.get("file") == "answer" else ("housing",))


def _tells(group: Group | None, parts: tuple[PartShown, ...], truth: Truth) -> bool:
    """Whether a part's answer would tell one below it that is not shown: without that one it would be unknown."""
    if not any(one.answer == "hidden" for one in parts):
        return False
    known = [Truth(one.answer) if one.answer != "hidden" else Truth.UNKNOWN for one in parts]
    if group is None:
        return truth is not Truth.UNKNOWN
    sure = {answer: known.count(answer) for answer in Truth}
    word, wanted = group.word, {"all_of": len(known), "at_least": group.count or 0}.get(group.word, 1)
    yes, possible = sure[Truth.YES] >= wanted, sure[Truth.YES] + sure[Truth.UNKNOWN] >= wanted
    without = Truth.YES if yes else Truth.UNKNOWN if possible else Truth.NO
    if word == "none_of":
        without = {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(without, without)
    return without is not truth


def _value(told: FactTold | None) -> str:
    if told is None or isinstance(told.value, bool | None) or told.value == []:
        return ""
    return day(told.value) if isinstance(told.value, date) else value_words(told.value)


def _rows(told: FactTold) -> Iterator[RowShown]:
    seen: set[RowShown] = set()
    for row in told.rows:
        shown = RowShown(
            says=str(row.get("says") or "recorded"),
            day=row.get("day"),
            where=f"{row.get('file') or 'file'}, row {row.get('row')}",
        )
        if shown not in seen and len(seen) < 5:
            seen.add(shown)
            yield shown
