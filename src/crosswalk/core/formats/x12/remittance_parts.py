"""The parts of a remittance from their segments: a claim's decision and a line's. A usual one is read in one go."""

from __future__ import annotations

from typing import Any

from crosswalk.core.formats.x12.gathering import Gathering, adjustments_of
from crosswalk.core.formats.x12.records import Adjustment, Dated, PaidClaim, PaidLine, Party, Valued, draft
from crosswalk.core.formats.x12.values import Values

_Named = draft(Party, "role", "kind", "last", "first", "middle", "prefix", "suffix", "id_kind", "id")
_PaidLine = draft(
    PaidLine, "procedure", "charge", "paid", "revenue", "units", "first_day", "adjustments", "control", "amounts",
    "remarks",
)  # fmt: skip
_PaidClaim = draft(
    PaidClaim, "id", "status", "charge", "paid", "patient_owes", "filing", "payer_claim", "place", "frequency",
    "patient", "rendering", "adjustments", "lines", "authorization", "dates", "amounts", "group", "summary",
)  # fmt: skip


def paid_claim(
    block: str, marks: int, values: Values, lines: tuple[PaidLine, ...], group: str, summary: tuple[tuple[str, ...], ...]
) -> PaidClaim:
    """CLP and what follows it up to the first SVC."""
    a = block.split(values.delimiters.element)
    sign, numbers = values.delimiters.terminator, values.numbers
    nm1, ref, dtm, cas, amt = values.paid
    patient = rendering = None
    authorization = ""
    adjustments: list[Adjustment] = []
    dates: list[Dated] = []
    amounts: list[Valued] = []
    at, end = 10, len(a)
    while at < end:
        name = a[at]
        marks -= 1
        if name == dtm and at + 3 <= end and (first := values.days[a[at + 2]]) is not None:
            dates.append(Dated(a[at + 1], first))
            at += 3
        elif name == nm1 and at + 10 <= end and not adjustments_after(a, at):
            if a[at + 1] == "QC" and patient is None and rendering is None:
                patient = _Named(*a[at + 1 : at + 10])
            elif a[at + 1] == "82" and rendering is None:
                rendering = _Named(*a[at + 1 : at + 10])
            else:
                break
            at += 10
        elif name == ref and at + 3 <= end and a[at + 1] == "G1" and not authorization and a[at + 2]:
            authorization = a[at + 2]
            at += 3
        elif name == cas and at + 4 <= end and (at + 4 == end or a[at + 4][:1] == sign) and a[at + 2]:
            amount = numbers[a[at + 3]]
            if amount is None:
                break
            adjustments.append(Adjustment(a[at + 1], a[at + 2], amount))
            at += 4
        elif name == amt and at + 3 <= end and (amount := numbers[a[at + 2]]) is not None:
            amounts.append(Valued(a[at + 1], amount))
            at += 3
        else:
            break
    if at == end and marks == 0 and end > 9:
        charge, paid = numbers[a[3]], numbers[a[4]]
        owed = numbers[a[5]] if a[5] else None
        if charge is not None and paid is not None and (owed is not None or not a[5]):
            return _PaidClaim(
                a[1], a[2], charge, paid, owed, a[6], a[7], a[8], a[9], patient, rendering, tuple(adjustments), lines,
                authorization, tuple(dates), tuple(amounts), group, summary,
            )  # fmt: skip
    return _claim(block, values, lines, group, summary)


def adjustments_after(a: list[str], at: int) -> bool:
    """Whether a name is followed by something that belongs to it, which only the general way reads."""
    return a[at + 10 : at + 11] != [] and a[at + 10][1:] in ("N3", "N4", "PER", "DMG")


_CLP = ("id", "status", "charge", "paid", "patient_owes", "filing", "payer_claim", "place", "frequency")


def _claim(
    block: str, values: Values, lines: tuple[PaidLine, ...], group: str, summary: tuple[tuple[str, ...], ...]
) -> PaidClaim:
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


def paid_line(block: str, marks: int, values: Values) -> PaidLine:
    """SVC and what follows it."""
    a = block.split(values.delimiters.element)
    sign, numbers = values.delimiters.terminator, values.numbers
    _, ref, dtm, cas, amt = values.paid
    if len(a) > 8 and a[6] == dtm and a[7] == "472":
        first = values.days[a[8]]
        control = ""
        adjustments: tuple[Adjustment, ...] = ()
        amounts: tuple[Valued, ...] = ()
        remarks: tuple[tuple[str, str], ...] = ()
        at, end = 9, len(a)
        marks -= 1
        while at < end:
            name = a[at]
            marks -= 1
            if name == ref and at + 3 <= end and a[at + 1] == "6R" and not control and a[at + 2]:
                control = a[at + 2]
                at += 3
            elif name == amt and at + 3 <= end and (amount := numbers[a[at + 2]]) is not None:
                amounts += (Valued(a[at + 1], amount),)
                at += 3
            elif name == cas and at + 4 <= end and (at + 4 == end or a[at + 4][:1] == sign) and a[at + 2]:
                amount = numbers[a[at + 3]]
                if amount is None:
                    break
                adjustments += (Adjustment(a[at + 1], a[at + 2], amount),)
                at += 4
            elif name == values.lq and at + 3 <= end:
                remarks += ((a[at + 1], a[at + 2]),)
                at += 3
            else:
                break
        if at == end and marks == 0:
            procedure, charge, paid = values.procedures[a[1]], numbers[a[2]], numbers[a[3]]
            units = numbers[a[5]]
            if first and procedure and charge is not None and paid is not None and units is not None:
                return _PaidLine(procedure, charge, paid, a[4], units, first, adjustments, control, amounts, remarks)
    return _line(block, values)


def _line(block: str, values: Values) -> PaidLine:
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
        other.keep(place, ["PER", contact.role, contact.name, *(text for way in contact.ways for text in way)])
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
