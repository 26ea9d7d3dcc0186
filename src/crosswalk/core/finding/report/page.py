"""The page: one HTML file with its style, script and type inside; it opens no connection to anywhere."""

from __future__ import annotations

import base64
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from crosswalk.core.finding.report.shown import Contents

_HERE = Path(__file__).parent

#: A status is always a word, a shape and a colour; this is the word.
STATUS = {"met": "Likely eligible", "unknown": "Cannot tell yet", "not_met": "Not by what is known"}
IN_HAND = {
    "nothing": "Nothing in hand",
    "requested": "Asked for",
    "approved": "Approved, not started",
    "served": "Served",
}
#: How a mark of confidence is said beside a sentence; verified needs none.
MARKS = {"plan": "one plan's text", "secondary": "second-hand source", "unverified": "unverified"}
NOTICE = {
    "choice": "Either or",
    "discretion": "Plan may decide",
    "stays": "Keeps it",
    "fit": "Fits",
    "companion": "Goes with it",
}


def render(contents: Contents) -> str:
    """The whole report as the text of one HTML file."""
    return _template().render(
        c=contents,
        style=Markup((_HERE / "style.css").read_text(encoding="utf-8")),
        script=Markup((_HERE / "filters.js").read_text(encoding="utf-8")),
        font=base64.b64encode((_HERE / "type" / "public-sans.woff2").read_bytes()).decode(),
        STATUS=STATUS,
        IN_HAND=IN_HAND,
        MARKS=MARKS,
        NOTICE=NOTICE,
    )


@cache
def _template() -> Template:
    world = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    world.filters.update(day=day_in_words, count=count_in_words, share=share_in_words)
    return world.get_template("page.html.jinja")


def day_in_words(day: date | None) -> str:
    """“18 Nov 2026”."""
    return f"{day.day} {day:%b %Y}" if day else ""


def count_in_words(number: int) -> str:
    """“2,314”."""
    return f"{number:,}"


def share_in_words(low: float | None, high: float | None) -> str:
    """An interval of shares, never one bare percentage: “12 % to 39 %”."""
    if low is None or high is None:
        return "nobody to count yet"
    if high == 0:
        return "nobody yet"
    ends = (_percent(low), _percent(high))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{100 * share:.0f} %"
