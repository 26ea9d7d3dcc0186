"""Named measurements of people, one SQL text each, every value with the rows that show it."""

from crosswalk.core.facts.catalogue import Fact, catalogue, named

__all__ = ["Fact", "catalogue", "named"]
