"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.jobs import views

urlpatterns = [path("jobs/", views.jobs, name="jobs")]
