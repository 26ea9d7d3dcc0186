"""The small words that everything else is said in: truth of three values, periods, problems, identifiers."""

from crosswalk.core.basics.periods import Period, back
from crosswalk.core.basics.problems import Problem, Refused
from crosswalk.core.basics.truth import Truth

__all__ = ["Period", "Problem", "Refused", "Truth", "back"]
