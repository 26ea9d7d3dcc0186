"""The policy folder as frozen objects: loaded, checked, as of a day, with a site's own entries, and compared.

Checking (`check`), comparing (`diff`) and printing (`page`) are imported by name where they are needed: every
command starts by importing this room, and few check, compare or print.
"""

from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.folder import Policy, load, read, shipped_folder, unusable
from crosswalk.core.policy.program import Gate, Program

__all__ = ["Edition", "Gate", "Policy", "Program", "load", "read", "shipped_folder", "unusable"]
