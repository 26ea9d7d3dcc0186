"""Who is the same person: records compared by weighed evidence, with three answers, and persons that keep their ids."""

from crosswalk.core.linkage.settings import LinkageSettings

__all__ = ["LinkageSettings"]
