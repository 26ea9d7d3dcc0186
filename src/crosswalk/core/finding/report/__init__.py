"""The list as one file to read, filter and print: what is on it, how it is drawn, and the page itself."""

from crosswalk.core.finding.report.contents import collect
from crosswalk.core.finding.report.page import render
from crosswalk.core.finding.report.shown import Contents

__all__ = ["Contents", "collect", "render"]
