"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.consent import views

urlpatterns = [
    path("people/<str:person_id>/consents/", views.consents, name="consents"),
    path("people/<str:person_id>/consents/new", views.record, name="record_consent"),
    path("people/<str:person_id>/consents/<int:consent_id>/revoke", views.revoke, name="revoke_consent"),
]
