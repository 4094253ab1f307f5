"""What customers read is there in each of their languages: gathered, translated, compiled."""

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from amends.desk.views.own.refusals import ADDRESSED, IN_OTHER_WORDS
from tests.desk import catalogues
from tests.desk.catalogues import LANGUAGES

AGAIN = "run `make words`, and translate what it names"

each = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return catalogues.gathered()


def known(catalog: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", str(message.id)) for message in catalog if message.id}


def test_there_is_a_catalogue_for_each_language_but_our_own() -> None:
    assert {*LANGUAGES, settings.LANGUAGE_CODE} == {code for code, _name in settings.LANGUAGES}


def test_every_pattern_that_needs_a_file_finds_one() -> None:
    optional = {"actions/booking.py"}
    empty = {one for one in catalogues.READ_BY_CUSTOMERS if not list(catalogues.ROOT.glob(one))}
    assert empty <= optional


@each
def test_it_holds_what_the_sources_say_and_nothing_else(language: str, texts: Catalog) -> None:
    assert known(catalogues.kept(language)) == known(texts), AGAIN


@each
def test_everything_is_translated(language: str) -> None:
    assert catalogues.missing(catalogues.kept(language)) == [], AGAIN


@each
def test_what_is_filled_in_stays_the_same(language: str) -> None:
    assert [(m.id, [str(e) for e in errors]) for m, errors in catalogues.kept(language).check()] == []


@each
def test_spaces_at_the_ends_stay_the_same(language: str) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    pairs = ((m.id, m.string) for m in catalogues.kept(language) if m.id and isinstance(m.id, str))
    assert [i for i, string in pairs if ends(str(i)) != ends(str(string))] == []


@each
def test_what_is_compiled_is_what_was_written(language: str) -> None:
    with catalogues.place(language, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogues.kept(language):
        if isinstance(message.id, str) and message.id:
            found = compiled.pgettext(message.context, message.id) if message.context else compiled.gettext(message.id)
            assert found == message.string, AGAIN


def refusing() -> Iterator[str]:
    for room in ("actions", "method"):
        yield from (path.read_text("utf-8") for path in (catalogues.ROOT / room).rglob("*.py"))


def test_every_refusal_that_is_translated_is_still_said_somewhere() -> None:
    said = "\n".join(refusing())
    assert [words for words in ADDRESSED | IN_OTHER_WORDS.keys() if f'"{words}"' not in said] == []


def test_an_untranslated_text_is_named(tmp_path: Path) -> None:
    catalog = Catalog(locale="de", fuzzy=False)
    catalog.add("Good day", "Guten Tag")
    catalog.add("Good night")
    catalog.add(("%(n)d day", "%(n)d days"), ("%(n)d Tag", ""))
    assert catalogues.missing(catalog) == ["Good night", "('%(n)d day', '%(n)d days')"]
