"""Stories of people without a home of their own: Populations of Focus 1a and 1b and what goes with them.

The cases are those of ecm-policy-and-data-exchange.md 1.5 and of the seeds (003: four years on the street).
"""

from __future__ import annotations

from crosswalk.core.simulation.cases import (
    Case,
    Contact,
    Happened,
    Someone,
    Stayed,
    approved,
    attests,
    diagnosis,
    inpatient,
    met,
    not_met,
    unknown,
    visit,
)

#: The two answers about a complex need that only a person can give.
NEEDS_HELP = (attests("cannot_self_manage"), attests("coordination_would_help"))
#: What a person with a safe home answers when asked.
SETTLED = (
    attests("loses_housing_within_30_days", "no"),
    attests("fleeing_violence", "no"),
    attests("shares_housing_after_loss", "no"),
)
IN_A_CAR = (
    Stayed("outreach", "70d", since="5m", months=105, seen=(Contact("70d", 116), Contact("9d", 116))),
)
IN_SHELTER = (Stayed("shelter", "40d", since="3m", months=103),)
AT_A_FRIENDS = (Stayed("services", "14d", prior=336, length=3, seen=(Contact("14d", 336),)),)

CASES = (
    Case(
        "car_and_diabetes",
        "Adult who sleeps in a car, with diabetes that is out of control",
        (
            Someone(
                44,
                "F",
                name=("Norma", "Tallgrass"),
                homeless="yes",
                conditions=(7,),
                events=(*NEEDS_HELP, diagnosis("E11.65")),
                answers=(
                    met("ecm.1a", "sleeps in a car; unmanaged diabetes"),
                    met("cs.htns", "homeless with a serious chronic condition"),
                    not_met("ecm.1b", "an adult alone"),
                ),
            ),
        ),
        IN_A_CAR,
    ),
    Case(
        "shelter_no_need_recorded",
        "Adult in a shelter; nothing is recorded about health",
        (
            Someone(
                38,
                homeless="yes",
                events=NEEDS_HELP,
                answers=(unknown("ecm.1a", "complex_need", "whether there is a complex need must be asked"),),
            ),
        ),
        IN_SHELTER,
    ),
    Case(
        "shelter_no_disability_told",
        "Adult in a shelter who told the desk of no disability; that is never proof against a complex need",
        (
            Someone(
                52,
                homeless="yes",
                disabling=0,
                events=NEEDS_HELP,
                answers=(unknown("ecm.1a", "complex_need", "a no at the desk is no proof"),),
            ),
        ),
        IN_SHELTER,
    ),
    Case(
        "shelter_no_complex_need",
        "Adult in a shelter of whom the care team says that there is no complex need",
        (
            Someone(
                33,
                homeless="yes",
                disabling=0,
                events=(attests("complex_need", "no"), attests("pregnant_or_postpartum", "no")),
                answers=(not_met("ecm.1a", "the care team says there is no complex need"),),
            ),
        ),
        IN_SHELTER,
    ),
    Case(
        "shelter_transitional_rent",
        "Adult in a shelter with Transitional Rent approved; nothing recorded about health",
        (
            Someone(
                47,
                homeless="yes",
                events=(approved("cs.trent"),),
                answers=(met("ecm.1a", "Transitional Rent is approved"),),
            ),
        ),
        IN_SHELTER,
    ),
    Case(
        "eviction_in_25_days",
        "Adult who will be evicted in 25 days and has a complex need",
        (
            Someone(
                58,
                "F",
                homeless="no",
                events=(*NEEDS_HELP, attests("complex_need"), attests("loses_housing_within_30_days")),
                answers=(met("ecm.1a", "will lose the home within 30 days; complex need"),),
            ),
        ),
        (Stayed("prevention", "5d", prior=410, length=5, days_to_loss=3),),
    ),
    Case(
        "eviction_in_45_days",
        "Adult who will be evicted in 45 days and has a complex need",
        (
            Someone(
                57,
                "F",
                homeless="no",
                fleeing=0,
                events=(*NEEDS_HELP, attests("complex_need"), *SETTLED),
                answers=(not_met("ecm.1a", "45 days are beyond the window of 30"),),
            ),
        ),
        (Stayed("services", "12d", prior=410, length=5, seen=(Contact("12d", 410, 0),)),),
    ),
    Case(
        "couch_adult",
        "Adult alone on a friend's couch",
        (
            Someone(
                36,
                homeless="no",
                fleeing=0,
                events=(
                    *NEEDS_HELP,
                    attests("complex_need"),
                    attests("loses_housing_within_30_days", "no"),
                    attests("fleeing_violence", "no"),
                    attests("shares_housing_after_loss"),
                ),
                answers=(
                    not_met("ecm.1a", "sharing a home counts for families and youth only"),
                    not_met("ecm.1b", "an adult alone"),
                ),
            ),
        ),
        AT_A_FRIENDS,
    ),
    Case(
        "couch_youth",
        "Youth of 17 on friends' couches since the family lost its home",
        (
            Someone(
                17,
                "F",
                events=(attests("shares_housing_after_loss"),),
                answers=(
                    met("ecm.1b", "shares others' housing because the home was lost"),
                    not_met("ecm.1a", "under 21"),
                ),
            ),
        ),
        AT_A_FRIENDS,
    ),
    Case(
        "motel_family",
        "Parent of 30 with a child of 4 in a motel for want of anything else; the parent has no complex need",
        (
            Someone(
                30,
                "F",
                name=("Alma", "Rosewood"),
                disabling=0,
                events=(
                    attests("complex_need", "no"),
                    attests("fleeing_violence", "no"),
                    attests("pregnant_or_postpartum", "no"),
                ),
                answers=(
                    met("ecm.1b", "a family in a motel for lack of housing"),
                    not_met("ecm.1a", "no complex need"),
                ),
            ),
            Someone(
                4,
                relation=2,
                answers=(
                    met("ecm.1b", "a child in a motel for lack of housing"),
                    not_met("ecm.1a", "a child"),
                ),
            ),
        ),
        (Stayed("outreach", "20d", prior=314, seen=(Contact("20d", 314), Contact("4d", 314))),),
    ),
    Case(
        "family_question_open",
        "Mother with a daughter of 8 staying with relatives; nobody asked why",
        (
            Someone(
                34,
                "F",
                homeless="no",
                fleeing=0,
                events=(attests("loses_housing_within_30_days", "no"), attests("fleeing_violence", "no")),
                answers=(
                    unknown("ecm.1b", "shares_housing_after_loss", "whether the home was lost must be asked"),
                ),
            ),
            Someone(8, "F", relation=2),
        ),
        (Stayed("services", "14d", prior=335, length=3, seen=(Contact("14d", 335, 0),)),),
    ),
    Case(
        "pregnant_in_tent",
        "Pregnant woman in a tent, no other condition",
        (
            Someone(
                26,
                "F",
                race="White",
                homeless="yes",
                pregnant=True,
                disabling=0,
                events=(Happened("pregnancy", "", "4m"),),
                answers=(
                    met("ecm.1a", "homeless and pregnant: the complex need is deemed met"),
                    met("cs.htns", "homeless and pregnant"),
                ),
            ),
        ),
        (Stayed("outreach", "33d", since="2m", months=102, seen=(Contact("33d", 116), Contact("6d", 116))),),
    ),
    Case(
        "left_hospital_after_200_days",
        "Adult who left the hospital after 200 days with nowhere to go, and has a complex need",
        (
            Someone(
                61,
                homeless="yes",
                events=(*NEEDS_HELP, attests("complex_need"), inpatient("206d", "6d")),
                answers=(met("ecm.1a", "left an institution into homelessness; any length of stay counts"),),
            ),
        ),
        (
            Stayed(
                "outreach",
                "300d",
                "206d",
                since="11m",
                months=103,
                destination=206,
                seen=(Contact("250d", 116),),
            ),
            Stayed("entry", "6d", prior=206, length=4, seen=(Contact("6d", 116),)),
        ),
    ),
    Case(
        "flees_violence",
        "Woman with panic attacks who flees violence and sleeps at a friend's",
        (
            Someone(
                31,
                "F",
                fleeing=1,
                events=(*NEEDS_HELP, attests("complex_need"), attests("fleeing_violence")),
                answers=(met("ecm.1a", "flees violence; complex need"),),
            ),
        ),
        AT_A_FRIENDS,
    ),
    Case(
        "youth_19_homeless",
        "Youth of 19 on the street, no diagnosis",
        (
            Someone(
                19,
                homeless="yes",
                answers=(
                    met("ecm.1b", "homeless and under 21"),
                    met("ecm.3", "homelessness under 21 opens specialty mental health services"),
                    not_met("ecm.1a", "under 21"),
                ),
            ),
        ),
        (Stayed("outreach", "25d", since="2m", months=102, seen=(Contact("25d", 116), Contact("3d", 116))),),
    ),
    Case(
        "worker_in_a_van",
        "Warehouse worker, newly without a home, who lives in a van and keeps the job",
        (
            Someone(
                29,
                name=("Wesley", "Ironwood"),
                income="Earned",
                homeless="",
                answers=(
                    unknown("ecm.1a", "complex_need", "lives in a van; health was never asked about"),
                    not_met("ecm.1b", "an adult alone"),
                ),
            ),
        ),
        (
            Stayed(
                "outreach",
                "18d",
                prior=116,
                length=2,
                since="35d",
                months=102,
                seen=(Contact("18d", 116), Contact("5d", 116)),
            ),
        ),
    ),
    Case(
        "four_years_on_the_street",
        "Man four years on the street with opioid addiction and seven emergency visits in two years",
        (
            Someone(
                49,
                name=("Ramon", "Ledesma"),
                homeless="yes",
                conditions=(10, 7),
                events=(
                    *NEEDS_HELP,
                    diagnosis("F11.20", "19d"),
                    diagnosis("U09.9", "5m"),
                    visit("23m"),
                    visit("20m"),
                    visit("16m"),
                    visit("10m"),
                    diagnosis("F11.20", "10m"),
                    visit("8m"),
                    diagnosis("T40.2X1A", "8m"),
                    diagnosis("F11.20", "8m"),
                    visit("7m"),
                    diagnosis("F11.20", "7m"),
                    visit("19d"),
                ),
                answers=(
                    met("ecm.1a", "four years on the street; substance use"),
                    met("ecm.3", "opioid use, no home, emergency visits for it"),
                    not_met("ecm.2", "one emergency visit in six months, none of seven counts otherwise"),
                    met("cs.htns", "homeless with a substance use disorder"),
                ),
                facts=(("ed_visits", "6m", 1), ("ed_visits_all", "24m", 7)),
            ),
        ),
        (
            Stayed(
                "outreach",
                "4y",
                "30m",
                since="49m",
                months=101,
                destination=116,
                seen=(Contact("4y", 116), Contact("31m", 116)),
            ),
            Stayed(
                "nights",
                "22m",
                "21m",
                since="49m",
                times=1,
                months=113,
                destination=116,
                nights=("22m", "21m 5d", "21m 3d"),
            ),
            Stayed(
                "outreach",
                "20m",
                since="49m",
                times=1,
                months=113,
                seen=(*(Contact(f"{n}m", 116) for n in range(20, 0, -1)), Contact("8d", 116)),
            ),
        ),
    ),
)
