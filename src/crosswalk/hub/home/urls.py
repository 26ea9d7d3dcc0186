"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.home import coverage_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("people/<str:person_id>/", views.person, name="person"),
    path("people/<str:person_id>/looks/", views.looks, name="looks"),
    path("coverage/", coverage_views.changes, name="coverage_changes"),
    path("people/<str:person_id>/coverage/", coverage_views.months, name="person_coverage"),
    path("journal/", views.entries, name="journal"),
]
