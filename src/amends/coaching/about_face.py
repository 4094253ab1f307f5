"""The about-face in words: asks what they would do in our place, and says why we ask.

It fits how both came to be stuck, and it is a question that is meant: never a way to say no once more. Neither their
bid nor our offer is quoted: read again in our words, either would be an offer.
"""

from amends.coaching.known import Known
from amends.coaching.wording import Wording
from amends.method.state import OfferStatus, State


def about_face(state: State, known: Known) -> tuple[Wording, ...]:
    """Return three wordings for a deadlock: after an offer that they turned down, a no of ours, or neither."""
    if state.offers and state.offers[-1].status is OfferStatus.REJECTED:
        return _offer_turned_down(known)
    return _demand_refused(known) if state.refused else _not_warranted(known)


def _not_warranted(known: Known) -> tuple[Wording, ...]:
    long = _loyal(known)
    return (
        Wording(
            "I would like to do something for you that I can stand by, and you know best what this has cost you. "
            "So I ask you openly: if you were running this business, what would you do in our place?",
            "Says why you ask: they know best what it was like.",
        ),
        Wording(
            f"{long}What you ask for is more than I can answer for, and I do not want to leave you with only a no. "
            "If you owned this company, how would you settle it, so that it is fair to you and to the next customer?",
            "Says openly that it is too much, and asks for what would be fair to everybody.",
        ),
        Wording(
            "I have looked for a way to do all that you ask, and I have not found one that I could answer for. You see "
            "it from the other side: if this were your business, what would you do? I ask because you may see "
            "something that I have missed.",
            "Treats them as somebody with good sense, who may see another way.",
        ),
    )


def _demand_refused(known: Known) -> tuple[Wording, ...]:
    long = _loyal(known)
    return (
        Wording(
            "We see this differently so far, and I do not want to say the same thing twice. If you sat in my chair, "
            "with the same rules and the same customer, what would you do in our place? Your answer may show me a way "
            "that I have not thought of.",
            "In place of a second no: a question, and why you ask it.",
        ),
        Wording(
            f"{long}I know that my answer was not the one you hoped for. I mean this question as I ask it: if you "
            "were the manager here, how would you settle it?",
            "Names the no, and asks for their judgement all the same.",
        ),
        Wording(
            "I do not want us to part like this. You know what it was like for you, and I know what I can do here: if "
            "you were running this business, what would you do for a customer in your place?",
            "Puts what both of you know together.",
        ),
    )


def _offer_turned_down(known: Known) -> tuple[Wording, ...]:
    long = _loyal(known)
    return (
        Wording(
            "You turned down what I offered, and I respect that. I would rather ask than guess again: if you owned "
            "this business, what would you offer somebody in your place?",
            "Respects their no, and asks in place of guessing again.",
        ),
        Wording(
            f"{long}What I offered does not make up for what happened, I see that. "
            "You know this from the other side better than I do: if you owned this company, how would you settle it?",
            "Takes their no seriously, and asks those who know it best.",
        ),
        Wording(
            "My offer was not right for you, and I want to understand what would be. If you were running this "
            "business and wanted to keep this customer, what would you do?",
            "Says that you want to keep them, which is why you ask.",
        ),
    )


def _loyal(known: Known) -> str:
    return f"You have been with us for {known.tenure}, and I would like it to stay so. " if known.tenure else ""
