"""Every name that the method can say has words on the pages, and templates use only what they are given."""

import dataclasses
from typing import get_args, get_type_hints

import pytest
from django.conf import settings
from django.forms import Form
from jinja2 import Environment, nodes

from amends.desk.contexts import casepage, inbox, notices, today
from amends.desk.forms.agreeing import AnswerApproval
from amends.desk.forms.coming_back import Fix
from amends.desk.forms.records import RECORDS
from amends.desk.forms.understanding import NotSo, Upset
from amends.desk.names import CALLS, CUSTOMERS, PROBLEMS, REMEDIES, THREATS
from amends.desk.show.facts import FACTS
from amends.desk.show.path import HINTS
from amends.desk.show.rows import DEADLINES
from amends.desk.show.today import HEAPS
from amends.insight.today import TALLIES, Heap
from amends.method.clock import Kind
from amends.method.facts import AnyFact
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome, Remedy, Station, ThreatKind

TEMPLATES = settings.PACKAGE / "desk" / "templates" / "desk"
PAGES = {
    "today.html": today.TodayPage,
    "inbox.html": inbox.InboxPage,
    "notices.html": notices.NoticesPage,
    "case.html": casepage.CasePage,
}


def test_every_fact_has_words_in_the_history() -> None:
    assert set(FACTS) == set(get_args(AnyFact))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (DEADLINES, Kind),
        (HINTS, Station),
        (REMEDIES, Remedy),
        (THREATS, ThreatKind),
        (CALLS, CallResult),
        (PROBLEMS, ProblemOutcome),
        (CUSTOMERS, CustomerOutcome),
        (TALLIES, Heap),
        (HEAPS, Heap),
    ],
)
def test_every_name_has_words(words: dict[object, object], names: type) -> None:
    assert set(words) == set(names)  # type: ignore[call-overload]  # an enumeration


def used(template: str) -> set[str]:
    """Return the fields of `page` that a template and its parts use."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    parts = [TEMPLATES / template]
    if template == "case.html":
        parts += sorted((TEMPLATES / "case").glob("*.html"))
    trees = [environment.parse(part.read_text("utf-8")) for part in parts]
    return {
        found.attr
        for tree in trees
        for found in tree.find_all(nodes.Getattr)
        if isinstance(found.node, nodes.Name) and found.node.name == "page"
    }


@pytest.mark.parametrize("template", PAGES)
def test_a_page_uses_all_that_it_is_given_and_nothing_else(template: str) -> None:
    assert used(template) == {field.name for field in dataclasses.fields(PAGES[template])}


def test_no_form_holds_a_field_without_a_label() -> None:
    pressed = (NotSo, Upset, Fix, AnswerApproval)  # their values are on buttons
    forms: list[Form] = [kind() for kind in RECORDS.values() if kind not in pressed]
    assert [
        (form, name)
        for form in forms
        for name, field in form.fields.items()
        if not (field.label or form[name].is_hidden)
    ] == []


@pytest.mark.parametrize(
    "view",
    [
        view
        for module in (casepage, inbox, today)
        for view in vars(module).values()
        if dataclasses.is_dataclass(view) and isinstance(view, type) and view.__module__ == module.__name__
    ],
    ids=lambda view: view.__name__,
)
def test_every_field_of_a_page_says_what_it_is(view: type) -> None:
    assert view.__dataclass_params__.frozen  # type: ignore[attr-defined]  # set by the decorator
    hints = get_type_hints(view, include_extras=True)
    for field in dataclasses.fields(view):
        (said,) = [extra for extra in getattr(hints[field.name], "__metadata__", ()) if isinstance(extra, str)]
        assert said.endswith("."), f"{view.__name__}.{field.name}: help is a sentence"
