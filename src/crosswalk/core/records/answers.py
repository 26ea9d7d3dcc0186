"""An answer: what a worker says about a person when a rule asked, kept beside what the files say."""

from __future__ import annotations

#: current/answers.parquet, in order: name and SQL type. One row an answer that was not taken back; it belongs to
#: one source record, so that it follows that record when records are linked otherwise. `value` is yes or no.
CURRENT_ANSWERS: tuple[tuple[str, str], ...] = (
    ("source", "VARCHAR"),
    ("source_id", "VARCHAR"),
    ("fact", "VARCHAR"),
    ("value", "VARCHAR"),
    ("day", "DATE"),
    ("by", "VARCHAR"),
    ("delivery", "VARCHAR"),
    ("file", "VARCHAR"),
    ("row", "INTEGER"),
)
