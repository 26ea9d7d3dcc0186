"""The state table as a page to read: a diagram, the turns with their sources, the reasons and the clocks."""

from __future__ import annotations

from crosswalk.core.journeys.table import CLOSED, NEW, Table


def referral_page(table: Table) -> str:
    """Markdown with a Mermaid diagram; made from the table alone, so that it cannot say anything else."""
    lines = ["# How a referral goes\n", _INTRO, "```mermaid", "stateDiagram-v2"]
    lines += [f"    {name}: {state.title}" for name, state in table.states.items()]
    drawn: dict[tuple[str, str], list[str]] = {}
    for one in table.turns:
        drawn.setdefault((one.state, one.becomes), []).append(one.verb)
    for (before, after), verbs in drawn.items():
        begins = "[*]" if before == NEW else before
        lines.append(f"    {begins} --> {after}: {', '.join(dict.fromkeys(verbs))}")
    lines += [f"    {CLOSED} --> [*]", "```\n", "## States\n"]
    lines += ["| State | Whose turn | Clock | Word of the State | Sure |", "|---|---|---|---|---|"]
    for state in table.states.values():
        clocks = "; ".join(
            table.clocks[key].say + (f" ({when})" if when else "") for key, when in state.clocks
        )
        lines.append(
            f"| {state.title} | {state.turn} | {clocks or '–'} | {state.clr_status} | {state.confidence} |"
        )
    lines += [
        "\n## Turns\n",
        "| Turn | From | To | Who may | Notices owed | Sure |",
        "|---|---|---|---|---|---|",
    ]
    for one in table.turns:
        begins = "–" if one.state == NEW else table.states[one.state].title
        notices = ", ".join(f"{to}: {what.replace('_', ' ')}" for to, what in one.notices) or "–"
        lines.append(
            f"| `{one.verb}` {one.say} | {begins} | {table.states[one.becomes].title} |"
            f" {', '.join(sorted(one.who))} | {notices} | {one.confidence} |"
        )
    lines += ["\n## Reasons\n", "| Kind | Reason | Where | Source | Sure |", "|---|---|---|---|---|"]
    for given in table.reasons:
        where = ", ".join(table.states[name].title for name in table.states if name in given.states)
        lines.append(f"| {given.kind} | {given.title} | {where} | {given.source} | {given.confidence} |")
    return "\n".join(lines) + "\n"


_INTRO = (
    "Each referral is in one state, somebody has the turn, and a clock runs; it ends in exactly one outcome. "
    "What stands here is data (`policy/journeys/`): the hub refuses every turn that is not listed.\n"
)
