"""A file read in a process of its own, which gives its memory back: a wish comes in as JSON, lines of JSON go out.

    {"task": "read", "data": …, "file": …, "kind": "", "layout": "", "as_of": null, "senders": […]}
    {"task": "let_in", "data": …, "delivery": …}

Each line out is `{"reading": file, "rows": n}`, or the last: `{"done": {…}}`, `{"refused": {…}}` or
`{"failed": where}`. Nothing that a row holds is ever written anywhere else than into the answer.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.cli.deliveries.looking import looked_at
from crosswalk.cli.deliveries.taking_in import let_in, sources, take_in
from crosswalk.cli.deliveries.wish import Wish
from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused
from crosswalk.core.formats.recognition import recognise
from crosswalk.core.policy import shipped_folder


def main() -> None:
    """Do what standard input asks for."""
    asked = json.load(sys.stdin)
    try:
        _say({"done": {"read": _read, "let_in": _let_in}[asked["task"]](asked)})
    except Refused as refused:
        said = {"sentence": refused.sentence, "fix": refused.fix, "place": refused.place}
        _say({"refused": {**said, "code": refused.code}})
    except Exception as fault:
        # An engine's own message may quote a cell of somebody's file, so only the place is told.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        _say({"failed": f"{type(fault).__name__}, {os.path.basename(place.filename)}:{place.lineno}"})


def _read(asked: dict[str, Any]) -> dict[str, Any]:
    store, file = Store(Path(asked["data"])), Path(asked["file"])
    folders = [shipped_folder()]
    kind, layout = asked["kind"], asked["layout"]
    if not layout:
        found = recognise(file, file.name, folders, kind)
        kind, layout = found.kind, found.layout
    wish = Wish(
        kind,
        layout=layout or "canonical",
        as_of=date.fromisoformat(asked["as_of"]) if asked["as_of"] and kind != "hmis" else None,
        folders=folders,
        senders=asked["senders"],
        wait=True,
        tell=lambda part, rows: _say({"reading": part, "rows": rows}),
    )
    with store.locked():
        taken = take_in(store, file, wish)
    one = taken.delivery
    _say({"reading": "", "rows": 0})
    return {
        "delivery": one.id,
        "kind": one.kind,
        "layout": one.facts.get("layout", ""),
        "sources": sources(one),
        "order": one.facts["order"],
        "is_waiting": one.is_waiting,
        "summary": one.facts["summary"],
        "is_older": _is_older(store, one.id, one.kind, sources(one), one.facts["order"]),
        **looked_at(store, one, folders),
    }


def _is_older(store: Store, name: str, kind: str, its: list[str], order: str) -> bool:
    """Whether a newer delivery of the same senders is in already."""
    return any(
        one.id != name and set(sources(one)) & set(its) and str(one.facts["order"]) > order
        for one in store.deliveries(kind)
    )


def _let_in(asked: dict[str, Any]) -> dict[str, Any]:
    found = let_in(Store(Path(asked["data"])), asked["delivery"])
    return {"delivery": found.id, "kind": found.kind}


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, default=str, ensure_ascii=False) + "\n")
    sys.stdout.flush()
