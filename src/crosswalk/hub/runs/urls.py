"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.runs import views

urlpatterns = [
    path("people/<str:person_id>/why/<str:program>/answer", views.answer, name="answer"),
    path(
        "people/<str:person_id>/why/<str:program>/answers/<int:answer_id>/back",
        views.take_back,
        name="take_answer_back",
    ),
]
