"""The policy folder as frozen objects: loaded, checked, as of a day, with a site's own entries, and compared."""

from crosswalk.core.policy.edition import Edition, Gate, Program
from crosswalk.core.policy.folder import Policy, load, read, shipped_folder

__all__ = ["Edition", "Gate", "Policy", "Program", "load", "read", "shipped_folder"]
