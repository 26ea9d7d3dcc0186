"""Cases about the use of care, custody, child welfare, long-term care and Community Supports."""

from fact_cases import SILENT, UNKNOWN, about, cls, dx, ed, enrolled, event, member, says, snf, stay, who

FIVE = tuple(ed(f"2026-0{month}-15") for month in (5, 6, 7, 8, 9))
ed_visits = about(
    "ed_visits",
    who("had five visits in six months", 5, *FIVE, extra={"unknown_avoidability": 5}),
    who("had five, one ended in admission the day after", 4, *FIVE, stay("2026-05-16", "2026-05-20")),
    who(
        "had five, one was not avoidable, one was",
        4,
        *FIVE[:3],
        ed("2026-08-15", "not_avoidable"),
        ed("2026-09-15", "avoidable"),
        extra={"unknown_avoidability": 3},
    ),
    who("had one on the first day of the window", 1, ed("2026-05-01")),
    who("had one the day before the window", 0, ed("2026-04-30")),
    who("had that one, twelve months asked", 1, ed("2026-04-30"), months=12),
    who("had one after the day", 0, ed("2026-11-01")),
    who("had none", 0, member()),
    who("is with a plan that sends no visits", UNKNOWN, member(), plan=SILENT),
    who("is in HMIS only", UNKNOWN, enrolled(4, "2026-01-01"), plan=None),
)
ed_all = about(
    "ed_visits_all",
    who("had one that was not avoidable", 1, ed("2026-09-15", "not_avoidable")),
    who("had one during a stay", 0, ed("2026-09-15"), stay("2026-09-10", "2026-09-20")),
    who("had one the day after discharge", 1, ed("2026-09-21"), stay("2026-09-10", "2026-09-20")),
    who("is with a plan that sends no visits", UNKNOWN, member(), plan=SILENT),
)
stays = about(
    "hospital_and_snf_stays",
    who(
        "had two hospital stays and a short nursing stay",
        3,
        stay("2026-06-01", "2026-06-03", "unplanned"),
        stay("2026-08-01", "2026-08-03"),
        snf("2026-08-03", "2026-08-20", "short"),
        extra={"unknown_kind": 1},
    ),
    who(
        "had a planned stay and a long nursing stay",
        0,
        stay("2026-06-01", "2026-06-03", "planned"),
        snf("2026-07-01", "2026-10-20", "long"),
    ),
    who("was admitted before the window", 0, stay("2026-04-30", "2026-06-03")),
    who("is with a plan that sends no stays", UNKNOWN, member(), plan=SILENT),
)
bh_ed = about(
    "bh_ed_visits",
    who(
        "had one with a substance use diagnosis the same day", 1, ed("2026-03-01"), dx("F10.20", "2026-03-01")
    ),
    who("had one, the diagnosis came a week later", 0, ed("2026-03-01"), dx("F10.20", "2026-03-08")),
    who("is with a plan that sends no visits", UNKNOWN, member(), plan=SILENT),
)
bh_stays = about(
    "bh_stays",
    who(
        "had a stay with bipolar disorder during it",
        1,
        stay("2026-03-01", "2026-03-10"),
        dx("F31.9", "2026-03-05"),
    ),
    who(
        "had a stay, the diagnosis came after it",
        0,
        stay("2026-03-01", "2026-03-10"),
        dx("F31.9", "2026-03-15"),
    ),
    who("is with a plan that sends no stays", UNKNOWN, member(), plan=SILENT),
)
inpatient = about(
    "inpatient_stays",
    who("had a planned stay", 1, stay("2026-06-01", "2026-06-03", "planned")),
    who("was admitted before the window and discharged in it", 1, stay("2026-04-01", "2026-05-01")),
    who("was discharged before the window", 0, stay("2026-04-01", "2026-04-30")),
    who("is with a plan that sends no stays", UNKNOWN, member(), plan=SILENT),
)
open_inpatient = about(
    "open_inpatient",
    who("is in hospital", True, stay("2026-10-20")),
    who("is discharged on the day", True, stay("2026-10-20", "2026-10-31")),
    who("was discharged yesterday", False, stay("2026-10-20", "2026-10-30")),
    who("is with a plan that sends no stays", UNKNOWN, member(), plan=SILENT),
)
detox = about(
    "detox_stays",
    who("was in hospital for alcohol", 1, stay("2026-03-01", "2026-03-10"), dx("F10.239", "2026-03-01")),
    who("came from detox by HMIS", 1, enrolled(4, "2026-03-01", LivingSituation=205), plan=None),
    who("was in hospital for a hip", 0, stay("2026-03-01", "2026-03-10"), dx("S72.001A", "2026-03-01")),
    who("is with a plan that sends no stays", UNKNOWN, member(), plan=SILENT),
)
released = about(
    "released_from_custody",
    who("was released twelve months ago", True, event("custody_release", "jail", "2025-11-01")),
    who("was released thirteen months ago", False, event("custody_release", "prison", "2025-09-30")),
    who(
        "was released thirteen months ago, 24 asked",
        True,
        event("custody_release", "prison", "2025-09-30"),
        months=24,
    ),
    who("will be released", UNKNOWN, event("custody_release", "jail", "2026-11-20")),
    who("was released by attestation", True, says("released_from_custody", "yes", "2026-10-01")),
)
transition = about(
    "custody_transition",
    who("will be released in 20 days", True, event("custody_release", "jail", "2026-11-20")),
    who("will be released in 100 days", UNKNOWN, event("custody_release", "jail", "2027-02-08")),
    who("was released last year", False, event("custody_release", "jail", "2025-11-20")),
    who("is in jail by HMIS", True, enrolled(6, "2026-10-01"), cls("2026-10-01", 207), plan=None),
)
youth_facility = about(
    "released_from_youth_facility",
    who("left juvenile hall 11 months ago", True, event("custody_release", "youth", "2025-12-01")),
    who("left it 13 months ago", False, event("custody_release", "youth", "2025-09-01")),
    who("left jail", UNKNOWN, event("custody_release", "jail", "2025-12-01")),
)
foster_now = about(
    "foster_care_now",
    who("is in a placement", True, event("foster_care", "placement", "2026-01-01")),
    who("left a placement", False, event("foster_care", "placement", "2025-01-01", "2026-03-01")),
    who("has a foster care aid code", True, member(aid_code="42")),
    who("has another aid code", UNKNOWN, member(aid_code="M1")),
)
foster_recent = about(
    "foster_care_recent",
    who(
        "left a placement eleven months ago",
        True,
        event("foster_care", "placement", "2025-01-01", "2025-11-30"),
    ),
    who("left it thirteen months ago", False, event("foster_care", "placement", "2025-01-01", "2025-09-30")),
    who("was never in one that we know", UNKNOWN, member()),
)
aged_out = about(
    "aged_out_of_foster_care",
    who("aged out", True, event("foster_care", "aged_out", "2019-01-01", "2019-01-01")),
    who("has aid code 4M", True, member(aid_code="4M")),
    who("is not known", UNKNOWN, member()),
    who("did not, by attestation", False, says("aged_out_of_foster_care", "no", "2026-10-01")),
)
adoption = about(
    "adoption_assistance",
    who("is in it", True, event("foster_care", "adoption_assistance", "2020-01-01")),
    who("left it", False, event("foster_care", "adoption_assistance", "2020-01-01", "2024-01-01")),
    who("has its aid code", True, member(aid_code="03")),
    who("is not known", UNKNOWN, member()),
)
maintenance = about(
    "family_maintenance",
    who(
        "left it eleven months ago",
        True,
        event("foster_care", "family_maintenance", "2025-01-01", "2025-11-30"),
    ),
    who(
        "left it thirteen months ago",
        False,
        event("foster_care", "family_maintenance", "2025-01-01", "2025-09-30"),
    ),
    who("is not known", UNKNOWN, member()),
)
juvenile = about(
    "juvenile_justice",
    who("left a youth facility in spring", True, event("custody_release", "youth", "2026-04-01")),
    who("said no in HMIS", False, enrolled(0, "2026-01-01", FormerWardJuvenileJustice=0), plan=None),
    who("does not say", UNKNOWN, enrolled(0, "2026-01-01", FormerWardJuvenileJustice=9), plan=None),
)
resident = about(
    "nursing_facility_resident",
    who("is in a nursing facility", True, snf("2026-06-01")),
    who("left it", False, snf("2026-06-01", "2026-10-30")),
    who("is a resident by level of care", True, event("level_of_care", "nf_resident", "2026-01-01")),
    who("is with a plan that sends no such stays", UNKNOWN, member(), plan=SILENT),
)
nursing_days = about(
    "nursing_facility_days",
    who("is there since 60 days", 60, snf("2026-09-02")),
    who("left yesterday", 0, snf("2026-09-02", "2026-10-30")),
    who("is with a plan that sends no such stays", UNKNOWN, member(), plan=SILENT),
)
CARE_LEVELS = [
    about(
        fact,
        who("has the level", True, event("level_of_care", code, "2026-01-01")),
        who("had the level until spring", UNKNOWN, event("level_of_care", code, "2026-01-01", "2026-04-01")),
        who("has not, by attestation", False, says(fact, "no", "2026-10-01")),
    )
    for fact, code in (
        ("needs_skilled_nursing_level", "snf"),
        ("needs_lower_acuity_nursing", "lower_acuity"),
        ("at_risk_of_institution", "snf"),
    )
]
HELD = [
    about(
        fact,
        who("holds it", True, event("program", code, "2026-01-01")),
        who("left it", False, event("program", code, "2026-01-01", "2026-04-01")),
        who("is not covered", UNKNOWN, member(coverage_end="2026-01-01")),
    )
    for fact, code in (("ccs_enrolled", "ccs_wcm"), ("icf_or_subacute", "icf"))
]
KNOWN_ONLY = [
    about(
        fact,
        who("is in it", True, event("program", code, "2026-01-01")),
        who("is not known to be in it", UNKNOWN, member()),
        who("is not, by attestation", False, says(fact, "no", "2026-10-01")),
    )
    for fact, code in (("fsp_eligible", "fsp"), ("ihss_applied_or_above", "ihss"))
]
room = about(
    "room_and_board_days",
    who(
        "had 30 days of recuperative care and 10 of post-hospital housing, five of them the same",
        35,
        event("enrollment", "cs.recup", "2026-01-01", "2026-01-30"),
        event("enrollment", "cs.stphh", "2026-01-26", "2026-02-04"),
    ),
    who("had days before the window", 5, event("enrollment", "cs.trent", "2025-09-01", "2025-11-05")),
    who("has Transitional Rent since yesterday", 2, event("enrollment", "cs.trent", "2026-10-30")),
    who("had none", 0, member()),
    who("is with a plan that sends no enrollments", UNKNOWN, member(), plan=SILENT),
)
meals = about(
    "meals_weeks",
    who("had meals for 15 days", 3, event("enrollment", "cs.mtm", "2026-01-01", "2026-01-15")),
    who("had none", 0, member()),
    who("is with a plan that sends no enrollments", UNKNOWN, member(), plan=SILENT),
)
deposit = about(
    "deposit_used",
    who("had deposits in 2022", True, event("enrollment", "cs.hd", "2022-03-01", "2022-03-31")),
    who("was denied", False, event("authorization", "cs.hd", "2022-03-01", value="denied")),
    who("is with a plan that sends neither", UNKNOWN, member(), plan=SILENT),
)
ATTESTED = [
    about(
        fact,
        who("is so by attestation", True, says(fact, "no", "2026-01-01"), says(fact, "yes", "2026-10-31")),
        who(
            "is not so by the newest attestation",
            False,
            says(fact, "yes", "2026-01-01"),
            says(fact, "no", "2026-10-31"),
        ),
        who("will be so", UNKNOWN, says(fact, "yes", "2026-11-01")),
    )
    for fact in (
        "abandoned_in_hospital",
        "asks_for_navigation",
        "asthma_home_assessment",
        "can_live_in_community_with_support",
        "cannot_self_manage",
        "caregiver_needs_relief",
        "coordination_would_help",
        "high_risk_overdose_or_suicide",
        "home_modification_need",
        "housing_support_plan",
        "intoxicated_now",
        "long_term_housing_funding",
        "missed_appointments",
        "needs_recovery_place",
        "not_eligible_for_ihss",
        "primary_care_is_emergency",
        "rising_risk",
        "wants_to_leave_facility",
        "wants_to_stay_in_community",
    )
]
GROUPS = [
    ed_visits,
    ed_all,
    stays,
    bh_ed,
    bh_stays,
    inpatient,
    open_inpatient,
    detox,
    released,
    transition,
    youth_facility,
    foster_now,
    foster_recent,
    aged_out,
    adoption,
    maintenance,
    juvenile,
    resident,
    nursing_days,
    *CARE_LEVELS,
    *HELD,
    *KNOWN_ONLY,
    room,
    meals,
    deposit,
    *ATTESTED,
]
