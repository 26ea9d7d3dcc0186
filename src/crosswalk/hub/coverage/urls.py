"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.coverage import views

urlpatterns = [
    path("coverage/", views.changes, name="coverage_changes"),
    path("people/<str:person_id>/coverage/", views.months, name="person_coverage"),
]
