"""Writing claim status (276, 277) and claim acknowledgements (277CA)."""

from __future__ import annotations

from crosswalk.core.formats.x12.records import Status, StatusItem, StatusLevel
from crosswalk.core.formats.x12.writing.parties import dates, party, references, valued
from crosswalk.core.formats.x12.writing.pen import Raw, Segment, raws


def level(one: StatusLevel) -> list[Segment]:
    """HL (unless this is a further claim of the same level) and the claim's status."""
    begins: Segment = ("HL", one.level, one.parent, one.kind, one.children)
    return [
        *([] if one.continues else [begins]), *party(one.party), *([("TRN", *raws(one.trace))] if one.trace else []),
        *map(_status, one.statuses), *references(one.references), *valued("QTY", one.quantities),
        *valued("AMT", one.amounts), *dates(one.dates), *(segment for item in one.lines for segment in _item(item)),
    ]  # fmt: skip


def _status(one: Status) -> Segment:
    codes = [tuple(map(Raw, code)) for code in (*one.codes, (), ())][:3]
    details = (*raws(one.details), "", "", "", "")[:4] if any(one.details) else ("", "", "", "")
    return (
        "STC",
        codes[0],
        one.day,
        one.action,
        one.charge,
        one.paid,
        *details,
        codes[1],
        codes[2],
        one.message,
    )


def _item(one: StatusItem) -> list[Segment]:
    return [
        ("SVC", tuple(map(Raw, one.procedure)), one.charge, one.paid, one.revenue, "", "", one.units),
        *map(_status, one.statuses), *references(one.references), *dates(one.dates),
    ]  # fmt: skip
