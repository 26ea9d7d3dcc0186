"""`crosswalk serve`: the hub on this machine, with its database where none is named; and the journal's seal checked."""

from __future__ import annotations

import errno
import multiprocessing
import os
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING, Annotated

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, note, say, working
from crosswalk.core.basics import Refused

if TYPE_CHECKING:
    from crosswalk.hub.site.config import Site


def register(app: typer.Typer) -> None:
    """Add `serve`, `journal`, `organization` and `first-person`."""
    app.command(
        "serve", help="Bring up the hub: pages for several organizations, over what is staged and found."
    )(serve)
    app.command("worker", help="Do the hub's jobs: nightly runs, and what people ask for.")(worker)
    journal = typer.Typer(help="The record of who did and saw what.", no_args_is_help=True)
    journal.command("verify", help="Check that no entry was changed, added or taken out.")(verify)
    app.add_typer(journal, name="journal")
    app.command("organization", help="Take an organization into the hub.")(organization)
    app.command("first-person", help="Let an organization's first site administrator in.")(first_person)


def serve(
    data: DataFolder = DATA,
    address: Annotated[str, typer.Option("--address", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="The port (default: 8000; with --once a free one)."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that answer.")] = 1,
    demo: Annotated[
        bool, typer.Option("--demo", help="One-click sign-ins; only on loopback and with an invented county.")
    ] = False,
    worked: Annotated[
        bool | None,
        typer.Option(
            "--worker/--no-worker",
            help="Do the jobs in a process beside, started again when it ends (default: with --demo).",
        ),
    ] = None,
    browse: Annotated[bool, typer.Option("--open", help="Show the hub in the browser.")] = False,
    once: Annotated[
        bool,
        typer.Option("--once", help="Stop again as soon as it answers: for machines at which nobody sits."),
    ] = False,
) -> None:
    """Start the database where needed, bring the tables up to date, load the newest run, and answer until stopped."""
    site = the_site(data, demo)
    if demo and address not in ("127.0.0.1", "::1", "localhost"):
        raise Refused("One-click sign-ins are only for this machine.", fix="Leave --address out, or --demo.")
    if demo and not site.invented:
        raise Refused(
            f"{data} does not hold an invented county.", fix="Make one first: crosswalk demo --data DIR."
        )
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.ready import ready

    port = free_port(address, port if port is not None else 0 if once else 8000)
    with working("Starting the database and bringing the tables up to date …"):
        server = ready(site)
    try:
        load(data, demo)
        if demo:
            tell_the_story(data)
        warn_of_providers()
        where = f"http://{'127.0.0.1' if address in ('localhost', '0.0.0.0') else address}:{port}/"
        if demo:
            note(sign_ins())
        if once:
            note(f"The hub answers at {first_answer(where, address, port)}; stopped again.")
            return
        note(f"Crosswalk is at {where}  (stop with Ctrl-C)")
        if browse:
            Timer(2, webbrowser.open, [where]).start()
        with (
            postgres.Watch(site) if server is not None else nullcontext(),
            _worker_beside(data) if (demo if worked is None else worked) else nullcontext(),
        ):
            answer(address, port, workers)
    finally:
        if server is not None and server.started_here:
            postgres.stop(server)


@contextmanager
def _worker_beside(data: Path) -> Iterator[None]:
    """A worker in a process of its own for as long as the pages answer; one that ends is started again."""
    over = Event()
    keeper = Thread(target=_keep_at_work, args=(data, over))
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep_at_work(data: Path, over: Event) -> None:
    words = [sys.executable, "-c", "from crosswalk.cli import main; main()", "worker", "--data", str(data)]
    while not over.is_set():
        beside = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while beside.poll() is None and not over.wait(1):
            pass
        if beside.poll() is None:
            beside.terminate()
            try:
                beside.wait(20)
            except subprocess.TimeoutExpired:
                beside.kill()
        over.wait(1)  # one that cannot even begin must not take a core for itself


def worker(
    data: DataFolder = DATA,
    at_once: Annotated[int, typer.Option("--at-once", min=1, help="Jobs at the same time.")] = 1,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="Stop when nothing waits, instead of waiting for more.")
    ] = False,
) -> None:
    """Work the line of jobs off, beside `crosswalk serve` on the same data folder."""
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.ready import ready

    server = ready(the_site(data, False))
    from crosswalk.hub.jobs.line import work

    try:
        note("Working the jobs off (stop with Ctrl-C)")
        work(until_empty=until_empty, at_once=at_once)
    finally:
        if server is not None and server.started_here:
            postgres.stop(server)


def load(data: Path, demo: bool) -> None:
    """Bring the newest run into the tables, where there is one; for the demo also its invented people."""
    from django.db import connections
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.network.elections import elections_of_the_demo
    from crosswalk.hub.network.invented import network_of_the_demo
    from crosswalk.hub.runs.bring import bring
    from crosswalk.hub.runs.invented import people_of_the_demo
    from crosswalk.hub.runs.organizations import meet

    store = Store(data)
    if not (store.latest / "findings.parquet").exists():
        note(
            "Nothing was found yet: stage files, link and find, then start again. Lists stay empty until then."
        )
        return
    with working("Bringing the newest run into the tables …"):
        meet(store)
        if demo:
            people_of_the_demo(at=timezone.now(), on=timezone.localdate(), invented=True)
            network_of_the_demo(at=timezone.now(), on=timezone.localdate())
            elections_of_the_demo(data, timezone.localdate().replace(month=1, day=1))
        bring(store, at=timezone.now())
    connections.close_all()


def tell_the_story(data: Path) -> None:
    """Write the invented county’s referrals, where people are found and none are there."""
    from django.db import connections
    from django.utils import timezone

    from crosswalk.hub.care.invented import story_of_the_demo

    truth = data / "county" / "truth.csv"
    if truth.exists() and (data / "latest" / "findings.parquet").exists():
        with working("Telling the story of the county’s referrals …"):
            story_of_the_demo(truth=truth, at=timezone.now(), on=timezone.localdate())
        connections.close_all()


def warn_of_providers() -> None:
    """Say which organizations of the identity providers the hub does not know: a name misspelled opens nothing."""
    from django.conf import settings

    from crosswalk.hub.access.models import Organization

    known = set(Organization.objects.values_list("name", flat=True))
    for provider in settings.IDENTITY_PROVIDERS.values():
        for name in sorted(set(provider.organizations) - known):
            note(f"The identity provider {provider.key} names “{name}”, which is no organization here.")


def sign_ins() -> str:
    """Who can be signed in as with one click, in words."""
    from crosswalk.hub.access.demo import invented_people
    from crosswalk.hub.access.roles import Role

    lines = [
        f"  {one.worker.name}, {Role(one.role).label}, {one.organization.name}" for one in invented_people()
    ]
    return "One click on the first page signs you in as:\n" + "\n".join(lines)


def free_port(address: str, port: int) -> int:
    """The port, once it is sure that nobody else listens there; 0 takes any free one. Refuses in words."""
    try:
        kind, *_, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is not a taken one
            one.bind(place)
            return int(one.getsockname()[1])
    except PermissionError:
        raise Refused(
            f"Port {port} is only for the machine's administrator.",
            fix="Name one from 1024 on with --port, and put a proxy in front.",
        ) from None
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            raise Refused(
                f"Port {port} is taken: another program, or another hub, listens there.",
                fix=f"Stop it, or name another port: crosswalk serve --port {port + 1 if port < 65535 else 8000}.",
            ) from None
        raise Refused(
            f"{address} is no address of this machine.",
            fix="Name one with --address; 127.0.0.1 always works.",
        ) from None


def first_answer(where: str, address: str, port: int) -> str:
    """Serve from a second process until the first page is answered; its address. Refuses when it never is."""
    serving = multiprocessing.get_context("spawn").Process(target=answer, args=(address, port, 1))
    serving.start()
    try:
        for _ in range(240):
            with suppress(OSError), urllib.request.urlopen(f"{where}health", timeout=5) as health:
                # Alive still: else it was somebody else who answered.
                if health.status == 200 and serving.is_alive():
                    return where
            if not serving.is_alive():
                break
            time.sleep(0.25)
    finally:
        serving.terminate()
        serving.join()
    raise Refused(
        f"The hub does not answer at {where}.",
        fix="The page /health says what is wrong; start it without --once to see it.",
    )


def verify(data: DataFolder = DATA, as_json: AsJson = False) -> None:
    """Walk the whole chain as the owner of the tables."""
    the_site(data, False)
    import django

    django.setup()
    from crosswalk.hub.journal.verify import verify as check

    verdict = check()
    summary = {"entries": verdict.entries, "holds": verdict.holds, "last_hash": verdict.last_hash}
    if not verdict.holds:
        summary |= {"broken_at": verdict.broken_at, "says": verdict.says}
    good = f"The journal holds: {verdict.entries:,} entries, sealed by {verdict.last_hash[:16]}…"
    bad = f"The journal does not hold at entry {verdict.broken_at}: {verdict.says}."
    say(summary, as_json, lambda: good if verdict.holds else bad)
    if not verdict.holds:
        raise typer.Exit(1)


def organization(
    name: Annotated[str, typer.Argument(help="Its name, as people read it.")],
    kind: Annotated[
        str,
        typer.Option("--kind", help="coc, plan, ecm_provider, cs_provider, county, hub, clinic, hospital."),
    ],
    source: Annotated[
        str, typer.Option("--source", help="The source of its files: plan:<plan> or hmis:<implementation>.")
    ] = "",
    hmis_name: Annotated[
        str, typer.Option("--hmis-name", help="Its name in HMIS, where it runs projects.")
    ] = "",
    county: Annotated[
        list[str] | None, typer.Option("--county", help="A county code; may be repeated.")
    ] = None,
    data: DataFolder = DATA,
    as_json: AsJson = False,
) -> None:
    """Take an organization in; what its people may see follows from the files it sends and its agreements."""
    with hub_at(data):
        from django.utils import timezone

        from crosswalk.hub.access.actions import open_organization
        from crosswalk.hub.access.itself import Hub
        from crosswalk.hub.access.roles import Kind

        if kind not in Kind.values:
            raise Refused(
                f"“{kind}” is no kind of organization.", fix=f"Say one of: {', '.join(Kind.values)}."
            )
        made = open_organization(
            by=Hub(),
            at=timezone.now(),
            name=name,
            kind=kind,
            source=source,
            hmis_name=hmis_name,
            counties=county or [],
        )
        say({"organization": made.pk, "name": name}, as_json, lambda: f"{name} is in.")


def first_person(
    name: Annotated[str, typer.Argument(help="Who it is.")],
    email: Annotated[str, typer.Argument(help="Their work e-mail; they sign in with it.")],
    organization: Annotated[str, typer.Option("--organization", help="The organization's name.")],
    data: DataFolder = DATA,
    as_json: AsJson = False,
) -> None:
    """Let the first person in, who lets in all others; prints the address at which they choose a password.

    Where their organization opens to no password, it prints through which identity provider they sign in.
    """
    with hub_at(data):
        from django.utils import timezone

        from crosswalk.hub.access.actions import first_person as let_in
        from crosswalk.hub.access.actions import way_in
        from crosswalk.hub.access.itself import Hub

        made = let_in(by=Hub(), at=timezone.now(), name=name, email=email, organization=organization)
        way = way_in(made.membership.worker) if made.link_is_due else ""
        told = f"chooses a password at: {way}" if way else f"signs in through {made.through}."
        summary = {"membership": made.membership.pk, "way_in": way, "through": made.through}
        say(summary, as_json, lambda: f"{name} {told}")


@contextmanager
def hub_at(data: Path) -> Iterator[None]:
    """The hub's tables for one command in one transaction."""
    with the_hub(data):
        from django.db import transaction

        with transaction.atomic():
            yield


@contextmanager
def the_hub(data: Path) -> Iterator[None]:
    """The hub's tables, up to date, for one command; the database is left as it was found."""
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.ready import ready

    server = ready(the_site(data, False))
    try:
        yield
    finally:
        if server is not None and server.started_here:
            postgres.stop(server)


def the_site(data: Path, demo: bool) -> Site:
    """The settings with what the command line said; read once for this process and those it starts."""
    os.environ["CROSSWALK_DATA"] = str(data.resolve())
    if demo:
        os.environ["CROSSWALK_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "crosswalk.hub.site.settings"
    from crosswalk.hub.site.config import site

    site.cache_clear()
    return site()


def answer(address: str, port: int, workers: int) -> None:
    """Answer requests until stopped; the database is ready and the settings are in the environment."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "crosswalk.hub.site.server:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_enabled=False,
    ).serve()
