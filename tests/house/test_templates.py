"""Every text of a page can be translated."""

import pytest

from tests.house import tree
from tests.house.templates import untranslated


@pytest.mark.parametrize(
    "source",
    [
        '<p>{{ _("Hello") }}</p>',
        "{% trans %}Hello{% endtrans %}",
        "<p>{{ case.words }} · {{ n }}</p>",
        '<a class="wordmark" title="{{ _(\'Home\') }}">Amends</a>',
        "<kbd>Enter</kbd><script>let words = 1</script>",
        '<p {% if a %}class="hot"{% else %}class="calm"{% endif %}>{{ x }}</p>',
        "{# a remark in words #}{% set tone = 'warm words' %}",
        '<img alt=""><b>&times;</b>',
    ],
)
def test_a_text_that_asks_is_fine(source: str) -> None:
    assert untranslated(source) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hello</p>", "Hello"),
        ("{% if a %}<p>{{ n }} calls today</p>{% endif %}", "… calls today"),
        ('<img alt="A parcel">', "A parcel"),
        ("{% macro m() %}<button aria-label='Close'></button>{% endmacro %}", "Close"),
        ("{% block b %}{% for x in y %}<td>Nobody</td>{% endfor %}{% endblock %}", "Nobody"),
    ],
)
def test_a_text_that_does_not_ask_is_found(source: str, words: str) -> None:
    assert untranslated(source) == [words]


@pytest.mark.parametrize("name", list(tree.matching("src/*.html")))
def test_every_text_of_a_page_asks_for_its_translation(name: str) -> None:
    assert untranslated(tree.text(name)) == [], 'put it in {{ _("…") }}'
