"""The policy's sentences in another language, found by the English sentence itself.

The file `words/reasons/<language>.yaml` pairs each sentence with its translation. A sentence that was changed finds
none, and is shown in English until somebody translates it anew. Nothing here is read by a command that speaks
English only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crosswalk.core.basics import Refused
from crosswalk.core.policy.folder import Policy
from crosswalk.core.policy.yaml_text import read_yaml

#: Where the pairs lie, one file a language.
FOLDER = "words/reasons/"

#: What may stand in a blank of a phrase: `{n}` a number or a day, `{w}` codes and names in a row, `{}` anything.
_BLANKS = {"{n}": r"([0-9][0-9.,-]*)", "{w}": r"([^ ]+(?:(?:, | or )[^ ]+)*)", "{}": r"(.+)"}
#: The parts of the file that hold whole sentences: those of the policy, and those of records that show a fact.
_SENTENCES = ("sentences", "records")
_NUMBER = re.compile(r"\d+")
_BLANK = re.compile(r"\{[nw]?\}")
#: So deep phrases may stand in each other.
_DEEP = 10


@dataclass(frozen=True)
class Phrase:
    """A sentence with blanks, such as “{n} or more”; what stands in a blank is translated in its turn."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Translations:
    """Everything the policy says in one language; `language` is its code, `reviewed` whether a native read it."""

    language: str
    reviewed: bool
    sentences: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    _found: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def of(self, english: str) -> str:
        """The translation of a sentence; empty where there is none."""
        if english not in self._found:
            self._found[english] = self._of(english, _DEEP)
        return self._found[english]

    def __call__(self, english: str) -> str:
        """The sentence in this language, or the English one where there is no translation."""
        return self.of(english) or english

    def _of(self, english: str, deep: int) -> str:
        known = self.sentences.get(english, "")
        if known or not deep:
            return known
        for phrase in self.phrases:
            if match := phrase.pattern.fullmatch(english):
                filled = [self._of(part, deep - 1) or part for part in match.groups()]
                return "".join(_woven(phrase.words, filled))
        return ""


def _woven(words: tuple[str, ...], filled: list[str]) -> Iterator[str]:
    yield words[0]
    for said, after in zip(filled, words[1:], strict=True):
        yield said
        yield after


def translations(policy: Policy, language: str) -> Translations:
    """What the policy says in a language; a site's own file lies over the shipped one sentence by sentence.

    Raises Refused when the language has no file, or the file cannot be used.
    """
    relative = f"{FOLDER}{language}.yaml"
    policy.path(relative)
    sentences: dict[str, str] = {}
    phrases: dict[str, str] = {}
    reviewed = False
    for path in (policy.shipped_files.get(relative), policy.local_files.get(relative)):
        if path is not None:
            content = read_yaml(path, relative)
            reviewed = content.get("reviewed") is True
            for part in _SENTENCES:
                sentences |= _pairs(content, part, language, relative)
            # A site's phrases are tried before those that ship; the first that fits counts.
            phrases = _pairs(content, "phrases", language, relative) | phrases
    return Translations(language, reviewed, sentences, tuple(_phrase(*pair) for pair in phrases.items()))


def _pairs(content: Any, part: str, language: str, file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in content.get(part, []):
        english, other = entry.get("en"), entry.get(language)
        place = f"{file}:{getattr(entry, 'line', 1)}"
        if not (isinstance(english, str) and isinstance(other, str) and english and other):
            raise Refused(
                "An entry must give a text in both languages.",
                fix=f"Write “en:” and “{language}:”, in quotes where a text holds a colon or is yes or no.",
                place=place,
            )
        if english in found:
            raise Refused(f"“{english}” is translated twice.", fix="Keep one of the two.", place=place)
        if _BLANK.findall(english) != _BLANK.findall(other):
            raise Refused(f"The blanks of “{english}” are not those of its translation.",
                          fix="Keep them, in the same order.", place=place)  # fmt: skip
        if Counter(_NUMBER.findall(english)) != Counter(_NUMBER.findall(other)):
            raise Refused(f"The numbers of “{english}” are not those of its translation.",
                          fix="Write the same numbers in figures.", place=place)  # fmt: skip
        found[english] = other
    return found


def _phrase(english: str, other: str) -> Phrase:
    parts = _BLANK.split(english)
    blanks = _BLANK.findall(english)
    pattern = re.escape(parts[0]) + "".join(
        _BLANKS[blank] + re.escape(part) for blank, part in zip(blanks, parts[1:], strict=True)
    )
    return Phrase(re.compile(pattern), tuple(_BLANK.split(other)))
