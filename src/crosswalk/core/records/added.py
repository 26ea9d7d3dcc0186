"""A person whom a worker wrote down because no file held them, in the columns of an HMIS client where it has them."""

from __future__ import annotations

#: current/added.parquet, in order: name and SQL type. One row a person written down; `source` is `hub:` and the
#: number of the organization whose worker wrote. What HMIS asks and nobody asked here stays empty.
CURRENT_ADDED: tuple[tuple[str, str], ...] = (
    ("source", "VARCHAR"),
    ("PersonalID", "VARCHAR"),
    ("FirstName", "VARCHAR"),
    ("LastName", "VARCHAR"),
    ("DOB", "DATE"),
    ("DOBDataQuality", "INTEGER"),
    ("AmIndAKNative", "INTEGER"),
    ("BlackAfAmerican", "INTEGER"),
    ("NativeHIPacific", "INTEGER"),
    ("Asian", "INTEGER"),
    ("HispanicLatinao", "INTEGER"),
    ("MidEastNAfrican", "INTEGER"),
    ("White", "INTEGER"),
    ("DateUpdated", "TIMESTAMP"),
    ("Phone", "VARCHAR"),
    ("ZIP", "VARCHAR"),
    ("CIN", "VARCHAR"),
    ("Language", "VARCHAR"),
    ("County", "VARCHAR"),
    ("delivery", "VARCHAR"),
    ("file", "VARCHAR"),
    ("row", "INTEGER"),
)
