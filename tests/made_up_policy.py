"""A small invented policy folder that is right in everything; tests spoil one thing in it at a time."""

from __future__ import annotations

from pathlib import Path

from crosswalk.core.policy.check_leaves import FactShape

FACTS = {
    "age": FactShape("number", windowed=False),
    "ed_visits": FactShape("number", windowed=True),
    "mcp_enrolled": FactShape("flag", windowed=False),
    "programs_held": FactShape("codes", windowed=False),
    "aid_code": FactShape("code", windowed=False),
}

FILES = {
    "RELEASE": "2026.1\n",
    "gate.yaml": """
gates:
  ecm:
    say: Can have ECM at all
    versions:
      - from: 2022-01-01
        until:
        source: {document: Guide, edition: "2026", page: "10"}
        confidence: verified
        rule: {fact: mcp_enrolled, is: yes, say: Is enrolled in a plan}
""",
    "clauses/adult.yaml": """
name: adult
say: Is an adult
versions:
  - from: 2022-01-01
    until:
    source: {document: Guide, edition: "2026", page: "11"}
    confidence: verified
    rule: {fact: age, at_least: 21, say: Is 21 or older}
""",
    "populations/ecm.2.yaml": """
code: ecm.2
kind: population
benefit: ecm
gate: ecm
name: At risk for avoidable use
short: Avoidable use
summary: People who use emergency care often.
former_names: [{name: High utilizers, until: 2023-01-01}]
needs: []
versions:
  - from: 2022-01-01
    until: 2026-01-01
    source: {document: Guide, edition: "2024", page: "20"}
    confidence: secondary
    applies_to: {use: adult}
    enters_when: {fact: ed_visits, months: 6, at_least: 6, say: Had 6 or more visits}
  - from: 2026-01-01
    until:
    source: {document: Guide, edition: "2026", page: "19"}
    confidence: verified
    applies_to: {use: adult}
    enters_when:
      all_of:
        - {fact: ed_visits, months: 6, at_least: 5, say: Had 5 or more visits}
        - none_of:
            - {fact: programs_held, has_any: ["hospice"], say: Receives hospice care}
        - {fact: aid_code, in_list: covered_aid, say: Has a covered aid code}
    continues_when: {fact: mcp_enrolled, is: yes, say: Is enrolled in a plan}
    ends_when: [{code: goals_met, say: All goals are met}]
    discretion:
      - {when: {fact: ed_visits, months: 6, at_least: 3}, say: The plan may approve below the threshold}
    fits:
      - {when: {fact: ed_visits, months: 6, at_least: 20}, feature: medical, say: A medical team fits}
    limits: [twelve]
""",
    "services/limits.csv": """rule_id,from,until,say,exception,source,confidence
twelve,2022-01-01,,Up to 12 months,,"Guide, p. 1",verified
""",
    "codes/covered_aid.csv": """code,from,until,name,source,confidence
M1,,,Adults,Guide,verified
4M,2024-01-01,,Former foster youth,Guide,
9Z,2022-01-01,2024-01-01,Gone,Guide,verified
""",
    "clocks.yaml": """
entries:
  - key: decision
    from: 2022-01-01
    until:
    value: 5
    say: Decide within 5 working days
    source: {document: Guide, page: "104"}
    confidence: verified
""",
    "finding/ranking.yaml": """
code: ranking
versions:
  - from: 2022-01-01
    until:
    parts: [{name: need, steps: [{when: {fact: age, at_least: 65}, points: 5}]}]
""",
    "examples/clauses/adult.yaml": """
- {name: Turning 21, on: 2026-11-01, facts: {age: 21}, expect: met}
- {name: At 20, on: 2026-11-01, facts: {age: 20}, expect: not_met}
- {name: Without a birth date, on: 2026-11-01, facts: {}, expect: unknown, asks: [age]}
""",
    "examples/gate/ecm.yaml": """
- {name: Enrolled, on: 2026-11-01, facts: {mcp_enrolled: yes}, expect: met}
- {name: Not enrolled, on: 2026-11-01, facts: {mcp_enrolled: no}, expect: not_met}
- {name: Not linked, on: 2026-11-01, facts: {}, expect: unknown}
""",
    "examples/populations/ecm.2.yaml": """
- name: Five visits
  on: 2026-11-01
  facts: {age: 40, ed_visits__6m: 5, programs_held: [], aid_code: M1}
  expect: met
  because: [ed_visits]
- name: Four visits
  on: 2026-11-01
  facts: {age: 40, ed_visits: {months: 6, value: 4}, programs_held: [], aid_code: M1}
  expect: not_met
  discretion: yes
  because: [ed_visits]
- name: Visits not known
  on: 2026-11-01
  facts: {age: 40, programs_held: [], aid_code: M1}
  expect: unknown
  asks: [ed_visits]
  asks_not: [age]
- {name: Six visits in 2024, on: 2024-06-01, facts: {age: 40, ed_visits__6m: 6}, expect: met}
- {name: Five visits in 2024, on: 2024-06-01, facts: {age: 40, ed_visits__6m: 5}, expect: not_met}
""",
    "examples/people/one.yaml": """
- name: A man with twenty visits who is not linked
  on: 2026-11-01
  facts: {age: 50, ed_visits__6m: 20, programs_held: [ccs], aid_code: 4M}
  gate: facts
  expect: {ecm.2: unknown}
  asks: [mcp_enrolled]
  fits: [medical]
  continues: unknown
""",
}


def made_up_policy(folder: Path) -> Path:
    """Write the policy into a folder."""
    for relative, text in FILES.items():
        write(folder, relative, text)
    return folder


def respelled(folder: Path, relative: str, old: str, new: str) -> Path:
    """Replace one passage of one file, which must stand there."""
    path = folder / relative
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{relative} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def write(folder: Path, relative: str, text: str) -> None:
    """Write one file of a policy folder."""
    path = folder / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.lstrip("\n"), encoding="utf-8")
