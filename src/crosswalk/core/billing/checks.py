"""What every claim, invoice and request needs before it may be written; and names as a plan's system takes them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from crosswalk.core.basics import Refused
from crosswalk.core.basics.identifiers import read_cin
from crosswalk.core.billing.services import Home, Member, Provider
from crosswalk.core.formats.x12.records import Address

_NPI_PREFIX = "80840"  # what card numbers of health care begin with: part of the check digit
_UNSPELLED = str.maketrans(
    {"ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "’": "'", "–": "-"}
)


def written(text: str) -> str:
    """A name as X12's basic letters allow it: capitals, no accents, one blank between words. PEÑA becomes PENA."""
    bare = unicodedata.normalize("NFKD", text.translate(_UNSPELLED))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.sub(r"\s+", " ", bare).strip().upper()


def amount(value: Decimal) -> Decimal:
    """An amount in its shortest form: 410.00 becomes 410."""
    whole = value.normalize()
    return whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole


def is_npi(text: str) -> bool:
    """Whether the 10 digits of a National Provider Identifier hold together (its last digit checks the others)."""
    if not re.fullmatch(r"[0-9]{10}", text):
        return False
    digits = [int(digit) for digit in _NPI_PREFIX + text]
    doubled = [digit * 2 - 9 * (digit > 4) if at % 2 else digit for at, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def cin_of(member: Member, place: str) -> str:
    """The member's CIN; Refused when it is none, for nothing is paid then."""
    number = read_cin(member.cin).value
    if number is None:
        raise Refused(
            "This is not a Client Index Number.", fix="8 digits and a letter, not the Social Security number.",
            place=f"{place}.member.cin", code="billing.cin",
        )  # fmt: skip
    if not member.last_name.strip():
        raise Refused(
            "The member's last name is missing.", place=f"{place}.member.last_name", code="billing.missing"
        )
    return number


def check_provider(provider: Provider, place: str, *, bills: bool) -> None:
    """Refuse a provider who cannot be named in a claim."""
    if not is_npi(provider.npi):
        raise Refused(
            "This is not a National Provider Identifier: its check digit does not fit.",
            fix="Copy the 10 digits again.", place=f"{place}.npi", code="billing.npi",
        )  # fmt: skip
    if bills and not re.fullmatch(r"[0-9]{9}", provider.tax_id):
        raise Refused("The tax number has 9 digits.", place=f"{place}.tax_id", code="billing.tax_id")
    if bills and (provider.home is None or not provider.home.street or not provider.home.zip):
        raise Refused(
            "The billing provider's address is missing.", fix="Street (no post box), city, state and 9-digit ZIP.",
            place=f"{place}.home", code="billing.missing",
        )  # fmt: skip


def diagnosis(text: str, place: str) -> str:
    """An ICD-10-CM code without its dot, as X12 writes it."""
    code = text.replace(".", "").strip().upper()
    if not re.fullmatch(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}", code):
        raise Refused(
            "This is not an ICD-10-CM code.",
            fix="Such as Z59.02.",
            place=f"{place}.diagnoses",
            code="billing.diagnosis",
        )
    return code


def address(home: Home | None) -> Address | None:
    """Street, city, state and ZIP (digits only) as a claim writes them."""
    if home is None or not (home.street or home.city or home.zip):
        return None
    street = (written(home.street),) if home.street else ()
    return Address(street, written(home.city), home.state.upper(), re.sub(r"\D", "", home.zip))
