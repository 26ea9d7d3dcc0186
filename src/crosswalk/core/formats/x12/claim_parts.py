"""The parts of a claim from their segments: levels, head, line. A usual shape is read at once, any other whole."""

from __future__ import annotations

from typing import Any

from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import (
    Attachment,
    BillingProvider,
    Claim,
    Diagnosis,
    Kept,
    LineDecision,
    OtherPayer,
    Party,
    Patient,
    ServiceLine,
    Subscriber,
    draft,
    unread,
)
from crosswalk.core.formats.x12.values import Values

_Line = draft(
    ServiceLine, "number", "procedure", "charge", "unit", "quantity", "place", "pointers", "first_day", "last_day",
    "control",
)  # fmt: skip
_Claim = draft(
    Claim, "id", "charge", "place", "facility_list", "frequency", "signature", "assignment", "benefits", "release",
    "diagnoses", "authorization", "payer_claim", "record_number", "rendering", "provider", "subscriber", "patient",
    "lines",
)  # fmt: skip


#: What a level of claims has no field for: such segments are kept.
UNHELD_BY_LEVELS = ("references", "dates", "amounts", "quantities", "notes", "adjustments", "contacts")


def unheld_parties(gathering: Gathering, place: int) -> tuple[Kept, ...]:
    """What was kept, and at the end the parties that the record has no field for, with what belongs to them."""
    for other in gathering.parties:
        name = (other.role, other.kind, other.last, other.first, other.middle, other.prefix, other.suffix)
        gathering.keep(place, ["NM1", *name, other.id_kind, other.id])
        where = other.address
        if where is not None and where.lines:
            gathering.keep(place, ["N3", *where.lines])
        if where is not None and any((where.city, where.state, where.zip)):
            area = [where.country, where.area_kind, where.area]
            gathering.keep(place, ["N4", where.city, where.state, where.zip, *area])
        for pair in other.references:
            gathering.keep(place, ["REF", *pair])
    return tuple(gathering.kept)


def _level(block: str, values: Values) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """HL's elements (five, padded) and the other segments with their places."""
    element = values.delimiters.element
    split = [segment.split(element) for segment in values.segments(block)]
    head = [*split[0], "", "", "", ""][:5]
    return head, list(enumerate(split))[1:]


def billing_provider(block: str, values: Values) -> BillingProvider:
    """HL*20: billing provider, pay-to."""
    head, others = _level(block, values)
    gathering = Gathering(values)
    specialty: tuple[str, ...] = ()
    for place, e in others:
        if e[0] == "PRV" and not gathering.parties and not specialty:
            specialty = tuple(e[1:])
        else:
            gathering.take_held(place, e, UNHELD_BY_LEVELS)
    provider = gathering.named("85")
    return BillingProvider(
        level=head[1], provider=provider, specialty=specialty, parties=gathering.parties, children=head[4],
        kept=_kept_head(block, gathering, values, {2: "", 3: "20"}),
    )  # fmt: skip


def _kept_head(block: str, gathering: Gathering, values: Values, usual: dict[int, str]) -> tuple[Any, ...]:
    """What was kept, and HL itself when it says something that the record does not hold."""
    e = values.segments(block)[0].split(values.delimiters.element)
    if len(e) > 5 or any(e[at : at + 1] != [said] for at, said in usual.items()):
        gathering.keep(0, e, instead=True)
        gathering.kept.sort()
    return tuple(gathering.kept)


_later = unread(Subscriber)


def subscriber_of(block: str, values: Values) -> Subscriber:
    """HL*22: SBR, the member, the payer; read when somebody asks, for many only want the claims."""
    return _later((_subscriber, block, values))


def _subscriber(block: str, values: Values) -> Subscriber:
    head, others = _level(block, values)
    gathering = Gathering(values)
    sbr = [""] * 10
    for place, e in others:
        if e[0] == "SBR" and len(e) <= 10 and not any(e[6:9]) and not sbr[0]:
            sbr = e + [""] * (10 - len(e))
        else:
            gathering.take_held(place, e, UNHELD_BY_LEVELS)
    person, payer = gathering.named("IL"), gathering.named("PR")
    unheld_parties(gathering, len(others) + 1)
    return Subscriber(
        level=head[1], parent=head[2], children=head[4], order=sbr[1], relationship=sbr[2], group=sbr[3],
        group_name=sbr[4], insurance=sbr[5], filing=sbr[9], person=person, payer=payer,
        kept=_kept_head(block, gathering, values, {3: "22"}),
    )  # fmt: skip


def patient_of(block: str, values: Values) -> Patient:
    """HL*23: PAT and the patient."""
    head, others = _level(block, values)
    gathering = Gathering(values)
    relationship = ""
    for place, e in others:
        if e[0] == "PAT" and len(e) == 2 and not relationship:
            relationship = e[1]
        else:
            gathering.take_held(place, e, UNHELD_BY_LEVELS)
    person = gathering.named("QC")
    unheld_parties(gathering, len(others) + 1)
    return Patient(
        level=head[1], parent=head[2], relationship=relationship, person=person, children=head[4],
        kept=_kept_head(block, gathering, values, {3: "23"}),
    )  # fmt: skip


def line_of(block: str, values: Values) -> ServiceLine:
    """LX and what follows it. The four usual segments are mostly ones read before; anything else is read whole."""
    parts = block.split(values.mark)
    if len(parts) == 4:
        told, days = values.services[parts[1]], values.served[parts[2]]
        number, control = values.line_numbers[parts[0]], values.number_of("6R", parts[3])
        if told is not None and days is not None and number is not None and control:
            procedure, charge, unit, quantity, place, pointers = told
            first, last = days
            return _Line(number, procedure, charge, unit, quantity, place, pointers, first, last, control)
    return line_of_any(block, values)


_SV1 = {3: "unit", 5: "place", 9: "emergency", 11: "screening", 12: "family_planning", 15: "copay"}
_SV1_UNMODELLED = (6, 8, 10, 13, 14)


def _service(e: list[str], values: Values, told: dict[str, Any]) -> bool:
    """SV1 or SV2 into fields; False when something in it has no field or cannot be read."""
    if e[0] == "SV2":
        told |= {"revenue": e[1]} if len(e) > 1 else {}
        whole = len(e) <= 6
        e = ["SV2", *e[2:6]]
    else:
        whole = len(e) <= 16 and not any(e[at] for at in _SV1_UNMODELLED if at < len(e))
        told |= {name: e[at] for at, name in _SV1.items() if at < len(e)}
        if len(e) > 7 and e[7]:
            told["pointers"] = values.pointers[e[7]]
    if e[0] == "SV2" and len(e) > 3:
        told["unit"] = e[3]
    for at, name in ((1, "procedure"), (2, "charge"), (4, "quantity")):
        if at < len(e) and e[at]:
            told[name] = values.procedures[e[at]] if at == 1 else values.numbers[e[at]]
            whole = whole and told[name] is not None
    return whole


def line_of_any(block: str, values: Values) -> ServiceLine:
    """LX and whatever follows it, segment by segment."""
    element = values.delimiters.element
    gathering = Gathering(values)
    told: dict[str, Any] = {}
    decisions: list[dict[str, Any]] = []
    inner = gathering
    authorizations: list[str] = []
    for place, segment in enumerate(values.segments(block)):
        e = segment.split(element)
        kind = e[0]
        if place == 0:
            if len(e) != 2:
                gathering.keep(0, e, instead=True)
            told["number"] = e[1] if len(e) > 1 else ""
        elif kind in ("SV1", "SV2") and "charge" not in told and not decisions:
            if not _service(e, values, told):
                gathering.keep(place, e, instead=True)
        elif kind == "SVD":
            decision = _decision(e, values)
            if decision is None:
                gathering.keep(place, e)
                inner = gathering
            else:
                inner = Gathering(values)
                decisions.append({**decision, "_inner": inner})
        elif decisions and kind in ("CAS", "DTP", "AMT") and inner is not gathering:
            before = len(inner.kept)
            inner.take(place, e)
            if len(inner.kept) > before:
                gathering.kept.append(inner.kept.pop())
        elif not decisions and _line_field(e, values, told, authorizations, bool(gathering.parties)):
            pass
        else:
            gathering.take_held(place, e, ("quantities", "contacts", "adjustments"))
    return ServiceLine(
        **told,
        authorizations=tuple(authorizations),
        dates=tuple(gathering.dates),
        references=tuple(gathering.references),
        amounts=tuple(gathering.amounts),
        notes=tuple(gathering.notes),
        parties=gathering.parties,
        decisions=tuple(_decided(told) for told in decisions),
        kept=tuple(sorted(gathering.kept)),
    )


def _line_field(
    e: list[str], values: Values, told: dict[str, Any], authorizations: list[str], owned: bool
) -> bool:
    """The day, the control number and the authorizations of a line; False when the segment is none of these."""
    if e[0] == "DTP" and len(e) == 4 and e[1] == "472" and "first_day" not in told:
        if e[2] == "D8" and values.days[e[3]]:
            told["first_day"] = values.days[e[3]]
            return True
        both = values.spans[e[3]] if e[2] == "RD8" else None
        if both is not None:
            told["first_day"], told["last_day"] = both
        return both is not None
    if e[0] == "REF" and len(e) == 3 and e[2] and not owned:
        if e[1] == "6R" and "control" not in told:
            told["control"] = e[2]
            return True
        if e[1] == "G1":
            authorizations.append(e[2])
            return True
    return False


def _decision(e: list[str], values: Values) -> dict[str, Any] | None:
    """SVD; None when it cannot be held exactly."""
    e = e + [""] * (7 - len(e))
    paid = values.numbers[e[2]]
    procedure = values.procedures[e[3]] if e[3] else None
    units = values.numbers[e[5]] if e[5] else None
    if len(e) > 7 or paid is None or (e[3] and procedure is None) or (e[5] and units is None):
        return None
    return {
        "payer": e[1],
        "paid": paid,
        "procedure": procedure,
        "revenue": e[4],
        "units": units,
        "bundled": e[6],
    }


def _decided(told: dict[str, Any]) -> LineDecision:
    inner: Gathering = told.pop("_inner")
    return LineDecision(
        **told, adjustments=tuple(inner.adjustments), dates=tuple(inner.dates), amounts=tuple(inner.amounts)
    )


_NAMED = {"G1": "authorization", "F8": "payer_claim", "EA": "record_number"}


def claim_head(
    block: str,
    values: Values,
    provider: BillingProvider | None,
    subscriber: Subscriber | None,
    patient: Patient | None,
    lines: tuple[ServiceLine, ...],
) -> Claim:
    """CLM and what follows it up to the first line. A claim with only the usual segments is read in one go."""
    parts = block.split(values.mark)
    element = values.delimiters.element
    e = parts[0].split(element)
    if len(e) != 10 or e[3] or e[4]:
        return claim_of_any(block, values, provider, subscriber, patient, lines)
    charge, where = values.numbers[e[2]], values.places[e[5]]
    authorization = payer_claim = record_number = ""
    diagnoses: tuple[Diagnosis, ...] | None = ()
    rendering: Party | None = None
    if charge is None or where is None:
        return claim_of_any(block, values, provider, subscriber, patient, lines)
    for part in parts[1:]:
        kind = part[:3]
        if rendering is not None:  # what follows a name belongs to it
            break
        if kind == "REF":
            if not authorization and (authorization := values.number_of("G1", part)):
                continue
            if not payer_claim and (payer_claim := values.number_of("F8", part)):
                continue
            if record_number or not (record_number := values.number_of("EA", part)):
                break
        elif kind == "NM1":
            rendering = values.names[part]
            if rendering is None or rendering.role != "82":
                break
        elif diagnoses or part[:3] != values.codes_begin or not (diagnoses := values.codes[part[3:]]):
            break
    else:
        return _Claim(
            e[1], charge, *where, e[6], e[7], e[8], e[9], diagnoses, authorization, payer_claim, record_number,
            rendering, provider, subscriber, patient, lines,
        )  # fmt: skip
    return claim_of_any(block, values, provider, subscriber, patient, lines)


def values_of_hi(e: list[str], values: Values) -> tuple[Diagnosis, ...]:
    """HI with only kinds and codes; empty when it says more (dates, amounts) or nothing."""
    return values.codes[values.delimiters.element.join(e[1:])] or ()


_CLM = {1: "id", 6: "signature", 7: "assignment", 8: "benefits", 9: "release", 10: "patient_signature", 12: "program",
        20: "delay"}  # fmt: skip
_CLM_UNMODELLED = (3, 4, 13, 14, 15, 16, 17, 18, 19)


def _clm(e: list[str], values: Values) -> tuple[dict[str, Any], bool]:
    """CLM into fields, and whether all of it fitted."""
    told: dict[str, Any] = {name: e[at] for at, name in _CLM.items() if at < len(e)}
    whole = len(e) <= 21 and not any(e[at] for at in _CLM_UNMODELLED if at < len(e))
    told.setdefault("id", "")
    told["charge"] = values.numbers[e[2]] if len(e) > 2 else None
    place = e[5].split(values.delimiters.component) if len(e) > 5 and e[5] else []
    whole = whole and told["charge"] is not None and len(place) == 3
    told |= dict(zip(("place", "facility_list", "frequency"), [*place, "", "", ""], strict=False))
    if len(e) > 11 and e[11]:
        told["accident"] = tuple(e[11].split(values.delimiters.component))
    return told, whole


def claim_of_any(
    block: str,
    values: Values,
    provider: BillingProvider | None,
    subscriber: Subscriber | None,
    patient: Patient | None,
    lines: tuple[ServiceLine, ...],
) -> Claim:
    """A claim from a block of any shape, segment by segment: what the quick way for usual shapes falls back to."""
    split = [segment.split(values.delimiters.element) for segment in values.segments(block)]
    told, whole = _clm(split[0], values)
    gathering = Gathering(values)
    if not whole:
        gathering.keep(0, split[0], instead=True)
    diagnoses: list[Diagnosis] = []
    attachments: list[Attachment] = []
    others: list[tuple[dict[str, Any], Gathering]] = []
    for place, e in enumerate(split):
        if place == 0:
            continue
        if e[0] == "SBR":
            others.append(_other(place, e, gathering, values))
        elif others:
            _of_other(place, e, *others[-1], gathering)
        elif e[0] == "HI" and (found := values_of_hi(e, values)):
            diagnoses.extend(found)
        elif e[0] == "PWK" and len(e) <= 7 and not any(e[3:5]):
            e = e + [""] * (7 - len(e))
            attachments.append(Attachment(e[1], e[2], e[5], e[6]))
        elif (
            e[0] == "REF"
            and len(e) == 3
            and not gathering.parties
            and e[2]
            and _NAMED.get(e[1], "id") not in told
        ):
            told[_NAMED[e[1]]] = e[2]
        else:
            gathering.take_held(place, e, ("quantities", "adjustments"))
    rendering = gathering.named("82")
    return Claim(
        **told,
        diagnoses=tuple(diagnoses),
        rendering=rendering,
        provider=provider,
        subscriber=subscriber,
        patient=patient,
        lines=lines,
        dates=tuple(gathering.dates),
        attachments=tuple(attachments),
        amounts=tuple(gathering.amounts),
        references=tuple(gathering.references),
        notes=tuple(gathering.notes),
        parties=gathering.parties,
        other_payers=tuple(_other_payer(*other) for other in others),
        contacts=tuple(gathering.contacts),
        kept=tuple(sorted(gathering.kept)),
    )


def _other(place: int, e: list[str], outer: Gathering, values: Values) -> tuple[dict[str, Any], Gathering]:
    """SBR inside a claim: another payer begins."""
    padded = e + [""] * (10 - len(e))
    names = ("order", "relationship", "group", "group_name", "insurance")
    told: dict[str, Any] = dict(zip(names, padded[1:6], strict=True)) | {"filing": padded[9]}
    if len(e) > 10 or any(padded[6:9]):
        outer.keep(place, e, instead=True)
    return told, Gathering(values)


def _of_other(place: int, e: list[str], told: dict[str, Any], inner: Gathering, outer: Gathering) -> None:
    """One segment of another payer; what does not fit is kept at its place in the claim."""
    if e[0] == "OI" and "assignment" not in told and len(e) <= 7 and not any((*e[1:3], *e[5:6])):
        padded = e + [""] * (7 - len(e))
        told |= {"assignment": padded[3], "signature": padded[4], "release": padded[6]}
        return
    before = len(inner.kept)
    inner.take(place, e)
    if len(inner.kept) > before:
        outer.kept.append(inner.kept.pop())
    for unheld in (inner.references, inner.notes, inner.contacts, inner.quantities):
        if unheld:
            outer.keep(place, e)
            unheld.clear()


def _other_payer(told: dict[str, Any], inner: Gathering) -> OtherPayer:
    return OtherPayer(
        **told,
        adjustments=tuple(inner.adjustments),
        amounts=tuple(inner.amounts),
        parties=inner.parties,
        dates=tuple(inner.dates),
    )
