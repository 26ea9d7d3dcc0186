"""One column of a chunk of rows: texts become typed values, and rows with something to remark are named.

Everything runs over whole columns in the column engine's memory format; only distinct values that do not convert at
once are looked at one by one, and each of those once per file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from crosswalk.core.formats.hmis.dates import FIRST_YEAR, LAST_YEAR, DayReader
from crosswalk.core.formats.hmis.layout import Column, Layout
from crosswalk.core.formats.hmis.remarks import remark

#: A remark about some rows of a chunk: positions within the chunk, and (code, severity, sentence, fix).
Remark = tuple[pa.Array, tuple[str, str, str, str]]

_FREE_TEXT = 50  # texts at least this wide are typed by people


@dataclass
class ColumnReader:
    """Reads one column chunk by chunk. `days` reads its dates; `hashed` lifts what hashes cannot meet."""

    column: Column
    layout: Layout
    days: DayReader
    hashed: bool = False
    _known: dict[str, tuple[object, str | None]] = field(default_factory=dict)

    def read(self, texts: Sequence[str]) -> tuple[pa.Array, list[Remark]]:
        """The typed column and the remarks."""
        n = len(texts)
        if texts[0] == texts[-1] and texts.count(texts[0]) == n:
            # ExportID, UserID and the many columns that a project never fills: read one for all.
            values, remarks = self._read(texts[:1])
            return pa.repeat(values[0], n), [(pa.array(range(n), pa.uint64()), said) for _, said in remarks]
        return self._read(texts)

    def _read(self, texts: Sequence[str]) -> tuple[pa.Array, list[Remark]]:
        raw = pa.array(texts, pa.string())
        values, remarks = self._text(raw) if self.column.width else self._typed(raw)
        if values.null_count:
            remarks += self._missing(pc.equal(pc.ascii_trim_whitespace(raw), ""))
        return values, remarks

    def _missing(self, blank: pa.Array) -> list[Remark]:
        if self.column.nullable or not pc.any(blank).as_py():
            return []
        code = "key_missing" if self.is_link else "missing"
        return [(_where(blank), remark(code, column=self.column.name))]

    @property
    def is_link(self) -> bool:
        """Whether a row without this value can be joined to nothing: its own key, or its owner's."""
        return self.column.key or self.column.orphan in ("reject", "keep")

    # --- text --------------------------------------------------------------------------------------

    def _text(self, raw: pa.Array) -> tuple[pa.Array, list[Remark]]:
        values = pc.ascii_trim_whitespace(raw)
        values = pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
        remarks: list[Remark] = []
        column = self.column
        if not self.hashed:
            if (pc.max(pc.binary_length(values)).as_py() or 0) > column.width:
                long = pc.greater(pc.utf8_length(values), column.width)
                remarks += self._found(long, "too_long", width=column.width)
            if column.pattern:
                wrong = pc.invert(pc.match_substring_regex(values, column.pattern))
                remarks += self._found(wrong, "pattern")
        if column.list:
            known = pc.is_in(values, pa.array(sorted(self.layout.lists[column.list])))
            strange = pc.and_(pc.invert(known), pc.is_valid(values))
            remarks += self._found(strange, "not_in_list", list=column.list)
        if column.width >= _FREE_TEXT and not column.pattern:
            remarks += self._found(pc.match_substring_regex(values, r"[\[\]{}<>]"), "brackets")
        return values, remarks

    def _found(self, mask: pa.Array, code: str, **names: object) -> list[Remark]:
        where = _where(mask)
        if not len(where):
            return []
        version = f"FY{self.layout.version}"
        return [(where, remark(code, column=self.column.name, version=version, **names))]

    # --- numbers, dates, money ---------------------------------------------------------------------

    def _typed(self, raw: pa.Array) -> tuple[pa.Array, list[Remark]]:
        coded = raw.dictionary_encode()
        texts = coded.dictionary
        values, codes = self._at_once(texts), None
        if values is None:
            values, codes = self._one_by_one(texts.to_pylist())
        remarks: list[Remark] = []
        for code in sorted(set(codes or ()) - {None}, key=str):
            mask = pa.array([one == code for one in codes or ()], pa.bool_())
            remarks += self._found(mask.take(coded.indices), str(code))
        for mask, code, names in self._against_rules(values):
            if pc.any(mask).as_py():
                remarks += self._found(mask.take(coded.indices), code, **names)
        return values.take(coded.indices), remarks

    def _at_once(self, texts: pa.Array) -> pa.Array | None:
        """All distinct texts converted in one go, or None when one of them is out of the ordinary."""
        given = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
        try:
            values = pc.cast(given, self.column.arrow)
        except pa.ArrowInvalid:
            return None
        if self.column.type in ("D", "T"):
            years = pc.min_max(pc.year(values)).as_py()
            if years["min"] is not None and not FIRST_YEAR <= years["min"] <= years["max"] < LAST_YEAR:
                return None
        return values

    def _one_by_one(self, texts: list[str]) -> tuple[pa.Array, list[str | None]]:
        read = {"I": self._whole, "D": self._day, "T": self._moment}.get(self.column.type, self._money)
        known = self._known
        for text in texts:
            if text not in known:
                known[text] = read(text.strip())
        found = [known[text] for text in texts]
        return pa.array([value for value, _ in found], self.column.arrow), [code for _, code in found]

    def _whole(self, text: str) -> tuple[int | None, str | None]:
        number, code = self._number(text, "not_a_number")
        if number is None:
            return None, code
        if number != int(number) or abs(number) >= 2**31:
            return None, "not_a_number"
        return int(number), None if text.lstrip("-").isdigit() else "odd_number"

    def _money(self, text: str) -> tuple[Decimal | None, str | None]:
        number, code = self._number(text.replace("$", "").replace(",", ""), "not_money")
        if number is None or abs(number) >= Decimal(10) ** 15:
            return None, code or "not_money"
        return number.quantize(Decimal("0.01")), None

    @staticmethod
    def _number(text: str, otherwise: str) -> tuple[Decimal | None, str | None]:
        if not text:
            return None, None
        if text.lower() in ("null", "none", "n/a"):
            return None, "null_word"
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None, otherwise
        return (number, None) if number.is_finite() else (None, otherwise)

    def _moment(self, text: str) -> tuple[datetime | None, str | None]:
        return self.days.read(text)

    def _day(self, text: str) -> tuple[date | None, str | None]:
        moment, code = self.days.read(text)
        if moment is None:
            return None, code
        if (moment.hour, moment.minute, moment.second) != (0, 0, 0):
            code = code or "time_in_date"
        return moment.date(), code

    def _against_rules(self, values: pa.Array) -> list[tuple[pa.Array, str, dict[str, object]]]:
        column = self.column
        found: list[tuple[pa.Array, str, dict[str, object]]] = []
        if column.list and column.type == "I":
            codes = pa.array(sorted(map(int, self.layout.lists[column.list])), pa.int32())
            strange = pc.and_(pc.invert(pc.is_in(values, codes)), pc.is_valid(values))
            found.append((strange, "not_in_list", {"list": column.list}))
        if column.not_in:
            barred = pa.array(sorted(map(int, column.not_in)), pa.int32())
            found.append((pc.is_in(values, barred), "not_for_this", {"list": column.list}))
        if column.type == "M+":
            below = pc.fill_null(pc.less(values, pa.scalar(Decimal("0.00"), values.type)), False)
            found.append((below, "negative", {}))
        return found


def _where(mask: pa.Array) -> pa.Array:
    """Positions at which a mask is true."""
    return pc.indices_nonzero(pc.fill_null(mask, False))
