"""Stories for the Community Supports and the community health worker benefit."""

from __future__ import annotations

from crosswalk.core.simulation.cases import (
    Case,
    Contact,
    Someone,
    Stayed,
    approved,
    attests,
    diagnosis,
    enrolled,
    inpatient,
    met,
    not_met,
    program,
    unknown,
)
from crosswalk.core.simulation.stories.homelessness import IN_SHELTER, SETTLED

IN_A_TENT = (
    Stayed("outreach", "90d", since="7m", months=107, seen=(Contact("90d", 116), Contact("7d", 116))),
)
STEADY = (*SETTLED, attests("at_risk_of_institution", "no"), attests("food_insecure", "no"))
LONG_HOUSED = (
    Stayed("rrh", "44m", "36m", since="47m", moved_in="42m", destination=410),
    Stayed("services", "30d", prior=410, length=5, seen=(Contact("30d", 410, 0),)),
    Stayed("entry", "31d", prior=410, length=5, seen=(Contact("31d", 410, 0),), listed=False),
)
HALF_A_YEAR = (
    enrolled("cs.recup", "330d", "240d"),
    enrolled("cs.stphh", "200d", "100d"),
)

CASES = (
    Case(
        "tent_and_alcohol",
        "Man in a tent with alcohol dependence, navigation approved, a housing plan that names the deposit",
        (
            Someone(
                46,
                homeless="yes",
                conditions=(10,),
                race="White",
                events=(diagnosis("F10.20"), approved("cs.htns"), attests("housing_support_plan")),
                answers=(
                    met("cs.htns", "homeless, substance use disorder"),
                    met("cs.hd", "homeless, substance use disorder, a housing plan, no deposit before"),
                    met("cs.htss", "on the way to a home"),
                    met("cs.dayhab", "homeless"),
                ),
            ),
        ),
        IN_A_TENT,
    ),
    Case(
        "tent_deposit_used",
        "Woman in a tent with alcohol dependence whose deposit was paid three years ago",
        (
            Someone(
                39,
                "F",
                homeless="yes",
                conditions=(10,),
                events=(diagnosis("F10.20"), attests("housing_support_plan"), enrolled("cs.hd", "3y", "35m")),
                covered=("5y", ""),
                answers=(not_met("cs.hd", "a deposit was paid before"),),
            ),
        ),
        IN_A_TENT,
    ),
    Case(
        "tent_plan_open",
        "Man in a tent with alcohol dependence; whether there is a housing plan is not known",
        (
            Someone(
                55,
                homeless="yes",
                conditions=(10,),
                events=(diagnosis("F10.20"),),
                answers=(unknown("cs.hd", "housing_support_plan", "the housing plan must be asked about"),),
            ),
        ),
        IN_A_TENT,
    ),
    Case(
        "housed_for_years",
        "Man with diabetes, in his own rented home for three years and safe there",
        (
            Someone(
                60,
                name=("Gilberto", "Ashgrove"),
                homeless="no",
                fleeing=0,
                events=(diagnosis("E11.9"), *STEADY),
                answers=(
                    not_met("cs.htns", "neither homeless nor at risk"),
                    not_met("cs.htss", "neither homeless nor at risk"),
                    not_met("cs.dayhab", "housed for more than 24 months, not at risk"),
                    not_met("ecm.1a", "has a home"),
                    met("cs.mtm", "diabetes"),
                ),
            ),
        ),
        LONG_HOUSED,
    ),
    Case(
        "housed_question_open",
        "Woman with lung disease in a rented home; whether she can keep it was not asked",
        (
            Someone(
                59,
                "F",
                homeless="no",
                fleeing=0,
                events=(
                    diagnosis("J44.9"),
                    attests("fleeing_violence", "no"),
                    attests("shares_housing_after_loss", "no"),
                    attests("at_risk_of_institution", "no"),
                ),
                answers=(
                    unknown(
                        "cs.htns", "loses_housing_within_30_days", "whether the home is safe must be asked"
                    ),
                    unknown(
                        "cs.htss", "loses_housing_within_30_days", "whether the home is safe must be asked"
                    ),
                    unknown(
                        "cs.dayhab", "loses_housing_within_30_days", "whether the home is safe must be asked"
                    ),
                ),
            ),
        ),
        LONG_HOUSED,
    ),
    Case(
        "needs_a_bed_to_recover",
        "Man in a shelter, out of hospital 5 days ago, who needs a bed to recover and has a housing plan",
        (
            Someone(
                54,
                homeless="yes",
                events=(
                    inpatient("12d", "5d"),
                    attests("needs_recovery_place", day="4d"),
                    attests("complex_need"),
                    attests("housing_support_plan"),
                ),
                answers=(
                    met("cs.recup", "homeless and needs a place to recover"),
                    met("cs.stphh", "left hospital, homeless, needs care, has a plan"),
                ),
            ),
        ),
        IN_SHELTER,
    ),
    Case(
        "recovery_questions_open",
        "Woman in a shelter, out of hospital 6 days ago; recovery and housing plan are open questions",
        (
            Someone(
                48,
                "F",
                homeless="yes",
                events=(inpatient("16d", "6d"), attests("complex_need")),
                answers=(
                    unknown(
                        "cs.recup",
                        "needs_recovery_place",
                        "whether a place to recover is needed must be asked",
                    ),
                    unknown("cs.stphh", "housing_support_plan", "the housing plan must be asked about"),
                ),
            ),
        ),
        IN_SHELTER,
    ),
    Case(
        "half_a_year_used",
        "Man on the street who has had more than half a year of paid beds within 12 months",
        (
            Someone(
                51,
                homeless="yes",
                events=(
                    *HALF_A_YEAR,
                    program("smhs"),
                    inpatient("11d", "3d"),
                    attests("needs_recovery_place", day="2d"),
                    attests("complex_need"),
                    attests("housing_support_plan"),
                    attests("long_term_housing_funding"),
                ),
                answers=(
                    not_met("cs.recup", "room and board of 12 months is used up"),
                    not_met("cs.stphh", "room and board of 12 months is used up"),
                    not_met("cs.trent", "room and board of 12 months is used up"),
                ),
            ),
        ),
        IN_A_TENT,
    ),
    Case(
        "rent_with_voucher_to_come",
        "SMHS client in a tent with a housing plan and a voucher to come",
        (
            Someone(
                42,
                "F",
                homeless="yes",
                conditions=(9,),
                events=(
                    program("smhs"),
                    attests("housing_support_plan"),
                    attests("long_term_housing_funding"),
                ),
                answers=(met("cs.trent", "mental health need, on the street, plan and funding"),),
            ),
        ),
        IN_A_TENT,
    ),
    Case(
        "rent_funding_open",
        "SMHS client in a tent with a housing plan; what pays the rent later is not known",
        (
            Someone(
                35,
                homeless="yes",
                conditions=(9,),
                events=(program("smhs"), attests("housing_support_plan")),
                answers=(
                    unknown("cs.trent", "long_term_housing_funding", "the later funding must be asked about"),
                ),
            ),
        ),
        IN_A_TENT,
    ),
    Case(
        "prioritized",
        "Man in a shelter whom Coordinated Entry put on the list and referred to supportive housing",
        (
            Someone(
                57,
                homeless="yes",
                answers=(met("cs.htns", "put forward by Coordinated Entry"),),
            ),
        ),
        (
            *IN_SHELTER,
            Stayed(
                "entry", "35d", since="3m", months=103, seen=(Contact("35d", 101),), listed=True, referred=14
            ),
        ),
    ),
    Case(
        "meals_no_condition",
        "Woman of whom the care team says that no condition calls for special food",
        (
            Someone(
                40,
                "F",
                events=(attests("nutrition_sensitive_condition", "no"),),
                answers=(not_met("cs.mtm", "no condition that food would help"),),
            ),
        ),
    ),
    Case(
        "nothing_known",
        "Man of 31 of whom the plan knows nothing but the name",
        (
            Someone(
                31,
                answers=(
                    unknown("cs.mtm", "nutrition_sensitive_condition", "conditions must be asked about"),
                    unknown("chw", "asks_for_navigation", "needs must be asked about"),
                    unknown("cs.sober", "intoxicated_now", "can only be seen on the spot"),
                    unknown("ecm.1a", "complex_need", "home and health must be asked about"),
                ),
            ),
        ),
    ),
    Case(
        "sobering",
        "Man of 27, intoxicated and calm, brought in today",
        (
            Someone(
                27,
                events=(attests("intoxicated_now", day="0d"),),
                answers=(met("cs.sober", "an adult, intoxicated now"),),
            ),
        ),
    ),
    Case(
        "too_young_to_sober_up",
        "Youth of 16, intoxicated",
        (
            Someone(
                16, events=(attests("intoxicated_now", day="0d"),), answers=(not_met("cs.sober", "under 18"),)
            ),
        ),
    ),
    Case(
        "asthma_home_seen",
        "Girl of 8 with asthma whose home was looked at 2 months ago",
        (
            Someone(
                8,
                "F",
                events=(diagnosis("J45.40"), attests("asthma_home_assessment", day="60d")),
                answers=(met("cs.asthma", "asthma and a home assessment within 12 months"),),
            ),
        ),
    ),
    Case(
        "asthma_home_not_seen",
        "Boy of 9 with asthma; whether the home was looked at is not known",
        (
            Someone(
                9,
                events=(diagnosis("J45.40"),),
                answers=(
                    unknown("cs.asthma", "asthma_home_assessment", "the home assessment must be asked about"),
                ),
            ),
        ),
    ),
    Case(
        "no_asthma",
        "Boy of 10 of whom the doctor says that it is not asthma",
        (
            Someone(
                10,
                events=(attests("asthma", "no"), attests("asthma_home_assessment", day="60d")),
                answers=(not_met("cs.asthma", "no asthma"),),
            ),
        ),
    ),
    Case(
        "already_in_ecm",
        "Woman with diabetes who gets ECM: no community health worker beside it",
        (
            Someone(
                53,
                "F",
                events=(diagnosis("E11.9"), approved("ecm", "90d", "-270d"), enrolled("ecm", "80d")),
                answers=(not_met("chw", "gets ECM"),),
            ),
        ),
    ),
)
