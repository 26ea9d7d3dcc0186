"""Where the language is Spanish, rules, reasons and questions are too; what has no translation says so."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.policy.translations import translations

pytestmark = pytest.mark.hub

POLICY = load(shipped_folder())
#: Whole sentences of the policy; a word or two may stand in a name of something else.
ENGLISH = sorted(one for one in translations(POLICY, "es").sentences if one.count(" ") > 2)
OWN = "Reglas y preguntas: traducción propia, pendiente de revisión."


def page(visitor: Any, place: str, language: str = "es") -> str:
    answer = visitor.get(place, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200, place
    return re.sub(r"&#0?39;", "'", answer.content.decode())


def left_in_english(text: str) -> list[str]:
    return [one for one in ENGLISH if one in text]


@pytest.mark.parametrize(
    "place",
    ["/", "/likely/", "/likely/?step=ask", "/likely/lost/", "/rules/", "/rules/ecm.1a/", "/rules/cs.trent/"],
)
def test_lists_and_rules_hold_no_sentence_of_the_policy_in_english(hub: Any, place: str) -> None:
    told = page(hub.visitor("coordinator"), place)
    assert left_in_english(told) == []
    assert told.count(OWN) == 1


def test_everything_told_of_a_person_is_in_spanish(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    whole = page(rosa, f"/people/{person}/")
    assert left_in_english(whole) == []
    whys = dict.fromkeys(re.findall(rf'"(/people/{person}/why/[\w.]+/)"', whole))
    assert whys
    for place in (*whys, f"/people/{person}/consents/"):
        assert left_in_english(page(rosa, place)) == [], place


def test_the_why_page_says_names_reasons_rows_and_questions_in_spanish(hub: Any) -> None:
    told = page(hub.visitor("coordinator"), f"/people/{hub.person()}/why/ecm.1a/")
    assert "<h1>Adultos sin vivienda</h1>" in told
    assert "Califica para Adultos sin vivienda" in told
    assert "Tiene 21 años o más" in told
    assert "Una de estas cosas:" in told
    assert re.search(r"\(\w+\.csv, fila \d+\)", told)
    assert "desde el 1 ene 2026" in told


def test_only_citations_stay_english_and_what_is_read_aloud_to_who_speaks_it(hub: Any) -> None:
    told = page(hub.visitor("coordinator"), f"/people/{hub.person()}/why/ecm.1a/")
    content = told[told.index("<main") : told.index("</main>")]
    english = re.findall(r'<span([^>]*) lang="en">([^<]*)</span>', content)
    assert english
    cited = {str(part.source) for part in POLICY.as_of(date(2026, 11, 1)).program("ecm.1a").rule.walk()}
    assert {said for how, said in english if "aloud" not in how} - cited == set()


def test_in_english_nothing_is_marked_and_nothing_is_called_a_translation(hub: Any) -> None:
    told = page(hub.visitor("coordinator"), f"/people/{hub.person()}/why/ecm.1a/", language="en")
    assert "<h1>Adults experiencing homelessness</h1>" in told
    assert "Is 21 or older" in told
    assert "not yet reviewed" not in told


def test_the_list_to_take_along_names_programs_in_spanish(hub: Any) -> None:
    told = page(hub.visitor("coordinator"), "/likely/")
    assert "ECM: Sin vivienda, adultos" in told
    assert re.search(r"Referir a [A-ZÁÉÍÓÚ]", told)


def test_a_sentence_without_a_translation_is_marked_as_english_and_escaped() -> None:
    from crosswalk.hub.pages.policy import plainly, said

    with translation.override("es"):
        assert said("Has a <red> door") == '<span lang="en">Has a &lt;red&gt; door</span>'
        assert plainly("Has a red door") == "Has a red door"
        assert said("7") == "7"
    with translation.override("en"):
        assert said("Has a <red> door") == "Has a &lt;red&gt; door"
