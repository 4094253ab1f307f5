"""The letter that says how things stand: true, an update to the reader, and no promise but the one that it states."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.coaching import Known, advise
from amends.coaching.coach import Drafted
from amends.coaching.news import News, What, news, since_last_word
from amends.coaching.rules import Severity, stable
from amends.coaching.updates import Told, routine_letter, update_letter
from amends.hearing import weigh
from amends.hearing.dues import moment
from amends.method.calendar import Calendar
from amends.method.decide import rehearse
from amends.method.evolve import fold, taken_back
from amends.method.facts import (
    AnyFact,
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalGiven,
    BasisEstablished,
    CaseOpened,
    CustomerUpdated,
    FactTakenBack,
    GateOverridden,
    MessageReceived,
    MessageSent,
    NoteWritten,
    OwnerAssigned,
    PromiseBroken,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseProposed,
    PromiseRenegotiated,
    UpsetRead,
)
from amends.method.policy import load_preset
from amends.method.words import Actor, Evidence, Gate, Rank, Side
from amends.reading import ActKind, Context, read
from amends.transcript import Message, Money, Role, Span

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
NOW = START + timedelta(days=1, hours=6)
AGAIN = datetime(2026, 3, 5, 17, tzinfo=UTC)
OFFICE = Calendar.build(zone="UTC", hours={"mon-fri": ["09:00-17:00"]})
HANDLER = Actor(Side.STAFF, "1", Rank.HANDLER)
WORDS = Evidence(Span("m1", 0, 5))
SAID = "I will refund you 40 dollars by Friday"
MAYA = Known(name="Maya Olsen", handler="Jonas Weber", business="Kettle & Cup", problem="The lamp you sent is broken")
TOLD = {0: "Good morning, I wonder how things stand.", 3: "The lamp is broken again. I am angry! Give me my money."}


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def promised(name: str, due: datetime) -> PromiseMade:
    return PromiseMade(at=START, promise=name, what=WORDS.span, owner="1", due=due)


LAMP, MONEY = promised("lamp", after(72)), promised("money", after(24 * 9))
OPENED: list[AnyFact] = [
    CaseOpened(at=START, channel="email"),
    MessageReceived(at=START, message="m1"),
    UpsetRead(at=START, message="m1", level=0),
]
ANSWERED: list[AnyFact] = [*OPENED, MessageSent(at=START, message="r1"), LAMP, MONEY]


def told(*more: AnyFact, begin: list[AnyFact] | None = None, names: dict[str, str] | None = None) -> tuple[News, ...]:
    """Return what there is to tell after these facts."""
    journal = [*(ANSWERED if begin is None else begin), *more]
    state = fold(journal)
    return news(since_last_word(journal, state, taken_back(journal)), state)


def kinds(*more: AnyFact) -> list[tuple[str, str]]:
    return [(one.what.value, one.promise.promise if one.promise else one.who) for one in told(*more)]


OPEN = [("open", "lamp"), ("open", "money")]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ([], OPEN),
        ([MessageReceived(at=after(1), message="m2")], [("wrote", ""), *OPEN]),
        ([MessageReceived(at=after(1), message="m2", automatic=True)], OPEN),
        ([PromiseKept(at=after(1), promise="lamp")], [("kept", "lamp"), OPEN[1]]),
        (
            [PromiseBroken(at=after(73), promise="lamp"), PromiseKept(at=after(74), promise="lamp")],
            [("late", "lamp"), OPEN[1]],
        ),
        ([PromiseBroken(at=after(73), promise="lamp")], [("broken", "lamp"), OPEN[1]]),
        (
            [PromiseHandedOver(at=after(1), promise="lamp", owner="2"), PromiseBroken(at=after(73), promise="lamp")],
            [("broken", "lamp"), OPEN[1]],
        ),
        ([PromiseHandedOver(at=after(1), promise="lamp", owner="2")], [("handed_over", "lamp"), OPEN[1]]),
        ([PromiseRenegotiated(at=after(1), promise="lamp", due=after(99), words=WORDS)], OPEN),
        ([OwnerAssigned(at=after(1), owner="2")], [("looks_after", "2"), *OPEN]),
        ([OwnerAssigned(at=after(1), owner="")], OPEN),
        ([ApprovalAsked(at=after(1), approval="a", cost=Money.of(90, "USD"), asked_by="1")], [("asked", ""), *OPEN]),
        (
            [
                ApprovalAsked(at=after(1), approval="a", cost=Money.of(90, "USD"), asked_by="1"),
                ApprovalGiven(at=after(2), approval="a", by="3"),
            ],
            [("granted", ""), *OPEN],
        ),
        (
            [
                ApprovalAsked(at=after(1), approval="a", cost=Money.of(90, "USD"), asked_by="1"),
                ApprovalDeclined(at=after(2), approval="a", by="3"),
            ],
            OPEN,
        ),
        ([NoteWritten(at=after(1), note="n1")], OPEN),
        ([GateOverridden(at=after(1), gate=Gate.AUTHORITY, why=WORDS.span)], OPEN),
        ([BasisEstablished(at=after(1), expected=WORDS, got=WORDS)], OPEN),
        ([PromiseProposed(at=after(1), promise="perhaps", what=WORDS.span)], OPEN),
        ([OwnerAssigned(at=after(1), owner="2"), FactTakenBack(at=after(2), seq=7)], OPEN),
        ([PromiseKept(at=after(1), promise="lamp"), MessageSent(at=after(2), message="r2")], [OPEN[1]]),
    ],
)
def test_what_has_happened_since_is_told_and_nothing_internal(
    facts: list[AnyFact], says: list[tuple[str, str]]
) -> None:
    assert kinds(*facts) == says


def test_of_a_case_that_nobody_answered_their_message_is_news() -> None:
    assert [one.what for one in told(begin=OPENED)] == [What.WROTE]


def test_an_empty_case_has_nothing_to_tell() -> None:
    assert told(begin=[]) == ()


# ── The letter ───────────────────────────────────────────────────────────────────────────────────


def made_of(found: tuple[News, ...], *, zone: str = "UTC", name_zone: bool = False) -> Told:
    return Told(
        news=found,
        words={"lamp": SAID, "money": SAID},
        names={"1": "Jonas Weber", "2": "Kim Okoro"},
        again=AGAIN,
        zone=ZoneInfo(zone),
        name_zone=name_zone,
    )


HAPPENED: list[AnyFact] = [
    MessageReceived(at=after(1), message="m2"),
    PromiseKept(at=after(2), promise="money"),
    PromiseHandedOver(at=after(3), promise="lamp", owner="2"),
    OwnerAssigned(at=after(4), owner="2"),
    ApprovalAsked(at=after(5), approval="a", cost=Money.of(90, "USD"), asked_by="1"),
    ApprovalGiven(at=after(6), approval="a", by="3"),
    PromiseBroken(at=after(6), promise="lamp"),
]
SOME = [list(some) for size in range(3) for some in itertools.combinations(HAPPENED, size)]


@pytest.mark.parametrize("level", [0, 3], ids=["calm", "angry"])
@pytest.mark.parametrize("facts", SOME, ids=lambda some: "+".join(type(one).__name__ for one in some) or "nothing")
def test_read_back_it_is_an_update_that_no_gate_and_no_grave_rule_stops(facts: list[AnyFact], level: int) -> None:
    journal = [*ANSWERED, *facts, UpsetRead(at=after(0), message="m2", level=level)]
    state, found = fold(journal), told(*facts)
    text = update_letter(state, made_of(found), MAYA, "1")
    draft = Message(id="d", role=Role.AGENT, text=text, at=NOW, author="1")
    reading = read(draft, Context(previous=TOLD[level], previous_role=Role.CUSTOMER))
    policy = load_preset("default")
    outcome = rehearse(
        state,
        weigh(state, draft, reading, at=NOW, calendar=OFFICE, owner="1"),
        at=NOW,
        by=HANDLER,
        policy=policy,
        calendar=OFFICE,
    )
    assert outcome.refusals == ()
    assert any(isinstance(fact, CustomerUpdated) for fact in outcome.facts)
    assert not {act.act for act in reading.acts} & {ActKind.OFFER, ActKind.DEFLECT, ActKind.INVITE_BID}
    promises = [moment(act.due, NOW, OFFICE) for act in reading.acts if act.act is ActKind.PROMISE]
    assert promises == ([AGAIN] if "I will write to you again" in text else [])
    earlier = Message(id="m1", role=Role.CUSTOMER, text=TOLD[level], at=START)
    seen = Drafted(
        earlier=[(earlier, read(earlier))],
        message=draft,
        reading=reading,
        before=state,
        outcome=outcome,
        known=MAYA,
        policy=policy,
    )
    assert [one.finding.code for one in advise(seen, stable()) if one.finding.severity is Severity.ERROR] == []


def test_a_letter_without_news_says_so_and_when_they_hear_next() -> None:
    assert update_letter(fold(ANSWERED[:3]), made_of(()), MAYA, "1") == (
        "Dear Maya Olsen,\n\n"
        "An update on your complaint: I have no news yet, and did not want to leave you waiting.\n\n"
        "I will write to you again by Thursday 5 March, 17:00, even if there is no news by then.\n\n"
        "Jonas Weber\nKettle & Cup"
    )


def test_a_promise_that_comes_before_the_next_word_makes_a_second_one_needless() -> None:
    soon = told(begin=[*ANSWERED[:3], promised("lamp", AGAIN)])
    assert "I will write" not in update_letter(fold(ANSWERED[:3]), made_of(soon), MAYA, "1")
    late = told(PromiseBroken(at=after(1), promise="lamp"))
    assert "I will write" in update_letter(fold(ANSWERED), made_of(late), MAYA, "1")


def test_the_promise_to_write_again_is_kept_by_writing_again() -> None:
    words = {"lamp": "I will write to you again by Monday 12:00", "money": SAID}
    for facts, late in (((), False), ((PromiseBroken(at=after(1), promise="lamp"),), True)):
        made = made_of(told(*facts))
        again = Told(news=made.news, words=words, names={}, again=AGAIN, zone=made.zone)
        text = update_letter(fold([*ANSWERED, *facts]), again, MAYA, "1")
        assert "Monday 12:00" not in text
        assert "I will write to you again by Thursday 5 March, 17:00" in text
        assert ("This message comes later than I said" in text) is late


@pytest.mark.parametrize(("writer", "says"), [("1", "Kim Okoro is looking"), ("2", "I am looking"), ("3", "Kim Okoro")])
def test_who_writes_speaks_of_themselves(writer: str, says: str) -> None:
    found = told(PromiseHandedOver(at=after(1), promise="lamp", owner="2"))
    assert says in update_letter(fold(ANSWERED), made_of(found), MAYA, writer)


def test_who_has_left_and_words_that_were_erased_are_told_without() -> None:
    found = told(PromiseHandedOver(at=after(1), promise="lamp", owner="9"))
    bare = Told(news=found, words={}, names={}, again=AGAIN, zone=ZoneInfo("UTC"))
    text = update_letter(fold(ANSWERED), bare, Known(), "1")
    assert text.startswith("Hello,")
    assert "A colleague is looking after this now:\n\n> what we promised you, due on Thursday 5 March, 10:00" in text


def test_the_zone_is_named_for_somebody_who_lives_by_another_clock() -> None:
    text = update_letter(fold(ANSWERED), made_of((), zone="Europe/Berlin", name_zone=True), MAYA, "1")
    assert "by Thursday 5 March, 18:00 (CET)," in text


def test_the_desks_own_letter_says_that_nobody_wrote_it_and_when_somebody_does() -> None:
    text = routine_letter(made_of(told(*HAPPENED[:2])), MAYA)
    assert "no person wrote it" in text
    assert "Your message of Monday 2 March has reached us." in text
    assert f"This has been done:\n\n> “{SAID}”" in text
    assert "Jonas Weber writes to you in person by Thursday 5 March, 17:00." in text
    assert "One of us writes" in routine_letter(made_of(()), Known())
    assert "There is no news yet" in routine_letter(made_of(()), Known())
