"""An invoice for providers who cannot bill electronically: rows by a layout that is data, as CSV, XLSX or a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2

from crosswalk.core.basics import Refused
from crosswalk.core.billing.claims import claims_of
from crosswalk.core.billing.codes import Codes
from crosswalk.core.billing.services import Bill, Service
from crosswalk.core.formats.x12.records import Claim, ServiceLine
from crosswalk.core.policy.tables import Table

_PAGES = Path(__file__).parent / "pages"
#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "@", "\t", "\r")


def rows_of(bill: Bill, codes: Codes, layout: Table, day: date) -> list[list[str]]:
    """The header, then one row a service line. The same checks as for a claim, so an invoice is no less whole.

    A layout has the columns header, field and required; a field is a dotted name such as `member.cin`.
    """
    columns = [
        (row.cells["header"], row.cells["field"], row.cells["required"] == "yes") for row in layout.rows
    ]
    services = _services(bill)
    found = []
    for claim in claims_of(bill, codes):
        for service, line in zip(services[claim.id], claim.lines, strict=True):
            told = _told(bill, service, claim, line, codes, day)
            row = [_cell(told, field, layout) for _, field, _ in columns]
            missing = [
                header for (header, _, needed), text in zip(columns, row, strict=True) if needed and not text
            ]
            if missing:
                raise Refused(
                    f"The invoice needs “{missing[0]}”, and it is not known.",
                    place=f"claim {claim.id}",
                    code="billing.missing",
                )
            found.append(row)
    return [[header for header, _, _ in columns], *found]


def _services(bill: Bill) -> dict[str, list[Service]]:
    """The services of each claim, in their order."""
    found: dict[str, list[Service]] = {}
    for service in bill.services:
        found.setdefault(service.claim, []).append(service)
    return found


def _told(
    bill: Bill, service: Service, claim: Claim, line: ServiceLine, codes: Codes, day: date
) -> Mapping[str, Any]:
    """Everything a column may ask for."""
    code, modifiers = codes.of(service, f"claim {claim.id}")
    means = codes.meaning(code, modifiers, service.day)
    diagnoses = [_dotted(claim.diagnoses[int(pointer) - 1].code) for pointer in line.pointers]
    return {
        "provider": bill.provider, "rendering": service.rendering, "member": service.member, "payer": bill.payer,
        "code": code, "modifier": modifiers, "say": means.say if means else "", "day": service.day,
        "until": service.until or service.day, "units": service.units, "place": service.place, "diagnosis": diagnoses,
        "charge": service.charge, "total": claim.charge, "authorization": service.authorization,
        "invoice": bill.number, "invoice_day": day, "claim": claim.id, "line": line.control,
    }  # fmt: skip


def _dotted(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _cell(told: Mapping[str, Any], field: str, layout: Table) -> str:
    first, *others = field.split(".")
    value: Any = told.get(first, _cell)
    for name in others:
        if isinstance(value, list | tuple):
            value = value[int(name) - 1] if name.isdigit() and 0 < int(name) <= len(value) else ""
        elif value is not None and value is not _cell:
            value = getattr(value, name, _cell)
    if value is _cell:
        raise Refused(
            f"There is no field “{field}” for an invoice.", place=f"{layout.name}.csv", code="billing.layout"
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}" if first in ("charge", "total") else f"{value.normalize():f}"
    return "" if value is None else str(value)


def as_csv(rows: list[list[str]]) -> bytes:
    """CSV in UTF-8; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([[_harmless(cell) for cell in row] for row in rows])
    return file.getvalue().encode("utf-8")


def _harmless(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def as_xlsx(rows: list[list[str]]) -> bytes:
    """One sheet, every cell a text, so that no number loses its zeros and nothing is taken for a formula."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Invoice")
    bold = book.add_format({"bold": True})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell, bold if at == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return file.getvalue()


def as_page(bill: Bill, codes: Codes, day: date, made: str) -> str:
    """A page to print, one sheet a claim, with the boxes of a paper claim named by their numbers.

    `made` says who made it and when, and stands on every sheet.
    """
    claims = claims_of(bill, codes)
    services = _services(bill)
    sheets = [
        {
            "claim": claim, "member": services[claim.id][0].member,
            "diagnoses": [_dotted(told.code) for told in claim.diagnoses],
            "lines": [
                {"line": line, "means": codes.meaning(line.procedure.code, line.procedure.modifiers, service.day)}
                for line, service in zip(claim.lines, services[claim.id], strict=True) if line.procedure
            ],
        }
        for claim in claims
    ]  # fmt: skip
    room = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    room.filters["money"] = lambda value: f"{value:.2f}"
    room.filters["number"] = lambda value: f"{value.normalize():f}"
    return room.get_template("claim.html").render(bill=bill, sheets=sheets, day=day, made=made)
