"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.referrals import loop_views, views

urlpatterns = [
    path("people/<str:person_id>/refer/", views.desk, name="desk"),
    path("people/<str:person_id>/refer/<str:need>/elsewhere", views.log, name="log_referral"),
    path("people/<str:person_id>/refer/<str:need>/<int:service_id>/", views.send, name="send_referral"),
    path("referrals/<int:referral_id>/", loop_views.referral, name="referral"),
    path("referrals/<int:referral_id>/turn", loop_views.take_turn, name="take_turn"),
    path("referrals/<int:referral_id>/notices/<int:notice_id>", loop_views.give_notice, name="give_notice"),
    path("referrals/<slug:which>/", loop_views.loop, name="loop"),
]
