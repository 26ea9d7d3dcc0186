"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.care import views

urlpatterns = [
    path("members/", views.members, name="members"),
    path("members/hand-over", views.hand_over, name="hand_over"),
    path("members/<int:lead_id>/end", views.end_care, name="end_care"),
    path("members/handoffs/<int:handoff_id>/answer", views.answer_handoff, name="answer_handoff"),
    path("members/handoffs/<int:handoff_id>/step", views.handoff_step, name="handoff_step"),
    path("colleagues/<int:membership_id>/members/", views.who_is_left, name="who_is_left"),
]
