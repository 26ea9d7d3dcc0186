"""The small closed lists of this room: how a service is given, how far a credential is, how HMIS is used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How people are reached."""

    STREET = "street", _("On the street")
    SITE = "site", _("At a site")
    REMOTE = "remote", _("By phone or video")


class Credential(models.TextChoices):
    """How far a plan is with vetting a provider; each plan has its own way."""

    UNKNOWN = "unknown", _("Not told")
    IN_PROGRESS = "in_progress", _("In progress")
    CREDENTIALED = "credentialed", _("Credentialed")
    EXPIRED = "expired", _("Expired")
    NOT_NEEDED = "not_needed", _("Not needed")


class HmisUse(models.TextChoices):
    """What an organization does with the community's HMIS."""

    UNKNOWN = "unknown", _("Not told")
    NONE = "none", _("Does not use HMIS")
    READS = "reads", _("Reads HMIS")
    WRITES = "writes", _("Enters into HMIS")


class Privacy(models.TextChoices):
    """Under which law an organization keeps health information; decides what a referral may carry."""

    UNKNOWN = "unknown", _("Not told")
    COVERED = "covered", _("HIPAA covered entity")
    ASSOCIATE = "associate", _("Business associate under HIPAA")
    OUTSIDE = "outside", _("Outside HIPAA")


class Purpose(models.TextChoices):
    """What one calls or writes to a contact for."""

    REFERRALS = "referrals", _("Referrals")
    GENERAL = "general", _("General")
    LIAISON = "liaison", _("Liaison")


class Way(models.TextChoices):
    """How a capacity statement came."""

    PAGE = "page", _("said on the hub's page")
    PHONE = "phone", _("heard by phone or visit")
    DECLINE = "decline", _("a referral was declined for lack of places")
    FILE = "file", _("from a directory file")
