"""What a review counts: moods along the way, silences, people, stations; and the figures made of it."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cli.reviews import counted
from amends.cli.reviews.counted import OTHERS, Summary, reaches
from amends.cli.reviews.forms.drawn import bars, line, spans, stations
from amends.cli.reviews.masking import Mask, Open
from amends.coaching.review import Reviewed
from amends.coaching.rules import Finding, Severity
from amends.method.words import Station
from amends.transcript import Conversation, Message, Role

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def reviewed(
    *levels: int | None,
    hours: float | None = None,
    author: str = "Ada",
    severity: Severity | None = None,
    name: str = "7",
) -> Reviewed:
    breach = (
        Finding(code="A301", name="undated-promise", severity=severity, place=1, start=0, end=2, why="Because.")
        if severity
        else None
    )
    messages = tuple(
        Message(id=str(place), role=Role.AGENT if place % 2 else Role.CUSTOMER, text="So.", at=MONDAY, author=author)
        for place in range(max(2, len(levels)))
    )
    return Reviewed(
        conversation=Conversation(id=name, messages=messages),
        findings=(breach,) if breach else (),
        levels=levels,
        station=Station.ASK,
        silence=None if hours is None else timedelta(hours=hours),
        dated=2,
        kept=1,
        unread=1,
    )


def summed(*some: Reviewed) -> Summary:
    summary = Summary(Open())
    for one in some:
        summary.add(one)
    return summary


def test_moods_run_straight_from_the_first_message_to_the_last() -> None:
    summary = summed(reviewed(4, None, 0), reviewed(2, None, 3, None, 2), reviewed(None, None, 3))
    assert summary.followed == 2
    assert (summary.calmer, summary.hotter) == (1, 0)
    assert [round(heat, 2) for heat in summary.heat] == [6, 5.8, 5.6, 5.4, 5.2, 5, 4.4, 3.8, 3.2, 2.6, 2]


def test_silences_are_told_apart_and_the_longest_are_named() -> None:
    spread = [reviewed(hours=span, name=f"c{span}") for span in (0, 3.9, 4, 24, 47, 48, 168, 1000)]
    summary = summed(*spread, reviewed())
    assert summary.spread == [2, 1, 0, 2, 1, 0, 2]
    assert [name for _span, name in summary.silences] == ["c1000", "c168", "c48", "c47", "c24"]
    assert list(spans())[:2] == ["under 4 h", "4 h to 12 h"]
    assert list(spans())[-2:] == ["4 days to 7 days", "7 days and more"]
    assert len(list(spans())) == len(summary.spread)


def test_people_are_counted_with_what_they_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "_HANDLERS", 2)
    summary = summed(*(reviewed(author=name, severity=Severity.NOTE) for name in ("Ada", "Grace", "Ada", "Jo", "Lee")))
    assert summary.written == {"Ada": 2, "Grace": 1, OTHERS: 2}
    assert summary.by_handler == summary.written
    assert not reaches(summary.by_severity, "warning")
    assert reaches(summary.by_severity, "note")


def test_the_rest_adds_up() -> None:
    summary = summed(reviewed(severity=Severity.ERROR), reviewed())
    assert (summary.conversations, summary.messages, summary.clean, summary.findings) == (2, 4, 1, 1)
    assert (summary.promises, summary.kept, summary.unread) == (4, 2, 2)
    assert (summary.first, summary.last) == (MONDAY, MONDAY)
    assert summary.by_station[Station.ASK] == 2


def test_behind_a_mask_no_name_is_kept() -> None:
    summary = Summary(Mask())
    summary.add(reviewed(hours=9, name="Ada: 7", severity=Severity.ERROR))
    assert list(summary.by_handler) == ["Handler 1"]
    assert [name for _span, name in summary.silences] == ["Customer 1: 7"]


def test_figures_fit_their_frame() -> None:
    drawn = line([4, 2, 0], highest=4)
    assert drawn.points == "0.0,0.0 50.0,50.0 100.0,100.0"
    assert drawn.area == "0,100 0.0,0.0 50.0,50.0 100.0,100.0 100,100"
    assert [bar.length for bar in bars([("a", 4), ("b", 1), ("c", 0)])] == [100, 25, 0]
    assert [bar.length for bar in bars([("a", 0)])] == [0]
    assert [station for station, _name in stations()] == list(Station)
