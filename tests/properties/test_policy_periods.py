"""However a text is cut into versions, each day reads exactly the one that is in force."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crosswalk.core.basics import Period
from crosswalk.core.policy.tables import Row, Table
from crosswalk.core.policy.texts import ClauseVersion, in_force
from crosswalk.core.rules import Source, parse

FIRST = date(2022, 1, 1)
DAYS = st.integers(0, 2_000).map(lambda days: FIRST + timedelta(days=days))
CUTS = st.lists(DAYS, min_size=1, max_size=6, unique=True).map(sorted)


def version(number: int, start: date, end: date | None) -> ClauseVersion:
    return ClauseVersion(
        period=Period(start, end),
        source=Source("Guide"),
        confidence="verified",
        note="",
        gap_after=False,
        place="x.yaml:1: versions",
        raw={},
        rule=parse({"fact": "n", "at_least": number + 1}),
    )


@given(cuts=CUTS, day=DAYS)
def test_adjoining_versions_leave_no_day_without_one_and_none_with_two(cuts: list[date], day: date) -> None:
    ends = [*cuts[1:], None]
    versions = [version(at, start, end) for at, (start, end) in enumerate(zip(cuts, ends, strict=True))]
    holding = [one for one in versions if day in one.period]
    assert len(holding) == (day >= cuts[0])
    assert in_force(versions, day) == (holding[0] if holding else None)
    assert in_force(reversed(versions), day) == in_force(versions, day)


KEYS = st.lists(st.sampled_from("abcdef"), max_size=8)


@given(shipped=KEYS, local=KEYS)
@settings(max_examples=200)
def test_an_overlay_keeps_every_key_and_prefers_the_sites_own(shipped: list[str], local: list[str]) -> None:
    def table(keys: list[str], said: str) -> Table:
        rows = tuple(Row((key,), Period(), {"code": key, "say": said}, "t.csv:2: row") for key in keys)
        return Table("t", ("code", "from", "until", "say"), rows)

    both = table(shipped, "shipped").overlaid(table(local, "local"))
    assert {row.key[0] for row in both.rows} == set(shipped) | set(local)
    assert all((row.cells["say"] == "local") == (row.key[0] in local) for row in both.rows)


def test_the_shipped_policy_can_be_read_on_every_day_of_its_life() -> None:
    from crosswalk.core.policy import load, shipped_folder

    policy = load(Path(shipped_folder()))
    for days in range(0, 2_200, 59):
        edition = policy.as_of(FIRST + timedelta(days=days))
        assert len({program.code for program in edition.programs}) == len(edition.programs) > 10
