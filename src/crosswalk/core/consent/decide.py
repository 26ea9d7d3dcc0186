"""One question of sharing decided: who holds it, who asks, for what, and what the person signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crosswalk.core.policy.disclosure import ANY, OWN, Disclosure, DisclosureRule

#: A consent may name a class instead of each organization: those who treat, pay for or coordinate care.
CARE_PARTNERS = "care_partners"
CLASSES = {CARE_PARTNERS: ("plan", "ecm_provider", "cs_provider", "county", "clinic", "hospital", "coc")}


@dataclass(frozen=True)
class Asked:
    """What is asked: one category of information that one organization holds, for another and a purpose.

    Organizations are named by `id` and by kind; `conditions` are the words of `policy.disclosure.REQUIRED` that
    are true at this moment.
    """

    category: str
    holder: str
    holder_kind: str
    recipient: str
    recipient_kind: str
    purpose: str
    conditions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Signed:
    """What a person signed, in force from `starts` until before `ends`; `given` False: the wish not to share.

    `holders` and `recipients` are ids of organizations, `any`, or a class. `serves`: what its form serves as.
    """

    id: str
    given: bool
    serves: frozenset[str]
    holders: frozenset[str]
    recipients: frozenset[str]
    categories: frozenset[str]
    purposes: frozenset[str]
    starts: date
    ends: date | None

    def names(self, asked: Asked, on: date, *, itself: bool = False) -> bool:
        """Whether it speaks of this on a day; `itself`: the recipient must be named, a class is not enough."""
        return (
            self.starts <= on
            and (self.ends is None or on < self.ends)
            and asked.category in self.categories
            and bool({ANY, asked.purpose} & self.purposes)
            and _among(self.holders, asked.holder, asked.holder_kind)
            and (
                asked.recipient in self.recipients
                if itself
                else _among(self.recipients, asked.recipient, asked.recipient_kind)
            )
        )


def _among(named: frozenset[str], id: str, kind: str) -> bool:
    return bool({ANY, id} & named) or any(kind in kinds for one, kinds in CLASSES.items() if one in named)


@dataclass(frozen=True)
class Decision:
    """The answer: the rule's id with the basis, or with what is needed; `consent`: the one that opened it."""

    shown: bool
    rule: str
    basis: str
    need: str
    consent: str
    notice: str
    confidence: str
    source: str


def said_with(decisions: Iterable[Decision]) -> str:
    """By which rules, and which consents, all that was shown was: “disclosure rules a, b; consents 3”, or nothing."""
    shown = [one for one in decisions if one.shown]
    rules = sorted({one.rule for one in shown})
    consents = sorted({one.consent for one in shown if one.consent}, key=int)
    said = (("disclosure rules", rules), ("consents", consents))
    return "; ".join(f"{what} {', '.join(ids)}" for what, ids in said if ids)


def decide(table: Disclosure, asked: Asked, signed: Sequence[Signed], on: date) -> Decision:
    """Decide by the first rule with a basis that holds, else by a consent that the first fitting rule accepts.

    The person's wish not to share goes before everything except an organization's use of its own record.
    Default deny: a category that no rule and no consent opens is not shown.
    """
    conditions = set(asked.conditions) - {"restriction"}
    if any(not one.given and one.names(asked, on) for one in signed) and asked.holder != asked.recipient:
        conditions.add("restriction")
    fitting = [rule for rule in table.rules if _fits(rule, asked)]
    for rule in fitting:
        if "restriction" in rule.requires:
            if rule.requires <= conditions:
                return _answer(rule, False)
        elif rule.basis and rule.requires <= conditions:
            return _answer(rule, True)
    strict = next((rule for rule in fitting if "restriction" not in rule.requires), None)
    if strict is None:
        return Decision(False, "", "", "nothing allows it", "", "", "verified", "default deny")
    opener = next((one for one in signed if one.given and _opens(strict, one, asked, on)), None)
    return _answer(strict, opener is not None, opener.id if opener else "")


def _fits(rule: DisclosureRule, asked: Asked) -> bool:
    holder = {ANY, asked.holder_kind} | ({OWN} if asked.holder == asked.recipient else set())
    return (
        bool({ANY, asked.category} & rule.category)
        and bool(holder & rule.holder)
        and bool({ANY, asked.recipient_kind} & rule.recipient)
        and bool({ANY, asked.purpose} & rule.purpose)
    )


def _opens(rule: DisclosureRule, one: Signed, asked: Asked, on: date) -> bool:
    if rule.opens == "authorization" and one.categories != {asked.category}:
        return False  # a separate one names nothing else
    kind = rule.opens.removesuffix("_named")
    return kind in one.serves and one.names(asked, on, itself=rule.opens.endswith("_named"))


def _answer(rule: DisclosureRule, shown: bool, consent: str = "") -> Decision:
    return Decision(
        shown=shown,
        rule=rule.rule,
        basis="" if not shown else rule.basis if not consent else "a consent of the person",
        need="" if shown else rule.need,
        consent=consent,
        notice=rule.notice if shown else "",
        confidence=rule.confidence,
        source=rule.source,
    )
