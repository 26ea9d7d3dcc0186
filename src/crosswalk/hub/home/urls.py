"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("people/<str:person_id>/", views.person, name="person"),
    path("people/<str:person_id>/looks/", views.looks, name="looks"),
    path("journal/", views.entries, name="journal"),
]
