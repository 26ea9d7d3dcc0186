"""Collect the sentences of the hub into the catalogues and compile them; --check only compares.

    python tools/words.py          new sentences appear in django.po with an empty translation, unused ones go
    python tools/words.py --check  fails when a sentence has no translation, or a compiled catalogue is stale

A translator opens src/crosswalk/hub/pages/locale/<language>/LC_MESSAGES/django.po in any gettext editor.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
HUB = ROOT / "src" / "crosswalk" / "hub"
LANGUAGES = ("es",)
_METHODS = [("**/sign_in/**.html", "words:sign_in"), ("**/templates/**.html", "jinja2"), ("**.py", "python")]
_OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.do", "trimmed": "true", "silent": "false"}}
#: Lines of a header that would change with every run.
_DATED = re.compile(
    rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To):'
    rb" [^\n]*\n"
)
_TRANS = re.compile(r'{%\s*trans(?:late)?\s+"([^"]+)"')


def sign_in(
    file: BinaryIO, keywords: Any, comments: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The sentences of the sign-in pages, which are Django's templates because allauth's are."""
    del keywords, comments, options  # the sign-in pages mark their sentences in one way only
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        for text in _TRANS.findall(line):
            yield number, "gettext", text, []


def collected() -> Catalog:
    """Every sentence that the hub says, with where it says it."""
    found = Catalog(project="Crosswalk", charset="utf-8")
    for name, _line, message, _comments, context in extract_from_dir(HUB, _METHODS, _OPTIONS):
        found.add(message, locations=[(name, 0)], context=context)
    return found


def catalogue(language: str, sentences: Catalog) -> Catalog:
    """The catalogue of a language with the sentences that are said now."""
    path = place(language)
    known = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(locale=language)
    made = Catalog(locale=language, project="Crosswalk", charset="utf-8", fuzzy=False)
    for message in sorted((one for one in sentences if one.id), key=lambda one: str(one.id)):
        before = known.get(message.id, message.context)
        said = before.string if before is not None else ("", "") if message.pluralizable else ""
        made.add(message.id, said, locations=message.locations, context=message.context)
    return made


def place(language: str) -> Path:
    """Where a language's catalogue is."""
    return HUB / "pages" / "locale" / language / "LC_MESSAGES" / "django.po"


def texts(made: Catalog) -> tuple[bytes, bytes]:
    """A catalogue as translators read it, and compiled."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, made, width=0, omit_header=False, include_lineno=False, ignore_obsolete=True)
    write_mo(mo, made)
    stable = _DATED.sub(b"", po.getvalue())
    stable = re.sub(rb"^(#[^\n]*\n)+", b"", stable)
    return stable, mo.getvalue()


def main() -> int:
    """Write the catalogues; with --check, name what is missing or stale and fail."""
    sys.modules["words"] = sys.modules["__main__"]
    sentences, wrong = collected(), []
    for language in LANGUAGES:
        made = catalogue(language, sentences)
        po, mo = texts(made)
        paths = (place(language), place(language).with_suffix(".mo"))
        if "--check" in sys.argv:
            bare = [
                one.id for one in made if one.id and not all(one.string if one.pluralizable else [one.string])
            ]
            wrong += [f"{language}: no translation of {one!r}" for one in bare]
            # the compiled file carries the day it was made: what it says is compared
            if not paths[0].exists() or paths[0].read_bytes() != po or not _says_the_same(paths[1], made):
                wrong.append(f"{language}: the catalogue is out of date; run `make docs`")
            continue
        paths[0].parent.mkdir(parents=True, exist_ok=True)
        paths[0].write_bytes(po)
        paths[1].write_bytes(mo)
        print(f"words: {language} has {len([one for one in made if one.id])} sentences")
    print("\n".join(f"words: {one}" for one in wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


def _says_the_same(compiled: Path, made: Catalog) -> bool:
    """Whether the compiled catalogue holds what the other says; the day it was compiled does not matter."""
    return compiled.exists() and _said(read_mo(compiled.open("rb"))) == _said(made)


def _said(one: Catalog) -> set[tuple[str, ...]]:
    plain = [(_parts(message.id), _parts(message.string)) for message in one if message.id]
    return {(*of, *said) for of, said in plain if all(said)}


def _parts(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


if __name__ == "__main__":
    sys.exit(main())
