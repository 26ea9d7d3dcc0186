"""What is wrong with a file: level, place, a sentence a biller understands, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: From the outside in. `levels` are those of the check; the verdict follows from how much a finding stops.
LEVELS = ("envelope", "guide", "balance", "situation", "codes", "plan")
#: What a finding stops, and the word for a file whose worst finding stops that much.
VERDICTS = {
    "": "accept",
    "nothing": "accept-with-warning",
    "claim": "business-error",
    "set": "reject-transaction",
    "group": "reject-group",
    "interchange": "reject-interchange",
}
STOPS = tuple(VERDICTS)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or odd, at one place.

    `stops` says how much cannot be used: nothing (a warning), one claim, the transaction set, the group or the
    whole interchange; empty for a note that rests on unverified knowledge and does not touch the verdict.
    `segment_number` counts from ST = 1 inside the set `set_control`; `byte` counts from 0 in the file. `value` is
    what stood there: it is never part of the sentence, because it may be somebody's data.
    """

    level: str
    code: str
    stops: str
    sentence: str
    fix: str = ""
    set_control: str = ""
    loop: str = ""
    segment: str = ""
    element: str = ""  # position: 3, or 5:1 for a component
    segment_number: int = 0
    byte: int = -1
    claim: str = ""
    value: str = ""
    answer: str = ""  # the code of the acknowledgement: TA105, AK905, IK304, IK403 or IK502
    reference: str = ""  # element reference number, for IK402

    @property
    def where(self) -> str:
        """The place in words: `2300 CLM02, segment 24 of set 0001, byte 1234`."""
        element = self.element.replace(":", "-")
        name = f"{self.segment}{element.zfill(2) if element and '-' not in element else ''}"
        if "-" in element:
            position, _, component = element.partition("-")
            name = f"{self.segment}{position.zfill(2)}-{component}"
        at = " ".join(part for part in (self.loop, name) if part)
        parts = [at] if at else []
        if self.segment_number:
            parts.append(f"segment {self.segment_number} of set {self.set_control}")
        elif self.set_control:
            parts.append(f"set {self.set_control}")
        if self.byte >= 0:
            parts.append(f"byte {self.byte}")
        return ", ".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """One finding of the summary of `crosswalk x12 check --json`."""
        return {
            "level": self.level, "code": self.code, "where": self.where, "sentence": self.sentence, "fix": self.fix,
            "stops": self.stops, "set": self.set_control, "loop": self.loop, "segment": self.segment,
            "element": self.element, "position": self.segment_number, "byte": self.byte, "claim": self.claim,
        }  # fmt: skip


def verdict_of(findings: list[Finding], worst: str = "") -> str:
    """The word for the file: that of the finding that stops most."""
    return VERDICTS[max((worst, *(finding.stops for finding in findings)), key=STOPS.index)]
