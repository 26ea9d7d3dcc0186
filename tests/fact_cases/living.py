"""Cases about where people live and lived."""

from fact_cases import (
    UNKNOWN,
    about,
    cls,
    dx,
    enrolled,
    event,
    hmis,
    member,
    night,
    says,
    stay,
    who,
)

living_situation = about(
    "living_situation",
    who(
        "was last seen outside", "116", enrolled(4, "2026-09-01", LivingSituation=101), cls("2026-09-20", 116)
    ),
    who("is in a shelter with an open stay", "101", enrolled(0, "2026-02-01", LivingSituation=116)),
    who("left the shelter for a rental", "410", enrolled(0, "2026-02-01", "2026-05-01", 410)),
    who("left the shelter without an interview", UNKNOWN, enrolled(0, "2026-02-01", "2026-05-01", 30)),
    who(
        "moved into permanent housing while a shelter stay was left open",
        "435",
        enrolled(0, "2026-06-01"),
        enrolled(13, "2026-02-01", MoveInDate="2026-04-01"),
    ),
    who(
        "left another project unseen but stays in the shelter",
        "101",
        enrolled(0, "2026-02-01"),
        enrolled(4, "2026-01-01", "2026-05-01", 30),
    ),
    who("has nothing in HMIS", UNKNOWN, member(), plan="north"),
    plan=None,
)
sleeps = about(
    "sleeps_in_place_not_meant",
    who("was seen outside 89 days ago", True, enrolled(4, "2026-08-03", LivingSituation=116)),
    who(
        "was seen outside 90 days ago, before the window",
        UNKNOWN,
        enrolled(4, "2026-08-02", LivingSituation=116),
    ),
    who(
        "was seen outside 40 days ago, 30 asked",
        UNKNOWN,
        enrolled(4, "2026-09-21", LivingSituation=116),
        days=30,
    ),
    who(
        "came into a shelter since",
        False,
        enrolled(4, "2026-09-01", LivingSituation=116),
        enrolled(0, "2026-10-01"),
    ),
    who("attests it", True, says("sleeps_in_place_not_meant", "yes", "2026-10-01"), plan="north"),
    who(
        "attested it half a year ago",
        UNKNOWN,
        says("sleeps_in_place_not_meant", "yes", "2026-04-01"),
        plan="north",
    ),
    who(
        "was seen outside, and attested no a week later",
        False,
        enrolled(4, "2026-10-01", LivingSituation=116),
        says("sleeps_in_place_not_meant", "no", "2026-10-08"),
        plan="north",
    ),
    who(
        "attested no, and was seen outside a week later",
        True,
        enrolled(4, "2026-10-08", LivingSituation=116),
        says("sleeps_in_place_not_meant", "no", "2026-10-01"),
        plan="north",
    ),
    plan=None,
)
unsheltered = about(
    "unsheltered_now",
    who("was seen outside last week", True, enrolled(4, "2026-10-24", LivingSituation=116)),
    who("is in a shelter", False, enrolled(0, "2026-10-24")),
    who("was seen outside last year", UNKNOWN, enrolled(4, "2025-10-24", LivingSituation=116)),
    plan=None,
)
shelter = about(
    "in_shelter_or_transitional",
    who("has an open stay of two years", True, enrolled(2, "2024-10-01")),
    who("had a bed night 14 days ago", True, enrolled(1, "2026-09-01"), night("2026-10-17")),
    who("had a bed night 15 days ago", UNKNOWN, enrolled(1, "2026-09-01"), night("2026-10-16")),
    who("sleeps outside", False, enrolled(4, "2026-10-01", LivingSituation=116)),
    who(
        "has moved into housing",
        False,
        enrolled(0, "2026-05-01"),
        enrolled(3, "2026-06-01", MoveInDate="2026-08-10"),
    ),
    who("left unseen", UNKNOWN, enrolled(0, "2026-05-01", "2026-10-01", 30)),
    plan=None,
)
motel = about(
    "in_motel_for_lack_of_housing",
    who("pays for a motel", True, enrolled(4, "2026-10-01"), cls("2026-10-01", 314)),
    who("is in a shelter", False, enrolled(0, "2026-10-01")),
    who("is not seen", UNKNOWN, member(), plan="north"),
    plan=None,
)
sharing = about(
    "shares_housing_after_loss",
    who(
        "stays with friends and nobody said why",
        UNKNOWN,
        enrolled(6, "2026-10-01"),
        cls("2026-10-01", 336),
        extra={"staying_with_others": True},
    ),
    who("sleeps outside", False, enrolled(4, "2026-10-01", LivingSituation=116)),
    who(
        "says it was for loss of housing",
        True,
        says("shares_housing_after_loss", "yes", "2026-10-01"),
        plan="north",
    ),
    plan=None,
)
leaving = about(
    "leaving_institution_to_homelessness",
    who(
        "was outside, then 200 days in hospital, still there",
        True,
        enrolled(4, "2026-04-01", LivingSituation=116),
        stay("2026-04-14"),
    ),
    who(
        "left hospital 29 days ago, homeless by a diagnosis during the stay",
        True,
        stay("2026-09-20", "2026-10-02"),
        dx("Z59.02", "2026-09-25"),
    ),
    who("left hospital 40 days ago", UNKNOWN, stay("2026-09-01", "2026-09-20"), dx("Z59.02", "2026-09-10")),
    who(
        "had a rental before the hospital",
        False,
        enrolled(12, "2026-08-01", LivingSituation=410),
        stay("2026-10-20"),
    ),
    who("is in hospital and nothing is known before", UNKNOWN, stay("2026-10-20")),
    who(
        "will be released in ten days, homeless before",
        True,
        enrolled(4, "2026-03-01", LivingSituation=116),
        event("custody_release", "jail", "2026-11-10"),
    ),
    who(
        "entered from hospital, before that the street",
        True,
        enrolled(6, "2026-10-10", LivingSituation=206, PreviousStreetESSH=1, LengthOfStay=4),
        plan=None,
    ),
    who(
        "sleeps outside and was in no institution",
        False,
        enrolled(4, "2026-10-20", LivingSituation=116),
        plan=None,
    ),
)
leaving_short = about(
    "leaving_short_institution_stay_to_homelessness",
    who(
        "was outside, then 200 days in hospital: too long for HUD",
        False,
        enrolled(4, "2026-04-01", LivingSituation=116),
        stay("2026-04-14"),
    ),
    who(
        "was outside, then 20 days in hospital",
        True,
        enrolled(4, "2026-09-01", LivingSituation=116),
        stay("2026-10-11"),
    ),
    who("is in hospital and nothing is known before", UNKNOWN, stay("2026-10-20")),
)
loses_30 = about(
    "loses_housing_within_30_days",
    who("has a notice for day 25", True, says("loses_housing_within_30_days", "yes", "2026-10-30")),
    who("has time until day 45", False, says("loses_housing_within_30_days", "no", "2026-10-30")),
    who("had a notice two months ago", UNKNOWN, says("loses_housing_within_30_days", "yes", "2026-08-30")),
    who(
        "has to leave within 14 days by HMIS",
        True,
        enrolled(14, "2026-10-20"),
        cls("2026-10-20", 410, LeaveSituation14Days=1),
        plan=None,
    ),
    who(
        "has not to leave within 14 days by HMIS: 30 are open",
        UNKNOWN,
        enrolled(14, "2026-10-20"),
        cls("2026-10-20", 410, LeaveSituation14Days=0),
        plan=None,
    ),
    who(
        "entered prevention with 14 to 21 days left",
        True,
        enrolled(12, "2026-10-20", TimeToHousingLoss=2),
        plan=None,
    ),
)
loses_14 = about(
    "loses_housing_within_14_days",
    who(
        "has to leave within 14 days",
        True,
        enrolled(14, "2026-10-20"),
        cls("2026-10-20", 410, LeaveSituation14Days=1),
    ),
    who(
        "has not to leave within 14 days",
        False,
        enrolled(14, "2026-10-20"),
        cls("2026-10-20", 410, LeaveSituation14Days=0),
    ),
    who("entered prevention with 14 to 21 days left", False, enrolled(12, "2026-10-20", TimeToHousingLoss=2)),
    who(
        "had to leave, said three weeks ago",
        UNKNOWN,
        enrolled(14, "2026-10-10"),
        cls("2026-10-10", 410, LeaveSituation14Days=1),
    ),
    plan=None,
)
no_next = about(
    "no_next_place_or_means",
    who(
        "has neither a place nor means",
        True,
        enrolled(14, "2026-10-20"),
        cls("2026-10-20", 410, LeaveSituation14Days=1, SubsequentResidence=0, ResourcesToObtain=0),
    ),
    who(
        "has a place to go",
        False,
        enrolled(14, "2026-10-20"),
        cls("2026-10-20", 410, LeaveSituation14Days=1, SubsequentResidence=1, ResourcesToObtain=0),
    ),
    who("was not asked", UNKNOWN, enrolled(14, "2026-10-20"), cls("2026-10-20", 410, LeaveSituation14Days=1)),
    plan=None,
)
fleeing = about(
    "fleeing_violence",
    who(
        "flees now",
        True,
        enrolled(0, "2026-09-01"),
        hmis("HealthAndDV", InformationDate="2026-09-01", DomesticViolenceSurvivor=1, CurrentlyFleeing=1),
    ),
    who(
        "fled in spring, no longer",
        False,
        enrolled(0, "2026-03-01"),
        hmis("HealthAndDV", InformationDate="2026-03-01", DomesticViolenceSurvivor=1, CurrentlyFleeing=1),
        hmis("HealthAndDV", InformationDate="2026-09-01", DomesticViolenceSurvivor=1, CurrentlyFleeing=0),
    ),
    who(
        "fled two years ago",
        UNKNOWN,
        enrolled(0, "2024-03-01"),
        hmis("HealthAndDV", InformationDate="2024-03-01", DomesticViolenceSurvivor=1, CurrentlyFleeing=1),
    ),
    who(
        "does not say",
        UNKNOWN,
        enrolled(0, "2026-09-01"),
        hmis("HealthAndDV", InformationDate="2026-09-01", DomesticViolenceSurvivor=9),
    ),
    plan=None,
)
lacks = about(
    "lacks_fixed_residence",
    who("is flagged by the plan", True, member(homeless_indicator="yes")),
    who("has Z59.01 eleven months ago", True, dx("Z59.01", "2025-11-30")),
    who("has Z59.01 thirteen months ago", UNKNOWN, dx("Z59.01", "2025-09-30")),
    who(
        "has Z59.01, and moved into housing since",
        False,
        dx("Z59.01", "2025-12-01"),
        enrolled(3, "2026-01-01", MoveInDate="2026-02-01"),
    ),
    who(
        "moved into housing, and has Z59.01 since",
        True,
        enrolled(3, "2025-12-01", "2026-03-01", 410),
        dx("Z59.01", "2026-06-01"),
    ),
    who("is in transitional housing", True, enrolled(2, "2026-06-01"), plan=None),
    who("stays with friends", False, enrolled(6, "2026-10-01"), cls("2026-10-01", 336), plan=None),
)
housed = about(
    "housed_now",
    who(
        "moved in a year ago and the stay is open", True, enrolled(13, "2025-06-01", MoveInDate="2025-08-01")
    ),
    who("waits in rapid re-housing", False, enrolled(13, "2026-10-01", LivingSituation=116)),
    who("left for a rental last month", True, enrolled(0, "2026-01-01", "2026-09-30", 410)),
    who("left for a rental last year", UNKNOWN, enrolled(0, "2025-01-01", "2025-09-30", 410)),
    plan=None,
)
GROUPS = [
    living_situation,
    sleeps,
    unsheltered,
    shelter,
    motel,
    sharing,
    leaving,
    leaving_short,
    loses_30,
    loses_14,
    no_next,
    fleeing,
    lacks,
    housed,
]
