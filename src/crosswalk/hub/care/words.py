"""How the ways and gaps of care are said, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosswalk.hub.referrals.models import Way

_MISSING = {
    "answer": _("the answer"),
    "introduction": _("the introduction"),
    "notice": _("the notice to the member"),
}


def missing_words(gap: str) -> str:
    """What a handoff still lacks."""
    return str(_MISSING[gap])


def way_words(way: str) -> str:
    """How somebody was introduced or told."""
    return str(Way(way).label) if way in Way.values else way
