"""What is in force on one day: programs with their clauses and code lists filled in, tables, clocks, release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crosswalk.core.basics import Period, Refused
from crosswalk.core.policy.program import Gate, Program
from crosswalk.core.policy.texts import ClauseText, ProgramText, ProgramVersion, Said, in_force
from crosswalk.core.rules import Clause, FactUse, Group, Leaf, Rule, Source, Test, parse

if TYPE_CHECKING:
    from crosswalk.core.policy.folder import Policy
    from crosswalk.core.policy.tables import Row

#: From which day a program may be had in which county; a program without rows there is had everywhere.
_LIVE = "populations/live_in_county"


class Edition:
    """Everything in force on `day`. Nothing in it changes; what is costly is read when first asked for."""

    def __init__(self, policy: Policy, day: date) -> None:
        self.policy = policy
        self.day = day
        self.release = policy.release
        self._filled: dict[str, Clause] = {}

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """The programs in force: populations, then services, then benefits."""
        found = ((text, in_force(text.versions, self.day)) for text in self.policy.programs.values())
        return tuple(self._program(text, version) for text, version in found if version is not None)

    def program(self, code: str) -> Program:
        """One program in force. Raises Refused when the code is unknown, or not in force on the day."""
        for program in self.programs:
            if program.code == code:
                return program
        text = self.policy.programs.get(code)
        if text is None:
            known = ", ".join(self.policy.programs)
            raise Refused(f"There is no program “{code}”.", fix=f"Known programs: {known}.")
        days = "; ".join(str(version.period) for version in text.versions)
        raise Refused(f"“{code}” is not in force on {self.day}.", fix=f"It is in force {days}.")

    def gate(self, name: str) -> Gate:
        """One gate on the day. Raises Refused when there is none of that name."""
        text = self.policy.gates.get(name)
        version = None if text is None else in_force(text.versions, self.day)
        if text is None or version is None:
            raise Refused(f"There is no gate “{name}” in force on {self.day}.", fix="Add it to gate.yaml.")
        rule = self.complete(version.rule, version.source, version.confidence)
        return Gate(name, text.say, rule, version.period, version.source, version.confidence)

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """The shared clauses in force, complete."""
        return {
            name: self._clause(name, ())
            for name, text in self.policy.clauses.items()
            if in_force(text.versions, self.day)
        }

    def clause(self, name: str) -> Clause:
        """One shared clause in force, complete. Raises Refused when there is none of that name on the day."""
        return self._clause(name, ())

    def rule(self, node: object, place: str) -> Rule:
        """A rule that stands in a free document (such as a step of the ranking), read and complete."""
        return self.complete(parse(node, place), Source(place.partition(":")[0]), "")

    def code_list(self, name: str) -> frozenset[str]:
        """The codes of `codes/<name>.csv` in force on the day."""
        return frozenset(row["code"] for row in self.table(f"codes/{name}"))

    def table(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The rows of a table in force on the day, each by column."""
        return tuple(row.cells for row in self.policy.table(name).rows if self.day in row.period)

    def code_map(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The rows in force of one map of codes, such as `icd10_conditions`."""
        return self.table(f"codes/maps/{name}")

    def entries(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The dated entries of a YAML file in force on the day, by key."""
        return {
            entry["key"]: entry
            for entry in self.policy.entries(name)
            if self.day in Period(entry["from"], entry.get("until"))
        }

    def document(self, name: str) -> Any:
        """A free YAML file; where it has `versions`, the one in force on the day in their place.

        Raises Refused when it has versions and none is in force.
        """
        content = self.policy.document(name)
        if not isinstance(content, dict) or "versions" not in content:
            return content
        rest = {key: value for key, value in content.items() if key != "versions"}
        for version in content["versions"]:
            if self.day in Period(version.get("from"), version.get("until")):
                return {**rest, **version}
        raise Refused(f"{name}.yaml has no version in force on {self.day}.", fix="Add one.", place=name)

    @cached_property
    def digest(self) -> str:
        """32 hex signs that differ when anything in force differs; the same texts give the same signs."""
        raw = {
            kind: {
                name: version.raw
                for name, text in texts.items()
                if (version := in_force(text.versions, self.day)) is not None
            }
            for kind, texts in (
                ("programs", self.policy.programs),
                ("clauses", self.policy.clauses),
                ("gates", self.policy.gates),
            )
        }
        said = hashlib.sha256(json.dumps([self.release, raw], default=str, sort_keys=True).encode())
        for relative in sorted(self.policy.files):
            if relative.endswith(".csv") and not relative.startswith(("examples/", "layouts/", "linkage/")):
                rows = sorted(json.dumps(dict(row)) for row in self.table(relative[: -len(".csv")]))
                said.update(json.dumps([relative, rows]).encode())
            elif relative.startswith(("layouts/", "linkage/", "finding/", "words/", "clocks.yaml")):
                said.update(relative.encode() + self.policy.path(relative).read_bytes())
        return said.hexdigest()[:32]

    def complete(self, rule: Rule, source: Source, confidence: str, under: tuple[str, ...] = ()) -> Rule:
        """The rule with clauses and code lists filled in, and source and confidence handed down to every part.

        Raises Refused when a clause or list does not exist on the day, or clauses go round in a circle.
        """
        source = _inherited(rule.source, source)
        confidence = rule.confidence or confidence
        if isinstance(rule, Leaf):
            return self._leaf(rule, source, confidence)
        if isinstance(rule, Clause):
            clause = self._clause(rule.name, under, rule.place)
            return replace(
                clause, say=rule.say or clause.say, note=rule.note or clause.note, place=rule.place
            )
        assert isinstance(rule, Group)
        parts = tuple(self.complete(part, source, confidence, under) for part in rule.of)
        return replace(rule, of=parts, source=source, confidence=confidence)

    def _leaf(self, leaf: Leaf, source: Source, confidence: str) -> Leaf:
        test = leaf.test
        if test.word == "in_list":
            codes = tuple(sorted(self.code_list(str(test.operand))))
            if not codes:
                raise Refused(
                    f"The code list “{test.operand}” is empty on {self.day}.",
                    fix="Add codes.",
                    place=leaf.place,
                )
            test = Test(test.use, "in", codes)
        return replace(leaf, test=test, source=source, confidence=confidence)

    def _clause(self, name: str, under: tuple[str, ...], place: str = "") -> Clause:
        if name in self._filled:
            return self._filled[name]
        if name in under:
            raise Refused(
                f"The clauses go round in a circle: {' → '.join((*under, name))}.",
                fix="Let one of them say its rule without the other.",
                place=place,
            )
        text: ClauseText | None = self.policy.clauses.get(name)
        version = None if text is None else in_force(text.versions, self.day)
        if text is None or version is None:
            raise Refused(
                f"The clause “{name}” {'does not exist' if text is None else f'is not in force on {self.day}'}.",
                fix=f"Add it to clauses/{name}.yaml.",
                place=place,
            )
        rule = self.complete(version.rule, version.source, version.confidence, (*under, name))
        filled = Clause(
            name=name,
            rule=rule,
            say=text.say,
            note=version.note,
            source=version.source,
            confidence=version.confidence,
        )
        self._filled[name] = filled
        return filled

    def _program(self, text: ProgramText, version: ProgramVersion) -> Program:
        def whole(rule: Rule | None) -> Rule | None:
            return None if rule is None else self.complete(rule, version.source, version.confidence)

        name = text.name_on(self.day)
        others = (text.name, *(former.name for former in text.former_names))
        return Program(
            code=text.code,
            kind=text.kind,
            benefit=text.benefit,
            gate=self.gate(text.gate),
            name=name,
            short=text.short,
            summary=text.summary,
            elective=text.elective,
            also_known_as=tuple(other for other in others if other != name),
            needs=text.needs,
            period=version.period,
            source=version.source,
            confidence=version.confidence,
            note=version.note,
            applies_to=self._where_begun(text.code, whole(version.applies_to)),
            enters_when=self.complete(version.enters_when, version.source, version.confidence),
            continues_when=whole(version.continues_when),
            ends_when=version.ends_when,
            ask=version.ask,
            discretion=self._remarks(version.discretion, version),
            fits=self._remarks(version.fits, version),
            limits=version.limits,
            includes=version.includes,
            documents=version.documents,
        )

    def _where_begun(self, code: str, about: Rule | None) -> Rule | None:
        """Whom a program is about, in the counties where it has begun; as it was once it has begun in all."""
        every = self._begins.get(code, [])
        begun = [row.cells for row in every if self.day in row.period]
        if len(begun) == len(every):
            return about
        sure = [row for row in begun if row["confidence"] != "unverified"]
        maybe = [row for row in begun if row["confidence"] == "unverified"]
        counties: tuple[Rule, ...] = tuple(_in_counties(rows) for rows in (sure, maybe) if rows)
        if not counties:
            counties = (Group(word="none_of", of=(_in_counties([row.cells for row in every]),)),)
        place = Group(word="any_of", of=counties, say="Lives in a county where the program has begun")
        source, confidence = (
            Source(begun[0]["source"]) if begun else None,
            "verified" if sure else "unverified",
        )
        return Group(
            word="all_of",
            of=(*(() if about is None else (about,)), place),
            source=source,
            confidence=confidence,
        )

    @cached_property
    def _begins(self) -> Mapping[str, list[Row]]:
        if f"{_LIVE}.csv" not in self.policy.files:
            return {}
        found: dict[str, list[Row]] = {}
        for row in self.policy.table(_LIVE).rows:
            found.setdefault(row.cells["program"], []).append(row)
        return found

    def _remarks(self, remarks: tuple[Said, ...], version: ProgramVersion) -> tuple[Said, ...]:
        return tuple(
            replace(
                remark,
                when=self.complete(remark.when, version.source, version.confidence),
                source=_inherited(remark.source, version.source),
                confidence=remark.confidence or version.confidence,
            )
            for remark in remarks
        )


def _in_counties(rows: list[Mapping[str, str]]) -> Leaf:
    """Whether the person's county is one of those of some rows of `populations/live_in_county.csv`."""
    sure = rows[0]["confidence"]
    return Leaf(
        test=Test(FactUse("county"), "in", tuple(sorted(row["county"] for row in rows))),
        say="Lives in a county where the program has begun"
        if sure != "unverified"
        else "Lives in a county where the program may have begun",
        source=Source(rows[0]["source"]),
        confidence=sure,
    )


def _inherited(own: Source | None, above: Source) -> Source:
    """A part's own source; one that gives only a page is a page of the document above."""
    if own is None:
        return above
    return own if own.document else replace(above, page=own.page, note=own.note)
