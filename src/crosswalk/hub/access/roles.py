"""Roles that people have in an organization, and the kinds of organization there are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is there for; decides which acts are open (`acts.py`)."""

    COORDINATOR = "coordinator", _("Coordinator")
    LEAD_CARE_MANAGER = "lead_care_manager", _("Lead care manager")
    COMMUNITY_HEALTH_WORKER = "community_health_worker", _("Community health worker")
    HOUSING_NAVIGATOR = "housing_navigator", _("Housing navigator")
    SUPERVISOR = "supervisor", _("Supervisor")
    BILLER = "biller", _("Biller")
    PLAN_ANALYST = "plan_analyst", _("Plan analyst")
    HMIS_ADMINISTRATOR = "hmis_administrator", _("HMIS administrator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    SITE_ADMINISTRATOR = "site_administrator", _("Site administrator")


class Kind(models.TextChoices):
    """What an organization is."""

    COC = "coc", _("Continuum of Care")
    PLAN = "plan", _("Medi-Cal managed care plan")
    ECM_PROVIDER = "ecm_provider", _("ECM provider")
    CS_PROVIDER = "cs_provider", _("Community Supports provider")
    COUNTY = "county", _("County")
    HUB = "hub", _("Hub")
    CLINIC = "clinic", _("Clinic")
    HOSPITAL = "hospital", _("Hospital")
    COMMUNITY = "community", _("Community organization")


def role_words(role: str) -> str:
    """A role in the language of the page; what is no role of a person (a nightly run) says what it is.

    Empty for somebody who stood at the door and had none.
    """
    if role in Role.values:
        return str(Role(role).label)
    return str(_("by itself")) if role else ""
