"""Chronic homelessness by counted nights equals HUD's own published answers, person by person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import prepare, write
from crosswalk.core.facts.prepare import parameters, views

START, END = date(2025, 10, 1), date(2026, 9, 30)
ANSWERS = ("ch_time", "ch_time_status", "disability_status")

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def samples(shared: Path) -> Path:
    """HUD's sample export and the answers of HUD's own code for it."""
    return shared / "hmis" / "samples"


@pytest.fixture(scope="module")
def staged(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw export, staged."""
    import sys

    from crosswalk.cli import main

    data = tmp_path_factory.mktemp("data")
    export = samples / "hud-lsa-v8-slice-fy2026.zip"
    words = ["crosswalk", "stage", "hmis", str(export), "--data", str(data), "--json"]
    before, sys.argv = sys.argv, words
    try:
        with pytest.raises(SystemExit, match=r"^0$"):
            main()
    finally:
        sys.argv = before
    return data


@pytest.fixture(scope="module")
def measured(staged: Path, samples: Path) -> Any:
    """An engine with everything prepared for the report year, and HUD's answers as tables."""
    with DuckEngine() as engine:
        prepare(engine, staged / "current", None, END, codes=lambda _: [], report_start=START)
        for name in ("person", "enrollment"):
            path = samples / f"hud-lsa-v8-slice-truth-{name}.csv"
            engine.sql(f"CREATE TABLE hud_{name} AS FROM read_csv(:path)", {"path": str(path)})
        yield engine


def differences(engine: DuckEngine, path: Path) -> list[tuple[Any, ...]]:
    """People of HUD's answers whose answers are not ours, with both."""
    engine.register("ours", path)
    return engine.fetch(
        "SELECT h.PersonalID, h.CHTime, h.CHTimeStatus, h.DisabilityStatus, o.ch_time, o.ch_time_status,"
        " o.disability_status FROM hud_person AS h LEFT JOIN ours AS o ON o.source_id = h.PersonalID"
        " WHERE (h.CHTime, h.CHTimeStatus, h.DisabilityStatus)"
        " IS DISTINCT FROM (o.ch_time, o.ch_time_status, o.disability_status)"
        " OR (h.HoHAdult > 0 AND (h.CHStart, h.LastActive) IS DISTINCT FROM (o.ch_start, o.last_active))"
    )


def test_the_command_gives_huds_answer_for_every_person_from_the_raw_export(
    crosswalk: Callable[..., Any], staged: Path, measured: DuckEngine
) -> None:
    said = crosswalk(
        "facts", "chronic_history", "--report-start", START, "--on", END, "--data", staged, "--json"
    )
    assert said.code == 0, said.err
    assert said.summary["rows"] == {"chronic_history": 861}
    path = staged / "latest" / "facts" / "chronic_history.parquet"
    assert differences(measured, path) == []


def test_our_clean_up_gives_huds_rows_for_every_enrollment(measured: DuckEngine) -> None:
    """Entry, move-in, exit, last bed night, adult, active, in residence and disability, of all 2,313 rows."""
    wrong = measured.fetch(
        "SELECT t.EnrollmentID, s.enrollment_id FROM hud_enrollment AS t"
        " FULL JOIN lsa_stay AS s ON s.enrollment_id = t.EnrollmentID"
        " WHERE t.EnrollmentID IS NULL OR s.enrollment_id IS NULL OR"
        " (t.LSAProjectType, t.EntryDate, t.MoveInDate, t.ExitDate, t.LastBednight, t.Active = 1, t.AIR = 1,"
        " t.ActiveAge BETWEEN 21 AND 65, t.DisabilityStatus) IS DISTINCT FROM"
        " (s.project_type, s.entry, s.move_in, s.exit_day, s.last_night, s.active, s.in_residence,"
        " coalesce(s.adult, FALSE), s.disabling)"
    )
    assert wrong == []


def test_huds_own_cleaned_enrollments_lead_to_huds_answers(measured: DuckEngine, tmp_path: Path) -> None:
    """The method alone, without our clean-up: HUD's cleaned rows in, HUD's answers out."""
    ours = measured.fetch("SELECT count(*) FROM lsa_stay")
    measured.sql("ALTER TABLE lsa_stay RENAME TO our_stay")
    measured.sql(
        "CREATE TEMP TABLE lsa_stay AS SELECT o.* REPLACE (t.LSAProjectType AS project_type, t.EntryDate AS entry,"
        " t.MoveInDate AS move_in, t.ExitDate AS exit_day, t.LastBednight AS last_night,"
        " t.RelationshipToHoH = 1 AS head, t.ActiveAge BETWEEN 21 AND 65 AS adult, t.Active = 1 AS active,"
        " t.AIR = 1 AS in_residence, t.DisabilityStatus AS disabling)"
        " FROM hud_enrollment AS t JOIN our_stay AS o ON o.enrollment_id = t.EnrollmentID"
    )
    nights = views()["lsa_bed_night"]
    measured.sql(f"CREATE OR REPLACE TEMP TABLE lsa_bed_night AS {nights.text}", parameters(END, START))
    path = tmp_path / "chronic_history.parquet"
    write(measured, "chronic_history", END, path, report_start=START)
    found = differences(measured, path)
    measured.sql("DROP TABLE lsa_stay")
    measured.sql("ALTER TABLE our_stay RENAME TO lsa_stay")
    assert found == []
    assert measured.fetch("SELECT count(*) FROM lsa_stay") == ours


def test_chronic_means_disabled_and_long_enough(measured: DuckEngine, tmp_path: Path) -> None:
    path = tmp_path / "chronic_history.parquet"
    write(measured, "chronic_history", END, path, report_start=START)
    measured.register("ours", path)
    wrong = measured.fetch(
        "SELECT source_id FROM ours WHERE (chronic = 'yes') IS DISTINCT FROM"
        " (disability_status = 1 AND ((ch_time = 365 AND ch_time_status IN (1, 2)) OR"
        " (ch_time = 400 AND ch_time_status = 2)))"
    )
    assert wrong == []
    assert {one for (one,) in measured.fetch("SELECT DISTINCT chronic FROM ours")} == {"yes", "no", "unknown"}
