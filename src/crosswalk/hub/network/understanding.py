"""What rows of an HSDS directory mean for the network: ids, counties, kinds, hours. Nothing is written."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime

from django.utils import timezone

from crosswalk.core.formats.hsds import Directory
from crosswalk.core.formats.hsds.directory import Row
from crosswalk.hub.network.kinds import Mode
from crosswalk.hub.network.models import Site
from crosswalk.hub.network.telling import MIDNIGHT, TAXONOMY
from crosswalk.hub.network.words import counties, programs

#: ZIP codes of California.
ZIPS = re.compile(r"\b9[0-6]\d{3}\b")
_FIX = "Mend it at the source and send the file again."
_ROOT = uuid.UUID("0f9a6a3e-7f06-4a52-9f43-5d2c8a4be6a7")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def uid_of(id: str) -> uuid.UUID:
    """The id as it is, or, where it is no UUID, one that is made of it and stays the same."""
    try:
        return uuid.UUID(id)
    except ValueError:
        return uuid.uuid5(_ROOT, id)


def tell(
    directory: Directory, table: str, id: str, column: str, sentence: str, severity: str = "error"
) -> None:
    """Note what keeps a row, or a part of it, out of the network."""
    directory.tell(directory.places[table, id], column, "not_brought", severity, sentence, _FIX)


def counties_in(text: str, on: date) -> list[str]:
    """The codes of the counties that a text names: “Tulare County”."""
    return [code for code, name in counties(on).items() if re.search(rf"\b{re.escape(name)} County\b", text)]


def terms_of(directory: Directory, service: str) -> list[Row]:
    """The terms of any taxonomy that hang on a service."""
    hung = directory.of("attribute", "link_id", service)
    terms = directory.rows["taxonomy_term"]
    return [terms[one["taxonomy_term_id"]] for one in hung if one.get("taxonomy_term_id") in terms]


def codes_told(terms: list[Row], kind: str) -> list[str]:
    """What our own vocabulary says of one kind: `mode:street` → `street`."""
    own = [one["code"] for one in terms if one.get("taxonomy") == TAXONOMY and ":" in one.get("code", "")]
    return sorted(code.partition(":")[2] for code in own if code.startswith(f"{kind}:"))


def program_of(directory: Directory, row: Row, terms: list[Row], on: date) -> str:
    """Which service of the policy's list it is: by our own term, else by an Open Eligibility code, else “other”."""
    known = programs(on)
    told = next((code for code in codes_told(terms, "program") if code in known), "")
    codes = {one.get("code") for one in terms if "open eligibility" in one.get("taxonomy", "").lower()}
    # Community Supports and ECM are contracts with plans; a general directory cannot say that it is one.
    outside = {code: one for code, one in known.items() if "." not in code and code not in ("ecm", "chw")}
    by_code = next(
        (code for code, one in outside.items() if one["open_eligibility"] in codes - {None, ""}), ""
    )
    if not told and not by_code:
        tell(
            directory, "service", row["id"], "", "Nothing tells which kind of service it is; kept as “other”.",
            "warning",
        )  # fmt: skip
    return told or by_code or "other"


def modes_of(places: list[Site | None]) -> list[str]:
    """How people are reached, by where the service is given."""
    found = {str(Mode.REMOTE) if one is None else str(Mode.SITE) for one in places}
    return sorted(found)


def hours_of(directory: Directory, service: str) -> list[list[str]]:
    """The weekly hours, in the order of the week."""
    found = set()
    for row in directory.of("schedule", "service_id", service):
        opens, closes = row.get("opens_at", "")[:5], row.get("closes_at", "")[:5]
        if row.get("freq") == "WEEKLY" and opens and closes:
            for day in row.get("byday", "").split(","):
                if day.strip() in _DAYS:
                    found.add((day.strip(), opens, "24:00" if closes == MIDNIGHT else closes))
    return [list(one) for one in sorted(found, key=lambda one: (_DAYS.index(one[0]), one[1]))]


def moment_of(text: str) -> datetime | None:
    """A moment, in the site's time zone where it names none; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)
