"""What linkage knows, brought into the tables: cards to find people by, open questions, and where old ids lead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection, transaction

from crosswalk.cli.store import Store
from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.lookup import GROUPS, card_keys_sql, card_shares_sql
from crosswalk.core.linkage.memory import Memory
from crosswalk.hub.people import grouping
from crosswalk.hub.people.models import Added, Alias, Deck, Person, Restriction
from crosswalk.hub.people.moves import carried
from crosswalk.hub.people.search import settings


@dataclass(frozen=True)
class Lead:
    """An old id and the person it leads to, why, and the run that found so; `run` is empty where the hub did."""

    old: str
    new: str
    reason: str
    run: str


#: What linkage writes where a record left a person who lives on.
_PARTED = "split from"
_TEXTS = Path(__file__).parent / "texts"
CARD = (
    "person_id source source_id first first_c middle given last_c tok1 tok2 suffix two_surnames dob ssn ssn4 sex phone"
    " zip cin share_first share_last_c share_zip share_zip3 share_tok1 share_tok2 keys known_to named"
)
LINK = (
    "left_source left_id right_source right_id left_person_id right_person_id probability decision decided_by evidence"
    " conflict known_to_too known_to named"
)


def inputs(engine: DuckEngine, store: Store) -> None:
    """The cleaned records and links of the newest link run, and who is restricted, for the texts to read."""
    files = Memory(store.root / "linkage", settings()).files()
    listed = ", ".join(f"'{file.records}'" for file in files)
    engine.sql(f"CREATE VIEW cleaned AS SELECT * FROM read_parquet([{listed}], union_by_name = true)")
    engine.register("frequencies", next(file.frequencies for file in reversed(files)))
    for name in ("links", "conflicts"):
        engine.register(name, store.newest(name, otherwise="Run `crosswalk link`."))
    leads = [(one.old, one.new) for one in _leads(store)]
    with transaction.atomic():
        grouping.open_everything()
        named, keepers = (
            dict(Restriction.objects.values_list("person_id", which)) for which in ("named", "keepers")
        )
        rows = list(carried(named, leads, keepers).items())
    engine.register(
        "restricted",
        pa.table(
            {
                "person_id": pa.array([person for person, _ in rows], pa.string()),
                "named": pa.array(["{" + ",".join(map(str, named)) + "}" for _, named in rows], pa.string()),
            }
        ),
    )


def shaped() -> Mapping[str, str]:
    """Table → the query that gives its rows."""
    shares, joins = card_shares_sql("frequencies")
    quoted = "array_to_string(list_transform(given, lambda word: '\"' || word || '\"'), ',')"
    given = f"CASE WHEN given IS NOT NULL THEN '{{' || {quoted} || '}}' END"
    text = (_TEXTS / "card.sql").read_text()
    card = text.format(shares=shares, joins=joins, given=given, keys=card_keys_sql(settings(), GROUPS, "r"))
    return {"people_card": card, "people_link": (_TEXTS / "link.sql").read_text()}


@contextmanager
def all_cards_anew() -> Iterator[None]:
    """Where all cards are written, on a first load or under a new policy, make their index once, at the end."""
    anew = not Deck.objects.filter(policy=settings().fingerprint).exists()
    with connection.cursor() as cursor:
        if anew:
            cursor.execute("SELECT people_cards_without_index()")
        yield
        cursor.execute("SELECT people_cards_with_index()")


def settle(store: Store, *, at: datetime) -> None:
    """After the rows are in: the size of the deck, old ids, and what people decided since the link run began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(count(*) FILTER (WHERE source LIKE 'plan:%%'), 1) FROM people_card")
        count = int(cursor.fetchone()[0])
    Deck.objects.update_or_create(id=1, defaults={"policy": settings().fingerprint, "members": count})
    _aliases(store, at)
    grouping.apply_again(at=at)


def _aliases(store: Store, at: datetime) -> None:
    """Old ids that the link runs retired; each leads straight to the person of today, and so do rows about her."""
    leads = _leads(store)
    gone = {one.old for one in leads if one.reason != _PARTED}
    for one in leads:
        parted = one.reason == _PARTED
        if not parted and Person.objects.filter(pk=one.old).exists():
            continue
        if one.new not in gone and not Person.objects.filter(pk=one.new).exists():
            continue  # it has led on since, as the hub knows already
        until = _made(store, one.run) or at if parted else None
        Alias.objects.create(old=one.old, new=one.new, reason=one.reason, run=one.run, until=until)
        grouping.follow([grouping.Move(("", ""), one.old, one.new, whole=not parted)])
    grouping.straighten()


def _leads(store: Store) -> Sequence[Lead]:
    """Where old ids lead to that the hub does not know of yet: as the link runs wrote it, in their order; and of those
    whom workers wrote down, where the newest run found that they are somebody whom a file brought."""
    found: dict[tuple[str, str], Lead] = {}
    path = store.latest / "aliases.parquet"
    if path.exists():
        with DuckEngine(memory="128MB", threads=1) as engine:
            engine.register("aliases", path)
            rows = engine.fetch("SELECT old_person_id, new_person_id, reason, run FROM aliases ORDER BY run")
        found = {(old, new): Lead(old, new, reason, run) for old, new, reason, run in rows}
    with transaction.atomic():
        grouping.open_everything()
        was = {(one.source, one.source_id): one.person_id for one in Added.objects.order_by("pk")}
    ids = [source_id for _source, source_id in was]
    persons = store.latest / "persons.parquet"
    for row in pq.read_table(persons, filters=[("source_id", "in", ids)]).to_pylist() if ids else []:
        old, new = was.get((row["source"], row["source_id"]), row["person_id"]), row["person_id"]
        if old != new:
            found.setdefault((old, new), Lead(old, new, "joined by a run", ""))
    known = set(Alias.objects.values_list("old", "new"))
    return [one for pair, one in found.items() if pair not in known]


def _made(store: Store, run: str) -> datetime | None:
    path = store.root / "runs" / run / "run.json"
    return datetime.fromisoformat(json.loads(path.read_text())["at"]) if path.exists() else None
