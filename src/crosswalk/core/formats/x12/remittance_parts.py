"""The parts of a remittance from their segments: a claim's decision and a line's. A usual one is read in one go."""

from __future__ import annotations

from typing import Any

from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Adjustment, Dated, PaidClaim, PaidLine, Valued, draft
from crosswalk.core.formats.x12.values import Values, named

_PaidLine = draft(
    PaidLine, "procedure", "charge", "paid", "revenue", "units", "first_day", "adjustments", "control", "amounts",
    "remarks",
)  # fmt: skip
_PaidClaim = draft(
    PaidClaim, "id", "status", "charge", "paid", "patient_owes", "filing", "payer_claim", "place", "frequency",
    "patient", "rendering", "adjustments", "lines", "authorization", "dates", "amounts", "group", "summary",
)  # fmt: skip


def paid_claim(
    block: str, values: Values, lines: tuple[PaidLine, ...], group: str, summary: tuple[tuple[str, ...], ...]
) -> PaidClaim:
    """CLP and what follows it up to the first SVC. A claim with only the usual segments is read in one go."""
    parts = block.split(values.mark)
    element = values.delimiters.element
    e = parts[0].split(element)
    if len(e) != 10:
        return paid_claim_of_any(block, values, lines, group, summary)
    charge, paid, owed = values.numbers[e[3]], values.numbers[e[4]], values.numbers[e[5]]
    if charge is None or paid is None or (owed is None and e[5]):
        return paid_claim_of_any(block, values, lines, group, summary)
    authorization, patient, rendering = "", None, None
    adjustments: tuple[Adjustment, ...] = ()
    dates: list[Dated] = []
    amounts: list[Valued] = []
    for part in parts[1:]:
        kind = part[:3]
        if kind == "DTM":
            if (dated := values.dated[part]) is None:
                break
            dates.append(dated)
        elif kind == "NM1":
            name = part.split(element)
            if len(name) != 10 or name[0] != "NM1":
                break
            if name[1] == "QC" and patient is None:
                patient = named(*name[1:])
            elif name[1] == "82" and rendering is None:
                rendering = values.names[part]
            else:
                break
        elif kind == "REF":
            if authorization or not (authorization := values.number_of("G1", part)):
                break
        elif kind == "CAS":
            if (reasons := values.adjusted[part]) is None:
                break
            adjustments += reasons
        elif kind == "AMT" and (valued := values.valued[part]) is not None:
            amounts.append(valued)
        else:
            break
    else:
        return _PaidClaim(
            e[1], e[2], charge, paid, owed, e[6], e[7], e[8], e[9], patient, rendering, adjustments, lines,
            authorization, tuple(dates), tuple(amounts), group, summary,
        )  # fmt: skip
    return paid_claim_of_any(block, values, lines, group, summary)


_CLP = ("id", "status", "charge", "paid", "patient_owes", "filing", "payer_claim", "place", "frequency")


def paid_claim_of_any(
    block: str, values: Values, lines: tuple[PaidLine, ...], group: str, summary: tuple[tuple[str, ...], ...]
) -> PaidClaim:
    """A remitted claim from a block of any shape, segment by segment: what the quick way falls back to."""
    split = [segment.split(values.delimiters.element) for segment in values.segments(block)]
    gathering = Gathering(values, attach=False)
    clp = split[0] + [""] * (10 - len(split[0]))
    told: dict[str, Any] = dict(zip(_CLP, clp[1:10], strict=True))
    whole = len(clp) <= 10
    for name in ("charge", "paid", "patient_owes"):
        text = told[name]
        told[name] = values.numbers[text] if text else None
        whole = whole and (told[name] is not None or (not text and name == "patient_owes"))
    if not whole:
        gathering.keep(0, split[0], instead=True)
    told["authorization"] = ""
    for place, e in enumerate(split):
        if place == 0:
            continue
        if e[0] == "REF" and len(e) == 3 and e[1] == "G1" and e[2] and not told["authorization"]:
            told["authorization"] = e[2]
        else:
            gathering.take(place, e)
    patient, rendering = gathering.named("QC"), gathering.named("82")
    return PaidClaim(
        **told, patient=patient, rendering=rendering, adjustments=tuple(gathering.adjustments), lines=lines,
        references=tuple(gathering.references), dates=tuple(gathering.dates), amounts=tuple(gathering.amounts),
        quantities=tuple(gathering.quantities), parties=gathering.parties, contacts=tuple(gathering.contacts),
        group=group, summary=summary, kept=tuple(sorted(gathering.kept)),
    )  # fmt: skip


def paid_line(block: str, values: Values) -> PaidLine:
    """SVC and what follows it."""
    parts = block.split(values.mark)
    told = values.paid[parts[0]]
    if told is None:
        return paid_line_of_any(block, values)
    day, control = None, ""
    adjustments: tuple[Adjustment, ...] = ()
    amounts: tuple[Valued, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    for part in parts[1:]:
        kind = part[:3]
        if kind == "REF":
            if control or not (control := values.number_of("6R", part)):
                break
        elif kind == "DTM":
            if day is not None or (dated := values.dated[part]) is None or dated.kind != "472":
                break
            day = dated.first
        elif kind == "AMT":
            if (valued := values.valued[part]) is None:
                break
            amounts += (valued,)
        elif kind == "CAS":
            if (reasons := values.adjusted[part]) is None:
                break
            adjustments += reasons
        elif kind[:2] == "LQ" and (remark := values.remarked[part]) is not None:
            remarks += (remark,)
        else:
            break
    else:
        procedure, charge, paid, revenue, units = told
        return _PaidLine(procedure, charge, paid, revenue, units, day, adjustments, control, amounts, remarks)
    return paid_line_of_any(block, values)


def paid_line_of_any(block: str, values: Values) -> PaidLine:
    """SVC and whatever follows it, segment by segment."""
    split = [segment.split(values.delimiters.element) for segment in values.segments(block)]
    gathering = Gathering(values, attach=False)
    told, whole = _svc(split[0], values)
    if not whole:
        gathering.keep(0, split[0], instead=True)
    remarks: list[tuple[str, str]] = []
    for place, e in enumerate(split):
        if place == 0:
            continue
        if e[0] == "REF" and len(e) == 3 and e[1] == "6R" and e[2] and "control" not in told:
            told["control"] = e[2]
        elif e[0] == "LQ" and len(e) == 3 and all(e):
            remarks.append((e[1], e[2]))
        elif e[0] == "DTM" and len(e) == 3 and _line_day(e, values, told):
            pass
        else:
            gathering.take(place, e)
    return PaidLine(
        **told, adjustments=tuple(gathering.adjustments), references=tuple(gathering.references),
        amounts=tuple(gathering.amounts), remarks=tuple(remarks), dates=tuple(gathering.dates),
        kept=tuple(sorted([*gathering.kept, *_strays(gathering, len(split))])),
    )  # fmt: skip


def _strays(gathering: Gathering, place: int) -> list[Any]:
    """What a line has no field for: parties, quantities, notes. They stand at the end of the line."""
    other = Gathering(gathering.values)
    for valued in gathering.quantities:
        other.keep(place, ["QTY", valued.kind, str(valued.amount)])
    for party in gathering.parties:
        name = [party.role, party.kind, party.last, party.first, party.middle, party.prefix, party.suffix]
        other.keep(place, ["NM1", *name, party.id_kind, party.id])
    for contact in gathering.contacts:
        other.keep(
            place, ["PER", contact.role, contact.name, *(text for way in contact.ways for text in way)]
        )
    for kind, text in gathering.notes:
        other.keep(place, ["NTE", kind, text])
    return other.kept


def _line_day(e: list[str], values: Values, told: dict[str, Any]) -> bool:
    """The day or span of the line; False when it is another date, or a second one."""
    found = values.days[e[2]]
    if found is None:
        return False
    if e[1] in ("472", "150") and "first_day" not in told:
        told |= {"first_day": found, "day_kind": e[1]}
        return True
    if e[1] == "151" and "last_day" not in told and "first_day" in told:
        told["last_day"] = found
        return True
    return False


def _svc(e: list[str], values: Values) -> tuple[dict[str, Any], bool]:
    """SVC into fields, and whether all of it fitted."""
    whole = len(e) <= 8
    e = e + [""] * (8 - len(e))
    told: dict[str, Any] = {"revenue": e[4]}
    for at, name in ((1, "procedure"), (6, "billed_as")):
        told[name] = values.procedures[e[at]] if e[at] else None
        whole = whole and (told[name] is not None or not e[at])
    for at, name in ((2, "charge"), (3, "paid"), (5, "units"), (7, "billed_units")):
        told[name] = values.numbers[e[at]] if e[at] else None
        whole = whole and (told[name] is not None or not e[at])
    return told, whole
