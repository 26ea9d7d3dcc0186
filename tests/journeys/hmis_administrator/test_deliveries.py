"""The HMIS administrator loads a broken export and rejects it, then a good one; the morning list is made of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from browser import PHONE, WIDE, barriers, browser, overflows
from command_line import altered
from own_hub import OwnHub, own_hub

pytestmark = [pytest.mark.hub, pytest.mark.browser]


@pytest.fixture(scope="module")
def own() -> Iterator[OwnHub]:
    with own_hub() as hub:
        yield hub


def sign_in(page: Any, own: OwnHub, name: str) -> None:
    page.goto(f"{own.address}/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def later(days: int) -> Any:
    """Export.csv of some days later."""

    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            day = datetime.fromisoformat(row["ExportDate"]) + timedelta(days=days)
            row["ExportDate"] = day.strftime("%Y-%m-%d %H:%M:%S")

    return change


def spoilt(rows: list[dict[str, str]]) -> None:
    """Birth dates that are none, and people without a number."""
    for row in rows[:5]:
        row["DOB"] = "13/45/1970"
    for row in rows[5:8]:
        row["PersonalID"] = ""


def renamed(rows: list[dict[str, str]]) -> None:
    """Everybody is called otherwise: nobody could overlook that the lists are made of this export."""
    for row in rows:
        row["FirstName"] = f"New{row['FirstName']}"


def send(page: Any, own: OwnHub, file: Path) -> None:
    """On the page of deliveries, by what one sees."""
    page.get_by_role("link", name="Deliveries").first.click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Send and check").click()
    page.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    assert "It waits to be read" in page.locator("#progress").inner_text()
    assert barriers(page) == []
    own.work()
    page.get_by_role("heading", name="Your answer").wait_for()


def test_a_broken_export_is_read_sent_back_and_rejected_then_a_good_one_makes_the_lists(
    own: OwnHub, tmp_path: Path
) -> None:
    county = own.data / "county" / "hmis.zip"
    broken = altered(county, tmp_path / "broken.zip", {"Client.csv": spoilt, "Export.csv": later(1)})
    good = altered(county, tmp_path / "good.zip", {"Client.csv": renamed, "Export.csv": later(2)})
    with browser(size=WIDE) as page:
        # given the HMIS administrator, who sends a broken export
        sign_in(page, own, "Derek Sandoval")
        send(page, own, broken)
        # then she reads how many rows it cost, what is wrong by cause, and how it is mended
        assert "rows left out" in page.locator("h1").inner_text()
        said = page.locator("main").inner_text()
        assert "The row has no PersonalID, so nothing can be joined to it." in said
        assert "Fill PersonalID at the source and export again." in said
        page.locator(".causes li").filter(has_text="not a date").locator("summary").click()
        assert "13/45/1970" in page.locator(".causes").last.inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        # when she takes the sheet for those who mend it
        with page.expect_download() as taken:
            page.get_by_role("link", name="Sheet to send back").click()
        book = CalamineWorkbook.from_filelike(io.BytesIO(Path(taken.value.path()).read_bytes()))
        rows = book.get_sheet_by_index(0).to_python()
        assert [row for row in rows if row[3] == "DOB" and row[4] == "13/45/1970"]
        # and rejects it, with a reason
        page.get_by_text("Reject it instead").click()
        page.get_by_role("button", name="Reject").click()
        assert (
            page.get_by_role("heading", name="Your answer").count() == 1
        )  # the browser asks for the reason first
        page.get_by_label("Why do you reject it?").fill("Three people have no number")
        page.get_by_role("button", name="Reject").click()
        assert "nothing was changed" in page.locator(".said").inner_text()
        assert "Three people have no number" in page.locator("main").inner_text()
        assert barriers(page) == []
        # when she sends a good one and accepts it
        send(page, own, good)
        assert "changed" in page.locator("main").inner_text()
        page.get_by_role("button", name="Accept").click()
        assert "Accepted" in page.locator(".said").inner_text()
        own.work()
        # then it is in the lists
        page.locator("#progress[data-state^=in]").wait_for()
        page.reload()
        assert page.locator(".steps .done").count() == 5
        assert barriers(page) == []
        # when she sends the same file once more, then nothing changes
        page.get_by_role("link", name="Deliveries").first.click()
        page.get_by_label("File", exact=True).set_input_files(good)
        page.get_by_role("button", name="Send and check").click()
        assert "came before" in page.locator(".said").inner_text()
    with browser(size=WIDE) as page:
        # and the coordinator's morning is made of it
        sign_in(page, own, "Rosa Delgado")
        assert "New" in page.locator(".lines").first.inner_text()
        page.locator(".lines th[scope=row] a").first.click()
        assert page.locator("h1").inner_text().startswith("New")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_her_pages_are_free_of_barriers(own: OwnHub, size: tuple[int, int], language: str) -> None:
    with browser(size=size, language=language) as page:
        sign_in(page, own, "Derek Sandoval")
        page.goto(f"{own.address}/deliveries/")
        assert barriers(page) == []
        assert not overflows(page)
        page.locator(".lines th[scope=row] a").last.click()
        for one in page.locator("main details").all():
            one.evaluate("one => one.open = true")
        assert barriers(page) == []
        assert not overflows(page)


def test_without_scripts_a_picture_is_refused_and_an_export_sent(own: OwnHub, tmp_path: Path) -> None:
    picture = tmp_path / "export.zip"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    file = altered(own.data / "county" / "hmis.zip", tmp_path / "later.zip", {"Export.csv": later(3)})
    with browser(scripts=False) as page:
        sign_in(page, own, "Derek Sandoval")
        page.goto(f"{own.address}/deliveries/")
        page.get_by_label("The day it speaks for").fill("2026-11-03")
        page.get_by_label("File", exact=True).set_input_files(picture)
        page.get_by_role("button", name="Send and check").click()
        assert "The file is a PNG picture, not a ZIP." in page.locator(".errors").inner_text()
        assert page.get_by_label("The day it speaks for").input_value() == "2026-11-03"
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Send and check").click()
        own.work()
        page.get_by_role("link", name="Look again").click()
        assert page.get_by_role("button", name="Accept").count() == 1
