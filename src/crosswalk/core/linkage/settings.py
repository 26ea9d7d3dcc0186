"""The linkage folder of the policy: what is compared, which pairs are looked at, and when a pair is called same."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from crosswalk.core.basics import Refused
from crosswalk.core.policy.yaml_text import FAST

FILES = (
    "comparisons.yaml",
    "blocking.yaml",
    "decisions.yaml",
    "placeholders.csv",
    "nicknames.csv",
    "model.json",
)

#: Groups of blocking rules: pairs of a run, and what one person is found by.
RULE_GROUPS = (
    *("rules", "hashed", "within_members"),
    *("search", "search_named", "search_wide", "search_part", "search_widest"),
)


def _read(text: str) -> Any:
    return yaml.load(text, Loader=FAST)


@dataclass(frozen=True)
class BlockingRule:
    """Pairs to look at: the left record's parts equal the right record's parts, in order.

    `holders` is the rule's own cap on how many records may hold a value, where it is stricter than the general one.
    """

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    holders: int | None = None

    @property
    def left_key(self) -> str:
        """The column of the left file's keys."""
        return "__".join(self.left)

    @property
    def right_key(self) -> str:
        """The column of the right file's keys; several rules may share one."""
        return "__".join(self.right)


@dataclass(frozen=True)
class LinkageSettings:
    """Everything about linkage that policy staff may change, read once.

    `texts` are the raw files by name; a site's own files (`local`) replace shipped ones of the same name,
    except nicknames.csv and placeholders.csv, whose rows are added.
    """

    texts: Mapping[str, str]

    @classmethod
    def load(cls, shipped: Path, local: Path | None = None) -> LinkageSettings:
        """Read `policy/linkage/`. Raises Refused when a file is missing or cannot be read."""
        texts = {}
        for name in FILES:
            path = shipped / name
            own = local / name if local else None
            if own and own.exists() and name.endswith(".csv"):
                texts[name] = (
                    path.read_text("utf-8") + "\n".join(own.read_text("utf-8").splitlines()[1:]) + "\n"
                )
            elif own and own.exists():
                texts[name] = own.read_text("utf-8")
            elif path.exists():
                texts[name] = path.read_text("utf-8")
            else:
                raise Refused(
                    f"The linkage policy lacks {name}.", fix=f"Restore {path}.", place="policy/linkage"
                )
        settings = cls(texts)
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse a policy whose parts do not fit together."""
        try:
            known = set(self.blocking["parts"])
            rules = [rule for group in RULE_GROUPS for rule in self.rules(group)]
            wrong = {part for rule in rules for part in (*rule.left, *rule.right)} - known
            levels = [one["level"] for comparison in self.comparisons for one in comparison["levels"]]
            self.model["comparisons"]
        except (yaml.YAMLError, json.JSONDecodeError, KeyError, TypeError) as problem:
            raise Refused(
                "The linkage policy cannot be read.", fix=f"Mend it: {problem}.", place="policy/linkage"
            ) from problem
        if wrong or not levels:
            raise Refused(
                f"Blocking rules name parts that are not defined: {', '.join(sorted(wrong))}.",
                fix="Define them under `parts:` or correct the rule.",
                place="policy/linkage/blocking.yaml",
            )

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that change whenever any of these settings changes."""
        whole = json.dumps(sorted(self.texts.items()))
        return hashlib.sha256(whole.encode()).hexdigest()[:12]

    @cached_property
    def standard_fingerprint(self) -> str:
        """As `fingerprint`, of what standardising depends on: placeholders, nicknames and blocking keys."""
        parts = [self.texts[name] for name in ("placeholders.csv", "nicknames.csv", "blocking.yaml")]
        return hashlib.sha256(json.dumps([*parts, self.decisions["shared_holders"]]).encode()).hexdigest()[
            :12
        ]

    @cached_property
    def _comparing(self) -> dict[str, Any]:
        return dict(_read(self.texts["comparisons.yaml"]))

    @cached_property
    def comparisons(self) -> list[dict[str, Any]]:
        """Comparisons with their levels, in order."""
        return list(self._comparing["comparisons"])

    @cached_property
    def hashed_comparisons(self) -> list[dict[str, Any]]:
        """Further comparisons that apply to hashed exports only."""
        return list(self._comparing["hashed"])

    @cached_property
    def blocking(self) -> dict[str, Any]:
        """The blocking file: parts, caps and rules."""
        return dict(_read(self.texts["blocking.yaml"]))

    @cached_property
    def decisions(self) -> dict[str, Any]:
        """Thresholds, expected shares and vetoes."""
        return dict(_read(self.texts["decisions.yaml"]))

    @cached_property
    def model(self) -> dict[str, Any]:
        """The trained model, in the form in which Splink saves and loads it."""
        return dict(json.loads(self.texts["model.json"]))

    def rules(self, group: str) -> list[BlockingRule]:
        """Blocking rules of one of RULE_GROUPS."""
        found = []
        for one in self.blocking[group]:
            equal = one.get("equal", ())
            found.append(
                BlockingRule(one["name"], tuple(one.get("left", equal)), tuple(one.get("right", equal)))
            )
        return found

    def part(self, name: str, table: str = "") -> str:
        """One part of a record as SQL, with the table's name before the columns."""
        return str(self.blocking["parts"][name]).replace("{t}", f"{table}." if table else "")

    def rows(self, name: str) -> Sequence[dict[str, str]]:
        """The rows of one of the CSV files."""
        return list(csv.DictReader(self.texts[name].splitlines()))
