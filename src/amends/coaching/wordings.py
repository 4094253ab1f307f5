"""Three wordings for the next step, each fitted to this person's words, and each something a person would say.

A wording is a beginning to write on from, never a form letter: it uses what they wrote, how upset they are, what
happened before, and how long they have been with us. Every wording passes the gate that it is meant to pass; a test
reads them all back through the reader.
"""

from collections.abc import Callable

from amends.coaching.about_face import about_face
from amends.coaching.known import Known, quoted
from amends.coaching.wording import Wording
from amends.method.path import station
from amends.method.state import UPSET, State
from amends.method.words import Station, ThreatKind
from amends.reading import leaves_sum_open

ANGRY = 3
FURIOUS = 4
_ANY_CURRENCY = "USD"  # which one a bare sum is in makes no difference here


def wordings(state: State, known: Known) -> tuple[Wording, ...]:
    """Return the wordings for the next step of this case; three where there is something to say, else none."""
    if state.unheard >= UPSET:
        return _acknowledge(state, known)
    if state.deadlock and state.about_face is None and not state.options:
        return about_face(state, known)
    if state.final_answer is not None and state.agreement is None and state.resolved_at is None:
        return _final(state, known)
    return _BY_STATION.get(station(state), _nothing)(state, known)


def _acknowledge(state: State, known: Known) -> tuple[Wording, ...]:
    feeling = {4: "how angry you are", 3: "how angry this has made you"}.get(state.unheard, "how frustrating this is")
    again = " And it was not the first time, which makes it worse." if state.earlier_contact else ""
    heard = Wording(
        f"{known.greeting}\n\nI hear {feeling}, and I want to help.{again}",
        "Names what they feel, in one sentence, and says that you are on their side.",
    )
    in_their_place = Wording(
        f"{known.greeting}\n\n{_in_their_place(state, known)} I want to put this right with you.",
        "Says what it was like for them, in their own words.",
    )
    return heard, in_their_place, _with_loyalty(state, known, feeling)


def _in_their_place(state: State, known: Known) -> str:
    said = f"You wrote {quoted(known.told)}. " if known.told else ""
    if state.unheard >= ANGRY:
        return f"{said}I understand why you are angry; I would be, too."
    return f"{said}I can see how frustrating that must be for you."


def _with_loyalty(state: State, known: Known, feeling: str) -> Wording:
    if known.tenure:
        return Wording(
            f"{known.greeting}\n\nI understand {feeling}. You have been with us for {known.tenure}, and we value that: "
            "you had every right to expect better from us.",
            "Values their loyalty, which matters most to somebody who is angry.",
        )
    if any(kind is ThreatKind.LEAVE for kind, _words in state.threats):
        return Wording(
            f"{known.greeting}\n\nI understand {feeling}, and that you think of leaving. "
            "You matter to us, and I will do everything I can to make this right.",
            "Takes their wish to leave seriously, without haggling.",
        )
    return Wording(
        f"{known.greeting}\n\nThank you for telling us so openly. I understand {feeling}, and I take it seriously.",
        "Thanks them for speaking up: most people would just have gone.",
    )


def _diagnose(state: State, known: Known) -> tuple[Wording, ...]:
    if known.told and state.read_back is None:
        told = quoted(known.told)
        return (
            Wording(
                f"Let me check that I have understood you: you wrote {told}. Is that right? "
                "What exactly happened, and since when?",
                "Reads back, then asks: like a doctor, before any remedy.",
            ),
            Wording(
                f"If I have it right, {told} is what happened. What had you expected instead?",
                "Finds out what they had expected; the gap is the complaint.",
            ),
            Wording(
                f"So that I get to the bottom of this: you told us {told}, is that right? "
                "What have you tried so far, and whom have you spoken to?",
                "Hears the whole story, so that they need not tell it twice.",
            ),
        )
    return (
        Wording("What exactly happened, and when did it start?", "Lets them go on with their story."),
        Wording("What had you expected, and what did you get instead?", "Finds the gap between the two."),
        Wording("What have you tried so far, and whom have you spoken to?", "Hears of earlier failures."),
    )


def _ask(_state: State, _known: Known) -> tuple[Wording, ...]:
    return (
        Wording("What would make this right for you?", "Lets them bid first: it is often less than we would give."),
        Wording(
            "What would you see as a fair solution? Please tell me what you have in mind.",
            "Asks for their idea of fair, before ours.",
        ),
        Wording(
            "Before I suggest anything: what would you like us to do?",
            "Says openly that you ask first, and why.",
        ),
    )


def _agree(state: State, known: Known) -> tuple[Wording, ...]:
    asked = f" You asked for this: {quoted(known.bid)}." if known.bid else ""
    unsaid = bool(state.bids) and state.bids[-1].amount is None and leaves_sum_open(known.bid, _ANY_CURRENCY)
    return (
        Wording(
            f"Thank you for telling me what would be fair.{asked} So that I get it right: how much would that be?",
            "Asks which sum they mean, before you answer it.",
        )
        if unsaid
        else Wording(
            f"Thank you for telling me what would be fair.{asked} I am glad to do that. Would that settle it for you?",
            "Takes their bid as it is. What was asked is enough.",
        ),
        Wording(
            f"Thank you for being so clear.{asked} I cannot do all of that, and I will tell you why. "
            "Which part of it matters most to you?",
            "Where the whole is not possible: finds what matters most.",
        ),
        Wording(
            f"I have thought about what you asked for.{asked} Let us find what is right for you and fair to both.",
            "From against each other to with each other.",
        ),
    )


def _final(_state: State, known: Known) -> tuple[Wording, ...]:
    """The answer itself stands on their page in the handler's own words: said again here, it would be read as new."""
    return (
        Wording(
            f"{known.greeting}\n\nthank you for telling me so openly how you see it. Our answer stands on your page, "
            "with the reason for it and with who else can look at it.",
            "Thanks them, and leads to the answer, its reason and where else they can turn.",
        ),
        Wording(
            f"{known.greeting}\n\nI know that you had hoped for another answer. You deserve a plain one, with its "
            "reason: both stand on your page, and so does where else you can turn.",
            "Names their disappointment before the answer.",
        ),
        Wording(
            f"{known.greeting}\n\nI do not expect you to agree with our answer, and you need not. Its reason stands on "
            "your page, together with who can look at it independently of us.",
            "Lets them disagree, and tells them what they can do.",
        ),
    )


def _act(state: State, known: Known) -> tuple[Wording, ...]:
    what = f" You are waiting for this: {quoted(known.promise)}." if known.promise else ""
    was = what.replace("You are waiting", "You were waiting")
    if state.owed:
        return (
            Wording(
                f"{known.greeting}\n\na short word on where we stand, so that you need not wonder.{what} "
                "We are working on it, and I will write to you by tomorrow 17:00.",
                "Keeps them posted: it is the silence that does the damage.",
            ),
            Wording(
                f"{known.greeting}\n\nit takes longer than I told you.{what} I will write to you by tomorrow 17:00. "
                "I wanted you to hear it from me before the day was over.",
                "Says so before the promise is due, not after.",
            ),
            Wording(
                f"{known.greeting}\n\nit is done.{was} Is everything all right on your side now?",
                "Does what was said, and asks whether it worked.",
            ),
        )
    return (
        Wording(
            "I will see to it myself, and I will write to you by tomorrow 17:00.",
            "A promise with a name and a time.",
        ),
        Wording(
            "It will be with you by Friday 17:00. If anything gets in the way, I will tell you before then.",
            "A time, and what happens if it cannot be kept.",
        ),
        Wording("It is done. Does everything work for you now?", "Asks them, rather than assuming."),
    )


def _come_back(_state: State, known: Known) -> tuple[Wording, ...]:
    return (
        Wording(
            f"{known.greeting}\n\nI do not want to leave it at that. Is it fixed for good, and how are you with it?",
            "The two questions in writing, for somebody who cannot be called.",
        ),
        Wording(
            f"{known.greeting}\n\nmay I call you, to hear whether everything works? Which day and hour would suit you?",
            "Lets them choose when.",
        ),
        Wording(
            f"{known.greeting}\n\nthank you again for telling us. Is it really solved, and is there anything left?",
            "Thanks them, and finds what they would not have written about.",
        ),
    )


def _nothing(_state: State, _known: Known) -> tuple[Wording, ...]:
    return ()


_BY_STATION: dict[Station, Callable[[State, Known], tuple[Wording, ...]]] = {
    Station.DIAGNOSE: _diagnose,
    Station.ASK: _ask,
    Station.AGREE: _agree,
    Station.ACT: _act,
    Station.COME_BACK: _come_back,
}
