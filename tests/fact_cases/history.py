"""Cases about households, the past, and standing on lists."""

from fact_cases import (
    UNKNOWN,
    about,
    client,
    cls,
    day,
    dx,
    enrolled,
    event,
    hmis,
    member,
    night,
    says,
    snf,
    stay,
    who,
)

housed_since = about(
    "housed_since_homeless",
    who(
        "moved in 14 months and a day ago from the street",
        14,
        enrolled(13, "2025-06-01", LivingSituation=116, MoveInDate="2025-08-30"),
    ),
    who(
        "moved in a day short of 14 months",
        13,
        enrolled(13, "2025-06-01", LivingSituation=116, MoveInDate="2025-09-01"),
    ),
    who("was never seen homeless", UNKNOWN, enrolled(12, "2025-06-01", LivingSituation=410)),
    who(
        "is homeless again",
        UNKNOWN,
        enrolled(13, "2025-06-01", "2025-12-01", 410, LivingSituation=116, MoveInDate="2025-08-31"),
        enrolled(0, "2026-05-01"),
    ),
    plan=None,
)
family = about(
    "has_family_under_21",
    who(
        "is the parent of a child of four",
        True,
        enrolled(0, "2026-09-01"),
        client(DOB="1996-01-01", DOBDataQuality=1),
        household="HF1",
    ),
    who(
        "is that child, with no other child",
        False,
        enrolled(0, "2026-09-01", RelationshipToHoH=2),
        client(DOB="2022-01-01", DOBDataQuality=1),
        household="HF1",
    ),
    who("is alone", False, enrolled(0, "2026-09-01")),
    who(
        "lives with somebody of unknown age",
        UNKNOWN,
        enrolled(0, "2026-09-01"),
        client(DOB="1996-01-01", DOBDataQuality=1),
        household="HF2",
    ),
    who("is that somebody", False, enrolled(0, "2026-09-01", RelationshipToHoH=3), household="HF2"),
    who("left long ago", UNKNOWN, enrolled(0, "2024-09-01", "2024-10-01")),
    plan=None,
)
youth = about(
    "unaccompanied_youth",
    who("is 19 and alone", True, enrolled(0, "2026-09-01"), client(DOB="2007-01-01", DOBDataQuality=1)),
    who("is 24 on the day", True, enrolled(0, "2026-09-01"), client(DOB="2001-11-01", DOBDataQuality=1)),
    who("is 25 on the day", False, enrolled(0, "2026-09-01"), client(DOB="2001-10-31", DOBDataQuality=1)),
    who(
        "is 16 with a parent",
        False,
        enrolled(0, "2026-09-01", RelationshipToHoH=2),
        client(DOB="2010-01-01", DOBDataQuality=1),
        household="HY1",
    ),
    who(
        "is that parent",
        False,
        enrolled(0, "2026-09-01"),
        client(DOB="1980-01-01", DOBDataQuality=1),
        household="HY1",
    ),
    who("is of unknown age", UNKNOWN, enrolled(0, "2026-09-01")),
    plan=None,
)
days_homeless = about(
    "days_homeless",
    who("is in a shelter since ten days", 10, enrolled(0, "2026-10-22")),
    who(
        "was on the street before that for 20 days",
        30,
        enrolled(0, "2026-10-22", LivingSituation=116, DateToStreetESSH="2026-10-02"),
    ),
    who(
        "had a break of seven days between nights",
        8,
        enrolled(1, "2026-10-01"),
        night("2026-10-01"),
        night("2026-10-08"),
    ),
    who(
        "had a break of eight days between nights",
        1,
        enrolled(1, "2026-10-01"),
        night("2026-10-01"),
        night("2026-10-09"),
    ),
    who(
        "is met on the street every month",
        57,
        enrolled(4, "2026-08-01", LivingSituation=116),
        cls("2026-08-30", 116),
        cls("2026-09-26", 116),
    ),
    who("has been housed since", 0, enrolled(0, "2026-08-01", "2026-09-01", 410)),
    who("was never homeless in HMIS", UNKNOWN, enrolled(12, "2026-08-01", LivingSituation=410)),
    plan=None,
)
last_seen = about(
    "last_seen",
    who(
        "was seen by outreach outside",
        day("2026-10-20"),
        enrolled(4, "2026-09-01", LivingSituation=116),
        cls("2026-10-20", 116),
        extra={"place": "116", "seen_by": "Project 4"},
    ),
    who(
        "was reached by the plan's provider later",
        day("2026-10-25"),
        enrolled(4, "2026-09-01", LivingSituation=116),
        event("outreach", "visit", "2026-10-25", value="reached"),
        plan="north",
        extra={"place": None, "seen_by": "somebody"},
    ),
    who(
        "was not reached", UNKNOWN, event("outreach", "call", "2026-10-25", value="not_reached"), plan="north"
    ),
    plan=None,
)
LONG = {
    "LivingSituation": 116,
    "DateToStreetESSH": "2025-01-01",
    "TimesHomelessPastThreeYears": 1,
    "MonthsHomelessPastThreeYears": 113,
}
self_report = about(
    "chronic_self_report",
    who(
        "is disabled and outside since 365 days at entry",
        True,
        enrolled(4, "2026-01-01", DisablingCondition=1, **LONG),
    ),
    who("is not disabled", False, enrolled(4, "2026-01-01", DisablingCondition=0, **LONG)),
    who("does not know about a disability", UNKNOWN, enrolled(4, "2026-01-01", DisablingCondition=8, **LONG)),
    who("was outside 364 days, once", False, enrolled(4, "2025-12-31", DisablingCondition=1, **LONG)),
    who(
        "four times and twelve months",
        True,
        enrolled(
            4,
            "2026-01-01",
            DisablingCondition=1,
            DateToStreetESSH="2025-12-01",
            TimesHomelessPastThreeYears=4,
            MonthsHomelessPastThreeYears=112,
        ),
    ),
    who(
        "four times and eleven months",
        False,
        enrolled(
            4,
            "2026-01-01",
            DisablingCondition=1,
            DateToStreetESSH="2025-12-01",
            TimesHomelessPastThreeYears=4,
            MonthsHomelessPastThreeYears=111,
        ),
    ),
    who(
        "came from jail of 30 days, the street before",
        True,
        enrolled(
            13,
            "2026-01-01",
            DisablingCondition=1,
            **{**LONG, "LivingSituation": 207},
            LOSUnderThreshold=1,
            PreviousStreetESSH=1,
        ),
    ),
    who(
        "came from jail of a year",
        False,
        enrolled(
            13, "2026-01-01", DisablingCondition=1, **{**LONG, "LivingSituation": 207}, LOSUnderThreshold=0
        ),
    ),
    who(
        "is a child of a chronically homeless head",
        True,
        enrolled(4, "2026-01-01", RelationshipToHoH=2, DisablingCondition=0),
        household="HC1",
    ),
    who("is that head", True, enrolled(4, "2026-01-01", DisablingCondition=1, **LONG), household="HC1"),
    plan=None,
)
by_name = about(
    "by_name_list_status",
    who("was first seen last month", "new", enrolled(4, "2026-09-30", LivingSituation=116)),
    who(
        "is known for long and seen again and again",
        "active",
        enrolled(4, "2026-05-01", LivingSituation=116),
        cls("2026-07-15", 116),
        cls("2026-09-20", 116),
    ),
    who(
        "was not seen for 90 days",
        "inactive",
        enrolled(4, "2026-05-01", LivingSituation=116),
        cls("2026-08-02", 116),
    ),
    who(
        "comes back after a year",
        "returned_from_inactive",
        enrolled(4, "2025-05-01", LivingSituation=116),
        cls("2026-09-20", 116),
    ),
    who(
        "comes back from housing",
        "returned_from_housed",
        enrolled(0, "2026-01-01", "2026-05-01", 410),
        enrolled(4, "2026-09-20", LivingSituation=116),
    ),
    who("was housed last", "housed", enrolled(0, "2026-01-01", "2026-10-01", 410)),
    who("is in no such project", UNKNOWN, enrolled(12, "2026-05-01", LivingSituation=410)),
    plan=None,
)
prioritized = about(
    "prioritized_by_coordinated_entry",
    who(
        "is on the list",
        True,
        enrolled(14, "2026-05-01"),
        hmis("Assessment", AssessmentDate="2026-05-01", PrioritizationStatus=1),
    ),
    who(
        "was taken off it",
        False,
        enrolled(14, "2026-05-01"),
        hmis("Assessment", AssessmentDate="2026-05-01", PrioritizationStatus=1),
        hmis("Assessment", AssessmentDate="2026-06-01", PrioritizationStatus=2),
    ),
    who(
        "was referred to a permanent place",
        True,
        enrolled(14, "2026-05-01"),
        hmis("Event", EventDate="2026-05-01", Event=14),
    ),
    who(
        "was on the list two years ago",
        UNKNOWN,
        enrolled(14, "2024-05-01"),
        hmis("Assessment", AssessmentDate="2024-05-01", PrioritizationStatus=1),
    ),
    plan=None,
)
exiting = about(
    "exiting_institution_or_care",
    who("is in hospital", True, stay("2026-10-20")),
    who("left a nursing facility 89 days ago", True, snf("2026-07-01", "2026-08-03")),
    who("left it 91 days ago", UNKNOWN, snf("2026-07-01", "2026-08-01")),
    who("is in recuperative care", True, event("enrollment", "cs.recup", "2026-10-01")),
    who("left the shelter last month", True, enrolled(0, "2026-05-01", "2026-09-20", 435), plan=None),
    who("is on the street", False, enrolled(4, "2026-10-01", LivingSituation=116), plan=None),
)
unstable = about(
    "unstable_housing",
    who("has Z59.811", True, dx("Z59.811", "2026-06-01")),
    who("stays with friends", True, enrolled(6, "2026-10-01"), cls("2026-10-01", 336), plan=None),
    who("rents", False, enrolled(12, "2026-10-01", LivingSituation=410), plan=None),
    who(
        "rents, and will lose it",
        True,
        enrolled(12, "2026-10-01", LivingSituation=410),
        says("loses_housing_within_30_days", "yes", "2026-10-20"),
    ),
    who("is not known", UNKNOWN, member()),
)
GROUPS = [
    housed_since,
    family,
    youth,
    days_homeless,
    last_seen,
    self_report,
    by_name,
    prioritized,
    exiting,
    unstable,
]
