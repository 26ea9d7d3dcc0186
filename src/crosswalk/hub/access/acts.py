"""Who may do what: one function per act. Each answers with the basis it rests on, or with an empty basis for no.

This is the first wall; the second is row-level security (`rows.py`). A page names its act in its door
(`doors.py`), an action asks again with what it loaded. Foreign and forbidden look the same to the outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from crosswalk.hub.access.models import Membership
from crosswalk.hub.access.roles import Kind, Role
from crosswalk.hub.access.viewer import Viewer

Roles = frozenset[Any]
_PRIVACY: Roles = frozenset({Role.PRIVACY_OFFICER})
#: Those who work with persons: they take them on, and set them aside.
CARE: Roles = frozenset(
    {
        Role.COORDINATOR,
        Role.LEAD_CARE_MANAGER,
        Role.COMMUNITY_HEALTH_WORKER,
        Role.HOUSING_NAVIGATOR,
        Role.SUPERVISOR,
    }
)
_LISTS: Roles = CARE | {Role.PLAN_ANALYST}
_PERSONS: Roles = _LISTS | {Role.HMIS_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.BILLER}
_REVIEWERS: Roles = frozenset({Role.COORDINATOR, Role.HMIS_ADMINISTRATOR})
_KEEPERS: Roles = frozenset({Role.HMIS_ADMINISTRATOR, Role.SITE_ADMINISTRATOR})
_SENDERS: Roles = frozenset({Role.HMIS_ADMINISTRATOR, Role.PLAN_ANALYST, Role.SITE_ADMINISTRATOR})
#: Those who keep the directory of a community: coordinators and administrators of its CoC, county or hub.
_DIRECTORY: Roles = frozenset({Role.COORDINATOR, Role.HMIS_ADMINISTRATOR, Role.SITE_ADMINISTRATOR})
_CONVENERS: Roles = frozenset({Kind.COC, Kind.COUNTY, Kind.HUB})
_STAFF: Roles = frozenset(
    {Role.SUPERVISOR, Role.HMIS_ADMINISTRATOR, Role.SITE_ADMINISTRATOR, Role.PRIVACY_OFFICER}
)


@dataclass(frozen=True)
class May:
    """The answer to “may I?”: the basis in words, kept with what is seen or done; empty means no."""

    basis: str

    def __bool__(self) -> bool:
        return bool(self.basis)


NO = May("")


#: Roles that see the journal, the files or everybody's access: a supervisor could else give themselves more.
_OVERSEERS: Roles = frozenset({Role.PRIVACY_OFFICER, Role.SITE_ADMINISTRATOR, Role.HMIS_ADMINISTRATOR})


def _by_role(viewer: Viewer, roles: Roles, basis: str) -> May:
    return May(basis) if viewer.role in roles and viewer.strong else NO


def sign_in_pages(viewer: Viewer) -> May:
    """Their own account: second factor, sessions, password, language, the organization they act for."""
    return May("one's own account") if viewer else NO


def see_home(viewer: Viewer) -> May:
    """The page a role starts the day with."""
    return May("one's own work") if viewer.strong else NO


def see_lists(viewer: Viewer) -> May:
    """The lists of likely eligible persons."""
    return _by_role(viewer, _LISTS, "case finding for CalAIM, by role and agreement")


def take_on(viewer: Viewer) -> May:
    """Take persons of the list on, give them to a colleague, set them aside for a while, and take that back."""
    return _by_role(viewer, CARE, "shares the work in one's own organization")


def keep_views(viewer: Viewer) -> May:
    """Keep a view of the list under a name, for oneself or for the organization, and let it go."""
    return _by_role(viewer, _LISTS, "one's own work")


def take_list_along(viewer: Viewer) -> May:
    """Take a list along as a sheet, for a purpose that is written down."""
    return _by_role(viewer, _LISTS, "case finding for CalAIM, by role and agreement")


def open_person(viewer: Viewer) -> May:
    """The page of a person whom the viewer's organization, or one that agreed to show its records, knows."""
    return _by_role(viewer, _PERSONS, "care coordination, by role and agreement")


def find_person(viewer: Viewer) -> May:
    """Search among the persons whom one may open."""
    return _by_role(viewer, _PERSONS, "care coordination, by role and agreement")


def add_person(viewer: Viewer) -> May:
    """Write down somebody whom no file holds yet, after a search that found nobody."""
    return _by_role(viewer, CARE, "care coordination: writes down somebody whom no file holds")


def review_links(viewer: Viewer) -> May:
    """Say which records are the same person, and un-link those that are not."""
    return _by_role(viewer, _REVIEWERS, "keeps records with the right person, by role and agreement")


def restrict_person(viewer: Viewer) -> May:
    """Let only named workers find and open a person."""
    return _by_role(
        viewer, _PRIVACY | {Role.SUPERVISOR}, "protects a person in danger, or a worker's own family"
    )


def see_why(viewer: Viewer) -> May:
    """Why a person is likely eligible, with the facts behind it."""
    return _by_role(viewer, _LISTS, "case finding for CalAIM, by role and agreement")


def answer(viewer: Viewer) -> May:
    """Answer a question about a person whom one works with, and take the answer back."""
    return _by_role(viewer, CARE, "care coordination: asked the person or saw it, by role")


def see_consents(viewer: Viewer) -> May:
    """What a person signed, and what may be shown because of it."""
    return _by_role(viewer, _PERSONS, "care coordination: knows what the person agreed to, by role")


def record_consent(viewer: Viewer) -> May:
    """Record, renew or revoke what a person signed, refused or asked."""
    return _by_role(viewer, CARE | _PRIVACY, "keeps what the person decided about sharing")


def open_emergency(viewer: Viewer) -> May:
    """Open what is hidden of a person, for an hour, with a reason."""
    return _by_role(viewer, CARE, "emergency access: a reason, a fresh second factor, reviewed afterwards")


def review_emergency(viewer: Viewer) -> May:
    """Judge emergency accesses of others."""
    return _by_role(viewer, _PRIVACY, "accounts for access to personal data")


def see_coverage_changes(viewer: Viewer) -> May:
    """Whose coverage came, ended or was no longer told in the plans' newest files."""
    return _by_role(viewer, _LISTS | {Role.BILLER}, "care coordination, by role and agreement")


def refer(viewer: Viewer) -> May:
    """Refer a person to a service that may take them, and see who could."""
    return _by_role(viewer, CARE, "care coordination: refers the person, by role and agreement")


def see_referrals(viewer: Viewer) -> May:
    """The referrals that one's own organization sent, has, or decides on."""
    return _by_role(viewer, _LISTS, "care coordination: a party of the referral")


def turn_referral(viewer: Viewer) -> May:
    """Take the next step of a referral whose turn is one's own organization's."""
    return _by_role(viewer, _LISTS, "care coordination: a party of the referral")


def take_requests(viewer: Viewer) -> May:
    """Read what people asked for on the public form, and find out who it is."""
    return _by_role(viewer, CARE, "takes up what people asked for themselves")


def see_members(viewer: Viewer) -> May:
    """Whom one leads, whom one is asked to take over, and handing one's own persons to a colleague."""
    return _by_role(viewer, CARE, "care coordination: leads the person, or is asked to")


def supervise_leads(viewer: Viewer) -> May:
    """Hand over, in one's own organization, whom others lead."""
    return _by_role(viewer, frozenset({Role.SUPERVISOR}), "answers for who leads in one's own organization")


def see_who_is_left(viewer: Viewer) -> May:
    """Who would be left without a lead worker when a colleague's access ends."""
    return _by_role(viewer, _STAFF & _PERSONS, "administers the organization's access: nobody is left behind")


def ask_who_has_seen(viewer: Viewer) -> May:
    """Ask whether anybody has seen a person whom one cannot reach, and read what is told."""
    return _by_role(viewer, CARE, "care coordination: cannot reach the person")


def answer_seen(viewer: Viewer) -> May:
    """Read who is looked for among those whom one's own organization met, and tell where they were seen."""
    return _by_role(viewer, _LISTS, "care coordination: had contact with a person who is looked for")


def see_colleagues(viewer: Viewer) -> May:
    """Who works in one's organization, in which role."""
    return _by_role(viewer, _STAFF, "administers the organization's access")


def give_access(viewer: Viewer, role: str = "") -> May:
    """Let somebody in, in a role of one's own organization; who oversees others is let in by a site administrator."""
    givers = {Role.SITE_ADMINISTRATOR} if role in _OVERSEERS else _STAFF - _PRIVACY
    return _by_role(viewer, frozenset(givers), "administers the organization's access")


def end_access(viewer: Viewer, membership: Membership | None = None) -> May:
    """End somebody's role in one's own organization, at once; nobody ends their own."""
    if membership is not None:
        own = membership.worker_id == viewer.worker_id
        if own or membership.organization_id != viewer.organization_id or membership.ended_at is not None:
            return NO
    return _by_role(viewer, _STAFF, "administers the organization's access")


def see_network(viewer: Viewer) -> May:
    """The directory of services, with contracts, capacity and the map; it knows nobody who seeks help."""
    return May("the community's directory, open to everybody who works with the hub") if viewer.strong else NO


def keep_network(viewer: Viewer) -> May:
    """Keep the entries of every organization in the directory: services, contracts, who joins and who leaves."""
    if viewer.organization_kind not in _CONVENERS:
        return NO
    return _by_role(viewer, _DIRECTORY, "keeps the community's directory")


def state_capacity(viewer: Viewer, organization_id: int | None = None) -> May:
    """Say how many places are left: of one's own services, and as a keeper of the directory of everybody's."""
    if organization_id in (None, viewer.organization_id):
        own = _by_role(viewer, CARE | {Role.SITE_ADMINISTRATOR}, "speaks for one's own organization")
        if own:
            return own
    return keep_network(viewer)


def send_files(viewer: Viewer) -> May:
    """Send files in the name of one's own organization, read what is wrong in them, accept or reject them."""
    return _by_role(viewer, _SENDERS, "answers for the files of one's own organization")


def see_jobs(viewer: Viewer) -> May:
    """What the hub does by itself, and what failed."""
    return _by_role(viewer, _KEEPERS, "looks after the hub")


def see_journal(viewer: Viewer) -> May:
    """What was done and seen in the name of one's organization."""
    return _by_role(viewer, _PRIVACY, "accounts for access to personal data")


def see_looks(viewer: Viewer) -> May:
    """Who looked at one person: for the privacy officer, and to be printed for that person."""
    return _by_role(viewer, _PRIVACY, "accounts for access to personal data")


def is_fresh(viewer: Viewer, minutes: int = 5) -> bool:
    """Whether a second factor was shown within the last minutes, for acts that ask for it again."""
    return viewer.demo or (
        viewer.fresh_at is not None and timezone.now() - viewer.fresh_at < timedelta(minutes=minutes)
    )
