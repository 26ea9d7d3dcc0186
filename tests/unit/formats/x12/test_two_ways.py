"""What is read or checked in one go is the same as what the general way gives."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from crosswalk.core.formats.x12 import claim_parts, claims, remittance_parts, remittances, shapes
from crosswalk.core.formats.x12.checking import check
from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Claim, Subscriber, draft, unread
from crosswalk.core.formats.x12.segments import Segments
from crosswalk.core.formats.x12.shapes import is_national_provider
from crosswalk.core.formats.x12.values import Values, day, number, span, usual

FILES = (
    "../own-written/834_changes_add_term_change.edi",
    "../834/pyx12__834_deident_new_enroll.txt",
    "../834/lfh__834_005010X220A1_add-dependent.834",
    "837P_base.edi",
    "835_base.edi",
    "837P_other_delimiters.edi",
    "837P_CLM_total_not_sum_of_lines.edi",
)


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_usual_shapes_read_as_the_general_way_reads(
    shared: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (shared / "x12" / "samples" / "mutated" / name).read_bytes()
    at_once = list(Reading(io.BytesIO(whole)))
    never = re.compile("(?!)")
    made = Values.__init__

    def without(self: Values, delimiters: Delimiters) -> None:
        made(self, delimiters)
        self.member = never

    monkeypatch.setattr(Values, "__init__", without)
    monkeypatch.setattr(claims, "line_of", claim_parts.line_of_any)
    monkeypatch.setattr(claims, "claim_head", claim_parts.claim_of_any)
    monkeypatch.setattr(remittances, "paid_line", remittance_parts.paid_line_of_any)
    monkeypatch.setattr(remittances, "paid_claim", remittance_parts.paid_claim_of_any)
    assert list(Reading(io.BytesIO(whole))) == at_once


@pytest.mark.shared
@pytest.mark.parametrize("name", [*FILES, "837P_bad_NPI_check_digit.edi", "837P_missing_required_HI.edi"])
def test_learned_shapes_find_what_segment_by_segment_finds(
    shared: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (shared / "x12" / "samples" / "mutated" / name).read_bytes()
    monkeypatch.setattr(shapes, "WORTH", 1)
    learned = check(io.BytesIO(whole))
    monkeypatch.setattr(shapes, "WORTH", 1 << 60)
    assert check(io.BytesIO(whole)).summary() == learned.summary()


def test_a_draft_is_the_record() -> None:
    assert draft(Claim, "id")("A1") == Claim("A1")
    assert draft(Claim, "id")("A1").frequency == "1"
    later = unread(Subscriber)((Subscriber, "2"))
    assert later == Subscriber("2")
    assert later.order == "P"


def test_a_draft_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        draft(Claim, "id")("A1").id = "A2"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "value"), [("10", "10"), ("10.50", "10.50"), ("-3", "-3"), (".5", "0.5"), ("1E5", None), ("NaN", None),
                        ("", None), ("1,000", None), ("+1", None), ("１", None)],
)  # fmt: skip
def test_numbers_are_exact_or_nothing(text: str, value: str | None) -> None:
    assert (str(number(text)) if number(text) is not None else None) == value


def test_days_that_do_not_exist_are_nothing() -> None:
    assert day("20260229") is None
    assert str(day("20240229")) == "2024-02-29"
    assert span("20260101-20260131") is not None
    assert span("20260101/20260131") is None


def test_provider_numbers_have_a_check_digit() -> None:
    assert is_national_provider("1234567893")
    assert is_national_provider("1579015862")
    assert not is_national_provider("1234567890")
    assert not is_national_provider("123456789")


def test_a_template_takes_the_delimiters_of_the_file() -> None:
    pattern = usual("A*{}<((?:;B,{})*)>", Delimiters("|", ">", "^", "!"))
    assert pattern.fullmatch("A|x!B|1!B|2").groups() == ("x", "!B|1!B|2")  # type: ignore[union-attr]
    assert pattern.fullmatch("A|x!C|1") is None


def test_blocks_hold_their_segments() -> None:
    text = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *261101*1200*^*00501*000000001*0*T*:~"
    source = Segments(io.BytesIO(text + b"\r\n  HL*1~\nN3*X~~LX*1~"), chunk=50)
    assert list(source.blocks())[1:] == ["HL*1~N3*X", "LX*1"]
    assert {remark.code for remark in source.remarks} >= {"indented"}
    assert source.place(2) == 110


def test_a_bare_name_begins_no_block_wherever_the_file_is_cut_into_pieces() -> None:
    """Found by the fuzz: `ST~` began a block, but not where it stood at the end of a piece."""
    head = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *261101*1200*^*00501*000000001*0*T*:~"
    text = head + b"CLP*A*1*10*10~ST~REF*EA*1~CLP*B*1*5*5~" + b"N3*X~" * 90
    blocks = [list(Segments(io.BytesIO(text), chunk=chunk).blocks()) for chunk in (401, 430, 1 << 20)]
    assert blocks[0] == blocks[1] == blocks[2]
    assert len(blocks[0]) == 3


def test_binary_content_stays_one_segment_wherever_the_file_is_cut_into_pieces() -> None:
    """Found by the fuzz: what a BIN carries was read as segments where it went on in the next piece."""
    head = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *261101*1200*^*00501*000000001*0*T*:~"
    inside = b"<x>~CLP*INSIDE*1*10*10~SVC*HC:H0043*5*5~" * 20
    text = head + b"CLP*A*1*10*10~" + b"N3*X~" * 70 + b"BIN*%d*%s~CLP*B*1*5*5~N3*Y~" % (len(inside), inside)
    for chunk in (401, 430, 700, 1 << 20):
        blocks = list(Segments(io.BytesIO(text), chunk=chunk).blocks())
        assert [block[:7] for block in blocks] == ["ISA*00*", "CLP*A*1", "CLP*B*1"], chunk
    cut = text[: text.index(b"~CLP*B") - 100]
    source = Segments(io.BytesIO(cut), chunk=401)
    assert [block[:5] for block in source.blocks()] == ["ISA*0", "CLP*A"]
    assert source.torn.startswith("BIN*")
