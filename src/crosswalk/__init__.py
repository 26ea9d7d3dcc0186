"""Crosswalk: the open hub between the homeless response system and Medi-Cal managed care."""

__version__ = "0.1.0"
