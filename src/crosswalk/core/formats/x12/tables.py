"""Records as Parquet tables: one row a claim, a line, a member, a coverage, an answer; money exact, days as days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import (
    Authorization,
    Claim,
    GroupAnswer,
    Inquiry,
    InterchangeAnswer,
    Member,
    PaidClaim,
    PaidLine,
    Party,
    PremiumLine,
    ProviderAdjustment,
    Remittance,
    StatusLevel,
)

ROWS_AT_ONCE = 20_000
MONEY = pa.decimal128(18, 2)
#: Units may have more decimals than money.
UNITS = pa.decimal128(18, 4)
TEXT, DAY, MANY, YES = pa.string(), pa.date32(), pa.list_(pa.string()), pa.bool_()

Row = tuple[Any, ...]
#: Table, then its columns with their types. The meaning of each column is in docs/reference/x12.md.
COLUMNS: Mapping[str, Mapping[str, pa.DataType]] = {
    "claims": {
        "claim": pa.int64(), "claim_id": TEXT, "charge": MONEY, "place": TEXT, "frequency": TEXT, "member": TEXT,
        "last_name": TEXT, "first_name": TEXT, "birth": DAY, "sex": TEXT, "payer": TEXT, "payer_id": TEXT,
        "filing": TEXT, "provider": TEXT, "provider_npi": TEXT, "rendering_npi": TEXT, "authorization": TEXT,
        "payer_claim": TEXT, "record_number": TEXT, "diagnoses": MANY, "unmodelled": MANY,
    },
    "claim_lines": {
        "claim": pa.int64(), "claim_id": TEXT, "line": TEXT, "code": TEXT, "modifiers": MANY, "revenue": TEXT,
        "charge": MONEY, "unit": TEXT, "quantity": UNITS, "place": TEXT, "pointers": MANY, "first_day": DAY,
        "last_day": DAY, "control": TEXT, "unmodelled": MANY,
    },
    "remittances": {
        "remittance": pa.int64(), "set": TEXT, "total": MONEY, "method": TEXT, "paid_on": DAY, "trace": TEXT,
        "payer": TEXT, "payee": TEXT, "payee_id": TEXT, "unmodelled": MANY,
    },
    "paid_claims": {
        "remittance": pa.int64(), "paid_claim": pa.int64(), "claim_id": TEXT, "status": TEXT, "charge": MONEY,
        "paid": MONEY, "patient_owes": MONEY, "filing": TEXT, "payer_claim": TEXT, "place": TEXT, "frequency": TEXT,
        "member": TEXT, "last_name": TEXT, "first_name": TEXT, "authorization": TEXT, "unmodelled": MANY,
    },
    "paid_lines": {
        "paid_claim": pa.int64(), "paid_line": pa.int64(), "claim_id": TEXT, "code": TEXT, "modifiers": MANY,
        "charge": MONEY, "paid": MONEY, "units": UNITS, "first_day": DAY, "last_day": DAY, "control": TEXT,
        "remarks": MANY, "unmodelled": MANY,
    },
    "adjustments": {
        "paid_claim": pa.int64(), "paid_line": pa.int64(), "group": TEXT, "reason": TEXT, "amount": MONEY,
        "quantity": UNITS,
    },
    "provider_adjustments": {
        "remittance": pa.int64(), "provider": TEXT, "fiscal_day": TEXT, "reason": TEXT, "reference": TEXT,
        "amount": MONEY,
    },
    "members": {
        "member_row": pa.int64(), "member": TEXT, "action": TEXT, "reason": TEXT, "policy": TEXT, "last_name": TEXT,
        "first_name": TEXT, "middle_name": TEXT, "birth": DAY, "sex": TEXT, "address": TEXT, "city": TEXT,
        "state": TEXT, "zip": TEXT, "references": MANY, "unmodelled": MANY,
    },
    "coverages": {
        "member_row": pa.int64(), "member": TEXT, "action": TEXT, "insurance": TEXT, "plan": TEXT, "from_day": DAY,
        "until_day": DAY, "references": MANY,
    },
    "benefits": {
        "inquiry": pa.int64(), "member": TEXT, "last_name": TEXT, "first_name": TEXT, "trace": TEXT, "status": TEXT,
        "services": MANY, "insurance": TEXT, "plan": TEXT, "messages": MANY, "refusal": TEXT,
    },
    "statuses": {
        "level": TEXT, "kind": TEXT, "name": TEXT, "number": TEXT, "claim_id": TEXT, "category": TEXT, "status": TEXT,
        "action": TEXT, "day": TEXT, "charge": MONEY, "paid": MONEY, "payer_claim": TEXT,
    },
    "authorizations": {
        "level": TEXT, "kind": TEXT, "member": TEXT, "trace": TEXT, "request": MANY, "decision": TEXT, "number": TEXT,
        "reason": TEXT, "procedure": TEXT, "from_day": DAY, "until_day": DAY,
    },
    "premiums": {
        "member": TEXT, "last_name": TEXT, "first_name": TEXT, "kind": TEXT, "reference": TEXT, "paid": MONEY,
        "billed": MONEY, "from_day": DAY, "until_day": DAY,
    },
    "answers": {
        "kind": TEXT, "control": TEXT, "set": TEXT, "verdict": TEXT, "reasons": MANY, "segment": TEXT, "position": TEXT,
        "loop": TEXT, "code": TEXT, "element": TEXT, "element_code": TEXT,
    },
}  # fmt: skip


def write_tables(file: BinaryIO, folder: Path) -> tuple[dict[str, int], Reading]:
    """Read a file into `folder`/TABLE.parquet; returns the rows of each table, and the reading for its remarks.

    Only tables that have rows are written. Memory does not grow with the file.
    """
    writing = _Writing(folder)
    rows = _Rows()
    reading = Reading(file)
    try:
        for record in reading:
            maker = _MAKERS.get(type(record))
            if maker is not None:
                for table, row in maker(rows, record):
                    writing.add(table, row)
        return writing.close(), reading
    except BaseException:
        writing.drop()
        raise


class _Writing:
    """The open Parquet files, each with the rows that wait."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: dict[str, list[Row]] = {}
        self.files: dict[str, pq.ParquetWriter] = {}
        self.counts: dict[str, int] = {}

    def add(self, table: str, row: Row) -> None:
        rows = self.waiting.setdefault(table, [])
        rows.append(row)
        if len(rows) >= ROWS_AT_ONCE:
            self._write(table)

    def _write(self, table: str) -> None:
        rows = self.waiting[table]
        columns = COLUMNS[table]
        schema = pa.schema(list(columns.items()))
        arrays = [
            pa.array(_fitting(values, kind), kind)
            for values, kind in zip(zip(*rows, strict=True), columns.values(), strict=True)
        ]
        if table not in self.files:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.files[table] = pq.ParquetWriter(self.folder / f".{table}.parquet.part", schema)
        self.files[table].write_table(pa.Table.from_arrays(arrays, schema=schema))
        self.counts[table] = self.counts.get(table, 0) + len(rows)
        rows.clear()

    def close(self) -> dict[str, int]:
        for table, rows in self.waiting.items():
            if rows:
                self._write(table)
        for table, file in self.files.items():
            file.close()
            (self.folder / f".{table}.parquet.part").replace(self.folder / f"{table}.parquet")
        return self.counts

    def drop(self) -> None:
        for table, file in self.files.items():
            file.close()
            (self.folder / f".{table}.parquet.part").unlink(missing_ok=True)


def _fitting(values: tuple[Any, ...], kind: pa.DataType) -> list[Any] | tuple[Any, ...]:
    """Amounts that the column cannot hold exactly become empty; the claim itself is kept with what it said."""
    if kind not in (MONEY, UNITS):
        return values
    most = Decimal(10) ** (18 - kind.scale)
    step = Decimal(1).scaleb(-kind.scale)
    return [
        None if v is None or abs(v) >= most or v != v.quantize(step) else v.quantize(step) for v in values
    ]


def _kept(record: Any) -> list[str]:
    """The segments that have no column, elements joined by `*`."""
    return ["*".join(one.elements) for one in kept] if (kept := record.kept) else []


def _name(party: Party | None) -> tuple[str, str, str]:
    return (party.id, party.last, party.first) if party is not None else ("", "", "")


class _Rows:
    """Rows of each record, with the numbers that join the tables."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def next(self, table: str) -> int:
        self.numbers[table] = self.numbers.get(table, 0) + 1
        return self.numbers[table]

    def claim(self, r: Claim) -> Iterator[tuple[str, Row]]:
        n = self.next("claims")
        person = (r.patient.person if r.patient else None) or (r.subscriber.person if r.subscriber else None)
        payer = r.subscriber.payer if r.subscriber else None
        billing = r.provider.provider if r.provider else None
        member, last, first = _name(person)
        yield "claims", (
            n, r.id, r.charge, r.place, r.frequency, member, last, first, person.birth if person else None,
            person.sex if person else "", payer.last if payer else "", payer.id if payer else "",
            r.subscriber.filing if r.subscriber else "", billing.last if billing else "", billing.id if billing else "",
            r.rendering.id if r.rendering else "", r.authorization, r.payer_claim, r.record_number,
            [d.code for d in r.diagnoses], _kept(r),
        )  # fmt: skip
        for line in r.lines:
            p = line.procedure
            yield "claim_lines", (
                n, r.id, line.number, p.code if p else "", p.modifiers if p else (), line.revenue, line.charge,
                line.unit, line.quantity, line.place, line.pointers, line.first_day, line.last_day, line.control,
                _kept(line),
            )  # fmt: skip

    def remittance(self, r: Remittance) -> Iterator[tuple[str, Row]]:
        payee = r.payee
        yield "remittances", (
            self.next("remittances"), r.control, r.total, r.method, r.paid_on, (*r.trace, "", "")[1],
            r.payer.last if r.payer else "", payee.last if payee else "", payee.id if payee else "", _kept(r),
        )  # fmt: skip

    def paid_claim(self, r: PaidClaim) -> Iterator[tuple[str, Row]]:
        n = self.next("paid_claims")
        member, last, first = _name(r.patient)
        yield "paid_claims", (
            self.numbers.get("remittances", 0), n, r.id, r.status, r.charge, r.paid, r.patient_owes, r.filing,
            r.payer_claim, r.place, r.frequency, member, last, first, r.authorization, _kept(r),
        )  # fmt: skip
        yield from self._adjusted(r, n, None)
        for line in r.lines:
            m = self.next("paid_lines")
            p = line.procedure
            yield "paid_lines", (
                n, m, r.id, p.code if p else "", p.modifiers if p else (), line.charge, line.paid, line.units,
                line.first_day, line.last_day, line.control, [code for _, code in line.remarks], _kept(line),
            )  # fmt: skip
            yield from self._adjusted(line, n, m)

    def _adjusted(self, r: PaidClaim | PaidLine, claim: int, line: int | None) -> Iterator[tuple[str, Row]]:
        for a in r.adjustments:
            yield "adjustments", (claim, line, a.group, a.reason, a.amount, a.quantity)

    def provider_adjustment(self, r: ProviderAdjustment) -> Iterator[tuple[str, Row]]:
        yield "provider_adjustments", (
            self.numbers.get("remittances", 0), r.provider, r.fiscal_day, r.reason, r.reference, r.amount,
        )  # fmt: skip

    def member(self, r: Member) -> Iterator[tuple[str, Row]]:
        n = self.next("members")
        p = r.person
        a = p.address if p else None
        yield "members", (
            n, r.number, r.action, r.reason, r.policy, p.last if p else "", p.first if p else "", p.middle if p else "",
            p.birth if p else None, p.sex if p else "", " ".join(a.lines) if a else "", a.city if a else "",
            a.state if a else "", a.zip if a else "", [f"{k}:{v}" for k, v in r.references], _kept(r),
        )  # fmt: skip
        for c in r.coverages:
            yield "coverages", (
                n, r.number, c.action, c.insurance, c.plan, c.from_day, c.until_day,
                [f"{k}:{v}" for k, v in c.references],
            )  # fmt: skip

    def inquiry(self, r: Inquiry) -> Iterator[tuple[str, Row]]:
        n = self.next("inquiries")
        member, last, first = _name(r.party)
        trace = (*r.traces[0], "", "")[1] if r.traces else ""
        refused = ",".join(refusal.reason for refusal in r.refusals)
        if refused:
            yield "benefits", (n, member, last, first, trace, "", (), "", "", (), refused)
        for b in r.benefits:
            reason = ",".join(refusal.reason for refusal in b.refusals)
            yield "benefits", (
                n, member, last, first, trace, b.status, b.services, b.insurance, b.plan, b.messages, reason,
            )  # fmt: skip

    def status(self, r: StatusLevel) -> Iterator[tuple[str, Row]]:
        number, last, _ = _name(r.party)
        payer_claim = next((value for kind, value in r.references if kind == "1K"), "")
        for s in r.statuses:
            for code in s.codes:
                category, status = (*code, "", "")[:2]
                yield "statuses", (
                    r.level, r.kind, last, number, (*r.trace, "", "")[1], category, status, s.action, s.day, s.charge,
                    s.paid, payer_claim,
                )  # fmt: skip

    def authorization(self, r: Authorization) -> Iterator[tuple[str, Row]]:
        if r.kind in ("22", "23"):
            self.numbers["member"] = 0
            self.who = r.party.id if r.party else ""
        if not (r.request or r.decision or r.service):
            return
        decision = (*r.decision, "", "", "")
        period = next((d for d in r.dates if d.kind in ("AAH", "472")), None)
        yield "authorizations", (
            r.level, r.kind, self.who, (*r.traces[0], "", "")[1] if r.traces else "", r.request, decision[0],
            decision[1], decision[2], (*r.service.elements, "")[0] if r.service else "",
            period.first if period else None, period.last if period else None,
        )  # fmt: skip

    who: str = ""

    def premium(self, r: PremiumLine) -> Iterator[tuple[str, Row]]:
        member, last, first = _name(r.person)
        period = next((d for d in r.dates if d.kind == "582"), None)
        yield "premiums", (
            member, last, first, r.kind, r.reference, r.paid, r.billed, period.first if period else None,
            period.last if period else None,
        )  # fmt: skip

    def answer(self, r: GroupAnswer | InterchangeAnswer) -> Iterator[tuple[str, Row]]:
        if isinstance(r, InterchangeAnswer):
            yield "answers", ("TA1", r.control, "", r.verdict, [r.note], "", "", "", "", "", "")
            return
        yield "answers", (r.form, r.control, "", r.verdict, r.reasons, "", "", "", "", "", "")
        for s in r.sets:
            yield "answers", (r.form, r.control, s.control, s.verdict, s.reasons, "", "", "", "", "", "")
            for note in s.segments:
                told = (
                    r.form,
                    r.control,
                    s.control,
                    "",
                    (),
                    note.segment,
                    note.position,
                    note.loop,
                    note.code,
                )
                yield "answers", (*told, "", "")
                for element in note.elements:
                    yield "answers", (*told, element.position, element.code)


_MAKERS: dict[type, Callable[[_Rows, Any], Iterator[tuple[str, Row]]]] = {
    Claim: _Rows.claim, Remittance: _Rows.remittance, PaidClaim: _Rows.paid_claim,
    ProviderAdjustment: _Rows.provider_adjustment, Member: _Rows.member, Inquiry: _Rows.inquiry,
    StatusLevel: _Rows.status, Authorization: _Rows.authorization, PremiumLine: _Rows.premium,
    GroupAnswer: _Rows.answer, InterchangeAnswer: _Rows.answer,
}  # fmt: skip
