"""The policy as of a day, read once: it ships with the code, and reading it costs a tenth of a second.

Its sentences are said in the language of the page; one that nobody translated stays English and says so to a
screen reader.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from markupsafe import Markup

from crosswalk.core.policy import Edition, Policy, load, shipped_folder
from crosswalk.core.policy.translations import Translations, translations
from crosswalk.core.rules import Rule, prose, sentence


@lru_cache(maxsize=1)
def _policy() -> Policy:
    return load(shipped_folder())


@lru_cache(maxsize=8)
def edition(on: date) -> Edition:
    """Everything that is in force on a day."""
    return _policy().as_of(on)


@lru_cache(maxsize=4)
def _translated(language: str) -> Translations:
    return translations(_policy(), language)


def language() -> str:
    """The language of the page, without its region: `es`."""
    return (get_language() or "en").partition("-")[0]


def in_words() -> Translations | None:
    """The policy in the language of the page; None where that is English."""
    return None if language() == "en" else _translated(language())


def plainly(english: str) -> str:
    """A sentence of the policy in the language of the page, as a plain text."""
    told = in_words()
    return told(english) if told else english


def said(english: str) -> Markup:
    """A sentence of the policy in the language of the page; what has no translation is marked as English."""
    told = in_words()
    if told is None or not english:
        return Markup.escape(english)
    other = told.of(english)
    if other or " " not in english:  # a number or a code is of no language
        return Markup.escape(other or english)
    return Markup('<span lang="en">{}</span>').format(english)


def whole(rule: Rule) -> tuple[str, str]:
    """A rule in prose, and the language of it: English where any sentence of it has no translation."""
    told = in_words()
    if told is None or not all(told.of(sentence(part)) for part in rule.walk()):
        return prose(rule, pages=True), "en"
    return prose(rule, pages=True, words=told), told.language


def own_translation() -> bool:
    """Whether the page says sentences of the policy in a translation that nobody from the field has read yet."""
    told = in_words()
    return told is not None and not told.reviewed
