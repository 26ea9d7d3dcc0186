"""Whatever a person can attest can be asked of them, in every language that ships."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from crosswalk.core.facts import catalogue
from crosswalk.core.policy import shipped_folder

LANGUAGES = sorted(path.stem for path in (shipped_folder() / "words").glob("*.yaml"))

#: What only somebody else can say.
NOT_ASKED_OF_MEMBERS = {"deceased"}


def words(language: str) -> dict[str, Any]:
    return yaml.safe_load(Path(shipped_folder(), "words", f"{language}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_that_can_be_attested_has_a_question_for_members(language: str) -> None:
    attestable = {name for name, fact in catalogue().items() if fact.attestable}
    assert set(words(language)["questions"]) == attestable - NOT_ASKED_OF_MEMBERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_one_question(language: str) -> None:
    for fact, question in words(language)["questions"].items():
        assert question.find("?") == len(question) - 1, fact


def test_spanish_questions_open_as_spanish_questions_do() -> None:
    for fact, question in words("es")["questions"].items():
        assert question.count("¿") == 1, fact


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    english, other = words("en"), words(language)
    assert english.keys() == other.keys()
    for part in ("answers", "confidence"):
        assert english[part].keys() == other[part].keys()
