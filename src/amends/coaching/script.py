"""What to have in hand on the call-back: what happened, what they felt, what we did, and the two questions.

It is made of what is known, and says nothing that is not: a part without anything to say is left out.
"""

from dataclasses import dataclass

from amends.coaching.known import Known, quoted
from amends.method.state import UPSET

_WORDS_ENOUGH = 4  # a bare "thank you" says nothing about somebody
_FELT = (
    "They stayed calm.",
    "They were displeased.",
    "They were frustrated.",
    "They were angry.",
    "They were furious.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened between us, in the words of those who said it. `peak` and `lately` are levels of upset, 0 to 4.

    `given` is what they took, `refused` whether we gave a final answer instead. `kept` and `late` are promises,
    `failures` earlier cases in which something had gone wrong, `praise` kind words of theirs.
    """

    peak: int = 0
    lately: int = 0
    given: str = ""
    refused: bool = False
    kept: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    fixed: bool | None = None
    failures: int = 0
    praise: str = ""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what to know before the call."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the two questions, and what to do on each answer."""

    ask: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What to say, and what to know."""

    opening: str
    parts: tuple[Part, ...]
    questions: tuple[Question, Question]
    closing: str
    nobody: str
    """What to leave on an answering machine: no word of the complaint, others may hear it."""


def call_script(known: Known, story: Story) -> Script:
    """Return the script of the call-back for this person."""
    parts = (
        Part("What happened", (quoted(known.problem),) if known.problem else ()),
        Part("What they felt", _felt(story)),
        Part("What they asked for, and what they got", _settled(known, story)),
        Part("What we promised", _promised(story)),
        Part("What they are to us", _loyalty(known, story)),
    )
    return Script(
        opening=_opening(known, story),
        parts=tuple(part for part in parts if part.lines),
        questions=(_fixed(story), _and_you(story)),
        closing=_closing(known, story),
        nobody=f"Hello{_name(known)}, this is {_me(known)}. Nothing is wrong; I only wanted to hear how you are. "
        "I will try again, and you can reach us at any time.",
    )


def _opening(known: Known, story: Story) -> str:
    again = "I have tried to reach you before. " if story.tries else ""
    return f"Hello{_name(known)}, this is {_me(known)}. {again}{_reason(story)} Do you have three minutes for me?"


def _reason(story: Story) -> str:
    if story.refused:
        return "I know that our answer was not the one you hoped for, and I did not want to leave it at a letter."
    if story.late:
        return "We kept you waiting for something that we had promised, and I am sorry. I want to hear it from you."
    if story.peak >= UPSET:
        return "You had every reason to be upset with us, and I want to hear from you how it is now."
    return "You told us that something was wrong, and I want to hear from you how it is now."


def _felt(story: Story) -> tuple[str, ...]:
    if story.peak < UPSET:
        return (_FELT[story.peak],)
    now = "Their last words were calm." if story.lately < UPSET else "Their last words were no calmer: listen first."
    return (_FELT[story.peak], now)


def _settled(known: Known, story: Story) -> tuple[str, ...]:
    lines = [
        f"They asked: {quoted(known.bid)}" if known.bid else "",
        f"They got: {quoted(story.given)}" if story.given else "",
    ]
    if story.refused:
        lines.append("They got a final answer, and know where else they can turn. Do not argue it again.")
    return tuple(line for line in lines if line)


def _promised(story: Story) -> tuple[str, ...]:
    kept = [f"Kept: {quoted(words)}" for words in story.kept]
    return (*kept, *(f"Kept late: {quoted(words)} Say so before they do." for words in story.late))


def _loyalty(known: Known, story: Story) -> tuple[str, ...]:
    lines = [
        f"With us for {known.tenure}." if known.tenure else "",
        f"Orders: {known.orders}." if known.orders else "",
        f"They said: {quoted(story.praise)}" if len(story.praise.split()) >= _WORDS_ENOUGH else "",
        "It was not the first time that something went wrong: say that you know it." if story.failures else "",
    ]
    return tuple(line for line in lines if line)


def _fixed(story: Story) -> Question:
    ask = "Is it fixed?"
    if story.fixed:
        ask = "You told us that it is fixed. Is it still?"
    elif story.refused:
        ask = "Has anything come up since that we should know?"
    return Question(
        ask,
        (
            ("Yes", "Be glad with them, and go on to the second question."),
            ("Partly", "Ask what is missing. Say who does it and by when, and press “not fixed”: the case goes on."),
            ("No", "Say that you are sorry, once. Say what you do next and by when, and press “not fixed”."),
        ),
    )


def _and_you(story: Story) -> Question:
    ask = "And you, how are you with us now?"
    good = "Thank them for speaking up: you could mend it because they did."
    sore = "Do not defend us. Ask what would have made it better, and write their words down."
    gone = "Say that you understand, and that the door stays open. Offer nothing on the spot."
    return Question(
        ask,
        (
            ("Good", good),
            ("Still sore", f"{sore} Ask whether it was the waiting." if story.late else sore),
            ("They will not buy again", gone),
        ),
    )


def _closing(known: Known, story: Story) -> str:
    since = f" You have been with us for {known.tenure}, and that matters to us." if known.tenure else ""
    if story.refused:
        return f"Thank you for hearing me out.{since} If anything changes, write to me, and I read it myself."
    return f"Thank you for telling us, and for your patience.{since} If anything comes up, you have my name: call me."


def _name(known: Known) -> str:
    return f" {known.name}" if known.name else ""


def _me(known: Known) -> str:
    who = known.handler or "the person who looked after your complaint"
    return f"{who} of {known.business}".rstrip(".") if known.business else who
