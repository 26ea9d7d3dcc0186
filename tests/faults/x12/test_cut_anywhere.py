"""A file cut at every byte, and each byte turned into a delimiter: always a verdict, no claim lost in silence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from crosswalk.core.formats.x12.checking import check
from crosswalk.core.formats.x12.findings import VERDICTS
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Claim, PaidClaim

pytestmark = pytest.mark.shared

#: One of each transaction; together about ten thousand bytes.
SMALL = (
    "270_medi-cal_single.edi", "271_medi-cal_active_mcp.edi", "277CA_mixed.edi", "278_request_housing_navigation.edi",
    "820_premium_simple.edi", "834_changes_add_term_change.edi", "835_reversal_correction_denial_plb.edi",
    "837P_original_replacement_void.edi", "999_partial_two_sets.edi", "TA1_rejected_dup_control.edi",
)  # fmt: skip


@pytest.fixture(scope="module")
def own(shared: Path) -> Path:
    return shared / "x12" / "samples" / "own-written"


def claims(text: bytes) -> list[Claim | PaidClaim]:
    return [record for record in Reading(io.BytesIO(text)) if isinstance(record, Claim | PaidClaim)]


@pytest.mark.parametrize("name", SMALL)
def test_a_file_cut_at_any_byte_is_never_taken_for_whole(own: Path, name: str) -> None:
    whole = (own / name).read_bytes()
    end = len(whole.rstrip())
    for cut in range(end):
        found = check(io.BytesIO(whole[:cut]))
        if cut == end - 1:  # only the last terminator is missing
            assert found.verdict == "accept-with-warning"
        else:
            assert found.verdict == "reject-interchange", cut


@pytest.mark.parametrize(
    "name", ["837P_original_replacement_void.edi", "835_reversal_correction_denial_plb.edi"]
)
def test_every_claim_that_was_complete_before_the_cut_is_read_as_it_was(own: Path, name: str) -> None:
    whole = (own / name).read_bytes()
    all_claims = claims(whole)
    starts = [at for at in range(len(whole)) if whole[at : at + 4] in (b"CLM*", b"CLP*")]
    last = whole.index(b"SE*") if name.startswith("837") else whole.index(b"PLB*")
    ends = [*starts[1:], last]
    assert len(starts) == len(all_claims) > 2
    for cut in range(len(whole)):
        complete = sum(1 for end in ends if end + 3 < cut) - (1 if name.startswith("837") else 0)
        assert claims(whole[:cut])[: max(complete, 0)] == all_claims[: max(complete, 0)], cut


@pytest.mark.parametrize("name", SMALL)
def test_a_byte_that_became_a_delimiter_never_stops_us(own: Path, name: str) -> None:
    whole = (own / name).read_bytes()
    for at in range(len(whole)):
        sign = b"~*:^"[at % 4 : at % 4 + 1]
        found = check(io.BytesIO(whole[:at] + sign + whole[at + 1 :]))
        assert found.verdict in VERDICTS.values()


def test_pieces_of_any_size_give_the_same_records(own: Path) -> None:
    for name in SMALL:
        whole = (own / name).read_bytes()
        expected = list(Reading(io.BytesIO(whole)))
        for chunk in (13, 107, 500):
            assert list(Reading(io.BytesIO(whole), chunk=chunk)) == expected, (name, chunk)


def test_a_file_without_any_terminator_does_not_fill_the_memory() -> None:
    class Endless(io.RawIOBase):
        read_so_far = 0

        def read(self, size: int = -1) -> bytes:
            self.read_so_far += size
            return b"A" * size if self.read_so_far < 1 << 28 else b""

    blank, name = b" " * 10, b"A".ljust(15)
    head = b"*".join(
        (b"ISA*00", blank, b"00", blank, b"ZZ", name, b"ZZ", name, b"261101*1200*^*00501*000000001*0*T*:~GS*")
    )
    file = Endless()
    pieces = iter([head])
    read = file.read
    file.read = lambda size=-1: next(pieces, b"") or read(size)  # type: ignore[method-assign]
    assert check(file).verdict == "reject-interchange"  # type: ignore[arg-type]
    assert file.read_so_far < 16 << 20
