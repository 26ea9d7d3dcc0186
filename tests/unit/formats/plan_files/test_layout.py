"""Layouts are data: what a good one says, and how a bad one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.formats.plan_files import layout_names, parse_layout, read_layout
from crosswalk.core.policy import shipped_folder

GOOD = """
layout: ours
family: members
title: A plan's file
confidence: unverified
file: {header_row: 2, delimiter: ";"}
dates: ["%d.%m.%Y"]
defaults: {plan: ours}
columns:
  - {file: Medi-Cal No, to: cin}
  - {file: Surname, to: last_name, also: [Name]}
  - {file: Given, to: first_name}
  - {file: Born, to: dob}
  - {file: Start, to: coverage_from}
translate:
  sex: {W: F}
"""


@pytest.mark.parametrize("family", ["members", "events"])
def test_every_shipped_layout_can_be_used_and_canonical_is_among_them(family: str) -> None:
    names = layout_names(family, [shipped_folder()])
    assert "canonical" in names
    assert len(names) >= 3
    for name in names:
        assert read_layout(name, family, [shipped_folder()]).columns


def test_a_layout_that_no_primary_source_confirms_says_so() -> None:
    for family in ("members", "events"):
        for name in layout_names(family, [shipped_folder()]):
            expected = "verified" if name == "canonical" else "unverified"
            assert read_layout(name, family, [shipped_folder()]).confidence == expected


def test_words_are_translated_whatever_their_case() -> None:
    layout = parse_layout(GOOD, "ours", "members")
    assert layout.translate["sex"] == {"w": "F"}
    assert (layout.header_row, layout.delimiter, layout.defaults["plan"]) == (2, ";", "ours")


def test_an_unknown_layout_names_those_there_are() -> None:
    with pytest.raises(Refused, match="canonical, mif, roster"):
        read_layout("nowhere", "members", [shipped_folder()])


def test_a_sites_own_layout_of_the_same_name_wins(tmp_path: Path) -> None:
    own = tmp_path / "layouts" / "members" / "canonical.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(GOOD.replace("layout: ours", "layout: canonical"))
    assert read_layout("canonical", "members", [shipped_folder(), tmp_path]).header_row == 2
    assert layout_names("members", [tmp_path]) == ["canonical"]


@pytest.mark.parametrize(
    ("change", "by", "said"),
    [
        ("family: members", "family: events", "calls itself"),
        ("confidence: unverified", "confidence: [", "is not YAML"),
        ("translate:", "translation:", "not a word of layouts"),
        ("header_row: 2", "headerrow: 2", "not a word of layouts"),
        ("to: first_name", "to: forename", "not a column of the canonical members file"),
        ("to: first_name", "to: last_name", "Two file columns fill"),
        ("  - {file: Born, to: dob}\n", "", "Nothing fills the required column “dob”"),
        ('["%d.%m.%Y"]', '["%d.%m.%Y", "%m.%d.%Y"]', "could be either"),
        ('{header_row: 2, delimiter: ";"}', "two", "must be pairs"),
        ('dates: ["%d.%m.%Y"]', "dates: {a: b}", "must be a list"),
        ('delimiter: ";"', 'delimiter: "; "', "must be one character"),
        ("dates:", "as_of: {file_name: 20}\ndates:", "exactly one pair of parentheses"),
        ("dates:", "as_of: {file_name: (20}\ndates:", "exactly one pair of parentheses"),
        ("{file: Born, to: dob}", "{file: Born}", "A column needs"),
        ("header_row: 2", "header_row: two", "not the number of a row"),
        ("sex: {W: F}", "sex: {W: female}", "not a word of sex"),
        ("dates:", "open_ended: [never]\ndates:", "“never” is not a day"),
    ],
)
def test_a_layout_that_cannot_be_used_is_refused_with_its_place(change: str, by: str, said: str) -> None:
    assert change in GOOD
    with pytest.raises(Refused, match=said) as refused:
        parse_layout(GOOD.replace(change, by), "ours", "members")
    assert refused.value.place.startswith("layout members/ours")
    assert refused.value.fix


@pytest.mark.parametrize("text", ["", "- a list", "just words"])
def test_a_text_that_is_no_layout_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="holds no layout"):
        parse_layout(text, "ours", "members")


def test_a_layout_without_columns_is_refused() -> None:
    with pytest.raises(Refused, match="There are no columns"):
        parse_layout("layout: ours\nfamily: members\n", "ours", "members")
