"""Other people's X12 files: no crash, their counts, our labelled mutants' verdicts, and the answers expected of us."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.formats.x12.answers import Answering, answers
from crosswalk.core.formats.x12.checking import Checked, check
from crosswalk.core.formats.x12.findings import VERDICTS
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Claim, GroupAnswer, InterchangeAnswer, PaidClaim

pytestmark = pytest.mark.shared
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def samples(shared: Path) -> Path:
    return shared / "x12" / "samples"


def everything(samples: Path) -> list[Path]:
    return [
        path
        for path in sorted(samples.glob("*/*"))
        if path.parent.name != "LICENSES" and path.suffix not in (".json", ".md")
    ]


def checked(path: Path) -> Checked:
    with path.open("rb") as file:
        return check(file, keep_claims=True)


def test_every_file_gets_a_verdict_and_the_same_claims_by_reading_and_by_checking(samples: Path) -> None:
    files = everything(samples)
    assert len(files) == 146
    for path in files:
        found = checked(path)
        assert found.verdict in VERDICTS.values(), path
        with path.open("rb") as file:
            claims = [record for record in Reading(file) if isinstance(record, Claim | PaidClaim)]
        assert found.claims == len(claims), path
        assert found.charge_total == sum(claim.charge or 0 for claim in claims), path


def test_transactions_and_claims_are_those_of_the_manifest(samples: Path) -> None:
    with (samples / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 118
    differ = []
    for row in rows:
        if row["claims"]:
            found = checked(samples / row["file"])
            if (found.transactions, found.claims) != (int(row["ST_count"]), int(row["claims"])):
                differ.append((row["file"], found.transactions, found.claims))
    assert differ == []


def test_the_labelled_mutants_get_their_verdicts_counts_and_totals(samples: Path) -> None:
    expected: dict[str, dict[str, Any]] = json.loads((samples / "mutated" / "EXPECT.json").read_text("utf-8"))
    assert len(expected) == 11
    for name, facts in expected.items():
        summary = checked(samples / "mutated" / name).summary()
        told = {key: value for key, value in facts.items() if key != "note"}
        assert {key: summary[key] for key in told} == told, name


def test_our_own_files_of_the_transactions_that_nobody_else_has_are_accepted(samples: Path) -> None:
    verdicts = {path.name: checked(path).verdict for path in sorted((samples / "own-written").iterdir())}
    assert len(verdicts) == 17
    assert set(verdicts.values()) == {"accept"}, verdicts


def told_by(text: bytes) -> list[tuple[Any, ...]]:
    """What an acknowledgement says: sets accepted or not, the segments it names, groups, interchanges."""
    said: list[tuple[Any, ...]] = []
    for record in Reading(io.BytesIO(text)):
        if isinstance(record, GroupAnswer):
            for one in record.sets:
                named = sorted({(note.segment, int(note.position)) for note in one.segments})
                said.append(("set", one.code, one.control, one.verdict in "RMWX", named))
            said.append(("group", record.control, record.verdict in "RP"))
        elif isinstance(record, InterchangeAnswer):
            said.append(("interchange", record.control, record.verdict))
    return said


def expected_answers(samples: Path) -> list[tuple[Path, Path]]:
    found = []
    for source in sorted(samples.glob("*/pyx12__td_*.source.txt")):
        for answer in samples.glob("*/" + source.name.replace(".source.txt", ".res*")):
            found.append((source, answer))
    return found


def test_our_acknowledgement_agrees_with_the_expected_one_about_every_segment(samples: Path) -> None:
    pairs = expected_answers(samples)
    assert len(pairs) == 11
    for source, expected in pairs:
        ours = answers(checked(source), Answering(AT))
        mine = [
            said
            for name, text in ours.items()
            if name[:3] in ("999", "997", "ta1")
            for said in told_by(text.encode())
        ]
        theirs = told_by(expected.read_bytes())
        assert sorted(map(str, mine)) == sorted(map(str, theirs)), source.name


def test_every_answer_that_we_write_is_itself_faultless(samples: Path) -> None:
    written = 0
    for path in everything(samples):
        for name, text in answers(checked(path), Answering(AT)).items():
            found = check(io.BytesIO(text.encode("latin-1")))
            told = [(f.code, f.where) for f in found.findings if f.stops not in ("", "nothing")]
            assert told == [] or path.parent.name == "malformed" or "npi" in told[0][0], (
                path.name,
                name,
                told,
            )
            written += 1
    assert written > 100
