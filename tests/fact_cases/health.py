"""Cases about conditions and needs."""

from fact_cases import UNKNOWN, Case, about, client, disability, dx, enrolled, event, member, says, who


def condition(fact: str, code: str, other: str, years: int) -> list[Case]:
    """A fact that a diagnosis shows within its window of so many years, and nothing else denies."""
    old = f"{2026 - years}-10-30"
    return about(
        fact,
        who("has the diagnosis", True, dx(code, "2026-06-01")),
        who("has it on the first day of the window", True, dx(code, f"{2026 - years}-11-01")),
        who("had it the day before the window", UNKNOWN, dx(code, old)),
        who("has another diagnosis", UNKNOWN, dx(other, "2026-06-01")),
        who("has it after the day", UNKNOWN, dx(code, "2026-11-01")),
        who(
            "attests no, later than the diagnosis",
            False,
            dx(code, "2026-06-01"),
            says(fact, "no", "2026-07-01"),
        ),
        who(
            "attests no, earlier than the diagnosis",
            True,
            dx(code, "2026-06-01"),
            says(fact, "no", "2026-05-01"),
        ),
    )


def answered(fact: str, kind: int) -> list[Case]:
    """The HMIS answers to one kind of disability."""
    return about(
        fact,
        who(
            "said yes in HMIS, lasting and impairing",
            True,
            enrolled(4, "2026-01-01"),
            disability(kind, 1, "2026-01-01"),
        ),
        who("said no in HMIS", False, enrolled(4, "2026-01-01"), disability(kind, 0, "2026-01-01")),
        who(
            "said yes, then no",
            False,
            enrolled(4, "2026-01-01"),
            disability(kind, 1, "2026-01-01"),
            disability(kind, 0, "2026-05-01"),
        ),
        who("prefers not to answer", UNKNOWN, enrolled(4, "2026-01-01"), disability(kind, 9, "2026-01-01")),
        plan=None,
    )


smi = about(
    "serious_mental_illness",
    who(
        "said yes in HMIS, neither lasting nor impairing",
        UNKNOWN,
        enrolled(4, "2026-01-01"),
        disability(9, 1, "2026-01-01", 0),
    ),
    who(
        "said no in HMIS, has F31 by the plan",
        True,
        enrolled(4, "2026-01-01"),
        disability(9, 0, "2026-01-01"),
        dx("F31.9", "2026-02-01"),
    ),
    who("is in a Full-Service Partnership", True, event("program", "fsp", "2026-01-01")),
)
mental = about(
    "mental_health_condition",
    who("has an anxiety disorder", True, dx("F41.1", "2026-02-01")),
    who("is in specialty mental health services", True, event("program", "smhs", "2026-01-01")),
    who("has a sprained ankle", UNKNOWN, dx("S93.401A", "2026-02-01")),
    who("says no", False, says("mental_health_condition", "no", "2026-02-01")),
)
sud = about(
    "substance_use_disorder",
    who("smokes", UNKNOWN, dx("F17.210", "2026-02-01")),
    who("is in DMC-ODS", True, event("program", "dmc_ods", "2026-01-01")),
)
smhs = about(
    "smhs_access",
    who("receives them", True, event("program", "smhs", "2026-01-01")),
    who("has schizophrenia on record", True, dx("F20.9", "2026-01-01")),
    who(
        "said no to a mental disorder in HMIS: not a no to access",
        UNKNOWN,
        enrolled(4, "2026-01-01"),
        disability(9, 0, "2026-01-01"),
        plan=None,
    ),
    who("does not meet them by the county's word", False, says("smhs_access", "no", "2026-10-01")),
)
sud_access = about(
    "sud_access",
    who("has opioid dependence on record", True, dx("F11.20", "2026-01-01")),
    who("smokes", UNKNOWN, dx("F17.210", "2026-01-01")),
    who("does not meet it by the county's word", False, says("sud_access", "no", "2026-10-01")),
)
disabling = about(
    "disabling_condition",
    who("said yes", True, enrolled(4, "2026-01-01", DisablingCondition=1)),
    who(
        "said yes, then no",
        False,
        enrolled(4, "2025-01-01", DisablingCondition=1),
        enrolled(4, "2026-01-01", DisablingCondition=0),
    ),
    who(
        "said no, and has a lasting, impairing disability",
        True,
        enrolled(4, "2026-01-01", DisablingCondition=0),
        disability(5, 1, "2026-01-01"),
    ),
    who("does not know", UNKNOWN, enrolled(4, "2026-01-01", DisablingCondition=8)),
    plan=None,
)
complex_need = about(
    "complex_need",
    who("has diabetes", True, dx("E11.9", "2025-08-01")),
    who("had diabetes 16 months ago, 15 count", UNKNOWN, dx("E11.9", "2025-06-30")),
    who("has a cold", UNKNOWN, dx("J00", "2026-08-01")),
    who(
        "has no disability in HMIS: that proves nothing",
        UNKNOWN,
        enrolled(4, "2026-01-01", DisablingCondition=0),
        plan=None,
    ),
    who(
        "has a disabling condition in HMIS", True, enrolled(4, "2026-01-01", DisablingCondition=1), plan=None
    ),
    who("has none by attestation", False, says("complex_need", "no", "2026-08-01")),
)
youth_trauma = about(
    "youth_trauma_access",
    who(
        "is 19 and homeless",
        True,
        client(DOB="2007-01-01", DOBDataQuality=1),
        enrolled(4, "2026-05-01", LivingSituation=116),
        plan=None,
    ),
    who(
        "is 10 and in foster care",
        True,
        member(dob="2016-01-01"),
        event("foster_care", "placement", "2026-01-01"),
    ),
    who("is 10 and nothing is known", UNKNOWN, member(dob="2016-01-01")),
    who(
        "is 21 and homeless", False, member(dob="2005-10-31"), enrolled(4, "2026-05-01", LivingSituation=116)
    ),
)
social = about(
    "complex_social_factor",
    who("lacks food by Z59.41", True, dx("Z59.41", "2026-05-01")),
    who("lives alone by Z60.2", True, dx("Z60.2", "2026-05-01")),
    who("is a former foster youth by aid code", True, member(aid_code="4M")),
    who("came out of jail in spring", True, event("custody_release", "jail", "2026-03-01")),
    who("has not enough to eat by attestation", True, says("food_insecure", "yes", "2026-03-01")),
    who("has nothing on record", UNKNOWN, dx("I10", "2026-05-01")),
    who("has none by attestation", False, says("complex_social_factor", "no", "2026-05-01")),
)
GROUPS = [
    condition("asthma", "J45.909", "J44.9", 2),
    condition("chronic_condition", "I50.9", "J00", 2),
    condition("justice_condition", "E78.5", "J00", 2),
    condition("developmental_disability", "F84.0", "F41.1", 10),
    condition("traumatic_brain_injury", "S06.0X0A", "S93.401A", 10),
    condition("hiv", "B20", "B19.9", 10),
    condition("physical_disability", "G82.20", "M54.5", 2),
    condition("nutrition_sensitive_condition", "N18.3", "J45.909", 2),
    condition("serious_mental_illness", "F20.9", "F41.1", 2),
    condition("substance_use_disorder", "F11.20", "F17.210", 2),
    condition("food_insecure", "Z59.41", "Z59.01", 1),
    condition("adl_need", "Z74.1", "Z60.2", 1),
    answered("chronic_condition", 7),
    answered("hiv", 8),
    answered("developmental_disability", 6),
    answered("physical_disability", 5),
    answered("serious_mental_illness", 9),
    answered("substance_use_disorder", 10),
    answered("mental_health_condition", 9),
    smi,
    mental,
    sud,
    smhs,
    sud_access,
    disabling,
    complex_need,
    youth_trauma,
    social,
]
