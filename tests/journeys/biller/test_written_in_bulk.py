"""Hundreds of everything that we write: our own check and another reader, where it has a map, both accept all of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.formats.x12 import records as told
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.writing import write

Run = Callable[..., Any]
EXCHANGE = Path(__file__).parents[2] / "exchange" / "x12"
OWN = Path("x12") / "samples" / "own-written"
MANY = 100
NAMES = ("GARCIA", "VANG", "O'NEIL", "DE LA CRUZ", "TRAN", "SINGH-KAUR", "LEE")


def _checked(crosswalk: Run, path: Path) -> dict[str, Any]:
    """The summary of our own check."""
    return dict(crosswalk("x12", "check", path, "--json").summary)


def _accepted(crosswalk: Run, path: Path) -> dict[str, Any]:
    """The summary of our check, after pyx12 too has accepted the file (its 4.0 has no map of a 270 or a 278)."""
    pytest.importorskip("pyx12", reason="the other reader is not installed")
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    with path.open(encoding="ascii") as source:
        assert x12n_document(ParamsBase(), source, None, None), f"pyx12 refuses the {path.suffix} file"
    return _checked(crosswalk, path)


def _json(name: str) -> Any:
    return json.loads((EXCHANGE / name).read_text(encoding="utf-8"))


def _written(crosswalk: Run, folder: Path, kind: str, value: Any) -> Path:
    source, out = folder / f"{kind}.json", folder / f"written.{kind}"
    source.write_text(json.dumps(value), encoding="utf-8")
    said = crosswalk("x12", "write", kind, source, "--out", out)
    assert said.code == 0, said.err
    return out


def _member(member: dict[str, Any], number: int) -> dict[str, Any]:
    return {**member, "cin": f"{90000000 + number}A", "last_name": NAMES[number % len(NAMES)]}


def test_claims_of_many_members(crosswalk: Run, tmp_path: Path) -> None:
    bill = _json("services.json")
    bill["services"] = [
        {
            **service, "claim": f"{service['claim']}-{n}", "line": f"{service.get('line', 'L')}-{n}",
            "charge": f"{Decimal(service['charge']) + n}.00" if "." not in service["charge"]
            else f"{Decimal(service['charge']) + n}", "member": _member(service["member"], n),
        }
        for n in range(MANY)
        for service in bill["services"]
    ]  # fmt: skip
    summary = _accepted(crosswalk, _written(crosswalk, tmp_path, "837p", bill))
    assert (summary["verdict"], summary["claims"], summary["service_lines"]) == ("accept", 3 * MANY, 4 * MANY)


def test_questions_of_coverage_of_many_members(crosswalk: Run, tmp_path: Path) -> None:
    asking = _json("questions.json") | {"at_most": 99}
    questions = asking["questions"]
    asking["questions"] = [
        {**questions[n % len(questions)], "member": _member(questions[n % len(questions)]["member"], n)}
        for n in range(2 * MANY)
    ]
    summary = _checked(crosswalk, _written(crosswalk, tmp_path, "270", asking))
    assert (summary["verdict"], summary["transactions"]) == ("accept", 3)


def test_requests_for_many_authorizations(crosswalk: Run, tmp_path: Path) -> None:
    asking = _json("wishes.json")
    wish = asking["wishes"][0]
    asking["wishes"] = [
        {**wish, "trace": f"AUTHREQ{n:05d}", "units": str(n % 12 + 1), "member": _member(wish["member"], n)}
        for n in range(MANY)
    ]
    summary = _checked(crosswalk, _written(crosswalk, tmp_path, "278", asking))
    assert (summary["verdict"], summary["transactions"]) == ("accept", MANY)


def _more_members(records: list[Any]) -> list[Any]:
    members = [one for one in records if isinstance(one, told.Member)]
    others = [replace(members[n % len(members)], number=f"{90000000 + n}A") for n in range(2 * MANY)]
    return _replaced(records, told.Member, others)


def _more_claims(records: list[Any]) -> list[Any]:
    claims = [one for one in records if isinstance(one, told.PaidClaim)]
    others = [replace(claims[n % len(claims)], id=f"PCN{n:06d}") for n in range(len(claims) * MANY)]
    outside = sum(
        (one.amount or 0 for one in records if isinstance(one, told.ProviderAdjustment)), Decimal(0)
    )
    total = sum((one.paid or 0 for one in others), Decimal(0)) - outside
    return [
        replace(one, total=total) if isinstance(one, told.Remittance) else one
        for one in _replaced(records, told.PaidClaim, others)
    ]


def _more_premiums(records: list[Any]) -> list[Any]:
    lines = [one for one in records if isinstance(one, told.PremiumLine)]
    others = [
        replace(lines[n % len(lines)], entity=(str(n + 1), *lines[n % len(lines)].entity[1:]))
        for n in range(len(lines) * MANY)
    ]
    total = sum((one.paid or 0 for one in others), Decimal(0))
    return [
        replace(one, total=total) if isinstance(one, told.PremiumPayment) else one
        for one in _replaced(records, told.PremiumLine, others)
    ]


def _replaced(records: list[Any], kind: type, others: list[Any]) -> list[Any]:
    """The records with others in the place of those of a kind; the trailers are counted anew."""
    first = next(at for at, one in enumerate(records) if isinstance(one, kind))
    rest = [one for one in records[first:] if not isinstance(one, kind)]
    again = [*records[:first], *others, *rest]
    return [replace(one, count="") if isinstance(one, told.SetEnd) else one for one in again]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("834_audit_full_file.edi", _more_members),
        ("835_reversal_correction_denial_plb.edi", _more_claims),
        ("820_premium_simple.edi", _more_premiums),
    ],
)
def test_files_of_many_members_claims_and_premiums(
    crosswalk: Run, tmp_path: Path, shared: Path, name: str, more: Callable[[list[Any]], list[Any]]
) -> None:
    records = list(Reading(io.BytesIO((shared / OWN / name).read_bytes())))
    path = tmp_path / f"written.{name[:3]}"
    with path.open("wb") as file:
        write(more(records), file)
    assert _accepted(crosswalk, path)["verdict"].startswith("accept")


@pytest.mark.shared
def test_acknowledgements_of_every_kind_of_verdict(crosswalk: Run, tmp_path: Path, shared: Path) -> None:
    answered = 0
    for path in sorted((shared / "x12" / "samples" / "mutated").glob("*.edi")):
        folder = tmp_path / path.stem
        crosswalk("x12", "check", path, "--ack", folder)
        for answer in folder.glob("999*"):
            _accepted(crosswalk, answer)
            answered += 1
    assert answered >= 5
