"""The list of identity providers: what it may say, and that a wrong one is refused in words that tell no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.hub.access.providers import opens, read

GOOD = """
county:
  name: County single sign-on
  issuer: https://login.example.org/realms/county
  client_id: crosswalk
  secret_env: COUNTY_SECRET
  organizations: [Two Rivers, Far Valley]
  domains: [County.Example.org]
"""


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COUNTY_SECRET", "seven clocks in a drawer")
    path = tmp_path / "providers.yaml"
    path.write_text(GOOD)
    return path


def test_without_a_file_there_are_none() -> None:
    assert read(None) == {}


def test_a_provider_is_read_with_its_secret_from_elsewhere(listed: Path) -> None:
    county = read(listed)["county"]
    assert county.secret == "seven clocks in a drawer"
    assert "clocks" not in repr(county)
    assert county.speaks_for("rosa@COUNTY.example.org")
    assert not county.speaks_for("rosa@county.example.org.evil.example")
    (listed.parent / "secret").write_text("from a file\n")
    listed.write_text(GOOD.replace("secret_env: COUNTY_SECRET", "secret_file: secret"))
    assert read(listed)["county"].secret == "from a file"


@pytest.mark.parametrize(
    ("was", "wrong", "words"),
    [
        ("https://login", "http://login", "must be an https address"),
        ("secret_env: COUNTY_SECRET", "secret: seven clocks in a drawer", "secret of county is not there"),
        (
            "secret_env: COUNTY_SECRET",
            "secret_env: COUNTY_SECRET\n  secret: seven clocks",
            "secret in the file",
        ),
        ("COUNTY_SECRET", "NOT_SET_ANYWHERE", "secret of county is not there"),
        ("domains:", "domain:", "domain: extra inputs are not permitted"),
        ("[Two Rivers, Far Valley]", "[]", "organizations:"),
        ("county:", "County One:", "key:"),
        (GOOD, "- a list", "does not list identity providers"),
        (GOOD, "a: [", "cannot be read"),
    ],
)
def test_a_wrong_line_is_refused_in_words(listed: Path, was: str, wrong: str, words: str) -> None:
    listed.write_text(GOOD.replace(was, wrong, 1))
    with pytest.raises(Refused) as refused:
        read(listed)
    assert words in str(refused.value)
    assert "clocks" not in str(refused.value)


def test_a_provider_opens_its_own_organizations_and_no_other(listed: Path) -> None:
    some = read(listed)
    assert opens(some, "Two Rivers", "county")
    assert not opens(some, "Elsewhere", "county")
    assert not opens(some, "Two Rivers", "another")
    assert opens(some, "Two Rivers", "")
    only = {"county": some["county"].model_copy(update={"only": True})}
    assert not opens(only, "Two Rivers", "")
    assert opens(only, "Elsewhere", "")
