"""Stories of long-term care: at risk of a nursing facility, or living in one and wanting out."""

from __future__ import annotations

from crosswalk.core.simulation.cases import Case, Happened, Someone, attests, met, not_met, program, unknown


def _resident(since: str) -> tuple[Happened, ...]:
    return (
        Happened("level_of_care", "nf_resident", since),
        Happened("snf_stay", "Orange Bend Care Center", since, "", "long"),
    )


NURSING_LEVEL = (Happened("level_of_care", "snf", "3m"), attests("adl_need"))
AT_HOME = (
    *NURSING_LEVEL,
    attests("can_live_in_community_with_support"),
    attests("wants_to_stay_in_community"),
)

CASES = (
    Case(
        "home_with_support",
        "Woman of 71 at home who needs a nursing facility's level of care and could stay with support",
        (
            Someone(
                71,
                "F",
                medicare="ffs",
                events=AT_HOME,
                answers=(
                    met("ecm.5", "nursing level, needs help with daily life, can stay with support"),
                    met("cs.alf", "diversion from a nursing facility"),
                    not_met("ecm.6", "does not live in a nursing facility"),
                ),
            ),
        ),
    ),
    Case(
        "home_support_not_enough",
        "Man of 83 at home for whom no support would be enough",
        (
            Someone(
                83,
                medicare="ffs",
                events=(*NURSING_LEVEL, attests("can_live_in_community_with_support", "no")),
                answers=(not_met("ecm.5", "cannot live in the community"),),
            ),
        ),
    ),
    Case(
        "home_support_open",
        "Woman of 78 at home; whether support would be enough is not known",
        (
            Someone(
                78,
                "F",
                medicare="ma",
                events=NURSING_LEVEL,
                answers=(unknown("ecm.5", "can_live_in_community_with_support", "must be asked"),),
            ),
        ),
    ),
    Case(
        "resident_wants_home",
        "Resident of a nursing facility for 100 days who wants to go home and can with support",
        (
            Someone(
                69,
                medicare="ffs",
                events=(
                    *_resident("100d"),
                    attests("wants_to_leave_facility"),
                    attests("can_live_in_community_with_support"),
                ),
                answers=(
                    met("ecm.6", "a resident who wants to and can move out"),
                    met("cs.cht", "60 days and more; wants to and can go home"),
                    met("cs.alf", "60 days and more; wants to and can move"),
                    not_met("ecm.5", "lives in a nursing facility"),
                ),
            ),
        ),
    ),
    Case(
        "resident_wants_to_stay",
        "Resident of a nursing facility who wants to stay there",
        (
            Someone(
                88,
                "F",
                medicare="ffs",
                events=(
                    *_resident("400d"),
                    attests("wants_to_leave_facility", "no"),
                    attests("can_live_in_community_with_support"),
                ),
                answers=(
                    not_met("ecm.6", "does not want to move out"),
                    not_met("cs.cht", "does not want to move out"),
                    not_met("cs.alf", "does not want to move out"),
                ),
            ),
        ),
    ),
    Case(
        "resident_never_asked",
        "Resident of a nursing facility whom nobody asked",
        (
            Someone(
                80,
                medicare="ffs",
                events=(*_resident("200d"), attests("can_live_in_community_with_support")),
                answers=(
                    unknown("ecm.6", "wants_to_leave_facility", "the wish must be asked"),
                    unknown("cs.cht", "wants_to_leave_facility", "the wish must be asked"),
                    unknown("cs.alf", "wants_to_leave_facility", "the wish must be asked"),
                ),
            ),
        ),
    ),
    Case(
        "daughter_needs_rest",
        "Man of 76 cared for by a daughter who needs rest; he waits for IHSS and needs grab bars",
        (
            Someone(
                76,
                medicare="ffs",
                events=(
                    attests("adl_need"),
                    attests("at_risk_of_institution"),
                    attests("caregiver_needs_relief"),
                    attests("ihss_applied_or_above"),
                    attests("home_modification_need"),
                ),
                answers=(
                    met("cs.respite", "help with daily life, at risk, a caregiver who needs rest"),
                    met("cs.pchs", "help with daily life, at risk, IHSS applied for"),
                    met("cs.eaa", "at risk; the home must be changed"),
                ),
            ),
        ),
    ),
    Case(
        "son_never_asked",
        "Woman of 82 cared for by a son whom nobody asked; IHSS and the home are open questions too",
        (
            Someone(
                82,
                "F",
                medicare="ffs",
                events=(attests("adl_need"), attests("at_risk_of_institution")),
                answers=(
                    unknown("cs.respite", "caregiver_needs_relief", "the caregiver must be asked"),
                    unknown("cs.pchs", "ihss_applied_or_above", "IHSS must be asked about"),
                    unknown("cs.eaa", "home_modification_need", "the home must be asked about"),
                ),
            ),
        ),
    ),
    Case(
        "well_cared_for",
        "Man of 70 on the HCBA waiver, not at risk of an institution, whose caregiver is rested",
        (
            Someone(
                70,
                medicare="ffs",
                events=(
                    program("waiver_hcba"),
                    attests("adl_need"),
                    attests("at_risk_of_institution", "no"),
                    attests("caregiver_needs_relief", "no"),
                    attests("ihss_applied_or_above"),
                    attests("home_modification_need"),
                ),
                answers=(
                    not_met("cs.respite", "the caregiver needs no rest"),
                    not_met("cs.pchs", "on the HCBA waiver"),
                    not_met("cs.eaa", "not at risk of an institution"),
                ),
            ),
        ),
    ),
)
