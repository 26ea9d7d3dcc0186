"""Everything between an empty data folder and a hub that can serve: database, tables, rights, files for pages."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crosswalk.hub.site import database, postgres
from crosswalk.hub.site.config import Site


def ready(site: Site, *, fast_and_unsafe: bool = False) -> postgres.Server | None:
    """Make the hub ready to serve; on one that is ready, nothing changes. The server is given back to be stopped.

    Migrations run as the owner, everything afterwards as the app role. One process at a time: pages, worker and
    commands often start together, and PostgreSQL refuses to change a role for two at once.
    """
    with one_at_a_time(site.folder):
        return _ready(site, fast_and_unsafe)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process makes the same data folder ready; freed also when a process is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ready(site: Site, fast_and_unsafe: bool) -> postgres.Server | None:
    found, server = database.prepare(site, fast_and_unsafe=fast_and_unsafe)
    os.environ["DJANGO_SETTINGS_MODULE"] = "crosswalk.hub.site.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    database.grant(found.owner, found.app)
    call_command("collectstatic", verbosity=0, interactive=False)
    from django.db import connections

    connections.close_all()
    return server
