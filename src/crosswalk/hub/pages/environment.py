"""The Jinja environment of every page: addresses, files, translations, and how values are said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from crosswalk.hub.pages import policy, words

#: What later rooms let templates say, by name; added when a room is opened (`apps.py`).
_SAYINGS: dict[str, Callable[..., Any]] = {}


def add(**sayings: Callable[..., Any]) -> None:
    """Let templates use a room's own words as filters: `{{ one.role|role }}`."""
    _SAYINGS.update(sayings)


def environment(**options: Any) -> Environment:
    """Strict: a name that a template misspells is an error, and everything is escaped."""
    options["undefined"] = StrictUndefined
    options["extensions"] = ["jinja2.ext.i18n", "jinja2.ext.do"]
    options["trim_blocks"] = options["lstrip_blocks"] = True
    world = Environment(**options)
    world.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    world.globals.update(
        url=reverse_named,
        static=static,
        said=get_messages,
        language=translation.get_language,
        own_translation=policy.own_translation,
    )
    world.filters.update(
        day=words.day,
        month_name=words.month,
        when=words.when,
        ago=words.ago,
        count=words.count,
        years=words.years,
        moment=words.moment,
        period=words.period,
        spoken=policy.said,
        plainly=policy.plainly,
        plan=words.plan_words,
    )
    world.filters.update(_SAYINGS)
    return world


def reverse_named(name: str, *args: Any, **named: Any) -> str:
    """The address of a page by its name: url("person", id)."""
    return reverse(name, args=args or None, kwargs=named or None)
