"""Sharing the work of a list: who takes whom on, who is set aside, what is kept, and what leaves in a sheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest

from pages.test_budget import statements

pytestmark = pytest.mark.hub


def ids(page: Any) -> list[str]:
    """The persons on a list, in its order."""
    return re.findall(r'name="person" value="(P[0-9A-F]+)"', page.content.decode())


def chosen(visitor: Any, what: str, people: list[str], **more: str) -> Any:
    return visitor.post("/likely/chosen/", {"do": what, "person": people, "back": "?step=refer", **more})


def entries(verb: str, visitor: Any) -> list[Any]:
    """What this visitor did by one verb, the newest first, as their organization reads it."""
    from django.db import connection

    from crosswalk.hub.journal.models import Entry

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_organization WHERE source LIKE 'hmis:%'")
        (one,) = cursor.fetchone()
        cursor.execute("SELECT set_config('app.organization', %s, true)", [str(one)])
    return list(Entry.objects.filter(verb=verb, worker_id=visitor.worker.pk).order_by("-seq"))


def counts(visitor: Any) -> dict[str, int]:
    page = visitor.get("/rules/").content.decode()
    found = re.findall(r'href="(/likely/[^"]*)"[^>]*>[^<]*<span class="n">([\d,]+)</span>', page)
    return {address: int(count.replace(",", "")) for address, count in found}


def test_she_takes_two_on_finds_them_among_her_own_and_takes_it_back(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    two = ids(visitor.get("/likely/?step=refer"))[:2]
    done = chosen(visitor, "mine", two)
    assert done.status_code == 302
    assert done["Location"] == "/likely/?step=refer"
    page = visitor.get(done["Location"])
    assert "You took 2 people on." in page.content.decode()
    assert ids(visitor.get("/likely/?who=me")) == two
    assert not set(two) & set(ids(visitor.get("/likely/?who=nobody")))
    assert counts(visitor)["/likely/?who=me"] == 2
    (entry,) = entries("take on", visitor)
    assert sorted(entry.persons) == sorted(two)
    assert entry.before[two[0]]["worker_id"] is None
    assert entry.after[two[0]]["worker_id"] == visitor.worker.pk
    assert f"/likely/undo/{entry.seq}/" in page.content.decode()
    assert visitor.post(f"/likely/undo/{entry.seq}/").status_code == 302
    assert ids(visitor.get("/likely/?who=me")) == []
    assert entries("undo", visitor)[0].subject == f"entry:{entry.seq}"


def test_what_was_not_kept_is_not_told_as_done(hub: Any, monkeypatch: Any) -> None:
    from django.db import OperationalError

    from crosswalk.hub.access import doors

    visitor = hub.visitor("coordinator")
    visitor.raise_request_exception = False
    one = ids(visitor.get("/likely/"))[:1]

    class Gone:
        """A transaction whose end fails, as when the database is killed before it answers."""

        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None:
            raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(doors.transaction, "atomic", Gone)
        assert chosen(visitor, "mine", one).status_code == 500
    assert "You took" not in visitor.get("/likely/").content.decode()


def test_nobody_takes_back_what_a_colleague_did_or_what_was_overtaken(hub: Any) -> None:
    visitor, colleague = hub.visitor("coordinator"), hub.visitor("coordinator")
    one = ids(visitor.get("/likely/"))[:1]
    chosen(visitor, "mine", one)
    seq = entries("take on", visitor)[0].seq
    assert colleague.post(f"/likely/undo/{seq}/").status_code == 404
    chosen(colleague, "mine", one)
    said = visitor.post(f"/likely/undo/{seq}/", follow=True).content.decode()
    assert "something else was done since" in said
    assert ids(colleague.get("/likely/?who=me")) == one


def test_given_to_a_colleague_of_the_same_organization_only(hub: Any) -> None:
    visitor, colleague = hub.visitor("coordinator"), hub.visitor("community_health_worker")
    foreign = hub.worker("coordinator", "nobody:")
    one = ids(visitor.get("/likely/"))[:1]
    asked = chosen(visitor, "give", one)
    assert colleague.worker.name in asked.content.decode()
    assert foreign.name not in asked.content.decode().replace(visitor.worker.name, "")
    assert chosen(visitor, "give", one, sure="1", worker_id=str(foreign.pk)).status_code == 422
    assert chosen(visitor, "give", one, sure="1", worker_id=str(colleague.worker.pk)).status_code == 302
    assert ids(colleague.get("/likely/?who=me")) == one
    assert ids(visitor.get(f"/likely/?who={colleague.worker.pk}")) == one


def test_who_is_set_aside_leaves_the_list_and_its_count_until_the_day(hub: Any) -> None:
    from datetime import timedelta

    from crosswalk.hub.finding.models import Work

    visitor = hub.visitor("coordinator")
    before, people = counts(visitor), ids(visitor.get("/likely/?step=refer"))[:3]
    assert chosen(visitor, "aside", people).status_code == 200
    wrong = chosen(visitor, "aside", people, sure="1", why="", days="30")
    assert wrong.status_code == 422
    assert ids(wrong) == people, "what was chosen stays chosen"
    done = chosen(visitor, "aside", people, sure="1", why="unreached", days="30")
    assert done.status_code == 302
    after = counts(visitor)
    assert before["/likely/?step=refer"] - after["/likely/?step=refer"] == 3
    assert before["/likely/"] - after["/likely/"] == 3
    assert not set(people) & set(ids(visitor.get("/likely/?step=refer")))
    aside = visitor.get("/likely/?aside=1")
    assert ids(aside) == people
    assert "could not be reached" in aside.content.decode()
    assert entries("set aside", visitor)[0].after[people[0]]["aside_why"] == "unreached"
    # its day has come
    work = Work.objects.get(person_id=people[0])
    work.aside_until -= timedelta(days=30)
    work.save()
    assert people[0] in ids(visitor.get("/likely/?step=refer"))
    # something new was found
    work = Work.objects.get(person_id=people[1])
    work.aside_on -= timedelta(days=3650)
    work.save()
    assert people[1] in ids(visitor.get("/likely/?step=refer"))
    chosen(visitor, "back", people[2:])
    assert people[2] in ids(visitor.get("/likely/?step=refer"))


def test_a_run_counts_as_the_pages_counted(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.runs.tallies import count_queues

    visitor = hub.visitor("coordinator")
    chosen(visitor, "aside", ids(visitor.get("/likely/?step=refer"))[:2], sure="1", why="moved", days="7")
    said = counts(visitor)
    everyone = tuple(Organization.objects.values_list("pk", flat=True))
    open_rows(worker_id=0, organization_id=0, role="run", sees=everyone)
    count_queues(timezone.localdate())
    assert counts(visitor) == said


def test_the_work_of_one_organization_is_not_there_for_another(hub: Any) -> None:
    from crosswalk.hub.finding.models import Work

    coc, plan = hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:")
    both = [one for one in ids(coc.get("/likely/")) if plan.get(f"/people/{one}/").status_code == 200][:1]
    chosen(coc, "aside", both, sure="1", why="later", days="7")
    assert "Set aside until" not in plan.get("/likely/").content.decode()
    plan.get("/likely/")
    assert not Work.objects.exists(), "the wall was left open for the plan, which keeps no work"
    assert chosen(plan, "mine", both).status_code == 404
    stranger = hub.visitor("coordinator", "nobody:")
    assert chosen(stranger, "mine", both).status_code == 404


def test_nothing_chosen_and_nothing_known_are_answered_in_words_or_not_at_all(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    said = visitor.post("/likely/chosen/", {"do": "mine", "back": ""}, follow=True).content.decode()
    assert "Choose at least one person" in said
    assert chosen(visitor, "mine", ["P0000000000000000"]).status_code == 404
    assert chosen(visitor, "dance", ids(visitor.get("/likely/"))[:1]).status_code == 404


def test_a_view_is_kept_for_oneself_or_for_everybody_and_let_go(hub: Any) -> None:
    visitor, colleague = hub.visitor("coordinator"), hub.visitor("supervisor")
    kept = visitor.post("/likely/views/", {"name": "Tulare to refer", "back": "?step=refer&county=54&evil=x"})
    assert kept.status_code == 302
    assert kept["Location"] == "/likely/?county=54&step=refer"
    assert "Tulare to refer" in visitor.get("/likely/").content.decode()
    assert "Tulare to refer" not in colleague.get("/likely/").content.decode()
    again = visitor.post("/likely/views/", {"name": "tulare to refer", "back": "?step=ask"})
    assert again.status_code == 422
    assert "of this name already" in again.content.decode()
    visitor.post("/likely/views/", {"name": "For all", "back": "?step=ask", "shared": "on"})
    assert "For all" in colleague.get("/likely/").content.decode()
    assert "For all" not in hub.visitor("coordinator", "nobody:").get("/likely/").content.decode()
    view = entries("keep view", visitor)[0].subject.partition(":")[2]
    assert colleague.post(f"/likely/views/{view}/gone/").status_code == 404
    assert visitor.post(f"/likely/views/{view}/gone/").status_code == 302
    assert "For all" not in colleague.get("/likely/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_leaves_is_journaled_and_no_cell_is_a_formula(hub: Any, kind: str) -> None:
    from crosswalk.hub.people.models import Person

    visitor = hub.visitor("coordinator")
    people = ids(visitor.get("/likely/?step=refer"))
    Person.objects.filter(pk=people[0]).update(name='=HYPERLINK("http://evil.example","x")')
    assert visitor.post("/likely/sheet/?step=refer", {"purpose": "", "sheet": kind}).status_code == 422
    assert not entries("take list along", visitor)
    made = visitor.post("/likely/sheet/?step=refer", {"purpose": "Outreach on Tuesday", "sheet": kind})
    assert made.status_code == 200
    assert made["Content-Disposition"].endswith(f'.{kind}"')
    table = read_csv(made.content) if kind == "csv" else read_xlsx(made.content)
    assert table[0][0] == "Person id"
    assert [line[0] for line in table[1 : len(people) + 1]] == people
    if kind == "csv":
        assert table[1][1].startswith("'=HYPERLINK")
    else:
        assert table[1][1].startswith("=HYPERLINK")
        assert b"<f>" not in sheet_xml(made.content)
    (entry,) = entries("take list along", visitor)
    assert entry.why == "Outreach on Tuesday"
    assert len(entry.persons) == len(table) - 1
    assert set(people) <= set(entry.persons)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def read_xlsx(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def sheet_xml(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.fixture
def a_year_later(hub: Any, tmp_path: Any) -> Any:
    """The same hub after a run for a day a year on, over the same files; undone like everything else."""
    import shutil

    from django.db import connection
    from django.utils import timezone

    from command_line import quickly
    from crosswalk.cli.store import Store
    from crosswalk.hub.runs.bring import bring

    data = tmp_path / "data"
    shutil.copytree(hub.data, data, symlinks=True, ignore=shutil.ignore_patterns("hub", "*.log"))
    found = quickly("find", "--on", "2027-11-01", "--data", data, "--json")
    assert found.code == 0, found.err
    store = Store(data)
    changed = bring(store, at=timezone.now()).changed["finding_change"]
    assert changed > 0
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")  # what a commit would do between two runs
    assert bring(store, at=timezone.now()).changed["finding_change"] == 0, "the same run tells nothing new"
    return hub


def test_who_fell_off_the_list_is_told_with_what_turned_over(a_year_later: Any) -> None:
    from crosswalk.hub.finding.models import Change

    visitor = a_year_later.visitor("coordinator")
    page = visitor.get("/likely/lost/").content.decode()
    lost = Change.objects.filter(kind="lost", organization__source__startswith="hmis:")
    lost = lost.order_by(
        "-on", "person_id", "program"
    )  # the page shows the first fifty, as the list orders them
    assert lost.count() > 0
    assert lost.first().person.name in page
    assert "time went by" in page
    assert len(statements(visitor, "/likely/lost/")) <= 8
    told = next(one for one in lost if one.said)
    assert told.said[0][0] in " ".join(re.sub("<[^>]*>", "", page).replace("&#39;", "'").split())


def test_what_turned_over_is_not_told_to_whoever_may_not_see_every_source(a_year_later: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.models import Agreement

    visitor = a_year_later.visitor("coordinator")
    assert "What turned over is not shown" not in visitor.get("/likely/lost/").content.decode()
    Agreement.objects.filter(receiver__source__startswith="hmis:").update(ends=timezone.localdate())
    after = visitor.get("/likely/lost/").content.decode()
    assert "What turned over is not shown" in after
    assert "time went by" not in after


def test_who_is_new_is_told_with_what_turned_over(a_year_later: Any) -> None:
    visitor = a_year_later.visitor("coordinator")
    page = visitor.get("/likely/?new=1").content.decode()
    assert ids(visitor.get("/likely/?new=1"))
    assert " → yes" in page
    assert len(statements(visitor, "/likely/?new=1")) <= 8
    assert len(statements(visitor, "/likely/")) <= 8
