"""Every row of a plan's file judged at once: typed values, and which remarks apply to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crosswalk.core.engine import literal
from crosswalk.core.formats.plan_files.cells import Reading, listed, quoted, reading
from crosswalk.core.formats.plan_files.codes import Codes
from crosswalk.core.formats.plan_files.headings import Headings
from crosswalk.core.formats.plan_files.layout import Layout
from crosswalk.core.formats.plan_files.remarks import REMARKS
from crosswalk.core.records import EventKind


@dataclass(frozen=True)
class Check:
    """One condition on a row; `number` stands for it in the judged rows, with ! before it when it rejects."""

    number: int
    code: str
    column: str
    header: str
    rejects: bool
    condition: str

    @property
    def token(self) -> str:
        """How a judged row says that this check applies."""
        return f"!{self.number}" if self.rejects else str(self.number)

    @property
    def sentence(self) -> str:
        """The sentence shown, with the header of the person's own file."""
        return REMARKS[self.code].sentence.format(column=f"“{self.header}”")


@dataclass(frozen=True)
class Judgement:
    """The SQL that judges a file, and the checks that its rows' tokens stand for."""

    sql: str
    checks: Sequence[Check]


def judgement(
    layout: Layout,
    headings: Headings,
    on: date,
    codes: Codes,
    numbers_are_days: bool,
) -> Judgement:
    """SQL over the relation `raw` (row, c0, c1, …) giving row, every current column, extra and `remarks`.

    `on` is the day after which a date lies in the future; `numbers_are_days` is false in a workbook whose day numbers
    count from 1904.
    """
    readings = [
        reading(layout, column, headings.places.get(column.name), codes.counties, on, numbers_are_days)
        for column in layout.canonical
    ]
    rules = [
        (r.column.name, code, condition, _rejects(r, code)) for r in readings for code, condition in r.remarks
    ]
    if layout.family == "members":
        values, more = _member_values(readings)
    else:
        values, more = _event_values(readings, on, codes.kinds)
    checks = [
        Check(number, code, name, headings.headers.get(name, name), rejects, condition)
        for number, (name, code, condition, rejects) in enumerate([*rules, *more])
    ]
    tokens = ", ".join(f"CASE WHEN {check.condition} THEN '{check.token}' END" for check in checks)
    texts = ", ".join(f"{r.text} AS {quoted(r.column.name)}" for r in readings)
    helpers = "".join(f", {sql} AS {name}" for r in readings for name, sql in r.helpers.items())
    typed = ", ".join(f"{r.value} AS {quoted('=' + r.column.name)}" for r in readings)
    kept = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in values.items())
    return Judgement(
        f"SELECT row, {kept}, extra, concat_ws(' ', {tokens}) AS remarks FROM ("
        f"SELECT *, {typed} FROM (SELECT *{helpers} FROM ("
        f"SELECT row, {texts}, {_extra(headings.extras)} AS extra FROM raw)))",
        checks,
    )


def _rejects(one: Reading, code: str) -> bool:
    """A key that cannot be read rejects its row."""
    unusable = ("key.missing", "key.unreadable", "cin.number", "cin.medicare_number", "cin.shape")
    return code == "period.unreadable_end" or (one.column.key and code in unusable)


def _extra(extras: Mapping[str, str]) -> str:
    """Columns that the layout does not know, kept as JSON without the empty ones."""
    if not extras:
        return "CAST(NULL AS VARCHAR)"
    pairs = ", ".join(f"{literal(header)}, {place}" for place, header in extras.items())
    kept = f"CAST(json_merge_patch('{{}}', json_object({pairs})) AS VARCHAR)"
    return f"nullif({kept}, '{{}}')"


_Rule = tuple[str, str, str, bool]


def _member_values(readings: Sequence[Reading]) -> tuple[dict[str, str], list[_Rule]]:
    values = {one.column.column: quoted("=" + one.column.name) for one in readings}
    backwards = '"=coverage_until" <= "=coverage_from"'
    return values, [("coverage_until", "period.backwards", backwards, True)]


def _event_values(
    readings: Sequence[Reading], on: date, kinds: Mapping[str, EventKind]
) -> tuple[dict[str, str], list[_Rule]]:
    """Values by kind of event: what an empty `until` means, how its code is written, which words it may hold."""

    def of_kind(names: Sequence[str]) -> str:
        return f"kind_word IN {listed(names)}" if names else "false"

    values = {one.column.column: quoted("=" + one.column.name) for one in readings}
    kind = 'lower("=kind")'
    coded = [one for one in kinds.values() if one.code_style == "listed"]
    diagnosed = [one.kind for one in kinds.values() if one.code_style == "icd10"]
    valued = [one for one in kinds.values() if one.values]
    one_day = of_kind([one.kind for one in kinds.values() if one.without_until == "one_day"])
    past = of_kind([one.kind for one in kinds.values() if not one.may_lie_ahead])
    is_coded, is_diagnosed, is_valued = (
        of_kind([one.kind for one in coded]),
        of_kind(diagnosed),
        of_kind([one.kind for one in valued]),
    )
    icd10 = """upper(replace("=code", '.', ''))"""
    icd10_shape = f"regexp_full_match({icd10}, '[A-Z][0-9][0-9A-Z][0-9A-Z]{{0,4}}')"
    dotted = (
        f"CASE WHEN length({icd10}) > 3 THEN left({icd10}, 3) || '.' || substr({icd10}, 4) ELSE {icd10} END"
    )
    pairs = listed([f"{one.kind}/{code}" for one in coded for code in one.codes])
    words = listed([f"{one.kind}/{value}" for one in valued for value in one.values])
    in_words = f"""kind_word || '/' || lower("=value") IN {words}"""
    values |= {
        "kind": "kind_word",
        "code": f"""CASE WHEN {is_coded} THEN lower("=code") WHEN {is_diagnosed} AND {icd10_shape} THEN {dotted}"""
        ' ELSE "=code" END',
        "end_day": f"""CASE WHEN "=until" IS NOT NULL THEN "=until" WHEN {one_day} """
        """THEN CAST("=from" + INTERVAL 1 DAY AS DATE) END""",
        "value": f"""CASE WHEN NOT {is_valued} THEN "=value" WHEN {in_words} THEN lower("=value") END""",
    }
    values = {name: sql.replace("kind_word", kind) for name, sql in values.items()}
    rules = [
        ("until", "period.backwards", '"=until" <= "=from"', True),
        ("from", "date.future", f'"=from" > {literal(on)} AND {past}', False),
        ("kind", "kind.unknown", f'"=kind" IS NOT NULL AND kind_word NOT IN {listed(list(kinds))}', False),
        ("code", "code.missing", f'"=code" IS NULL AND ({is_coded} OR {is_diagnosed})', False),
        (
            "code",
            "code.unlisted",
            f"""{is_coded} AND kind_word || '/' || lower("=code") NOT IN {pairs}""",
            False,
        ),
        ("code", "code.icd10_shape", f'{is_diagnosed} AND "=code" IS NOT NULL AND NOT {icd10_shape}', False),
        (
            "code",
            "code.no_dot",
            f"""{is_diagnosed} AND {icd10_shape} AND length({icd10}) > 3 AND NOT contains("=code", '.')""",
            False,
        ),
        (
            "value",
            "value.unlisted_for_kind",
            f'{is_valued} AND "=value" IS NOT NULL AND NOT {in_words}',
            False,
        ),
        ("value", "value.missing_answer", """kind_word = 'attestation' AND "=value" IS NULL""", False),
    ]
    return values, [(name, code, sql.replace("kind_word", kind), reject) for name, code, sql, reject in rules]
