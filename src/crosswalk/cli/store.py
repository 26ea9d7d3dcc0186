"""The folder behind `--data`: raw deliveries, staged deliveries, the current state, runs and the latest results.

    raw/<sha256>               every file received, unchanged
    deliveries/<id>/           one staged delivery: delivery.json, typed Parquet, problems.parquet; never edited
    waiting/<id>/              the same for one that nobody has accepted yet; it counts nowhere
    states/<n>/, current       what holds now: hmis/<Table>.parquet, members.parquet, events.parquet
    decisions.jsonl            what people decided about links, append-only
    runs/<id>/                 one run: run.json (inputs by hash, policy release, code version) and its outputs
    latest/                    the newest output of each kind

Writers hold a lock; everything is built aside and moved into place, so a stopped command leaves nothing half-written.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from crosswalk import __version__
from crosswalk.core.basics import Refused


@dataclass(frozen=True)
class Delivery:
    """One staged delivery and what its delivery.json says."""

    id: str
    kind: str
    folder: Path
    facts: dict[str, Any]

    @property
    def sequence(self) -> int:
        """The order in which deliveries were let in here, from 1."""
        return int(self.facts["sequence"])

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to accept it."""
        return self.folder.parent.name == "waiting"


class Store:
    """Reads and writes under one `--data` folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made_here = False

    # --- reading -----------------------------------------------------------------------------------

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """Staged deliveries in the order they came; `kind` is hmis, members or events."""
        found = []
        for path in self.root.glob("deliveries/*/delivery.json"):
            facts = json.loads(path.read_text())
            if kind in (None, facts["kind"]):
                found.append(Delivery(facts["delivery"], facts["kind"], path.parent, facts))
        return sorted(found, key=lambda one: one.sequence)

    def delivery(self, delivery_id: str) -> Delivery | None:
        """One staged delivery, or None."""
        return next((one for one in self.deliveries() if one.id == delivery_id), None)

    def waiting_delivery(self, delivery_id: str) -> Delivery | None:
        """One delivery that nobody has accepted yet, or None."""
        path = self.root / "waiting" / delivery_id / "delivery.json"
        if not path.exists():
            return None
        facts = json.loads(path.read_text())
        return Delivery(delivery_id, facts["kind"], path.parent, facts)

    @property
    def current(self) -> Path:
        """The folder with the state that holds now (may not exist yet).

        Resolved, so that a long reader keeps one state while a delivery moves the next one into place.
        """
        pointer = self.root / "current"
        return pointer.resolve() if pointer.exists() else pointer

    def staged(self) -> Path:
        """The state that holds now; refuses when nothing was ever staged here."""
        if not self.current.exists():
            raise Refused(
                f"Nothing is staged under {self.root}.",
                fix="Run `crosswalk stage hmis`, `stage members` or `stage events` first.",
            )
        return self.current

    @property
    def latest(self) -> Path:
        """The folder with the newest output of each kind (may not exist yet)."""
        return self.root / "latest"

    def newest(self, output: str, *, otherwise: str) -> Path:
        """The newest output of a kind (`links`, `facts/age`); refuses with the command that makes it."""
        path = self.latest / f"{output}.parquet"
        if not path.exists():
            raise Refused(f"There is no {output} under {self.root} yet.", fix=otherwise)
        return path

    @property
    def scratch(self) -> Path:
        """Where the column engine may spill."""
        return self.root / "scratch"

    # --- writing -----------------------------------------------------------------------------------

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one writer; a second command waits."""
        handle = self._only_writer()
        try:
            yield
        finally:
            self._tidy()
            handle.close()

    def _only_writer(self) -> TextIO:
        """Wait for the lock. It may have been tidied away while we waited; then it is taken anew."""
        while True:
            self._made_here = self._made_here or not self.root.exists()
            self.root.mkdir(parents=True, exist_ok=True)
            handle = (self.root / ".lock").open("w")
            fcntl.flock(handle, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle.fileno()), (self.root / ".lock").stat()):
                    self._mend()
                    return handle
            handle.close()

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A scratch folder on the same disk, removed at the end whatever happens."""
        folder = self.root / "building" / uuid.uuid4().hex
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._tidy()

    def _mend(self) -> None:
        """Clear away what a killed command left, and finish showing the newest run of each kind under `latest/`."""
        for left in self.root.glob("building/*"):
            shutil.rmtree(left, ignore_errors=True)
        for part in (*self.root.glob("raw/*.part"), *self.latest.rglob("*.part")):
            part.unlink(missing_ok=True)
        newest: dict[str, Path] = {}
        for made in sorted(self.root.glob("runs/*-*/run.json"), key=lambda one: _number(one.parent.name)):
            newest[made.parent.name.rpartition("-")[0]] = made.parent
        for home in newest.values():
            self._show(home)

    def _show(self, home: Path) -> None:
        """Put a run's Parquet outputs under `latest/`, each in one step."""
        for made in sorted(home.rglob("*.parquet")):
            shown = self.latest / made.relative_to(home)
            if shown.exists() and shown.samefile(made):
                continue
            shown.parent.mkdir(parents=True, exist_ok=True)
            part = shown.with_suffix(f".{uuid.uuid4().hex}.part")
            os.link(made, part)
            part.replace(shown)

    def _tidy(self) -> None:
        """Leave no empty folder behind; a refused command on a new place leaves the place as it was."""
        for empty in (self.root / "building", self.scratch):
            with suppress(OSError):
                empty.rmdir()
        if self.root.is_dir() and {one.name for one in self.root.iterdir()} <= {".lock"}:
            (self.root / ".lock").unlink(missing_ok=True)
            if self._made_here:
                with suppress(OSError):
                    self.root.rmdir()

    def keep_raw(self, path: Path) -> str:
        """Keep the file as it came, by its content; the SHA-256."""
        digest = sha256(path)
        kept = self.root / "raw" / digest
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(f".{uuid.uuid4().hex}.part")
            try:
                shutil.copyfile(path, part)
                part.replace(kept)
            finally:
                part.unlink(missing_ok=True)
        return digest

    def add_delivery(self, built: Path, facts: dict[str, Any], *, waiting: bool = False) -> Delivery:
        """Move a finished staging folder into place; with `waiting`, to where it counts for nothing yet.

        `facts` needs delivery, kind, source, sha256, file, order and summary. `order` is what decides older
        and newer among deliveries of a source: for HMIS the ExportDate as ISO text.
        """
        facts = dict(facts)
        facts["staged_at"] = datetime.now().astimezone().isoformat(timespec="seconds")
        facts["code_version"] = __version__
        if not waiting:
            facts["sequence"] = self._next_sequence()
        _write_facts(built, facts)
        home = self.root / ("waiting" if waiting else "deliveries") / str(facts["delivery"])
        home.parent.mkdir(parents=True, exist_ok=True)
        built.replace(home)
        return Delivery(str(facts["delivery"]), str(facts["kind"]), home, json.loads(_facts_text(facts)))

    def let_in(self, delivery_id: str) -> Delivery:
        """Move a waiting delivery among those that count. Raises Refused where none of that id waits."""
        held = self.waiting_delivery(delivery_id)
        if held is None:
            raise Refused(f"No delivery “{delivery_id}” waits.", fix="It was accepted or rejected before.")
        facts = {**held.facts, "sequence": self._next_sequence()}
        home = self.root / "deliveries" / delivery_id
        home.parent.mkdir(parents=True, exist_ok=True)
        _write_facts(held.folder, facts)
        held.folder.replace(home)
        return Delivery(delivery_id, held.kind, home, facts)

    def discard(self, delivery_id: str) -> None:
        """Forget a waiting delivery, and its raw file where no other delivery is made of it."""
        held = self.waiting_delivery(delivery_id)
        if held is None:
            return
        shutil.rmtree(held.folder)
        every = [*self.root.glob("deliveries/*/delivery.json"), *self.root.glob("waiting/*/delivery.json")]
        digest = held.facts["sha256"]
        if digest not in {json.loads(path.read_text())["sha256"] for path in every}:
            (self.root / "raw" / digest).unlink(missing_ok=True)

    def _next_sequence(self) -> int:
        return 1 + max((one.sequence for one in self.deliveries()), default=0)

    def swap_current(self, built: Path) -> None:
        """Make a finished folder the current state, in one step; files that `built` lacks are carried over."""
        number = 1 + max(
            (int(one.name) for one in self.root.glob("states/*") if one.name.isdigit()), default=0
        )
        home = self.root / "states" / str(number)
        home.parent.mkdir(parents=True, exist_ok=True)
        if self.current.exists():
            for old in sorted(self.current.rglob("*.parquet")):
                new = built / old.relative_to(self.current)
                if not new.exists():
                    new.parent.mkdir(parents=True, exist_ok=True)
                    os.link(old.resolve(), new)
        built.replace(home)
        pointer = self.root / f".current-{uuid.uuid4().hex}"
        pointer.symlink_to(home.relative_to(self.root), target_is_directory=True)
        pointer.replace(self.root / "current")
        # The one before stays for those who are still reading it.
        for stale in self.root.glob("states/*"):
            if stale.name.isdigit() and int(stale.name) < number - 1:
                shutil.rmtree(stale, ignore_errors=True)

    def publish_run(self, built: Path, kind: str, facts: dict[str, Any]) -> tuple[str, Path]:
        """Move a finished run into place and its Parquet outputs under `latest/`; the run's id and folder.

        A run's id is its kind and a number: `find-3`. `facts` must name the inputs by delivery id or hash.
        """
        numbers = [_number(one.name) for one in self.root.glob(f"runs/{kind}-*")]
        run = f"{kind}-{1 + max(numbers, default=0)}"
        facts = {"run": run, "kind": kind, "code_version": __version__, **facts}
        facts["at"] = datetime.now().astimezone().isoformat(timespec="seconds")
        (built / "run.json").write_text(json.dumps(facts, indent=1, default=str, ensure_ascii=False))
        home = self.root / "runs" / run
        home.parent.mkdir(parents=True, exist_ok=True)
        built.replace(home)
        self._show(home)
        return run, home

    def newest_run(self, kind: str) -> dict[str, Any] | None:
        """What the newest run of a kind says of itself; None before the first."""
        runs = sorted(self.root.glob(f"runs/{kind}-*/run.json"), key=lambda one: _number(one.parent.name))
        return dict(json.loads(runs[-1].read_text())) if runs else None

    def run(self, run_id: str) -> Path:
        """The folder of one run; refuses with the list of those there are."""
        home = self.root / "runs" / run_id
        if not (home / "run.json").exists():
            there = ", ".join(sorted(one.name for one in self.root.glob("runs/*"))) or "none yet"
            raise Refused(f"There is no run “{run_id}”.", fix=f"Runs under {self.root}: {there}.")
        return home


def _facts_text(facts: dict[str, Any]) -> str:
    return json.dumps(facts, indent=1, default=str, ensure_ascii=False)


def _write_facts(folder: Path, facts: dict[str, Any]) -> None:
    """Write delivery.json in one step."""
    part = folder / "delivery.json.part"
    part.write_text(_facts_text(facts))
    part.replace(folder / "delivery.json")


def _number(run_id: str) -> int:
    return int(run_id.rpartition("-")[2])


def sha256(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
