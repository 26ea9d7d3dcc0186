"""Reads the conditions of a layout (“only if Medicaid == 0”) and says them as SQL; nothing else can be expressed.

    either   := both ("or" both)*
    both     := single ("and" single)*
    single   := "(" either ")" | place "in" "(" number, … ")" | place ["not"] "null" | place sign side
    side     := number | place ["+" number "days"]
    place    := Column | Project.Column

Unknown stays unknown: a comparison with an empty value is SQL's null, and such a row is never accused.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"\s*(==|!=|<=|>=|<|>|\(|\)|,|\+|-?\d+|[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)?)")
_SIGNS = {"==": "=", "!=": "<>", "<=": "<=", ">=": ">=", "<": "<", ">": ">"}


class Condition:
    """One condition, read once: `.sql(place)` with `place` giving the SQL of a column, `.columns` what it needs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.columns: list[str] = []
        self._words = _words(text)
        self._at = 0
        self._tree = self._either()
        if self._at != len(self._words):
            raise ValueError(f"“{text}” goes on after its end: {self._words[self._at]}")

    def sql(self, place: Callable[[str], str]) -> str:
        """The condition as a SQL expression that is true, false or null."""
        return self._tree(place)

    def _next(self, *expected: str) -> str:
        word = self._words[self._at] if self._at < len(self._words) else ""
        if not word or (expected and word not in expected):
            raise ValueError(f"“{self.text}”: expected {' or '.join(expected) or 'more'}, found “{word}”")
        self._at += 1
        return word

    def _peek(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _either(self) -> Callable[[Callable[[str], str]], str]:
        return self._joined("or", self._both)

    def _both(self) -> Callable[[Callable[[str], str]], str]:
        return self._joined("and", self._single)

    def _joined(
        self, word: str, part: Callable[[], Callable[[Callable[[str], str]], str]]
    ) -> Callable[[Callable[[str], str]], str]:
        parts = [part()]
        while self._peek() == word:
            self._next()
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return lambda place: "(" + f" {word.upper()} ".join(one(place) for one in parts) + ")"

    def _single(self) -> Callable[[Callable[[str], str]], str]:
        if self._peek() == "(":
            self._next()
            inner = self._either()
            self._next(")")
            return inner
        name = self._place()
        word = self._next("in", "not", "null", *_SIGNS)
        if word == "in":
            numbers = self._numbers()
            return lambda place: f"{place(name)} IN ({', '.join(numbers)})"
        if word == "null":
            return lambda place: f"{place(name)} IS NULL"
        if word == "not":
            self._next("null")
            return lambda place: f"{place(name)} IS NOT NULL"
        side = self._side()
        return lambda place: f"{place(name)} {_SIGNS[word]} {side(place)}"

    def _numbers(self) -> list[str]:
        self._next("(")
        numbers = [self._whole()]
        while self._next(",", ")") == ",":
            numbers.append(self._whole())
        return numbers

    def _side(self) -> Callable[[Callable[[str], str]], str]:
        if re.fullmatch(r"-?\d+", self._peek()):
            number = self._whole()
            return lambda _place: number
        name = self._place()
        if self._peek() != "+":
            return lambda place: place(name)
        self._next()
        days = self._whole()
        self._next("days")
        return lambda place: f"{place(name)} + {days}"

    def _whole(self) -> str:
        word = self._next()
        if not re.fullmatch(r"-?\d+", word):
            raise ValueError(f"“{self.text}”: expected a number, found “{word}”")
        return str(int(word))

    def _place(self) -> str:
        name = self._next()
        if not name[0].isalpha():
            raise ValueError(f"“{self.text}”: expected a column, found “{name}”")
        self.columns.append(name)
        return name


def _words(text: str) -> list[str]:
    words, at = [], 0
    while text[at:].strip():
        found = _WORD.match(text, at)
        if not found:
            raise ValueError(f"“{text}” cannot be read from “{text[at:]}” on")
        words.append(found.group(1))
        at = found.end()
    return words
