"""One person looked up: the keys to find candidates by, and the same model and decisions as the batch, pair by pair.

A *card* is the cleaned record of somebody who is known, with the shares of members who hold its names. Whoever keeps
the cards finds some by `keys` and hands them to `weigh`; nothing here knows where they are kept. The second executor
of one model: the batch runs the policy's texts as SQL over files, this runs them for one record, and a test asks both
about the same records (reference record-linkage §2.9, §4.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf, log2
from typing import Any

from crosswalk.core.linkage.decide import veto_conditions
from crosswalk.core.linkage.model import RAREST, Level, Model, prior_bits
from crosswalk.core.linkage.reading import read
from crosswalk.core.linkage.settings import BlockingRule, LinkageSettings

#: The clean columns that a card keeps, in order, and the shares of members that hold its values.
COLUMNS = (
    *("first", "first_c", "middle", "given", "nick", "last_c", "tok1", "tok2", "suffix", "two_surnames"),
    *("dob", "ssn", "ssn4", "sex", "phone", "zip", "cin"),
)
SHARES = {
    "first": "first",
    "last_c": "last_c",
    "zip": "zip",
    "zip3": "left(zip, 3)",
    "tok1": "tok1",
    "tok2": "tok2",
}
#: Groups of rules that cards are kept under, from those with few holders to those with thousands.
CLOSE, NAMED, WIDE, PART, WIDEST = (
    *(("rules", "search"), ("search_named",)),
    *(("search_wide",), ("search_part",), ("search_widest",)),
)
GROUPS = (*CLOSE, *NAMED, *WIDE, *PART, *WIDEST)
#: Keys are 31 bits: a few records meet by chance, which weighing then tells apart.
KEY_BITS = (1 << 31) - 1
Card = Mapping[str, Any]


@dataclass(frozen=True)
class Weighed:
    """One candidate: the card, all evidence in bits, and the answer (same, ask, different) with its veto."""

    card: Card
    weight: float
    evidence: tuple[Mapping[str, Any], ...]
    decision: str = "different"
    veto: str | None = None
    graded: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def probability(self) -> float:
        """The weight as a probability."""
        return 1 / (1 + 2**-self.weight)


@dataclass(frozen=True)
class Lookup:
    """Looks records up under one policy among so many members (which sets the bits before any evidence)."""

    settings: LinkageSettings
    members: int
    expected: str = "across"

    @cached_property
    def model(self) -> Model:
        """The trained model with the prior that fits the number of members."""
        share = float(self.settings.decisions["expected"][self.expected])
        return Model.of(self.settings, prior=prior_bits(share, self.members))

    def keys(self, asked: Card, *groups: str) -> list[int]:
        """The numbers under which cards like this record are kept, by the rules of these groups."""
        rules = [rule for group in groups for rule in self.settings.rules(group)]
        found = (self._key(rule.right_key, rule.left, asked) for rule in rules)
        return list(dict.fromkeys(one for one in found if one is not None))

    def kept_under(self, card: Card, *groups: str) -> list[int]:
        """The numbers that a cleaned record is kept under as a card; the same as `card_keys_sql` makes of many."""
        rules = {rule.right_key: rule for group in groups for rule in self.settings.rules(group)}
        found = (self._key(name, rule.right, card) for name, rule in sorted(rules.items()))
        return sorted({one for one in found if one is not None})

    def _key(self, name: str, parts: Sequence[str], record: Card) -> int | None:
        values = [self._parts[part](record) for part in parts]
        if any(value is None for value in values):
            return None
        text = "|".join([name, *(str(value) for value in values)])
        digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()
        return int.from_bytes(digest[8:], "little") & KEY_BITS

    @cached_property
    def _parts(self) -> dict[str, Callable[[Card], Any]]:
        return {name: read(self.settings.part(name)) for name in self.settings.blocking["parts"]}

    def weigh(self, asked: Card, cards: Iterable[Card], *, least: float | None = None) -> list[Weighed]:
        """All cards that weigh at least so much (else: enough for the batch to keep), decided, the heaviest first.

        What the batch knows beside the pair (another record with a better claim to the same member, answers of
        people) is not known here; whoever calls adds it.
        """
        least = float(self.settings.decisions["write_from"]) if least is None else least
        left = {f"{name}_l": value for name, value in _derived(asked).items()}
        found = [self._weighed(left, card) for card in cards]
        return self._decided([one for one in found if one.weight >= least])

    def _weighed(self, left: Mapping[str, Any], card: Card) -> Weighed:
        row = dict(left)
        for name, value in _derived(card).items():
            row[f"{name}_r"] = value
        total, evidence, graded = self.model.prior, [], {}
        for name, levels in self._comparisons:
            grade = next(number for number, (_, holds, _) in enumerate(levels) if holds(row))
            level, _, weighs = levels[grade]
            weight = weighs(row)
            total += weight
            graded[f"g_{name}"] = grade
            if grade:
                evidence.append({"field": name, "level": level, "weight": round(weight, 2)})
        graded["suffix_conflict"] = _suffix_conflict(row)
        return Weighed(card, total, tuple(evidence), graded=graded)

    @cached_property
    def _comparisons(self) -> list[tuple[str, list[tuple[str, Callable[..., Any], Callable[..., float]]]]]:
        return [
            (one.name, [(level.name, *_level(level)) for level in one.levels])
            for one in self.model.comparisons
        ]

    def _decided(self, found: list[Weighed]) -> list[Weighed]:
        """Same, ask or different: the best must lead the next different person, and nothing may stand against it."""
        if not found:
            return []
        rules = self.settings.decisions
        found.sort(key=lambda one: (-one.weight, str(one.card.get("source_id", ""))))
        top = found[0]
        is_best = [one is top or _one_person(one.card, top.card) for one in found]
        lead = top.weight - max(
            (one.weight for one, best in zip(found, is_best, strict=True) if not best), default=-inf
        )
        decided = []
        for one, best in zip(found, is_best, strict=True):
            decision, veto = "different", None
            if one.weight >= rules["same_from"] and best:
                veto = self._veto(one)
                decision = "same" if veto is None and lead >= rules["gap"] else "ask"
            elif one.weight >= rules["ask_from"] and (best or one.weight > top.weight - rules["gap"]):
                decision = "ask"
            decided.append(Weighed(one.card, one.weight, one.evidence, decision, veto, one.graded))
        return decided

    def _veto(self, one: Weighed) -> str | None:
        row = {**one.graded, "weight": one.weight, "claimed": False}
        return next((name for name, stands in self._vetoes if stands(row)), None)

    @cached_property
    def _vetoes(self) -> list[tuple[str, Callable[..., Any]]]:
        rules = self.settings.decisions
        texts = veto_conditions(self.model, float(rules["ssn_outweighed_from"]))
        return [(name, read(text)) for name, text in texts.items() if name in rules["vetoes"]]


def _level(level: Level) -> tuple[Callable[..., Any], Callable[..., float]]:
    """When a level holds, and what it weighs then: by how common the shared value is, where the level asks for that."""
    holds = read(level.sql) if level.sql != "ELSE" else lambda _: True
    if level.frequency:
        column = f"share_{level.frequency}_r"
        return holds, lambda row: _by_share(level, row[column])
    if level.tokens:
        return holds, lambda row: _by_share(level, _rarest_shared(row))
    return holds, lambda _: level.weight


def _by_share(level: Level, share: float | None) -> float:
    return level.weight if share is None else log2(level.m / max(share, RAREST))


def _rarest_shared(row: Mapping[str, Any]) -> float | None:
    """The share of members that hold the rarest surname the two have in common."""
    here = {row["tok1_l"], row["tok2_l"]}
    shares = [row[f"share_{tok}_r"] for tok in ("tok1", "tok2") if row[f"{tok}_r"] in here]
    return min((share for share in shares if share is not None), default=None)


def _derived(record: Card) -> dict[str, Any]:
    """The record with the columns that conditions read and that follow from stored ones."""
    born, area = record["dob"], record["zip"]
    dob_t = f"{born:%Y%m%d}" if born else None
    return {**record, "dob_t": dob_t, "zip3": area[:3] if area else None}


def _suffix_conflict(row: Mapping[str, Any]) -> bool:
    one, other = row["suffix_l"], row["suffix_r"]
    return bool(one and other and one != other and {one, other} & {"JR", "SR"})


def _one_person(card: Card, top: Card) -> bool:
    """Whether two cards plainly are one person, who then does not stand in her own way."""
    if (
        card["first"] is None
        or card["first"] != top["first"]
        or card["dob"] is None
        or card["dob"] != top["dob"]
    ):
        return False
    if (card["suffix"] or "") != (top["suffix"] or ""):
        return False
    pairs = (("tok1", "tok1"), ("tok1", "tok2"), ("tok2", "tok1"), ("ssn", "ssn"))
    return any(card[here] is not None and card[here] == top[there] for here, there in pairs)


# --- the same keys and cards, for the column engine -------------------------------------------------------------


def card_keys_sql(settings: LinkageSettings, groups: Sequence[str], table: str) -> str:
    """SQL for the list of all numbers under which a standardised record of `table` is kept."""
    rules: dict[str, BlockingRule] = {}
    for group in groups:
        rules |= {rule.right_key: rule for rule in settings.rules(group)}
    numbers = []
    for name, rule in sorted(rules.items()):
        texts = [settings.part(part, table) for part in rule.right]
        known = " AND ".join(f"({text}) IS NOT NULL" for text in texts)
        joined = ", ".join(f"({text})::VARCHAR" for text in texts)
        number = f"(md5_number_lower(concat_ws('|', '{name}', {joined})) & {KEY_BITS})::INTEGER"
        numbers.append(f"CASE WHEN {known} THEN {number} END")
    return f"list_sort(list_distinct([{', '.join(numbers)}]))"


def card_shares_sql(frequencies: str) -> tuple[str, str]:
    """SQL for the share columns of a record `r`, and the joins that find them in the members' frequencies."""
    kinds = {"tok1": "token", "tok2": "token"}
    columns, joins = [], []
    for name, text in SHARES.items():
        value = text.replace("zip", "r.zip") if "(" in text else f"r.{text}"
        columns.append(f"f_{name}.share AS share_{name}")
        joins.append(
            f"LEFT JOIN {frequencies} AS f_{name} ON f_{name}.column_name = '{kinds.get(name, name)}'"
            f" AND f_{name}.value = {value}"
        )
    return ", ".join(columns), " ".join(joins)
