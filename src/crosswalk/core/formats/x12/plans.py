"""A plan's own rules for the files it takes, as data: what a claim must carry there, and how large a batch may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from crosswalk.core.basics import Refused
from crosswalk.core.formats.x12.records import Claim
from crosswalk.core.formats.x12.situations import Remark

#: What a plan may ask of every claim, and how the claim shows it.
NEEDS: dict[str, tuple[str, str, Callable[[Claim], bool]]] = {
    "authorization": ("REF", "the authorization number", lambda claim: bool(claim.authorization)),
    "line_control": ("REF", "a control number on every line", lambda claim: all(line.control for line in claim.lines)),
    "rendering": ("NM1", "the rendering provider", lambda claim: claim.rendering is not None),
    "record_number": ("REF", "the medical record number", lambda claim: bool(claim.record_number)),
    "specialty": ("PRV", "the billing provider's taxonomy code", lambda claim: bool(
        claim.provider and (claim.provider.specialty or (claim.provider.provider and claim.provider.provider.specialty))
    )),
}  # fmt: skip


@dataclass(frozen=True)
class PlanRules:
    """The rules of one plan. Nothing is shipped for any plan: a site writes what its contract says."""

    plan: str
    needs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    filing: tuple[str, ...] = ()
    lines_at_most: int = 0
    claims_at_most: int = 0  # in one transaction set
    tolerates: tuple[
        str, ...
    ] = ()  # places of this partner's own form, such as BGN07 or INS09: remarked, not refused
    source: str = ""

    def of_claim(self, claim: Claim) -> Iterator[Remark]:
        """What this plan finds missing in a claim."""
        for need in self.needs:
            segment, words, is_there = NEEDS[need]
            if not is_there(claim):
                yield _remark(
                    self.plan, f"needs_{need}", segment, "", f"{self.plan} asks for {words}.", "Add it."
                )
        if self.places and claim.place not in self.places:
            yield _remark(
                self.plan, "place_not_taken", "CLM", "5:1", f"{self.plan} does not take this place of service.",
                f"It takes {', '.join(self.places)}.",
            )  # fmt: skip
        if self.filing and claim.subscriber is not None and claim.subscriber.filing not in self.filing:
            yield _remark(
                self.plan, "filing_not_taken", "SBR", "9", f"{self.plan} expects another kind of coverage here.",
                f"Write {' or '.join(self.filing)}.",
            )  # fmt: skip
        if self.lines_at_most and len(claim.lines) > self.lines_at_most:
            yield _remark(
                self.plan, "too_many_lines", "LX", "1", f"At most {self.lines_at_most} lines a claim.",
                "Split the claim.",
            )  # fmt: skip

    def of_set(self, claims: int) -> Iterator[Remark]:
        """What this plan finds wrong with a whole set."""
        if self.claims_at_most and claims > self.claims_at_most:
            yield _remark(
                self.plan, "too_many_claims", "ST", "", f"At most {self.claims_at_most} claims a set.",
                "Split the batch.", stops="set",
            )  # fmt: skip


def _remark(
    _plan: str, code: str, segment: str, element: str, sentence: str, fix: str, *, stops: str = "claim"
) -> Remark:
    return Remark("plan", code, segment, element, stops, sentence, fix)


def read_plan(path: Path) -> PlanRules:
    """The rules of a plan from a YAML file: keys as the fields of `PlanRules`."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict) or "plan" not in told:
        raise Refused("A plan's rules begin with its name.", fix="Write `plan: NAME` first.", place=path.name)
    unknown = sorted(set(told) - set(PlanRules.__dataclass_fields__))
    wrong = sorted(set(told.get("needs", ())) - set(NEEDS))
    if unknown or wrong:
        raise Refused(
            f"The plan's rules use words that are not known: {', '.join([*unknown, *wrong])}.",
            fix=f"Known: {', '.join(PlanRules.__dataclass_fields__)}; needs: {', '.join(NEEDS)}.",
            place=path.name,
            code="plan",
        )
    rules: dict[str, Any] = {
        key: tuple(map(str, value)) if isinstance(value, list) else value for key, value in told.items()
    }
    return PlanRules(**rules)
