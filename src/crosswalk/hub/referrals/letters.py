"""A notice as a letter to the person it is about: in plain words, in their language, with nothing beyond what it tells.

Why a plan said no, and how to appeal, the plan’s own letter says (the Notice of Action): the hub does not imitate it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.views import sharing_of
from crosswalk.hub.network.kinds import Purpose
from crosswalk.hub.network.models import Contact
from crosswalk.hub.pages.words import day, moment, plan_words
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.models import Person
from crosswalk.hub.people.words import spoken_code
from crosswalk.hub.referrals.models import Notice
from crosswalk.hub.referrals.words import help_words


@dataclass(frozen=True)
class Call:
    """Where somebody can call: who, the telephone, and the way for people who do not hear or speak."""

    who: str
    phone: str
    tty: str


@dataclass(frozen=True)
class Letter:
    """One letter: to whom and where, in which language, what it says; `basis` why the address may be read."""

    notice: Notice
    language: str
    spoken: str
    """The person’s language where the letter is not written in it; else empty."""
    name: str
    address: tuple[str, ...]
    basis: str
    sender: Call
    date: str
    greeting: str
    paragraphs: tuple[str, ...]
    heading: str
    next: tuple[str, ...]
    ask: str
    foot: str


def letter(*, viewer: Viewer, notice: Notice, person: Person, calls: dict[int, Call], at: datetime) -> Letter:
    """One notice as a letter; without an address where none is known, or none may be read."""
    sharing = sharing_of(viewer, person)
    address: tuple[str, ...] = ()
    for record in people.records(viewer=viewer, person_id=person.pk):
        if record.address and sharing.may("contact", sharing.holder(record.source)).shown:
            address = _lines(record.address)
            break
    language = spoken_code(person.language)
    known = person.language.casefold() in ("", "english") or language == "es"
    sender = calls.get(viewer.organization_id, Call(viewer.organization_name, "", ""))
    with translation.override(language):
        paragraphs, following = _words(notice, calls)
        said = {
            "name": viewer.name,
            "organization": viewer.organization_name,
            "when": moment(at),
            "n": notice.pk,
        }
        return Letter(
            notice, language, "" if known else person.language, person.name, address,
            sharing.basis("a notice that is owed to the person"), sender, day(timezone.localdate(at)),
            _("Hello, %(name)s.") % {"name": person.name}, paragraphs, _("What happens next"), following, _ask(sender),
            _("Printed by %(name)s for %(organization)s, %(when)s. Notice No. %(n)s.") % said,
        )  # fmt: skip


def _ask(sender: Call) -> str:
    """Where to ask, in one line."""
    if not sender.phone:
        return _("Questions? Ask us: %(who)s.") % {"who": sender.who}
    said = _("Questions? Call us: %(who)s, %(phone)s.") % {"who": sender.who, "phone": sender.phone}
    return f"{said} {_('TTY: %(tty)s.') % {'tty': sender.tty}}" if sender.tty else said


def calls_of(organizations: set[int]) -> dict[int, Call]:
    """Where people call each organization, before all else about referrals; without a telephone it is not in it."""
    rows = Contact.objects.filter(organization_id__in=organizations, service=None).exclude(phone="")
    found: dict[int, Contact] = {}
    for one in rows.select_related("organization").order_by("pk"):
        known = found.get(one.organization_id)
        if known is None or (one.purpose == Purpose.REFERRALS and known.purpose != Purpose.REFERRALS):
            found[one.organization_id] = one
    return {key: Call(one.organization.name, one.phone, one.tty) for key, one in found.items()}


def _words(notice: Notice, calls: dict[int, Call]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    one = notice.referral
    said = {
        "help": help_words(one.service), "plan": plan_words(one.plan) if one.plan else "", "day": day(one.at.date())
    }  # fmt: skip
    if notice.about == "assigned":
        return _assigned(said, one, calls)
    texts = {
        "sent": (
            (_("On %(day)s we asked your health plan, %(plan)s, for this help: %(help)s."),),
            (_("Your health plan decides. You do not have to do anything now."),
             _("Somebody may call you about it.")),
        ),
        "authorized": (
            (_("Your health plan, %(plan)s, said yes to this help: %(help)s."),),
            (_("We look for somebody near you who gives this help. Then we tell you who it is."),),
        ),
        "not_authorized": (
            (_("Your health plan, %(plan)s, said no to this help: %(help)s."),
             _("Your health plan sends you its own letter. That letter says why, and what you can do if you do not"
               " agree. This page is not that letter.")),
            (_("No letter from your health plan? Call the number on your health plan card."),
             _("You can also call us. We will look for other help with you.")),
        ),
        "closed": (
            (_("What we asked for on %(day)s has ended: %(help)s."), *_why(one.outcome)),
            (_("Do you still need help, or is this not right? Call us. We can ask again."),),
        ),
    }  # fmt: skip
    # A site's own table of turns may owe a notice of another kind.
    other = ((_("There is news about this help: %(help)s."),), (_("Call us. We tell you what it is."),))
    first, then = texts.get(notice.about, other)
    return tuple(text % said for text in first), tuple(text % said for text in then)


def _assigned(
    said: dict[str, str], one: Any, calls: dict[int, Call]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    call = calls.get(one.receiver_id) if one.receiver_id else None
    said |= {"who": one.receiver.name if one.receiver else "", "phone": call.phone if call else ""}
    then = [_("They will try to reach you.")]
    if call:
        then.append(_("You can also call them: %(phone)s."))
    first = _("This is who can help you with %(help)s: %(who)s.")
    return (first % said,), tuple(text % said for text in then)


def _why(outcome: str) -> tuple[str, ...]:
    """Why it ended, as one says it to the person; of what needs no reason nothing."""
    reasons = {
        "services_received": _("You got this help."),
        "unable_to_reach": _("Nobody could reach you."),
        "provider_declined": _("The people we asked could not take you on."),
        "no_longer_eligible": _("We were told that you cannot get this help at this time."),
        "no_longer_needs": _("We were told that you do not need this help now, or do not want it."),
    }
    return (reasons[outcome],) if outcome in reasons else ()


def _lines(address: str) -> tuple[str, ...]:
    """An address of one line as it stands on an envelope: the street above, the rest beneath."""
    street, _comma, rest = address.partition(",")
    return tuple(part.strip() for part in (street, rest) if part.strip())
