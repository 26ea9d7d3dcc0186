"""What we answer to a file: TA1 for the interchange, 999 (or 997) for its groups and sets, 277CA for its claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from crosswalk.core.formats.x12.checking import Checked
from crosswalk.core.formats.x12.envelope import GroupSeen, InterchangeSeen, SetSeen
from crosswalk.core.formats.x12.findings import Finding
from crosswalk.core.formats.x12.records import Claim, Party
from crosswalk.core.formats.x12.situations import Remark

REASONS = 5
#: Copies of bad values in IK404 are cut to this length, and our delimiters in them become blanks.
LONGEST_COPY = 99
FORBIDDEN = str.maketrans(dict.fromkeys("*:^~\r\n", " "))


@dataclass(frozen=True)
class Answering:
    """When we answer, and the numbers of the answers (nine digits; the first one is used, the next ones follow)."""

    at: datetime
    control: int = 1
    newline: bool = True


def answers(checked: Checked, answering: Answering) -> dict[str, str]:
    """File name to text of each answer: `ta1-N`, `999-N` (997-N) and `277ca-N` for interchange number N (from 1).

    TA1: when the sender asked for one, or the interchange is not faultless. 999: for each interchange with groups
    that are not themselves acknowledgements. 277CA: for claims, when the check kept them.
    """
    told: dict[str, str] = {}
    control = answering.control
    for number, seen in enumerate(checked.interchanges, 1):
        if seen.elements[14] == "1" or seen.note != "000":
            told[f"ta1-{number}.edi"] = _wrapped(
                seen, [], answering, control, middle=[interchange_answer(seen)]
            )
            control += 1
        groups = [group for group in seen.groups if group.elements[1] != "FA"]
        if not groups:
            continue
        form = "997" if groups[0].elements[8].startswith("004") else "999"
        body = [line for at, group in enumerate(groups, 1) for line in group_answer(group, form, at)]
        version = "004010" if form == "997" else "005010X231A1"
        told[f"{form}-{number}.edi"] = _wrapped(
            seen, body, answering, control, kind="FA", version=version, sets=len(groups)
        )
        control += 1
        sets = [one for group in groups for one in group.sets]
        batches = [one for one in sets if one.code == "837" and one.claims and not one.rejected]
        if batches:
            body = [
                line
                for at, batch in enumerate(batches, 1)
                for line in claim_answers(batch, seen, answering, at)
            ]
            told[f"277ca-{number}.edi"] = _wrapped(
                seen, body, answering, control, kind="HN", version="005010X214", sets=len(batches)
            )
            control += 1
    return told


def _wrapped(
    seen: InterchangeSeen, body: list[str], answering: Answering, control: int, *, kind: str = "", version: str = "",
    sets: int = 0, middle: Iterable[str] = (),
) -> str:  # fmt: skip
    """An interchange back to the sender."""
    e = [*seen.elements, *[""] * 17]
    when = answering.at
    old = version == "004010"
    lines = [
        "*".join((
            "ISA", "00", " " * 10, "00", " " * 10, (e[7] or "ZZ")[:2].ljust(2), e[8][:15].ljust(15),
            (e[5] or "ZZ")[:2].ljust(2), e[6][:15].ljust(15), f"{when:%y%m%d}", f"{when:%H%M}", "U" if old else "^",
            "00401" if old else "00501", f"{control:09d}", "0", (e[15] or "T")[:1], ":",
        )),
        *middle,
    ]  # fmt: skip
    if kind:
        group = next((g.elements for g in seen.groups), ())
        sender, receiver = (group[3], group[2]) if len(group) > 3 else (e[8], e[6])
        lines.append(f"GS*{kind}*{sender}*{receiver}*{when:%Y%m%d}*{when:%H%M}*{control}*X*{version}")
        lines += [*body, f"GE*{sets}*{control}"]
    lines.append(f"IEA*{1 if kind else 0}*{control:09d}")
    return "".join(line + ("~\n" if answering.newline else "~") for line in lines)


def interchange_answer(seen: InterchangeSeen) -> str:
    """TA1: accepted, or rejected with the first reason."""
    e = seen.elements
    return f"TA1*{e[13]}*{e[9]}*{e[10]}*{'A' if seen.note == '000' else 'R'}*{seen.note}"


def _set(lines: list[str], code: str, number: int, version: str) -> list[str]:
    """ST and SE round the segments of a set."""
    st = "*".join(part for part in ("ST", code, f"{number:04d}", version) if part)
    return [st, *lines, f"SE*{len(lines) + 2}*{number:04d}"]


def group_answer(group: GroupSeen, form: str, number: int) -> list[str]:
    """One 999 or 997: the group and each of its sets."""
    new = form == "999"
    e = group.elements
    lines = [f"AK1*{e[1]}*{e[6]}" + (f"*{e[8]}" if new and e[8] else "")]
    accepted = 0
    for one in group.sets:
        verdict, told = _set_answer(one, new)
        accepted += verdict != "R"
        lines += told
    verdict = (
        "R" if group.reasons or (group.sets and not accepted) else "P" if accepted < len(group.sets) else "A"
    )
    if verdict == "A" and any(line.startswith(("IK5*E", "AK5*E")) for line in lines):
        verdict = "E"
    said = group.included if group.included.isdigit() else str(len(group.sets))
    reasons = list(dict.fromkeys(group.reasons))[:REASONS]
    lines.append("*".join(["AK9", verdict, said, str(len(group.sets)), str(accepted), *reasons]))
    return _set(lines, form, number, "005010X231A1" if new else "")


def _set_answer(one: SetSeen, new: bool) -> tuple[str, list[str]]:
    """AK2 to IK5: what is wrong with a set, segment by segment."""
    # ST03 is absent from an 835: the answer then leaves it out too.
    lines = [f"AK2*{one.code}*{one.control}" + (f"*{one.version}" if new and one.version else "")]
    errors = [note for note in one.notes if note.stops == "set"]
    for notes in _by_segment(one.notes):
        lines += _segment_answer(notes, new)
    verdict = "R" if one.rejected else "E" if one.notes else "A"
    reasons = [*dict.fromkeys(one.reasons), *(["5"] if errors else [])][:REASONS]
    if verdict == "E":
        reasons = []
    lines.append("*".join(["IK5" if new else "AK5", verdict, *reasons]))
    return verdict, lines


def _by_segment(notes: list[Finding]) -> Iterator[list[Finding]]:
    """The notes of one segment together, in the order of the file."""
    ordered = sorted(notes, key=lambda note: note.segment_number)
    together: list[Finding] = []
    for note in ordered:
        same = (
            together and not note.code.startswith("segment_") and not together[-1].code.startswith("segment_")
        )
        if same and (note.segment_number, note.segment) == (
            together[-1].segment_number,
            together[-1].segment,
        ):
            together.append(note)
            continue
        if together:
            yield together
        together = [note]
    if together:
        yield together


def _segment_answer(notes: list[Finding], new: bool) -> list[str]:
    first = notes[0]
    whole = first.code.startswith("segment_")
    loop = first.loop[:4] if first.loop[:1].isdigit() else ""
    code = first.answer if whole else "8"
    # What was no segment name cannot stand in the answer, which wants two or three letters and digits there.
    name = first.segment if re.fullmatch("[A-Z][A-Z0-9]{1,2}", first.segment) else "ZZZ"
    lines = [f"{'IK3' if new else 'AK3'}*{name}*{first.segment_number}*{loop if new else ''}*{code}"]
    if new and first.claim:
        lines.append(f"CTX*CLM01:{_copy(first.claim)}")
    if not whole:
        for note in notes:
            element = "*".join(
                (
                    "IK4" if new else "AK4",
                    note.element,
                    note.reference if note.reference.isdigit() else "",
                    note.answer,
                    _copy(note.value)[:LONGEST_COPY],
                )
            )
            lines.append(element.rstrip("*"))
    return lines


def _copy(text: str) -> str:
    return text.translate(FORBIDDEN)


# 277CA


def claim_answers(batch: SetSeen, seen: InterchangeSeen, answering: Answering, number: int) -> list[str]:
    """One 277CA: which claims of a batch go on, which are returned and why."""
    when = f"{answering.at:%Y%m%d}"
    stopped = [any(remark.stops == "claim" for remark in remarks) for _, remarks, _ in batch.claims]
    money = {True: Decimal(0), False: Decimal(0)}
    for (claim, _, _), stop in zip(batch.claims, stopped, strict=True):
        money[stop] += claim.charge or 0
    first: Claim = batch.claims[0][0]
    payer = first.subscriber.payer if first.subscriber else None
    lines = [
        f"BHT*0085*08*{batch.control}*{when}*{answering.at:%H%M}*TH",
        "HL*1**20*1", _name("PR", payer, "PI"), f"TRN*1*{batch.control}", f"DTP*050*D8*{when}", f"DTP*009*D8*{when}",
        "HL*2*1*21*1", f"NM1*41*2*{_copy(seen.elements[6])}*****46*{_copy(seen.elements[6])}",
        f"TRN*2*{batch.control}", f"STC*A1:19:PR*{when}*WQ*{_money(money[True] + money[False])}",
        *_totals("90", "AA", stopped, money),
    ]  # fmt: skip
    level, provider_level, provider = 2, 2, object()
    for (claim, remarks, _), stop in zip(batch.claims, stopped, strict=True):
        if claim.provider is not provider:
            provider = claim.provider
            level += 1
            provider_level = level
            lines += [
                f"HL*{level}*2*19*1",
                _name("85", claim.provider.provider if claim.provider else None, "XX"),
                "TRN*1*0",
            ]
            mine = [s for (c, _, _), s in zip(batch.claims, stopped, strict=True) if c.provider is provider]
            sums = {True: Decimal(0), False: Decimal(0)}
            for (c, _, _), s in zip(batch.claims, stopped, strict=True):
                if c.provider is provider:
                    sums[s] += c.charge or 0
            lines += [
                f"STC*A1:19:PR**WQ*{_money(sums[True] + sums[False])}",
                *_totals("QA", "QC", mine, sums),
            ]
        level += 1
        lines += _claim_answer(claim, remarks, stop, level, provider_level, when)
    return _set(lines, "277", number, "005010X214")


def _totals(good: str, bad: str, stopped: list[bool], money: dict[bool, Decimal]) -> list[str]:
    told = []
    if stopped.count(False):
        told.append(f"QTY*{good}*{stopped.count(False)}")
    if stopped.count(True):
        told.append(f"QTY*{bad}*{stopped.count(True)}")
    if stopped.count(False):
        told.append(f"AMT*YU*{_money(money[False])}")
    if stopped.count(True):
        told.append(f"AMT*YY*{_money(money[True])}")
    return told


def _claim_answer(
    claim: Claim, remarks: list[Remark], stop: bool, level: int, parent: int, when: str
) -> list[str]:
    person = claim.patient.person if claim.patient else claim.subscriber.person if claim.subscriber else None
    status = _status(remarks) if stop else "A2:20:PR"
    days = sorted(line.first_day for line in claim.lines if line.first_day)
    ends = sorted(day for line in claim.lines if (day := line.last_day or line.first_day))
    lines = [
        f"HL*{level}*{parent}*PT", _name("QC", person, "MI"), f"TRN*2*{_copy(claim.id)}",
        f"STC*{status}*{when}*{'U' if stop else 'WQ'}*{_money(claim.charge or Decimal(0))}",
    ]  # fmt: skip
    if days:
        lines.append(
            f"DTP*472*D8*{days[0]:%Y%m%d}"
            if days[0] == ends[-1]
            else f"DTP*472*RD8*{days[0]:%Y%m%d}-{ends[-1]:%Y%m%d}"
        )
    return lines


def _status(remarks: list[Remark]) -> str:
    """Category and status of what stops a claim: missing information A6, otherwise invalid A7, relations A8."""
    first = next(remark for remark in remarks if remark.stops == "claim")
    if first.level == "balance":
        return "A8:178"
    return "A6:254" if first.code == "diagnosis_missing" else "A6:21" if "missing" in first.code else "A7:21"


def _name(role: str, party: Party | None, kind: str) -> str:
    if party is None:
        return f"NM1*{role}*2"
    names = (party.kind or "2", party.last, party.first, party.middle, "", party.suffix)
    parts = [*names, party.id_kind or kind, party.id]
    return "*".join(["NM1", role, *map(_copy, parts)]).rstrip("*")


def _money(amount: Any) -> str:
    """An amount as X12 wants it: no zeros at the end, no point without cents."""
    text = f"{amount:.2f}"
    return text.rstrip("0").rstrip(".")
