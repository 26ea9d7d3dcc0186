"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from crosswalk.hub.network import map_views, organization_views, views

urlpatterns = [
    path("network/", map_views.listed, name="network"),
    path("network/matrix/", map_views.matrix, name="network_matrix"),
    path("network/map/", map_views.map, name="network_map"),
    path("network/elections/", map_views.elected, name="network_elections"),
    path("network/changes/", map_views.changes, name="network_changes"),
    path("network/counties/<str:county>/", map_views.county, name="network_county"),
    path("network/capacity/", views.capacity, name="capacity"),
    path("network/services/<int:service_id>/", views.service, name="network_service"),
    path("network/services/<int:service_id>/capacity/", views.state, name="state_capacity"),
    path(
        "network/organizations/<int:organization_id>/",
        organization_views.organization,
        name="network_organization",
    ),
    path(
        "network/organizations/<int:organization_id>/contracts/",
        organization_views.add_contract,
        name="add_contract",
    ),
    path("network/contracts/<int:contract_id>/", organization_views.change_contract, name="change_contract"),
    path(
        "network/organizations/<int:organization_id>/licences/",
        organization_views.keep_licence,
        name="keep_licence",
    ),
    path("network/licences/<int:licence_id>/end", organization_views.end_licence, name="end_licence"),
    path(
        "network/organizations/<int:organization_id>/leave/", organization_views.leave, name="leave_network"
    ),
]
