"""From services given to what a payer takes: codes, claims, invoices, questions of coverage, authorization requests."""

from crosswalk.core.billing.claims import claims_of
from crosswalk.core.billing.codes import Codes, ServiceCode
from crosswalk.core.billing.inquiries import inquiries
from crosswalk.core.billing.requests import requests
from crosswalk.core.billing.services import (
    Bill,
    Home,
    Member,
    Payer,
    Provider,
    Question,
    Service,
    Wish,
)

__all__ = [
    "Bill",
    "Codes",
    "Home",
    "Member",
    "Payer",
    "Provider",
    "Question",
    "Service",
    "ServiceCode",
    "Wish",
    "claims_of",
    "inquiries",
    "requests",
]
