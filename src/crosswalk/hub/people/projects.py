"""Which projects of HMIS an organization runs: what they recorded is its own record."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq


@lru_cache(maxsize=64)
def own_projects(state: Path, hmis_name: str) -> frozenset[str]:
    """The names of the projects that an organization runs in HMIS; what they recorded is its own record."""
    hmis = state / "hmis"
    if (
        not hmis_name
        or not (hmis / "Project.parquet").exists()
        or not (hmis / "Organization.parquet").exists()
    ):
        return frozenset()
    organizations = {
        (one["source"], one["OrganizationID"])
        for one in pq.read_table(
            hmis / "Organization.parquet", columns=["source", "OrganizationID", "OrganizationName"]
        ).to_pylist()
        if one["OrganizationName"] == hmis_name
    }
    projects = pq.read_table(hmis / "Project.parquet", columns=["source", "OrganizationID", "ProjectName"])
    return frozenset(
        one["ProjectName"]
        for one in projects.to_pylist()
        if (one["source"], one["OrganizationID"]) in organizations and one["ProjectName"]
    )
