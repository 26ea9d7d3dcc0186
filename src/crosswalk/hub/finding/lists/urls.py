"""Addresses of the work lists; no address names a person."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.finding.lists import views

urlpatterns = [
    path("", views.listed, name="listed"),
    path("lost/", views.lost, name="lost"),
    path("chosen/", views.chosen, name="chosen"),
    path("undo/<int:entry>/", views.undo, name="undo"),
    path("sheet/", views.sheet, name="sheet"),
    path("views/", views.keep_view, name="keep_view"),
    path("views/<int:view_id>/gone/", views.let_view_go, name="let_view_go"),
]
