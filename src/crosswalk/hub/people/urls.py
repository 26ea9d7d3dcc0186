"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.people import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/<slug:token>/", views.found, name="found"),
    path("add-person/", views.add, name="add_person"),
    path("people/<str:person_id>/take-back", views.take_back, name="take_person_back"),
    path("review/", views.review_next, name="review"),
    path("review/<int:link_id>/", views.review_answer, name="review_answer"),
    path("review/undo/", views.review_undo, name="review_undo"),
    path("review/conflicts/", views.conflicts, name="conflicts"),
    path("people/<str:person_id>/restrict/", views.restrict, name="restrict"),
    path("records/<int:record_id>/un-link/", views.unlink, name="unlink"),
]
