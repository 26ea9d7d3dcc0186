"""What kind of personal data a column holds; the page of data classes is made from this, and a test asks for it."""

from __future__ import annotations

from typing import Any

IDENTITY, CONTACT, LOCATION, HEALTH, COVERAGE, HOUSING, WORK, NONE = (
    "identity",
    "contact",
    "location",
    "health",
    "coverage",
    "housing",
    "work of staff",
    "none",
)


def classes_of(model: Any) -> dict[str, str]:
    """Column → class for every column of a table with people's data; raises KeyError for one that lacks its class."""
    return {column.name: model.CLASSES[column.name] for column in model._meta.fields}
