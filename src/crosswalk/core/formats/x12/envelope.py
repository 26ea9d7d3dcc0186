"""The envelope and the guide of a file while it passes by: every segment is counted, placed and looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from crosswalk.core.formats.x12.elements import Flaw, expression, flaws
from crosswalk.core.formats.x12.findings import Finding
from crosswalk.core.formats.x12.guides import Node, guide_for
from crosswalk.core.formats.x12.segments import Segments
from crosswalk.core.formats.x12.sentences import ELEMENT, ENVELOPE, ODD, SEGMENT
from crosswalk.core.formats.x12.shapes import Place, Shapes, is_national_provider
from crosswalk.core.formats.x12.walk import Problem, State, Step, Walk, walk_of

#: Segments that the answer to one set may name; a set in which all is wrong needs no longer list.
NOTES = 500
#: Envelope segments that are three letters long.
ANSWERED = ("ISA", "IEA", "TA1")


@dataclass(slots=True)
class SetSeen:
    """One transaction set: its ST, how many segments, what the answer must say about it."""

    code: str
    control: str
    version: str
    notes: list[Finding] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)  # IK502: 2, 3, 4 …
    rejected: bool = False
    claims: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class GroupSeen:
    """One functional group with its sets; `included` is what GE said."""

    elements: tuple[str, ...]
    sets: list[SetSeen] = field(default_factory=list)
    included: str = ""
    reasons: list[str] = field(default_factory=list)  # AK905


@dataclass(slots=True)
class InterchangeSeen:
    """One interchange with its groups; `note` is TA105."""

    elements: tuple[str, ...]
    component: str
    groups: list[GroupSeen] = field(default_factory=list)
    note: str = "000"


class Envelope:
    """Takes every block of a file in order and tells what is wrong with envelope, order and elements."""

    def __init__(
        self, segments: Segments, found: Callable[[Finding], None], tolerated: frozenset[str] = frozenset()
    ) -> None:
        self.source = segments
        self.found = found
        self.tolerated = tolerated
        self.interchanges: list[InterchangeSeen] = []
        self.segments_seen = self.sets_seen = 0
        self.segment_number = 0
        self.set_control = ""
        self.claim = ""
        self.claims_in_set = 0
        self.missing_in_set = 0
        self._interchange: InterchangeSeen | None = None
        self._group: GroupSeen | None = None
        self._set: SetSeen | None = None
        self._ended: tuple[str, str, int] | None = None
        self._controls: set[tuple[str, ...]] = set()
        self._walk: Walk | None = None
        self._state: State | None = None
        self._patterns: dict[Node, re.Pattern[str] | None] = {}
        self._delimiters: Any = None
        self._national: dict[str, bool] = {}
        self._shapes = Shapes(segments.delimiters)
        self._place: Place | None = None
        self._outer: frozenset[str] = frozenset()

    def take(self, block: str) -> None:
        """One block: the envelope's own segments, or segments of the open set."""
        delimiters = self.source.delimiters
        if delimiters is not self._delimiters and delimiters != self._delimiters:
            self._delimiters, self._patterns, self._shapes = delimiters, {}, Shapes(delimiters)
            self._place = self._shapes.place(self._state) if self._state is not None else None
            self._outer = frozenset(
                (*ANSWERED, *(two + delimiters.element for two in ("ST", "SE", "GS", "GE")))
            )
        name = block[:3]
        if name in self._outer:
            first, *others = self.source.split(block)
            self._of_envelope(first.split(delimiters.element))
            if others:
                self._inside(others)
        else:
            if name in ("CLM", "CLP"):
                self.claims_in_set += 1
                self.claim = [*block.split(delimiters.element, 2), ""][1]
            elif name in ("HL" + delimiters.element, "INS"):
                self.claim = ""
            self._inside(block.split(delimiters.terminator))

    def _inside(self, segments: list[str]) -> None:
        """Segments of a set: at once those that were faultless there before, the others taken apart."""
        place = self._place
        if place is None or self._state is None or self._ended is not None:
            self._body(segments)
            return
        known, national = 0, self._shapes.national
        for at, text in enumerate(segments):
            then = place.texts.get(text)
            if then is None and (way := place.first.get(text[:3])):
                takes, then, names = way
                if not takes(text) or (names and national in text):
                    then = self._shapes.recognise(place, text, self._national)
                elif place.remembers:
                    place.remember(text, then)
            if then is not None:
                place = then
                known += 1
                continue
            self._known(place, known)
            known = 0
            there = self._taken_apart(place, text)
            if there is None:
                self._body(segments[at + 1 :])
                return
            place = there
        self._known(place, known)

    def _known(self, place: Place, count: int) -> None:
        """So many segments were faultless and led to a place."""
        self.segments_seen += count
        self.segment_number += count
        self._place, self._state = place, place.state

    def _taken_apart(self, place: Place, text: str) -> Place | None:
        """One segment looked at element by element, and where it leads; what was faultless is learned."""
        met: list[tuple[Node, str]] = []
        self._body([text], met)
        if self._state is None or self._walk is None:
            return None
        if met:
            self._shapes.learn(place, met[0], self._state, self._walk.guide.qualifiers)
        self._place = self._shapes.place(self._state)
        return self._place

    def byte_of(self, number: int) -> int:
        """The byte of a segment of the open set, when it is still at hand."""
        return self.source.place(self.segments_seen - self.segment_number + number) if number else -1

    def note(self, finding: Finding) -> None:
        """Something that the answer to the open set must name."""
        if self._set is not None and len(self._set.notes) < NOTES:
            self._set.notes.append(finding)

    def keep_claim(self, claim: Any, remarks: list[Any], number: int) -> None:
        """A claim and what stops it, for the 277CA."""
        if self._set is not None:
            self._set.claims.append((claim, remarks, number))

    def _body(self, segments: list[str], met: list[tuple[Node, str]] | None = None) -> None:
        """Segments of a set: counted, placed in the guide, their elements looked at.

        `met` gets each node with its qualifier; it is emptied when something is wrong.
        """
        faultless = met is not None
        self.segments_seen += len(segments)
        if self._set is None or self._ended is not None:
            self._loose(segments)
            return
        number, state, walk = self.segment_number, self._state, self._walk
        if walk is None or state is None:
            self.segment_number = number + len(segments)
            return
        element = self._delimiters.element
        qualifiers, patterns, national = walk.guide.qualifiers, self._patterns, element + "XX" + element
        for text in segments:
            number += 1
            name, _, rest = text.partition(element)
            place = qualifiers.get(name, 0)
            if place == 0:
                told, key = "", name
            elif place == 1:
                told = rest.partition(element)[0]
                key = name + told
            else:
                told = (rest.split(element) + [""] * place)[place - 1]
                key = name + told
            step = state.steps.get(key)
            if step is None:
                step = walk.step(state, name, told, key)
            state, node = step.state, step.node
            if step.problems:
                faultless = False
                self.segment_number = number
                self._out_of_order(step)
            if node is not None:
                try:
                    pattern = patterns[node]
                except KeyError:
                    pattern = patterns[node] = expression(node, self._delimiters)
                if pattern is not None and pattern.fullmatch(text) is None:
                    faultless = False
                    self.segment_number = number
                    self._flawed(node, text)
                if faultless and met is not None:
                    met.append((node, told))
                if name == "NM1" and national in text:
                    self.segment_number = number
                    self._provider_number(text, node)
        self.segment_number, self._state = number, state
        if met is not None and not faultless:
            met.clear()

    def _loose(self, segments: list[str]) -> None:
        """Segments where no set is open."""
        self.segment_number += len(segments)
        if (
            self._interchange is None
            and self._group is None
            and self._set is None
            and not self.source.has_isa
        ):
            return
        self._tell("loose_segments", segment=segments[0][:3])

    def _out_of_order(self, step: Step) -> None:
        for problem in step.problems:
            self._problem(problem, self.segment_number)

    def _problem(self, problem: Problem, number: int) -> None:
        sentence, fix = SEGMENT[problem.code]
        self._guide_finding(
            f"segment_{problem.code}", sentence.format(problem.segment), fix, problem.loop, problem.segment, "", number,
            "", problem.code, "",
        )  # fmt: skip
        if problem.code == "3":
            self.missing_in_set += 1

    def _flawed(self, node: Node, text: str) -> None:
        for flaw in flaws(node, text.split(self._delimiters.element), self._delimiters):
            self._flaw(flaw, node)

    def _flaw(self, flaw: Flaw, node: Node) -> None:
        sentence, fix = ELEMENT[flaw.code]
        self._guide_finding(
            f"element_{flaw.code}", sentence, fix, node.loop, node.name, flaw.element, self.segment_number, flaw.value,
            flaw.code, flaw.reference, minor=flaw.minor or f"{node.name}{flaw.element.zfill(2)}" in self.tolerated,
        )  # fmt: skip

    def _guide_finding(
        self, code: str, sentence: str, fix: str, loop: str, segment: str, element: str, number: int, value: str,
        answer: str, reference: str, *, minor: bool = False,
    ) -> None:  # fmt: skip
        finding = Finding(
            "codes" if minor else "guide", code, "nothing" if minor else "set", sentence, fix, self.set_control, loop,
            segment, element, number, self.byte_of(number), self.claim, value, answer, reference,
        )  # fmt: skip
        self.found(finding)
        self.note(finding)
        if self._set is not None and not minor:
            self._set.rejected = True

    def _provider_number(self, text: str, node: Node) -> None:
        e = text.split(self._delimiters.element)
        if len(e) < 10 or e[8] != "XX" or not e[9]:
            return
        right = self._national.get(e[9])
        if right is None:
            if len(self._national) > 20_000:
                self._national.clear()
            right = self._national[e[9]] = is_national_provider(e[9])
        if not right:
            self.found(
                Finding(
                    "situation",
                    "npi_check_digit",
                    "claim",
                    "A National Provider Identifier is mistyped: its check digit does not fit.",
                    "Look the number up in the national registry and correct it.",
                    self.set_control,
                    node.loop,
                    "NM1",
                    "9",
                    self.segment_number,
                    self.byte_of(self.segment_number),
                    self.claim,
                    e[9],
                )
            )

    # The envelope itself.

    def _of_envelope(self, e: list[str]) -> None:
        self.segments_seen += 1
        name = e[0]
        if name == "ST":
            self._st(e)
        elif name == "SE":
            self.segment_number += 1
            said, control = [*e, "", ""][1:3]
            self._ended = (said, control, self.segment_number)
        else:
            self._close_set()
            {"ISA": self._isa, "GS": self._gs, "GE": self._ge, "IEA": self._iea, "TA1": self._ta1}[name](e)

    def _isa(self, e: list[str]) -> None:
        self._close_group()
        if self._interchange is not None:
            self._tell("no_interchange_end")
        e = [part.strip() for part in e] + [""] * (17 - len(e))
        self._interchange = InterchangeSeen(tuple(e), self._delimiters.component)
        self.interchanges.append(self._interchange)
        if ("ISA", *e[5:9], e[13]) in self._controls:
            self._tell("duplicate_interchange")
        self._controls.add(("ISA", *e[5:9], e[13]))
        if not re.fullmatch("[0-9]{9}", e[13]):
            self._tell("interchange_number")

    def _gs(self, e: list[str]) -> None:
        self._close_group()
        e = e + [""] * (9 - len(e))
        self._group = GroupSeen(tuple(e))
        if self._interchange is None:
            if self.source.has_isa:
                self._tell("group_outside")
        else:
            self._interchange.groups.append(self._group)
            key = ("GS", str(len(self.interchanges)), e[1], e[6])
            if key in self._controls:
                self._tell("duplicate_group")
            self._controls.add(key)
        if e[8].startswith("004"):
            self._tell("old_version", segment="GS", element="8")

    def _st(self, e: list[str]) -> None:
        self._close_set()
        e = e + [""] * (4 - len(e))
        self.sets_seen += 1
        self.set_control, self.segment_number, self.claim = e[2], 1, ""
        self.claims_in_set = self.missing_in_set = 0
        self._set = SetSeen(e[1], e[2], e[3])
        if self._group is None:
            if self.source.has_isa:
                self._tell("set_outside")
        else:
            if (
                any(other.control == e[2] for other in self._group.sets[-1:])
                or ("ST", e[2]) in self._controls
            ):
                self._tell("duplicate_set")
            self._controls.add(("ST", e[2]))
            self._group.sets.append(self._set)
        self._open_guide(e)

    def _open_guide(self, e: list[str]) -> None:
        """The guide that this set follows, by its own word or that of its group."""
        version = e[3] or (self._group.elements[8] if self._group else "")
        guide, known = guide_for(e[1], version)
        self._walk = self._state = self._place = None
        if guide is None:
            self._tell("no_guide", segment="ST", element="1")
            return
        if (
            not known
            and version
            and not any(v.startswith(version[:10]) for v in guide.versions if len(version) >= 10)
        ):
            named = re.fullmatch(r"00[0-9]{4}X[0-9]{3}.*", version)
            self._tell("guide_of_another" if named else "guide_unknown", segment="ST", element="3")
            return
        if self._group and self._group.elements[1] != guide.group:
            self._tell("group_kind", segment="GS", element="1")
        self._walk = walk_of(guide)
        self._state = self._walk.start
        self._place = self._shapes.place(self._state)

    def finish_set(self) -> None:
        """SE has come and all records of the set have been looked at: its count and number against what came."""
        if self._ended is None or self._set is None:
            return
        said, control, found = self._ended
        if self._walk is not None and self._state is not None:
            for problem in self._walk.end(self._state):
                self._problem(problem, found - 1)
        self.segment_number = found
        if not said.isdigit() or int(said[:12]) != found:
            explained = said.isdigit() and found < int(said[:12]) == found + self.missing_in_set
            self._tell("set_count_explained" if explained else "set_count", segment="SE", element="1")
        if control != self.set_control:
            self._tell("set_control", segment="SE", element="2")
        self._set = self._ended = None
        self.set_control, self.segment_number, self.claim = "", 0, ""

    def _close_set(self) -> None:
        self.finish_set()
        if self._set is not None:
            self._tell("no_set_end", segment="SE")
            self._set = None
            self.set_control, self.segment_number = "", 0

    def _ge(self, e: list[str]) -> None:
        e = [*e, "", ""]
        group = self._group
        if group is None:
            self._tell("group_end_outside")
            return
        group.included = e[1]
        if not e[1].isdigit() or int(e[1][:12]) != len(group.sets):
            self._tell("group_count", segment="GE", element="1")
        if e[2] != group.elements[6]:
            self._tell("group_control", segment="GE", element="2")
        self._group = None
        self._controls = {key for key in self._controls if key[0] != "ST"}

    def _close_group(self) -> None:
        self._close_set()
        if self._group is not None:
            self._tell("no_group_end", segment="GE")
            self._group = None

    def _iea(self, e: list[str]) -> None:
        e = [*e, "", ""]
        self._close_group()
        seen = self._interchange
        if seen is None:
            self._tell("interchange_end_outside")
            return
        if e[2] != seen.elements[13]:
            self._tell("interchange_control", segment="IEA", element="2")
        if not e[1].isdigit() or int(e[1][:12]) != len(seen.groups):
            only_answers = not seen.groups and self.sets_seen == 0
            code = "interchange_count_of_answers" if only_answers else "interchange_count"
            self._tell(code, segment="IEA", element="1")
        self._interchange = None

    def _ta1(self, e: list[str]) -> None:
        if len(e) != 6 or e[4] not in ("A", "E", "R"):
            self._tell("interchange_answer", segment="TA1")

    def end(self) -> None:
        """The file has ended: what is still open was never closed; and what was odd about its writing."""
        self._close_group()
        torn = self.source.torn
        if torn:
            self._tell("torn", byte=next((r.byte for r in self.source.remarks if r.code == "torn"), -1))
        if self._interchange is not None:
            self._tell("no_interchange_end")
            self._interchange = None
        if not self.source.found:
            self._tell("not_x12")
        for remark in self.source.remarks:
            if remark.code in ODD:
                sentence, fix, stops = ODD[remark.code]
                self.found(Finding("envelope", remark.code, stops, sentence, fix, byte=remark.byte))
                if stops == "interchange" and self.interchanges:
                    self.interchanges[-1].note = "024"

    def _tell(self, code: str, segment: str = "", element: str = "", byte: int = -1) -> None:
        """A finding about the envelope, and its code in the answer to what it stops."""
        stops, answer, sentence, fix = ENVELOPE[code]
        number = self.segment_number if self._set is not None else 0
        if byte < 0:
            byte = self.source.place(self.segments_seen) if self.segments_seen else 0
        self.found(
            Finding(
                "envelope",
                code,
                stops,
                sentence,
                fix,
                self.set_control,
                "",
                segment,
                element,
                number,
                byte,
                answer=answer,
            )
        )
        if stops == "interchange" and self.interchanges:
            seen = self.interchanges[-1]
            seen.note = answer if seen.note == "000" else seen.note
        elif stops == "group" and self._group is not None:
            self._group.reasons.append(answer)
        elif stops == "set" and self._set is not None:
            self._set.reasons.append(answer)
            self._set.rejected = True
