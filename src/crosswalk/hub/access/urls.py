"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.access import demo, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sessions/<int:session_id>/end", views.end_session, name="end_session"),
    path("account/act-for", views.act_for, name="act_for"),
    path("colleagues/", views.colleagues, name="colleagues"),
    path("colleagues/new", views.give_access, name="give_access"),
    path("colleagues/<int:membership_id>/end", views.end_access, name="end_access"),
    path("demo/<int:membership>", demo.sign_in, name="demo_sign_in"),
]
