"""A file while it arrives: written straight to where it is read from, hashed on the way, never held in memory.

Files are taken on the page of deliveries alone, from somebody signed in, up to the size that the site allows. A file
that nobody keeps is deleted when its request ends.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload

#: The route that takes files.
ROUTE = "deliveries"


class Arrived(UploadedFile):
    """A file that arrived whole: `path` on disk, `sha256` of its bytes. Gone when the request ends, unless kept."""

    def __init__(self, path: Path, sha256: str, size: int, content_type: str | None) -> None:
        super().__init__(None, path.name, content_type, size)
        self.path, self.sha256, self.is_kept = path, sha256, False

    def keep(self) -> str:
        """Keep it for the job that reads it; the name of its folder under `incoming/`."""
        self.is_kept = True
        return self.path.parent.name

    def close(self) -> None:
        """Django calls this when the request ends."""
        if not self.is_kept:
            shutil.rmtree(self.path.parent, ignore_errors=True)


def incoming() -> Path:
    """Where files lie until they are read; on the disk of the data folder, so that nothing is copied."""
    folder = settings.SITE.data.resolve() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def room_for(name: str) -> Path:
    """A path for one file in a folder of its own that only this account can open."""
    folder = incoming() / secrets.token_hex(12)
    folder.mkdir(mode=0o700)
    return folder / Path(name).name


def most_bytes() -> int:
    """The largest file that the page takes."""
    return int(settings.SITE.largest_file_mb) * 1_000_000


class Arriving(FileUploadHandler):
    """Takes the file of the page of deliveries; leaves all others to Django's own handlers."""

    chunk_size = 1 << 20

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.path: Path | None = None
        self.handle: BinaryIO | None = None
        self.digest = hashlib.sha256()

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Look at the length before anything is read."""
        del input_data, META, boundary, encoding
        match = self.request.resolver_match
        self.is_ours = bool(match and match.url_name == ROUTE and SESSION_KEY in self.request.session)
        self.is_too_large = content_length > most_bytes()

    def new_file(self, *args: Any, **named: Any) -> None:
        """A file begins."""
        super().new_file(*args, **named)
        if not self.is_ours or self.path is not None:
            return
        if self.is_too_large:
            self.request.is_too_large = True
            # The rest is read and thrown away, so that the answer reaches a browser that still sends.
            raise StopUpload(connection_reset=False)
        self.path = room_for(self.file_name)
        self.handle = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """A piece of it."""
        del start  # pieces come in order
        if self.handle is None:
            return raw_data
        self.handle.write(raw_data)
        self.digest.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """It is whole, and on the disk before anybody is told so."""
        if self.handle is None or self.path is None:
            return None
        self.handle.flush()
        os.fsync(self.handle.fileno())
        self.handle.close()
        self.handle = None
        return Arrived(self.path, self.digest.hexdigest(), file_size, self.content_type)

    def upload_interrupted(self) -> None:
        """The sender went away in the middle: nothing of it stays."""
        if self.handle is not None:
            self.handle.close()
        if self.path is not None:
            shutil.rmtree(self.path.parent, ignore_errors=True)
