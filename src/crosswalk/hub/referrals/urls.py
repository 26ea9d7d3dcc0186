"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.referrals import (
    audit_views,
    link_views,
    loop_views,
    notice_views,
    number_views,
    public_views,
    views,
)

urlpatterns = [
    path("people/<str:person_id>/refer/", views.desk, name="desk"),
    path("people/<str:person_id>/refer/<str:need>/elsewhere", views.log, name="log_referral"),
    path("people/<str:person_id>/refer/<str:need>/<int:to_service>/", views.send, name="send_referral"),
    path("ask/", public_views.ask, name="ask"),
    path("ask/short/", public_views.ask_short, name="ask_short"),
    path("requests/", public_views.requests, name="requests"),
    path("requests/<int:request_id>/", public_views.one_request, name="request"),
    path("answer/<str:token>/", link_views.answer_link, name="answer_link"),
    path("referrals/<int:referral_id>/", loop_views.referral, name="referral"),
    path("referrals/<int:referral_id>/turn", loop_views.take_turn, name="take_turn"),
    path("referrals/<int:referral_id>/notices/<int:notice_id>", loop_views.give_notice, name="give_notice"),
    path("referrals/numbers/", number_views.told, name="loop_numbers"),
    path("referrals/numbers/<slug:kind>/<str:figure>/", number_views.behind, name="behind"),
    path("referrals/notices/letters/", notice_views.letters, name="letters"),
    path("referrals/notices/<slug:pile>/", notice_views.owed, name="notices"),
    path("referrals/notices/<slug:pile>/chosen", notice_views.chosen, name="notices_chosen"),
    path("referrals/notices/<int:notice_id>/came-back", notice_views.came_back, name="notice_came_back"),
    path("referrals/audit/", audit_views.audit, name="audit"),
    path("referrals/audit/sheet", audit_views.sheet, name="audit_sheet"),
    path("referrals/<slug:which>/", loop_views.loop, name="loop"),
]
