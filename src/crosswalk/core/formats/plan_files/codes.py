"""The code lists that plan files are read with: counties, kinds of events and their codes."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crosswalk.core.basics import Refused
from crosswalk.core.records import EventKind, event_kinds


@dataclass(frozen=True)
class Codes:
    """`counties`: lower-case name → 2-digit code. `kinds`: the kinds of events by name."""

    counties: Mapping[str, str]
    kinds: Mapping[str, EventKind]

    def with_attestable(self, facts: Collection[str]) -> Codes:
        """The same, where an attestation may also be about any of these facts."""
        attestation = self.kinds["attestation"]
        more = replace(attestation, codes=tuple(sorted({*attestation.codes, *facts})))
        return replace(self, kinds={**self.kinds, "attestation": more})


def read_codes(folders: Sequence[Path]) -> Codes:
    """The lists of the policy folders; a site's own file of the same name replaces the shipped one.

    Raises Refused for a list that is not there.
    """
    with _newest(folders, "counties.csv").open(encoding="utf-8", newline="") as handle:
        counties = {line["name"].lower(): line["code"] for line in csv.DictReader(handle)}
    return Codes(
        counties, event_kinds(_newest(folders, "event_kinds.csv"), _newest(folders, "event_codes.csv"))
    )


def _newest(folders: Sequence[Path], name: str) -> Path:
    for folder in reversed(folders):
        if (path := folder / "codes" / name).is_file():
            return path
    raise Refused(
        f"The policy has no file codes/{name}.", fix="Restore it from the release.", place=str(folders[0])
    )
