"""The list of facts is complete, readable, and says what each one needs to be understood."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources

import pytest

from crosswalk.core.basics import Refused, back
from crosswalk.core.facts import catalogue, named
from crosswalk.core.facts.catalogue import VALUE_TYPES, Window, read
from crosswalk.core.facts.measure import window
from crosswalk.core.facts.prepare import VIEWS, views
from crosswalk.core.rules import FactUse

PROMISED = [
    "age",
    "county",
    "mcp_enrolled",
    "mcp_plan",
    "aid_code",
    "share_of_cost",
    "medicare",
    "programs_held",
    "authorizations_open",
    "requests_pending",
    "enrollments_open",
    "services_ever",
    "hmis_medicaid",
    "living_situation",
    "sleeps_in_place_not_meant",
    "in_shelter_or_transitional",
    "leaving_institution_to_homelessness",
    "loses_housing_within_30_days",
    "loses_housing_within_14_days",
    "fleeing_violence",
    "lacks_fixed_residence",
    "shares_housing_after_loss",
    "in_motel_for_lack_of_housing",
    "abandoned_in_hospital",
    "housed_now",
    "housed_since_homeless",
    "unsheltered_now",
    "has_family_under_21",
    "unaccompanied_youth",
    "days_homeless",
    "last_seen",
    "chronic_history",
    "chronic_self_report",
    "by_name_list_status",
    "prioritized_by_coordinated_entry",
    "exiting_institution_or_care",
    "fsp_eligible",
    "disabling_condition",
    "complex_need",
    "cannot_self_manage",
    "coordination_would_help",
    "serious_mental_illness",
    "substance_use_disorder",
    "chronic_condition",
    "justice_condition",
    "developmental_disability",
    "traumatic_brain_injury",
    "hiv",
    "physical_disability",
    "nutrition_sensitive_condition",
    "asthma",
    "smhs_access",
    "sud_access",
    "youth_trauma_access",
    "pregnant_or_postpartum",
    "birth_equity_group",
    "ed_visits",
    "ed_visits_all",
    "hospital_and_snf_stays",
    "bh_ed_visits",
    "bh_stays",
    "inpatient_stays",
    "primary_care_is_emergency",
    "high_risk_overdose_or_suicide",
    "open_inpatient",
    "detox_stays",
    "food_insecure",
    "unstable_housing",
    "complex_social_factor",
    "released_from_custody",
    "custody_transition",
    "released_from_youth_facility",
    "foster_care_now",
    "foster_care_recent",
    "aged_out_of_foster_care",
    "adoption_assistance",
    "family_maintenance",
    "juvenile_justice",
    "nursing_facility_resident",
    "nursing_facility_days",
    "needs_skilled_nursing_level",
    "needs_lower_acuity_nursing",
    "wants_to_leave_facility",
    "can_live_in_community_with_support",
    "icf_or_subacute",
    "adl_need",
    "at_risk_of_institution",
    "ccs_enrolled",
    "housing_support_plan",
    "long_term_housing_funding",
    "room_and_board_days",
    "deposit_used",
    "needs_recovery_place",
    "caregiver_needs_relief",
    "ihss_applied_or_above",
    "home_modification_need",
    "asthma_home_assessment",
    "intoxicated_now",
    "meals_weeks",
    "missed_appointments",
    "rising_risk",
    "asks_for_navigation",
]


def test_every_promised_fact_is_there() -> None:
    assert set(PROMISED) <= set(catalogue())


@pytest.mark.parametrize("name", catalogue())
def test_a_definition_can_be_read_by_somebody_outside(name: str) -> None:
    fact = catalogue()[name]
    assert fact.measures.endswith(".")
    assert fact.question.endswith("?")
    assert fact.unknown_when
    assert fact.source
    assert fact.value in VALUE_TYPES
    assert fact.confidence in ("verified", "plan", "secondary", "unverified")


@pytest.mark.parametrize("name", catalogue())
def test_a_text_takes_only_known_days(name: str) -> None:
    taken = set(re.findall(r"(?<![:\w]):([a-z_]+)\b", catalogue()[name].text))
    assert taken <= {"on", "since", "until", "report_start", "lookback"}
    if "since" in taken:
        assert str(catalogue()[name].window) != "none", "a text that looks back needs a window in its header"


def test_each_text_stands_in_a_file_of_its_name() -> None:
    folder = resources.files("crosswalk.core.facts").joinpath("texts")
    assert {one.name for one in folder.iterdir()} == {f"{name}.sql" for name in catalogue()}


def test_every_shared_step_is_made_and_says_what_it_is() -> None:
    folder = resources.files("crosswalk.core.facts").joinpath("views")
    assert {one.name for one in folder.iterdir()} == {f"{name}.sql" for name in VIEWS}
    assert all(view.says for view in views().values())


def test_an_unknown_fact_is_refused_with_near_names() -> None:
    with pytest.raises(Refused, match="ed_visits"):
        named("ed_visit")


def test_a_header_that_lacks_something_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks value, unit"):
        read("-- name: x\n-- window: none\n-- measures: m\n-- unknown_when: u\n\nSELECT 1")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 10, 31), 6, date(2026, 4, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 10, 31), -1, date(2026, 11, 30)),
        (date(2026, 12, 1), -1, date(2027, 1, 1)),
    ],
)
def test_months_back_keep_the_day_or_end_the_month(day: date, months: int, expected: date) -> None:
    assert back(day, months=months) == expected


def test_a_rule_may_ask_for_another_window_than_the_facts_own() -> None:
    fact, on = named("ed_visits"), date(2026, 10, 15)
    assert fact.window == Window(months=6)
    assert window(fact, FactUse("ed_visits"), on)["since"] == date(2026, 4, 16)
    assert window(fact, FactUse("ed_visits", months=12), on)["since"] == date(2025, 10, 16)
    assert window(fact, FactUse("ed_visits", days=30), on)["since"] == date(2026, 9, 16)
