"""HUD's HMIS CSV export: any supported version in, one canonical set of tables out, and what is wrong with it."""

from crosswalk.core.formats.hmis.delivery import Staged, stage
from crosswalk.core.formats.hmis.layout import CANONICAL, read_layout
from crosswalk.core.formats.hmis.merge import Delivered, merge

__all__ = ["CANONICAL", "Delivered", "Staged", "merge", "read_layout", "stage"]
