"""The parts of a remittance from their segments: a claim's decision and a line's. A usual one is read in one go."""

from __future__ import annotations

from typing import Any

from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import PaidClaim, PaidLine, Party, draft
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
    block: str, values: Values, lines: tuple[PaidLine, ...], group: str, summary: tuple[tuple[str, ...], ...]
) -> PaidClaim:
    """CLP and what follows it up to the first SVC. A claim with only the usual segments is read in one go."""
    told = values.paid_claim.fullmatch(block)
    if told is not None:
        a = told.groups()
        numbers = values.numbers
        charge, paid = numbers[a[2]], numbers[a[3]]
        owed = numbers[a[4]] if a[4] else None
        adjustments = values.adjusted[a[9]] if a[9] else ()
        dates = values.dated[a[27]] if a[27] else ()
        amounts = values.valued[a[28]] if a[28] else ()
        whole = charge is not None and paid is not None and (owed is not None or not a[4]) and a[26] != ""
        if whole and adjustments is not None and dates is not None and amounts is not None:
            return _PaidClaim(
                a[0], a[1], charge, paid, owed, a[5], a[6], a[7], a[8], _Named("QC", *a[10:18]),
                _Named("82", *a[18:26]) if a[18] is not None else None, adjustments, lines, a[26] or "", dates, amounts,
                group, summary,
            )  # fmt: skip
    return _claim(block, values, lines, group, summary)


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


def paid_line(block: str, values: Values) -> PaidLine:
    """SVC and what follows it."""
    told = values.paid_line.fullmatch(block)
    if told is not None:
        service, asked, given, revenue, counted, day, reasons, control, sums, remarks = told.groups()
        numbers = values.numbers
        procedure, charge, paid, units = (
            values.procedures[service],
            numbers[asked],
            numbers[given],
            numbers[counted],
        )
        adjustments = values.adjusted[reasons] if reasons else ()
        amounts = values.valued[sums] if sums else ()
        first = values.days[day]
        if (
            first is not None and procedure is not None and charge is not None and paid is not None
            and units is not None and adjustments is not None and amounts is not None and control != ""
        ):  # fmt: skip
            return _PaidLine(
                procedure, charge, paid, revenue, units, first, adjustments, control or "", amounts,
                values.remarked[remarks] if remarks else (),
            )  # fmt: skip
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
