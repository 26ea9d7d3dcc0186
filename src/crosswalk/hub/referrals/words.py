"""How states, turns, reasons and the order of receivers are said, in the language of the page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crosswalk.core.journeys.receivers import Reason
from crosswalk.hub.network.words import population_words, program_words
from crosswalk.hub.pages.policy import edition

_STATES = {
    "with_plan": _("With the plan"),
    "authorized": _("Authorized, nobody has it"),
    "offered": _("Offered, no answer yet"),
    "declined": _("Declined by the provider"),
    "accepted": _("Accepted, not started"),
    "outreach": _("Outreach started"),
    "on_hold": _("On hold"),
    "elsewhere": _("Made elsewhere"),
    "closed": _("Closed"),
}
_TURNS = {
    "plan": _("the plan"),
    "provider": _("the provider"),
    "desk": _("the desk"),
    "nobody": _("nobody"),
}
_VERBS = {
    "submit": _("sent to the plan"),
    "streamline": _("sent to a provider who may begin before the plan decides"),
    "send": _("sent to a provider"),
    "log": _("kept a referral made elsewhere"),
    "authorize": _("said that the plan authorized it"),
    "refuse": _("said that the plan did not authorize it"),
    "offer": _("gave it to a provider"),
    "accept": _("accepted it"),
    "decline": _("declined it"),
    "start": _("began outreach"),
    "report": _("said that it is still at work"),
    "hold": _("put it on hold"),
    "resume": _("took it up again"),
    "close": _("closed it"),
    "withdraw": _("took it back"),
}
#: What the button of a turn says.
DO = {
    "authorize": _("The plan said yes"),
    "refuse": _("The plan said no"),
    "accept": _("Accept"),
    "decline": _("Decline"),
    "start": _("Outreach has started"),
    "report": _("Still at work"),
    "hold": _("Put on hold"),
    "resume": _("Take up again"),
    "close": _("Close"),
    "withdraw": _("Take the referral back"),
}
_REASONS = {
    "services_received": _("Services received"),
    "provider_declined": _("Service provider declined"),
    "unable_to_reach": _("Unable to reach the member"),
    "no_longer_eligible": _("No longer eligible for the service"),
    "no_longer_needs": _("No longer needs the service, or declines it"),
    "other": _("Other"),
    "no_capacity": _("No capacity"),
    "lacks_means": _("Lacks the means for this person"),
    "missing_papers": _("Papers are missing"),
    "outside_area": _("Outside the area served"),
    "not_eligible": _("Does not meet the criteria"),
    "as_told": _("Not authorized, as the plan told"),
    "not_authorized": _("Not authorized by the plan"),
    "withdrawn": _("Taken back by whoever referred"),
    "late": _("Its clock has run out"),
}
_LEVELS = {
    ("wish", "wanted"): _("the person wants this provider"),
    ("wish", "unwanted"): _("the person does not want this provider"),
    ("contract", "in_force"): _("has a contract with the plan for this here"),
    ("contract", "not_needed"): _("needs no contract with a plan"),
    ("contract", "credential_open"): _("has a contract; the plan still checks the provider"),
    ("contract", "unknown"): _("whether it has a contract with the plan is not known"),
    ("contract", "none"): _("has no contract with the plan for this here"),
    ("area", "zip"): _("serves this ZIP code"),
    ("area", "county"): _("serves this county"),
    ("area", "unknown"): _("which area it serves is not known"),
    ("area", "outside"): _("does not serve this area"),
    ("places", "free"): _("has places"),
    ("places", "free_old"): _("had places, told long ago"),
    ("places", "unknown"): _("has not told how many places there are"),
    ("places", "waitlist"): _("has a waiting list"),
    ("places", "full"): _("has no place"),
    ("people", "fits"): _("is there for this group of people"),
    ("people", "all"): _("is there for everybody"),
    ("people", "not_named"): _("does not name this group of people"),
    ("people", "other_age"): _("is for people of another age"),
    ("language", "spoken"): _("speaks the person’s language"),
    ("language", "unknown"): _("which languages it speaks is not known"),
    ("language", "not_spoken"): _("does not name the person’s language"),
    ("mode", "offered"): _("works the way the person can be met"),
    ("mode", "unknown"): _("how it works is not known"),
    ("mode", "not_offered"): _("does not work the way the person can be met"),
    ("answers", "quick"): _("answers in time"),
    ("answers", "slow"): _("takes long to answer"),
    ("answers", "unknown"): _("has not answered enough referrals to tell how quick it is"),
    ("distance", "near"): _("has a site in the person’s ZIP code"),
    ("distance", "unknown"): _("how far it is is not known"),
}
_NOTICES = {
    "sent": _("that the referral was sent"),
    "authorized": _("that the plan authorized the service"),
    "not_authorized": _("that the plan did not authorize it, and why"),
    "offered": _("that a referral waits for an answer"),
    "assigned": _("who the provider is, and how to reach them"),
    "accepted": _("that the provider accepted"),
    "declined": _("that the provider declined, and why"),
    "outreach": _("that outreach has started"),
    "on_hold": _("that it is on hold"),
    "closed": _("that it is closed, and why"),
    "withdrawn": _("that it was taken back"),
    "silent": _("that an answer is overdue"),
    "escalated": _("that nobody answered, though asked twice"),
}
_LOOK = _("Look at it as it is now.")
_WHOSE = _("Look at whose turn it is.")
_REFUSALS = {
    "referral.moved_on": (_("%(who)s was here before you: it is “%(state)s” now."), _LOOK),
    "referral.closed": (_("This referral is closed."), _("Look at how it ended.")),
    "referral.not_here": (_("This cannot be done while it is “%(state)s”."), _WHOSE),
    "referral.not_yours": (_("This is another party’s turn."), _WHOSE),
    "referral.reason": (_("The reason is missing."), _("Choose one of the reasons.")),
    "referral.receiver": (_("Nobody is named to send it to."), _("Choose a receiver.")),
    "referral.older": (_("This tells of a time before the last step."), _LOOK),
}
_PARTIES = {
    "member": _("the member"),
    "referrer": _("whoever referred"),
    "provider": _("the provider"),
    "plan": _("the plan"),
    "desk": _("the desk"),
    "file": _("a file"),
}


def help_words(code: str) -> str:
    """A program or kind of help by its short name, in the language of the page where the policy has one."""
    spanish = (get_language() or "en").startswith("es")
    short = population_words(code)
    return program_words(code) if short == code or (spanish and program_words(code) != code) else short


def state_words(state: str) -> str:
    """Where a referral stands."""
    return str(_STATES.get(state, state))


def turn_words(party: str) -> str:
    """Whose turn it is."""
    return str(_TURNS.get(party, party))


def party_words(party: str) -> str:
    """A party of a referral, or somebody to whom a notice goes."""
    return str(_PARTIES.get(party, party))


def verb_words(verb: str) -> str:
    """What a turn did."""
    return str(_VERBS.get(verb, verb))


def reason_words(code: str) -> str:
    """A reason of a decline, a closure or a refusal."""
    return str(_REASONS.get(code, code))


def outcome_words(outcome: str) -> str:
    """How a referral ended."""
    return reason_words(outcome)


def notice_words(about: str) -> str:
    """What a notice tells."""
    return str(_NOTICES.get(about, about))


def level_words(one: Reason) -> str:
    """One reason of the order, in words."""
    return str(_LEVELS.get((one.part, one.level), ""))


def loss_words(pair: tuple[Reason, Reason]) -> str:
    """One part in which the first is better: what this one has, and what the first has."""
    own, best = level_words(pair[0]), level_words(pair[1])
    if own and best:
        return str(_("%(own)s; the first %(best)s") % {"own": own, "best": best})
    return str(_("the first %(best)s") % {"best": best}) if best else own


def clock_words(key: str) -> Any:
    """The clock that runs, with its mark of how sure it is: an entry of `clocks.yaml`, or None."""
    return edition(timezone.localdate()).entries("clocks").get(key)


def refusal_words(code: str, state: str, who: str) -> tuple[str, str]:
    """Why a turn was not made, and what to do; `who` made the last one."""
    told = {"state": state_words(state), "who": who}
    sentence, fix = _REFUSALS.get(code, _REFUSALS["referral.older"])
    if code == "referral.moved_on" and not who:
        sentence = _("Somebody was here before you: it is “%(state)s” now.")
    return str(sentence % told), str(fix)


def day_after(day: date) -> str:
    """The next day, as it stands in an address."""
    return (day + timedelta(days=1)).isoformat()
