"""Writing X12: records of any transaction into a file, with any signs, nothing lost and nothing shifted."""

from crosswalk.core.formats.x12.writing.stream import Writing, write

__all__ = ["Writing", "write"]
