"""Numbers that name a person to Medi-Cal or Social Security: what they look like and how damaged ones are read.

A Medi-Cal Client Index Number (CIN) is 8 digits and a letter. The Benefits Identification Card carries
14 characters: the CIN, a check digit and a 4-digit issue date (community-supports-and-billing.md §1.8, read from
code and companion guides, [unverified] against a DHCS primary source). The patterns are public because the
column engine applies the same ones to millions of rows.
"""

from __future__ import annotations

import re
from typing import NamedTuple

CIN = r"[0-9]{8}[A-Z]"
#: CIN + check digit + issue date, as printed on the card [unverified].
BIC = r"[0-9]{8}[A-Z][0-9]{5}"
#: The letter O typed where only a digit can stand.
CIN_WITH_LETTER_O = r"[0-9O]{8}[A-Z]"
#: What a spreadsheet makes of a CIN that looked like a number: the letter or leading zeros are gone.
CIN_AS_NUMBER = r"[0-9]+([.][0-9]*)?(E[+]?[0-9]+)?"
#: A Medicare Beneficiary Identifier: 11 characters, never a CIN.
MEDICARE_NUMBER = r"[1-9][A-Z][A-Z0-9][0-9][A-Z][A-Z0-9][0-9][A-Z]{2}[0-9]{2}"

SSN = r"[0-9]{9}"
#: Last four digits, the others hidden: `xxxxx1234`, `***-**-1234` without its dashes, or only `1234`.
SSN_LAST_FOUR = r"(?:[Xx*#]{5})?([0-9]{4})"
NPI = r"[0-9]{10}"


class Reading(NamedTuple):
    """A value that can be used, or None; and a remark when it was not written as it should be.

    Remarks: `from_bic`, `letter_o` (value usable); `number`, `medicare_number`, `shape` (value is None).
    """

    value: str | None
    remark: str | None


def read_cin(text: str) -> Reading:
    """A CIN as plans write it: spaces and dashes dropped, upper case; from a 14-character card number the first 9."""
    written = re.sub(r"[ -]", "", text).upper()
    if re.fullmatch(CIN, written):
        return Reading(written, None)
    if re.fullmatch(BIC, written):
        return Reading(written[:9], "from_bic")
    if re.fullmatch(CIN_WITH_LETTER_O, written):
        return Reading(written[:8].replace("O", "0") + written[8], "letter_o")
    if re.fullmatch(CIN_AS_NUMBER, written):
        return Reading(None, "number")
    if re.fullmatch(MEDICARE_NUMBER, written):
        return Reading(None, "medicare_number")
    return Reading(None, "shape")


def read_ssn(text: str) -> Reading:
    """A Social Security number as 9 digits, or `xxxxx1234` when only the last four are known."""
    written = re.sub(r"[ -]", "", text)
    if re.fullmatch(SSN, written):
        return Reading(written, None)
    if last_four := re.fullmatch(SSN_LAST_FOUR, written):
        return Reading("xxxxx" + last_four.group(1), None)
    return Reading(None, "shape")
