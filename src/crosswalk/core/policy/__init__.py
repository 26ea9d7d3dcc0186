"""The policy folder as frozen objects: loaded, checked, as of a day, with a site's own entries, and compared."""

from crosswalk.core.policy.check import check, check_folder, check_use_of
from crosswalk.core.policy.check_leaves import FactShape
from crosswalk.core.policy.diff import diff, diff_editions
from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.folder import Policy, load, read, shipped_folder, unusable
from crosswalk.core.policy.page import program_page, programs_page
from crosswalk.core.policy.program import Gate, Program

__all__ = [
    "Edition",
    "FactShape",
    "Gate",
    "Policy",
    "Program",
    "check",
    "check_folder",
    "check_use_of",
    "diff",
    "diff_editions",
    "load",
    "program_page",
    "programs_page",
    "read",
    "shipped_folder",
    "unusable",
]
