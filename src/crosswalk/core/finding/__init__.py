"""Who qualifies for what and why: gate, programs, reasons, questions, rank, reach, and what changed since."""

from crosswalk.core.finding.run import Found, find

__all__ = ["Found", "find"]
