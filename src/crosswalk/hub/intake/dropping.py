"""A drop folder: what lies whole in an organization's folder arrives as if somebody had sent it on the page.

The file is copied first and taken out of the drop folder last, so that one who is killed in between loses nothing;
the same file is then found again, and changes nothing.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.cli.store import sha256
from crosswalk.core.basics import Refused
from crosswalk.hub.access.itself import Hub, as_the_hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.intake.actions import take
from crosswalk.hub.intake.arriving import Arrived, room_for

REFUSED = "refused"


@dataclass
class Taken:
    """What one look at the drop folder found; the sentences name files and organizations, never people."""

    arrived: int = 0
    repeated: int = 0
    refused: int = 0
    said: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many files arrived, came again, could not be used."""
        return {"arrived": self.arrived, "repeated": self.repeated, "refused": self.refused}

    def in_words(self) -> str:
        """The same for people."""
        return (
            _("%(arrived)s arrived, %(repeated)s had come before, %(refused)s cannot be used.")
            % self.counts()
        )


def look(folder: Path, quiet: int) -> Taken:
    """Look once. `quiet`: a file is whole when nothing was written to it for so many seconds."""
    taken = Taken()
    by_name = {one.name.casefold(): one for one in Organization.objects.all()}
    for home in sorted(one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()):
        organization = by_name.get(home.name.casefold())
        if organization is None:
            taken.said.append(f"{home.name}: no organization is called so; its files were left alone.")
            continue
        for path in _whole(home, quiet):
            _hand_over(path, organization, taken)
    return taken


def _whole(home: Path, quiet: int) -> Iterator[Path]:
    for path in sorted(home.iterdir()):
        if path.name.startswith(".") or path.suffix == ".part" or path.is_symlink() or not path.is_file():
            continue
        if time.time() - path.stat().st_mtime >= quiet:
            yield path


def _hand_over(path: Path, organization: Organization, taken: Taken) -> None:
    """One file: taken in and then out of the folder, or set aside with the reason."""
    copy = room_for(path.name)
    arrived = Arrived(copy, "", 0, None)
    try:
        shutil.copyfile(path, copy)
        with copy.open("rb") as handle:
            os.fsync(handle.fileno())
        arrived = Arrived(copy, sha256(copy), copy.stat().st_size, None)
        with transaction.atomic(), as_the_hub():
            _one, is_new = take(by=Hub(), at=timezone.now(), organization_id=organization.pk, file=arrived)
        path.unlink()
        taken.arrived += is_new
        taken.repeated += not is_new
    except Refused as refused:
        taken.refused += 1
        taken.said.append(f"{organization.name}, {path.name}: {refused.sentence} {refused.fix}")
        aside = path.parent / REFUSED
        aside.mkdir(exist_ok=True)
        (aside / f"{path.name}.txt").write_text(f"{refused.sentence} {refused.fix}\n", encoding="utf-8")
        path.replace(aside / path.name)
    finally:
        arrived.close()
