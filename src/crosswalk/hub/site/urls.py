"""Every address of the hub. The matrix test walks this list and fails when it does not know one."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path

from crosswalk.hub.site import views

urlpatterns = [
    path("", include("crosswalk.hub.home.urls")),
    path("", include("crosswalk.hub.referrals.urls")),
    path("", include("crosswalk.hub.care.urls")),
    path("", include("crosswalk.hub.seeking.urls")),
    path("", include("crosswalk.hub.finding.urls")),
    path("", include("crosswalk.hub.consent.urls")),
    path("", include("crosswalk.hub.runs.urls")),
    path("", include("crosswalk.hub.people.urls")),
    path("", include("crosswalk.hub.access.urls")),
    path("", include("crosswalk.hub.jobs.urls")),
    path("", include("crosswalk.hub.intake.urls")),
    path("", include("crosswalk.hub.network.urls")),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path("account/password/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("language", views.language, name="language"),
    path("health", views.health, name="health"),
    path("metrics", views.metrics, name="metrics"),
]

handler400 = views.refused
handler403 = views.not_there
handler404 = views.not_there
handler500 = views.failed
