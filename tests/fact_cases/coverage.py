"""Cases about who somebody is and what covers them."""

from fact_cases import SILENT, UNKNOWN, about, client, dx, enrolled, event, hmis, member, who

age = about(
    "age",
    who("turns 21 on the day", 21, member(dob="2005-10-31")),
    who("turns 21 the day after", 20, member(dob="2005-11-01")),
    who(
        "has a birth date only in HMIS",
        26,
        enrolled(0, "2026-10-01"),
        client(DOB="2000-01-01", DOBDataQuality=1),
        plan=None,
    ),
    who(
        "is known by the plan's birth date before that in HMIS",
        30,
        member(dob="1996-01-01"),
        enrolled(0, "2026-10-01"),
        client(DOB="2000-01-01", DOBDataQuality=1),
    ),
    who("has no birth date anywhere", UNKNOWN, member(dob=None)),
)
county = about(
    "county",
    who("has a county on the member record", "16", member(county="16")),
    who("has none on the member record", UNKNOWN, member(county=None)),
)
mcp_enrolled = about(
    "mcp_enrolled",
    who("is covered without an end", True, member()),
    who("is covered for the last time on the day", True, member(coverage_end="2026-11-01")),
    who("was covered until the day before", False, member(coverage_end="2026-10-31")),
    who("is covered from tomorrow", False, member(coverage_from="2026-11-01")),
    who("is gone from the plan's newest file", UNKNOWN, member(in_newest=False)),
    who(
        "is gone from it after coverage had ended", False, member(in_newest=False, coverage_end="2026-01-01")
    ),
    who("is in HMIS only", UNKNOWN, enrolled(0, "2026-10-01"), plan=None),
)
mcp_plan = about(
    "mcp_plan",
    who("is covered by north", "north", member()),
    who("is no longer covered", UNKNOWN, member(coverage_end="2026-10-31")),
)
aid_code = about(
    "aid_code",
    who("has an aid code", "M1", member(aid_code="M1")),
    who("has none on the record", UNKNOWN, member()),
)
share_of_cost = about(
    "share_of_cost",
    who("has a share of cost in long-term care", "ltc", member(share_of_cost="ltc")),
    who("has a blank", UNKNOWN, member()),
)
medicare = about(
    "medicare", who("has a FIDE plan", "fide", member(medicare="fide")), who("has a blank", UNKNOWN, member())
)
programs_held = about(
    "programs_held",
    who(
        "holds hospice, and PACE that ended yesterday",
        ["hospice"],
        event("program", "hospice", "2026-01-01"),
        event("program", "pace", "2026-01-01", "2026-10-30"),
    ),
    who("holds PACE until today", ["pace"], event("program", "pace", "2026-01-01", "2026-10-31")),
    who("holds nothing as a covered member", [], member()),
    who("is not covered", UNKNOWN, member(coverage_end="2026-10-31")),
)
authorizations_open = about(
    "authorizations_open",
    who("has ECM approved and open", ["ecm"], event("authorization", "ecm", "2026-06-01", value="approved")),
    who("has a request only", [], event("authorization", "ecm", "2026-06-01", value="requested")),
    who("had one that ended", [], event("authorization", "ecm", "2026-01-01", "2026-06-30", "approved")),
    who("is with a plan that sends no authorizations", UNKNOWN, member(), plan=SILENT),
)
requests_pending = about(
    "requests_pending",
    who(
        "has asked for housing navigation",
        ["cs.htns"],
        event("authorization", "cs.htns", "2026-10-20", value="requested"),
    ),
    who("was answered", [], event("authorization", "cs.htns", "2026-10-20", value="approved")),
    who("is with a plan that sends no authorizations", UNKNOWN, member(), plan=SILENT),
)
enrollments_open = about(
    "enrollments_open",
    who("is served by ECM", ["ecm"], event("enrollment", "ecm", "2026-06-01", value="Hope Clinic")),
    who(
        "was served until yesterday",
        [],
        event("enrollment", "ecm", "2026-06-01", "2026-10-30", "Hope Clinic"),
    ),
    who("is with a plan that sends no enrollments", UNKNOWN, member(), plan=SILENT),
)
services_ever = about(
    "services_ever",
    who(
        "had deposits and ECM years ago",
        ["cs.hd", "ecm"],
        event("authorization", "cs.hd", "2023-01-01", "2023-02-01", "approved"),
        event("enrollment", "ecm", "2022-01-01", "2022-12-31"),
    ),
    who("was denied", [], event("authorization", "cs.hd", "2023-01-01", value="denied")),
    who("is with a plan that sends neither", UNKNOWN, member(), plan=SILENT),
)
hmis_medicaid = about(
    "hmis_medicaid",
    who(
        "said yes, then no: the newest counts",
        False,
        enrolled(4, "2026-01-01"),
        hmis("IncomeBenefits", InformationDate="2026-01-01", Medicaid=1, InsuranceFromAnySource=1),
        hmis("IncomeBenefits", InformationDate="2026-06-01", Medicaid=0, InsuranceFromAnySource=1),
    ),
    who(
        "said yes",
        True,
        enrolled(4, "2026-01-01"),
        hmis("IncomeBenefits", InformationDate="2026-01-01", Medicaid=1, InsuranceFromAnySource=1),
    ),
    who(
        "has no insurance at all",
        False,
        enrolled(4, "2026-01-01"),
        hmis("IncomeBenefits", InformationDate="2026-01-01", InsuranceFromAnySource=0),
    ),
    who(
        "does not know",
        UNKNOWN,
        enrolled(4, "2026-01-01"),
        hmis("IncomeBenefits", InformationDate="2026-01-01", Medicaid=99, InsuranceFromAnySource=8),
    ),
    plan=None,
)
deceased = about(
    "deceased",
    who("has died by an exit", True, enrolled(0, "2026-01-01", "2026-03-01", 24)),
    who("left for a rental", UNKNOWN, enrolled(0, "2026-01-01", "2026-03-01", 410)),
    plan=None,
)
birth_equity_group = about(
    "birth_equity_group",
    who("is Black by the plan's words", True, member(race_ethnicity="Black or African American")),
    who("is Samoan by the plan's words", True, member(race_ethnicity="Samoan")),
    who(
        "is Native American in HMIS, Hispanic by the plan",
        True,
        member(race_ethnicity="Hispanic"),
        enrolled(0, "2026-10-01"),
        client(AmIndAKNative=1),
    ),
    who("is Asian Indian", False, member(race_ethnicity="Asian Indian")),
    who("declined to say", UNKNOWN, member(race_ethnicity="Declined")),
)
pregnant_or_postpartum = about(
    "pregnant_or_postpartum",
    who("is pregnant", True, event("pregnancy", "", "2026-07-01")),
    who("is 11 months after a stillbirth", True, event("pregnancy", "", "2025-05-01", "2025-11-30")),
    who("is 13 months after one", False, event("pregnancy", "", "2025-01-01", "2025-09-30")),
    who("was pregnant three years ago and nobody wrote the end", False, event("pregnancy", "", "2023-07-01")),
    who("gave birth in spring by a diagnosis", True, dx("O80", "2026-04-01")),
    who(
        "is pregnant by HMIS",
        True,
        enrolled(0, "2026-09-01"),
        hmis("HealthAndDV", InformationDate="2026-09-01", PregnancyStatus=1),
    ),
    who("has no sign of it", UNKNOWN, member()),
    who(
        "is pregnant by attestation after an old pregnancy",
        True,
        event("pregnancy", "", "2023-01-01", "2023-09-30"),
        event("attestation", "pregnant_or_postpartum", "2026-10-01", value="yes"),
    ),
)
GROUPS = [
    age,
    county,
    mcp_enrolled,
    mcp_plan,
    aid_code,
    share_of_cost,
    medicare,
    programs_held,
    authorizations_open,
    requests_pending,
    enrollments_open,
    services_ever,
    hmis_medicaid,
    deceased,
    birth_equity_group,
    pregnant_or_postpartum,
]
