"""Plans' member and event files, CSV or XLSX, read by layouts that are data, and merged into what holds now."""

from crosswalk.core.formats.plan_files.codes import Codes, read_codes
from crosswalk.core.formats.plan_files.current import merge
from crosswalk.core.formats.plan_files.layout import Layout, layout_names, parse_layout, read_layout
from crosswalk.core.formats.plan_files.opening import open_grid
from crosswalk.core.formats.plan_files.rows import Grid
from crosswalk.core.formats.plan_files.staging import Call, Staged, stage

__all__ = [
    "Call",
    "Codes",
    "Grid",
    "Layout",
    "Staged",
    "layout_names",
    "merge",
    "open_grid",
    "parse_layout",
    "read_codes",
    "read_layout",
    "stage",
]
