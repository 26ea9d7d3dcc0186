"""`crosswalk decide`: a person's answer about two records; it wins over the model in every later run."""

from __future__ import annotations

from typing import Annotated

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, say
from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused

RECORD = "A record: source/id, an HMIS PersonalID, or a Medi-Cal number (CIN)."


def register(app: typer.Typer) -> None:
    """Add `decide`."""
    app.command(
        "decide",
        help="Record a person's answer: same person or different people. Without one, show the evidence.",
    )(decide)


def decide(
    left: Annotated[str, typer.Argument(help=RECORD)],
    right: Annotated[str, typer.Argument(help=RECORD)],
    answer: Annotated[
        str | None, typer.Argument(help="same or different; left out to see the evidence, or with --undo.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who decides.")] = "",
    because: Annotated[str, typer.Option("--because", help="Why, in a sentence.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Withdraw the answer given before.")] = False,
    data: DataFolder = DATA,
    as_json: AsJson = False,
) -> None:
    """Keep the answer in decisions.jsonl, which `crosswalk link` applies; without an answer, show the evidence."""
    from datetime import datetime

    from crosswalk.core.linkage import judgements

    store = Store(data)
    if undo and answer is not None:
        raise Refused("An answer and --undo do not go together.", fix="Leave one of them out.")
    if answer is None and not undo:
        _show(store, left, right, as_json)
        return
    if answer not in (None, "same", "different"):
        raise Refused(f"“{answer}” is not an answer.", fix="Say same or different.")
    if not by.strip() or not because.strip():
        raise Refused("A decision needs a name and a reason.", fix="Add --by NAME --because TEXT.")
    with store.locked():
        one, other = _record(store, left, "LEFT"), _record(store, right, "RIGHT")
        if one == other:
            raise Refused("Both are the same record.", fix="Name two different records.")
        log = store.root / "decisions.jsonl"
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        given = judgements.Judgement(*one, *other, answer or "undo", by.strip(), because.strip(), at)
        if undo and given.pair not in {held.pair for held in judgements.standing(judgements.read(log))}:
            raise Refused(
                "There is no decision about these two records to undo.", fix="Check the two records."
            )
        judgements.add(log, given)
    summary = {
        "left": "/".join(one),
        "right": "/".join(other),
        "answer": given.answer,
        "by": given.by,
        "at": at,
    }
    done = "The answer is withdrawn." if undo else f"Kept: {given.answer}."
    say(summary, as_json, lambda: f"{done} `crosswalk link` applies it from its next run on.")


def _show(store: Store, left: str, right: str, as_json: bool) -> None:
    """Print what the newest run thought of two records, with the values they share."""
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.linkage.explain import pair_in_words
    from crosswalk.core.linkage.memory import Memory
    from crosswalk.core.linkage.settings import LinkageSettings
    from crosswalk.core.policy import shipped_folder

    pair = (_record(store, left, "LEFT"), _record(store, right, "RIGHT"))
    settings = LinkageSettings.load(shipped_folder() / "linkage")
    links = store.newest("links", otherwise="Run `crosswalk link` first.")
    with DuckEngine() as engine:
        found = pair_in_words(engine, settings, links, Memory(store.root / "linkage", settings).files(), pair)
    if found is None:
        raise Refused(
            "The newest run never compared these two records.", fix="Give an answer: same or different."
        )
    say(found, as_json, lambda: f"{found['decision']} (decided by {found['decided_by']}): {found['words']}")


def _record(store: Store, text: str, place: str) -> tuple[str, str]:
    """The one record that `text` names. Refuses when there is none, or more than one."""
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.linkage.sources import named_records

    state = store.staged()
    with DuckEngine() as engine:
        found = named_records(engine, state, text)
    if not found:
        raise Refused(
            "This record is not in the current data.",
            fix="Check the id, or write it as source/id.",
            place=place,
        )
    if len(found) > 1:
        listed = ", ".join(source for source, _ in found)
        raise Refused(
            f"The id is held by several records ({listed}).", fix="Write it as source/id.", place=place
        )
    return found[0]
