"""The invented people who work in the invented county, one for each role, and what their organizations agreed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from crosswalk.core.basics import Refused
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.models import Agreement, Membership, Organization, Worker
from crosswalk.hub.access.roles import Kind, Role
from crosswalk.hub.journal.actions import act

_PURPOSE = ["care coordination", "case finding for CalAIM"]
#: Name, role, and the organization by the start of its source or its name in HMIS.
PEOPLE = (
    ("Rosa Delgado", Role.COORDINATOR, "hmis:"),
    ("Tomás Rivera", Role.LEAD_CARE_MANAGER, "Crossroads Housing Partnership"),
    ("Lena Brightwater", Role.COMMUNITY_HEALTH_WORKER, "Valley Lantern Outreach"),
    ("Pa Houa Vang", Role.HOUSING_NAVIGATOR, "Crossroads Housing Partnership"),
    ("Marcus Oyelaran", Role.SUPERVISOR, "Crossroads Housing Partnership"),
    ("June Castellano", Role.BILLER, "Crossroads Housing Partnership"),
    ("Ana Whitfield", Role.PLAN_ANALYST, "plan:"),
    ("Derek Sandoval", Role.HMIS_ADMINISTRATOR, "hmis:"),
    ("Imani Clarke", Role.PRIVACY_OFFICER, "hmis:"),
    ("Kenji Moreau", Role.SITE_ADMINISTRATOR, "hmis:"),
    ("Olive Outsider", Role.COORDINATOR, "nobody:"),
)


def people_of_the_demo(*, at: datetime, on: date, invented: bool) -> None:
    """Make them. Raises Refused where the data folder holds anything but an invented county."""
    if not invented:
        raise Refused("These people are only for an invented county.", fix="Run `crosswalk demo` first.")
    with transaction.atomic():
        hub, _ = Organization.objects.get_or_create(
            name="Far Valley Clinic", defaults={"kind": Kind.CLINIC, "source": "nobody:"}
        )
        coc = Organization.objects.get(source__startswith="hmis:")
        if coc.name.endswith(" HMIS"):
            coc.name = "Two Rivers Continuum of Care"
            coc.save(update_fields=["name"])
        for plan in Organization.objects.filter(kind=Kind.PLAN):
            for giver, receiver in ((plan, coc), (coc, plan)):
                Agreement.objects.get_or_create(
                    giver=giver,
                    receiver=receiver,
                    defaults={"purposes": _PURPOSE, "starts": on.replace(month=1, day=1)},
                )
        for name, role, where in PEOPLE:
            _person(name, role, _organization(where), at)
        act(Hub(), "open demo", basis="invented county", subject=f"organization:{hub.pk}")


def _organization(where: str) -> Organization:
    if where.endswith(":"):
        found = Organization.objects.filter(source__startswith=where).order_by("source").first()
    else:
        found = Organization.objects.filter(hmis_name=where).first()
    if found is None:
        raise Refused(f"The county has no {where}.", fix="Make the demo with more people.")
    return found


def _person(name: str, role: Any, organization: Organization, at: datetime) -> None:
    email = f"{name.split()[0].lower()}.{name.split()[-1].lower()}@example.org"
    worker = Worker.objects.filter(email=email).first()
    if worker is None:
        worker = Worker.objects.create_user(email, None, name=name, invented=True)
    Membership.objects.get_or_create(
        worker=worker, organization=organization, role=role, ended_at=None, defaults={"since": at}
    )
