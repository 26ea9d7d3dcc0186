"""Everything between an empty data folder and a hub that can serve: database, tables, rights, files for pages."""

from __future__ import annotations

import os

from crosswalk.hub.site import database, postgres
from crosswalk.hub.site.config import Site


def ready(site: Site, *, fast_and_unsafe: bool = False) -> postgres.Server | None:
    """Make the hub ready to serve; on one that is ready, nothing changes. The server is given back to be stopped.

    Migrations run as the owner, everything afterwards as the app role.
    """
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
