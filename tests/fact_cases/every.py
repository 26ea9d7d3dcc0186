"""All cases together."""

from fact_cases import Case, care, coverage, health, history, living


def every() -> list[Case]:
    """Every case of every fact, in a fixed order."""
    groups = [*coverage.GROUPS, *living.GROUPS, *history.GROUPS, *health.GROUPS, *care.GROUPS]
    return [case for group in groups for case in group]
