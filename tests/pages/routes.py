"""Every route of the hub with who may use it; the matrix test fails where this list and the resolver differ.

`ROUTES[name] = Route(who, …)`: `who` is PUBLIC, SIGNED_IN (any role, also one that sees no people), or the roles.
A new page adds one line here.
"""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC, SIGNED_IN = "public", "signed in"
EVERY = frozenset(
    {
        "coordinator", "lead_care_manager", "community_health_worker", "housing_navigator", "supervisor", "biller",
        "plan_analyst", "hmis_administrator", "privacy_officer", "site_administrator",
    }
)  # fmt: skip
CARE = frozenset(
    {"coordinator", "lead_care_manager", "community_health_worker", "housing_navigator", "supervisor"}
)
LISTS = CARE | {"plan_analyst"}
PERSONS = LISTS | {"hmis_administrator", "privacy_officer", "biller"}
SENDERS = frozenset({"hmis_administrator", "plan_analyst", "site_administrator"})
REVIEWERS = frozenset({"coordinator", "hmis_administrator"})
DIRECTORY = frozenset({"coordinator", "hmis_administrator", "site_administrator"})
SPEAKERS = CARE | {"hmis_administrator", "site_administrator"}
STAFF = frozenset({"supervisor", "hmis_administrator", "site_administrator", "privacy_officer"})


@dataclass(frozen=True)
class Route:
    """Who may use a route, how it is asked, and which of its arguments name somebody's own thing."""

    who: str | frozenset[str]
    method: str = "get"
    takes: tuple[str, ...] = ()
    sent: tuple[tuple[str, str], ...] = ()
    answers: tuple[int, ...] = (200,)
    """What it answers to those who may: a page, a redirect, or 422 where the matrix sends an empty form."""


ROUTES: dict[str, Route] = {
    # home
    "home": Route(EVERY),
    "person": Route(PERSONS, takes=("person_id",)),
    "looks": Route(frozenset({"privacy_officer"}), takes=("person_id",)),
    "journal": Route(frozenset({"privacy_officer"})),
    # people
    "search": Route(PERSONS),
    "found": Route(PERSONS, takes=("token",)),
    "add_person": Route(CARE, method="post", answers=(422,)),
    "take_person_back": Route(CARE, method="post", takes=("person_id",), answers=(404,)),
    "review": Route(REVIEWERS),
    "review_answer": Route(
        REVIEWERS, method="post", takes=("link_id",), sent=(("said", "later"),), answers=(302,)
    ),
    "review_undo": Route(REVIEWERS, method="post", answers=(302, 404)),
    "conflicts": Route(REVIEWERS),
    "restrict": Route(frozenset({"privacy_officer", "supervisor"}), takes=("person_id",)),
    "unlink": Route(REVIEWERS, takes=("record_id",)),
    # finding
    "listed": Route(LISTS),
    "lost": Route(LISTS),
    "chosen": Route(CARE, method="post", answers=(302,)),
    "undo": Route(CARE, method="post", takes=("entry",), answers=(404,)),
    "sheet": Route(LISTS),
    "keep_view": Route(LISTS, method="post", answers=(422,)),
    "let_view_go": Route(LISTS, method="post", takes=("view_id",), answers=(404,)),
    "why": Route(LISTS, takes=("person_id", "program")),
    # referrals
    "desk": Route(CARE, takes=("person_id",)),
    "send_referral": Route(CARE, takes=("person_id", "need", "to_service")),
    "log_referral": Route(CARE, takes=("person_id", "need")),
    "loop": Route(LISTS, takes=("which",)),
    "referral": Route(LISTS, takes=("referral_id",), answers=(404,)),  # none is sent here: test_referrals
    "take_turn": Route(LISTS, method="post", takes=("referral_id",), answers=(404,)),
    "give_notice": Route(LISTS, method="post", takes=("referral_id", "notice_id"), answers=(404,)),
    "members": Route(CARE),
    "hand_over": Route(CARE, method="post", answers=(422,)),
    "end_care": Route(CARE, method="post", takes=("lead_id",), answers=(404,)),
    "answer_handoff": Route(CARE, method="post", takes=("handoff_id",), answers=(404,)),
    "handoff_step": Route(CARE, method="post", takes=("handoff_id",), answers=(404,)),
    "who_is_left": Route(STAFF - {"site_administrator"}, takes=("membership_id",)),
    "seeking": Route(LISTS),
    "answer_seen": Route(LISTS, method="post", takes=("asked_id",), answers=(404,)),
    "ask_who_has_seen": Route(CARE, takes=("person_id",)),
    "end_question": Route(CARE, method="post", takes=("person_id",), answers=(404,)),
    "answer_link": Route(PUBLIC, takes=("token",), answers=(404,)),
    "loop_numbers": Route(LISTS),
    "behind": Route(LISTS, takes=("kind", "figure")),
    "audit": Route(LISTS),
    "notices": Route(LISTS, takes=("pile",)),
    "notices_chosen": Route(LISTS, method="post", takes=("pile",), answers=(404,)),
    "letters": Route(LISTS, answers=(404,)),  # none is owed here: test_notices
    "notice_came_back": Route(LISTS, method="post", takes=("notice_id",), answers=(404,)),
    "audit_sheet": Route(LISTS),
    "ask": Route(PUBLIC),
    "ask_short": Route(PUBLIC),
    "requests": Route(CARE),
    "request": Route(CARE, takes=("request_id",), answers=(404,)),  # none was asked: test_asking
    # consent
    "consents": Route(PERSONS, takes=("person_id",)),
    "record_consent": Route(CARE | {"privacy_officer"}, method="post", takes=("person_id",), answers=(422,)),
    "revoke_consent": Route(CARE | {"privacy_officer"}, takes=("person_id", "consent_id"), answers=(404,)),
    # emergency access
    "emergency": Route(CARE, takes=("person_id",)),
    "close_emergency": Route(CARE, method="post", takes=("person_id",), answers=(404,)),
    "emergencies": Route(frozenset({"privacy_officer"})),
    "review_emergency": Route(
        frozenset({"privacy_officer"}), method="post", takes=("emergency_id",), answers=(404,)
    ),
    # answering
    "answer": Route(
        CARE, method="post", takes=("person_id", "program"), sent=(("fact", "food_insecure"),), answers=(422,)
    ),
    "take_answer_back": Route(
        CARE, method="post", takes=("person_id", "program", "answer_id"), answers=(404,)
    ),
    "rules": Route(EVERY),
    "rule": Route(EVERY, takes=("program",)),
    # access
    "account": Route(SIGNED_IN),
    "end_session": Route(SIGNED_IN, method="post", takes=("session_id",), answers=(302,)),
    "act_for": Route(SIGNED_IN, method="post", sent=(("membership", "own"),), answers=(302,)),
    "colleagues": Route(STAFF),
    "give_access": Route(STAFF - {"privacy_officer"}, method="post", answers=(422,)),
    "end_access": Route(STAFF, takes=("membership_id",)),
    "sign_in_through": Route(
        PUBLIC, takes=("provider",), answers=(404,)
    ),  # none is set up here: test_through
    "signed_in_through": Route(PUBLIC, takes=("provider",), answers=(404,)),
    "demo_sign_in": Route(PUBLIC, method="post", takes=("membership",), answers=(302,)),
    # jobs
    "jobs": Route(frozenset({"hmis_administrator", "site_administrator"})),
    # coverage
    "coverage_changes": Route(LISTS | {"biller"}),
    "person_coverage": Route(PERSONS, takes=("person_id",)),
    # intake
    "deliveries": Route(SENDERS),
    "delivery": Route(SENDERS, takes=("delivery_id",)),
    "delivery_progress": Route(SENDERS, takes=("delivery_id",)),
    "delivery_sheet": Route(SENDERS, takes=("delivery_id",), answers=(404,)),  # nothing is kept of this one
    "accept_delivery": Route(SENDERS, method="post", takes=("delivery_id",), answers=(302,)),
    "reject_delivery": Route(SENDERS, method="post", takes=("delivery_id",), answers=(422,)),
    "read_again": Route(SENDERS, method="post", takes=("delivery_id",), answers=(404,)),  # it did not fail
    # network; who keeps the directory also depends on the kind of organization (test_network)
    "network": Route(EVERY),
    "network_matrix": Route(EVERY),
    "network_map": Route(EVERY),
    "network_elections": Route(EVERY),
    "network_changes": Route(EVERY),
    "network_county": Route(EVERY, takes=("county",)),
    "capacity": Route(SPEAKERS),
    "network_service": Route(EVERY, takes=("service_id",)),
    "state_capacity": Route(SPEAKERS, method="post", takes=("service_id",), answers=(404, 422)),
    "network_organization": Route(EVERY, takes=("organization_id",)),
    "add_contract": Route(DIRECTORY, method="post", takes=("organization_id",), answers=(422,)),
    "change_contract": Route(DIRECTORY, takes=("contract_id",), answers=(404,)),
    "keep_licence": Route(DIRECTORY, method="post", takes=("organization_id",), answers=(422,)),
    "end_licence": Route(DIRECTORY, method="post", takes=("licence_id",), answers=(404,)),
    "leave_network": Route(DIRECTORY, method="post", takes=("organization_id",), answers=(422,)),
    # signing in (allauth's own views)
    "account_login": Route(PUBLIC, answers=(200, 302)),
    "account_logout": Route(PUBLIC, answers=(200, 302)),
    "account_inactive": Route(PUBLIC),
    "account_reauthenticate": Route(SIGNED_IN, answers=(200, 302, 404)),
    "account_change_password": Route(SIGNED_IN, answers=(200, 302)),
    "account_set_password": Route(SIGNED_IN, answers=(200, 302)),
    "account_reset_password": Route(PUBLIC, answers=(200, 302)),
    "account_reset_password_done": Route(PUBLIC),
    "account_reset_password_from_key": Route(PUBLIC, takes=("uidb36", "key")),
    "account_reset_password_from_key_done": Route(PUBLIC),
    "mfa_index": Route(SIGNED_IN),
    "mfa_authenticate": Route(PUBLIC, answers=(302,)),
    "mfa_reauthenticate": Route(SIGNED_IN, answers=(200, 302, 404)),
    "mfa_activate_totp": Route(SIGNED_IN, answers=(200, 302)),
    "mfa_deactivate_totp": Route(SIGNED_IN, answers=(200, 302, 404)),
    "mfa_view_recovery_codes": Route(SIGNED_IN, answers=(200, 302, 404)),
    "mfa_generate_recovery_codes": Route(SIGNED_IN, answers=(200, 302, 404)),
    "mfa_download_recovery_codes": Route(SIGNED_IN, answers=(200, 302, 404)),
    "mfa_list_webauthn": Route(SIGNED_IN, answers=(200, 302)),
    "mfa_add_webauthn": Route(SIGNED_IN, answers=(200, 302)),
    "mfa_reauthenticate_webauthn": Route(SIGNED_IN, answers=(200, 302, 404)),
    "mfa_remove_webauthn": Route(SIGNED_IN, takes=("pk",), answers=(302, 404)),
    "mfa_edit_webauthn": Route(SIGNED_IN, takes=("pk",), answers=(302, 404)),
    "mfa_login_webauthn": Route(PUBLIC, answers=(200, 302)),
    # the site itself
    "language": Route(PUBLIC, method="post", answers=(302,)),
    "health": Route(PUBLIC),
    "metrics": Route(PUBLIC),
}
