"""What a customer waits for, at each place of the way."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from amends.insight.customer_next import next_word, steps
from amends.method.parts import Basis, Bid, Call, FinalAnswer, Offer, OfferStatus, Promise, PromiseStatus
from amends.method.policy import load_preset
from amends.method.state import State
from amends.method.words import CallResult, Evidence, Remedy
from amends.transcript import Span

POLICY = load_preset("default")
CALENDAR = POLICY.calendar.calendar()
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SAID = Evidence(Span("m1", 0, 5))
FRESH = State(opened_at=NOW, waiting_since=NOW)
ANSWERED = replace(FRESH, last_word_at=NOW)
ASKED = replace(ANSWERED, waiting_since=None)
OFFER = Offer("o1", Remedy.REFUND, SAID, None, None, None, NOW)
BASIS = Basis(SAID, SAID, None, None, plain=True)
BID = Bid(Remedy.REFUND, SAID, None, NOW)


def promised(due: datetime, status: PromiseStatus = PromiseStatus.OPEN) -> Promise:
    return Promise("p1", SAID.span, status, "1", due, NOW)


@pytest.mark.parametrize(
    ("state", "kind", "by"),
    [
        (FRESH, "first", NOW + timedelta(hours=1)),
        (ANSWERED, "update", datetime(2026, 3, 4, 17, 0, tzinfo=UTC)),
        (replace(ANSWERED, promises=(promised(NOW + timedelta(hours=2)),)), "promise", NOW + timedelta(hours=2)),
        (
            replace(ANSWERED, promises=(promised(NOW + timedelta(days=9)),)),
            "update",
            datetime(2026, 3, 4, 17, 0, tzinfo=UTC),
        ),
        (replace(ASKED, offers=(OFFER,)), "offer", None),
        (replace(ASKED, read_back=SAID), "understood", None),
        (replace(ASKED, bid_invited=SAID, basis=BASIS, read_back=SAID), "fair", None),
        (ASKED, "reply", None),
        (replace(ASKED, resolved_at=NOW), "call", datetime(2026, 3, 3, 10, 0, tzinfo=UTC)),
        (replace(ASKED, resolved_at=NOW - timedelta(days=3)), "call", None),
        (replace(ASKED, resolved_at=NOW, calls=(Call(CallResult.REACHED, NOW, None),)), "nothing", None),
        (replace(ASKED, resolved_at=NOW, closed_at=NOW), "nothing", None),
    ],
)
def test_what_comes_next_and_by_when(state: State, kind: str, by: datetime | None) -> None:
    word = next_word(state, policy=POLICY, calendar=CALENDAR, now=NOW)
    assert (word.kind, word.by, word.late) == (kind, by, False)
    assert word.theirs == (kind in {"offer", "understood", "fair", "reply"})


def test_a_time_that_has_passed_is_late() -> None:
    later = NOW + timedelta(hours=1)
    assert next_word(FRESH, policy=POLICY, calendar=CALENDAR, now=later).late
    broken = replace(ANSWERED, promises=(promised(NOW - timedelta(hours=1), PromiseStatus.BROKEN),))
    word = next_word(broken, policy=POLICY, calendar=CALENDAR, now=NOW)
    assert (word.kind, word.late) == ("promise", True)


def way(state: State) -> str:
    return "".join({"passed": "x", "current": "o", "ahead": "."}[step.state] for step in steps(state))


@pytest.mark.parametrize(
    ("state", "drawn"),
    [
        (State(), "o....."),
        (FRESH, "xo...."),
        (replace(FRESH, basis=BASIS), "xxo..."),
        (replace(FRESH, bids=(BID,)), "xox..."),
        (replace(FRESH, bid_unanswered=True), "xo...."),
        (replace(FRESH, offers=(replace(OFFER, status=OfferStatus.ACCEPTED, answered_at=NOW),)), "xxxxo."),
        (replace(FRESH, final_answer=FinalAnswer(SAID.span, SAID.span, NOW)), "xxxxo."),
        (replace(FRESH, resolved_at=NOW), "xxxxxo"),
        (replace(FRESH, resolved_at=NOW, calls=(Call(CallResult.REACHED, NOW, None),)), "xxxxxx"),
    ],
)
def test_the_way_is_drawn_as_far_as_it_goes(state: State, drawn: str) -> None:
    assert way(state) == drawn


def test_a_final_answer_stands_in_the_place_of_an_agreement() -> None:
    state = replace(FRESH, final_answer=FinalAnswer(SAID.span, SAID.span, NOW))
    assert [step.name for step in steps(state)][3] == "answered"
