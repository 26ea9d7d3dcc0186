"""Deliveries on their pages: sent, read, decided about; each organization its own; what is wrong is said in words."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hmis_export import export, files, packed
from plan_files_builder import members_csv

pytestmark = pytest.mark.hub


@pytest.fixture(autouse=True)
def data(hub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own with everything that the county's has; what is staged here stays here."""
    from django.conf import settings

    copy = tmp_path / "data"
    copy.mkdir()
    for part in ("deliveries", "states", "raw", "runs", "latest", "linkage"):
        if (hub.data / part).exists():
            shutil.copytree(hub.data / part, copy / part, copy_function=os.link)
    (copy / "current").symlink_to((hub.data / "current").readlink(), target_is_directory=True)
    monkeypatch.setattr(settings, "SITE", settings.SITE.model_copy(update={"data": copy}))
    return copy


@pytest.fixture
def work(hub: Any) -> Callable[[], None]:
    """Works off what waits in line for deliveries, in this process and within the test's own transaction."""
    from django.db import connection

    from crosswalk.hub.intake import jobs

    def run() -> None:
        done = {"read delivery": jobs.read_delivery, "lay over": jobs.lay_over}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, (args ->> 'delivery_id')::int FROM procrastinate_jobs WHERE status = 'todo'"
                " AND task_name = ANY (%s) ORDER BY id",
                [list(done)],
            )
            for number, name, delivery in cursor.fetchall():
                done[name].func.__wrapped__(delivery_id=delivery)
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])

    return run


def own(hub: Any, where: str = "hmis:") -> str:
    """The source of an organization's files, without its kind."""
    return str(hub.organization(where).source).partition(":")[2]


def send(visitor: Any, path: Path, **typed: str) -> Any:
    """Send a file as a browser does."""
    with path.open("rb") as file:
        return visitor.post("/deliveries/", {**typed, "file": file})


def page_of(visitor: Any, answer: Any) -> str:
    """The page that a redirect leads to."""
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(visitor.get(answer["Location"]).content.decode())


def journal(verb: str = "") -> list[Any]:
    """What the journal says was done, newest first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organization', '1', true)")
    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.journal.models import Entry

    found = []
    for one in Organization.objects.all():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.organization', %s, true)", [str(one.pk)])
        found += list(Entry.objects.filter(organization_id=one.pk))
    return [one for one in found if verb in ("", one.verb)]


def row_of(place: str) -> Any:
    """The delivery of a page."""
    from crosswalk.hub.access.itself import as_the_hub
    from crosswalk.hub.intake.models import Delivery

    with as_the_hub():
        return Delivery.objects.get(pk=int(place.strip("/").split("/")[1]))


def broken(hub: Any, folder: Path) -> Path:
    """An export of one good person and one without a number, with a date of birth that is none."""
    about = {"ImplementationID": own(hub), "ExportDate": "2026-11-05 08:00:00"}
    return export(
        folder, name="broken.zip", about=about, clients=[{"DOB": "13/45/1970"}, {"PersonalID": ""}],
        enrollments=[{}],
    )  # fmt: skip


def test_a_file_is_sent_read_and_waits_for_an_answer(hub: Any, work: Any, tmp_path: Path) -> None:
    from crosswalk.cli.store import Store

    administrator = hub.visitor("hmis_administrator")
    before = Store(tmp_path / "data").current
    answer = send(administrator, export(tmp_path, about={"ImplementationID": own(hub)}))
    assert "It waits to be read" in page_of(administrator, answer)
    work()
    assert "waits for your answer" in page_of(administrator, answer)
    assert "1 waits for your answer" in administrator.get("/deliveries/").content.decode()
    assert Store(tmp_path / "data").current == before, "nothing counts before somebody accepts it"
    assert list((tmp_path / "data" / "incoming").iterdir()) == []


def test_what_is_wrong_is_said_by_cause_with_rows_and_how_to_mend_it(
    hub: Any, work: Any, tmp_path: Path
) -> None:
    administrator = hub.visitor("hmis_administrator")
    place = send(administrator, broken(hub, tmp_path))["Location"]
    work()
    page = administrator.get(place).content.decode()
    for said in (
        "The row has no PersonalID, so nothing can be joined to it.",
        "Fill PersonalID at the source and export again.",
        "The value is not a date; it was left out.",
        "<code>13/45/1970</code>",
        "<code>Client.csv · DOB</code>",
        "1 row left out",
    ):
        assert said in page, said
    assert [one.subject for one in journal("see problems")] == [f"delivery:{row_of(place).pk}"]
    counts = row_of(place).summary["tables"]["Client"]
    assert counts["in"] == counts["accepted"] + counts["rejected"] + counts["duplicate"] == 2


def test_the_sheet_to_send_back_is_journaled_and_runs_nothing(hub: Any, work: Any, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    administrator = hub.visitor("hmis_administrator")
    about = {"ImplementationID": own(hub)}
    clients = [{"DOB": "=HYPERLINK(1)"}, {"DOB": "+1"}, {"DOB": "-1"}, {"DOB": "@x"}, {"SSN": "12345678x"}]
    place = send(administrator, export(tmp_path, about=about, clients=clients))["Location"]
    work()
    answer = administrator.get(f"{place}sheet/")
    assert "attachment" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["File", "Row", "Record", "Column", "As sent"]
    dates = [row for row in rows if row[3] == "DOB"]
    assert {row[4] for row in dates} >= {"=HYPERLINK(1)", "+1", "-1", "@x"}
    assert all(row[5] == "kept" and row[7] for row in dates)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-1</v>" not in sheet
    assert "12345678" not in str(rows), "of a Social Security number only its shape is shown"
    assert len(journal("take sheet")) == 1


def test_accepted_it_counts_and_the_lists_are_to_be_made_anew(hub: Any, work: Any, tmp_path: Path) -> None:
    from django.db import connection

    from crosswalk.cli.store import Store

    administrator = hub.visitor("hmis_administrator")
    place = send(administrator, broken(hub, tmp_path))["Location"]
    work()
    store = Store(tmp_path / "data")
    before, state = len(store.deliveries()), store.current
    assert "laid over" in page_of(administrator, administrator.post(f"{place}accept/"))
    work()
    assert len(store.deliveries()) == before + 1
    assert store.current != state
    assert row_of(place).state == "in"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'nightly'")
        assert cursor.fetchone() == (1,)
    again = administrator.post(f"{place}accept/", follow=True).content.decode()
    assert "decided about already" in again


def test_rejected_it_changes_nothing_and_may_be_sent_again(hub: Any, work: Any, tmp_path: Path) -> None:
    from crosswalk.cli.store import Store

    administrator = hub.visitor("hmis_administrator")
    file = broken(hub, tmp_path)
    place = send(administrator, file)["Location"]
    work()
    state = Store(tmp_path / "data").current
    without = administrator.post(f"{place}reject/", {"why": ""})
    assert without.status_code == 422
    page = page_of(administrator, administrator.post(f"{place}reject/", {"why": "Too many dates"}))
    assert "Too many dates" in page
    assert "Sheet to send back" in page, "its problems can still be sent back"
    work()
    assert Store(tmp_path / "data").current == state
    assert row_of(place).state == "rejected"
    next_place = send(administrator, file)["Location"]
    assert next_place != place
    work()
    administrator.post(f"{next_place}accept/")
    work()
    assert row_of(next_place).state == "in"
    assert row_of(place).staged == "", "what was rejected is forgotten when the next one is in"


def test_the_same_file_twice_changes_nothing_and_leaves_one_entry(
    hub: Any, work: Any, tmp_path: Path
) -> None:
    from django.db import connection

    administrator = hub.visitor("hmis_administrator")
    file = broken(hub, tmp_path)
    place = send(administrator, file)["Location"]
    work()
    entries = len(journal())
    renamed = file.rename(tmp_path / "renamed.zip")
    again = send(administrator, renamed)
    assert again["Location"] == place
    assert len(journal()) == entries + 1
    assert len(journal("send file again")) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'read delivery'")
        assert cursor.fetchone() == (0,)
    assert "came before" in page_of(administrator, again)


WRONG: dict[str, tuple[str, bytes, str]] = {
    "a picture": ("export.zip", b"\x89PNG\r\n\x1a\n" + bytes(200), "The file is a PNG picture, not a ZIP."),
    "a picture as CSV": ("members.csv", b"\xff\xd8\xff" + bytes(200), "The file is a JPEG picture."),
    "nothing": ("members.csv", b"", "The file is empty (0 bytes)."),
    "no layout": ("list.csv", b"colour,shape\nred,round\n", "no layout knows any of its columns"),
    "missing columns": (
        "members.csv", b"plan,cin,last_name,first_name\nnorth,91000001A,Reyes,Ana\n",
        "The file lacks the required columns",
    ),
    "a damaged archive": ("export.zip", b"PK\x03\x04" + bytes(50), "The ZIP is damaged or was cut off."),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(WRONG))
def test_a_wrong_file_is_refused_at_once_and_what_was_typed_stays(
    hub: Any, tmp_path: Path, what: str
) -> None:
    import html

    name, content, sentence = WRONG[what]
    file = tmp_path / name
    file.write_bytes(content)
    administrator = hub.visitor("hmis_administrator")
    answer = send(administrator, file, as_of="2026-11-03")
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="2026-11-03"' in page
    assert journal("send file") == []
    assert not any((tmp_path / "data" / "incoming").iterdir()), "nothing of it is kept"


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(
    hub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "SITE", settings.SITE.model_copy(update={"largest_file_mb": 1}))
    file = tmp_path / "large.zip"
    file.write_bytes(os.urandom(1_200_000))
    answer = send(hub.visitor("hmis_administrator"), file, as_of="2026-11-03")
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "larger than 1 MB" in page
    assert 'value="2026-11-03"' in page
    assert not (tmp_path / "data" / "incoming").exists() or not any(
        (tmp_path / "data" / "incoming").iterdir()
    )


def test_no_file_is_asked_for_in_words(hub: Any) -> None:
    answer = hub.visitor("hmis_administrator").post("/deliveries/", {"as_of": ""})
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_the_file_of_another_organization_is_refused_and_forgotten(
    hub: Any, work: Any, tmp_path: Path
) -> None:
    import html

    administrator = hub.visitor("hmis_administrator")
    foreign = members_csv(tmp_path / "members.csv", [{"plan": own(hub, "plan:")}])
    place = send(administrator, foreign)["Location"]
    work()
    page = html.unescape(administrator.get(place).content.decode())
    assert "cannot be used" in page
    assert "yours are the files of" in page
    assert not list((tmp_path / "data").glob("waiting/*"))
    assert not (tmp_path / "data" / "raw" / row_of(place).sha256).exists()


def test_a_plan_sees_its_own_deliveries_and_nobody_elses(hub: Any, work: Any, tmp_path: Path) -> None:
    analyst = hub.visitor("plan_analyst", "plan:")
    plan = own(hub, "plan:")
    file = members_csv(tmp_path / "members.csv", [{"plan": plan}, {"plan": plan, "cin": "9100000"}])
    place = send(analyst, file, as_of="2026-12-01")["Location"]
    work()
    page = analyst.get(place).content.decode()
    assert "Member file, 1 Dec 2026" in page
    assert "Members named" in page
    for role, where in (("hmis_administrator", "hmis:"), ("site_administrator", "nobody:")):
        stranger = hub.visitor(role, where)
        assert stranger.get(place).status_code == 404
        assert stranger.get(f"{place}sheet/").status_code == 404
        assert stranger.post(f"{place}accept/").status_code == 404
        assert "members.csv" not in stranger.get("/deliveries/").content.decode()


def test_an_older_file_is_said_to_be_older(hub: Any, work: Any, tmp_path: Path) -> None:
    administrator = hub.visitor("hmis_administrator")
    old = export(tmp_path, about={"ImplementationID": own(hub), "ExportDate": "2020-01-05 08:00:00"})
    place = send(administrator, old)["Location"]
    work()
    assert "A newer file than this one is in already" in administrator.get(place).content.decode()


def test_a_reading_that_was_killed_is_done_again_and_leaves_one_delivery(
    hub: Any, work: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crosswalk.hub.intake import jobs

    administrator = hub.visitor("hmis_administrator")
    place = send(administrator, broken(hub, tmp_path))["Location"]
    with monkeypatch.context() as killed:
        killed.setattr(jobs, "_keep", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            jobs.read_delivery.func.__wrapped__(delivery_id=row_of(place).pk)
    assert row_of(place).state == "reading"
    work()
    assert row_of(place).state == "waiting"
    assert len(list((tmp_path / "data").glob("waiting/*"))) == 1


def test_a_fault_of_ours_keeps_the_file_and_says_so(
    hub: Any, work: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crosswalk.hub.intake import jobs

    administrator = hub.visitor("hmis_administrator")
    place = send(administrator, broken(hub, tmp_path))["Location"]
    with monkeypatch.context() as broken_down:
        broken_down.setattr(jobs, "_PROCESS", ("/bin/false",))
        with pytest.raises(RuntimeError):
            work()
    page = administrator.get(place).content.decode()
    assert "that is our fault" in page
    assert len(list((tmp_path / "data" / "incoming").iterdir())) == 1
    administrator.post(f"{place}again/")
    work()
    assert row_of(place).state == "waiting"


def test_a_drop_folder_hands_files_over_once_and_sets_wrong_ones_aside(
    hub: Any, work: Any, tmp_path: Path
) -> None:
    from crosswalk.hub.intake.dropping import look

    coc = hub.organization("hmis:")
    drop, home = tmp_path / "drop", tmp_path / "drop" / coc.name
    home.mkdir(parents=True)
    (drop / "Unknown Shelter").mkdir()
    file = broken(hub, tmp_path)
    shutil.copy(file, home / "export.zip")
    shutil.copy(file, home / "half.zip.part")
    (home / "picture.zip").write_bytes(b"\x89PNG" + bytes(100))
    taken = look(drop, 0)
    assert taken.counts() == {"arrived": 1, "repeated": 0, "refused": 1}
    assert sorted(path.name for path in home.rglob("*") if path.is_file()) == [
        "half.zip.part", "picture.zip", "picture.zip.txt",
    ]  # fmt: skip
    assert any("Unknown Shelter" in said for said in taken.said)
    work()
    assert "by drop folder" in hub.visitor("hmis_administrator").get("/deliveries/").content.decode()
    shutil.copy(file, home / "again.zip")
    assert look(drop, 0).counts() == {"arrived": 0, "repeated": 1, "refused": 0}
    (home / "young.zip").write_bytes(b"PK")
    assert look(drop, 60).counts() == {"arrived": 0, "repeated": 0, "refused": 0}


def test_files_are_taken_nowhere_else_and_from_nobody_outside(hub: Any, tmp_path: Path) -> None:
    from django.test import Client

    file = broken(hub, tmp_path)
    outside = Client()
    assert send(outside, file).status_code == 302
    coordinator = hub.visitor("coordinator")
    assert send(coordinator, file).status_code == 404
    incoming = tmp_path / "data" / "incoming"
    assert not incoming.exists() or not any(incoming.iterdir())


def test_what_the_command_line_staged_shows_too(hub: Any) -> None:
    page = hub.visitor("hmis_administrator").get("/deliveries/").content.decode()
    assert "hmis.zip" in page
    assert hub.visitor("plan_analyst", "plan:").get("/deliveries/").content.decode().count("Event file") >= 1


def test_the_first_delivery_of_an_organization_says_which_source_is_its_own(
    hub: Any, work: Any, tmp_path: Path
) -> None:
    from crosswalk.hub.access.models import Organization

    newcomer = Organization.objects.create(name="Third Valley", kind="coc", hmis_name="Third Valley")
    administrator = hub.visitor("hmis_administrator", "Third Valley")
    taken = export(tmp_path, name="taken.zip", about={"ImplementationID": own(hub)})
    place = send(administrator, taken)["Location"]
    work()
    assert row_of(place).state == "refused", "that source is another organization's"
    place = send(administrator, packed(files(about={"ImplementationID": "third"}), tmp_path / "own.zip"))[
        "Location"
    ]
    work()
    administrator.post(f"{place}accept/")
    newcomer.refresh_from_db()
    assert newcomer.source == "hmis:third"
