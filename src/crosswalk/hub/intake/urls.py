"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.intake import views

urlpatterns = [
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<int:delivery_id>/", views.delivery, name="delivery"),
    path("deliveries/<int:delivery_id>/progress/", views.progress, name="delivery_progress"),
    path("deliveries/<int:delivery_id>/sheet/", views.sheet, name="delivery_sheet"),
    path("deliveries/<int:delivery_id>/accept/", views.accept, name="accept_delivery"),
    path("deliveries/<int:delivery_id>/reject/", views.reject, name="reject_delivery"),
    path("deliveries/<int:delivery_id>/again/", views.again, name="read_again"),
]
