"""`crosswalk why`: the reasons of one person, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import (
    DATA,
    AsJson,
    DataFolder,
    LocalPolicy,
    OnDay,
    persons_of,
    say,
    the_day,
    the_policy,
)


def register(app: typer.Typer) -> None:
    """Add `why`."""
    app.command("why", help="Say why one person is likely eligible, or not, or cannot be told yet.")(why)


def why(
    person: Annotated[str, typer.Argument(help="A person_id, a CIN or an HMIS PersonalID.")],
    program: Annotated[
        str | None, typer.Option("--program", help="Only this program: ecm.1a, cs.htns.")
    ] = None,
    data: DataFolder = DATA,
    on: OnDay = None,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Say each program's answer with its rule, facts, rows, open questions, and what would change it."""
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.facts import prepare_people, whom

    store, day = Store(data), the_day(on)
    persons = persons_of(store)
    links, aliases = store.latest / "links.parquet", store.latest / "aliases.parquet"
    with (
        DuckEngine(memory="1GB", threads=1, scratch=store.scratch) as engine,
        ThreadPoolExecutor(1) as beside,
    ):

        def set_person() -> str:
            found = whom(
                engine,
                state=store.current,
                persons=persons,
                aliases=aliases if aliases.exists() else None,
                said=person.strip(),
            )
            prepare_people(engine, store.current, persons, only=[found])
            return found

        # The person is looked up while the code that explains and the policy are read.
        person_id = beside.submit(set_person)
        from crosswalk.core.finding.spoken import as_data, as_text
        from crosswalk.core.finding.why import explain

        explained = explain(
            engine,
            the_policy(local_policy).as_of(day),
            state=store.current,
            links=links if links.exists() else None,
            person_id=person_id.result(),
            program=program,
        )
    words = _link_words(local_policy)
    if as_json:
        say(as_data(explained, words), True, str)
    else:
        say({}, False, lambda: as_text(explained, words, whole=program is not None))


def _link_words(local_policy: Path | None) -> Callable[[Mapping[str, Any]], str]:
    """How the evidence of a link is said; read only when there is a link to say."""

    def said(link: Mapping[str, Any]) -> str:
        from crosswalk.core.linkage import LinkageSettings
        from crosswalk.core.linkage.explain import in_words
        from crosswalk.core.policy import shipped_folder

        local = local_policy / "linkage" if local_policy else None
        settings = LinkageSettings.load(shipped_folder() / "linkage", local)
        return in_words(link["evidence"], settings)

    return said
