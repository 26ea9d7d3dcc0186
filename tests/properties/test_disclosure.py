"""Nothing is shown without a basis or a consent that holds on the day; the person's no and a revocation always win."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crosswalk.core.consent import Asked, Signed, decide
from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.policy.disclosure import KINDS, PURPOSES, disclosure

ON = date(2026, 11, 18)
TABLE = disclosure(load(shipped_folder()).as_of(ON))
RULES = {rule.rule: rule for rule in TABLE.rules}
CATEGORIES = sorted(TABLE.titles)
IDS = ["1", "2", "3"]


def subsets(words: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words), min_size=1)


ASKED = st.builds(
    Asked,
    category=st.sampled_from(CATEGORIES),
    holder=st.sampled_from(IDS),
    holder_kind=st.sampled_from(KINDS),
    recipient=st.sampled_from(IDS),
    recipient_kind=st.sampled_from(KINDS),
    purpose=st.sampled_from(PURPOSES),
    conditions=st.frozensets(st.sampled_from(["agreement", "medi_cal", "ab210"])),
)
SIGNED = st.builds(
    Signed,
    id=st.sampled_from(["a", "b", "c"]),
    given=st.booleans(),
    serves=st.sampled_from([serves for _, serves in TABLE.forms.values()]),
    holders=subsets([*IDS, "any", "care_partners"]),
    recipients=subsets([*IDS, "any", "care_partners"]),
    categories=subsets(CATEGORIES),
    purposes=subsets([*PURPOSES, "any"]),
    starts=st.dates(ON - timedelta(days=400), ON + timedelta(days=30)),
    ends=st.none() | st.dates(ON - timedelta(days=30), ON + timedelta(days=400)),
)
many = settings(max_examples=600, deadline=None)


@many
@given(ASKED, st.lists(SIGNED, max_size=4))
def test_nothing_is_shown_without_a_basis_that_holds_or_a_consent_that_names_it(
    asked: Asked, signed: list[Signed]
) -> None:
    one = decide(TABLE, asked, signed, ON)
    assert bool(one.need) is not one.shown
    if not one.shown:
        return
    assert one.rule in RULES
    if not one.consent:
        rule = RULES[one.rule]
        assert rule.basis
        assert rule.requires <= asked.conditions
        assert asked.holder == asked.recipient or "own" not in rule.holder
        return
    used = [consent for consent in signed if consent.id == one.consent and consent.given]
    assert any(
        consent.starts <= ON
        and (consent.ends is None or consent.ends > ON)
        and asked.category in consent.categories
        and {asked.purpose, "any"} & consent.purposes
        for consent in used
    )


@many
@given(ASKED, st.lists(SIGNED, max_size=4))
def test_part_2_never_leaves_without_its_notice_and_a_consent(asked: Asked, signed: list[Signed]) -> None:
    one = decide(TABLE, replace(asked, category="part2"), signed, ON)
    if one.shown and asked.holder != asked.recipient:
        assert one.notice == "part2"
        assert one.consent
        assert any("part2" in consent.serves for consent in signed if consent.id == one.consent)


@many
@given(ASKED, st.lists(SIGNED, max_size=4))
def test_what_is_revoked_opens_nothing_from_the_next_question_on(asked: Asked, signed: list[Signed]) -> None:
    revoked = [replace(one, ends=ON) if one.given else one for one in signed]
    assert not decide(TABLE, asked, revoked, ON).consent


@many
@given(ASKED, st.lists(SIGNED, max_size=4), SIGNED)
def test_a_wish_not_to_share_only_ever_hides_and_a_consent_only_ever_shows(
    asked: Asked, signed: list[Signed], more: Signed
) -> None:
    before, after = decide(TABLE, asked, signed, ON), decide(TABLE, asked, [*signed, more], ON)
    assert not (after.shown and not before.shown and not more.given)
    assert not (before.shown and not after.shown and more.given)


@many
@given(ASKED)
def test_where_the_person_said_no_only_the_own_record_is_used(asked: Asked) -> None:
    wish = Signed(
        "w", False, frozenset(), frozenset({"any"}), frozenset({"any"}), frozenset(CATEGORIES),
        frozenset({"any"}), ON, None,
    )  # fmt: skip
    assert decide(TABLE, asked, [wish], ON).shown is (asked.holder == asked.recipient)


def test_psychotherapy_notes_need_an_authorization_that_names_nothing_else() -> None:
    asked = Asked("psychotherapy_notes", "1", "clinic", "2", "plan", "treatment", frozenset({"agreement"}))
    one = Signed(
        "a", True, TABLE.forms["authorization"][1], frozenset({"1"}), frozenset({"2"}),
        frozenset({"psychotherapy_notes"}), frozenset({"treatment"}), ON, None,
    )  # fmt: skip
    assert decide(TABLE, asked, [one], ON).shown
    assert not decide(TABLE, asked, [replace(one, categories=one.categories | {"health"})], ON).shown
    assert not decide(TABLE, asked, [replace(one, serves=frozenset({"release"}))], ON).shown


def test_part_2_to_a_housing_provider_needs_a_consent_that_names_it() -> None:
    asked = Asked("part2", "1", "plan", "2", "cs_provider", "care_coordination", frozenset({"agreement"}))
    consent = Signed(
        "a", True, TABLE.forms["part2_consent"][1], frozenset({"any"}), frozenset({"care_partners"}),
        frozenset({"part2"}), frozenset({"any"}), ON, None,
    )  # fmt: skip
    assert not decide(TABLE, asked, [consent], ON).shown
    named = decide(TABLE, asked, [replace(consent, recipients=frozenset({"2"}))], ON)
    assert (named.shown, named.notice, named.consent) == (True, "part2", "a")
