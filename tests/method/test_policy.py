"""The policy: presets that hold together, a house's own numbers, and errors that name the fix."""

from datetime import date
from decimal import Decimal

import pytest

from amends.method.policy import Authority, BadPolicy, Policy, load_policy, load_preset, presets
from amends.method.words import Rank

LEGAL = """
[legal.own]
title = "Own"
met_by = "answer"
within = {{ amount = {within}, unit = "days" }}
warn = {{ amount = {warn}, unit = "hours" }}
"""


@pytest.fixture(params=presets())
def preset(request: pytest.FixtureRequest) -> Policy:
    return load_preset(request.param)


# ── Presets ──────────────────────────────────────────────────────────────────────────────────────


def test_there_are_presets_for_the_rules_that_we_know() -> None:
    assert presets() == ["au-asic-rg271", "default", "iso-10002", "uk-fca-disp", "uk-payments", "us-cfpb"]


def test_every_number_of_a_preset_names_its_source(preset: Policy) -> None:
    assert preset.title
    assert preset.source
    assert date.fromisoformat(preset.checked) >= date(2026, 1, 1)
    assert [name for name, term in preset.terms() if not term.source] == []
    assert preset.authority.source
    assert all(figure.source for figure in (preset.figures.tells_at_least, preset.figures.compensation_cap))
    assert [name for name, clock in preset.legal.items() if not clock.source or not clock.within.source] == []


def test_every_preset_has_a_working_calendar_and_causes(preset: Policy) -> None:
    assert preset.calendar.calendar().zone == preset.calendar.zone
    assert "Other" in preset.causes


@pytest.mark.parametrize(
    ("name", "clocks"),
    [
        ("default", {}),
        ("iso-10002", {"acknowledgement": (1, "working_days", "first_word")}),
        ("uk-fca-disp", {"summary": (3, "working_days", "answer"), "final": (56, "days", "answer")}),
        (
            "uk-payments",
            {
                "summary": (3, "working_days", "answer"),
                "final": (15, "working_days", "answer"),
                "exceptional": (35, "working_days", "answer"),
            },
        ),
        ("us-cfpb", {"response": (15, "days", "first_word"), "final": (60, "days", "answer")}),
        ("au-asic-rg271", {"acknowledgement": (24, "hours", "first_word"), "final": (30, "days", "answer")}),
    ],
)
def test_the_legal_terms(name: str, clocks: dict[str, tuple[int, str, str]]) -> None:
    found = load_preset(name).legal
    assert {key: (c.within.amount, c.within.unit, c.met_by) for key, c in found.items()} == clocks


def test_the_numbers_of_the_articles() -> None:
    policy = load_preset("default")
    assert (policy.hold.amount, policy.hold.unit) == (10, "seconds")
    assert [(t.amount, t.unit) for t in (policy.callback_opens, policy.callback_closes)] == [(1, "days"), (2, "days")]
    figures = policy.figures
    assert (figures.tells_at_least.value, figures.tells_at_most.value) == (9, 15)
    assert (figures.silent_for_each_complaint.value, figures.good_for_one_bad.value) == (26, 12)
    assert figures.compensation_cap.value == 1.5


def test_an_update_is_due_before_the_silence_is_too_long(preset: Policy) -> None:
    assert preset.update.unit == preset.silence.unit
    assert preset.update.amount < preset.silence.amount


# ── A house's own numbers ────────────────────────────────────────────────────────────────────────


def test_an_empty_file_is_the_default() -> None:
    assert load_policy("") == load_preset("default")


def test_a_house_says_only_what_it_does_differently() -> None:
    policy = load_policy('extends = "uk-fca-disp"\n[hold]\namount = 30\n[authority]\nhandler = 50.5')
    assert (policy.hold.amount, policy.hold.unit) == (30, "seconds")
    assert policy.authority.handler == Decimal("50.5")
    assert policy.authority.lead == 1000
    assert policy.currency == "GBP"
    assert set(policy.legal) == {"summary", "final"}


def test_opening_hours_are_replaced_whole() -> None:
    policy = load_policy('[calendar]\nzone = "Europe/Berlin"\n[calendar.hours]\nsat = ["10:00-14:00"]')
    assert policy.calendar.hours == {"sat": ["10:00-14:00"]}
    assert policy.calendar.zone == "Europe/Berlin"


def test_a_number_in_quotes_is_a_number() -> None:
    assert load_policy('[hold]\namount = "30"').hold.amount == 30


def test_a_house_may_add_a_legal_term() -> None:
    policy = load_policy(LEGAL.format(within=30, warn=12))
    assert policy.legal["own"].within.amount == 30


# ── Teams ────────────────────────────────────────────────────────────────────────────────────────

BERLIN = """
[calendar]
zone = "Europe/London"
country = "GB"
subdivision = "ENG"
closed = ["2026-12-24"]
[teams."Support Berlin".calendar]
zone = "Europe/Berlin"
country = "DE"
hours = { mon-thu = ["08:00-16:00"] }
"""


def test_a_team_has_its_own_hours_over_those_of_the_house() -> None:
    policy = load_policy(BERLIN)
    own = policy.teams["Support Berlin"].calendar
    assert (own.zone, own.hours) == ("Europe/Berlin", {"mon-thu": ["08:00-16:00"]})
    assert own.closed == policy.calendar.closed == ["2026-12-24"]
    assert policy.calendar.hours == {"mon-fri": ["09:00-17:00"]}


def test_who_names_another_country_leaves_its_part_behind() -> None:
    assert load_policy(BERLIN).teams["Support Berlin"].calendar.subdivision == ""
    assert load_policy('extends = "uk-fca-disp"\n[calendar]\ncountry = "DE"').calendar.subdivision == ""
    scotland = load_policy('extends = "uk-fca-disp"\n[calendar]\nsubdivision = "SCT"').calendar
    assert (scotland.country, scotland.subdivision) == ("GB", "SCT")


# ── Errors that name the fix ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('extends = "mars"', "There is no preset 'mars'; there are: au-asic-rg271, default,"),
        ("hold = ", r"policy\.toml: Invalid value"),
        ('title = "a"\ntitle = "b"', r"policy\.toml: Cannot overwrite a value"),
        ("colour = 3", "unknown field `colour`"),
        ("[hold]\ncolour = 3", r"unknown field `colour` - at `\$\.hold`"),
        ('[hold]\namount = "ten"', r"\$\.hold\.amount"),
        ('[hold]\nunit = "moons"', r"'moons' - at `\$\.hold\.unit`"),
        ("causes = [1]", r"Expected `str`, got `int` - at `\$\.causes"),
        ("hold = 10", r"Expected `object`, got `int` - at `\$\.hold`"),
        ("[hold]\namount = -1", r"\[hold\] amount: a term is nothing or more"),
        ("[hold]\namount = nan", r"\[hold\] amount: a term is nothing or more"),
        ("[hold]\namount = inf", r"\[hold\] amount: .* 10000 seconds at the most"),
        ("[survey]\namount = 1.5", r"\[survey\] amount: days are whole; for a part of one, write hours"),
        ("[silence]\namount = 0.5", r"\[silence\] amount: days are whole"),
        (LEGAL.format(within=-1, warn=1), r"\[legal\.own\.within\] amount: a term is nothing or more"),
        (LEGAL.format(within=1, warn=-1), r"\[legal\.own\.warn\] amount: a term is nothing or more"),
        ("callback_tries = 0", "a call-back is tried at least once"),
        ("[callback_slot]\namount = 0", "from 5 minutes to 8 hours"),
        ('[callback_slot]\nunit = "days"', "from 5 minutes to 8 hours"),
        ("suits = []", "say at which hours of the day customers like to be called"),
        ('suits = ["09:00-13:00", "12:00-20:00"]', "suits: On Monday the shifts"),
        ("[authority]\nhandler = -5", r"\[authority\] handler: a limit is nothing or more"),
        ("[authority]\nlead = nan", r"\[authority\] lead: a limit is nothing or more"),
        ('currency = "usd"', "'usd' is not a currency; write three capital letters"),
        ('[calendar]\nzone = "Mars/Base"', r"policy\.toml, \[calendar\]: There is no time zone 'Mars/Base'"),
        ('[calendar.hours]\nmon = ["9-5"]', r"\[calendar\]: '9-5' is not a shift"),
        ('[calendar]\nclosed = ["Easter"]', r"\[calendar\]: The closing day 'Easter' is not a date"),
        ("[legal.own]\ntitle = 3", r"\$\.legal"),
        (
            "[calendar]\nhours = {}",
            r"\[calendar\]: There is no working hour in the whole week; give at least one day a",
        ),
        ("[calendar.hours]\nmon = []", r"\[calendar\]: There is no working hour in the whole week"),
        ('[calendar]\nclosed = ["2026-02-29"]', r"The closing day '2026-02-29' is not a date"),
        ("teams = 3", r"\$\.teams"),
        ("[teams]\nParis = 3", r"\$\.teams"),
        ("[teams.Paris]\nhold = 3", r"unknown field `hold`|missing required field `calendar`"),
        ("[teams.Paris.calendar]\nzone = 3", r"\$\.teams"),
        ('[teams.Paris.calendar]\nzone = "Paris"', r'\[teams\."Paris"\.calendar\]: There is no time zone'),
        ("[teams.Paris.calendar]\nhours = {}", r'\[teams\."Paris"\.calendar\]: There is no working hour'),
    ],
)
def test_a_policy_that_cannot_be_used_says_where_and_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(BadPolicy, match=says):
        load_policy(text)


def test_an_error_names_the_file() -> None:
    with pytest.raises(BadPolicy, match=r"^house\.toml: "):
        load_policy("colour = 3", where="house.toml")


def test_an_unknown_preset_is_refused_by_name() -> None:
    with pytest.raises(BadPolicy, match=r"no preset '\.\./default'"):
        load_preset("../default")


# ── Authority ────────────────────────────────────────────────────────────────────────────────────


def test_a_rank_without_a_number_may_give_anything_and_no_rank_nothing() -> None:
    authority = Authority(handler=Decimal(200), lead=Decimal(1000))
    assert [authority.limit(rank) for rank in Rank] == [200, 1000, None]
    assert authority.limit(None) == 0
