"""A claim, a remittance, an answer of coverage or an acknowledgement as a page that a biller can read, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2

from crosswalk.core.billing.codes import Codes
from crosswalk.core.formats.x12 import records as told
from crosswalk.core.policy.folder import Policy

_PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Sheet:
    """One thing to read: its heading, what is said about it, and a table (header first) with what each row means."""

    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[str, ...] = ()
    id: str = ""


class Words:
    """Short meanings of codes, our own, from `policy/billing/`; a code that has none is shown as it is."""

    def __init__(self, policy: Policy) -> None:
        self.codes = Codes(policy.table("billing/codes"))
        self._lists: dict[tuple[str, str], str] = {}
        self._fixes: dict[str, str] = {}
        for row in policy.table("billing/words").rows:
            self._lists[row.cells["list"], row.cells["code"]] = row.cells["say"]
        for name, table in (
            ("group", "adjustment_groups"),
            ("reason", "adjustments"),
            ("provider", "provider_adjustments"),
        ):
            for row in policy.table(f"billing/{table}").rows:
                self._lists[name, row.cells["code"]] = row.cells["say"]
                self._fixes[row.cells["code"]] = row.cells.get("fix", self._fixes.get(row.cells["code"], ""))

    def say(self, name: str, code: str) -> str:
        """Code and meaning: `12 Home`; the code alone when nothing is known of it."""
        return " ".join(part for part in (code, self._lists.get((name, code), "")) if part)

    def adjustment(self, one: told.Adjustment) -> str:
        """One adjustment in words: how much, why, who bears it, and what to do."""
        reason = self._lists.get(
            ("reason", one.reason), f"reason {one.reason}, which our list does not explain"
        )
        bears = self._lists.get(("group", one.group), one.group)
        fix = self._fixes.get(one.reason, "") if one.amount > 0 else ""
        sentence = f"{_money(one.amount)} ({one.group} {one.reason}): {reason}. {bears}."
        return sentence + (f" To do: {fix}." if fix else "")

    def service(self, procedure: told.Procedure | None, day: date | None) -> str:
        """Code, modifiers, and what they mean on that day."""
        if procedure is None:
            return ""
        means = self.codes.meaning(procedure.code, procedure.modifiers, day) if day else None
        return " ".join((procedure.code, *procedure.modifiers)) + (f" {means.say}" if means else "")


def sheets(records: Iterable[Any], words: Words, claim: str = "") -> Iterator[Sheet]:
    """A sheet for each claim, paid claim, payment, answer of coverage or status; only those of one claim, if named."""
    payer = ""
    for record in records:
        if isinstance(record, told.Remittance):
            payer = _name(record.payer)
            if not claim:
                yield _payment(record)
        elif isinstance(record, told.Claim) and claim in ("", record.id):
            yield _claim(record, words)
        elif isinstance(record, told.PaidClaim) and claim in ("", record.id):
            yield _paid(record, words, payer)
        elif isinstance(record, told.ProviderAdjustment) and not claim:
            yield _outside(record, words)
        elif isinstance(record, told.Inquiry) and record.kind in ("22", "23") and not claim:
            yield _coverage(record, words)
        elif isinstance(record, told.StatusLevel) and record.trace[1:2] and claim in ("", record.trace[1]):
            yield _status(record)


def _claim(one: told.Claim, words: Words) -> Sheet:
    member = one.subscriber.person if one.subscriber else None
    plan = one.subscriber.payer if one.subscriber else None
    facts = _facts(
        ("Member", _name(member)), ("Member number", member.id if member else ""),
        ("Patient", _name(one.patient.person) if one.patient else ""), ("Plan", _name(plan)),
        ("Billing provider", _name(one.provider.provider) if one.provider else ""),
        ("Rendering provider", _name(one.rendering)),
        ("Kind", words.say("frequency", one.frequency)), ("Payer's number", one.payer_claim),
        ("Authorization", one.authorization), ("Place", words.say("place", one.place)),
        ("Diagnoses", ", ".join(_dotted(code.code) for code in one.diagnoses)), ("Charge", _money(one.charge)),
    )  # fmt: skip
    rows = tuple(
        (line.number, _days(line.first_day, line.last_day), words.service(line.procedure, line.first_day),
         _number(line.quantity), _money(line.charge), line.control)
        for line in one.lines
    )  # fmt: skip
    total = sum((line.charge or Decimal(0) for line in one.lines), Decimal(0))
    remarks = (
        () if one.charge in (None, total) else (f"The lines add up to {_money(total)}, not to the charge.",)
    )
    columns = ("Line", "Days", "Service", "Units", "Charge", "Line number")
    return Sheet(f"Claim {one.id}", facts, columns, rows, remarks, one.id)


def _payment(one: told.Remittance) -> Sheet:
    number = one.trace[1] if len(one.trace) > 1 else ""
    how = {"ACH": "bank transfer", "CHK": "check", "NON": "nothing is paid"}.get(one.method, one.method)
    facts = _facts(
        ("From", _name(one.payer)), ("To", _name(one.payee)), ("Paid", _money(one.total)), ("How", how),
        ("On", str(one.paid_on or "")), ("Payment number", number),
    )  # fmt: skip
    return Sheet(f"Payment {number}".strip(), facts)


def _paid(one: told.PaidClaim, words: Words, payer: str) -> Sheet:
    facts = _facts(
        ("Decision", words.say("claim_status", one.status)), ("From", payer), ("Member", _name(one.patient)),
        ("Member number", one.patient.id if one.patient else ""), ("Charged", _money(one.charge)),
        ("Paid", _money(one.paid)), ("Said to be the member's", _money(one.patient_owes) if one.patient_owes else ""),
        ("Payer's number", one.payer_claim), ("Authorization", one.authorization),
    )  # fmt: skip
    rows = tuple(
        (_days(line.first_day, line.last_day), words.service(line.procedure, line.first_day), _money(line.charge),
         _money(line.paid), " ".join(map(words.adjustment, line.adjustments)),
         ", ".join(code for _, code in line.remarks))
        for line in one.lines
    )  # fmt: skip
    remarks = tuple(map(words.adjustment, one.adjustments)) + _unaccounted(one)
    columns = ("Days", "Service", "Charged", "Paid", "Why less", "Remark codes")
    return Sheet(f"Answer to claim {one.id}", facts, columns, rows, remarks, one.id)


def _unaccounted(one: told.PaidClaim) -> tuple[str, ...]:
    """What stands between charge and payment, and is not explained by any adjustment."""
    reasons = [*one.adjustments, *(reason for line in one.lines for reason in line.adjustments)]
    left = (
        (one.charge or Decimal(0))
        - (one.paid or Decimal(0))
        - sum((told.amount for told in reasons), Decimal(0))
    )
    return (f"{_money(left)} between charge and payment is not explained.",) if left else ()


def _outside(one: told.ProviderAdjustment, words: Words) -> Sheet:
    amount = one.amount or Decimal(0)
    effect = "makes the payment smaller" if amount > 0 else "makes the payment larger"
    facts = _facts(
        ("Why", words.say("provider", one.reason)), ("Amount", f"{_money(abs(amount))}, which {effect}"),
        ("Provider", one.provider), ("Reference", one.reference),
    )  # fmt: skip
    return Sheet("Money outside claims", facts)


def _coverage(one: told.Inquiry, words: Words) -> Sheet:
    member = one.party
    facts = _facts(
        ("Member", _name(member)), ("Member number", member.id if member else ""),
        ("Born", str(member.birth or "") if member else ""),
        ("Days", ", ".join(_days(when.first, when.last) for when in one.dates)),
        ("Asked", ", ".join(code for asked in one.requests for code in asked.services)),
    )  # fmt: skip
    rows = tuple(
        (words.say("benefit", line.status), words.say("insurance", line.insurance), line.plan, ", ".join(line.services),
         "; ".join([*line.messages, *(_name(party) for party in line.parties)]))
        for line in one.benefits
    )  # fmt: skip
    remarks = tuple(words.say("refusal", refused.reason) + "." for refused in one.refusals)
    columns = ("Coverage", "Kind", "Plan", "Services", "More") if rows else ()
    return Sheet(f"Coverage of {_name(member)}", facts, columns, rows, remarks)


def _status(one: told.StatusLevel) -> Sheet:
    taken = {"WQ": "accepted", "U": "rejected"}
    rows = tuple(
        (taken.get(status.action, status.action), "; ".join(" ".join(code) for code in status.codes),
         _money(status.charge), status.message)
        for status in one.statuses
    )  # fmt: skip
    numbers = ", ".join(text for kind, text in one.references if kind == "1K")
    facts = _facts(("Of", _name(one.party)), ("Payer's number", numbers))
    return Sheet(
        f"State of {one.trace[1]}", facts, ("Word", "Codes", "Charge", "Message"), rows, id=one.trace[1]
    )


def _facts(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in pairs if text)


def _name(one: told.Party | None) -> str:
    return " ".join(part for part in (one.first, one.middle, one.last) if part) if one else ""


def _money(value: Decimal | None) -> str:
    return "" if value is None else f"${value:,.2f}" if value >= 0 else f"-${-value:,.2f}"


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _days(first: date | None, last: date | None) -> str:
    return "" if first is None else f"{first}" + (f" to {last}" if last and last != first else "")


def _dotted(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and code[:1].isalpha() else code


def as_text(found: Iterable[Sheet]) -> str:
    """Sheets as plain text."""
    parts = []
    for sheet in found:
        width = max((len(name) for name, _ in sheet.facts), default=0)
        lines = [
            sheet.title,
            "=" * len(sheet.title),
            *(f"{name:<{width}}  {text}" for name, text in sheet.facts),
        ]
        for row in sheet.rows:
            cells = [f"{name}: {text}" for name, text in zip(sheet.columns, row, strict=True) if text]
            lines += ["- " + cells[0], *("  " + cell for cell in cells[1:])] if cells else []
        parts.append("\n".join([*lines, *(f"! {remark}" for remark in sheet.remarks)]))
    return "\n\n".join(parts)


def as_html(found: Iterable[Sheet], title: str, made: str) -> str:
    """Sheets as one page without anything from elsewhere; `made` says who made it and when."""
    room = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    return room.get_template("readable.html").render(sheets=list(found), title=title, made=made)
