"""The check of a file: what it holds, what is wrong with it, and the verdict."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from crosswalk.core.formats.x12 import balance, situations
from crosswalk.core.formats.x12.envelope import Envelope, InterchangeSeen
from crosswalk.core.formats.x12.findings import STOPS, Finding, verdict_of
from crosswalk.core.formats.x12.plans import PlanRules
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Claim, PaidClaim, ProviderAdjustment, Remittance, SetEnd
from crosswalk.core.formats.x12.segments import CHUNK

#: Findings kept; a file that is wrong in every segment must not fill the memory. The others are counted.
KEPT = 10_000


@dataclass(slots=True)
class Checked:
    """What a check found. Amounts exact; `more` counts the findings beyond those kept."""

    verdict: str = "accept"
    segments: int = 0
    transactions: int = 0
    claims: int = 0
    service_lines: int = 0
    charge_total: Decimal = Decimal(0)
    paid_total: Decimal = Decimal(0)
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    interchanges: list[InterchangeSeen] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """The summary of `crosswalk x12 check --json`."""
        return {
            "verdict": self.verdict, "segments": self.segments, "transactions": self.transactions,
            "claims": self.claims, "service_lines": self.service_lines,
            "charge_total": f"{self.charge_total:.2f}", "paid_total": f"{self.paid_total:.2f}",
            "findings": [finding.as_dict() for finding in self.findings], "findings_more": self.more,
        }  # fmt: skip


class Check:
    """One check of one file: the reader's blocks pass by here, the reader's records arrive here."""

    def __init__(
        self, file: BinaryIO, *, plan: PlanRules | None = None, keep_claims: bool = False, chunk: int = CHUNK
    ) -> None:
        self.checked = Checked()
        self.reading = Reading(file, chunk=chunk, watch=self._watch)
        self.envelope = Envelope(
            self.reading.segments, self._found, frozenset(plan.tolerates) if plan is not None else frozenset()
        )
        self.plan = plan
        self.keep_claims = keep_claims
        self.worst = ""
        self._starts: deque[int] = deque()
        self._remittance: Remittance | None = None
        self._paid = self._outside = Decimal(0)

    def run(self) -> Checked:
        """Read the file to its end."""
        for record in self.reading:
            kind = type(record)
            if kind is Claim:
                self._claim(record)
            elif kind is PaidClaim:
                self._paid_claim(record)
            elif kind is SetEnd:
                self._set_end()
            elif kind is Remittance:
                self._remittance, self._paid, self._outside = record, Decimal(0), Decimal(0)
            elif kind is ProviderAdjustment:
                self._outside += record.amount or 0
        self.envelope.end()
        checked = self.checked
        checked.segments = self.envelope.segments_seen
        checked.transactions = self.envelope.sets_seen
        checked.interchanges = self.envelope.interchanges
        checked.verdict = verdict_of(checked.findings, self.worst)
        return checked

    def _watch(self, block: str) -> str:
        name = block[:3]
        if name in ("CLM", "CLP"):
            self._starts.append(self.envelope.segment_number + 1)
        self.envelope.take(block)
        return block

    def _found(self, finding: Finding) -> None:
        self.worst = max(self.worst, finding.stops, key=STOPS.index)
        if len(self.checked.findings) < KEPT:
            self.checked.findings.append(finding)
        else:
            self.checked.more += 1

    def _claim(self, claim: Claim) -> None:
        checked = self.checked
        checked.claims += 1
        checked.service_lines += len(claim.lines)
        checked.charge_total += claim.charge or 0
        number = self._starts.popleft() if self._starts else 0
        remarks: list[situations.Remark] = []
        for uneven in balance.of_claim(claim):
            self._uneven(uneven, number, claim.id, "2300")
            remarks.append(_of_uneven(uneven))
        told = list(situations.of_claim(claim))
        if self.plan is not None:
            told.extend(self.plan.of_claim(claim))
        for remark in told:
            if remark.code == "diagnosis_missing":
                self.envelope.missing_in_set += 1
            self._remarked(remark, number, claim.id, "2400" if remark.line else "2300")
        if self.keep_claims:
            self.envelope.keep_claim(claim, [*remarks, *told], number)

    def _paid_claim(self, claim: PaidClaim) -> None:
        checked = self.checked
        checked.claims += 1
        checked.service_lines += len(claim.lines)
        checked.charge_total += claim.charge or 0
        checked.paid_total += claim.paid or 0
        self._paid += claim.paid or 0
        number = self._starts.popleft() if self._starts else 0
        for uneven in balance.of_paid_claim(claim):
            self._uneven(uneven, number, claim.id, "2110" if uneven.line else "2100")
        for remark in situations.of_paid_claim(claim):
            self._remarked(remark, number, claim.id, "2100")

    def _set_end(self) -> None:
        if self._remittance is not None:
            for uneven in balance.of_remittance(self._remittance.total, self._paid, self._outside):
                self._uneven(uneven, 2, "", "")
            self._remittance = None
        if self.plan is not None:
            for remark in self.plan.of_set(self.envelope.claims_in_set):
                self._remarked(remark, 1, "", "")
        self._starts.clear()
        self.envelope.finish_set()

    def _uneven(self, uneven: balance.Uneven, number: int, claim: str, loop: str) -> None:
        line = f" of line {uneven.line}" if uneven.line else ""
        sentence, fix = _SUMS[uneven.code]
        finding = Finding(
            "balance",
            uneven.code,
            "claim",
            f"{sentence}{line}: {uneven.said:.2f} is said, {uneven.found:.2f} comes out.",
            fix,
            self.envelope.set_control,
            loop,
            uneven.segment,
            uneven.element,
            number,
            self.envelope.byte_of(number),
            claim,
        )
        self._found(finding)

    def _remarked(self, remark: situations.Remark, number: int, claim: str, loop: str) -> None:
        line = f" (line {remark.line})" if remark.line else ""
        answer = "7" if remark.code == "place_unknown" else ""
        finding = Finding(
            remark.level, remark.code, remark.stops, remark.sentence.rstrip(".") + line + ".", remark.fix,
            self.envelope.set_control, loop, remark.segment, remark.element, number, self.envelope.byte_of(number),
            claim, remark.value, answer, "1331" if answer else "",
        )  # fmt: skip
        self._found(finding)
        if answer:
            self.envelope.note(finding)


_SUMS = {
    "claim_total": ("The claim's total is not the sum of its lines", "Correct the total or the charge of a line."),
    "line_balance": ("Charge less adjustments is not what was paid", "Ask the payer for a corrected remittance."),
    "paid_claim_balance": (
        "The claim's charge less all adjustments is not what was paid", "Ask the payer for a corrected remittance.",
    ),
    "payment_balance": (
        "The payment is not the sum of the claims less the provider adjustments",
        "Do not post; ask the payer for a corrected remittance.",
    ),
}  # fmt: skip


def _of_uneven(uneven: balance.Uneven) -> situations.Remark:
    sentence, fix = _SUMS[uneven.code]
    return situations.Remark(
        "balance", uneven.code, uneven.segment, uneven.element, "claim", sentence + ".", fix
    )


def check(
    file: BinaryIO, *, plan: PlanRules | None = None, keep_claims: bool = False, chunk: int = CHUNK
) -> Checked:
    """Check one file. `keep_claims` keeps what a 277CA needs of every claim (memory then grows with the claims)."""
    return Check(file, plan=plan, keep_claims=keep_claims, chunk=chunk).run()


def claim_ids(findings: Iterable[Finding]) -> list[str]:
    """The claims that findings stop, each once, in order."""
    return list(
        dict.fromkeys(finding.claim for finding in findings if finding.claim and finding.stops == "claim")
    )
