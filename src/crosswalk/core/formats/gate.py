"""The strict gate for CSV files: one encoding, one header, the same number of columns in every row.

What popular readers do silently with a broken file (pad short rows, swallow the rest after a lost quote, pass a
NUL) is either refused here or becomes a rejected row with its number and a sentence. Measured against them in
`reference/stack-security-reliability.md` §5.2; the order of the checks is the gate described there.

    file = CsvFile(path, "members.csv")
    file.header                      names as written, trimmed
    file.faults                      what is wrong with the file as a whole (row 0)
    for chunk in file.chunks():      chunk.rows (lists of texts), chunk.numbers, chunk.faults
"""

from __future__ import annotations

import codecs
import csv
import gc
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from crosswalk.core.basics import Problem, Refused

#: Characters of text read at a time: about 10,000 rows of an HMIS file, some 60 MB as Python texts.
CHUNK_CHARACTERS = 2_000_000

#: One field may not be longer (csv's own limit of 131,072 refuses honest case notes).
FIELD_LIMIT = 1_000_000

csv.field_size_limit(FIELD_LIMIT)

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_UTF8_LETTER = re.compile(rb"[\xc3\xc4\xc5][\x80-\xbf]")
_CANNOT_READ = "Ask the sender for the file as CSV in UTF-8."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row (or, row 0, with the whole file), before it is known which delivery it is in."""

    row: int
    column: str
    code: str
    severity: str
    sentence: str
    fix: str

    def problem(self, delivery: str, file: str) -> Problem:
        """The same, as a problem of a delivery."""
        return Problem(
            delivery, file, self.row, self.column, self.code, self.severity, self.sentence, self.fix
        )


@dataclass(slots=True)
class Chunk:
    """Rows that have as many columns as the header, the number of each (1 = first data row), and the rejected ones.

    `faults` has exactly one entry, of severity error, for each row that was left out of `rows`. `ends_file` says
    that the last of `rows` is the last row of the file.
    """

    rows: list[list[str]]
    numbers: Sequence[int]
    faults: list[Fault] = field(default_factory=list)
    ends_file: bool = False


class CsvFile:
    """One CSV file that has passed the checks of the whole file; refuses one that cannot be read with certainty.

    `path` is the file on disk, `name` what people know it by. `cp1252` accepts Windows-1252 with a warning where
    the bytes are not UTF-8 (real HMIS exports hold text pasted from Word). `header_row` counts from 1; rows above it
    are passed over. Raises Refused for: no header, NUL, an encoding that is none of those, a column named twice,
    columns that are not separated by `separator`.
    """

    def __init__(
        self, path: Path, name: str, *, cp1252: bool = False, separator: str = ",", header_row: int = 1
    ) -> None:
        self.path, self.name = path, name
        self._separator, self._header_row = separator, header_row
        self.faults: list[Fault] = []
        self.rows_read = 0
        self._cut_off = False
        self.encoding = self._one_encoding(cp1252)
        self.header = self._one_header()

    @property
    def is_cut_off(self) -> bool:
        """Whether the file stops without a line end, so that its last row may be half a row."""
        return self._cut_off

    # --- the file as a whole -----------------------------------------------------------------------

    def _one_encoding(self, cp1252: bool) -> str:
        with self.path.open("rb") as handle:
            start = handle.read(4)
        encoding = next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")
        if encoding == "utf-16":
            if not self._is_text("utf-16"):
                raise Refused(
                    "It is not whole UTF-16 text.", fix=_CANNOT_READ, place=self.name, code="encoding"
                )
            return encoding
        if self._is_text("utf-8"):
            return encoding
        if not cp1252 or not self._is_cp1252():
            raise Refused(
                "The letters are not in UTF-8, so names would be damaged.",
                fix=_CANNOT_READ,
                place=self.name,
                code="encoding",
            )
        self._warn("cp1252", "The letters are in Windows-1252, not in UTF-8; they were read as that.")
        return "cp1252"

    def _is_text(self, encoding: str) -> bool:
        """Whether every byte decodes; a character cut in half at the very end is left to the row check."""
        decoder, last, valid = codecs.getincrementaldecoder(encoding)("strict"), "", True
        nul = b"\0" if encoding == "utf-8" else None
        with self.path.open("rb") as handle:
            while piece := handle.read(1 << 20):
                text = ""
                if valid:
                    try:
                        text = decoder.decode(piece)
                    except UnicodeDecodeError:
                        valid = False
                if (nul and nul in piece) or (nul is None and "\0" in text):
                    raise Refused(
                        "There is a NUL byte in it; the file is damaged or not text.",
                        fix=_CANNOT_READ,
                        place=self.name,
                        code="nul",
                    )
                last = (text[-1:] or last) if valid else chr(piece[-1])
        half_a_letter = valid and bool(decoder.getstate()[0])
        self._cut_off = half_a_letter or (bool(last) and last not in "\n\r")
        return valid

    def _is_cp1252(self) -> bool:
        mixed = False
        with self.path.open("rb") as handle:
            while piece := handle.read(1 << 20):
                if _UNDEFINED_IN_CP1252.search(piece):
                    return False
                mixed = mixed or bool(_UTF8_LETTER.search(piece))
        if mixed:
            self._warn("mixed_encoding", "Some letters look like UTF-8 inside a Windows-1252 file.")
        return True

    def _warn(self, code: str, sentence: str, fix: str = "Ask the sender for the file in UTF-8.") -> None:
        self.faults.append(Fault(0, "", code, "warning", sentence, fix))

    def _one_header(self) -> list[str]:
        with self._open() as handle:
            try:
                rows = csv.reader(handle, delimiter=self._separator, strict=True)
                header = next(islice(rows, self._header_row - 1, None), [])
            except (csv.Error, UnicodeError):
                raise Refused(
                    "The header row cannot be read.", fix=_CANNOT_READ, place=self.name, code="header"
                ) from None
        names = [name.strip().lstrip("\ufeff").strip() for name in header]
        if not any(names):
            raise Refused("There is no header row.", fix=_CANNOT_READ, place=self.name, code="no_header")
        if len(names) == 1 and re.search(r"[,;\t|]", names[0]):
            word = {",": "commas", ";": "semicolons", "\t": "tabs"}.get(
                self._separator, f"“{self._separator}”"
            )
            raise Refused(
                f"The columns are not separated by {word}.",
                fix=f"Save it as CSV with {word}.",
                place=self.name,
                code="separator",
            )
        twice = sorted({name for name, n in Counter(map(str.casefold, filter(None, names))).items() if n > 1})
        if twice:
            raise Refused(
                f"The header names these columns twice: {', '.join(twice)}.",
                fix="Each column may appear once: ask the sender which of the two counts.",
                place=self.name,
                code="header_twice",
            )
        return names

    def _open(self) -> TextIOWrapper:
        # A character cut in half at the very end belongs to a row that is rejected as cut off.
        errors = "replace" if self._cut_off else "strict"
        return self.path.open("r", encoding=self.encoding, errors=errors, newline="")

    # --- the rows ----------------------------------------------------------------------------------

    def chunks(self, characters: int = CHUNK_CHARACTERS) -> Iterator[Chunk]:
        """The rows in order, in chunks of about `characters`. Blank lines count as numbers but not as rows."""
        width, number, blank = len(self.header), 0, 0
        with self._open() as handle:
            carry: list[str] = []
            ahead = handle.readline()
            above = self._header_row
            while ahead:
                lines = [*carry, ahead, *handle.readlines(characters)]
                ahead = handle.readline()
                rows, carry, lost = _parse(lines, self._separator, at_end=not ahead)
                if above:
                    passed = min(above, len(rows))
                    rows, above = rows[passed:], above - passed
                    lost = {index - passed: why for index, why in lost.items()}
                if rows:
                    chunk = _checked(rows, lost, number + 1, width)
                    number += len(rows)
                    chunk.ends_file = not ahead and bool(chunk.rows) and chunk.numbers[-1] == number
                    blank += len(rows) - len(chunk.rows) - len(chunk.faults)
                    self.rows_read += len(chunk.rows) + len(chunk.faults)
                    yield chunk
        if blank:
            self._warn("blank_lines", f"{blank} blank lines were skipped.", "Nothing needs to be done.")
        if self._cut_off and number:
            self._warn(
                "no_line_end",
                "The file stops without a line end; its last row may have been cut off.",
                "Compare the number of rows with the sender's.",
            )


def _parse(
    lines: list[str], separator: str, at_end: bool
) -> tuple[list[list[str]], list[str], dict[int, str]]:
    """Rows of complete records, lines of a record that goes on, and which rows were lost and why.

    A lost row appears as an empty placeholder so that numbering stays that of the file.
    """
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=separator, strict=True)
    # Rows of texts hold no cycles; looking for some after every few hundred rows doubles the time.
    looked_for_cycles = gc.isenabled()
    gc.disable()
    try:
        rows.extend(reader)
    except csv.Error:
        return _parse_carefully(lines, separator, at_end)
    finally:
        if looked_for_cycles:
            gc.enable()
    return rows, [], {}


def _parse_carefully(
    lines: list[str], separator: str, at_end: bool
) -> tuple[list[list[str]], list[str], dict[int, str]]:
    """The same, record by record: a lost quote costs the row it is in, never the rest of the file."""
    rows: list[list[str]] = []
    lost: dict[int, str] = {}
    start = 0
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=separator, strict=True)
        done = 0
        try:
            for row in reader:
                rows.append(row)
                done = reader.line_num
            return rows, [], lost
        except csv.Error as error:
            bad = start + done
            unfinished = "unexpected end of data" in str(error)
            if unfinished and not at_end and sum(map(len, lines[bad:])) < FIELD_LIMIT:
                return rows, lines[bad:], lost
            lost[len(rows)] = "field_too_long" if "field limit" in str(error) else "quotes"
            rows.append([])
            start = bad + 1
    return rows, [], lost


def _checked(rows: list[list[str]], lost: dict[int, str], first: int, width: int) -> Chunk:
    if not lost and set(map(len, rows)) == {width}:
        return Chunk(rows, range(first, first + len(rows)))
    good: list[list[str]] = []
    numbers: list[int] = []
    faults: list[Fault] = []
    for index, row in enumerate(rows):
        if len(row) == width and index not in lost:
            good.append(row)
            numbers.append(first + index)
        elif index in lost:
            faults.append(_lost(first + index, lost[index]))
        elif row:
            faults.append(_uneven(first + index, len(row), width))
    return Chunk(good, numbers, faults)


def _lost(row: int, why: str) -> Fault:
    sentence = {
        "quotes": "A quotation mark is not closed, or stands in the middle of a field.",
        "field_too_long": f"A field has more than {FIELD_LIMIT:,} characters; probably a quotation mark is not closed.",
    }[why]
    return Fault(
        row, "", why, "error", sentence, "Double every quotation mark inside a field and close the field."
    )


def _uneven(row: int, found: int, width: int) -> Fault:
    sentence = f"The row has {found} columns; the header has {width}. Its values may stand under wrong names."
    return Fault(
        row,
        "",
        "columns",
        "error",
        sentence,
        "Send the row again with one value for each column of the header.",
    )
