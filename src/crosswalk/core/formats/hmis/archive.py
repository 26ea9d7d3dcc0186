"""The ZIP an export comes in: looked at before anything is unpacked, refused in words when it cannot be trusted.

Limits. HMIS CSV packs well: the samples 8 to 25 times, files of mostly empty columns up to 100 times, and deflate
itself cannot pass 1,032. A member above RATIO that is larger than SMALL is therefore no HMIS file. What is unpacked is
counted while it is written and may not exceed what the archive declared, nor leave the disk without room.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from crosswalk.core.basics import Refused

RATIO = 250
SMALL = 10_000_000
MEMBERS = 200
SPARE_DISK = 200_000_000

_PICTURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Office document or a protected workbook",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x1f\x8b": "a gzip archive",
}
_ASK = "Ask the HMIS administrator to export the HMIS CSV ZIP again."
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass
class Archive:
    """The CSV members of one export: `members` by file name, `folder` they lie in, other files in `others`."""

    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    folder: str = ""
    others: list[str] = field(default_factory=list)

    def unpack(self, name: str, into: Path) -> Path:
        """Write one member to `into`, counting every byte. The checksum is verified before anything is read."""
        info = self.members[name]
        path = into / Path(name).name
        written = 0
        try:
            with self.zip.open(info) as packed, path.open("wb") as out:
                while piece := packed.read(1 << 20):
                    written += len(piece)
                    if written > info.file_size:
                        raise Refused(
                            "It unpacks to more than it declares.", fix=_ASK, place=name, code="zip_bomb"
                        )
                    out.write(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            if isinstance(error, OSError) and error.errno:
                raise
            raise Refused(
                "It cannot be unpacked: the archive is damaged or was cut off.",
                fix=_ASK,
                place=name,
                code="zip_damaged",
            ) from None
        return path


@contextmanager
def opened(path: Path, known: frozenset[str], room: Path) -> Iterator[Archive]:
    """The archive, after every check that needs no unpacking. `known` are the file names of the format in lower case.

    `room` is a folder on the disk that it will be unpacked to. Raises Refused.
    """
    _looks_like_zip(path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, OSError, NotImplementedError):
        raise Refused(
            "The ZIP is damaged or was cut off.", fix=_ASK, place=path.name, code="zip_damaged"
        ) from None
    with archive:
        _check(archive, path, room)
        yield _sorted(archive, path, known)


def foreign(start: bytes) -> str | None:
    """What a file is that nobody here reads (a picture, a PDF, another archive), by its first bytes; else None."""
    return next((word for mark, word in _PICTURES.items() if start.startswith(mark)), None)


def _looks_like_zip(path: Path) -> None:
    if not path.is_file():
        raise Refused("There is no such file.", fix="Check the path.", place=str(path), code="no_file")
    with path.open("rb") as handle:
        start = handle.read(512)
    if not start:
        raise Refused("The file is empty (0 bytes).", fix=_ASK, place=path.name, code="empty")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return
    what = foreign(start)
    if what is None and b"\0" not in start and b"," in start:
        what = "a text or CSV file"
    sentence = f"The file is {what}, not a ZIP." if what else "The file is not a ZIP."
    raise Refused(sentence, fix="Give the ZIP with the HMIS CSV export.", place=path.name, code="not_zip")


def _check(archive: zipfile.ZipFile, path: Path, room: Path) -> None:
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise Refused(
            f"The ZIP holds {len(infos)} files; an HMIS export has 24.",
            fix=_ASK,
            place=path.name,
            code="zip_bomb",
        )
    for info in infos:
        _check_member(info, path)
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        raise Refused(
            "Its files overlap one another; such a ZIP is made to do harm.",
            fix=_ASK,
            place=path.name,
            code="zip_bomb",
        )
    needed = sum(info.file_size for info in infos)
    if needed + SPARE_DISK > shutil.disk_usage(room).free:
        raise Refused(
            f"Unpacked it needs {needed / 1e9:.1f} GB, which the disk does not have.",
            fix="Make room, or choose another disk with --data.",
            place=path.name,
            code="no_room",
        )


def _check_member(info: zipfile.ZipInfo, path: Path) -> None:
    name = info.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name:
        raise Refused(
            "A file in the ZIP wants to be written outside its folder.",
            fix=_ASK,
            place=path.name,
            code="zip_path",
        )
    if info.flag_bits & 0x1:
        raise Refused(
            "The ZIP is protected with a password.",
            fix="Unpack it with the password, pack it again without one, and keep it in a protected place.",
            place=path.name,
            code="zip_encrypted",
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("The ZIP holds a link to another file.", fix=_ASK, place=path.name, code="zip_path")
    if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
        raise Refused(
            f"A file in it would unpack to {info.file_size // max(info.compress_size, 1)} times its size;"
            " no HMIS file packs that well.",
            fix=_ASK,
            place=path.name,
            code="zip_bomb",
        )


def _sorted(archive: zipfile.ZipFile, path: Path, known: frozenset[str]) -> Archive:
    found = Archive(archive)
    folders: set[str] = set()
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        if info.is_dir() or any(word in name for word in _CLUTTER) or "/._" in f"/{name}":
            continue
        place = PurePosixPath(name)
        if place.name.lower() not in known:
            found.others.append(name)
            continue
        if place.name.lower() in (member.lower() for member in found.members):
            raise Refused(
                f"{place.name} is in the ZIP twice (upper and lower case count as one).",
                fix="Keep the one that belongs to this export.",
                place=path.name,
                code="file_twice",
            )
        found.members[place.name] = info
        folders.add("" if str(place.parent) == "." else str(place.parent))
    if not any(name.lower() == "export.csv" for name in found.members):
        raise Refused(
            "There is no Export.csv in the ZIP, so it is not known what it is.",
            fix="Give the ZIP with the HMIS CSV export, as the HMIS wrote it.",
            place=path.name,
            code="no_export",
        )
    if len(folders) > 1:
        raise Refused(
            "The files lie in several folders; they may belong to several exports.",
            fix="Put the files of one export into one ZIP.",
            place=path.name,
            code="several_folders",
        )
    found.folder = folders.pop() if folders else ""
    return found
