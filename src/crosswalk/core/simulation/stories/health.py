"""Stories of hospital use, mental health and substance use, release from custody, and births."""

from __future__ import annotations

from crosswalk.core.simulation.cases import (
    Case,
    Contact,
    Happened,
    Someone,
    Stayed,
    attests,
    diagnosis,
    inpatient,
    met,
    not_met,
    program,
    snf,
    unknown,
    visit,
)

CALM = (
    attests("high_risk_overdose_or_suicide", "no"),
    attests("primary_care_is_emergency", "no"),
    attests("at_risk_of_institution", "no"),
)
HOUSED = (Stayed("rrh", "300d", prior=116, since="14m", moved_in="250d"),)

CASES = (
    Case(
        "five_visits_one_admitted",
        "Adult with 5 emergency visits in 6 months, one of which ended in admission",
        (
            Someone(
                50,
                "F",
                events=(
                    visit("10d"),
                    visit("40d"),
                    visit("75d"),
                    visit("110d"),
                    visit("150d"),
                    inpatient("150d", "146d"),
                ),
                answers=(not_met("ecm.2", "4 visits and 1 stay: below both thresholds"),),
                facts=(("ed_visits", "6m", 4), ("hospital_and_snf_stays", "6m", 1)),
            ),
        ),
    ),
    Case(
        "two_hospital_one_nursing_stay",
        "Adult with 2 unplanned hospital stays and 1 short nursing facility stay in 6 months",
        (
            Someone(
                63,
                events=(inpatient("160d", "155d"), inpatient("70d", "66d"), snf("66d", "45d")),
                answers=(met("ecm.2", "hospital and nursing stays add up to 3"),),
                facts=(("hospital_and_snf_stays", "6m", 3),),
            ),
        ),
    ),
    Case(
        "child_three_visits",
        "Child with 3 emergency visits in 12 months",
        (
            Someone(
                7,
                "F",
                events=(visit("20d"), visit("5m"), visit("11m")),
                answers=(met("ecm.2", "3 visits in 12 months"),),
                facts=(("ed_visits", "12m", 3),),
            ),
        ),
    ),
    Case(
        "child_two_visits",
        "Child with 2 emergency visits in 12 months and a third 13 months ago",
        (
            Someone(
                9,
                events=(visit("20d"), visit("5m"), visit("13m")),
                answers=(not_met("ecm.2", "2 visits in 12 months"),),
                facts=(("ed_visits", "12m", 2),),
            ),
        ),
    ),
    Case(
        "twenty_two_visits",
        "Woman with 22 emergency visits in a year and lung disease, housed",
        (
            Someone(
                66,
                "F",
                name=("Dolores", "Marsh"),
                conditions=(7,),
                aid_code="60",
                events=(
                    *(visit(f"{10 + 16 * n}d") for n in range(22)),
                    diagnosis("J44.9", "26d"),
                    diagnosis("I50.9", "90d"),
                ),
                answers=(
                    met("ecm.2", "far more than 5 visits in 6 months"),
                    met("chw", "emergency visits, lung disease"),
                ),
                facts=(("ed_visits_all", "12m", 22),),
            ),
        ),
        HOUSED,
    ),
    Case(
        "medicare_not_recorded",
        "Adult with 6 emergency visits in 6 months; the plan's file is silent about Medicare",
        (
            Someone(
                64,
                medicare="",
                events=tuple(visit(f"{8 + 25 * n}d") for n in range(6)),
                answers=(unknown("ecm.2", "medicare", "a D-SNP would exclude; Medicare is not recorded"),),
            ),
        ),
    ),
    Case(
        "smhs_client_emergency_only",
        "Adult SMHS client without enough food, one psychiatric admission, the emergency room as main source of care",
        (
            Someone(
                41,
                "F",
                events=(
                    program("smhs"),
                    attests("food_insecure"),
                    attests("primary_care_is_emergency"),
                    diagnosis("F20.9", "100d"),
                    inpatient("100d", "93d"),
                    diagnosis("F20.9", "96d"),
                ),
                answers=(met("ecm.3", "SMHS, no food, emergency care as main source"),),
            ),
        ),
    ),
    Case(
        "smhs_client_source_of_care_open",
        "Adult SMHS client without enough food; nobody asked where care comes from",
        (
            Someone(
                37,
                events=(
                    program("smhs"),
                    attests("food_insecure"),
                    attests("high_risk_overdose_or_suicide", "no"),
                    attests("at_risk_of_institution", "no"),
                ),
                answers=(
                    unknown("ecm.3", "primary_care_is_emergency", "the main source of care must be asked"),
                ),
            ),
        ),
    ),
    Case(
        "smhs_client_calm",
        "Adult SMHS client without enough food, in steady care, no crisis",
        (
            Someone(
                45,
                "F",
                events=(program("smhs"), attests("food_insecure"), *CALM),
                answers=(not_met("ecm.3", "neither high risk nor crisis care"),),
            ),
        ),
    ),
    Case(
        "jail_two_days",
        "Adult two days in jail, out 3 months ago, with a substance use disorder",
        (
            Someone(
                28,
                events=(Happened("custody_release", "jail", "3m"), diagnosis("F10.20", "80d")),
                answers=(met("ecm.4", "released within 12 months; substance use disorder"),),
            ),
        ),
    ),
    Case(
        "out_13_months",
        "Adult released 13 months ago with a substance use disorder",
        (
            Someone(
                34,
                events=(
                    Happened("custody_release", "jail", "13m"),
                    diagnosis("F15.20", "60d"),
                    attests("custody_transition", "no"),
                ),
                answers=(not_met("ecm.4", "released more than 12 months ago"),),
            ),
        ),
    ),
    Case(
        "out_of_juvenile_hall",
        "Healthy youth of 20, out of juvenile hall 11 months ago",
        (
            Someone(
                20,
                events=(Happened("custody_release", "youth", "11m"),),
                answers=(met("ecm.4", "under 21, left a youth facility within 12 months"),),
            ),
        ),
    ),
    Case(
        "released_health_open",
        "Adult out of prison for 2 months; nothing is known about health",
        (
            Someone(
                39,
                events=(Happened("custody_release", "prison", "2m"),),
                answers=(unknown("ecm.4", "justice_condition", "a health condition must be asked about"),),
            ),
        ),
    ),
    Case(
        "stillbirth_11_months",
        "Black member, 11 months after a stillbirth",
        (
            Someone(
                29,
                "F",
                race="Black or African American",
                events=(Happened("pregnancy", "", "18m", "11m"),),
                answers=(met("ecm.9", "within 12 months; a group with worse outcomes"),),
            ),
        ),
    ),
    Case(
        "stillbirth_13_months",
        "Black member, 13 months after a stillbirth",
        (
            Someone(
                32,
                "F",
                race="Black or African American",
                events=(Happened("pregnancy", "", "20m", "13m"),),
                answers=(not_met("ecm.9", "more than 12 months ago"),),
            ),
        ),
    ),
    Case(
        "white_and_pregnant",
        "White member, pregnant, nothing else",
        (
            Someone(
                27,
                "F",
                race="White",
                events=(Happened("pregnancy", "", "3m"),),
                answers=(not_met("ecm.9", "not a group with worse outcomes"),),
            ),
        ),
    ),
    Case(
        "pregnant_race_not_recorded",
        "Pregnant member whose race no file records",
        (
            Someone(
                24,
                "F",
                race="",
                events=(Happened("pregnancy", "", "5m"),),
                answers=(unknown("ecm.9", "birth_equity_group", "the group must be asked"),),
            ),
        ),
    ),
    Case(
        "not_in_any_plan_file",
        "Man on the street, schizophrenia, whom no plan's file holds",
        (
            Someone(
                43,
                plan=False,
                conditions=(9,),
                answers=(unknown("ecm.1a", "mcp_enrolled", "whether a plan covers him must be asked"),),
            ),
        ),
        (Stayed("outreach", "50d", since="8m", months=108, seen=(Contact("50d", 116), Contact("12d", 116))),),
    ),
)
