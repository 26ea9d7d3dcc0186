"""What earlier runs already did: standardised files and weighed pairs, so that a new day does not re-link the county.

A folder holds `standard/<side>-<key>/` (by content, so that the same file is cleaned once), the weighed pairs of each
job, and `memory.json`, written last. Pairs are weighed again only where one of the two records is new or changed;
how common names are, and the prior, stay as they were until the member file has grown or shrunk by a tenth or the
policy changed (reference §3.5). Deleting the folder only costs time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.settings import LinkageSettings
from crosswalk.core.linkage.standardise import StandardFile

#: From this change in the number of members on, frequencies and prior are made anew.
GROWTH = 0.10


@dataclass(frozen=True)
class Job:
    """One comparison of a run: two standardised files (or one with itself) and what is expected of them.

    `frequencies` says how common names are; `rights` is the number of right records that the prior reckons with.
    """

    name: str
    left: StandardFile
    right: StandardFile
    frequencies: Path
    rules: str
    expected: float
    rights: int

    @property
    def within(self) -> bool:
        """Whether a file is compared with itself."""
        return self.left == self.right

    @property
    def hashed(self) -> bool:
        """Whether some record came from a hashed export."""
        return bool(self.left.hashed or self.right.hashed)


@dataclass(frozen=True)
class Memory:
    """The folder of earlier work, under the policy that is in force."""

    folder: Path
    settings: LinkageSettings

    @property
    def _facts(self) -> dict[str, Any]:
        path = self.folder / "memory.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def standard(
        self, side: str, files: Sequence[Path], variant: str, make: Callable[[Path], StandardFile]
    ) -> StandardFile:
        """The standardised form of `files` together, made by `make` (given a folder) unless this content is known."""
        key = hashlib.sha256(
            f"{_digests(files)} {self.settings.standard_fingerprint} {variant}".encode()
        ).hexdigest()[:16]
        home = self.folder / "standard" / f"{side}-{key}"
        facts = home / "facts.json"
        if not facts.exists():
            part = home.with_name(home.name + ".part")
            shutil.rmtree(part, ignore_errors=True)
            shutil.rmtree(home, ignore_errors=True)
            made = make(part)
            (part / "facts.json").write_text(json.dumps({"rows": made.rows, "hashed": made.hashed}))
            part.replace(home)
        known = json.loads(facts.read_text())
        return StandardFile(home, int(known["rows"]), int(known["hashed"]))

    def files(self) -> list[StandardFile]:
        """The standardised files of the newest run, clients before members; empty before the first run."""
        before = self._facts.get("across")
        return (
            [StandardFile(self.folder / before[side], 0, 0) for side in ("left", "right")] if before else []
        )

    def settled(self, job: Job) -> Job:
        """The job with the frequencies and prior of the earlier run, while they still hold."""
        before = self._facts.get(job.name)
        if before is None or not self._holds(before, job):
            return job
        return replace(job, frequencies=self.folder / before["frequencies"], rights=int(before["rights"]))

    def recall(self, engine: DuckEngine, job: Job) -> frozenset[str] | None:
        """Fill `kept` (weighed pairs of unchanged records), `fresh_left` and `fresh_right` (rids of the others).

        Returns the rules that were then too costly, which stay left out; None where nothing earlier holds.
        """
        before = self._facts.get(job.name)
        if before is None or not self._holds(before, job):
            return None
        saved = self.folder / before["pairs"]
        for side, file in (("left", job.left), ("right", job.right)):
            old = self.folder / before[side]
            if old == file.folder:
                engine.sql(f"CREATE OR REPLACE TEMP TABLE fresh_{side} AS SELECT 0::INTEGER AS rid LIMIT 0")
            else:
                engine.sql(
                    f"""CREATE OR REPLACE TEMP TABLE fresh_{side} AS
                    SELECT rid::INTEGER AS rid FROM read_parquet('{file.records}') AS n
                    ANTI JOIN (SELECT source, source_id, mark FROM read_parquet('{old}/records.parquet')) AS o
                    USING (source, source_id, mark)"""
                )
        left, left_join = _numbered(job.left, "left", self.folder / before["left"])
        right, right_join = _numbered(job.right, "right", self.folder / before["right"])
        engine.sql(
            f"""CREATE OR REPLACE TEMP TABLE kept AS
            SELECT {left} AS l, {right} AS r,
                   s.* EXCLUDE (l, r, left_source, left_id, left_mark, right_source, right_id, right_mark)
            FROM read_parquet('{saved}') AS s {left_join} {right_join}"""
        )
        return frozenset(before["left_out"])

    def _holds(self, before: dict[str, Any], job: Job) -> bool:
        there = all((self.folder / before[one]).exists() for one in ("pairs", "frequencies", "left", "right"))
        grown = abs(job.rights / max(int(before["rights"]), 1) - 1)
        return (
            there
            and before["policy"] == self.settings.fingerprint
            and grown <= GROWTH
            and before["hashed"] == job.hashed
        )

    def keep(self, engine: DuckEngine, job: Job, run: str, left_out: Sequence[str]) -> dict[str, Any]:
        """Write the weighed pairs of a job that just ran; what to remember of it, for `finish`."""
        pairs = self.folder / f"{job.name}-{run}.parquet"
        engine.write_parquet(
            """SELECT s.*, a.source AS left_source, a.source_id AS left_id, a.mark AS left_mark,
                    b.source AS right_source, b.source_id AS right_id, b.mark AS right_mark
            FROM scored AS s JOIN known_left AS a ON a.rid = s.l JOIN known_right AS b ON b.rid = s.r""",
            pairs,
        )
        frequencies = self.folder / f"frequencies-{job.name}-{run}.parquet"
        shutil.copyfile(job.frequencies, frequencies)
        return {
            "pairs": pairs.name,
            "frequencies": frequencies.name,
            "rights": job.rights,
            "left": str(job.left.folder.relative_to(self.folder)),
            "right": str(job.right.folder.relative_to(self.folder)),
            "policy": self.settings.fingerprint,
            "hashed": job.hashed,
            "left_out": list(left_out),
        }

    def finish(self, kept: dict[str, dict[str, Any]]) -> None:
        """Remember these jobs from now on, and drop what no remembered job needs."""
        facts = {**self._facts, **kept}
        part = self.folder / "memory.json.part"
        part.write_text(json.dumps(facts, indent=1))
        part.replace(self.folder / "memory.json")
        needed = {
            str(one[key]) for one in facts.values() for key in ("pairs", "frequencies", "left", "right")
        }
        for path in [*self.folder.glob("*.parquet"), *self.folder.glob("standard/*")]:
            if str(path.relative_to(self.folder)) not in needed:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _numbered(file: StandardFile, side: str, old: Path) -> tuple[str, str]:
    """The present number of a saved record and the join that finds it; the same number, where the file is the same."""
    if old == file.folder:
        return f"s.{side[0]}", ""
    records = f"(SELECT rid::INTEGER AS rid, source, source_id, mark FROM read_parquet('{file.records}'))"
    same = f"(now_{side}.source, now_{side}.source_id, now_{side}.mark) = (s.{side}_source, s.{side}_id, s.{side}_mark)"
    return f"now_{side}.rid", f"JOIN {records} AS now_{side} ON {same}"


def _digests(files: Sequence[Path]) -> str:
    """What those of the files hold that are there, in one word."""
    return " ".join(_digest(one) for one in files if one.exists()) or "nothing"


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
