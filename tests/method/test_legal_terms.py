"""Legal terms: what counts as the day of receipt, and that nothing ever pauses them.

DISP 1.5.1 gives the time "by close of business on the third business day following the day on which it is received".
The house is in London; 2026-03-02 is a Monday.
"""

from datetime import UTC, datetime

import pytest

from amends.method.clock import Kind, after, legal_end
from amends.method.facts import (
    AnyFact,
    BidInvited,
    CaseOpened,
    CaseSnoozed,
    FixDenied,
    MessageSent,
    QuestionAsked,
    RoutineUpdateSent,
)
from amends.method.policy import load_policy, load_preset
from amends.method.state import OUTREACH
from amends.transcript import Span
from tests.method.given import NOW, given, house, later, said
from tests.method.stories import agreed, answered, closed, opened, resolved, upset, wrote

UK = load_preset("uk-fca-disp")
LONDON = UK.calendar.calendar()
SUMMARY = UK.legal["summary"]
LAW = house(legal=UK.legal)


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON.next_open(NOW).tzinfo)


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        pytest.param("2026-03-02 10:00", "2026-03-05 17:00", id="in hours on Monday: by Thursday"),
        pytest.param("2026-03-02 00:00", "2026-03-05 17:00", id="at the first minute of Monday"),
        pytest.param("2026-03-02 07:30", "2026-03-05 17:00", id="before we open: the same day"),
        pytest.param("2026-03-02 17:00", "2026-03-05 17:00", id="as we close: received today all the same"),
        pytest.param("2026-03-02 23:59", "2026-03-05 17:00", id="at a minute to midnight, too"),
        pytest.param("2026-03-06 16:59", "2026-03-11 17:00", id="on Friday: the weekend does not count"),
        pytest.param("2026-03-06 23:59", "2026-03-11 17:00", id="on Friday night: by Wednesday as well"),
        pytest.param(
            "2026-03-07 11:00", "2026-03-11 17:00", id="on Saturday: Monday is the first day, not the day of receipt"
        ),
        pytest.param("2026-03-08 23:59", "2026-03-11 17:00", id="on Sunday night"),
        pytest.param("2026-04-02 10:00", "2026-04-09 16:00", id="before Easter: Friday and Monday are holidays"),
        pytest.param("2026-04-03 10:00", "2026-04-09 16:00", id="on Good Friday itself"),
        pytest.param("2026-12-24 18:00", "2026-12-31 17:00", id="on Christmas Eve: Boxing Day's Monday is a holiday"),
        pytest.param("2026-12-30 10:00", "2027-01-05 17:00", id="over the end of the year"),
        pytest.param("2028-02-25 10:00", "2028-03-01 17:00", id="over 29 February"),
    ],
)
def test_by_close_of_the_third_business_day_following_receipt(received: str, ends: str) -> None:
    """Times are UTC; in April London's five o'clock is four."""
    assert legal_end(SUMMARY, local(received), LONDON) == local(ends)


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        pytest.param("2026-03-02 10:00", "2026-03-02 11:00", id="in hours"),
        pytest.param("2026-03-02 07:30", "2026-03-02 10:00", id="before we open: an hour from the opening"),
        pytest.param("2026-03-02 16:30", "2026-03-03 09:30", id="half an hour today, half tomorrow"),
        pytest.param("2026-03-02 23:59", "2026-03-03 10:00", id="after hours: tomorrow's first hour"),
        pytest.param("2026-03-07 11:00", "2026-03-09 10:00", id="on Saturday: Monday's first hour"),
        pytest.param("2026-04-03 10:00", "2026-04-07 09:00", id="on Good Friday: Tuesday, in summer time"),
    ],
)
def test_a_first_word_waits_for_the_opening(received: str, ends: str) -> None:
    assert after(UK.acknowledge, local(received), LONDON) == local(ends)


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        pytest.param("2026-03-02 10:00", "2026-03-04 17:00", id="in hours"),
        pytest.param("2026-03-02 17:00", "2026-03-05 17:00", id="as we close: counts as tomorrow's"),
        pytest.param("2026-03-07 11:00", "2026-03-11 17:00", id="on Saturday: counts as Monday's"),
    ],
)
def test_a_target_of_our_own_counts_mail_after_hours_as_tomorrows(received: str, ends: str) -> None:
    assert after(UK.silence, local(received), LONDON) == local(ends)


@pytest.mark.parametrize(
    ("name", "clock", "received", "ends"),
    [
        ("uk-fca-disp", "final", "2026-03-02 10:00", "2026-04-27 09:00"),
        ("uk-payments", "final", "2026-03-02 10:00", "2026-03-23 17:00"),
        ("uk-payments", "exceptional", "2026-03-02 10:00", "2026-04-22 16:00"),
        ("us-cfpb", "response", "2026-03-02 15:00", "2026-03-17 14:00"),
        ("us-cfpb", "final", "2026-03-02 15:00", "2026-05-01 14:00"),
        ("au-asic-rg271", "acknowledgement", "2026-03-07 11:00", "2026-03-08 11:00"),
        ("au-asic-rg271", "final", "2026-03-07 11:00", "2026-04-06 12:00"),
        ("iso-10002", "acknowledgement", "2026-03-07 11:00", "2026-03-09 17:00"),
    ],
)
def test_the_terms_of_the_presets_end_where_one_can_count_them_on_a_calendar(
    name: str, clock: str, received: str, ends: str
) -> None:
    """Times are UTC; calendar days keep the time on the wall, so a change of the clocks moves them by an hour."""
    policy = load_preset(name)
    assert legal_end(policy.legal[clock], local(received), policy.calendar.calendar()) == local(ends)


# ── Nothing pauses them ──────────────────────────────────────────────────────────────────────────

SNOOZED = CaseSnoozed(at=NOW, until=later(days=4), why=Span("why", 0, 9))
PAUSES: dict[str, list[AnyFact]] = {
    "nothing": [],
    "we asked them something": [answered(), QuestionAsked(at=NOW, words=said("r1"))],
    "we asked what would be fair": [answered(), BidInvited(at=NOW, words=said("r1"))],
    "it is put off": [answered(), SNOOZED],
    "the desk said that we are still at it": [answered(), RoutineUpdateSent(at=NOW, message="r2")],
    "an automatic answer": [MessageSent(at=NOW, message="r1", automatic=True)],
    "they are furious": [upset(4)],
}


@pytest.mark.parametrize("what", PAUSES)
def test_no_legal_term_pauses(what: str) -> None:
    case = given(opened(), *PAUSES[what]).under(LAW)
    assert case.at(Kind.LEGAL) == datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert case.tick(later(days=60)).names.count("LegalClockPassed") == 2


def test_a_resolved_case_that_is_opened_again_has_no_more_time_than_before() -> None:
    plain = given(opened()).under(LAW)
    for story in (resolved(), closed()):
        again = given(story, FixDenied(at=later(days=1))).under(LAW)
        assert again.at(Kind.LEGAL) == plain.at(Kind.LEGAL)


def test_what_was_agreed_is_no_answer_yet() -> None:
    assert given(agreed()).under(LAW).at(Kind.LEGAL) == datetime(2026, 3, 5, 17, tzinfo=UTC)


def test_when_we_wrote_first_the_term_begins_with_the_complaint() -> None:
    outreach: list[AnyFact] = [CaseOpened(at=NOW, channel=OUTREACH), answered()]
    assert given(outreach).under(LAW).at(Kind.LEGAL) is None
    complaint: list[AnyFact] = [wrote(at=later(days=1)), upset(3, "m2", at=later(days=1))]
    assert given(outreach, complaint).under(LAW).at(Kind.LEGAL) == datetime(2026, 3, 6, 17, tzinfo=UTC)


def test_a_house_that_never_works_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValueError, match="give at least one day a shift like 09:00-17:00"):
        load_policy("calendar.hours = {}")
