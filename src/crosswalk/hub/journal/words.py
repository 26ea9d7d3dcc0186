"""How the verbs of the journal are said to people."""

from __future__ import annotations

from django.utils.translation import gettext as _


def deed(verb: str) -> str:
    """What an entry says somebody did; a verb that is not listed is said as it is kept."""
    return {
        "open the day": _("saw on the list of the day"),
        "open list": _("saw on a work list"),
        "open lost": _("saw on the list of those no longer on it"),
        "open chosen": _("chose on a work list"),
        "take list along": _("took a list along as a sheet"),
        "take on": _("took persons on"),
        "give to colleague": _("gave persons to a colleague"),
        "let go": _("let persons go"),
        "set aside": _("set persons aside"),
        "put back": _("put persons back on the list"),
        "undo": _("took an act back"),
        "keep view": _("kept a view of a list"),
        "let view go": _("let a kept view go"),
        "open person": _("opened the person’s page"),
        "open why": _("opened the reasons of one program"),
        "print who looked": _("opened this list"),
        "open organization": _("took an organization in"),
        "give access": _("let somebody in"),
        "end access": _("ended somebody’s access"),
        "end own session": _("signed a device of theirs out"),
        "bring run": _("brought the nightly run in"),
        "open demo": _("made the invented people of the demo"),
    }.get(verb, verb)
