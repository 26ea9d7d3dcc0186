"""How days, numbers and spans are said to people, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from crosswalk.core.basics import Period

_ES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(one: date | None) -> str:
    """“18 Nov 2026”."""
    return f"{one.day} {month(one)} {one.year}" if one else ""


def month(one: date) -> str:
    """“Nov”."""
    return (_ES if (get_language() or "en").startswith("es") else _EN)[one.month - 1]


def moment(one: datetime | None) -> str:
    """“18 Nov 2026, 16:40”, in the site's time zone."""
    if one is None:
        return ""
    local = timezone.localtime(one)
    return f"{day(local.date())}, {local:%H:%M}"


def ago(one: date | None, on: date) -> str:
    """How long a day lies back or ahead: “3 days ago”, “today”, “in 2 days”."""
    if one is None:
        return ""
    days = (on - one).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("in %(days)d day", "in %(days)d days", -days) % {"days": -days}
    if days < 60:
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    months = round(days / 30.44)
    if months < 24:
        return ngettext("%(months)d month ago", "%(months)d months ago", months) % {"months": months}
    held = round(days / 365.25)
    return ngettext("%(years)d year ago", "%(years)d years ago", held) % {"years": held}


def when(one: date | None, on: date) -> str:
    """A day with how far it is: “3 days ago (18 Nov 2026)”."""
    return f"{ago(one, on)} ({day(one)})" if one else ""


def count(number: int) -> str:
    """“2,314” or “2314” as the language writes it."""
    return str(formats.number_format(number, use_l10n=True, force_grouping=True))


def period(one: Period) -> str:
    """“from 1 Jan 2022”, “1 Jul 2023 to 31 Dec 2025” (the last day included)."""
    last = one.end - timedelta(days=1) if one.end else None
    if one.start is None and last is None:
        return _("always")
    if last is None:
        return _("from %(day)s") % {"day": day(one.start)}
    if one.start is None:
        return _("until %(day)s") % {"day": day(last)}
    return _("%(first)s to %(last)s") % {"first": day(one.start), "last": day(last)}


def plan_words(key: str) -> str:
    """A plan's or an organization's name from its short key: `valley_oak` → “Valley Oak”."""
    return key.replace("_", " ").title() if key and key == key.lower() else key


def years(born: date | None, on: date) -> int | None:
    """Age in full years on a day."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
