"""The four signs that separate an X12 file's parts, taken from the file itself and never assumed."""

from __future__ import annotations

import re
from typing import NamedTuple

#: What a file without a readable ISA most often uses.
ISA_ELEMENTS = 16
ISA_LENGTH = 106


class Delimiters(NamedTuple):
    """The signs between elements, between the components of one element, between repetitions, after segments."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    terminator: str = "~"


class Opening(NamedTuple):
    """What the first segment of a file says: its delimiters, and whether it is an ISA of the right length."""

    delimiters: Delimiters
    is_isa: bool
    length_right: bool


def opening(text: str) -> Opening | None:
    """Read the delimiters at the head of `text` (400 characters are enough); None when nothing looks like X12.

    An ISA has fixed places (element sign: 4th byte, component sign: 105th, terminator: 106th), but files whose
    ISA fields were trimmed are common, so the places are found by counting 16 elements.
    """
    if text.startswith("ISA") and len(text) > 3 and not text[3].isalnum():
        return _isa(text)
    guessed = re.match(r"(?:GS|ST|BHT|BPR|TRN|TA1|REF|N1|HL|CLM)([^A-Za-z0-9\s])", text)
    if guessed is None:
        return None
    element = guessed.group(1)
    terminator = next((sign for sign in "~\n\r" if sign in text), "~")
    return Opening(Delimiters(element=element, terminator=terminator), False, False)


def _isa(text: str) -> Opening | None:
    element = text[3]
    parts = text[:400].split(element, ISA_ELEMENTS)
    if len(parts) <= ISA_ELEMENTS or len(parts[ISA_ELEMENTS]) < 2:
        return None
    component, terminator = parts[ISA_ELEMENTS][0], parts[ISA_ELEMENTS][1]
    if len({element, component, terminator}) < 3 or any(
        s.isalnum() or s == " " for s in (component, terminator)
    ):
        return None
    if terminator == "\r" and parts[ISA_ELEMENTS][2:3] == "\n":
        terminator = "\n"
    repetition = parts[11]
    if len(repetition) != 1 or repetition.isalnum() or repetition in (element, component, terminator, " "):
        repetition = "" if repetition != "^" else "^"
    length = sum(len(part) + 1 for part in parts[:ISA_ELEMENTS]) + 2
    return Opening(Delimiters(element, component, repetition, terminator), True, length == ISA_LENGTH)
