"""The planted stories: every test vector of the ECM reference, every program on both sides and unknown, and kin."""

from crosswalk.core.simulation.cases import Case
from crosswalk.core.simulation.stories import children, gate, health, homelessness, kin, long_term, supports

CASES: tuple[Case, ...] = (
    *homelessness.CASES,
    *health.CASES,
    *children.CASES,
    *supports.CASES,
    *long_term.CASES,
    *gate.CASES,
    *kin.CASES,
)

__all__ = ["CASES"]
