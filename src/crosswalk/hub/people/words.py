"""How moments of a time line and sources are said: HUD's and the neutral files' codes in words."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from crosswalk.core.facts import catalogue
from crosswalk.core.policy import shipped_folder
from crosswalk.hub.access import acts
from crosswalk.hub.access.queries import HERE
from crosswalk.hub.pages.policy import plainly
from crosswalk.hub.pages.words import plan_words

if TYPE_CHECKING:
    from crosswalk.hub.access.viewer import Viewer
    from crosswalk.hub.people.models import Moment


#: What happened, by kind of event.
_KINDS = {
    "ed_visit": _("Emergency visit"),
    "inpatient_stay": _("Hospital stay"),
    "snf_stay": _("Nursing facility stay"),
    "diagnosis": _("Diagnosis"),
    "custody_release": _("Release from custody"),
    "pregnancy": _("Pregnancy"),
    "foster_care": _("Foster care"),
    "program": _("In a program"),
    "level_of_care": _("Level of care"),
    "authorization": _("Authorization"),
    "enrollment": _("Enrolled"),
    "outreach": _("Outreach"),
    "attestation": _("Told by a worker"),
}


@cache
def _labels(name: str) -> dict[str, str]:
    """The labels of one of HUD's lists, by code."""
    with (shipped_folder() / "codes" / "hmis_lists.csv").open(encoding="utf-8") as handle:
        return {row["code"]: row["label"] for row in csv.DictReader(handle) if row["name"] == name}


def spoken_code(language: str) -> str:
    """The code of a person's language among those that questions are written in: `es`, else `en`."""
    return "es" if language.casefold()[:4] in ("span", "espa", "es", "spa") else "en"


def may_find(viewer: Viewer) -> str:
    """The basis on which somebody may search for persons; empty where they may not, and no search is shown."""
    return acts.find_person(viewer).basis


def source_words(source: str) -> str:
    """Where something comes from: “HMIS”, “Sequoia”."""
    kind, _colon, name = source.partition(":")
    if kind == HERE:
        return str(_("Written down here"))
    return "HMIS" if kind == "hmis" else plan_words(name)


def happening(one: Moment) -> str:
    """One moment in words."""
    place = f": {plan_words(one.place)}" if one.place else ""
    if one.kind == "stay":
        kind = plainly(_labels("ProjectType").get(one.code, ""))
        return f"{kind or _('Project')}{place}"
    if one.kind == "living_situation":
        where = plainly(_labels("LivingSituation").get(one.code, one.code))
        return _("Living situation told: %(where)s") % {"where": where} + place
    words = _KINDS.get(one.kind)
    said = str(words) if words else one.kind.replace("_", " ")
    asked = catalogue().get(one.code) if one.kind == "attestation" else None
    detail = (
        f"{plainly(asked.question)} {plainly(one.value)}"
        if asked
        else ", ".join(
            plan_words(part.replace("_", " "))
            if one.kind == "enrollment"
            else plainly(part).replace("_", " ")
            for part in (one.code, one.value)
            if part
        )
    )
    return f"{said}{': ' if detail else ''}{detail}{' · ' + one.place if one.place else ''}"
