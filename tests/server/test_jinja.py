"""The environment is strict, escapes, and says time and money in words."""

from datetime import UTC, datetime, timedelta

import jinja2
import pytest
from django.template import engines
from django.utils import timezone

from amends.transcript import Money

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)  # a Thursday


def render(source: str, **context: object) -> str:
    return str(engines["jinja2"].from_string(source).render({"now": NOW, **context}))


def test_a_forgotten_name_is_an_error_not_a_blank() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("{{ nobody }}")


def test_words_of_strangers_are_escaped() -> None:
    assert render("{{ words }}", words="<script>") == "&lt;script&gt;"
    assert render("{{ words|paragraphs }}", words="a <b>\n\nc\nd") == "<p>a &lt;b&gt;</p><p>c<br>d</p>"
    assert render('{{ _("Note by %(name)s", name=words) }}', words="<i>") == "Note by &lt;i&gt;"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=-119), "1 hour ago"),
        (timedelta(days=-2, hours=-5), "2 days ago"),
        (timedelta(days=-20), "2 weeks ago"),
        (timedelta(days=-100), "3 months ago"),
        (timedelta(days=-800), "2 years ago"),
    ],
)
def test_the_past_in_words(moment: timedelta, words: str) -> None:
    assert f">{words}</time>" in render("{{ at|ago }}", at=NOW + moment)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (timedelta(seconds=30), "in less than a minute"),
        (timedelta(minutes=59, seconds=59), "in 59 minutes"),
        (timedelta(hours=3, minutes=50), "in 3 hours"),
        (timedelta(hours=11), "today at 20:00"),
        (timedelta(hours=25), "tomorrow at 10:00"),
        (timedelta(days=4), "Monday at 09:00"),
        (timedelta(days=30), "4 April"),
        (timedelta(days=330), "29 January 2027"),
        (timedelta(seconds=-20), "now"),
        (timedelta(hours=-5), "5 hours late"),
    ],
)
def test_what_is_to_come_in_words(moment: timedelta, words: str) -> None:
    assert f">{words}</time>" in render("{{ at|due }}", at=NOW + moment)


def test_tomorrow_is_the_readers_tomorrow() -> None:
    late = NOW + timedelta(hours=12)  # 21:00 in UTC
    with timezone.override("Asia/Tokyo"):
        assert ">tomorrow at 06:00</time>" in render("{{ at|due }}", at=late)


def test_the_exact_time_is_there_on_hover() -> None:
    told = render("{{ at|ago }}", at=NOW - timedelta(hours=1))
    assert told.startswith('<time datetime="2026-03-05T08:00:00+00:00" title="Thu 5 March 2026, 08:00">')


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Money.of("189", "EUR"), "€189"),
        (Money.of("1189.5", "GBP"), "£1,189.50"),
        (Money.of("-3", "USD"), "−$3"),
        (Money.of("12.50", "CHF"), "12.50\N{NO-BREAK SPACE}CHF"),
        (Money.of("1200", "JPY"), "¥1,200"),
        (None, "–"),
    ],
)
def test_money_as_people_write_it(value: Money | None, words: str) -> None:
    assert render("{{ value|money }}", value=value) == words


def test_an_icon_is_hidden_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{{ icon("ear") }}')
    assert 'role="img" aria-label="&lt;x&gt;"' in render('{{ icon("ear", 16, "<x>") }}')
    with pytest.raises(LookupError, match="no icon"):
        render('{{ icon("no-such-icon") }}')


def test_a_small_figure_needs_two_values() -> None:
    assert render('{{ spark((1,), "x") }}') == ""
    assert 'points="3.0,29.0 117.0,3.0"' in render('{{ spark((1, 2), "rising") }}')
    assert 'aria-label="level"' in render('{{ spark((2, 2), "level") }}')
