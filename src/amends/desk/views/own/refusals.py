"""Why a step cannot be taken, in the customer's language: what the actions and the method may answer them."""

from typing import Final

from django.utils.translation import gettext, gettext_noop

from amends.method.decide import Impossible

ADDRESSED: Final = frozenset(
    {
        gettext_noop("Every mark goes from 1 (bad) to 5 (good)."),
        gettext_noop("Nobody is here at that time. Please choose another one."),
        gettext_noop("Tell us what is not right."),
        gettext_noop("Tell us what would be fair instead."),
        gettext_noop("That is too far ahead. Please choose an earlier time."),
        gettext_noop("Tell us which part is not right yet."),
        gettext_noop("There is no such offer."),
        gettext_noop("This case is closed."),
        gettext_noop("This offer has been answered already."),
        gettext_noop("This survey has been answered already."),
        gettext_noop("This time has passed. Please choose another one."),
        gettext_noop("We are still working on this. We will ask you again once it is done."),
        gettext_noop("We call back once it is fixed."),
        gettext_noop("We do not speak this language yet."),
        gettext_noop("We have not said yet that it is fixed."),
        gettext_noop("You asked us not to ask you. If you want to tell us something, write to us here."),
        gettext_noop("We are working on this again, so these questions come too early. We will ask you afterwards."),
        gettext_noop("You have answered this already, thank you. If there is more to say, write to us here."),
        gettext_noop("We have not asked you yet. If you want to tell us something now, write to us here."),
        gettext_noop("Write something first."),
    }
)
"""Refusals that can be said to a customer as they are."""

IN_OTHER_WORDS: Final = {
    "Nothing was read back to them yet.": gettext_noop("We have not told you yet what we understood."),
    "They have been called back already.": gettext_noop("We have called you back already."),
    "They have not been asked yet.": gettext_noop("We have not asked you yet how it was."),
    "This offer was taken back.": gettext_noop(
        "We have taken this offer back, and we are sorry for that. Please tell us what would be fair."
    ),
    "What they ask for cannot be nothing, or less.": gettext_noop("What you ask for cannot be nothing, or less."),
}
"""Refusals that speak to the staff, and what the customer is told instead."""


def sorry(why: Impossible) -> str:
    """Return the refusal as it is said to the customer. What an action has put into their language stands."""
    words = str(why)
    return gettext(IN_OTHER_WORDS.get(words, words))
