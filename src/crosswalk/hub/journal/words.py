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
        "find person": _("found the person by a search"),
        "compare records": _("compared records of the person"),
        "say same": _("said that two records are the same person"),
        "say different": _("said that two records are different people"),
        "take answer back": _("took an answer about two records back"),
        "put off link": _("put a question about two records off"),
        "un-link record": _("un-linked a record from the person"),
        "restrict person": _("let only named workers see the person"),
        "lift restriction": _("let everybody with a basis see the person again"),
        "print who looked": _("opened this list"),
        "open organization": _("took an organization in"),
        "give access": _("let somebody in"),
        "end access": _("ended somebody’s access"),
        "end own session": _("signed a device of theirs out"),
        "open coverage": _("opened the person’s coverage by month"),
        "open coverage changes": _("saw on the list of coverage changes"),
        "send file": _("sent a file"),
        "send file again": _("sent a file that had come before"),
        "accept delivery": _("let a delivery in"),
        "reject delivery": _("rejected a delivery"),
        "read delivery again": _("had a delivery read again"),
        "claim source": _("took over a source of files"),
        "see problems": _("read what is wrong in a delivery"),
        "take sheet": _("took the sheet of a delivery’s problems"),
        "bring coverage": _("brought coverage in"),
        "bring run": _("brought the nightly run in"),
        "open demo": _("made the invented people of the demo"),
    }.get(verb, verb)
