"""Addresses of this room."""

from __future__ import annotations

from django.urls import include, path

from crosswalk.hub.finding import views

urlpatterns = [
    path("likely/", include("crosswalk.hub.finding.lists.urls")),
    path("people/<str:person_id>/why/<str:program>/", views.why, name="why"),
    path("rules/", views.rules, name="rules"),
    path("rules/<str:program>/", views.rule, name="rule"),
]
