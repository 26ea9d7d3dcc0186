"""Stories at the gate: programs that shut ECM out, programs one must choose against, and coverage that ended."""

from __future__ import annotations

from crosswalk.core.simulation.cases import Case, Happened, Someone, diagnosis, met, not_met, program
from crosswalk.core.simulation.stories.homelessness import IN_A_CAR, IN_SHELTER, NEEDS_HELP

WOULD_QUALIFY = (*NEEDS_HELP, diagnosis("E11.65"))
_EVERY_ECM = ("ecm.1a", "ecm.1b", "ecm.2", "ecm.3", "ecm.4", "ecm.5", "ecm.6", "ecm.7", "ecm.8", "ecm.9")


def _shut(key: str, story: str, why: str, *, events: tuple[Happened, ...] = (), medicare: str = "none",
          share_of_cost: str = "none", covered: tuple[str, str] = ("26m", "")) -> Case:  # fmt: skip
    """The person in a car with diabetes, shut out of every population."""
    someone = Someone(
        56, homeless="yes", conditions=(7,), events=(*WOULD_QUALIFY, *events), medicare=medicare,
        share_of_cost=share_of_cost, covered=covered, answers=tuple(not_met(code, why) for code in _EVERY_ECM),
    )  # fmt: skip
    return Case(key, story, (someone,), IN_A_CAR)


def _chooses(key: str, story: str, code: str) -> Case:
    someone = Someone(
        67, "F", homeless="yes", conditions=(7,), medicare="ffs", events=(*WOULD_QUALIFY, program(code)),
        answers=(met("ecm.1a", "eligible, but must choose between the two programs"),),
    )  # fmt: skip
    return Case(key, story, (someone,), IN_A_CAR)


CASES = (
    _shut(
        "hospice",
        "Lives in a car with diabetes, in hospice care",
        "hospice",
        events=(program("hospice", "50d"),),
    ),
    _shut("pace", "Lives in a car with diabetes, in PACE", "PACE", events=(program("pace"),)),
    _shut("dsnp_other", "Lives in a car with diabetes, in a D-SNP", "D-SNP", medicare="dsnp_other"),
    _shut(
        "dsnp_aligned", "Lives in a car with diabetes, in an aligned D-SNP", "EAE D-SNP", medicare="dsnp_eae"
    ),
    _shut("fide", "Lives in a car with diabetes, in a FIDE-SNP", "FIDE-SNP", medicare="fide"),
    _shut(
        "share_of_cost",
        "Lives in a car with diabetes, pays a share of cost",
        "share of cost",
        share_of_cost="other",
    ),
    _shut(
        "coverage_ended",
        "Lives in a car with diabetes, coverage ended 40 days ago",
        "not covered",
        covered=("26m", "40d"),
    ),
    _chooses("on_a_waiver", "Lives in a car with diabetes, on the Assisted Living Waiver", "waiver_alw"),
    _chooses("in_ccm", "Lives in a car with diabetes, in the plan's Complex Care Management", "ccm"),
    Case(
        "turned_21_in_ecm",
        "Turned 21 in ECM: stays until the goals are met",
        (
            Someone(
                21,
                homeless="yes",
                events=(
                    Happened("authorization", "ecm", "200d", "-165d", "approved"),
                    Happened("enrollment", "ecm", "190d", "", "Valley Lantern Outreach"),
                ),
            ),
        ),
        IN_SHELTER,
    ),
)
