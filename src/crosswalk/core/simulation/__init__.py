"""An invented county, seeded: its HMIS export, two plans' files, and the truth about everyone in it."""

from crosswalk.core.simulation.county import County, make_county

__all__ = ["County", "make_county"]
