"""Every sentence that the hub shows has a translation, with the same numbers, and an honest mark where it has none."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.facts import catalogue
from crosswalk.core.policy import Policy, load, shipped_folder
from crosswalk.core.policy.translations import translations
from crosswalk.core.policy.yaml_text import read_yaml
from crosswalk.core.rules import Group, Leaf, sentence
from crosswalk.core.rules.prose import MARKS, heading, prose

POLICY = load(shipped_folder())
SPANISH = translations(POLICY, "es")
FILE = read_yaml(shipped_folder() / "words" / "reasons" / "es.yaml", "es.yaml")
PAIRS = [(one["en"], one["es"]) for part in ("sentences", "records", "phrases") for one in FILE[part]]

#: Which columns of which tables are shown to people as sentences.
SHOWN = {
    "overlaps": ("say",),
    "consent/decisions": ("basis", "need"),
    "consent/categories": ("title",),
    "consent/forms": ("title",),
}
#: Words that the code puts between the sentences.
FIXED = {
    "Not so",
    "That is",
    "yes",
    "no",
    "none",
    "not known",
    "anything",
    "anything else",
    "verified",
    *MARKS.values(),
}


def shown(policy: Policy) -> Iterator[str]:
    """Each sentence of the policy that a page of the hub shows."""
    for program in policy.programs.values():
        yield from (program.name, program.short, program.summary)
        yield from (former.name for former in program.former_names)
        for version in program.versions:
            yield version.note
            yield from version.ask.values()
            yield from (one.say for one in (*version.discretion, *version.fits))
    yield from (text.say for text in (*policy.clauses.values(), *policy.gates.values()))
    for text in policy.texts:
        for version in text.versions:
            for rule in version.rules():
                for part in rule.walk():
                    yield sentence(part) if isinstance(part, Leaf) else part.say
                    if isinstance(part, Group):
                        yield heading(part)
                    if isinstance(part, Leaf):
                        yield part.ask
    yield from (fact.question for fact in catalogue().values())
    for table, columns in SHOWN.items():
        yield from (row.cells[column] for row in policy.table(table).rows for column in columns)
    yield from FIXED


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


def test_every_sentence_that_the_hub_shows_has_a_translation() -> None:
    missing = sorted({one for one in shown(POLICY) if one and not SPANISH.of(one)})
    assert not missing, "translate these in policy/words/reasons/es.yaml"


def test_no_sentence_is_translated_that_nobody_says_any_more() -> None:
    said = set(shown(POLICY))
    counts = {f"{count} or more of these" for count in ("One", "Two", "Three", "Four", "Five", "Six")}
    kept = (
        {one["en"] for one in FILE["sentences"]} - counts - {"All of these", "One of these", "None of these"}
    )
    assert kept <= said, "the English sentence was changed or went; so must its translation"


def test_a_translation_has_the_numbers_of_the_english_sentence() -> None:
    assert [pair for pair in PAIRS if numbers(pair[0]) != numbers(pair[1])] == []


def test_a_question_stays_a_question() -> None:
    for english, spanish in PAIRS:
        assert english.count("?") == spanish.count("?") == spanish.count("¿"), english


def test_what_huds_lists_say_on_the_time_line_has_a_translation() -> None:
    with (shipped_folder() / "codes" / "hmis_lists.csv").open(encoding="utf-8") as handle:
        lists = {
            row["label"]
            for row in csv.DictReader(handle)
            if row["name"] in ("ProjectType", "LivingSituation")
        }
    lists |= {row.cells["meaning"] for row in POLICY.table("codes/maps/living_situations").rows}
    assert not sorted(one for one in lists if not SPANISH.of(one))


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Qualifies for Housing Deposits", "Califica para Depósitos de vivienda"),
        ("5 or more", "5 o más"),
        ("under 3 or 5 or more", "menos de 3 o 5 o más"),
        ("fide or dsnp_eae, icf or pace or ccm", "fide o dsnp_eae, icf o pace o ccm"),
        ("Enrollment.csv, row 12", "Enrollment.csv, fila 12"),
        ("exit from Hope House to: With family, temporary", "salida de Hope House a: Con familia, temporal"),
        (
            "ed visit E12 not_avoidable said by sequoia",
            "visita a emergencias E12, no se podía evitar, según sequoia",
        ),
    ],
)
def test_a_phrase_with_blanks_is_said_with_what_stands_in_them(english: str, spanish: str) -> None:
    assert SPANISH.of(english) == spanish


def test_an_unknown_sentence_has_no_translation_and_is_said_in_english() -> None:
    assert SPANISH.of("Has a red door") == ""
    assert SPANISH("Has a red door") == "Has a red door"


def test_a_rule_reads_in_spanish_from_its_first_line_to_its_last() -> None:
    program = next(one for one in POLICY.programs.values() if one.code == "ecm.1a")
    lines = prose(program.versions[-1].enters_when, words=SPANISH).splitlines()
    assert lines[0] == "Una de estas cosas:"
    assert not re.search(r"\b(of these|the|with|has|is)\b", " ".join(lines).lower())


def test_a_site_translates_its_own_sentences_over_those_that_ship(tmp_path: Path) -> None:
    own = tmp_path / "words" / "reasons" / "es.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "sentences:\n"
        "  - {en: Is 21 or older, es: Ya cumplió 21 años}\n"
        "  - {en: Has a red door, es: Tiene puerta roja}\n",
        encoding="utf-8",
    )
    told = translations(load(shipped_folder(), tmp_path), "es")
    assert told.of("Is 21 or older") == "Ya cumplió 21 años"
    assert told.of("Has a red door") == "Tiene puerta roja"
    assert told.of("Is under 18") == SPANISH.of("Is under 18")


@pytest.mark.parametrize(
    "entries",
    [
        "  - {en: A, es: ''}\n",
        "  - {en: A}\n",
        "  - {en: A, es: B}\n  - {en: A, es: C}\n",
        "  - {en: 'A {n}', es: B}\n",
        "  - {en: Is 21 or older, es: Tiene 12 años o más}\n",
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_with_its_line(tmp_path: Path, entries: str) -> None:
    own = tmp_path / "words" / "reasons" / "es.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(f"sentences:\n{entries}", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        translations(load(shipped_folder(), tmp_path), "es")
    assert refused.value.place.startswith("words/reasons/es.yaml:")


def test_a_language_without_a_file_is_refused() -> None:
    with pytest.raises(Refused):
        translations(POLICY, "tlh")
