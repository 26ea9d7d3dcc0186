"""`crosswalk x12 write`: a file to send, from JSON: records of any transaction, or our own services and questions."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import AsJson, LocalPolicy, made, say, the_file, the_policy
from crosswalk.core.basics import Refused

KindOfFile = Annotated[
    str, typer.Argument(help="837p 835 834 270 271 276 277 277ca 278 820 999, or invoice.", metavar="KIND")
]
From = Annotated[Path, typer.Argument(help="What to write, as JSON.", metavar="FROM.json")]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write (invoice: .csv, .xlsx or .html).")]
Layout = Annotated[str, typer.Option("--layout", help="For an invoice: its layout under layouts/invoices/.")]
Replacement = Annotated[
    str | None,
    typer.Option("--replace-signs", help="What stands for a separating sign inside data (default: refuse)."),
]


def register(x12: typer.Typer) -> None:
    """Add `write` to the words of `crosswalk x12`."""
    x12.command("write", help="Write an X12 file, or an invoice, from JSON.")(write_command)


def write_command(
    kind: KindOfFile,
    source: From,
    out: Out = None,
    layout: Layout = "dhcs",
    newline: Annotated[bool, typer.Option("--newline", help="One segment a line.")] = False,
    replace_signs: Replacement = None,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Write a file; nothing is written when anything in the JSON cannot be."""
    value = _json(source)
    at = datetime.now().astimezone()
    if out is None and as_json:
        raise Refused("With --json the file needs a place of its own.", fix="Name it with --out.")
    if kind == "invoice":
        text, summary = _invoice(value, out, layout, local_policy, at)
    else:
        text, summary = _x12(kind, value, local_policy, at, "\n" if newline else "", replace_signs)
    if out is None:
        sys.stdout.buffer.write(text)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    part.write_bytes(text)
    part.replace(out)
    summary = {"kind": kind, **summary, "bytes": len(text)}
    say(summary, as_json, lambda: "\n".join(f"{name}: {told}" for name, told in summary.items()))


def _json(source: Path) -> Mapping[str, Any]:
    try:
        value = json.loads(the_file(source).read_text(encoding="utf-8-sig"), parse_float=str)
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        line = f" near line {wrong.lineno}" if isinstance(wrong, json.JSONDecodeError) else ""
        raise Refused(
            f"This is not JSON in UTF-8{line}.", fix="Correct it and run again.", place=source.name
        ) from None
    if not isinstance(value, Mapping):
        raise Refused(
            "The JSON must be one object.", fix="See docs/reference/x12-writing.md.", place=source.name
        )
    return value


def _x12(
    kind: str,
    value: Mapping[str, Any],
    local: Path | None,
    at: datetime,
    newline: str,
    replacement: str | None,
) -> tuple[bytes, dict[str, Any]]:
    from crosswalk.core.formats.x12.outgoing import KINDS, enclosed, envelope_of, sets_of
    from crosswalk.core.formats.x12.writing import write

    if kind not in KINDS:
        raise Refused(
            f"“{kind}” is no kind of file that is written.", fix=f"Known are: {', '.join(KINDS)}, invoice."
        )
    envelope = envelope_of(value.get("interchange", {}), at)
    own = _OWN.get(kind)
    sets: Iterable[tuple[Any, Iterable[Any]]] = (
        own[1](value, local) if own and own[0] in value else sets_of(kind, value.get("sets"))
    )
    file = io.BytesIO()
    done = write(
        enclosed(kind, envelope, sets),
        file,
        delimiters=envelope.delimiters,
        newline=newline,
        replacement=replacement,
    )
    summary = {"transactions": done.sets, "segments": done.segments, "replaced_signs": done.replaced}
    return file.getvalue(), summary


def _bill(value: Mapping[str, Any]) -> Any:
    from crosswalk.core.billing import Bill
    from crosswalk.core.formats.x12.plain import record_of

    told = {name: one for name, one in value.items() if name != "interchange"}
    return record_of(Bill, told, "bill")


def _codes(local: Path | None) -> Any:
    from crosswalk.core.billing import Codes

    return Codes(the_policy(local).table("billing/codes"))


def _claims(value: Mapping[str, Any], local: Path | None) -> list[tuple[Any, Iterable[Any]]]:
    from crosswalk.core.billing.claims import batch_of, claims_of
    from crosswalk.core.formats.x12.outgoing import numbered

    bill = _bill(value)
    return [(batch_of(bill), list(numbered(claims_of(bill, _codes(local)))))]


def _questions(value: Mapping[str, Any], _local: Path | None) -> list[tuple[Any, Iterable[Any]]]:
    from crosswalk.core.billing import Payer, Provider, Question, inquiries
    from crosswalk.core.formats.x12.plain import record_of

    asked = [record_of(Question, one, f"questions[{at}]") for at, one in enumerate(_list(value, "questions"))]
    provider = record_of(Provider, value.get("provider"), "provider")
    payer = record_of(Payer, value.get("payer"), "payer")
    at_most = value.get("at_most", 99)
    if not isinstance(at_most, int):
        raise Refused("This must be a whole number.", place="at_most")
    return list(inquiries(provider, payer, asked, at_most=at_most))


def _requests(value: Mapping[str, Any], local: Path | None) -> list[tuple[Any, Iterable[Any]]]:
    from crosswalk.core.billing import Payer, Provider, Wish, requests
    from crosswalk.core.formats.x12.plain import record_of

    wishes = [record_of(Wish, one, f"wishes[{at}]") for at, one in enumerate(_list(value, "wishes"))]
    provider = record_of(Provider, value.get("provider"), "provider")
    return list(requests(provider, record_of(Payer, value.get("payer"), "payer"), wishes, _codes(local)))


def _list(value: Mapping[str, Any], name: str) -> list[Any]:
    if not isinstance(value[name], list) or not value[name]:
        raise Refused("This must be a list with at least one entry.", fix="Write [ … ].", place=name)
    return list(value[name])


#: Kinds that our own words can make: the name of the list in the JSON that says so, and what makes the sets.
_OWN: dict[str, tuple[str, Callable[[Mapping[str, Any], Path | None], list[tuple[Any, Iterable[Any]]]]]] = {
    "837p": ("services", _claims),
    "270": ("questions", _questions),
    "278": ("wishes", _requests),
}


def _invoice(
    value: Mapping[str, Any], out: Path | None, layout: str, local: Path | None, at: datetime
) -> tuple[bytes, dict[str, Any]]:
    from crosswalk.core.billing.invoice import as_csv, as_page, as_xlsx, rows_of

    bill, codes, form = _bill(value), _codes(local), out.suffix.lower() if out else ".csv"
    if form == ".html":
        return as_page(bill, codes, at.date(), made(at)).encode("utf-8"), {"lines": len(bill.services)}
    if form not in (".csv", ".xlsx"):
        raise Refused("An invoice is a .csv, an .xlsx or an .html file.", fix="Name it so with --out.")
    table = the_policy(local).table(f"layouts/invoices/{layout}")
    rows = rows_of(bill, codes, table, at.date())
    return (as_csv(rows) if form == ".csv" else as_xlsx(rows)), {
        "lines": len(rows) - 1,
        "columns": len(rows[0]),
    }
