"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.consent import emergency_views, views

urlpatterns = [
    path("people/<str:person_id>/consents/", views.consents, name="consents"),
    path("people/<str:person_id>/consents/new", views.record, name="record_consent"),
    path("people/<str:person_id>/consents/<int:consent_id>/revoke", views.revoke, name="revoke_consent"),
    path("people/<str:person_id>/emergency/", emergency_views.emergency, name="emergency"),
    path("people/<str:person_id>/emergency/close", emergency_views.close, name="close_emergency"),
    path("emergencies/", emergency_views.waiting, name="emergencies"),
    path("emergencies/<int:emergency_id>/review", emergency_views.review, name="review_emergency"),
]
