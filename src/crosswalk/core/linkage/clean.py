"""One record cleaned by itself, by the rules by which whole files are cleaned: the second reading of `standardise`.

What the batch does to a million names in the column engine, the look-up of one person does here, value by value. A
test cleans the same records both ways and compares every column. Source: reference record-linkage §3.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from crosswalk.core.linkage.settings import LinkageSettings
from crosswalk.core.linkage.standardise import OLDEST, PARTICLE_WORDS, SUFFIX_WORDS, nicknames_of

_VANISHES = re.compile("['’`´.]")
_PARTS = re.compile(r"[^\W\d_]+")
_NOT_KNOWN = (8, 9, 99)


def letters(text: str) -> str:
    """A name in upper-case letters and single spaces; an apostrophe or a dot vanishes, a hyphen parts."""
    plain = "".join(
        one for one in unicodedata.normalize("NFD", text.upper()) if not unicodedata.combining(one)
    )
    return " ".join(_PARTS.findall(_VANISHES.sub("", plain)))


@dataclass(frozen=True)
class Cleaner:
    """Cleans single records under one policy. Hashed exports are not for it: their names cannot be searched."""

    settings: LinkageSettings

    @cached_property
    def _nicknames(self) -> dict[str, list[str]]:
        return nicknames_of(self.settings)

    def nicknames(self, first: str | None) -> list[str] | None:
        """Short forms of a clean first name, and what it may be short for; None where there are none."""
        return self._nicknames.get(first or "")

    @cached_property
    def _placeholders(self) -> dict[str, dict[str, bool]]:
        """Field → value → whether it stands for “not known” always (True) or only where the source says so."""
        found: dict[str, dict[str, bool]] = {"first": {}, "last": {}, "ssn": {}, "dob": {}}
        for row in self.settings.rows("placeholders.csv"):
            always = row["when"] == "always"
            found[row["field"]][row["value"]] = found[row["field"]].get(row["value"], False) or always
        return found

    def clean(self, raw: Mapping[str, Any], *, on: date) -> dict[str, Any]:
        """The clean columns of a raw record (columns of `sources.RAW`; those not given are missing)."""
        given: dict[str, Any] = dict.fromkeys(
            ("first", "middle", "last", "suffix", "name_quality", "ssn", "dob", "dob_quality", "sex")
        )
        given |= dict.fromkeys(("phone", "zip", "cin", "alias", "tradition")) | dict(raw)
        cleaned = {**self._names(given), **_numbers(given), "sex": given["sex"]}
        dob_unsure = given["dob_quality"] in _NOT_KNOWN
        born = given["dob"]
        good = (
            born is not None and OLDEST <= born <= on and not self._stands_for("dob", str(born), dob_unsure)
        )
        cleaned["dob"] = born if good else None
        cleaned["ssn"], cleaned["ssn4"] = self._ssn(given["ssn"])
        cleaned["two_surnames"] = given["tradition"] == "Hispanic"
        cleaned["nick"] = self.nicknames(cleaned["first"])
        return cleaned

    def _stands_for(self, field: str, value: str | None, unsure: bool) -> bool:
        """Whether a value only says that nothing is known."""
        when = self._placeholders[field].get(value or "")
        return when is not None and (when or unsure)

    def _names(self, given: Mapping[str, Any]) -> dict[str, Any]:
        unsure = given["name_quality"] in _NOT_KNOWN
        words = letters(given["first"] or "").split()
        compact_all = "".join(words)
        known = bool(words) and not (
            self._stands_for("first", words[0], unsure) or self._stands_for("first", compact_all, unsure)
        )
        middle = letters(given["middle"] or "").split()[:1]
        alias = letters(given["alias"] or "").split()[:1]
        last = letters(given["last"] or "").split()
        suffix = last.pop() if len(last) > 1 and last[-1] in SUFFIX_WORDS else None
        if suffix is None:
            apart = (given["suffix"] or "").strip(" .").upper()
            suffix = apart if apart in SUFFIX_WORDS else None
        compact = "".join(last) or None
        if self._stands_for("last", compact, unsure):
            compact, last = None, []
        surnames = [one for one in last if len(one) > 2 and one not in PARTICLE_WORDS]
        return {
            "first": words[0] if known else None,
            "first_c": compact_all if known else None,
            "middle": middle[0] if middle else None,
            "given": _given(words[1:], known, middle, alias),
            "last_c": compact,
            "tok1": surnames[0] if surnames else compact,
            "tok2": surnames[-1] if len(surnames) > 1 else None,
            "suffix": suffix,
        }

    def _ssn(self, text: str | None) -> tuple[str | None, str | None]:
        """The whole number where it is one that can be, and the last four where they are known."""
        signs = re.sub("[^0-9A-Z]", "", (text or "").upper())
        if re.fullmatch("[0-9]{9}", signs):
            bad = signs[:3] in ("000", "666") or signs >= "900000000" or signs[3:5] == "00"
            bad = bad or signs[5:] == "0000" or len(set(signs)) == 1 or self._stands_for("ssn", signs, False)
            if not bad:
                return signs, signs[5:]
        if re.fullmatch("[X0-9]{5}[0-9]{4}", signs) and "X" in signs and signs[5:] != "0000":
            return None, signs[5:]
        return None, None


def _given(more: list[str], known: bool, middle: list[str], alias: list[str]) -> list[str] | None:
    """Other given names on record: further first names, the middle name and an alias, each longer than an initial."""
    if more or alias:
        every = [*(more if known else []), *middle, *alias]
        return [one for one in dict.fromkeys(every) if len(one) > 1]
    return middle if middle and len(middle[0]) > 1 else None


def _numbers(given: Mapping[str, Any]) -> dict[str, Any]:
    digits = re.sub("[^0-9]", "", given["phone"] or "")
    area = (given["zip"] or "")[:5]
    cin = (given["cin"] or "").strip().upper()[:9]
    return {
        "phone": digits[-10:] if len(digits) >= 10 else None,
        "zip": area if re.fullmatch("[0-9]{5}", area) else None,
        "cin": cin if re.fullmatch("[0-9]{8}[A-Z]", cin) else None,
    }
