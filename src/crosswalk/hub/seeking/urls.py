"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.seeking import views

urlpatterns = [
    path("seen/", views.seeking, name="seeking"),
    path("seen/<int:asked_id>/", views.answer_seen, name="answer_seen"),
    path("people/<str:person_id>/seen/", views.ask, name="ask_who_has_seen"),
    path("people/<str:person_id>/seen/end", views.end, name="end_question"),
]
