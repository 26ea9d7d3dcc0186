"""From YAML to policy texts: every unknown word, missing word and impossible date told with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ParamSpec, TypeVar

from crosswalk.core.basics import Period, Problem, Refused
from crosswalk.core.policy.texts import (
    KINDS,
    ClauseText,
    ClauseVersion,
    EndReason,
    FormerName,
    ProgramText,
    ProgramVersion,
    Said,
    Version,
)
from crosswalk.core.rules import Rule, Source, parse
from crosswalk.core.rules.parse import parse_confidence, parse_source, place_of, refuse_unknown

PROGRAM_KEYS = (
    "code", "kind", "benefit", "gate", "name", "short", "summary", "elective", "former_names", "needs", "new",
    "versions",
)  # fmt: skip
VERSION_KEYS = ("from", "until", "source", "confidence", "note", "gap_after")
PROGRAM_VERSION_KEYS = (
    *VERSION_KEYS, "applies_to", "enters_when", "continues_when", "ends_when", "ask", "discretion", "fits",
    "limits", "includes", "documents",
)  # fmt: skip

P = ParamSpec("P")
T = TypeVar("T")
V = TypeVar("V", bound=Version)


@dataclass
class Told:
    """The problems found so far."""

    problems: list[Problem] = field(default_factory=list)

    def add(
        self, place: str, sentence: str, fix: str, *, code: str = "policy.schema", severity: str = "error"
    ) -> None:
        """Tell one problem. `place` is “file:line: path”."""
        where, _, path = place.partition(": ")
        file, _, line = where.partition(":")
        self.problems.append(
            Problem("policy", file, int(line) if line.isdigit() else 0, path, code, severity, sentence, fix)
        )

    def attempt(self, do: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """Do it; what is refused is told, and None comes back."""
        try:
            return do(*given, **named)
        except Refused as refused:
            self.add(refused.place, refused.sentence, refused.fix)
            return None


def read_program(node: Any, file: str, told: Told) -> ProgramText | None:
    """One program file; None when it cannot be used at all (then a problem says why)."""
    return told.attempt(_program, node, file, told)


def read_clause(node: Any, name: str | None, file: str, path: str, told: Told) -> ClauseText | None:
    """One shared clause (its name inside) or one gate (its name given)."""
    return told.attempt(_clause, node, name, file, path, told)


def _program(node: Any, file: str, told: Told) -> ProgramText:
    place = _mapping(node, f"{file}: program")
    refuse_unknown(node, PROGRAM_KEYS, place)
    kind = text(node, "kind", place)
    if kind not in KINDS:
        raise Refused(
            f"“{kind}” is not a kind of program.", fix=f"Write one of {', '.join(KINDS)}.", place=place
        )
    versions = _versions(node, file, "", told, _program_version)
    return ProgramText(
        code=text(node, "code", place),
        kind=kind,
        benefit=text(node, "benefit", place),
        gate=text(node, "gate", place),
        name=text(node, "name", place),
        short=text(node, "short", place),
        summary=text(node, "summary", place) if "summary" in node else "",
        elective=flag(node, "elective", place),
        former_names=tuple(_former(entry, file) for entry in _list(node, "former_names", place)),
        needs=texts(node, "needs", place),
        versions=versions,
        file=file,
    )


def _former(entry: Any, file: str) -> FormerName:
    place = _mapping(entry, f"{file}: former_names")
    refuse_unknown(entry, ("name", "until", "source", "confidence"), place)
    until = day(entry, "until", place)
    if until is None:
        raise Refused(
            "A former name needs “until”.", fix="Give the first day it was no longer used.", place=place
        )
    return FormerName(text(entry, "name", place), until)


def _clause(node: Any, name: str | None, file: str, path: str, told: Told) -> ClauseText:
    place = _mapping(node, f"{file}: {path}")
    refuse_unknown(node, ("name", "say", "new", "versions"), place)
    return ClauseText(
        name=name or text(node, "name", place),
        say=text(node, "say", place),
        versions=_versions(node, file, "" if name is None else f"{path}.", told, _clause_version),
        file=file,
    )


def _versions(
    node: Mapping[str, Any], file: str, path: str, told: Told, read: Callable[[Any, str, str], V]
) -> tuple[V, ...]:
    place = place_of(node, f"{file}: {path}versions")
    entries = node.get("versions")
    if not isinstance(entries, list) or not entries:
        raise Refused("There is no version.", fix="Write at least one under “versions”.", place=place)
    found = []
    for at, entry in enumerate(entries):
        path_at = f"{path}versions[{at}]"
        version = told.attempt(read, entry, file, path_at)
        if version is not None:
            found.append(version)
    return tuple(sorted(found, key=lambda version: version.period.start or date.min))


def _clause_version(node: Any, file: str, path: str) -> ClauseVersion:
    place = _mapping(node, f"{file}: {path}")
    refuse_unknown(node, (*VERSION_KEYS, "rule"), place)
    return ClauseVersion(**dated(node, place), rule=_rule(node, "rule", file, path))


def _program_version(node: Any, file: str, path: str) -> ProgramVersion:
    place = _mapping(node, f"{file}: {path}")
    refuse_unknown(node, PROGRAM_VERSION_KEYS, place)

    def maybe(key: str) -> Rule | None:
        return _rule(node, key, file, path) if node.get(key) is not None else None

    return ProgramVersion(
        **dated(node, place),
        enters_when=_rule(node, "enters_when", file, path),
        applies_to=maybe("applies_to"),
        continues_when=maybe("continues_when"),
        ends_when=tuple(
            _ending(entry, f"{file}: {path}.ends_when") for entry in _list(node, "ends_when", place)
        ),
        ask=_questions(node, place),
        discretion=_remarks(node, "discretion", file, path),
        fits=_remarks(node, "fits", file, path),
        limits=texts(node, "limits", place),
        includes=texts(node, "includes", place),
        documents=texts(node, "documents", place),
    )


def _rule(node: Mapping[str, Any], key: str, file: str, path: str) -> Rule:
    if node.get(key) is None:
        raise Refused(f"“{key}” is missing.", fix="Write the rule.", place=place_of(node, f"{file}: {path}"))
    return parse(node[key], f"{file}: {path}.{key}")


def _ending(entry: Any, where: str) -> EndReason:
    place = _mapping(entry, where)
    refuse_unknown(entry, ("code", "say"), place)
    return EndReason(text(entry, "code", place), text(entry, "say", place))


def _remarks(node: Mapping[str, Any], key: str, file: str, path: str) -> tuple[Said, ...]:
    found = []
    known = ("when", "say", "source", "confidence", *(("feature",) if key == "fits" else ()))
    for at, entry in enumerate(_list(node, key, f"{file}: {path}")):
        here = f"{path}.{key}[{at}]"
        place = _mapping(entry, f"{file}: {here}")
        refuse_unknown(entry, known, place)
        found.append(
            Said(
                when=_rule(entry, "when", file, here),
                say=text(entry, "say", place),
                feature=text(entry, "feature", place) if key == "fits" else "",
                source=parse_source(entry.get("source"), place),
                confidence=parse_confidence(entry.get("confidence"), place),
            )
        )
    return tuple(found)


def _questions(node: Mapping[str, Any], place: str) -> Mapping[str, str]:
    asked = node.get("ask") or {}
    if not isinstance(asked, Mapping) or not all(
        isinstance(words, str) and words for words in asked.values()
    ):
        raise Refused("“ask” maps facts to questions.", fix="Write {fact: question}.", place=f"{place}.ask")
    return {str(fact): words for fact, words in asked.items()}


def dated(node: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The part that every dated text has. Raises Refused when days, source or confidence are missing or odd."""
    if "from" not in node:
        raise Refused(
            "“from” is missing.", fix="Give the first day this was in force; empty means always.", place=place
        )
    source = parse_source(node.get("source"), place)
    if not isinstance(source, Source) or not source.document:
        raise Refused(
            "The source is missing.", fix="Write source: {document: …, edition: …, page: …}.", place=place
        )
    confidence = parse_confidence(node.get("confidence"), place)
    if not confidence:
        raise Refused(
            "“confidence” is missing.", fix="Write verified, plan, secondary or unverified.", place=place
        )
    return {
        "period": period(day(node, "from", place), day(node, "until", place), place),
        "source": source,
        "confidence": confidence,
        "note": text(node, "note", place) if node.get("note") else "",
        "gap_after": flag(node, "gap_after", place),
        "place": place,
        "raw": node,
    }


def period(start: date | None, until: date | None, place: str) -> Period:
    """The days from start until the day before `until`. Raises Refused when that is no day at all."""
    if start and until and until <= start:
        raise Refused(
            f"It ends ({until}) before it begins ({start}).",
            fix="“until” is the first day it is no longer in force.",
            place=place,
        )
    return Period(start, until)


def day(node: Mapping[str, Any], key: str, place: str) -> date | None:
    """A day, or None where it is empty."""
    value = node.get(key)
    if value is not None and not isinstance(value, date):
        raise Refused(f"“{key}” is not a day.", fix="Write it as 2026-01-01, without quotes.", place=place)
    return value


def text(node: Mapping[str, Any], key: str, place: str) -> str:
    """A text that must be there."""
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Refused(
            f"“{key}” is missing or is not a text.", fix="Write words, in quotes if needed.", place=place
        )
    return value.strip()


def texts(node: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    """A list of texts, empty where absent."""
    found = _list(node, key, place)
    if not all(isinstance(entry, str) and entry for entry in found):
        raise Refused(f"“{key}” must be a list of texts.", fix="Put each in quotes.", place=place)
    return tuple(found)


def flag(node: Mapping[str, Any], key: str, place: str) -> bool:
    """A yes or no; absent is no."""
    value = node.get(key, False)
    if not isinstance(value, bool):
        raise Refused(f"“{key}” is yes or no.", fix=f"Write {key}: yes.", place=place)
    return value


def _list(node: Mapping[str, Any], key: str, place: str) -> list[Any]:
    value = node.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refused(f"“{key}” must be a list.", fix="Begin each entry with a dash.", place=place)
    return value


def _mapping(node: Any, where: str) -> str:
    if not isinstance(node, Mapping):
        raise Refused("Words with values are expected here.", fix="Write key: value lines.", place=where)
    return place_of(node, where)
