"""The tables of this room: listings of organizations, their sites and services, contracts, and dated capacity."""

from crosswalk.hub.network.models.capacity import Asked, Caseload, Statement
from crosswalk.hub.network.models.contracts import Contract, Licence
from crosswalk.hub.network.models.organizations import Contact, Listing, Site
from crosswalk.hub.network.models.services import Reach, Service

__all__ = [
    "Asked",
    "Caseload",
    "Contact",
    "Contract",
    "Licence",
    "Listing",
    "Reach",
    "Service",
    "Site",
    "Statement",
]
