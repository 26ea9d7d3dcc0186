"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.access import demo, through, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sessions/<int:session_id>/end", views.end_session, name="end_session"),
    path("account/act-for", views.act_for, name="act_for"),
    path("colleagues/", views.colleagues, name="colleagues"),
    path("colleagues/new", views.give_access, name="give_access"),
    path("colleagues/<int:membership_id>/end", views.end_access, name="end_access"),
    path("sign-in/through/<slug:provider>/", through.sign_in_through, name="sign_in_through"),
    path("sign-in/through/<slug:provider>/done", through.signed_in_through, name="signed_in_through"),
    path("demo/<int:membership>", demo.sign_in, name="demo_sign_in"),
]
