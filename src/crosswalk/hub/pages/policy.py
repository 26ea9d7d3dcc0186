"""The policy as of a day, read once: it ships with the code, and reading it costs a tenth of a second."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from crosswalk.core.policy import Edition, load, shipped_folder


@lru_cache(maxsize=8)
def edition(on: date) -> Edition:
    """Everything that is in force on a day."""
    return load(shipped_folder()).as_of(on)
