"""One cell of a plan's file, as SQL: cleaned, typed, and what is to be remarked about it.

The column engine runs these expressions over millions of rows. Each canonical type becomes one value expression
and a list of (code, condition); conditions may use the cleaned text and the value. The patterns for CIN and SSN
are those of `core.basics.identifiers`, and a property test keeps both readings equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crosswalk.core.basics import identifiers
from crosswalk.core.engine import literal
from crosswalk.core.formats.plan_files.layout import Layout
from crosswalk.core.records import Column

_US_DATE = r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_SHORT_YEAR = r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}"
_TIME_TAIL = r"[T ][0-9]{1,2}:[0-9]{2}.*$"
_MONTH = r"[12][0-9]{3}-(0[1-9]|1[0-2])(-[0-9]{2})?"
_DAY_NUMBER = r"[1-9][0-9]{4}([.]0*)?"
#: Years outside these are a slip, or a default that somebody's system wrote.
_FIRST_YEAR, _LAST_YEAR = 1880, 2200


@dataclass(frozen=True)
class Reading:
    """How one canonical column is read: cleaned text, helper columns, value, and remarks (code, condition)."""

    column: Column
    text: str
    helpers: Mapping[str, str]
    value: str
    remarks: Sequence[tuple[str, str]]


def quoted(name: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def listed(words: Sequence[str]) -> str:
    """Words as an SQL list in parentheses."""
    return "(" + ", ".join(literal(word) for word in words) + ")"


def cleaned(layout: Layout, column: Column, place: str | None) -> str:
    """The text of a cell (trimmed, null when empty), with the plan's empty words, default and translations applied."""
    text = place or "CAST(NULL AS VARCHAR)"
    if place and layout.empty_words:
        text = f"CASE WHEN lower({text}) IN {listed(layout.empty_words)} THEN NULL ELSE {text} END"
    if default := layout.defaults.get(column.name):
        text = f"coalesce({text}, {literal(default)})"
    if words := layout.translate.get(column.name):
        cases = " ".join(f"WHEN {literal(word)} THEN {literal(code or None)}" for word, code in words.items())
        text = f"CASE lower({text}) {cases} ELSE {text} END"
    return text


def reading(
    layout: Layout,
    column: Column,
    place: str | None,
    counties: Mapping[str, str],
    on: date,
    numbers_are_days: bool,
) -> Reading:
    """The SQL that reads one canonical column from the raw column `place` (None: the file has no such column)."""
    text = cleaned(layout, column, place)
    name = quoted(column.name)
    if place is None and column.name not in layout.defaults:
        sql_type = "DATE" if column.type in ("date", "date_last") else "VARCHAR"
        return Reading(column, "CAST(NULL AS VARCHAR)", {}, f"CAST(NULL AS {sql_type})", [])
    if column.type in ("date", "date_last"):
        return _date(layout, column, text, on, numbers_are_days)
    if column.type == "cin":
        return _cin(column, text)
    if column.type == "county":
        return _county(column, text, counties)
    if column.type == "choice":
        word = (
            f"CASE WHEN lower({name}) IN {listed([c.lower() for c in column.choices])} THEN "
            + (f"upper({name})" if column.choices[0].isupper() else f"nullif(lower({name}), 'unknown')")
            + " END"
        )
        unlisted = (
            f"{name} IS NOT NULL AND lower({name}) NOT IN {listed([c.lower() for c in column.choices])}"
        )
        return Reading(column, text, {}, word, [("value.unlisted", unlisted)])
    if column.type == "ssn":
        digits = f"replace(replace({name}, '-', ''), ' ', '')"
        value = (
            f"CASE WHEN regexp_full_match({digits}, '{identifiers.SSN}') THEN {digits}"
            f" WHEN regexp_full_match({digits}, '{identifiers.SSN_LAST_FOUR}') THEN 'xxxxx' || right({digits}, 4) END"
        )
        return _shaped(column, text, value, "ssn.shape")
    if column.type == "npi":
        return _shaped(
            column,
            text,
            f"CASE WHEN regexp_full_match({name}, '{identifiers.NPI}') THEN {name} END",
            "npi.shape",
        )
    if column.type == "month":
        value = f"CASE WHEN regexp_full_match({name}, '{_MONTH}') THEN left({name}, 7) END"
        return _shaped(column, text, value, "month.unreadable")
    missing = "key.missing" if column.key else "value.missing"
    return Reading(column, text, {}, name, [(missing, f"{name} IS NULL")] if column.required else [])


def _shaped(column: Column, text: str, value: str, remark: str) -> Reading:
    """A value that either has its shape or is unknown."""
    return Reading(
        column, text, {}, value, [(remark, f"{quoted(column.name)} IS NOT NULL AND ({value}) IS NULL")]
    )


def _cin(column: Column, text: str) -> Reading:
    name, key = quoted(column.name), quoted(f"{column.name} written")
    written = f"upper(replace(replace(replace({name}, ' ', ''), '-', ''), '''', ''))"

    def shape(pattern: str) -> str:
        return f"regexp_full_match({key}, '{pattern}')"

    value = (
        f"CASE WHEN {shape(identifiers.CIN)} THEN {key} WHEN {shape(identifiers.BIC)} THEN left({key}, 9)"
        f" WHEN {shape(identifiers.CIN_WITH_LETTER_O)} THEN replace(left({key}, 8), 'O', '0') || {key}[9] END"
    )
    repaired = f"{name} IS NOT NULL AND NOT {shape(identifiers.CIN)} AND "
    unread = f"{name} IS NOT NULL AND ({value}) IS NULL AND "
    number, medicare = shape(identifiers.CIN_AS_NUMBER), shape(identifiers.MEDICARE_NUMBER)
    remarks = [
        ("key.missing", f"{name} IS NULL"),
        ("cin.from_bic", repaired + shape(identifiers.BIC)),
        ("cin.letter_o", repaired + shape(identifiers.CIN_WITH_LETTER_O)),
        ("cin.number", unread + number),
        ("cin.medicare_number", unread + medicare),
        ("cin.shape", unread + f"NOT {number} AND NOT {medicare}"),
    ]
    return Reading(column, text, {key: written}, value, remarks)


def _county(column: Column, text: str, counties: Mapping[str, str]) -> Reading:
    """County by 2-digit code or by name, with or without the word County."""
    name = quoted(column.name)
    word = f"lower(regexp_replace({name}, '(?i) +county$', ''))"
    pairs = ", ".join(f"{literal(spoken)}: {literal(code)}" for spoken, code in counties.items())
    value = f"CASE WHEN {name} IN {listed(sorted(set(counties.values())))} THEN {name} ELSE MAP {{{pairs}}}[{word}] END"
    key = quoted(f"{column.name} code")
    return Reading(
        column, text, {key: value}, key, [("county.unknown", f"{name} IS NOT NULL AND {key} IS NULL")]
    )


def _date(layout: Layout, column: Column, text: str, on: date, numbers_are_days: bool) -> Reading:
    """A day by the layout's formats; otherwise, where the meaning is certain, with a remark."""
    name = quoted(column.name)
    day, second = quoted(f"{column.name} day"), quoted(f"{column.name} second look")
    # A workbook's date cells arrive as YYYY-MM-DD, whatever the plan writes in its CSV.
    formats = "[" + ", ".join(literal(one) for one in dict.fromkeys([*layout.dates, "%Y-%m-%d"])) + "]"
    bare = f"regexp_replace({name}, '{_TIME_TAIL}', '')"
    has_time = f"regexp_matches({name}, '{_TIME_TAIL}')"
    us, number, short = (
        f"regexp_full_match({pattern_of}, '{pattern}')"
        for pattern_of, pattern in ((bare, _US_DATE), (name, _DAY_NUMBER), (bare, _SHORT_YEAR))
    )
    number = number if numbers_are_days else "false"
    looked_again = (
        f"CASE WHEN {day} IS NOT NULL OR {name} IS NULL THEN NULL"
        f" WHEN {short} THEN {_short_year(column, bare, on)}"
        f" WHEN {us} THEN CAST(try_strptime({bare}, '%m/%d/%Y') AS DATE)"
        f" WHEN {number} THEN DATE '1899-12-30' + CAST(CAST({name} AS DOUBLE) AS INTEGER)"
        f" WHEN {has_time} THEN CAST(try_strptime({bare}, {formats}) AS DATE) END"
    )
    found = f"coalesce({day}, {second})"
    sound = f"year({found}) BETWEEN {_FIRST_YEAR} AND {_LAST_YEAR}"
    value = f"CASE WHEN {sound} THEN {found} END"
    unread = f"{name} IS NOT NULL AND NOT coalesce({sound}, false)"
    if column.type == "date_last":
        open_ended = (
            "(" + ", ".join(literal(one) for one in layout.open_ended) + ")" if layout.open_ended else ""
        )
        is_open = f"coalesce({found} IN {open_ended}, false)" if open_ended else "false"
        value = f"CASE WHEN {sound} AND NOT {is_open} THEN CAST({found} + INTERVAL 1 DAY AS DATE) END"
        unread += f" AND NOT {is_open}"
    again = f"{second} IS NOT NULL AND {sound} AND "
    remarks = [
        (_unreadable(column), unread),
        ("date.two_digit_year", again + short),
        ("date.us_format", again + us + f" AND NOT {has_time}"),
        ("date.excel_number", again + number),
        ("date.with_time", again + has_time),
    ]
    if column.required:
        remarks.append(("key.missing" if column.key else "value.missing", f"{name} IS NULL"))
    if column.name == "dob":
        value = f"CASE WHEN {sound} AND {found} <= {literal(on)} THEN {found} END"
        remarks.append(("date.future_birth", f"{sound} AND {found} > {literal(on)}"))
    # strptime's %Y also takes “24” for the year 24; such a value gets its second look instead.
    parsed = f"CAST(try_strptime({name}, {formats}) AS DATE)"
    helpers = {day: f"CASE WHEN year({parsed}) >= 1000 THEN {parsed} END", second: looked_again}
    return Reading(column, text, helpers, value, remarks)


def _unreadable(column: Column) -> str:
    """An end that cannot be read must not turn into “still open”, so it rejects the row, as a key does."""
    if column.type == "date_last":
        return "period.unreadable_end"
    return "key.unreadable" if column.key else "date.unreadable"


def _short_year(column: Column, bare: str, on: date) -> str:
    """A two-digit year: certain for coverage and events (20yy), and for a birth only when 20yy lies ahead."""
    parts = (
        f"regexp_extract({bare}, '^(.*/)([0-9]{{2}})$', 1)",
        f"regexp_extract({bare}, '^(.*/)([0-9]{{2}})$', 2)",
    )
    recent = f"CAST(try_strptime({parts[0]} || '20' || {parts[1]}, '%m/%d/%Y') AS DATE)"
    if column.name != "dob":
        return recent
    older = f"CAST(try_strptime({parts[0]} || '19' || {parts[1]}, '%m/%d/%Y') AS DATE)"
    return f"CASE WHEN {recent} > {literal(on)} THEN {older} END"
