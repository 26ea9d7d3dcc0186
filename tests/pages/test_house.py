"""The laws of the hub that only its models can tell: keys point upstream, columns have a class, pages are escaped."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.hub


def test_foreign_keys_point_to_earlier_rooms(hub_site: Any) -> None:
    from django.apps import apps
    from django.conf import settings

    order = {room: place for place, room in enumerate(settings.ROOMS)}
    wrong = [
        f"{model._meta.label} → {other._meta.label}"
        for model in apps.get_models()
        if (mine := order.get(model._meta.app_label)) is not None
        for column in model._meta.fields
        if column.related_model is not None
        for other in [column.related_model]
        if order.get(other._meta.app_label, -1) > mine
    ]
    assert not wrong


def test_every_column_about_people_has_a_class(hub_site: Any) -> None:
    from django.apps import apps

    from crosswalk.hub.finding.models import Kept
    from crosswalk.hub.pages.classes import classes_of
    from crosswalk.hub.people.models import Walled

    walled = [model for model in apps.get_models() if issubclass(model, Walled | Kept)]
    assert len(walled) >= 8
    for model in walled:
        assert set(classes_of(model)) == set(model.CLASSES)


def test_models_and_migrations_agree(hub_site: Any) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_templates_escape_and_do_not_pass_over_what_is_missing(hub_site: Any) -> None:
    from django.template import engines
    from jinja2 import StrictUndefined, UndefinedError

    world = engines["jinja2"].env
    assert world.autoescape is True
    assert world.undefined is StrictUndefined
    assert world.from_string("{{ one }}").render(one="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        world.from_string("{{ misspelled }}").render()


def test_a_wrong_setting_is_refused_in_words(hub_site: Any, monkeypatch: Any) -> None:
    from crosswalk.core.basics import Refused
    from crosswalk.hub.site.config import site

    monkeypatch.setenv("CROSSWALK_IDLE_MINUTES", "0")
    site.cache_clear()
    try:
        with pytest.raises(Refused, match="CROSSWALK_IDLE_MINUTES"):
            site()
    finally:
        monkeypatch.undo()
        site.cache_clear()
