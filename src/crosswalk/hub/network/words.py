"""How services, places left and languages are said to people, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from crosswalk.core.records.network import Receiver, Room
from crosswalk.hub.network.kinds import Credential, HmisUse, Mode, Privacy, Purpose, Way
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.pages.words import ago, count

_LANGUAGES = {
    "en": _("English"),
    "es": _("Spanish"),
    "hmn": _("Hmong"),
    "pa": _("Punjabi"),
    "ar": _("Arabic"),
    "hy": _("Armenian"),
    "km": _("Khmer"),
    "zh": _("Chinese"),
    "fa": _("Farsi"),
    "hi": _("Hindi"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "lo": _("Lao"),
    "ium": _("Mien"),
    "ru": _("Russian"),
    "tl": _("Tagalog"),
    "th": _("Thai"),
    "uk": _("Ukrainian"),
    "vi": _("Vietnamese"),
    "ase": _("American Sign Language"),
}
_DAYS = {
    "MO": _("Mon"), "TU": _("Tue"), "WE": _("Wed"), "TH": _("Thu"), "FR": _("Fri"),
    "SA": _("Sat"), "SU": _("Sun"),
}  # fmt: skip
_GROUPS = {
    "families": _("Families"),
    "youth": _("Young people"),
    "veterans": _("Veterans"),
    "survivors": _("People who fled violence"),
}
_LISTS = {
    "mode": dict(Mode.choices),
    "credential": dict(Credential.choices),
    "privacy": dict(Privacy.choices),
    "hmis": dict(HmisUse.choices),
    "purpose": dict(Purpose.choices),
    "way": dict(Way.choices),
}


@lru_cache(maxsize=4)
def programs(on: date) -> Mapping[str, Mapping[str, str]]:
    """The services that the directory knows on a day, by code, in the order of the policy."""
    there = edition(on)
    named = {one.code: one.name for one in there.programs}
    return {
        row["code"]: {**row, "name": row["name"] or named.get(row["code"], row["code"])}
        for row in there.table("network/services")
    }


@lru_cache(maxsize=4)
def counties(on: date) -> Mapping[str, str]:
    """The counties' names by the State's code."""
    return {row["code"]: row["name"] for row in edition(on).table("codes/counties")}


def program_words(code: str) -> str:
    """A service by its code: “Shelter”; a code that the policy does not name is said as it is kept."""
    one = programs(timezone.localdate()).get(code)
    if one is None:
        return code
    return one["es"] if (get_language() or "en").startswith("es") else one["name"]


def county_words(code: str) -> str:
    """A county by its code."""
    return counties(timezone.localdate()).get(code, code)


def population_words(code: str) -> str:
    """A Population of Focus or a group that a service is for."""
    if code in _GROUPS:
        return str(_GROUPS[code])
    return next((one.words for one in edition(timezone.localdate()).programs if one.code == code), code)


def language_words(code: str) -> str:
    """A language by its code; one that is not listed is said as it is kept."""
    return str(_LANGUAGES.get(code, code))


def listed_words(code: str, which: str) -> str:
    """A code of one of the room's own lists: mode, credential, privacy, hmis, purpose, way."""
    return str(_LISTS[which].get(code, code))


def room_words(room: Room | None) -> str:
    """“6 places left, 3 waiting”; or that nobody said anything yet."""
    if room is None:
        return str(_("No capacity told yet"))
    said = (
        ngettext("%(n)s place left", "%(n)s places left", room.free) % {"n": count(room.free)}
        if room.free
        else str(_("Full"))
    )
    if room.waiting:
        said += ", " + ngettext("%(n)s waiting", "%(n)s waiting", room.waiting) % {"n": count(room.waiting)}
    return said


def said_words(room: Room | None, on: date) -> str:
    """Who said so and how long ago."""
    if room is None:
        return ""
    when = ago(timezone.localtime(room.at).date(), on)
    named = {"who": room.said_by, "organization": room.organization, "ago": when}
    return str(_("%(who)s, %(organization)s, %(ago)s") % named)


def hours_words(hours: Iterable[tuple[str, str, str]]) -> str:
    """“Mon–Fri 08:00–17:00”; days with the same hours in a row are told together."""
    runs: list[list[str]] = []
    for day, opens, closes in hours:
        if runs and runs[-1][2:] == [opens, closes]:
            runs[-1][1] = day
        else:
            runs.append([day, day, opens, closes])
    said = []
    for first, last, opens, closes in runs:
        days = str(_DAYS.get(first, first)) + (f"–{_DAYS.get(last, last)}" if last != first else "")
        whole = (opens, closes) == ("00:00", "24:00")
        said.append(f"{days} {_('all day') if whole else f'{opens}–{closes}'}")
    return "; ".join(said)


def doubts(one: Receiver, is_old: bool) -> list[str]:
    """What does not fit in what is known of a service's capacity, in sentences."""
    found = []
    if one.room is None:
        found.append(str(_("Nobody has told its capacity yet.")))
    elif is_old:
        found.append(str(_("The statement is old; its provider is asked again.")))
    if one.room and one.served is not None and one.room.places is not None:
        numbers = {"served": count(one.served), "places": count(one.room.places)}
        if one.served > one.room.places:
            found.append(
                _("The files show %(served)s people served, more than the %(places)s places.") % numbers
            )
        elif one.room.free > one.room.places - one.served:
            found.append(
                _("The files show %(served)s people served of %(places)s places: fewer can be left.")
                % numbers
            )
    return found
