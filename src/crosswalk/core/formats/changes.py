"""What a staged delivery would change: rows that are new, that say something else, that are not named any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from crosswalk.core.engine import DuckEngine, literal

#: Columns that say where a row came from, not what it says.
ORIGIN = (
    "source",
    "delivery",
    "file",
    "row",
    "in_newest",
    "extra",
    "ExportID",
    "DateCreated",
    "DateUpdated",
    "UserID",
)


@dataclass(frozen=True)
class Changes:
    """Counts of rows (or members) beside what holds now from the same senders."""

    new: int
    changed: int
    same: int
    gone: int

    def as_dict(self) -> dict[str, int]:
        """The same by name."""
        return asdict(self)


def changes(
    engine: DuckEngine, staged: Path, held: Path | None, *, key: Sequence[str], sources: Sequence[str]
) -> Changes:
    """Compare a staged table with what holds now of these sources, row by row over `key`.

    `held` is the same table of the current state (None: nothing yet). Rows compare by what they say; when and by
    whom they were exported does not count.
    """
    engine.register("staged_rows", staged)
    columns = [name for (name, *_) in engine.fetch("DESCRIBE staged_rows")]
    said = [f'"{name}"' for name in columns if name not in {*ORIGIN, *key}]
    keys = ", ".join(f'"{name}"' for name in key)
    text = f"SELECT {keys}, hash({', '.join(said) or '0'}) AS says FROM {{}}"
    engine.sql("CREATE OR REPLACE VIEW now_said AS " + text.format("staged_rows"))
    if held is None:
        ((new,),) = engine.fetch("SELECT count(*) FROM now_said")
        return Changes(new, 0, 0, 0)
    engine.register("held_rows", held)
    listed = ", ".join(literal(one) for one in sources)
    engine.sql(
        "CREATE OR REPLACE VIEW once_said AS " + text.format("held_rows") + f" WHERE source IN ({listed})"
    )
    same = " AND ".join(f'a."{name}" IS NOT DISTINCT FROM b."{name}"' for name in key)
    ((new, changed, equal, gone),) = engine.fetch(
        f"SELECT count(*) FILTER (b.says IS NULL), count(*) FILTER (a.says <> b.says),"
        f" count(*) FILTER (a.says = b.says), count(*) FILTER (a.says IS NULL)"
        f" FROM now_said AS a FULL JOIN once_said AS b ON {same}"
    )
    return Changes(int(new), int(changed), int(equal), int(gone))


def comings(engine: DuckEngine, staged: Path, held: Path | None) -> dict[str, int]:
    """Members who come with a file, who leave with it, and who change into its plans: counts of people by CIN.

    Left are those whom the plan's newest file so far names and this one does not. Moved are those who come and whom
    another plan's newest file names.
    """
    engine.register("staged_members", staged)
    ((named,),) = engine.fetch("SELECT count(DISTINCT (plan, cin)) FROM staged_members")
    if held is None:
        return {"named": int(named), "came": int(named), "left": 0, "moved": 0}
    engine.register("held_members", held)
    ((came, left, moved),) = engine.fetch(
        """
        WITH now AS (SELECT DISTINCT plan, cin FROM staged_members),
        once AS (SELECT DISTINCT plan, cin FROM held_members WHERE in_newest),
        came AS (SELECT plan, cin FROM now ANTI JOIN once USING (plan, cin))
        SELECT (SELECT count(*) FROM came),
          (SELECT count(*) FROM once ANTI JOIN now USING (plan, cin) WHERE plan IN (SELECT plan FROM now)),
          (SELECT count(*) FROM came SEMI JOIN once ON once.cin = came.cin AND once.plan <> came.plan)
        """
    )
    return {"named": int(named), "came": int(came), "left": int(left), "moved": int(moved)}
